"""What a record may be, and its one spelling: RFC 8785 canonical JSON.

Without floats, with ASCII keys and with whole numbers that a double holds exactly, the
standard library's encoder with sorted keys writes exactly RFC 8785; anything else is refused
here, so that a line never depends on who wrote it. Takes values, gives bytes; no I/O.
"""

from collections.abc import Iterator, Mapping
from json import JSONEncoder

from ringfence.errors import JournalUnavailable

#: The longest canonical form of one record, in bytes.
MAX_RECORD_BYTES = 256 * 1024
#: How deep objects and lists may nest.
MAX_DEPTH = 32
#: The largest whole number that every JSON reader holds exactly (RFC 7493, section 2.2).
MAX_INT = 2**53 - 1

_encode = JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode


class InvalidRecord(JournalUnavailable):
    """A record that has no canonical form, or is too large; it was not written."""


def encode(record: Mapping[str, object]) -> bytes:
    """The canonical bytes of `record`.

    Raises InvalidRecord, naming the member, for floats, other types, non-ASCII keys, whole
    numbers beyond ±(2**53 - 1), lone surrogates, nesting beyond MAX_DEPTH or too many bytes.
    """
    if not isinstance(record, dict):
        raise InvalidRecord(f"a journal record must be an object, not {type(record).__name__}")
    _check(record, "", MAX_DEPTH)
    try:
        data = _encode(record).encode()
    except UnicodeEncodeError:
        raise InvalidRecord("a journal record holds a lone surrogate, which UTF-8 cannot carry") from None
    if len(data) > MAX_RECORD_BYTES:
        raise InvalidRecord(
            f"a journal record of {len(data)} bytes is over the limit of {MAX_RECORD_BYTES}",
            hint="record the digest of large values instead of the values",
        )
    return data


def _check(value: object, path: str, depth: int) -> None:
    """Refuse whatever would not have exactly one canonical form."""
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if not -MAX_INT <= value <= MAX_INT:
            raise InvalidRecord(f"{_name(path)}: a whole number beyond ±(2^53 - 1) is not exact in JSON")
    elif isinstance(value, dict | list):
        if depth == 0:
            raise InvalidRecord(f"{_name(path)}: nested deeper than {MAX_DEPTH} levels")
        for key, item in _members(value, path):
            _check(item, f"{path}/{key}", depth - 1)
    else:
        raise InvalidRecord(f"{_name(path)}: a {type(value).__name__} cannot stand in a journal record")


def _members(value: dict[object, object] | list[object], path: str) -> Iterator[tuple[object, object]]:
    if isinstance(value, list):
        yield from enumerate(value)
        return
    for key, item in value.items():
        if not isinstance(key, str) or not key.isascii():
            raise InvalidRecord(f"{_name(path)}: the key {key!a} is not ASCII text")
        yield key, item


def _name(path: str) -> str:
    """A JSON pointer for a message, short enough to print."""
    return f"journal record, {path[:100]!a}" if path else "journal record"
