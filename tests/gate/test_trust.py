"""A configuration that lies where somebody happens to stand: it holds only as he wrote or allowed it."""

import json
import shutil
from pathlib import Path

import pytest

from conftest import Desk
from ringfence import Gate

CODE = "class Plugin:\n    def look(self):\n        return 'looked'\n"
FOUND = {"RINGFENCE_CONFIG": ""}


@pytest.fixture
def tree(desk: Desk) -> Path:
    """Somebody else's folder: a plugin, and a configuration that grants it, whose secret is fetched by a program."""
    plugin = desk.plugin(CODE, "look", extra='[permissions.secrets]\ntoken = "a token"\n')
    desk.grant(plugin, "--method", "look", "--secret", f"token=command:touch {desk.folder}/ran")
    (desk.folder / "ran").unlink()
    theirs = desk.folder / "theirs"
    theirs.mkdir()
    shutil.copytree(plugin, theirs / "probe")
    (theirs / "ringfence.toml").write_bytes(desk.config.read_bytes())
    desk.config.unlink()
    return theirs


def _refused(desk: Desk, tree: Path, *words: str, code: int = 3) -> str:
    done = desk.run(*words, cwd=tree, env=FOUND)
    assert done.returncode == code, done.stdout
    assert not (desk.folder / "ran").exists()
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("run", "probe", "look"),
        ("explain", "probe", "look"),
        ("serve", "--stdio"),
        ("grant", "./probe", "--all-methods"),
    ],
    ids=lambda words: words[0],
)
def test_the_grants_of_somebody_elses_tree_are_refused(desk: Desk, tree: Path, words: tuple[str, ...]) -> None:
    """They are not the operator's: nothing runs, no program of theirs either; their file stays as it is."""
    before = (tree / "ringfence.toml").read_bytes()
    assert "you have not written or allowed it" in _refused(desk, tree, *words)
    assert (tree / "ringfence.toml").read_bytes() == before


def test_a_gate_of_python_refuses_them_too(desk: Desk, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no file is named."""
    monkeypatch.chdir(tree)
    monkeypatch.setenv("RINGFENCE_STATE", str(desk.state))
    monkeypatch.delenv("RINGFENCE_CONFIG", raising=False)
    with pytest.raises(Exception, match="you have not written or allowed it"), Gate() as gate:
        gate.call("probe", "look")
    assert not (desk.folder / "ran").exists()


def test_what_was_allowed_holds_as_it_was(desk: Desk, tree: Path) -> None:
    """`trust` takes it as it is now, and puts it on record; with a letter more, or elsewhere, it is refused again."""
    shown = desk.run("grants", "--json", cwd=tree, env=FOUND)
    assert (json.loads(shown.stdout)["allowed"], len(json.loads(shown.stdout)["grants"])) == (False, 1)
    assert desk.run("trust", cwd=tree, env=FOUND).returncode == 0
    assert json.loads(desk.run("grants", "--json", cwd=tree, env=FOUND).stdout)["allowed"] is True
    last = json.loads(desk.run("journal", "show", "--last", "1", "--json", cwd=tree, env=FOUND).stdout)
    assert (last["type"], last["plugins"]) == ("trust", ["probe"])
    done = desk.run("run", "probe", "look", cwd=tree, env=FOUND)
    assert "shorter than 6 bytes" in done.stdout  # what its program printed: it ran
    (desk.folder / "ran").unlink()

    elsewhere = desk.folder / "elsewhere"
    shutil.copytree(tree, elsewhere)
    assert "you have not written or allowed it" in _refused(desk, elsewhere, "run", "probe", "look")
    with (tree / "ringfence.toml").open("a") as file:
        file.write("# looks harmless\n")
    assert "you have not written or allowed it" in _refused(desk, tree, "run", "probe", "look")


def test_what_grant_and_revoke_write_holds(desk: Desk) -> None:
    """Without another word; a file that is named, or is one's own, holds as well."""
    desk.plugin(CODE, "look")
    desk.config.touch()
    answer = ("run", "probe", "look")
    assert desk.run("grant", "./probe", "--all-methods", env=FOUND).returncode == 0
    assert desk.run(*answer, env=FOUND).returncode == 0
    assert desk.run("revoke", "probe", env=FOUND).returncode == 0
    assert desk.run(*answer, env=FOUND).returncode == 4
    assert desk.run("grant", "./probe", "--all-methods", env=FOUND).returncode == 0
    with desk.config.open("a") as file:
        file.write("# edited\n")
    assert desk.run(*answer, env=FOUND).returncode == 3
    assert desk.run(*answer, "--config", "ringfence.toml", env=FOUND).returncode == 0
    assert desk.run(*answer).returncode == 0
    own = desk.folder / "home" / "ringfence"
    own.mkdir(parents=True)
    desk.config.rename(own / "ringfence.toml")
    (own / "probe").symlink_to(desk.folder / "probe")
    moved = (own / "ringfence.toml").read_text().replace('path = "probe"', f'path = "{desk.folder}/probe"')
    (own / "ringfence.toml").write_text(moved)
    assert desk.run(*answer, env=FOUND | {"XDG_CONFIG_HOME": str(own.parent)}).returncode == 0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[container]\nengine = "/tmp/engine"\n', 3),
        ('[journal]\npath = "theirs"\n', 3),
        ("[audit]\n", 4),
        ("", 4),
    ],
    ids=["container", "journal", "audit", "empty"],
)
def test_what_decides_something_is_theirs_as_well(desk: Desk, text: str, code: int) -> None:
    """What runs containers, and where records go; what decides nothing of calls is no matter."""
    theirs = desk.folder / "theirs"
    theirs.mkdir()
    (theirs / "ringfence.toml").write_text(text)
    _refused(desk, theirs, "run", "probe", "look", code=code)


def test_a_gate_that_lives_on_refuses_what_was_slipped_in(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was found is asked again when it changes: what others wrote into it since does not hold."""
    desk.plugin(CODE, "look", "other")
    desk.config.touch()
    assert desk.run("grant", "./probe", "--method", "look", env=FOUND).returncode == 0
    monkeypatch.chdir(desk.folder)
    monkeypatch.setenv("RINGFENCE_STATE", str(desk.state))
    monkeypatch.delenv("RINGFENCE_CONFIG", raising=False)
    with Gate() as gate:

        def code() -> object:
            data = gate.call("probe", "look").body["data"]
            assert isinstance(data, dict)
            return data.get("code", "ok")

        assert code() == "ok"
        text = desk.config.read_text()
        desk.config.write_text(text.replace('methods = ["look"]', 'methods = ["look", "other"]'))
        assert code() == "invalid-config"
        assert desk.run("trust", env=FOUND).returncode == 0
        assert code() == "ok"
