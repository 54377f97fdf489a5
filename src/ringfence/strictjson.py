"""Untrusted JSON, bounded before it is parsed and strict while it is (RFC 8259, I-JSON RFC 7493).

Refused, each with a sentence and a place: too many bytes, items or levels; NaN and Infinity; numbers that
a double cannot hold; integers with too many digits; duplicate names; lone surrogates; invalid UTF-8; a
byte order mark. Whatever the input, the only exception that leaves `loads` is `StrictJsonError`.

What does not belong here: JSON Schema, and any knowledge of what the JSON is for.

The quick way costs a few microseconds. Only when it refuses is the text parsed a second time, tolerantly,
to find the JSON pointer (RFC 6901) of what is wrong.
"""

import json
import math
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple, NoReturn

from ringfence.errors import RingfenceError


class JsonLimits(NamedTuple):
    """Upper bounds: size of the text, levels of nesting, values in total, digits of one integer."""

    max_bytes: int = 1 << 20
    max_depth: int = 64
    max_items: int = 200_000
    max_digits: int = 1000


DEFAULT_LIMITS = JsonLimits()


class StrictJsonError(RingfenceError, ValueError):
    """The text is not JSON that Ringfence takes.

    `line` and `column` (1-based) or `pointer` (RFC 6901) say where; 0 and None where not known.
    """

    code = "invalid-json"

    def __init__(self, message: str, *, line: int = 0, column: int = 0, pointer: str | None = None) -> None:
        place = f" at line {line} column {column}" if line else "" if pointer is None else _at(pointer)
        super().__init__(message + place)
        self.line = line
        self.column = column
        self.pointer = pointer


class _Refused(ValueError):
    """The quick way met something that strict JSON has not."""


class _Constant(str):
    """NaN, Infinity or -Infinity, as written."""

    __slots__ = ()


class _LongInteger(str):
    """An integer that is not worth converting, as written."""

    __slots__ = ()


class _Pairs(list[tuple[str, object]]):
    """The members of an object as they came, duplicates and all."""


_TO_STEP = bytes.maketrans(b"[{]}", b"\x01\x01\x02\x02")
_TO_DIGIT = bytes.maketrans(b"123456789", b"000000000")
_NOT_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_NOT_COUNTED = bytes(byte for byte in range(256) if byte not in b"[{,")
_STEP = {1: 1, 2: -1}


