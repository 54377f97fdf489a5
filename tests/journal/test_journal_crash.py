"""Writers killed at any point: the journal opens, verifies, and has every record that was acknowledged."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from journal import crash_writers
from journal.journalkit import CrashAt, fill, fresh_copy, in_child, record
from ringfence.journal import Journal, line
from ringfence.journal.note import Signer
from ringfence.journal.read import Filter, records
from ringfence.journal.verify import verify

Signer.generate("warm")  # so that forked children find cryptography imported


def _leaves(directory: Path) -> list[str]:
    from ringfence.journal.merkle import leaf_hash

    lines = [line for path in sorted(directory.glob("*.jsonl")) for line in path.read_bytes().split(b"\n")[:-1]]
    return [leaf_hash(line).hex() for line in lines]


def test_writers_killed_hundreds_of_times_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """Three writers of one journal are killed with SIGKILL at random moments, 240 writers in 80 rounds."""
    directory = tmp_path / "j"
    done = subprocess.run(
        [sys.executable, crash_writers.__file__, str(directory), "80"],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    seen = {int(index): leaf for index, leaf in json.loads(done.stdout).items()}
    with Journal.open(directory) as journal:
        journal.append(record())
        journal.checkpoint()
    assert len(seen) > 200
    report = verify(directory, deep=True)
    assert report.torn_bytes == 0
    leaves = _leaves(directory)
    assert report.records == len(leaves)
    assert {index: leaves[index] for index in seen} == seen


def _three(directory: Path) -> None:
    """A small life of a journal: open, records, a rotation, checkpoints, close."""
    with Journal.open(directory, segment_bytes=600, checkpoint_records=2) as journal:
        for number in range(3):
            journal.append(record(number))


def test_a_crash_at_every_change_to_the_file_system_is_survived(tmp_path: Path) -> None:
    """From an empty directory: die at the 1st, 2nd, 3rd … system call that changes something, half-way in writes."""
    crashes = 0
    for n in range(1, 400):
        directory = tmp_path / f"j{n}"

        def doomed(n: int = n, directory: Path = directory) -> None:
            CrashAt(n)
            _three(directory)

        status = in_child(doomed)
        if status == 0:
            break
        assert status == -signal.SIGKILL
        crashes += 1
        _three(directory)
        assert verify(directory, deep=True).records >= 3
    else:
        pytest.fail("the writer never came to its end")
    assert crashes > 40


def test_a_crash_during_recovery_from_a_crash_is_survived(tmp_path: Path) -> None:
    """A torn tail, and then the recovering writer dies at each step of setting it aside."""
    fill(tmp_path / "whole", 3)
    segment = "0000000000000000.jsonl"
    for n in range(1, 200):
        directory = fresh_copy(tmp_path / "whole", tmp_path / "j")
        with (directory / segment).open("ab") as file:
            file.write(b'{"prev":"00')

        def doomed(n: int = n, directory: Path = directory) -> None:
            CrashAt(n)
            _three(directory)

        status = in_child(doomed)
        _three(directory)
        assert verify(directory, deep=True).set_aside
        told = list(records(directory, Filter(type="recovery")))
        # A report that was itself torn is set aside and reported too.
        assert 11 in {entry.record["torn_bytes"] for entry in told}
        assert not list(directory.glob("*.unreported"))
        if status == 0:
            break
    else:
        pytest.fail("the writer never came to its end")
    assert n > 10


@pytest.mark.parametrize("keeps_state", [True, False])
def test_a_line_torn_at_any_byte_is_set_aside_and_reported(tmp_path: Path, keeps_state: bool) -> None:
    """Every possible length of an unacknowledged last line, with and without the writers' state."""
    fill(tmp_path / "whole", 2)
    fill(tmp_path / "longer", 3)
    segment = "0000000000000000.jsonl"
    two = (tmp_path / "whole" / segment).read_bytes()
    third = (tmp_path / "longer" / segment).read_bytes()[len(two) :]
    for length in range(1, len(third), 7):
        directory = fresh_copy(tmp_path / "whole", tmp_path / "j")
        if not keeps_state:
            (directory / "state").unlink()
        (directory / segment).write_bytes(two + third[:length])
        assert verify(directory).torn_bytes == length
        with Journal.open(directory) as journal:
            assert journal.append(record()).index == 3
        [told] = records(directory, Filter(type="recovery"))
        assert told.seq == 2
        torn = directory / str(told.record["torn_file"])
        assert torn.read_bytes() == third[:length]
        assert verify(directory, deep=True).set_aside == (torn.name,)


def test_a_whole_line_without_its_state_is_kept(tmp_path: Path) -> None:
    """A writer that died after its line and before its state: the line counts, nothing is set aside."""
    fill(tmp_path / "whole", 2)
    fill(tmp_path / "longer", 3)
    segment = "0000000000000000.jsonl"
    line = (tmp_path / "longer" / segment).read_bytes()
    (tmp_path / "whole" / segment).write_bytes(line)
    with Journal.open(tmp_path / "whole") as journal:
        assert journal.append(record()).index == 3
    report = verify(tmp_path / "whole", deep=True)
    assert (report.records, report.set_aside) == (4, ())


def test_an_unfinished_checkpoint_is_set_aside(tmp_path: Path) -> None:
    """A checkpoint torn at any byte costs that checkpoint and nothing else."""
    with Journal.open(tmp_path / "whole") as journal:
        journal.append(record())
        journal.checkpoint()
    note = (tmp_path / "whole" / "checkpoints").read_bytes()
    for cut in range(1, len(note), 5):
        directory = fresh_copy(tmp_path / "whole", tmp_path / "j")
        (directory / "checkpoints").write_bytes(note + note[:cut])
        assert verify(directory).signed == 1
        with Journal.open(directory) as journal:
            journal.append(record())
            journal.checkpoint()
        report = verify(directory)
        assert (report.signed, report.set_aside) == (2, (f"torn-checkpoint-{len(note)}",))


def test_a_whole_line_of_rubbish_after_a_power_cut_is_set_aside(tmp_path: Path) -> None:
    """An unacknowledged line that fits the chain but is no JSON is not taken for a record."""
    fill(tmp_path / "j", 2)
    segment = tmp_path / "j" / "0000000000000000.jsonl"
    rubbish = line.make(line.leaf(segment.read_bytes().splitlines()[-1]), b'{"a":\0}', 2) + b"\n"
    with segment.open("ab") as file:
        file.write(rubbish)
    with Journal.open(tmp_path / "j") as journal:
        journal.append(record())
    report = verify(tmp_path / "j", deep=True)
    assert report.records == 4
    assert [(tmp_path / "j" / name).read_bytes() for name in report.set_aside] == [rubbish]
