"""Writes the four BPF programs from the reviewed list, or checks that they are up to date.

    python -m ringfence.cells.seccomp.build            write
    python -m ringfence.cells.seccomp.build --check    compare; exit 1 if one differs

For whoever changes allow.toml; nothing at run time imports this.
"""

import sys
from pathlib import Path

from ringfence.cells.seccomp import ARCHITECTURES, program_name
from ringfence.cells.seccomp.assembler import assemble
from ringfence.cells.seccomp.rules import verdicts

_HERE = Path(__file__).parent


def programs() -> dict[str, bytes]:
    """Every program, by file name, as the list says now."""
    return {
        program_name(arch, network=network): assemble(arch, verdicts(arch, network=network))
        for arch in ARCHITECTURES
        for network in (False, True)
    }


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
        print(f"{name}: {len(program) // 8} instructions, {state}")
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
