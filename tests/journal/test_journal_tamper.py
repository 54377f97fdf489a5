"""Whatever is changed, removed, reordered or cut off is found, and its place is named."""

import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.journalkit import fill, fresh_copy, record
from ringfence.errors import JournalTampered, JournalUnavailable, RingfenceError
from ringfence.journal import Journal, layout, line, merkle
from ringfence.journal.note import Signer, parse_all
from ringfence.journal.verify import verify

_RECORDS = 12
_GUARDED = ("0000000000000000.jsonl", "0000000000000004.jsonl", "0000000000000008.jsonl", "checkpoints", "key.pub")


@pytest.fixture(scope="module")
def signed() -> Iterator[Path]:
    """Twelve records in three segments, the last checkpoint over all of them, without the writers' state."""
    base = Path(tempfile.mkdtemp())
    fill(base / "j", _RECORDS, segment_bytes=1400)
    (base / "j" / "state").unlink()
    yield base / "j"
    shutil.rmtree(base)


@pytest.fixture(scope="module")
def scratch() -> Iterator[Path]:
    """A place for changed copies."""
    base = Path(tempfile.mkdtemp())
    yield base / "copy"
    shutil.rmtree(base)


def _found(directory: Path) -> RingfenceError:
    with pytest.raises(RingfenceError) as raised:
        verify(directory)
    return raised.value


def test_the_untouched_journal_verifies(signed: Path) -> None:
    """The fixture has the shape that the tests below count on."""
    report = verify(signed, deep=True)
    assert (report.records, report.segments, report.signed) == (_RECORDS, 3, _RECORDS)
    assert {path.name for path in signed.glob("*.jsonl")} < set(_GUARDED)


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(_GUARDED), st.integers(0, 1 << 30), st.integers(1, 255))
def test_any_changed_byte_is_found(signed: Path, scratch: Path, name: str, at: int, flip: int) -> None:
    """One byte of any segment, of the checkpoints or of the public key, changed to any other value.

    The one exception is the newline that ends the checkpoints: without it the last note is
    unfinished, as after a crash, and counts for nothing; the one before it still must hold.
    """
    path = fresh_copy(signed, scratch) / name
    data = bytearray(path.read_bytes())
    at %= len(data)
    data[at] ^= flip
    path.write_bytes(data)
    if name == "key.pub" and path.read_text(errors="replace").strip() == (signed / name).read_text().strip():
        return  # another kind of white space after the key
    if name == "checkpoints" and parse_all(bytes(data))[0] == parse_all((signed / name).read_bytes())[0][:-1]:
        try:
            assert verify(scratch).signed < _RECORDS
        except JournalTampered:
            return
    else:
        _found(scratch)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(_GUARDED[:3]), st.integers(0, 1 << 30), st.integers(1, 1 << 30))
def test_any_removed_stretch_of_bytes_is_found(signed: Path, scratch: Path, name: str, at: int, length: int) -> None:
    """Bytes taken out of a segment anywhere, at the end too."""
    path = fresh_copy(signed, scratch) / name
    data = path.read_bytes()
    at %= len(data)
    path.write_bytes(data[:at] + data[at + 1 + length % (len(data) - at) :])
    _found(scratch)


@settings(deadline=None, max_examples=100)
@given(st.permutations(range(_RECORDS)))
def test_any_other_order_of_records_is_found(signed: Path, scratch: Path, order: list[int]) -> None:
    """The same lines in another order, whichever segments they end up in."""
    lines = [line for name in _GUARDED[:3] for line in (signed / name).read_bytes().splitlines(keepends=True)]
    fresh_copy(signed, scratch)
    for at, name in enumerate(_GUARDED[:3]):
        (scratch / name).write_bytes(b"".join(lines[number] for number in order[4 * at : 4 * at + 4]))
    if order == list(range(_RECORDS)):
        assert verify(scratch).records == _RECORDS
    else:
        assert isinstance(_found(scratch), JournalTampered)


