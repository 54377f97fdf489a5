"""kill -9 while an index is worked on and while plugins are installed: the old state or the new one, never half.

Each round starts a command, kills it at a random moment, and looks: the index verifies from its root for a fresh
client, its journals verify, no private key lies outside keys/, what is installed is whole, and the next command works.
"""

import base64
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index.kit import QUICK, Keeper, plugin
from ringfence.errors import NotInstalled
from ringfence.index import offline
from ringfence.index.client import Client, Source
from ringfence.index.fetch import Fetcher
from ringfence.index.repository import Repository, utc_now
from ringfence.index.workspace import fingerprint
from ringfence.journal.verify import verify
from ringfence.plugins import installed

ROUNDS = int(os.environ.get("RINGFENCE_FAULT_ROUNDS", "24"))
PYTHON = sys.executable
pytestmark = pytest.mark.timeout(1200)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with acme-words 1.0.0 and 1.1.0, and a user's state that knows it."""
    folder = tmp_path_factory.mktemp("kill")
    keeper = Keeper.new(folder / "keeper")
    keeper.stable()
    keeper.stable("acme-words", "1.1.0", more="# newer\n")
    return folder


def _worked(process: "subprocess.Popen[bytes]") -> float:
    """The seconds of processor time that a process has used (clock_getcpuclockid(3)): a busy machine changes none."""
    try:
        return time.clock_gettime((~process.pid << 3) | 2)
    except OSError:  # it has ended
        return 0.0


