"""How much a call adds to the folders of the host that it may write.

A bind mount has no quota of its own. The folders are measured before the call, while it runs and
at its end; a call that adds more than its scratch limit is killed. One file alone cannot grow past
it at all (RLIMIT_FSIZE).

What cannot be measured (a folder that was closed, a path that is too long) counts as too much: a call that may not be
looked after is ended, and does not begin where that is so already.
"""

import errno
import os
from collections.abc import Iterable

from ringfence.errors import SandboxUnavailable

#: A folder with more entries takes too long to measure while a call runs.
MOST_ENTRIES = 20_000
#: No folder to look into: gone meanwhile, or a file or a link.
_NO_FOLDER = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)


class Written:
    """The growth of `paths` since this object was made. Raises SandboxUnavailable for huge or closed folders."""

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
            try:
                total += os.lstat(path).st_blocks * 512
                todo += _children(path)
            except OSError as error:
                if error.errno in _NO_FOLDER:
                    continue
                if strict:
                    raise SandboxUnavailable(
                        f"{path[:200]} cannot be measured, so what a call adds cannot be bounded: {error.strerror}",
                        hint="grant a folder for writing that you may read as a whole",
                    ) from None
                return 1 << 62  # closed to whoever measures: no honest call does that
        return total


def _children(path: str) -> list[str]:
    """Entries of a folder. Raises OSError for what is none, and where it cannot be looked into."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        return [f"{path}/{name}" for name in os.listdir(descriptor)[: 2 * MOST_ENTRIES]]
    finally:
        os.close(descriptor)
