"""What writers that were killed left beside a file: `.NAME.PROCESS.tmp`."""

import os
from pathlib import Path


def clear_away(path: Path) -> None:
    """Remove what was to become this file, where its writer is gone. Raises OSError."""
    beginning, end = f".{path.name}.", ".tmp"
    for name in os.listdir(path.parent):
        if name.startswith(beginning) and name.endswith(end):
            writer = name[len(beginning) : -len(end)]
            if writer.isdecimal() and (not os.path.exists(f"/proc/{writer}") or int(writer) == os.getpid()):
                path.with_name(name).unlink(missing_ok=True)
