"""Starts the process that judges schemas (`worker` talks to it), and loads next to nothing for it.

A one-shot call starts it first of all: it takes as long to get ready as everything else to load.
"""

import os
import signal
import sys
from importlib.machinery import PathFinder

from ringfence.errors import RingfenceError, SandboxUnavailable

MEMORY_BYTES = 512 << 20

#: (pidfd, descriptor to write to, descriptor to read from)
Started = tuple[int, int, int]

_HERE = os.path.dirname(os.path.abspath(__file__))
#: A program is compiled at each start, a module only once. The folder is gone again from the path before
#: anything that is not of the standard library is imported.
_PROGRAM = "import sys; sys.path.append(sys.argv[1]); import validator_worker; sys.path.pop(); validator_worker.main()"


def start() -> Started:
    """A new worker, in a session of its own. Raises SandboxUnavailable."""
    try:
        return _spawn()
    except OSError as error:
        reason = (error.strerror or "error").lower()
        raise SandboxUnavailable(f"the process that checks schemas cannot be started: {reason}") from None


def _spawn() -> Started:
    child_input, parent_output = os.pipe2(os.O_CLOEXEC)
    parent_input, child_output = os.pipe2(os.O_CLOEXEC)
    try:
        pidfd = _pidfd(
            os.posix_spawn(
                sys.executable,
                [sys.executable, "-I", "-S", "-B", "-c", _PROGRAM, _HERE, _library(), str(MEMORY_BYTES)],
                {key: os.environ[key] for key in ("LD_LIBRARY_PATH",) if key in os.environ},
                file_actions=[
                    (os.POSIX_SPAWN_DUP2, child_input, 0),
                    (os.POSIX_SPAWN_DUP2, child_output, 1),
                    (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
                ],
                setsid=True,
                setsigmask=[],
                setsigdef=sorted(signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}),
            )
        )
    except BaseException:
        os.close(parent_output)
        os.close(parent_input)
        raise
    finally:
        os.close(child_input)
        os.close(child_output)
    os.set_blocking(parent_output, False)
    return pidfd, parent_output, parent_input


def _pidfd(pid: int) -> int:
    """A descriptor of the new child: unlike its number it can never mean another process."""
    try:
        return os.pidfd_open(pid)
    except OSError:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        raise


def _library() -> str:
    """The directory that holds jsonschema-rs, found without importing it."""
    spec = PathFinder.find_spec("jsonschema_rs")
    if spec is None or spec.origin is None:
        raise RingfenceError("jsonschema-rs is not installed", hint="install Ringfence with its dependencies")
    return os.path.dirname(os.path.dirname(spec.origin))
