"""The command line: help that teaches, one sentence for a mistake, nothing loaded that is not needed."""

import gc
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Desk
from ringfence import errors
from ringfence.cli.main import COMMANDS, main

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_teaches(desk: Desk, command: str) -> None:
    """--help exits 0 and shows how the command is used."""
    done = desk.run(command, "--help")
    assert done.returncode == 0
    assert f"usage: ringfence {command}" in done.stdout
    assert re.search(r"example|ringfence|exit code", done.stdout.partition("options:")[2])


def test_help_lists_every_command(desk: Desk) -> None:
    """`ringfence --help` names all commands and the exit codes."""
    said = desk.run("--help").stdout
    assert all(re.search(rf"^    {name}\b", said, re.MULTILINE) for name in COMMANDS)
    assert "exit codes" in said


@pytest.mark.parametrize(
    "words", [(), ("nonsense",), ("run",), ("run", "--cell", "none", "a", "b"), ("journal", "nonsense")]
)
def test_wrong_words(desk: Desk, words: tuple[str, ...]) -> None:
    """A wrong command line is exit code 2 and one sentence."""
    done = desk.run(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len([x for x in done.stderr.splitlines() if x.startswith("ringfence:")]) == (1 if words else 0)


@pytest.mark.parametrize(
    ("words", "said", "hint"),
    [
        ("audt", "there is no command 'audt'", "did you mean 'audit'?"),
        ("frobnicate", "there is no command 'frobnicate'", "choose from: run, grant, "),
        ("audit --jsn .", "audit has no option '--jsn'", "see 'ringfence audit --help'"),
        ("journal show --lst 2", "journal has no option '--lst'", "see 'ringfence journal --help'"),
        ("key new a b", "key has no place for 'b'", "see 'ringfence key --help'"),
        ("--jsn", "there is no option '--jsn'", "see 'ringfence --help'"),
        ("controls published-port", "there is no control 'published-port'", "did you mean published-ports or "),
    ],
)
def test_a_slip_is_told_with_what_is_near(capsys: pytest.CaptureFixture[str], words: str, said: str, hint: str) -> None:
    """The word that is wrong, and where to look or what may have been meant."""
    code = main(words.split())
    gc.enable()  # which a command's process turns off
    assert code == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first == f"ringfence: {said}"
    assert second.startswith(f"hint: {hint}")


def test_help_loads_little() -> None:
    """The help needs argparse and none of what a call needs."""
    code = (
        "import sys; from ringfence.cli.main import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(','.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.strip().splitlines()[-1].split(","))
    heavy = {"cryptography", "tomlkit", "jsonschema_rs", "asyncio", "subprocess", "tomllib", "json", "socket", "uuid"}
    assert loaded & heavy == set()
    assert not {m for m in loaded if m.startswith(("ringfence.gate", "ringfence.cells", "ringfence.controls"))}


def test_the_process_ends_with_all_said_and_its_code() -> None:
    """The quick end loses nothing that was printed, and gives way to whoever watches the interpreter."""
    code = (
        "import sys, threading; from ringfence.cli.main import leave\n"
        "print('x' * 100_000); print('seen', file=sys.stderr)\n"
        "{}\n"
        "try: leave(7)\nfinally: print('taken apart')"
    )
    for before, apart in (("", False), ("sys.setprofile(lambda *_: None)", True)):
        done = subprocess.run([sys.executable, "-c", code.format(before)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (7, "seen\n")
        assert done.stdout == "x" * 100_000 + "\n" + ("taken apart\n" if apart else "")


@pytest.mark.parametrize(("columns", "widest"), [("60", 58), ("200", 198), ("nonsense", 78), ("0", 78)])
def test_help_is_as_wide_as_the_terminal(desk: Desk, columns: str, widest: int) -> None:
    """$COLUMNS counts as it does everywhere; without a terminal it is 80."""
    said = desk.run("serve", "--help", env={"COLUMNS": columns}).stdout.partition("\n\n")[0]
    assert max(map(len, said.splitlines())) <= widest


def _errors(kind: type[errors.RingfenceError]) -> list[type[errors.RingfenceError]]:
    return [kind, *(e for child in kind.__subclasses__() for e in _errors(child))]


def test_exit_codes_are_unique_and_documented() -> None:
    """Each error and each outcome has an exit code of its own, and the page lists them all."""
    own = [
        e
        for e in _errors(errors.RingfenceError)
        if e.__module__ == "ringfence.errors" and e is not errors.RingfenceError
    ]
    codes = [e.exit_code for e in own] + [*errors.OUTCOME_EXIT.values(), *errors.AUDIT_EXIT.values()]
    assert len(codes) == len(set(codes))
    page = (DOCS / "exit-codes.md").read_text()
    listed = {int(code): word for code, word in re.findall(r"^\| (\d+) \| `([a-z-]+)`", page, re.MULTILINE)}
    expected = {e.exit_code: e.code for e in own} | {v: k for k, v in (errors.OUTCOME_EXIT | errors.AUDIT_EXIT).items()}
    assert listed == expected


def test_untrusted_names_cannot_draw(desk: Desk) -> None:
    """Terminal escapes in what a user or a plugin named are shown, not obeyed."""
    done = desk.run("controls", "\x1b[31mred")
    assert "\x1b" not in done.stderr
    assert done.returncode == 2


def test_completion_scripts_load(desk: Desk) -> None:
    """The bash script is one that bash can read, and knows the commands."""
    script = desk.run("completion", "bash").stdout
    assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0
    assert "journal" in script
    assert desk.run("completion", "zsh").stdout.startswith("#compdef ringfence")


def test_doctor(desk: Desk) -> None:
    """The doctor finds this machine usable, or the tests could not have run; --json says the same."""
    done = desk.run("doctor")
    assert done.returncode == 0, done.stdout
    said = json.loads(desk.run("doctor", "--json").stdout)
    assert said["usable"] is True
    assert {"bubblewrap", "user namespaces", "seccomp filters"} <= {f["name"] for f in said["facts"]}


def test_without_bubblewrap(desk: Desk) -> None:
    """Where bwrap is missing, the doctor says how to get it and calls are refused, not run otherwise."""
    desk.grant(desk.plugin("class Plugin:\n    def go(self):\n        return 1\n", "go"))
    hide = 'mount --bind /dev/null /usr/bin/bwrap && exec "$@"'
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", hide, "sh"]
    for words, code in ((["doctor"], 8), (["run", "probe", "go"], 8)):
        done = subprocess.run(
            [*command, sys.executable, "-m", "ringfence", *words],
            capture_output=True,
            text=True,
            env=desk.environment,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert "bubblewrap" in done.stdout
    assert json.loads(done.stdout)["data"]["code"] == "sandbox-unavailable"


def test_version(desk: Desk) -> None:
    """--version is the package's."""
    import ringfence

    assert desk.run("--version").stdout == f"ringfence {ringfence.__version__}\n"


def test_public_names() -> None:
    """What the package exports is decided, not accidental."""
    import ringfence

    assert ringfence.__all__ == ["Gate", "__version__"]
    assert ringfence.Gate.__name__ == "Gate"
