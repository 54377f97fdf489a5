"""Names for what a process makes outside of itself, by which another knows later whether its owner is gone."""

import functools
import itertools
import os
from pathlib import Path

_numbers = itertools.count()


def owner() -> str:
    """This process: its id and when it began, which no other has in common."""
    return _owner(os.getpid())


def name() -> str:
    """A new name that begins with the owner's."""
    return f"{owner()}-{next(_numbers)}"


def gone(named: str) -> bool:
    """Whether the owner in a name (or the owner's own name) is no more; what is no such name has none."""
    pid, _, rest = named.partition("-")
    began = rest.partition("-")[0]
    return not (pid.isdigit() and began.isdigit()) or str(_began(int(pid))) != began


@functools.cache
def _owner(own_pid: int) -> str:
    return f"{own_pid}-{_began(own_pid)}"


def _began(pid: int) -> int:
    """In clock ticks since boot; 0 where there is no such process."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return 0
