"""How much a call adds to the folders of the host that it may write.

A bind mount has no quota of its own. The folders are measured before the call, while it runs and
at its end; a call that adds more than its scratch limit is killed. One file alone cannot grow past
it at all (RLIMIT_FSIZE).
"""

import os
from collections.abc import Iterable

from ringfence.errors import SandboxUnavailable

#: A folder with more entries takes too long to measure while a call runs.
MOST_ENTRIES = 20_000


class Written:
    """The growth of `paths` since this object was made. Raises SandboxUnavailable for huge folders."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = tuple(paths)
        self._before = self._measure(strict=True) if self._paths else 0

    def growth(self) -> int:
        """Bytes that the folders hold more than before; never negative."""
        return max(self._measure(strict=False) - self._before, 0) if self._paths else 0

    def _measure(self, *, strict: bool) -> int:
        total, left = 0, MOST_ENTRIES * (1 if strict else 2)
        todo = list(self._paths)
        while todo:
            path = todo.pop()
            left -= 1
            if left < 0:
                if strict:
                    raise SandboxUnavailable(
                        f"{self._paths[0]} holds more than {MOST_ENTRIES} entries, too many to bound what a call adds",
                        hint="grant a smaller folder for writing",
                    )
                return 1 << 62  # more entries than any honest call leaves
            total += _own_size(path)
            todo += _children(path)
        return total


def _own_size(path: str) -> int:
    try:
        return os.lstat(path).st_blocks * 512
    except OSError:
        return 0


def _children(path: str) -> list[str]:
    """Entries of a folder; none for a file or a link, or where a plugin just removed it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return []
    try:
        return [f"{path}/{name}" for name in os.listdir(descriptor)[: 2 * MOST_ENTRIES]]
    except OSError:
        return []
    finally:
        os.close(descriptor)
