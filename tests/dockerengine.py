"""A Docker engine for tests: Debian's dockerd on a unix socket of its own, with all that it keeps in one folder.

It has no bridge and touches no firewall rule, so several of them run side by side; what it runs has no network. In a
network of its own (`lan.py`) it has both. It may map the users of its containers to others of the host (userns-remap).
`busybox` makes a base image without a registry.
"""

import contextlib
import io
import json
import os
import shutil
import signal
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path

import pytest

from needs import unavailable

#: Debian's client speaks to Debian's engine; a newer one may stand before it in PATH.
CLIENT = "/usr/bin/docker"
_BUSYBOX = "/bin/busybox"
_START_SECONDS = 300
_STOP_SECONDS = 60

#: Whose subordinate ids a remapping engine uses: a user and group of every Debian, and ids that nobody has.
REMAPPED_TO = "daemon"
FIRST_REMAPPED = 2_000_000
_REMAPPED_IDS = 65_536

_PASSWD = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n"
_GROUP = "root:x:0:\nnogroup:x:65534:\n"


def missing() -> str:
    """What keeps an engine from being started here; "" where nothing does."""
    if os.geteuid() != 0:
        return "only root can start a Docker engine"
    for program in (shutil.which("dockerd", path="/usr/sbin:/usr/bin"), CLIENT, _BUSYBOX):
        if program is None or not os.access(program, os.X_OK):
            return "a Docker engine needs Debian's docker.io and busybox-static"
    return ""


def with_ids(folder: Path) -> list[str]:
    """The words before a command that is to see subordinate ids which the machine itself need not have."""
    folder.chmod(0o711)  # the containers' users pass it
    ids = folder / "ids"
    ids.write_text(f"{REMAPPED_TO}:{FIRST_REMAPPED}:{_REMAPPED_IDS}\n")
    files = "/etc/subuid /etc/subgid"
    shown = f'touch {files} && for f in {files}; do mount --bind "$0" $f || exit; done; exec "$@"'
    return ["unshare", "--mount", "sh", "-c", shown, str(ids)]


