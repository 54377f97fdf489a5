"""The one socket that a container cell is given: a folder of its own, shown read-only, gone once it has answered."""

import contextlib
import os
import select
import shutil
import socket
import struct
import time
from collections.abc import Callable
from pathlib import Path

from ringfence.cells.containerengine import State
from ringfence.cells.owners import gone, name
from ringfence.errors import SandboxUnavailable

_PEER = struct.Struct("3i")
_LOOK_SECONDS = 0.5


class Door:
    """A listening socket below `store`; `answer` gives the first who connects and its process id."""

    def __init__(self, store: Path) -> None:
        self.folder = str(store / "containers" / name())
        try:
            os.makedirs(self.folder, mode=0o755)
            self._listener = socket.socket(socket.AF_UNIX)
            here = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                # By way of the descriptor: a state directory may be longer than a socket's name can be.
                self._listener.bind(f"/proc/self/fd/{here}/s")
            finally:
                os.close(here)
            os.chmod(f"{self.folder}/s", 0o666)  # noqa: S103  # whoever the container's user is on the host
            os.chmod(self.folder, 0o755)  # noqa: S103  # whatever the umask is
        except OSError as error:
            raise SandboxUnavailable(f"the door of a container cannot be made in {self.folder}: {error}") from error
        self._listener.listen(1)

    def file(self, title: str, text: str) -> str:
        """A file that the cell may read; its path."""
        path = Path(self.folder, title)
        path.write_text(text)
        path.chmod(0o644)
        return str(path)

    def answer(self, state: Callable[[], State], seconds: float) -> tuple[socket.socket, int]:
        """Who connects first, and which process that is. Raises SandboxUnavailable where the container ended."""
        deadline = time.monotonic() + seconds
        poll = select.poll()
        poll.register(self._listener, select.POLLIN)
        while not poll.poll(_LOOK_SECONDS * 1000):
            found = state()
            if not found.running:
                raise SandboxUnavailable(
                    f"the container ended before it was ready: {found.told}",
                    hint="a runtime with a kernel of its own (gVisor, Kata) cannot hold a cell: use runc or crun",
                )
            if time.monotonic() > deadline:
                raise SandboxUnavailable(
                    "the container was not ready in time",
                    hint="is the engine on this machine, and may its containers connect to a socket of the host?",
                )
        connection, _ = self._listener.accept()
        peer = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
        return connection, _PEER.unpack(peer)[0]

    def shut(self) -> None:
        """Take the socket away: nobody connects a second time."""
        self._listener.close()
        with contextlib.suppress(OSError):
            os.unlink(f"{self.folder}/s")

    def close(self) -> None:
        """Take all away; harmless when repeated."""
        self._listener.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def sweep(store: Path) -> None:
    """Remove the folders of processes that were killed."""
    with contextlib.suppress(OSError):
        for left in os.listdir(store / "containers"):
            if gone(left):
                shutil.rmtree(store / "containers" / left, ignore_errors=True)
