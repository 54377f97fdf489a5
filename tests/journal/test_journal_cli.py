"""`ringfence journal`, through its own door: what is printed, and which error ends it."""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from journal.journalkit import fill, record
from ringfence.cli import journal as command
from ringfence.errors import JournalTampered, JournalUnavailable, UsageError
from ringfence.journal import Journal


def call(*arguments: str) -> int:
    """Run the command as the main program does."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--config")
    command.add_arguments(parser)
    return command.run(parser.parse_args([*arguments]))


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Six records of several kinds, signed."""
    with Journal.open(tmp_path / "j") as journal:
        for entry in (
            record(0, type="start", time="2026-01-31T10:00:00Z"),
            record(1, type="call", time="2026-01-31T11:00:00Z"),
            record(2, status="error", code="timeout", time="2026-01-31T12:00:00Z", limits_hit=["wall"]),
            record(3, type="refusal", status="error", code="not-granted", plugin="other", method="steal"),
            {"type": "odd"},
            record(5, time="2026-01-31T13:00:00Z"),
        ):
            journal.append(entry)
        journal.checkpoint()
    return tmp_path / "j"


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[int]:
    """The numbers of the records that `show --json` prints."""
    assert call("--json", "show", *arguments) == 0
    return [json.loads(line)["seq"] for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([], [0, 1, 2, 3, 4, 5]),
        (["--plugin", "other"], [3]),
        (["--method", "steal"], [3]),
        (["--status", "error"], [2, 3]),
        (["--code", "timeout"], [2]),
        (["--type", "odd"], [4]),
        (["--request-id", "00000000-0000-4000-8000-000000000005"], [5]),
        (["--since", "2026-01-31T12:00:00Z"], [2, 3, 5]),
        (["--until", "2026-01-31T11:00:00Z"], [0, 1]),
        (["--since", "2026-01-31T10:30:00Z", "--until", "2026-01-31T11:30:00+00:00"], [1]),
        (["--since", "1h"], []),
        (["--after", "3"], [4, 5]),
        (["--last", "2"], [4, 5]),
        (["--last", "0"], []),
        (["--last", "1", "--status", "error"], [3]),
    ],
)
def test_filters(directory: Path, capsys: pytest.CaptureFixture[str], filters: list[str], expected: list[int]) -> None:
    """Each filter alone, and several together: all must hold."""
    assert shown(capsys, "--journal", str(directory), *filters) == expected


