"""Standard input and output as asyncio can have them: whatever they are (a file, /dev/null, a terminal), pipes.

A thread carries the bytes of each, so that nobody else's descriptor is made non-blocking.
"""

import asyncio
import contextlib
import os
import threading

_CHUNK = 65536


class Stdio:
    """Use `open` once. `close` waits until everything was written; `failure` is why that was not possible."""

    def __init__(self) -> None:
        self.failure: OSError | None = None
        self.gone = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._out: threading.Thread | None = None

    async def open(self, limit: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A reader of standard input and a writer to standard output."""
        from_input, to_reader = os.pipe()
        from_writer, to_output = os.pipe()
        reader = asyncio.StreamReader(limit=limit)
        await self._loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(from_input, "rb"))
        # Of a StreamReaderProtocol one can know when all is written and closed.
        own = asyncio.StreamReaderProtocol(asyncio.StreamReader())
        transport, _ = await self._loop.connect_write_pipe(lambda: own, os.fdopen(to_output, "wb"))
        threading.Thread(target=_carry, args=(0, to_reader), name="ringfence-stdin", daemon=True).start()
        self._out = threading.Thread(target=self._write, args=(from_writer,), name="ringfence-stdout", daemon=True)
        self._out.start()
        return reader, asyncio.StreamWriter(transport, own, None, self._loop)

    async def close(self, seconds: float) -> None:
        """Wait, but no longer than this, until what the closed writer had is written."""
        if self._out is not None:
            await asyncio.to_thread(self._out.join, seconds)

    def _write(self, source: int) -> None:
        self.failure = _carry(source, 1)
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self.gone.set)


def _carry(source: int, target: int) -> OSError | None:
    """All bytes of one descriptor to another, and the end of them; why they could not be written."""
    failure = None
    try:
        while part := os.read(source, _CHUNK):
            while part:
                part = part[os.write(target, part) :]
    except OSError as error:
        failure = error
    for descriptor in (source, target):
        if descriptor > 2:
            os.close(descriptor)
    return failure
