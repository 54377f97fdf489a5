"""What a program says of its own hardening: position independent, relocations read-only, stack guarded (ELF-64)."""

import struct
from collections.abc import Iterator

from ringfence.dataclasses import dataclass

_MAGIC = b"\x7fELF\x02\x01"
_DYNAMIC_KIND = 3
_PT_LOAD, _PT_DYNAMIC, _PT_INTERP, _PT_GNU_RELRO = 1, 2, 3, 0x6474E552
_DT_NULL, _DT_STRTAB, _DT_STRSZ = 0, 5, 10
#: They write into a caller's buffer: a program that calls them has one, most often on its stack.
_WRITERS = frozenset(b"fgets gets snprintf sprintf stpcpy strcat strcpy strncat strncpy vsnprintf vsprintf".split())
#: Marks of compilers whose languages bound what they write by themselves: Go's and Rust's.
_BOUNDED = (b"\xff Go buildinf:", b"/rustc")


@dataclass(frozen=True, slots=True)
class Program:
    """`runs`: it is a program and not a library. `guarded`: its stack and buffers are; None where nothing says so."""

    runs: bool
    position_independent: bool
    relro: bool
    guarded: bool | None


def read(data: bytes) -> Program | None:
    """What an ELF file says; None for anything else, also where it is damaged."""
    if not data.startswith(_MAGIC) or len(data) < 64:
        return None
    try:
        kind = struct.unpack_from("<H", data, 16)[0]
        segments = list(_segments(data))
        names = _names(data, segments)
    except (struct.error, OverflowError):
        return None
    kinds = {segment[0] for segment in segments}
    return Program(
        runs=_PT_INTERP in kinds or kind == 2,
        position_independent=kind == _DYNAMIC_KIND,
        relro=_PT_GNU_RELRO in kinds,
        guarded=_guarded(data, names),
    )


def _segments(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """(type, offset, address, size in the file) of each segment."""
    offset = struct.unpack_from("<Q", data, 32)[0]
    size, count = struct.unpack_from("<HH", data, 54)
    for number in range(min(count, 128)):
        kind, _, at, address, _, length = struct.unpack_from("<IIQQQQ", data, offset + size * number)
        yield kind, at, address, length


def _names(data: bytes, segments: list[tuple[int, int, int, int]]) -> frozenset[bytes]:
    """The names that a program takes from libraries, and gives; a name may hide behind a longer one that ends alike."""
    said = dict[int, int]()
    for kind, at, _, length in segments:
        if kind == _PT_DYNAMIC:
            for place in range(at, min(at + length, len(data)) - 15, 16):
                tag, value = struct.unpack_from("<QQ", data, place)
                if tag == _DT_NULL:
                    break
                said[tag] = value
    table, size = said.get(_DT_STRTAB, 0), said.get(_DT_STRSZ, 0)
    for kind, at, address, length in segments:
        if kind == _PT_LOAD and address <= table < address + length:
            begin = at + table - address
            return frozenset(data[begin : begin + size].split(b"\0"))
    return frozenset()


def _guarded(data: bytes, names: frozenset[bytes]) -> bool | None:
    """By the marks of -fstack-protector and -D_FORTIFY_SOURCE; their absence says something only of what needs them."""
    if b"__stack_chk_fail" in names or any(name.startswith(b"__") and name.endswith(b"_chk") for name in names):
        return True
    if not names & _WRITERS or any(mark in data for mark in _BOUNDED):
        return None
    return False
