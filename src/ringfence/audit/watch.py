"""Waits for changes: looks at the times and sizes of the files that are examined, a few times a second."""

import os
import time
from collections.abc import Iterator, Sequence

from ringfence.audit.engine import root_of, targets
from ringfence.audit.settings import Settings

SECONDS = 0.5


def changes(paths: Sequence[str], settings: Settings) -> Iterator[None]:
    """Gives way once at the beginning, and again after each change. Raises UsageError for a path that is not there."""
    before: dict[str, tuple[int, int]] | None = None
    while True:
        now = _state(paths, settings)
        if now != before:
            before = now
            yield None
        time.sleep(SECONDS)


def _state(paths: Sequence[str], settings: Settings) -> dict[str, tuple[int, int]]:
    root = root_of(paths)
    found = dict[str, tuple[int, int]]()
    for file, _ in targets(paths, root, settings):
        try:
            status = os.lstat(os.path.join(root, file))
        except OSError:
            continue  # gone since it was listed: the next look sees that
        found[file] = (status.st_mtime_ns, status.st_size)
    return found
