"""Grants: what may be allowed, how it is written, and what a changed world does to it."""

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Desk
from ringfence import Gate
from ringfence.errors import ConfigError, RingfenceError
from ringfence.gate import config

CODE = """
class Plugin:
    def __init__(self, policy=None):
        self.policy = policy
    def look(self):
        return self.policy
    def read(self, name):
        return open(self.policy["read"][name] + "/note").read()
    def other(self):
        return "other"
"""
ASKS = """
[permissions]
network = ["api.example.com:443"]
memory = "128MiB"
[permissions.read]
docs = "documents"
[permissions.write]
out = "results"
[permissions.secrets]
token = "a token"
"""


@pytest.fixture
def plugin(desk: Desk) -> Path:
    """A plugin that asks for one thing of each kind, not granted yet."""
    return desk.plugin(CODE, "look", "read", "other", extra=ASKS)


@pytest.fixture
def docs(desk: Desk) -> Path:
    """A folder that may be granted."""
    folder = desk.folder / "docs"
    folder.mkdir()
    (folder / "note").write_text("a note")
    return folder


def test_grant_and_run(desk: Desk, plugin: Path, docs: Path) -> None:
    """What is granted is there under its name; what is only asked for is not."""
    desk.grant(plugin, "--method", "look", "--method", "read", "--read", f"docs={docs}")
    assert desk.call("probe", "read", {"name": "docs"})["data"]["result"] == "a note"
    policy = desk.call("probe", "look")["data"]["result"]
    assert policy == {"read": {"docs": "/granted/docs"}, "write": {}, "secrets": {}, "network": {}}
    assert desk.call("probe", "other")["data"]["code"] == "not-granted"


def test_written_folder(desk: Desk, docs: Path) -> None:
    """A folder granted for writing takes files; one granted for reading does not."""
    code = "class Plugin:\n    def put(self, name):\n        open('/granted/' + name + '/new', 'w').write('x')\n"
    folder = desk.plugin(
        code, "put", name="writer", extra='[permissions.read]\ndocs = ""\n[permissions.write]\nout = ""\n'
    )
    out = desk.folder / "out"
    out.mkdir()
    out.chmod(0o777)
    desk.grant(folder, "--all-methods", "--read", f"docs={docs}", "--write", f"out={out}")
    assert desk.call("writer", "put", {"name": "out"})["success"]
    assert (out / "new").read_text() == "x"
    assert "OSError" in desk.call("writer", "put", {"name": "docs"})["data"]["error"]
    assert not (docs / "new").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--method", "lok"), "has no method 'lok'"),
        ((), "at least one --method"),
        (("--method", "look", "--read", "other=/srv"), "does not ask for read 'other'"),
        (("--method", "look", "--net", "evil.example.com:443"), "does not ask for the destination"),
        (("--method", "look", "--net", "*:443"), "not one host and port"),
        (("--method", "look", "--read", "docs=/nonexistent/x"), "does not exist"),
        (("--method", "look", "--read", "docs=/proc"), "no-sensitive-mounts"),
        (("--method", "look", "--memory", "lots"), "size"),
        (("--method", "look", "--memory", "512GiB"), "bounded-memory"),
    ],
)
def test_grants_that_are_refused(desk: Desk, plugin: Path, words: tuple[str, ...], said: str) -> None:
    """A grant that could not or should not hold is refused in one sentence, and nothing is written."""
    done = desk.run("grant", str(plugin), *words)
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not desk.config.exists()


def test_own_places_cannot_be_granted(desk: Desk, plugin: Path) -> None:
    """Neither the state nor, for writing, the configuration can be shown to a plugin."""
    done = desk.run("grant", str(plugin), "--method", "look", "--read", f"docs={desk.state}")
    assert "Ringfence's own state" in done.stderr
    own = desk.folder / "conf"
    own.mkdir()
    own.chmod(0o777 | 0o1000)
    done = desk.run(
        "grant",
        str(plugin),
        "--method",
        "look",
        "--write",
        f"out={own}",
        env={"RINGFENCE_CONFIG": f"{own}/ringfence.toml"},
    )
    assert "holds the configuration" in done.stderr