@pytest.mark.parametrize(
    ("segment", "line", "replacement", "place", "why"),
    [
        (1, 1, b'"method":"steal"', "line 2: record 5", "was changed: record 6 holds another hash for it"),
        (1, 3, b'"method":"steal"', "line 4: record 7", "was changed: record 8 holds another hash for it"),
        (2, 3, b'"method":"steal"', "line 4: record 11", "the signed checkpoint of 12 records has another root"),
    ],
)
def test_the_place_of_a_change_is_named(
    signed: Path, scratch: Path, segment: int, line: int, replacement: bytes, place: str, why: str
) -> None:
    """Segment file, line and record; also for the last record, which only the checkpoint guards."""
    path = fresh_copy(signed, scratch) / _GUARDED[segment]
    lines = path.read_bytes().split(b"\n")
    lines[line] = lines[line].replace(b'"method":"build"', replacement)
    path.write_bytes(b"\n".join(lines))
    error = _found(scratch)
    assert isinstance(error, JournalTampered)
    assert f"{_GUARDED[segment]}, {place} " in error.message
    assert why in error.message
    assert error.details == {
        "segment": _GUARDED[segment],
        "line": line + 1,
        "record": 4 * segment + line,
    }


def test_a_missing_segment_is_named(signed: Path, scratch: Path) -> None:
    """First, middle or last: the first record that is missing is named."""
    for name, number in zip(_GUARDED[:3], (0, 4, 8), strict=True):
        (fresh_copy(signed, scratch) / name).unlink()
        assert f"record {number} is missing" in _found(scratch).message


def _cut(directory: Path, records: int) -> None:
    """Cut the journal back to its first `records` records, consistently, without a trace in the directory."""
    for first, name in zip((0, 4, 8), _GUARDED[:3], strict=True):
        lines = (directory / name).read_bytes().splitlines(keepends=True)[: max(0, records - first)]
        (directory / name).write_bytes(b"".join(lines))
        if not lines:
            (directory / name).unlink()
    notes, _ = parse_all((directory / "checkpoints").read_bytes())
    (directory / "checkpoints").write_bytes(b"".join(note.note for note in notes if note.size <= records))


@pytest.mark.parametrize("records", [11, 8, 5, 1])
def test_going_back_to_an_earlier_record_is_found_with_a_checkpoint_held_elsewhere(
    signed: Path, scratch: Path, records: int
) -> None:
    """Alone such a journal looks whole; with the later checkpoint it does not."""
    held, _ = parse_all((signed / "checkpoints").read_bytes())
    _cut(fresh_copy(signed, scratch), records)
    assert verify(scratch).records == records
    with pytest.raises(JournalTampered, match=f"record {records} is missing: a signed checkpoint names 12"):
        verify(scratch, held=held[-1:])


def test_going_back_is_found_by_the_journals_own_later_checkpoint(signed: Path, scratch: Path) -> None:
    """Whoever cuts the records but not the checkpoints is found without anything held elsewhere."""
    path = fresh_copy(signed, scratch) / _GUARDED[2]
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))
    assert "record 10 is missing: a signed checkpoint names 12" in _found(scratch).message


def test_a_rewritten_history_is_found_by_the_root_held_elsewhere(signed: Path, scratch: Path) -> None:
    """A journal written anew with the same key, one record different, does not have the old root."""
    held, _ = parse_all((signed / "checkpoints").read_bytes())
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700)
    for name in ("key", "key.pub"):
        shutil.copy(signed / name, scratch / name)
    with Journal.open(scratch) as journal:
        for number in range(_RECORDS):
            journal.append(record(number, method="steal" if number == 3 else "build"))
    assert verify(scratch).records == _RECORDS
    with pytest.raises(JournalTampered, match="has another root"):
        verify(scratch, held=held[-1:])


def test_a_checkpoint_by_another_key_is_refused(signed: Path, scratch: Path) -> None:
    """Records and checkpoints replaced together, with a new key, fail against the key held elsewhere."""
    held, _ = parse_all((signed / "checkpoints").read_bytes())
    name = held[0].origin
    other = Signer.generate(name)
    forged = fresh_copy(signed, scratch)
    (forged / "checkpoints").write_bytes(b"".join(other.sign(note.size, note.root) for note in held))
    with pytest.raises(JournalTampered, match="is not signed by"):
        verify(forged)
    (forged / "key.pub").write_text(f"{other.public}\n")
    assert verify(forged).signed == _RECORDS
    good = Signer.parse((signed / "key").read_text()).public
    with pytest.raises(JournalTampered, match="is not signed by"):
        verify(forged, key=good)


