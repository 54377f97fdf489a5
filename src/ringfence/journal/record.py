"""What a record may be, and its one spelling: RFC 8785 canonical JSON.

Without floats, with ASCII keys and with whole numbers that a double holds exactly, the
standard library's encoder with sorted keys writes exactly RFC 8785; anything else is refused
here, so that a line never depends on who wrote it. Takes values, gives bytes; no I/O.
"""

from collections.abc import Mapping
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


class _Unfit(Exception):
    """Why a member cannot stand, and the way to it, innermost first."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
        self.path: list[str] = []


def encode(record: Mapping[str, object]) -> bytes:
    """The canonical bytes of `record`.

    Raises InvalidRecord, naming the member, for floats, other types, non-ASCII keys, whole
    numbers beyond ±(2**53 - 1), lone surrogates, nesting beyond MAX_DEPTH or too many bytes.
    """
    if not isinstance(record, dict):
        raise InvalidRecord(f"a journal record must be an object, not {type(record).__name__}")
    try:
        _check(record, MAX_DEPTH)
        data = _encode(record).encode()
    except _Unfit as unfit:
        place = "/".join(reversed(unfit.path))[:100]
        raise InvalidRecord(f"journal record, /{place}: {unfit.why}") from None
    except UnicodeEncodeError:
        raise InvalidRecord("a journal record holds a lone surrogate, which UTF-8 cannot carry") from None
    if len(data) > MAX_RECORD_BYTES:
        raise InvalidRecord(
            f"a journal record of {len(data)} bytes is over the limit of {MAX_RECORD_BYTES}",
            hint="record the digest of large values instead of the values",
        )
    return data


def _check(value: object, depth: int) -> None:
    """Refuse whatever would not have exactly one canonical form."""
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if not -MAX_INT <= value <= MAX_INT:
            raise _Unfit("a whole number beyond ±(2^53 - 1) is not exact in JSON")
    elif isinstance(value, dict | list):
        _check_members(value, depth - 1)
    else:
        raise _Unfit(f"a {type(value).__name__} cannot stand in a journal record")


def _check_members(value: dict[object, object] | list[object], depth: int) -> None:
    if depth < 0:
        raise _Unfit(f"nested deeper than {MAX_DEPTH} levels")
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(value, dict) and not (isinstance(key, str) and key.isascii()):
            raise _Unfit(f"the key {key!a} is not ASCII text")
        try:
            _check(item, depth)
        except _Unfit as unfit:
            unfit.path.append(ascii(key)[:40].strip("'"))
            raise
