"""Ends what a bubblewrap left that was killed before it tied its child's life to its own.

Between bubblewrap's clone and the child's prctl lies a fraction of a millisecond. If Ringfence and
bubblewrap are both killed in it, the child waits for ever for a parent that is no more. It has not
read a byte of a plugin, and nothing else would ever end it.

Only what is provably ours is ended: a bubblewrap that still has the arguments which it was started
with, the root of our own state directory among them and the wish to die with its parent, in the
session of a process that is gone. All of that is true of no process that anybody still waits for.
"""

import contextlib
import os
import signal
from pathlib import Path

from ringfence.cells.bubblewrap import Bubblewrap


def sweep(store: Path, program: Bubblewrap) -> list[int]:
    """End all orphans of cells whose root lies in `store`; their process ids."""
    return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if _end(pid, store, program)]


def _end(pid: int, store: Path, program: Bubblewrap) -> bool:
    if not _is_orphan(pid, store, program):
        return False
    with contextlib.suppress(OSError):
        pidfd = os.pidfd_open(pid)
        try:
            if _is_orphan(pid, store, program):  # the number may have changed hands before it was held
                signal.pidfd_send_signal(pidfd, signal.SIGKILL)
                return True
        finally:
            os.close(pidfd)
    return False


def _is_orphan(pid: int, store: Path, program: Bubblewrap) -> bool:
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
        if arguments[0] != program.path or not _ours(arguments, store):
            return False
        if os.readlink(f"/proc/{pid}/exe") != os.path.realpath(program.path):
            return False
        session = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[3])
    except (OSError, ValueError, IndexError):
        return False
    # A session that has members keeps its number: whoever bears it now would be its leader.
    return session not in (0, pid) and not Path(f"/proc/{session}").exists()


def _ours(arguments: list[str], store: Path) -> bool:
    """Whether bubblewrap was started for a cell with a root below `store`."""
    if "--die-with-parent" not in arguments:
        return False
    binds = zip(arguments, arguments[1:], arguments[2:], strict=False)
    roots = [source for option, source, target in binds if (option, target) == ("--ro-bind", "/")]
    return len(roots) == 1 and Path(roots[0]).parent == store
