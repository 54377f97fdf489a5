"""Full and read-only disks, for real: nothing runs unjournalled, and the sentence says why."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal.journalkit import record
from needs import unavailable
from ringfence.errors import JournalUnavailable
from ringfence.journal import Journal
from ringfence.journal.verify import verify


def _mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        unavailable(f"cannot mount here: {done.stderr.strip()}")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB."""
    if os.geteuid() != 0:
        unavailable("mounting needs root")
    target = tmp_path / "disk"
    target.mkdir()
    _mount("-t", "tmpfs", "-o", "size=256k,mode=0700", "tmpfs", str(target))
    yield target
    subprocess.run(["umount", "-l", str(target)], check=True)


def _fill_up(journal: Journal) -> None:
    for number in range(1000):
        receipt = journal.append(record(number, error="x" * 3000))
        assert receipt.index == number


def test_a_full_disk_refuses_records_and_then_goes_on(small_disk: Path) -> None:
    """The record that no longer fits is refused, leaves no half, and the next one after making room is whole."""
    journal = Journal.open(small_disk / "j", checkpoint_seconds=1e9)
    with pytest.raises(JournalUnavailable) as raised:
        _fill_up(journal)
    accepted = verify(small_disk / "j").records
    assert raised.value.message == f"the journal in {small_disk / 'j'} cannot take a record: the disk is full"
    assert "no call runs without its record" in raised.value.hint
    assert accepted > 10
    report = verify(small_disk / "j", deep=True)
    assert (report.records, report.torn_bytes) == (accepted, 0)
    subprocess.run(["mount", "-o", "remount,size=512k", str(small_disk)], check=True)
    assert journal.append(record(accepted)).index == accepted
    journal.close()
    assert verify(small_disk / "j", deep=True).signed == accepted + 1


def test_a_disk_too_small_for_a_journal_is_said(small_disk: Path) -> None:
    """Opening a new journal on a full disk is refused in a sentence."""
    (small_disk / "filler").write_bytes(b"x" * (250 << 10))
    with pytest.raises(JournalUnavailable, match="the disk is full"):
        Journal.open(small_disk / "j")


def test_a_read_only_disk_is_said(small_disk: Path) -> None:
    """Opening for appending is refused; verifying still works."""
    with Journal.open(small_disk / "j") as journal:
        journal.append(record())
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(JournalUnavailable, match="cannot be opened: the file system is read-only"):
        Journal.open(small_disk / "j")
    assert verify(small_disk / "j").records == 1


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    """The journal's path names a file."""
    (tmp_path / "j").write_text("")
    with pytest.raises(JournalUnavailable, match="it is not a directory"):
        Journal.open(tmp_path / "j")


def test_a_sync_that_failed_is_never_believed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After one failed fdatasync the writer refuses everything, because the kernel may have dropped the pages."""
    journal = Journal.open(tmp_path / "j")
    journal.append(record())

    def failing(fd: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fdatasync", failing)
        with pytest.raises(JournalUnavailable, match="the disk refused to sync"):
            journal.append(record())
    with pytest.raises(JournalUnavailable, match="the disk refused to sync"):
        journal.append(record())