class Scene:
    """A copy of the template to be hurt."""

    def __init__(self, template: Path, folder: Path, seed: int) -> None:
        self.folder = folder
        shutil.copytree(template, folder, symlinks=True)
        folder.chmod(0o755)
        self.keeper = Keeper(folder / "keeper")
        self.random = random.Random(seed)
        self.state = folder / "state"
        self.environment = os.environ | {"RINGFENCE_STATE": str(self.state), "HOME": str(folder)}
        self.ok("index", "add", "idx", str(self.keeper.index), "--root-fingerprint", self.keeper.fingerprint)

    def run(self, *words: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
        """A command to its end."""
        return subprocess.run(
            [PYTHON, "-m", "ringfence", *words], env=environment or self.environment, cwd=self.folder,
            capture_output=True, check=False, timeout=600,
        )  # fmt: skip

    def ok(self, *words: str) -> None:
        """A command that has to succeed."""
        done = self.run(*words)
        assert done.returncode == 0, (words, done.stdout, done.stderr)

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        """A command that goes on."""
        return subprocess.Popen(
            [PYTHON, "-m", "ringfence", *words], env=self.environment, cwd=self.folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def typical(self, *words: str) -> float:
        """How much a command works until it has done all."""
        process, worked = self.start(*words), 0.0
        while process.poll() is None:
            worked = max(worked, _worked(process))
            time.sleep(0.001)
        assert process.returncode == 0, words
        return worked

    def killed(self, longest: float, *words: str) -> int:
        """Start a command and kill it before it has worked so much, mostly late, where things are written."""
        process = self.start(*words)
        enough = longest * self.random.betavariate(4, 2)
        while process.poll() is None and _worked(process) < enough:
            time.sleep(0.001)
        process.kill()
        code = process.wait()
        assert code in (0, -signal.SIGKILL), (words, code)
        return code

    def index_is_whole(self) -> int:
        """The state's number. A fresh client verifies it; the journals verify; keys lie where they belong."""
        public = self.keeper.public
        cache = self.folder / "fresh"
        shutil.rmtree(cache, ignore_errors=True)
        cache.mkdir()
        (cache / "root.json").write_bytes((public / "metadata" / "1.root.json").read_bytes())
        source = Source(name="fresh", url=public.as_uri() + "/", root=fingerprint(public))
        with Client(source, cache, Fetcher(QUICK)) as client:
            for name in client.catalogue():
                for version, entry in client.record(name).versions.items():
                    path = f"releases/{name}/{version}/{name}-{version}.tar.gz"
                    target = client.find(path)
                    assert target is not None
                    assert entry.archive == f"sha256:{target.hashes['sha256']}"
                    client.download(target)
        for place in (self.keeper.index / "journal", public / "journal"):
            assert verify(place).records > 0
        self.no_key_is_astray(self.keeper.index)
        return Repository(public).snapshot.signed.version

    @staticmethod
    def no_key_is_astray(folder: Path) -> None:
        """Private keys are in keys/ (and the journal's own beside the journal), each 0600."""
        for place in folder.rglob("*"):
            if place.is_file() and not place.is_symlink():
                data = place.read_bytes()
                if b"PRIVATE KEY" in data:
                    assert place.parent.name == "keys" or place.parent == folder / "journal", place
                    assert place.stat().st_mode & 0o077 == 0, place
        secrets = []
        for each in (folder / "keys").glob("*.pem"):
            secrets.append(base64.b64decode(b"".join(each.read_bytes().splitlines()[1:-1]))[-32:])
        for place in (folder / "public").rglob("*"):
            if place.is_file():
                data = place.read_bytes()
                assert not any(secret in data or secret.hex().encode() in data for secret in secrets), place

    def installations_are_whole(self) -> list[str]:
        """Name and version of all; each holds against its evidence, without a network."""
        found = installed.everything(self.state)
        for each in found:
            checked = offline.check(each, utc_now())
            assert checked.wrong == "", checked
        return sorted(f"{each.name} {each.version}" for each in found)

    def leftovers(self) -> list[str]:
        """What lies among the installed plugins and belongs to no installation."""
        root = installed.root(self.state)
        known = set()
        for each in installed.everything(self.state):
            known |= {each.folder, each.folder.with_name(f"{each.version}.json"), installed.evidence(each)}
        return [str(place.relative_to(root)) for place in root.glob("*/*") if place not in known]


@pytest.fixture
def scene(template: Path, folder: Path) -> Scene:
    """A scene for one test, where cells can reach it."""
    return Scene(template, folder / "scene", 7)


def test_publishing_is_whole_or_was_not(scene: Scene) -> None:
    """After each kill the release is there with all its files, or the same command takes the submission."""
    folder, at = scene.folder / "plugin", ["--at", str(scene.keeper.index)]
    longest = 0.0
    killed = 0
    for number in range(ROUNDS):
        plugin(folder, "acme-new", f"1.{number}.0")
        scene.keeper.reopen()
        words = ["index", "accept", str(scene.keeper.submission(folder)), "--without-vetting", *at]
        if not number:
            longest = scene.typical(*words)
            continue
        before = scene.index_is_whole()
        killed += scene.killed(longest, *words) != 0
        after = scene.index_is_whole()
        assert after in (before, before + 1)
        done = scene.run(*words)
        assert done.returncode == (40 if after > before else 0), done.stdout + done.stderr
    assert killed > ROUNDS // 4
    scene.index_is_whole()


def test_an_author_who_is_cut_off_publishes_again(scene: Scene) -> None:
    """`publish` into a folder, with vetting: the same command once more, and the release is there once."""
    folder = plugin(scene.folder / "plugin", "acme-new", "1.0.0")
    key = ["--key", str(scene.keeper.people / "acme.pem")]
    words = ["publish", str(folder), "--to", str(scene.keeper.index), *key]
    longest = scene.typical(*words)
    for number in range(max(3, ROUNDS // 8)):
        plugin(folder, "acme-new", f"1.{number + 1}.0")
        scene.killed(longest, *words)
        assert scene.run(*words).returncode in (0, 40)
        scene.index_is_whole()
        scene.keeper.reopen()
        known = scene.keeper.known("acme")
        assert known is not None
        assert f"releases/acme-new/1.{number + 1}.0/acme-new-1.{number + 1}.0.tar.gz" in known.signed.targets


def test_decisions_are_whole_or_were_not(scene: Scene) -> None:
    """Reviews, yanks, renewals, bins, publishers: one state after the other."""
    keeper = scene.keeper
    keeper.key("bob")
    at = ["--at", str(keeper.index)]
    review = [
        "index",
        "review",
        "acme-words",
        "1.1.0",
        "--approve",
        "--as",
        "alice",
        "--checked",
        "all",
        "--reason",
        "x",
    ]
    choices: Sequence[list[str]] = [
        [*review, "--key", str(keeper.people / "alice.pem"), *at],
        ["index", "yank", "acme-words", "1.0.0", "--reason", "x", *at],
        ["index", "restore", "acme-words", "1.0.0", *at],
        ["index", "renew", *at],
        ["index", "rebin", "--bits", "2", *at],
        ["index", "rebin", "--bits", "3", *at],
        ["index", "publisher", "add", "bob", "--key", str(keeper.people / "bob.pub"), "--own", "bob-*", *at],
    ]
    longest = max(scene.typical(*words) for words in choices)
    for _ in range(ROUNDS):
        words = scene.random.choice(choices)
        before = scene.index_is_whole()
        scene.killed(longest, *words)
        assert scene.index_is_whole() in (before, before + 1)
        if scene.random.random() < 0.3:
            scene.ok(*words)
    scene.ok("install", "acme-words")


def test_rotations_are_whole_or_can_be_done_again(scene: Scene) -> None:
    """A new root may be there before what it asks for: then the same command, once more, puts it right."""
    keeper = scene.keeper
    keeper.key("first")
    words = ["index", "rotate", "timestamp", "--key", str(keeper.people / "first.pem"), "--at", str(keeper.index)]
    longest = scene.typical(*words)
    for number in range(max(ROUNDS // 2, 10)):
        role = scene.random.choice(["timestamp", "snapshot", "targets", "records", "root"])
        keeper.key(f"{role}-{number}")
        new = str(keeper.people / f"{role}-{number}.pem")
        words = ["index", "rotate", role, "--key", new, "--at", str(keeper.index)]
        scene.killed(longest, *words)
        done = scene.run("index", "renew", "--at", str(keeper.index))
        if done.returncode:
            scene.ok(*words)
            scene.ok("index", "renew", "--at", str(keeper.index))
        scene.index_is_whole()
    scene.ok("install", "acme-words")
    scene.installations_are_whole()


def test_making_an_index_is_whole_or_was_not(scene: Scene) -> None:
    """The folder is there with everything, or not at all; and no key is left lying about."""
    longest = scene.typical("index", "init", "first", "--keys-in-the-clear")
    for number in range(ROUNDS):
        words = ["index", "init", f"made-{number % 3}", "--keys-in-the-clear"]
        place = scene.folder / f"made-{number % 3}"
        shutil.rmtree(place, ignore_errors=True)
        scene.killed(longest, *words)
        if not place.exists():
            scene.ok(*words)
        assert Repository(place / "public").snapshot.signed.version == 1
        assert len(list((place / "keys").glob("*.pem"))) == 6
        scene.no_key_is_astray(place)
        left = [each for each in scene.folder.glob(".made-*") if each.name.startswith(f".made-{number % 3}.")]
        assert left == [], "what a killed one left is cleared away by the next"


def test_installing_is_whole_or_was_not(scene: Scene) -> None:
    """install, upgrade and uninstall, in any order."""
    choices = [["install", "acme-words==1.0.0"], ["upgrade"], ["install", "acme-words"], ["uninstall", "acme-words"]]
    scene.ok("install", "acme-words==1.0.0")
    longest = max(scene.typical(*words) for words in choices)
    killed = 0
    for _ in range(2 * ROUNDS):
        words = scene.random.choice(choices)
        if words[0] == "uninstall" and not scene.installations_are_whole():
            continue
        killed += scene.killed(longest, *words) != 0
        assert set(scene.installations_are_whole()) <= {"acme-words 1.0.0", "acme-words 1.1.0"}
        if scene.random.random() < 0.3:
            scene.ok("install", "acme-words")
            assert "acme-words 1.1.0" in scene.installations_are_whole()
    assert killed > ROUNDS // 2
    scene.ok("install", "acme-words", "acme-words==1.0.0")
    scene.ok("uninstall", "acme-words")
    assert scene.leftovers() == []
    with pytest.raises(NotInstalled):
        installed.need(scene.state, "acme-words")


def test_mirroring_is_whole_or_was_not(scene: Scene) -> None:
    """A mirror shows a state that verifies, or nothing yet; export and import likewise."""
    mirror, other = scene.folder / "mirror", scene.folder / "other"
    archive = scene.folder / "m.tar.gz"
    words = ["mirror", "sync", "idx", str(mirror)]
    longest = scene.typical(*words)
    scene.ok("mirror", "export", str(mirror), str(archive))
    choices = [words, ["mirror", "import", str(archive), str(other)], ["mirror", "export", str(mirror), str(archive)]]
    for number in range(ROUNDS):
        if number % 5 == 0:
            scene.keeper.reopen()
            with scene.keeper.space.change() as step:
                scene.keeper.space.commit(step, "renew", roles=[])
        if number % 11 == 0:
            shutil.rmtree(mirror)
            shutil.rmtree(other, ignore_errors=True)
            scene.ok(*words)
        scene.killed(longest, *scene.random.choice(choices))
        for place in (mirror, other):
            if (place / "metadata" / "timestamp.json").exists():
                _verifies(scene, place)
    for each in choices:
        scene.ok(*each)
    assert not list(scene.folder.glob(".m.tar.gz*")), "a killed export left something behind"


def _verifies(scene: Scene, mirror: Path) -> None:
    cache = scene.folder / "mirrored"
    shutil.rmtree(cache, ignore_errors=True)
    cache.mkdir()
    (cache / "root.json").write_bytes((scene.keeper.public / "metadata" / "1.root.json").read_bytes())
    source = Source(name="mirrored", url=mirror.as_uri() + "/", root=scene.keeper.fingerprint)
    with Client(source, cache, Fetcher(QUICK)) as client:
        for version in client.record("acme-words").versions:
            target = client.find(f"releases/acme-words/{version}/acme-words-{version}.tar.gz")
            assert target is not None
            client.download(target)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
@pytest.mark.parametrize("room", [0, 4, 12, 24, 40, 80, 160])
def test_a_full_disk_is_a_sentence(scene: Scene, room: int, small_disk: Callable[[Path, int], Path]) -> None:
    """For an installation and for a publication: nothing half-done, and with room again the same command works."""
    disk = small_disk(scene.folder / "disk", 8000)
    state, index = disk / "state", disk / "idx"
    shutil.copytree(scene.state, state, symlinks=True)
    shutil.copytree(scene.keeper.index, index, symlinks=True)
    elsewhere = dict(scene.environment)  # vetting builds cells, whose files would fill any small disk
    scene.environment["RINGFENCE_STATE"] = str(state)
    scene.state = state
    folder = plugin(scene.folder / "plugin", "acme-new", "1.0.0")
    publish = ["publish", str(folder), "--to", str(index), "--key", str(scene.keeper.people / "acme.pem")]
    filler = disk / "filler"
    with open(filler, "wb") as file:
        try:
            while True:
                os.write(file.fileno(), bytes(4096))
        except OSError:
            os.truncate(filler, max(0, os.path.getsize(filler) - room * 1024))
    for words in (["install", "acme-words"], publish):
        done = scene.run(*words, environment=elsewhere if words == publish else None)
        assert done.returncode in (0, 7, 20, 40, 42, 47), done.stderr
        assert b"defect" not in done.stderr, done.stderr
        assert b"Traceback" not in done.stderr
    scene.installations_are_whole()
    filler.unlink()
    scene.ok("install", "acme-words")
    done = scene.run(*publish, environment=elsewhere)
    assert done.returncode in (0, 40), done.stderr
    assert scene.installations_are_whole() == ["acme-words 1.1.0"]
    scene.keeper = Keeper.__new__(Keeper)
    scene.keeper.index = index
    scene.index_is_whole()


@pytest.fixture
def small_disk(tmp_path: Path) -> object:
    """Mounts small disks, and takes them away."""
    mounted: list[Path] = []

    def mount(place: Path, kib: int) -> Path:
        place.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", str(place)], check=True)
        mounted.append(place)
        return place

    yield mount
    for each in mounted:
        subprocess.run(["umount", str(each)], check=True)