def test_show_prints_a_line_for_each_record(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Number, time, kind, plugin, method, outcome, duration, caller, limits, request; what is missing is left out."""
    assert call("show", "--journal", str(directory)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == (
        "     2 2026-01-31 12:00:00 outcome  text-report==1.0.0 build error timeout 12.3ms cli:uid=1000 "
        "limits=wall 00000000-0000-4000-8000-000000000002"
    )
    assert lines[4].split() == ["4", "odd"]


def test_what_a_plugin_wrote_cannot_speak_to_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences, line breaks and direction marks are printed as escapes, in every output."""
    hostile = "a\x1b[2J\x07\r\n\u202eb\u2028c\x9b31m"
    with Journal.open(tmp_path / "j") as journal:
        journal.append(record(plugin=hostile, error=hostile, caller={"uid": hostile}, limits_hit=[hostile]))
    for arguments in (
        ["show"],
        ["--json", "show"],
        ["export", "--format", "ocsf"],
        ["export", "--format", "syslog"],
        ["export", "--format", "json"],
    ):
        assert call(*arguments, "--journal", str(tmp_path / "j")) == 0
        out = capsys.readouterr().out
        assert out.count("\n") == 1
        assert out.removesuffix("\n").replace("\ufeff", "").isprintable()


def test_verify_says_what_was_found(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts, root, who signed how much; and that a key beside the journal proves less than one held elsewhere."""
    assert call("verify", "--journal", str(directory)) == 0
    out = capsys.readouterr().out
    assert out.startswith("verified: 6 records in 1 segments")
    assert "signed: 6 records, 1 checkpoints, by " in out
    assert "the key is the one beside the journal" in out
    assert call("--json", "verify", "--deep", "--journal", str(directory)) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["verified"], report["records"], report["signed"]) == (True, 6, 6)


def test_verify_of_a_copy_with_checkpoint_and_key_held_elsewhere(
    directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The checkpoint that was printed once finds that the copy lacks what came before it."""
    call("checkpoint", "--journal", str(directory))
    (tmp_path / "held").write_text(capsys.readouterr().out)
    call("key", "--journal", str(directory))
    key = capsys.readouterr().out.strip()
    (tmp_path / "held.pub").write_text(key + "\n")
    for given in (key, str(tmp_path / "held.pub")):
        held = ["--checkpoint", str(tmp_path / "held"), "--public-key", given]
        assert call("verify", "--journal", str(directory), *held) == 0
        assert "beside the journal" not in capsys.readouterr().out
    fill(tmp_path / "forged", 5)
    with pytest.raises(JournalTampered):
        call("verify", "--journal", str(tmp_path / "forged"), *held)


def test_verify_of_a_changed_journal_is_exit_21_with_the_place(directory: Path) -> None:
    """The error carries segment, line and record."""
    path = directory / "0000000000000000.jsonl"
    path.write_bytes(path.read_bytes().replace(b"timeout", b"harmless"))
    with pytest.raises(JournalTampered) as raised:
        call("verify", "--journal", str(directory))
    assert raised.value.exit_code == 21
    assert f"{path}, line 3: record 2 was changed" in raised.value.message


def test_mistakes_are_told_in_a_sentence(directory: Path, tmp_path: Path) -> None:
    """A file that is no checkpoint, a key that is none, a time that is none, a directory without a journal."""
    (tmp_path / "note").write_text("hello\n")
    with pytest.raises(UsageError, match="is not a signed checkpoint"):
        call("verify", "--journal", str(directory), "--checkpoint", str(tmp_path / "note"))
    with pytest.raises(UsageError, match="cannot read"):
        call("verify", "--journal", str(directory), "--checkpoint", str(tmp_path / "missing"))
    with pytest.raises(UsageError, match="not of the form NAME"):
        call("verify", "--journal", str(directory), "--public-key", str(tmp_path / "note"))
    with pytest.raises(UsageError, match="'yesterday' is no time"):
        call("show", "--journal", str(directory), "--since", "yesterday")
    (tmp_path / "empty").mkdir()
    with pytest.raises(JournalUnavailable, match="there is no journal in"):
        call("show", "--journal", str(tmp_path / "empty"))


def test_the_key_of_a_new_journal_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`key` works before anything ran, and gives the same key again."""
    assert call("key", "--journal", str(tmp_path / "j")) == 0
    first = capsys.readouterr().out
    assert call("key", "--journal", str(tmp_path / "j")) == 0
    assert capsys.readouterr().out == first
    assert "+" in first


def test_without_a_path_the_configured_journal_is_used(
    directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The configuration names it; where it does not, it is `journal` in $RINGFENCE_STATE."""
    config = directory.parent / "ringfence.toml"
    config.write_text('[journal]\npath = "j"\n')
    monkeypatch.setenv("RINGFENCE_CONFIG", str(config))
    assert shown(capsys, "--last", "1") == [5]
    config.write_text("")
    monkeypatch.setenv("RINGFENCE_CONFIG", str(config))
    monkeypatch.setenv("RINGFENCE_STATE", str(directory.parent))
    directory.rename(directory.parent / "journal")
    assert shown(capsys, "--last", "1") == [5]


def _follow(directory: Path, *arguments: str) -> "subprocess.Popen[str]":
    program = (
        "import argparse, sys\nfrom ringfence.cli import journal\nparser = argparse.ArgumentParser()\n"
        "parser.add_argument('--json', action='store_true')\njournal.add_arguments(parser)\n"
        "sys.exit(journal.run(parser.parse_args()))"
    )
    words = [sys.executable, "-c", program, *arguments, "--follow", "--journal", str(directory)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_following_goes_on_across_rotations_and_ends_quietly(tmp_path: Path) -> None:
    """Records appended later, in later segments, are printed at once; an interrupt is a normal end."""
    fill(tmp_path / "j", 3)
    process = _follow(tmp_path / "j", "export", "--format", "json", "--last", "1")
    assert process.stdout is not None
    try:
        assert json.loads(process.stdout.readline())["seq"] == 2
        with Journal.open(tmp_path / "j", segment_bytes=500) as journal:
            for number in range(3, 8):
                journal.append(record(number))
                assert json.loads(process.stdout.readline())["seq"] == number
        process.send_signal(2)
        assert process.wait(300) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
    finally:
        process.kill()
        process.communicate()


def test_a_reader_that_goes_away_is_a_quiet_end(tmp_path: Path) -> None:
    """`journal show | head` prints no traceback."""
    fill(tmp_path / "j", 3)
    process = _follow(tmp_path / "j", "show")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    time.sleep(0.3)
    with Journal.open(tmp_path / "j") as journal:
        journal.append(record(9))
    assert process.wait(300) == 0
    assert process.stderr.read() == ""
    process.stderr.close()


def test_a_reader_of_the_command_that_goes_away(tmp_path: Path) -> None:
    """The same through the whole program, which has more to say at its end."""
    fill(tmp_path / "j", 400)
    config = tmp_path / "ringfence.toml"
    config.write_text(f'[journal]\npath = "{tmp_path}/j"\n')
    command = [sys.executable, "-m", "ringfence", "journal", "show", "--json", "--config", str(config)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        process.stdout.close()
        _, said = process.communicate(timeout=600)
    assert (process.returncode, said) == (0, b"")
