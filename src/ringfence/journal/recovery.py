"""Finding the end of a journal after a crash: what is whole is kept, what is torn is set aside.

The caller holds the journal's lock. Nothing that was ever acknowledged is thrown away: bytes
are set aside only behind the last whole line, and never where more records are known to have
been durable (or signed) than are there, because that is no crash but a change.
"""

import os
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from ringfence.dataclasses import replace
from ringfence.errors import JournalTampered
from ringfence.journal import layout, line, merkle
from ringfence.journal.state import EMPTY, State, pack, unpack

_CHUNK = 4 << 20
_BASE_BOOT = b"base".ljust(16, b"\0")  # a base outlives boots: it is synced before its segment is used
_UNREPORTED = ".unreported"

EVIDENCE_HINT = "keep the directory as evidence, move it away, and let a new journal begin"


def write_base(directory: Path, state: State) -> None:
    """Keep the tree as it is before a segment's first record, durably."""
    layout.write_new(directory / layout.base_name(state.first), pack(state, _BASE_BOOT))


def rebuild(directory: Path, synced: int) -> State:
    """The state from the segments themselves; raises JournalTampered if acknowledged records are gone."""
    from ringfence.journal import checkpoints

    firsts = layout.segments(directory)
    state = _base(directory, firsts[-1]) if firsts else EMPTY
    if state is not None:
        firsts = firsts[-1:]
    state = state or EMPTY
    for first in firsts:
        require(directory, state, first)
        state = advance(directory, replace(state, first=first, offset=0, started=_begun(directory, first)), synced)
    signed = checkpoints.latest(directory)
    if signed:
        state = replace(state, sealed=signed[0].size, sealed_at=signed[1])
    require(directory, state, max(synced, state.sealed))
    return state


def advance(directory: Path, state: State, synced: int = 0) -> State:
    """The state after the whole lines that stand behind `state.offset` of its segment.

    Lines that are not among the first `synced` may be what a crash of the machine left, and are parsed.
    """
    for text in _lines(directory / layout.segment_name(state.first), state.offset):
        if not line.fits(text, state.last, state.count):
            break
        if state.count >= synced and not line.canonical(text):
            break
        state = after(state, text)
    return state


def after(state: State, text: bytes) -> State:
    """The state after one more line (given without its newline)."""
    leaf = line.leaf(text)
    peaks = merkle.push(state.peaks, state.count, leaf)
    return replace(state, count=state.count + 1, offset=state.offset + len(text) + 1, last=leaf, peaks=peaks)


def require(directory: Path, state: State, known: int) -> None:
    """Refuse to go on where fewer records are whole than are known to have been."""
    if state.count < known:
        raise JournalTampered(
            f"the journal in {directory} has {state.count} whole records but {known} were durable: it was changed",
            hint=EVIDENCE_HINT,
            details={"segment": layout.segment_name(state.first), "record": state.count},
        )


def set_aside(directory: Path, fd: int, state: State) -> None:
    """Move what stands behind the last whole line into a file of its own."""
    size = os.fstat(fd).st_size
    data = os.pread(fd, size - state.offset, state.offset)
    name = f"torn-{state.count}-{sha256(data).hexdigest()[:16]}"
    layout.write_new(directory / (name + _UNREPORTED), data)
    os.ftruncate(fd, state.offset)
    os.fdatasync(fd)


def unreported(directory: Path) -> list[tuple[Path, dict[str, object]]]:
    """The torn files that no record tells of yet, each with what its record will say."""
    names = sorted(name for name in os.listdir(directory) if name.endswith(_UNREPORTED))
    return [(directory / name, _report(directory / name)) for name in names]


def reported(path: Path) -> None:
    """Remember that a record tells of this torn file."""
    os.replace(path, path.with_suffix(""))


def _report(path: Path) -> dict[str, object]:
    with open(path, "rb") as file:
        data = file.read()
    return {
        "type": "recovery",
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "hostname": os.uname().nodename,
        "pid": os.getpid(),
        "torn_file": path.stem,
        "torn_bytes": len(data),
        "torn_sha256": sha256(data).hexdigest(),
    }


def _base(directory: Path, first: int) -> State | None:
    if first == 0:
        return EMPTY
    try:
        with open(directory / layout.base_name(first), "rb") as file:
            base = unpack(file.read(8192), _BASE_BOOT)
    except FileNotFoundError:
        return None
    return base if base and base.count == base.first == first and base.offset == 0 else None


def _begun(directory: Path, first: int) -> int:
    """When a segment was begun, as near as the file system knows: the oldest of its times."""
    info = os.stat(directory / layout.segment_name(first))
    return int(min(info.st_mtime, info.st_ctime))


def _lines(path: Path, offset: int) -> Iterator[bytes]:
    """The lines that end in a newline, from `offset` on."""
    with open(path, "rb") as file:
        file.seek(offset)
        rest = b""
        while chunk := file.read(_CHUNK):
            *whole, rest = (rest + chunk).split(b"\n")
            yield from whole