def test_literal_secret_is_refused_unseen(desk: Desk, plugin: Path) -> None:
    """Somebody who types the secret itself is stopped, and it is not repeated."""
    done = desk.run("grant", str(plugin), "--method", "look", "--secret", "token=sesame-open-wide")
    assert done.returncode == 3
    assert "no source" in done.stderr
    assert "sesame" not in done.stderr + done.stdout


def test_comments_survive(desk: Desk, plugin: Path) -> None:
    """Granting edits the file; what people wrote in it stays."""
    desk.config.write_text("# reviewed by Anna\n[journal]\nsegment_days = 3 # short\n")
    desk.grant(plugin)
    text = desk.config.read_text()
    assert "# reviewed by Anna" in text
    assert "# short" in text
    assert desk.call("probe", "other")["data"]["result"] == "other"


def test_concurrent_grants_both_survive(desk: Desk) -> None:
    """Two operators at once lose nothing."""
    folders = [desk.plugin(CODE, "look", name=f"probe-{n}") for n in range(4)]
    for n, folder in enumerate(folders):
        (folder / "plugin.toml").write_text((folder / "plugin.toml").read_text().replace('"probe"', f'"probe-{n}"'))
    threads = [threading.Thread(target=desk.grant, args=(f,)) for f in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    listed = json.loads(desk.run("grants", "--json").stdout)
    assert [g["plugin"] for g in listed["grants"]] == [f"probe-{n}" for n in range(4)]


def test_changed_plugin_is_refused(desk: Desk, plugin: Path) -> None:
    """A plugin whose files changed is refused, with what changed, until it is granted again."""
    desk.grant(plugin)
    with (plugin / "probe.py").open("a") as file:
        file.write("# changed\n")
    (plugin / "new.py").write_text("")
    answer = desk.call("probe", "other")
    assert (answer["exit"], answer["data"]["code"]) == (5, "plugin-changed")
    assert answer["data"]["details"]["changes"] == ["added: new.py", "changed: probe.py"]
    desk.grant(plugin)
    assert desk.call("probe", "other")["success"]


def test_swapped_path_is_refused(desk: Desk, plugin: Path, docs: Path) -> None:
    """A granted path that later leads elsewhere through a link is refused."""
    desk.grant(plugin, "--all-methods", "--read", f"docs={docs}")
    docs.rename(desk.folder / "real")
    docs.symlink_to("/etc")
    answer = desk.call("probe", "other")
    assert answer["data"]["code"] == "not-granted"
    assert "now leads elsewhere" in answer["data"]["error"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only cells of root run as another user")
def test_closed_path_is_explained(desk: Desk, plugin: Path, docs: Path) -> None:
    """A path that user 65532 may not pass is refused with the chmod that helps."""
    docs.chmod(0o700)
    done = desk.run("grant", str(plugin), "--all-methods", "--read", f"docs={docs}")
    assert "closed to user 65532" in done.stderr
    assert f"chmod o+rx {docs}" in done.stderr


def test_revoke(desk: Desk, plugin: Path) -> None:
    """A method, then all: what is revoked is refused; grants and revocations are on record."""
    desk.grant(plugin)
    assert desk.run("revoke", "probe", "--method", "look").returncode == 0
    assert desk.call("probe", "look")["data"]["code"] == "not-granted"
    assert desk.call("probe", "other")["success"]
    assert desk.run("revoke", "probe").returncode == 0
    assert desk.call("probe", "other")["data"]["code"] == "not-granted"
    assert desk.run("revoke", "probe").returncode == 4
    assert [r["type"] for r in desk.journal() if r["type"] in ("grant", "revoke")] == ["grant", "revoke", "revoke"]


def test_explain_shows_the_profile(desk: Desk, plugin: Path, docs: Path) -> None:
    """`explain` prints a profile that reads back as hardened, and starts nothing."""
    from ringfence.controls.hardening import faults
    from ringfence.formats import profile

    desk.grant(plugin, "--all-methods", "--read", f"docs={docs}")
    said = json.loads(desk.run("explain", "probe", "look", "--json").stdout)
    workload = profile.load(said["profile"])
    assert faults(workload) == []
    assert {m.target for m in workload.mounts} == {"/plugin", "/granted/docs"}
    assert any(step["wall"] == "network namespace" for step in said["plan"])


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (
            "[grants.x]\npath = 1\nversion='1'\ndigest='sha256:" + "0" * 64 + "'\nmethods=[]\n",
            2,
            "path must be a string",
        ),
        ("[grants]\n\n[grants.x]\nversion = '1'\n", 3, "missing"),
        ("surprise = 1\n", 1, "unknown key 'surprise'"),
        ("[grants.Upper]\n", 1, "not a plugin's name"),
        ("[journal]\nsegment_mib = 0\n", 2, "from 1 to"),
        ("[journal\n", 1, ""),
        ("a = 1\na = 2\n", 2, ""),
        ("[grants.x]\npath='p'\nversion='1'\ndigest='md5:1'\nmethods=[]\n", 4, "sha256"),
        ("[grants.x]\npath='p'\nversion='1'\ndigest='sha256:" + "0" * 64 + "'\nmethods='all'\n", 5, "list of strings"),
        (
            "[grants.x]\npath='p'\nversion='1'\ndigest='sha256:" + "0" * 64 + "'\nmethods=[]\n"
            "[grants.x.secrets]\ntoken = 'plain'\n",
            7,
            "no source",
        ),
    ],
)
def test_mistakes_have_lines(desk: Desk, text: str, line: int, said: str) -> None:
    """A mistake in the configuration is one sentence with file and line, and exit code 3."""
    desk.config.write_text(text)
    done = desk.run("grants")
    assert done.returncode == 3
    assert said in done.stderr
    assert f"{desk.config}:{line}:" in done.stderr
    assert "Traceback" not in done.stderr