def loads(data: bytes | str, *, limits: JsonLimits = DEFAULT_LIMITS) -> object:
    """The value that `data` stands for, with plain dict, list, str, int, float, bool and None.

    Raises StrictJsonError. Numbers with a fraction or exponent become floats, as RFC 8259 section 6 allows.
    """
    raw, text = _decoded(data, limits.max_bytes)
    _bound_shape(raw, limits)
    digits_matter = _long_digits(raw, limits.max_digits)
    try:
        value = (_checking_digits(limits.max_digits) if digits_matter else _QUICK).decode(text)
        if b"\\ud" in raw or b"\\uD" in raw:
            _refuse_surrogates(value)
    except json.JSONDecodeError as error:
        raise StrictJsonError(f"not JSON: {error.msg}", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise StrictJsonError("not acceptable JSON: nested too deeply") from None
    except ValueError:  # _Refused, UnicodeEncodeError, or int() on more digits than the interpreter allows
        _explain(text, limits)
    return value


def dumps(value: object) -> str:
    """Compact JSON text of plain data (string keys), non-ASCII kept as it is.

    Raises StrictJsonError for NaN, Infinity, lone surrogates, cycles and what JSON has no form for.
    """
    try:
        text = _ENCODER.encode(value)
        if not text.isascii():
            text.encode()
    except RecursionError:
        raise StrictJsonError("cannot be written as JSON: nested too deeply") from None
    except UnicodeEncodeError:
        raise StrictJsonError("cannot be written as JSON: a string has a lone surrogate") from None
    except (TypeError, ValueError) as error:
        raise StrictJsonError(f"cannot be written as JSON: {error}") from None
    return text


def pointer(path: tuple[str | int, ...]) -> str:
    """The JSON pointer (RFC 6901) of a path; the empty string is the whole document."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def _at(where: str) -> str:
    return f" at {where[:200]}" if where else " at the top"


def _decoded(data: bytes | str, max_bytes: int) -> tuple[bytes, str]:
    if len(data) > max_bytes:
        raise StrictJsonError(f"not acceptable JSON: more than {max_bytes} bytes")
    try:
        raw = data.encode() if isinstance(data, str) else data
        text = data if isinstance(data, str) else data.decode()
    except UnicodeEncodeError:
        raise StrictJsonError("not acceptable JSON: the text has a lone surrogate") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        column = error.start - error.object.rfind(b"\n", 0, error.start)
        raise StrictJsonError("not JSON: invalid UTF-8", line=line, column=column) from None
    if len(raw) > max_bytes:
        raise StrictJsonError(f"not acceptable JSON: more than {max_bytes} bytes")
    if raw.startswith(b"\xef\xbb\xbf"):
        raise StrictJsonError("not acceptable JSON: starts with a byte order mark", line=1, column=1)
    return raw, text


def _bound_shape(raw: bytes, limits: JsonLimits) -> None:
    """Refuse too many values or levels; both counts may first be too high, for strings count too."""
    openers = raw.count(b"[") + raw.count(b"{")
    if openers <= limits.max_depth and len(raw) <= limits.max_items:
        return
    bare = _without_strings(raw)
    if len(bare.translate(None, _NOT_COUNTED)) >= limits.max_items:
        raise StrictJsonError(f"not acceptable JSON: more than {limits.max_items} values")
    steps = bare.translate(_TO_STEP, _NOT_BRACKETS)
    if max(accumulate(map(_STEP.__getitem__, steps)), default=0) > limits.max_depth:
        raise StrictJsonError(f"not acceptable JSON: nested deeper than {limits.max_depth} levels")


def _without_strings(raw: bytes) -> bytes:
    """What stands outside strings. Escaped backslashes and quotes go first, so quotes pair up."""
    if b"\\" in raw:
        raw = raw.replace(b"\\\\", b"").replace(b'\\"', b"")
    return b"".join(raw.split(b'"')[::2])


def _long_digits(raw: bytes, max_digits: int) -> bool:
    return len(raw) > max_digits and b"0" * (max_digits + 1) in raw.translate(_TO_DIGIT)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Refused
    return members


def _constant(_text: str) -> NoReturn:
    raise _Refused


def _float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise _Refused
    return number


def _checking_digits(max_digits: int) -> json.JSONDecoder:
    def integer(text: str) -> int:
        if len(text.lstrip("-")) > max_digits:
            raise _Refused
        return int(text)

    return json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=integer)


_QUICK = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant, parse_float=_float)
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _refuse_surrogates(value: object) -> None:
    """UnicodeEncodeError where any string, key or value, has half a surrogate pair."""
    json.dumps(value, ensure_ascii=False).encode()


def _explain(text: str, limits: JsonLimits) -> NoReturn:
    """Parse once more, keeping everything, and say what is wrong and where."""
    tolerant = json.JSONDecoder(
        object_pairs_hook=_Pairs, parse_constant=_Constant, parse_float=_as_written, parse_int=_LongInteger
    )
    try:
        for path, fault in _faults(tolerant.decode(text), (), limits.max_digits):
            raise StrictJsonError(f"not acceptable JSON: {fault}", pointer=pointer(path))
    except json.JSONDecodeError as error:
        raise StrictJsonError(f"not JSON: {error.msg}", line=error.lineno, column=error.colno) from None
    except RecursionError:
        pass
    raise StrictJsonError("not acceptable JSON")


def _as_written(text: str) -> object:
    return _Constant(f"number {text[:20]}") if math.isinf(float(text)) else 0.0


def _faults(value: object, path: tuple[str | int, ...], digits: int) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, _LongInteger):
        if len(value.lstrip("-")) > digits:
            yield path, f"an integer of more than {digits} digits"
    elif isinstance(value, _Constant):
        yield path, f"the {value}, which no double holds" if value.startswith("number") else str(value)
    elif isinstance(value, str):
        if not _encodable(value):
            yield path, "a lone surrogate"
    elif isinstance(value, _Pairs):
        yield from _member_faults(value, path, digits)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _faults(item, (*path, index), digits)


def _member_faults(
    pairs: _Pairs, path: tuple[str | int, ...], digits: int
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    seen: set[str] = set()
    for key, item in pairs:
        if key in seen:
            yield (*path, key), "a name that occurs twice"
        if not _encodable(key):
            yield path, "a name with a lone surrogate"
        seen.add(key)
        yield from _faults(item, (*path, key), digits)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
