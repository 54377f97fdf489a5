"""The clock of one transfer, which can cut its connections: also while headers drip, and those that are used again."""

import socket
import threading
import time
from typing import Any, NamedTuple

import urllib3


class Bounds(NamedTuple):
    """Seconds for one file in all, seconds of silence, bytes a second after `grace` seconds, resumptions, redirects."""

    deadline: float = 600
    silence: float = 20
    rate: int = 2048
    grace: float = 15
    resumptions: int = 3
    redirects: int = 5


DEFAULT_BOUNDS = Bounds()


class TransferError(Exception):
    """Nothing whole arrived: a sentence. `status` is that of an answer, where that is why; else 0."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class TooSlow(TransferError):
    """It came too slowly, or took too long."""


class Watch:
    """A transfer's deadline and its rate. A context manager for the time in which the alarm may ring."""

    def __init__(self, url: str, bounds: Bounds) -> None:
        self._url = url
        self._bounds = bounds
        self._start = time.monotonic()
        self._received = 0
        self._sockets: list[socket.socket] = []
        self._rung = False
        self._timer: threading.Timer | None = None

    def __enter__(self) -> "Watch":
        left = self._bounds.deadline - (time.monotonic() - self._start)
        if left <= 0:
            raise self._slow()
        self._timer = threading.Timer(left, self._ring)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """No more alarms."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def close(self) -> None:
        """Close the connections of a transfer that failed."""
        for each in self._sockets:
            each.close()
        self._sockets.clear()

    def hold(self, connection: socket.socket) -> None:
        """A connection to be cut at the deadline."""
        self._sockets.append(connection)

    def count(self, size: int) -> None:
        """Bytes came in. Raises TooSlow where they come too slowly."""
        self._received += size
        passed = time.monotonic() - self._start
        if self._rung or passed > self._bounds.deadline:
            raise self._slow()
        if passed > self._bounds.grace and self._received < self._bounds.rate * passed:
            raise self._slow()

    def check(self, error: Exception) -> None:
        """Raises TooSlow where an error comes from the clock."""
        refused = isinstance(error, urllib3.exceptions.NewConnectionError)  # a kind of timeout, to urllib3
        if self._rung or (not refused and isinstance(error, urllib3.exceptions.TimeoutError | TimeoutError)):
            raise self._slow() from error

    def _ring(self) -> None:
        self._rung = True
        for each in self._sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it was closed already, and the others have to be cut

    def _slow(self) -> TooSlow:
        rate, deadline = self._bounds.rate, self._bounds.deadline
        return TooSlow(
            f"{self._url[:200]} comes too slowly: less than {rate} bytes a second, or longer than {deadline:g} s"
        )


class _Current(threading.local):
    watch: Watch | None = None


_current = _Current()


def watched(manager: urllib3.PoolManager, watch: Watch) -> urllib3.PoolManager:
    """The manager, whose connections of this thread `watch` holds from now on."""
    manager.pool_classes_by_scheme = {"http": _WatchedPool, "https": _WatchedTlsPool}
    _current.watch = watch
    return manager


def _held(connection: urllib3.connection.HTTPConnection) -> None:
    if _current.watch is not None and connection.sock is not None:
        _current.watch.hold(connection.sock)


class _WatchedConnection(urllib3.connection.HTTPConnection):
    """A connection that the watch can cut: when it is made, and when it is used again."""

    def connect(self) -> None:
        super().connect()
        _held(self)

    def putrequest(self, *words: Any, **options: Any) -> None:
        _held(self)
        super().putrequest(*words, **options)


class _WatchedTlsConnection(urllib3.connection.HTTPSConnection):
    """The same, under TLS."""

    def connect(self) -> None:
        super().connect()
        _held(self)

    def putrequest(self, *words: Any, **options: Any) -> None:
        _held(self)
        super().putrequest(*words, **options)


class _WatchedPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _WatchedConnection


class _WatchedTlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _WatchedTlsConnection
