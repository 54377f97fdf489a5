"""Computes what is literal, bounded: the ways in which text is hidden in code, undone.

Runs only in the worker, on constants of the plugin's code. Never raises: UNKNOWN is what cannot be computed.
"""

import base64
import binascii
import bz2
import codecs
import html
import lzma
import math
import urllib.parse
import zlib
from collections.abc import Callable
from typing import Any

from ringfence.programs.python.values import UNKNOWN

MAX_SIZE = 2 << 20
_CODECS = frozenset("rot13 rot_13 hex hex_codec base64 base64_codec utf-8 utf8 ascii latin-1 latin1 utf-16 utf-32 "
                    "unicode_escape raw_unicode_escape zlib zip bz2 utf_8 cp1252 utf-16le utf-16-le idna punycode "
                    "zlib_codec uu quopri".split())  # fmt: skip


def _inflated(data: Any, *_: Any, **__: Any) -> bytes:
    for bits in (47, -15):
        try:
            return zlib.decompressobj(bits).decompress(data, MAX_SIZE)
        except zlib.error:
            continue
    raise ValueError("not deflated")


def _unxz(data: Any, *_: Any, **__: Any) -> bytes:
    return lzma.LZMADecompressor(memlimit=64 << 20).decompress(data, MAX_SIZE)


def _unbz(data: Any, *_: Any) -> bytes:
    return bz2.BZ2Decompressor().decompress(data, MAX_SIZE)


def _codec(data: Any, name: Any = "utf-8", *_: Any) -> object:
    if str(name).lower() not in _CODECS:
        raise ValueError("another codec")
    if str(name).lower() in ("zip", "zlib", "zlib_codec"):
        return _inflated(data)
    return codecs.decode(data, str(name))


#: Names that undo an encoding, and how.
DECODERS: dict[str, Callable[..., object]] = {
    "base64.b64decode": base64.b64decode,
    "base64.standard_b64decode": base64.standard_b64decode,
    "base64.urlsafe_b64decode": base64.urlsafe_b64decode,
    "base64.b32decode": base64.b32decode,
    "base64.b16decode": base64.b16decode,
    "base64.b85decode": base64.b85decode,
    "base64.a85decode": base64.a85decode,
    "base64.decodebytes": base64.decodebytes,
    "base64.decodestring": base64.decodebytes,
    "binascii.a2b_base64": binascii.a2b_base64,
    "binascii.unhexlify": binascii.unhexlify,
    "binascii.a2b_hex": binascii.a2b_hex,
    "bytes.fromhex": bytes.fromhex,
    "bytearray.fromhex": bytes.fromhex,
    "codecs.decode": _codec,
    "zlib.decompress": _inflated,
    "gzip.decompress": _inflated,
    "bz2.decompress": _unbz,
    "lzma.decompress": _unxz,
    "urllib.parse.unquote": urllib.parse.unquote,
    "urllib.parse.unquote_plus": urllib.parse.unquote_plus,
    "html.unescape": html.unescape,
}
#: The same for what does not hide by itself.
PLAIN: dict[str, Callable[..., object]] = {
    "str": lambda value="", encoding=None, *_: value.decode(encoding) if encoding else str(value),
    "bytes": lambda value=b"", encoding="utf-8", *_: (
        value.encode(encoding) if isinstance(value, str) else _sized(value)
    ),
    "bytearray": lambda value=b"", encoding="utf-8", *_: (
        value.encode(encoding) if isinstance(value, str) else _sized(value)
    ),
    "chr": chr,
    "ord": ord,
    "int": lambda value=0, base=10: int(value, base) if isinstance(value, str | bytes) else int(value),
    "len": len,
    "list": lambda value=(): list(value),
    "tuple": lambda value=(): list(value),
    "reversed": lambda value: list(value)[::-1],
    "sorted": lambda value, **_: sorted(value),
    "range": lambda *words: list(_range(*words)),
    "hex": hex,
    "sum": sum,
    "min": min,
    "max": max,
    "abs": abs,
    "ascii": ascii,
    "repr": repr,
    "zip": lambda *lists: [list(one) for one in zip(*lists, strict=False)],
    "enumerate": lambda value, start=0: [[at, one] for at, one in enumerate(value, start)],
    "os.path.join": lambda *parts: "/".join(str(part).rstrip("/") for part in parts),
    "os.path.expanduser": lambda path: path,
    "os.path.expandvars": lambda path: path,
    "os.path.normpath": lambda path: path,
    "os.path.abspath": lambda path: path,
    "os.path.realpath": lambda path: path,
    "os.path.basename": lambda path: path.rpartition("/")[2],
    "str.maketrans": lambda *tables: list(tables),
    "string.ascii_lowercase": lambda: "",
}
_METHODS: dict[type, frozenset[str]] = {
    str: frozenset(
        "join replace split rsplit strip lstrip rstrip lower upper swapcase title capitalize encode format zfill "
        "removeprefix removesuffix partition rpartition startswith endswith find index count splitlines translate "
        "center ljust rjust expandtabs isdigit".split()
    ),
    bytes: frozenset("join replace split strip lstrip rstrip lower upper decode hex translate startswith find".split()),
    list: frozenset(["index", "count", "copy"]),
    int: frozenset(["to_bytes", "bit_length"]),
}


