"""Writes the four BPF programs and the engines' profile from the reviewed list, or checks that they are up to date.

    python -m ringfence.cells.seccomp.build            write
    python -m ringfence.cells.seccomp.build --check    compare; exit 1 if one differs

For whoever changes allow.toml; nothing at run time imports this.
"""

import sys
from pathlib import Path

from ringfence.cells.seccomp import ARCHITECTURES, ENGINE_PROFILE, engine, program_name
from ringfence.cells.seccomp.assembler import assemble
from ringfence.cells.seccomp.rules import verdicts

_HERE = Path(__file__).parent


def programs() -> dict[str, bytes]:
    """Every program and the profile, by file name, as the list says now."""
    found = {
        program_name(arch, network=network): assemble(arch, verdicts(arch, network=network))
        for arch in ARCHITECTURES
        for network in (False, True)
    }
    return found | {ENGINE_PROFILE: engine.text().encode()}


def main(arguments: list[str]) -> int:
    """Write or check, print the number of instructions of each; 0, or 1 where one is stale."""
    stale = 0
    for name, program in programs().items():
        path = _HERE / name
        same = path.exists() and path.read_bytes() == program
        if "--check" not in arguments:
            path.write_bytes(program)
        elif not same:
            stale = 1
        state = "unchanged" if same else "stale" if stale else "written"
        size = f"{len(program)} bytes" if name == ENGINE_PROFILE else f"{len(program) // 8} instructions"
        print(f"{name}: {size}, {state}")
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
