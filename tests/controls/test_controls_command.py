"""`ringfence controls`: the table, a page, the matrix and the written pages, in text and in JSON."""

import argparse
import json
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from ringfence.cli import controls as command
from ringfence.controls import CONTROLS, matrix
from ringfence.controls.page import pages, plain
from ringfence.errors import ConfigError, UsageError

RESULTS = {
    "policy": 1,
    "places": ["bubblewrap", "subprocess"],
    "results": {"bounded-cpu": {"bubblewrap": "stopped", "subprocess": "not-enforced"}},
}


def run(*arguments: str) -> int:
    """Run the command as `ringfence` does, without its outer handling of errors."""
    parser = argparse.ArgumentParser(prog="ringfence controls")
    parser.add_argument("--json", action="store_true")
    command.add_arguments(parser)
    return command.run(parser.parse_args(arguments))


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package folder of its own, into which a test may put a matrix."""
    monkeypatch.setattr(resources, "files", lambda package: tmp_path)
    return tmp_path / matrix.FILE


def test_the_table_has_one_row_a_control(capsys: pytest.CaptureFixture[str]) -> None:
    """Every id stands with its severity and what holds, below a header."""
    assert run() == 0
    header, *rows = [line for line in capsys.readouterr().out.splitlines() if line.strip(" -─")]
    assert header.lower().split()[:2] == ["control", "severity"]
    assert [row.split()[:2] for row in rows] == [[one.id, one.severity] for one in CONTROLS]
    assert all(one.title in row for one, row in zip(CONTROLS, rows, strict=True))


def test_the_table_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """One document with every record and the version of the policy."""
    assert run("--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["policy"] == 1
    assert [one["id"] for one in shown["controls"]] == [one.id for one in CONTROLS]
    [bounded] = [one for one in CONTROLS if one.id == "bounded-cpu"]
    assert next(one for one in shown["controls"] if one["id"] == "bounded-cpu") == {
        "id": "bounded-cpu",
        "title": "Processor time is bounded",
        "severity": "medium",
        "since": 1,
        "scopes": ["compose", "kubernetes", "plugin"],
        "profiles": ["cis", "default", "nsa"],
        "guards": ["limits.cpu_millis", "limits.cpu_seconds"],
        "unsafe_fix": True,
        "references": [{"title": one.title, "url": one.url} for one in bounded.references],
    }


def test_a_control_s_page(capsys: pytest.CaptureFixture[str]) -> None:
    """Its id shows why it is there, the examples, the record and the references."""
    assert run("no-new-privileges") == 0
    shown = capsys.readouterr().out
    assert shown == plain(next(one for one in CONTROLS if one.id == "no-new-privileges"))
    assert shown.startswith("no-new-privileges: Programs cannot gain privileges\n\nA set-user-ID program")
    assert "\nBad:\n\n    no_new_privileges = false\n\nGood:\n\n    no_new_privileges = true\n" in shown
    assert "\nguards        no_new_privileges\n" in shown
    assert "\nCIS Docker Benchmark 1.6.0, 5.26\n  https://www.cisecurity.org/benchmark/docker\n" in shown


def test_a_page_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The record and the page in one document."""
    assert run("seccomp-allow-list", "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["id"] == "seccomp-allow-list"
    assert shown["examples"] == [
        {"good": False, "scope": "plugin", "text": 'seccomp = "runtime-default"\n'},
        {"good": False, "scope": "plugin", "text": 'seccomp = "unconfined"\n'},
        {"good": True, "scope": "plugin", "text": 'seccomp = "allow-list"\n'},
    ]
    assert shown["why"].startswith("The kernel has some 350 system calls")


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("no-new-privilege", "did you mean no-new-privileges"),
        ("bounded_memory", "did you mean bounded-memory"),
        ("zzzz", "`ringfence controls` lists them"),
    ],
)
def test_a_misspelt_id_is_answered_with_what_comes_near(asked: str, hint: str) -> None:
    """An unknown id ends with exit code 2, one sentence and a suggestion."""
    with pytest.raises(UsageError) as raised:
        run(asked)
    assert raised.value.exit_code == 2
    assert raised.value.message == f"there is no control {asked!r}"
    assert raised.value.hint.startswith(hint)


def test_a_user_sees_one_sentence_and_a_hint() -> None:
    """The real command ends with exit code 2 and no traceback."""
    argv = [
        sys.executable,
        "-c",
        "import sys; from ringfence.cli.main import main; sys.exit(main())",
        "controls",
        "zzzz",
    ]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "ringfence: there is no control 'zzzz'\nhint: `ringfence controls` lists them\n"


def test_the_matrix_shows_results_and_their_absence(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every control has a row; where no test reported, that is what it says."""
    recorded.write_text(json.dumps(RESULTS))
    assert run("--matrix") == 0
    rows = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines() if line.split()}
    assert rows["control"] == ["bubblewrap", "subprocess"]
    assert rows["bounded-cpu"] == ["stopped", "not-enforced"]
    assert rows["bounded-memory"] == ["no", "result", "no", "result"]
    assert {one.id for one in CONTROLS} <= rows.keys()


def test_the_matrix_is_silent_where_a_control_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """A plugin's control says nothing of files of other kinds, nor theirs of cells: no result is missing there."""
    assert run("--matrix") == 0
    rows = {line.split()[0]: line.split() for line in capsys.readouterr().out.splitlines() if line.split()}
    assert rows["control"][5:] == ["compose", "dockerfile", "kubernetes", "terraform", "agent", "text"]
    assert rows["granted-mounts-only"][5:] == ["-"] * 6
    assert rows["whole-trails"][1:5] == ["-"] * 4


def test_the_matrix_as_json(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Verdicts by control and place; null where there is none."""
    recorded.write_text(json.dumps(RESULTS))
    assert run("--matrix", "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["places"] == ["bubblewrap", "subprocess"]
    assert shown["results"]["bounded-cpu"] == {"bubblewrap": "stopped", "subprocess": "not-enforced"}
    assert shown["results"]["bounded-memory"] == {"bubblewrap": None, "subprocess": None}


@pytest.mark.usefixtures("recorded")
def test_without_results_there_is_no_matrix() -> None:
    """No recorded result is said plainly, and is an error."""
    with pytest.raises(ConfigError, match=r"matrix\.json: there is no matrix: no test has recorded") as raised:
        run("--matrix")
    assert raised.value.hint


def test_pages_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One file a control and an index, in a folder that is made if need be."""
    folder = tmp_path / "new" / "pages"
    assert run("--write-pages", str(folder)) == 0
    assert {path.name: path.read_text() for path in folder.iterdir()} == pages(CONTROLS)
    assert capsys.readouterr().out == f"{len(CONTROLS) + 1} pages written into {folder}\n"


def test_pages_that_cannot_be_written_are_an_error(tmp_path: Path) -> None:
    """A file where the folder should be is one sentence."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(UsageError, match=r"^cannot write the pages into .*/taken: File exists$"):
        run("--write-pages", str(tmp_path / "taken"))


@pytest.mark.parametrize("both", [["x", "--matrix"], ["--matrix", "--write-pages", "d"], ["x", "--write-pages", "d"]])
def test_one_thing_at_a_time(both: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """An id, the matrix and writing pages exclude each other."""
    with pytest.raises(SystemExit) as raised:
        run(*both)
    assert raised.value.code == 2
    assert "not allowed with argument" in capsys.readouterr().err


def test_the_module_is_cheap_to_import() -> None:
    """Building the parser loads neither the catalogue nor the model."""
    check = "import sys, ringfence.cli.controls; sys.exit('ringfence.model' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