def test_config_that_others_can_write_is_refused(desk: Desk, plugin: Path) -> None:
    """A world-writable configuration, or one in a world-writable folder, grants nothing."""
    desk.grant(plugin)
    desk.config.chmod(0o666)
    done = desk.run("grants")
    assert (done.returncode, "written by others" in done.stderr) == (3, True)
    desk.config.chmod(0o644)
    desk.folder.chmod(0o777)
    assert "its folder can be written by others" in desk.run("grants").stderr
    desk.folder.chmod(0o1777)
    assert desk.run("grants").returncode == 0
    if os.geteuid() == 0:  # nobody else can give a folder away
        os.chown(desk.folder, 1234, -1)
        assert "its folder belongs to user 1234" in desk.run("grants").stderr
        os.chown(desk.folder, 0, -1)
    desk.folder.chmod(0o755)
    assert desk.run("grants").returncode == 0


def test_a_folder_that_happens_to_be_here_is_not_the_plugin(desk: Desk, plugin: Path) -> None:
    """A bare name that could be the known plugin or a folder of the working directory is asked back."""
    desk.grant(plugin)
    elsewhere = desk.folder / "elsewhere"
    elsewhere.mkdir()
    other = elsewhere / "probe"
    shutil.copytree(plugin, other)
    granted = desk.config.read_text()
    done = desk.run("grant", "probe", "--all-methods", cwd=elsewhere)
    assert (done.returncode, f"also the plugin in {plugin}" in done.stderr) == (2, True)
    assert f"name ./probe or {plugin}" in done.stderr
    assert desk.config.read_text() == granted
    assert desk.run("grant", "./probe", "--all-methods", cwd=elsewhere).returncode == 0
    assert desk.run("grant", "probe", "--all-methods", cwd=elsewhere).returncode == 0


