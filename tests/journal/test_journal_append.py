"""Appending: receipts, many writers, rotation, keys, and what a second opener finds."""

import json
import multiprocessing
import os
import stat
import subprocess
import sys
import threading
import time
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from journal.journalkit import fill, in_child, record
from ringfence.errors import JournalTampered, JournalUnavailable
from ringfence.journal import InvalidRecord, Journal, merkle
from ringfence.journal.checkpoints import read_all
from ringfence.journal.note import Signer
from ringfence.journal.read import Filter, records
from ringfence.journal.verify import verify


def _lines(directory: Path) -> list[bytes]:
    return [line for path in sorted(directory.glob("*.jsonl")) for line in path.read_bytes().splitlines()]


def test_a_receipt_names_the_line_on_disk(tmp_path: Path) -> None:
    """The record is in the file when append returns; the receipt has its number and RFC 6962 leaf hash."""
    with Journal.open(tmp_path / "j") as journal:
        for number in range(3):
            receipt = journal.append(record(number))
            line = _lines(tmp_path / "j")[number]
            assert receipt.index == number
            assert receipt.leaf == merkle.leaf_hash(line).hex()
            assert json.loads(line)["record"] == record(number)
            assert json.loads(line)["seq"] == number


def test_a_bad_record_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    """A float does not reach the disk, and the next record is number 0."""
    with Journal.open(tmp_path / "j") as journal:
        with pytest.raises(InvalidRecord):
            journal.append({"seconds": 0.5})
        assert journal.append(record()).index == 0


def test_everything_is_private_to_its_owner(tmp_path: Path) -> None:
    """The directory is 0700 and every file 0600."""
    fill(tmp_path / "j", 50, segment_bytes=4096)
    assert stat.S_IMODE((tmp_path / "j").stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "j").iterdir()}
    assert {"key", "key.pub", "checkpoints", "state", "lock"} < modes.keys()
    assert set(modes.values()) == {0o600}


def test_a_directory_that_others_may_write_is_refused(tmp_path: Path) -> None:
    """A journal that anybody may change proves nothing."""
    (tmp_path / "j").mkdir()
    (tmp_path / "j").chmod(0o777)
    with pytest.raises(JournalUnavailable, match="other users may write"):
        Journal.open(tmp_path / "j")


def test_a_key_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    """Whoever may read the key may sign."""
    fill(tmp_path / "j", 1)
    (tmp_path / "j" / "key").chmod(0o644)
    with Journal.open(tmp_path / "j") as journal:
        journal.append(record())
        with pytest.raises(JournalUnavailable, match="other users may read"):
            journal.checkpoint()