class DockerEngine:
    """One engine, from its start to `stop`. Skips the test where it cannot be started; in CI that is a failure.

    `inside` are the words before a command that starts it in a network namespace of its own, where it may do all.
    `runtimes` are more OCI runtimes, as its configuration has them.
    """

    def __init__(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        inside: list[str] | None = None,
        *,
        remapped: bool = False,
        runtimes: dict[str, object] | None = None,
    ) -> None:
        lacking = missing()
        if lacking:
            unavailable(lacking)
        # Not one of pytest's folders: what a killed session leaves mounted there would break the next ones.
        self.folder = Path(tempfile.mkdtemp(prefix="ringfence-docker-"))
        self.socket = self.folder / "docker.sock"
        self._inside = inside
        self._remapped = remapped
        self._runtimes = runtimes or {}
        self._log = tmp_path_factory.mktemp("docker") / "engine.log"
        self._process = self._started()
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise

    def _started(self) -> "subprocess.Popen[bytes]":
        # It ends with the tests, also where they are killed.
        before = ["setpriv", "--pdeathsig", "TERM", *(self._inside or ())]
        return self._process_of([*before, *(with_ids(self.folder) if self._remapped else ())])

    def _process_of(self, before: list[str], *more: str) -> "subprocess.Popen[bytes]":
        """The engine, by the words that come before its own, and more of its own."""
        config = self.folder / "engine.json"
        said: dict[str, object] = {
            "hosts": [f"unix://{self.socket}"],
            "data-root": str(self.folder / "data"),
            "exec-root": str(self.folder / "exec"),
            "pidfile": str(self.folder / "engine.pid"),
            "cgroup-parent": f"/{self.folder.name}",
            "shutdown-timeout": 3,
        }
        if self._inside is None:
            said |= {"bridge": "none", "iptables": False, "ip6tables": False, "ip-forward": False, "ip-masq": False}
        said |= {"runtimes": self._runtimes} if self._runtimes else {}
        said |= {"userns-remap": REMAPPED_TO} if self._remapped else {}
        config.write_text(json.dumps(said))
        with self._log.open("wb") as log:
            return subprocess.Popen(
                [*before, "dockerd", "--config-file", str(config), *more],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _wait(self) -> None:
        ends = time.monotonic() + _START_SECONDS
        while time.monotonic() < ends:
            assert self._process.poll() is None, f"the engine ended: {self._log.read_text()[-2000:]}"
            if self.socket.exists() and self.attempt("version").returncode == 0:
                return
            time.sleep(0.1)
        raise AssertionError(f"the engine does not answer: {self._log.read_text()[-2000:]}")

    @property
    def environment(self) -> dict[str, str]:
        """An environment in which `docker` speaks to this engine, with a configuration of its own."""
        own = {"DOCKER_HOST": f"unix://{self.socket}", "DOCKER_CONFIG": str(self.folder / "client")}
        return {**os.environ, **own, "DOCKER_BUILDKIT": "0"}

    def attempt(
        self, *words: str, input: bytes | None = None, timeout: float = 600
    ) -> "subprocess.CompletedProcess[str]":
        """Run `docker WORDS`, whatever comes of it."""
        done = subprocess.run(
            [CLIENT, *words], input=input, capture_output=True, env=self.environment, timeout=timeout, check=False
        )
        out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    def run(self, *words: str, input: bytes | None = None, timeout: float = 600) -> str:
        """The standard output of `docker WORDS`, which must succeed."""
        done = self.attempt(*words, input=input, timeout=timeout)
        assert done.returncode == 0, f"docker {' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout

    def busybox(self, tag: str) -> str:
        """Make an image of a static busybox and the few files that it needs, under this tag."""
        self.run("import", "-", tag, input=_tree())
        return tag

    def stop(self) -> None:
        """End the engine and all that it runs, and give its disk space back."""
        running = self.attempt("ps", "--quiet").stdout.split() if self._process.poll() is None else []
        if running:
            self.attempt("kill", *running)
        self._process.terminate()
        try:
            self._process.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pid in self._left():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for point in _mounted_below(self.folder):
            subprocess.run(["umount", "--lazy", point], capture_output=True, check=False)
        for group in sorted(self._groups(), reverse=True):  # the innermost first
            with contextlib.suppress(OSError):
                group.rmdir()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _groups(self) -> list[Path]:
        """Its cgroups and those of its containers, which it leaves behind."""
        tops = [top for place in ("", "*/") for top in Path("/sys/fs/cgroup").glob(place + self.folder.name)]
        return [group for top in tops for group in (top, *(one for one in top.rglob("*") if one.is_dir()))]

    def _left(self) -> list[int]:
        """What outlived the engine: its containers, by their cgroup, and what holds them, by the folder it was told."""
        found = [int(pid) for group in self._groups() for pid in (group / "cgroup.procs").read_text().split()]
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if str(self.folder).encode() in (process / "cmdline").read_bytes():
                    found.append(int(process.name))
        return [pid for pid in found if pid != os.getpid()]


def _mounted_below(folder: Path) -> list[str]:
    """The mount points in a folder, the innermost first."""
    points = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    return sorted((one for one in points if one.startswith(f"{folder}/")), reverse=True)


def _tree() -> bytes:
    """The archive of a root file system."""
    held = io.BytesIO()
    applets = subprocess.run([_BUSYBOX, "--list"], capture_output=True, text=True, check=True).stdout.split()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for folder, mode in (("bin", 0o755), ("etc", 0o755), ("home", 0o755), ("root", 0o700), ("tmp", 0o1777)):
            one = tarfile.TarInfo(folder)
            one.type, one.mode = tarfile.DIRTYPE, mode
            archive.addfile(one)
        _file(archive, "bin/busybox", Path(_BUSYBOX).read_bytes(), 0o755)
        _file(archive, "etc/passwd", _PASSWD.encode(), 0o644)
        _file(archive, "etc/group", _GROUP.encode(), 0o644)
        for applet in applets:
            if applet != "busybox":
                link = tarfile.TarInfo(f"bin/{applet}")
                link.type, link.linkname = tarfile.SYMTYPE, "busybox"
                archive.addfile(link)
    return held.getvalue()


def _file(archive: tarfile.TarFile, name: str, data: bytes, mode: int) -> None:
    one = tarfile.TarInfo(name)
    one.size, one.mode = len(data), mode
    archive.addfile(one, io.BytesIO(data))
