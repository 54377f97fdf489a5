"""What a program says of its own hardening: position independent, and its relocations read-only (ELF-64)."""

import struct

from ringfence.dataclasses import dataclass

_MAGIC = b"\x7fELF\x02\x01"
_DYNAMIC_KIND = 3
_PT_DYNAMIC, _PT_INTERP, _PT_GNU_RELRO = 2, 3, 0x6474E552


@dataclass(frozen=True, slots=True)
class Program:
    """`runs`: it is a program and not a library."""

    runs: bool
    position_independent: bool
    relro: bool


def read(data: bytes) -> Program | None:
    """What an ELF file says; None for anything else, also where it is damaged."""
    if not data.startswith(_MAGIC) or len(data) < 64:
        return None
    try:
        kind = struct.unpack_from("<H", data, 16)[0]
        offset = struct.unpack_from("<Q", data, 32)[0]
        size, count = struct.unpack_from("<HH", data, 54)
        kinds = {struct.unpack_from("<I", data, offset + size * n)[0] for n in range(min(count, 128))}
    except struct.error:
        return None
    return Program(
        runs=_PT_INTERP in kinds or kind == 2,
        position_independent=kind == _DYNAMIC_KIND,
        relro=_PT_GNU_RELRO in kinds,
    )