@pytest.mark.parametrize("umask", ["0", "0077"])
def test_the_umask_decides_nothing(desk: Desk, plugin: Path, umask: str) -> None:
    """Ringfence's own folder is open to cells and closed to others' writing, whatever new files are."""
    desk.grant(plugin)
    own = desk.folder / "new" / "own"
    command = f'umask {umask}; "{sys.executable}" -m ringfence run probe look'
    done = subprocess.run(
        ["sh", "-c", command],
        env=desk.environment | {"RINGFENCE_STATE": str(own)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert {path.name: path.stat().st_mode & 0o777 for path in own.iterdir()} == {
        "journal": 0o700,
        "plugins": 0o755,
        "runtime": 0o755,
    }
    assert own.stat().st_mode & 0o777 == 0o755


def test_a_state_that_others_can_write_is_refused(desk: Desk, plugin: Path) -> None:
    """Whoever can rename what lies in it decides what runs."""
    desk.grant(plugin)
    desk.state.chmod(0o777)
    answer = desk.call("probe", "look")
    assert (answer["exit"], answer["data"]["code"]) == (3, "invalid-config")
    assert "Ringfence's own folder can be written by others" in answer["data"]["error"]


def test_a_gate_that_lives_on_sees_what_is_revoked(desk: Desk, plugin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Grants are those of now at each call, also of a server that was started before; a closed file closes the gate."""
    desk.grant(plugin)
    monkeypatch.setenv("RINGFENCE_STATE", str(desk.state))
    with Gate(desk.config) as gate:

        def code() -> object:
            data = gate.call("probe", "other").body["data"]
            assert isinstance(data, dict)
            return data.get("code", "ok")

        assert code() == "ok"
        assert desk.run("revoke", "probe", "--method", "other").returncode == 0
        assert code() == "not-granted"
        desk.grant(plugin)
        assert code() == "ok"
        desk.config.chmod(0o666)
        assert code() == "invalid-config"
        desk.config.chmod(0o644)
        assert code() == "ok"
        desk.config.unlink()
        assert code() == "invalid-config"


def test_discovery(desk: Desk, plugin: Path) -> None:
    """--config, then $RINGFENCE_CONFIG, then the nearest upwards, then the user's own."""
    below = desk.folder / "a" / "b"
    below.mkdir(parents=True)
    home = desk.folder / "home"
    env = {"XDG_CONFIG_HOME": str(home), "RINGFENCE_CONFIG": ""}
    desk.grant(plugin)

    def used(*words: str, **more: str) -> str:
        done = desk.run("grants", "--json", *words, cwd=below, env=env | more)
        return str(json.loads(done.stdout)["config"])

    assert used() == str(desk.config)
    near = below.parent / "ringfence.toml"
    near.write_text("")
    assert used() == str(near)
    assert used(RINGFENCE_CONFIG=str(desk.config)) == str(desk.config)
    assert used("--config", str(near), RINGFENCE_CONFIG=str(desk.config)) == str(near)
    near.unlink()
    desk.config.unlink()
    assert used() == "None"
    (home / "ringfence").mkdir(parents=True)
    (home / "ringfence" / "ringfence.toml").write_text("")
    assert used() == str(home / "ringfence" / "ringfence.toml")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(str.encode),
        st.lists(
            st.sampled_from(
                [
                    "[grants.x]",
                    "[grants.x.read]",
                    "[journal]",
                    "path = 'p'",
                    "methods = ['a']",
                    "digest = 3",
                    "x = {}",
                    "memory = '1MiB'",
                    "network = ['a:1']",
                    "a = 'b'",
                    "version = '1'",
                    "[[grants]]",
                    "grants = 1",
                ]
            ),
            max_size=8,
        ).map(lambda lines: "\n".join(lines).encode()),
    )
)
def test_any_text_is_a_config_or_a_config_error(text: bytes) -> None:
    """No text makes the reader fail in another way."""
    try:
        read = config.parse(text, Path("/nowhere/ringfence.toml"))
    except ConfigError:
        return
    except RingfenceError as error:
        raise AssertionError(error) from error
    assert isinstance(read.grants, dict)


def test_a_plugin_that_is_nowhere_is_told_so(desk: Desk) -> None:
    """By its name, or as a folder."""
    for name in ("otter", "./otter"):
        done = desk.run("grant", name, "--all-methods")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("ringfence: there is no folder")
        assert done.stderr.count("\n") <= 2


@pytest.mark.parametrize("words", [("revoke", "otter"), ("trust",)], ids=lambda words: words[0])
def test_without_a_configuration_there_is_nothing_to_take_back_or_to_allow(desk: Desk, words: tuple[str, ...]) -> None:
    """Nobody has made one."""
    done = desk.run(*words, env={"RINGFENCE_CONFIG": "", "XDG_CONFIG_HOME": str(desk.folder / "home")})
    assert done.returncode == 4
    assert "there is no configuration" in done.stderr


def test_a_plugin_under_another_name_is_not_the_one_that_was_granted(desk: Desk, plugin: Path) -> None:
    """The files are as they were, but not those of who is called."""
    desk.grant(plugin)
    desk.config.write_text(desk.config.read_text().replace("[grants.probe", "[grants.other"))
    answer = desk.call("other", "look")
    assert (answer["exit"], answer["data"]["code"]) == (4, "not-granted")
    assert "holds probe 1.0.0, not other 1.0.0" in answer["data"]["error"]