def test_threads_get_every_number_once(tmp_path: Path) -> None:
    """Sixteen threads share one journal; nothing is lost, doubled or interleaved."""
    got: list[int] = []
    with Journal.open(tmp_path / "j", segment_bytes=20_000, checkpoint_records=64) as journal:

        def work() -> None:
            got.extend(journal.append(record(n)).index for n in range(20))

        threads = [threading.Thread(target=work) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(got) == list(range(320))
    assert verify(tmp_path / "j", deep=True).records == 320


def _append_many(directory: Path, count: int) -> None:
    with Journal.open(directory, segment_bytes=20_000, checkpoint_records=64) as journal:
        for number in range(count):
            journal.append(record(number, pid=os.getpid()))


def test_processes_share_a_journal_that_none_of_them_made(tmp_path: Path) -> None:
    """Eight processes open, rotate and sign at once, from nothing; one key, every record in place."""
    workers = [multiprocessing.Process(target=_append_many, args=(tmp_path / "j", 40)) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 8
    report = verify(tmp_path / "j", deep=True)
    assert report.records == 320
    assert report.segments > 3
    assert report.checkpoints >= 5


def test_a_forked_child_appends_beside_its_parent(tmp_path: Path) -> None:
    """A child forked while another thread appends uses files and locks of its own."""
    with Journal.open(tmp_path / "j") as journal:
        stop = threading.Event()

        def busy() -> None:
            while not stop.is_set():
                journal.append(record(1))

        thread = threading.Thread(target=busy)
        thread.start()
        try:
            statuses = [in_child(lambda: _ten(journal)) for _ in range(10)]
        finally:
            stop.set()
            thread.join()
    assert statuses == [0] * 10
    kept = [entry for entry in records(tmp_path / "j", Filter()) if entry.record["type"] == "start"]
    assert len(kept) == 100
    assert verify(tmp_path / "j").records >= 100


def _ten(journal: Journal) -> None:
    for _ in range(10):
        journal.append(record(type="start"))


def test_segments_end_by_size_and_by_age(tmp_path: Path) -> None:
    """A full segment and an old one are closed, signed, and followed by one named after its first record."""
    with Journal.open(tmp_path / "j", segment_bytes=2000) as journal:
        for number in range(9):
            journal.append(record(number))
    names = sorted(path.name for path in (tmp_path / "j").glob("*.jsonl"))
    assert len(names) > 1
    with Journal.open(tmp_path / "j", segment_seconds=0) as journal:
        journal.append(record(9))
        journal.append(record(10))
    assert sorted(path.name for path in (tmp_path / "j").glob("*.jsonl"))[-2:] == [
        "0000000000000009.jsonl",
        "0000000000000010.jsonl",
    ]
    sizes = [checkpoint.size for checkpoint in read_all(tmp_path / "j" / "checkpoints")[0]]
    assert sizes[-2:] == [10, 11]
    assert verify(tmp_path / "j").records == 11


def test_a_checkpoint_is_signed_every_so_many_records(tmp_path: Path) -> None:
    """With checkpoint_records=4 the signed sizes are 4 and 8, and the rest waits."""
    journal = Journal.open(tmp_path / "j", checkpoint_records=4)
    for number in range(10):
        journal.append(record(number))
    assert [checkpoint.size for checkpoint in read_all(tmp_path / "j" / "checkpoints")[0]] == [4, 8]
    journal.close()
    assert verify(tmp_path / "j").signed == 10


def test_a_writer_that_lives_on_signs_by_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once checkpoint_seconds went by, the next record is signed at once."""
    now = time.time()
    monkeypatch.setattr("ringfence.journal.journal.time", types.SimpleNamespace(time=lambda: now))
    with Journal.open(tmp_path / "j", checkpoint_seconds=60) as journal:
        journal.append(record(0))
        assert read_all(tmp_path / "j" / "checkpoints")[0] == []
        now += 61
        journal.append(record(1))
        assert [checkpoint.size for checkpoint in read_all(tmp_path / "j" / "checkpoints")[0]] == [2]


def test_a_one_shot_writer_soon_after_a_checkpoint_loads_no_cryptography(tmp_path: Path) -> None:
    """It leaves signing to a later writer, and does not pay for the import."""
    fill(tmp_path / "j", 1)
    program = (
        "import sys; from pathlib import Path; from ringfence.journal import Journal\n"
        "with Journal.open(Path(sys.argv[1])) as journal: journal.append({'type': 'call'})\n"
        "print([name for name in sys.modules if name.startswith('cryptography')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "j")], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
    report = verify(tmp_path / "j")
    assert (report.records, report.signed) == (2, 1)


def test_a_checkpoint_of_an_unchanged_journal_is_the_same_one(tmp_path: Path) -> None:
    """Asking twice does not sign twice."""
    with Journal.open(tmp_path / "j") as journal:
        journal.append(record())
        assert journal.checkpoint() == journal.checkpoint()
    assert len(read_all(tmp_path / "j" / "checkpoints")[0]) == 1


def test_losing_the_state_and_the_bases_loses_nothing(tmp_path: Path) -> None:
    """They are conveniences: without them the journal is scanned, goes on, and verifies."""
    fill(tmp_path / "j", 30, segment_bytes=4096)
    for path in [tmp_path / "j" / "state", *(tmp_path / "j").glob("*.base")]:
        path.unlink()
    with Journal.open(tmp_path / "j") as journal:
        assert journal.append(record()).index == 30
        journal.checkpoint()
    assert verify(tmp_path / "j").signed == 31


def test_a_state_from_before_a_reboot_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a power cut the state may be ahead of the disk: unacknowledged records may be gone, others not."""
    directory = tmp_path / "j"
    fill(directory, 5)
    segment = directory / "0000000000000000.jsonl"
    whole = segment.read_bytes()
    cut = whole[: whole.rindex(b"\n", 0, -1) + 20]
    monkeypatch.setattr("ringfence.journal.state.boot_id", lambda: b"another boot ...")
    segment.write_bytes(whole + b'{"prev":"torn')
    with Journal.open(directory) as journal:
        assert journal.append(record()).index == 6
    monkeypatch.setattr("ringfence.journal.state.boot_id", lambda: b"and yet another.")
    segment.write_bytes(cut)
    with pytest.raises(JournalTampered, match="has 4 whole records but 7 were durable"):
        Journal.open(directory)


def test_opening_finds_a_shortened_or_missing_segment(tmp_path: Path) -> None:
    """Nothing is appended to a journal that lost records."""
    fill(tmp_path / "j", 5)
    segment = tmp_path / "j" / "0000000000000000.jsonl"
    whole = segment.read_bytes()
    segment.write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 1])
    with pytest.raises(JournalTampered, match="was shortened"):
        Journal.open(tmp_path / "j")
    segment.unlink()
    with pytest.raises(JournalTampered, match="was shortened"):
        Journal.open(tmp_path / "j")