def test_unsigned_records_are_guarded_by_the_chain_and_the_writers_state(tmp_path: Path, scratch: Path) -> None:
    """Before any checkpoint: a changed line is named by its successor, the last one by the state."""
    with Journal.open(tmp_path / "j", checkpoint_seconds=1e9) as journal:
        for number in range(5):
            journal.append(record(number))
        fresh_copy(tmp_path / "j", scratch)
    path = scratch / _GUARDED[0]
    whole = path.read_bytes()
    assert verify(scratch).signed == 0
    for number, why in (
        (2, "record 3 holds another hash"),
        (4, "the writers' own state of 5 records has another root"),
    ):
        lines = whole.split(b"\n")
        lines[number] = lines[number].replace(b"build", b"steal")
        path.write_bytes(b"\n".join(lines))
        assert f"record {number} " in _found(scratch).message
        assert why in _found(scratch).message
    path.write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 1])
    assert "record 4 is missing: 5 were written" in _found(scratch).message


def test_a_record_behind_the_last_checkpoint_must_be_canonical(tmp_path: Path) -> None:
    """A line that hangs together with the chain but is no JSON is found even unsigned, and with deep anywhere."""
    fill(tmp_path / "j", 2)
    (tmp_path / "j" / "state").unlink()
    path = tmp_path / "j" / _GUARDED[0]
    last = line.leaf(path.read_bytes().splitlines()[-1])
    with path.open("ab") as file:
        file.write(line.make(last, b'{"type":}', 2) + b"\n")
    assert "record 2 is not canonical JSON" in _found(tmp_path / "j").message


def test_numbers_must_go_up_one_by_one(tmp_path: Path) -> None:
    """A chain of good hashes with a number twice, even signed by the right key, is no journal."""
    fill(tmp_path / "j", 0)
    last, lines = line.NO_LEAF, []
    for number in (0, 1, 1):
        lines.append(line.make(last, b'{"type":"call"}', number))
        last = line.leaf(lines[-1])
    (tmp_path / "j" / "state").unlink()
    (tmp_path / "j" / layout.segment_name(0)).write_bytes(b"\n".join([*lines, b""]))
    peaks = merkle.extend((), 0, [line.leaf(text) for text in lines])
    signer = Signer.parse((tmp_path / "j" / "key").read_text())
    (tmp_path / "j" / "checkpoints").write_bytes(signer.sign(3, merkle.root(peaks)))
    assert "record 2 is not where it belongs: record 1 stands in its place" in _found(tmp_path / "j").message


def test_a_removed_checkpoint_is_missed_by_the_writers_state(tmp_path: Path) -> None:
    """Who takes the newest checkpoint away from beside the state is found."""
    fill(tmp_path / "j", 3)
    (tmp_path / "j" / "checkpoints").write_bytes(b"")
    assert "the checkpoint of 3 records is gone" in _found(tmp_path / "j").message


def test_foreign_bytes_in_the_checkpoints_are_found(signed: Path, scratch: Path) -> None:
    """Something that is no beginning of a note is no crash."""
    path = fresh_copy(signed, scratch) / "checkpoints"
    path.write_bytes(path.read_bytes() + b"a\nb\nc\nd\ne\n")
    assert "is no checkpoint" in _found(scratch).message


def test_checkpoints_out_of_order_are_found(signed: Path, scratch: Path) -> None:
    """The file of checkpoints is only ever appended to."""
    path = fresh_copy(signed, scratch) / "checkpoints"
    notes, _ = parse_all(path.read_bytes())
    path.write_bytes(b"".join(note.note for note in reversed(notes)))
    assert "are out of order" in _found(scratch).message


def test_no_journal_is_no_good_journal(tmp_path: Path) -> None:
    """An empty or missing directory is not "verified"."""
    with pytest.raises(JournalUnavailable, match="there is no journal"):
        verify(tmp_path)
    with pytest.raises(JournalUnavailable, match="cannot be read"):
        verify(tmp_path / "missing")


def test_a_journal_that_is_written_to_verifies(tmp_path: Path) -> None:
    """Verify needs no lock: it runs while records, rotations and checkpoints come."""

    stop = threading.Event()
    with Journal.open(tmp_path / "j", segment_bytes=8000, checkpoint_records=16) as journal:

        def busy() -> None:
            while not stop.is_set():
                journal.append(record())

        thread = threading.Thread(target=busy)
        journal.append(record())
        thread.start()
        try:
            counts = [verify(tmp_path / "j").records for _ in range(40)]
            deadline = time.monotonic() + 300
            while counts[-1] == counts[0] and time.monotonic() < deadline:  # the writer gets no turn on a busy machine
                time.sleep(0.01)
                counts.append(verify(tmp_path / "j").records)
        finally:
            stop.set()
            thread.join()
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]
