"""One line of a segment: `{"prev":"<hash>","record":{…},"seq":<n>}`, canonical JSON.

`prev` is the leaf hash of the line before (64 zeros for the first), so a changed line is
named by its successor. `prev` comes first and `seq` last in canonical order, so in well-formed
JSON a line's head and tail alone settle both: the last brace closes the outer object, hence
what stands right before it belongs to the outer object. Takes bytes, gives bytes; no I/O.
"""

import json
from binascii import hexlify

from ringfence.dataclasses import dataclass
from ringfence.journal.merkle import leaf_hash
from ringfence.journal.record import MAX_RECORD_BYTES, InvalidRecord, encode

#: What stands for the hash before the first line.
NO_LEAF = bytes(32)

#: The longest line, without its newline.
MAX_LINE_BYTES = MAX_RECORD_BYTES + 128


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as a reader sees it: its number in the journal, and the record that was given."""

    seq: int
    record: dict[str, object]


def make(prev: bytes, body: bytes, seq: int) -> bytes:
    """The line (without newline) for the canonical record `body`, after the leaf hash `prev`."""
    return b'{"prev":"%b","record":%b,"seq":%d}' % (hexlify(prev), body, seq)


def fits(line: bytes, prev: bytes, seq: int) -> bool:
    """Whether `line`, if it is well-formed, stands as number `seq` right after the leaf hash `prev`."""
    return line.startswith(b'{"prev":"%b","record":{' % hexlify(prev)) and line.endswith(b'},"seq":%d}' % seq)


def claims(line: bytes) -> tuple[bytes, int] | None:
    """What a line says of itself, (prev, seq), or None if it is no journal line at all."""
    try:
        outer = json.loads(line)
        prev, seq = bytes.fromhex(outer["prev"]), outer["seq"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return (prev, seq) if len(prev) == len(NO_LEAF) and type(seq) is int else None


def canonical(line: bytes) -> bool:
    """Whether the line is, byte for byte, what the journal would write for what it says."""
    try:
        outer = json.loads(line)
        return outer.keys() == {"prev", "record", "seq"} and (
            make(bytes.fromhex(outer["prev"]), encode(outer["record"]), outer["seq"]) == line
        )
    except (ValueError, TypeError, AttributeError, RecursionError, InvalidRecord):
        return False


def parse(line: bytes) -> Entry | None:
    """The entry in a line, or None where there is none to be read (verify says why)."""
    try:
        outer = json.loads(line)
        seq, record = outer["seq"], outer["record"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Entry(seq, record) if type(seq) is int and isinstance(record, dict) else None


def leaf(line: bytes) -> bytes:
    """The leaf hash of a line: RFC 6962 over its bytes without the newline."""
    return leaf_hash(line)