def _sized(value: Any) -> bytes:
    if isinstance(value, int) and value > MAX_SIZE:
        raise ValueError("too large")
    return bytes(value)


def _range(*words: Any) -> range:
    found = range(*words)
    if len(found) > 65536:
        raise ValueError("too long")
    return found


def called(function: Callable[..., object] | None, arguments: list[object], named: dict[str, object]) -> object:
    """The result for constants, or UNKNOWN."""
    if function is None:
        return UNKNOWN
    try:
        return bounded(function(*arguments, **named))
    except Exception:  # anything: they are a stranger's arguments
        return UNKNOWN


def method(receiver: object, name: str, arguments: list[object], named: dict[str, object]) -> object:
    """The result of a method of a constant."""
    if isinstance(receiver, str | bytes) and name == "decode" and isinstance(receiver, str):
        return called(_codec, [receiver, *arguments], named)
    allowed = _METHODS.get(type(receiver))
    if allowed is None or name not in allowed:
        return UNKNOWN
    if name in ("center", "ljust", "rjust", "zfill", "format", "to_bytes", "expandtabs") and any(
        isinstance(one, int) and one > 10_000 for one in arguments
    ):
        return UNKNOWN
    if name == "format" and any(mark in str(receiver) for mark in (":", "!", ".", "[")):
        return UNKNOWN
    if name == "decode" and arguments and str(arguments[0]).lower() not in _CODECS:
        return UNKNOWN
    if name == "translate":
        return _translated(receiver, arguments)
    if name == "join" and arguments and isinstance(arguments[0], list):
        arguments = [list(arguments[0])]
    return called(getattr(receiver, name), arguments, named)


def _translated(receiver: object, arguments: list[object]) -> object:
    table = arguments[0] if arguments else None
    if isinstance(receiver, str) and isinstance(table, list):
        return called(lambda: receiver.translate(str.maketrans(*table)), [], {})
    return UNKNOWN


def binary(operator: str, left: Any, right: Any) -> object:
    """The result of an operator on constants."""
    work = _OPERATORS.get(operator)
    if work is None:
        return UNKNOWN
    if operator == "Mult" and not _small_product(left, right):
        return UNKNOWN
    if operator in ("Pow", "LShift") and not (
        isinstance(left, int) and isinstance(right, int) and abs(left) < 1 << 64 and 0 <= right < 512
    ):
        return UNKNOWN
    if operator == "Mod" and isinstance(left, str | bytes) and len(left) > 10_000:
        return UNKNOWN
    return called(work, [left, right], {})


_OPERATORS: dict[str, Callable[[Any, Any], object]] = {
    "Add": lambda a, b: a + b,
    "Sub": lambda a, b: a - b,
    "Mult": lambda a, b: a * b,
    "Mod": lambda a, b: _formatted(a, b) if isinstance(a, str) else a % b,
    "FloorDiv": lambda a, b: a // b,
    "BitXor": lambda a, b: a ^ b,
    "BitAnd": lambda a, b: a & b,
    "BitOr": lambda a, b: a | b,
    "LShift": lambda a, b: a << b,
    "RShift": lambda a, b: a >> b,
    "Pow": lambda a, b: a**b,
    "Div": lambda a, b: f"{a}/{b}" if isinstance(a, str) else a / b,
}


def _formatted(template: str, values: Any) -> str:
    """`%`, where no width can make it large."""
    if any(character.isdigit() or character == "*" for character in template.replace("%%", "")):
        raise ValueError("a width")
    return template % (tuple(values) if isinstance(values, list) else values)


def _small_product(left: Any, right: Any) -> bool:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, str | bytes | list):
            return isinstance(other, int) and len(one) * max(other, 0) < MAX_SIZE
    return all(isinstance(one, int | float) and abs(one) < 1 << 200 for one in (left, right))


def part(value: Any, key: Any) -> object:
    """A subscript of a constant; `key` may be a slice."""
    return called(lambda: value[key], [], {})


def bounded(value: object) -> object:
    """The value with lists for tuples, UNKNOWN where it is too large or of another kind."""
    if isinstance(value, bytearray):
        value = bytes(value)
    if isinstance(value, str | bytes):
        return value if len(value) <= MAX_SIZE else UNKNOWN
    if isinstance(value, tuple | list):
        return list(value) if len(value) <= 200_000 else UNKNOWN
    if isinstance(value, float) and not math.isfinite(value):
        return UNKNOWN
    if isinstance(value, int) and value.bit_length() > 1 << 16:
        return UNKNOWN
    return value if value is None or isinstance(value, int | float | bool) else UNKNOWN