def test_removed_lock_and_state_are_made_anew(tmp_path: Path) -> None:
    """A writer notices that its lock protects nothing any more, and waits for the new one like others."""
    with Journal.open(tmp_path / "j") as first:
        first.append(record(0))
        (tmp_path / "j" / "lock").unlink()
        (tmp_path / "j" / "state").unlink()
        with Journal.open(tmp_path / "j") as second:
            assert second.append(record(1)).index == 1
            thread = threading.Thread(target=first.append, args=(record(2),))
            with second._locked():
                thread.start()
                thread.join(0.2)
                assert thread.is_alive()
            thread.join()
            assert second.append(record(3)).index == 3
    assert verify(tmp_path / "j").records == 4


def test_a_damaged_state_is_not_believed(tmp_path: Path) -> None:
    """A page that does not match its own digest is rebuilt from the segments."""
    fill(tmp_path / "j", 5)
    with (tmp_path / "j" / "state").open("r+b") as file:
        file.seek(120)  # in the tree's hashes
        file.write(b"damage")
    with Journal.open(tmp_path / "j") as journal:
        journal.append(record())
        journal.checkpoint()
    assert verify(tmp_path / "j").signed == 6


def test_a_scan_finds_a_missing_segment(tmp_path: Path) -> None:
    """Without state, bases and checkpoints, records are still not appended behind a gap."""
    fill(tmp_path / "j", 12, segment_bytes=1400)
    for path in [tmp_path / "j" / "state", tmp_path / "j" / "checkpoints", *(tmp_path / "j").glob("*.base")]:
        path.unlink()
    (tmp_path / "j" / "0000000000000004.jsonl").unlink()
    with pytest.raises(JournalTampered, match="has 4 whole records but 8 were durable"):
        Journal.open(tmp_path / "j")


def test_a_closed_journal_takes_nothing(tmp_path: Path) -> None:
    """Appending after close is refused in a sentence; closing again is not."""
    journal = Journal.open(tmp_path / "j")
    journal.close()
    journal.close()
    with pytest.raises(JournalUnavailable, match="is closed"):
        journal.append(record())


class Disk:
    """Remembers what each file and directory held when it was last synced, and how often anything was."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.synced: dict[int, int | frozenset[str]] = {}
        self.times = 0
        for name in ("fsync", "fdatasync"):
            monkeypatch.setattr(os, name, self._remembering(getattr(os, name)))

    def _remembering(self, sync: Callable[[int], None]) -> Callable[[int], None]:
        def remembering(fd: int) -> None:
            before = os.fstat(fd)
            content = frozenset(os.listdir(fd)) if stat.S_ISDIR(before.st_mode) else before.st_size
            sync(fd)
            self.synced[before.st_ino] = content
            self.times += 1

        return remembering

    def holds(self, path: Path) -> bool:
        """Whether all of the file, and its name, would survive a power cut."""
        names = self.synced.get(path.parent.stat().st_ino, frozenset())
        whole = self.synced.get(path.stat().st_ino) == path.stat().st_size
        return whole and isinstance(names, frozenset) and path.name in names


def test_append_returns_only_when_the_record_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each append the whole segment is on disk; so are closed segments and the directory."""
    disk = Disk(monkeypatch)
    with Journal.open(tmp_path / "j", segment_bytes=900, checkpoint_seconds=1e9) as journal:
        for number in range(8):
            journal.append(record(number))
            assert all(disk.holds(path) for path in (tmp_path / "j").glob("*.jsonl"))


def test_a_closed_segment_is_synced_by_whoever_closes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record of another writer that waits for its sync while the segment is rotated away."""
    disk = Disk(monkeypatch)
    with Journal.open(tmp_path / "j", segment_bytes=1, checkpoint_seconds=1e9) as journal:
        with journal._locked() as writer:
            writer.put(writer.settle(), b"{}")
        journal.append(record())
        segments = sorted((tmp_path / "j").glob("*.jsonl"))
        assert [disk.holds(path) for path in segments] == [True, True]


def test_a_sync_between_a_rotation_and_its_first_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that waits for its sync while another writer has named the next segment, but not made it."""
    disk = Disk(monkeypatch)
    with Journal.open(tmp_path / "j", checkpoint_seconds=1e9) as journal:
        with journal._locked() as writer:
            state = writer.put(writer.settle(), b"{}")
            writer.rotate(state)
        writer.sync.reach(state.count)
        assert disk.holds(tmp_path / "j" / "0000000000000000.jsonl")
        assert journal.append(record()).index == 1
    assert verify(tmp_path / "j").segments == 2


def test_only_synced_records_are_signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the key signs, everything it signs would survive a power cut; so does the checkpoint afterwards."""
    disk = Disk(monkeypatch)
    directory = tmp_path / "j"
    journal = Journal.open(directory)
    journal.append(record())
    sign = Signer.sign

    def watching(signer: Signer, size: int, root: bytes) -> bytes:
        assert disk.holds(directory / "0000000000000000.jsonl")
        return sign(signer, size, root)

    monkeypatch.setattr(Signer, "sign", watching)
    with journal._locked() as writer:  # a record that is written, and that nobody has synced yet
        writer.put(writer.settle(), b"{}")
    journal.checkpoint()
    assert disk.holds(directory / "checkpoints")
    journal.close()


def test_one_sync_serves_many_writers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen threads with four open journals need far fewer syncs than records, however slow the disk."""
    disk = Disk(monkeypatch)
    fast = os.fdatasync

    def slow(fd: int) -> None:
        time.sleep(0.005)
        fast(fd)

    monkeypatch.setattr(os, "fdatasync", slow)
    journals = [Journal.open(tmp_path / "j", checkpoint_seconds=1e9) for _ in range(4)]
    before = disk.times

    def work(journal: Journal) -> None:
        for _ in range(10):
            journal.append(record())

    threads = [threading.Thread(target=work, args=(journals[n % 4],)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert disk.times - before < 60
    for journal in journals:
        journal.close()
