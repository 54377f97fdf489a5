"""Fetches the files of an index: https and file:, http on loopback only; bounded in time and rate, one kind of error.

What arrives is not trusted: TUF's client verifies it. Here it only cannot take for ever, drip, lead to another scheme,
or end in an exception that nobody expects. A transfer that breaks off goes on where it was (RFC 9110, section 14).
"""

import ipaddress
import os
import socket
import stat
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from tuf.api import exceptions
from tuf.ngclient.fetcher import FetcherInterface

from ringfence.errors import UsageError

if TYPE_CHECKING:
    from urllib3.response import BaseHTTPResponse

_CHUNK = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Bounds(NamedTuple):
    """Seconds for one file in all, seconds of silence, bytes a second after `grace` seconds, resumptions, redirects."""

    deadline: float = 600
    silence: float = 20
    rate: int = 2048
    grace: float = 15
    resumptions: int = 3
    redirects: int = 5


DEFAULT_BOUNDS = Bounds()


def check_url(url: str) -> str:
    """The address of an index, with a slash at its end. Raises UsageError for one that is not to be fetched from."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise UsageError(f"{url[:100]!r} is no address") from None
    if parts.scheme == "file" and parts.netloc in ("", "localhost") and parts.path.startswith("/"):
        return url.rstrip("/") + "/"
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise UsageError(f"{url!r} is not an address to fetch from", hint="an index has an https: or file: address")
    if parts.username or parts.password:
        raise UsageError("an address may not hold a password", hint="an index is public; a proxy takes its own")
    if parts.query or parts.fragment:
        raise UsageError(f"{url!r} has a query or a fragment")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise UsageError(f"{url!r} is not encrypted", hint="use https; http is for this machine's own loopback only")
    return url.rstrip("/") + "/"


class Fetcher(FetcherInterface):
    """TUF's way to the network. Counts what it fetched in `bytes` and `requests`."""

    def __init__(self, bounds: Bounds = DEFAULT_BOUNDS) -> None:
        self._bounds = bounds
        self._pools: dict[str, urllib3.PoolManager] = {}
        self.bytes = 0
        self.requests = 0

    def close(self) -> None:
        """Close what connections are kept alive."""
        for pool in self._pools.values():
            pool.clear()
        self._pools.clear()

    def _fetch(self, url: str) -> Iterator[bytes]:
        """The chunks of a file. The first one is asked for before this returns, so that a 404 is known at once."""
        scheme = urlsplit(url).scheme
        chunks = self._file(url) if scheme == "file" else self._http(url)
        first = next(chunks, b"")
        return self._counted(first, chunks)

    def _counted(self, first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
        self.requests += 1
        self.bytes += len(first)
        yield first
        for chunk in rest:
            self.bytes += len(chunk)
            yield chunk

    def _file(self, url: str) -> Iterator[bytes]:
        path = unquote(urlsplit(url).path)
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        except FileNotFoundError:
            raise exceptions.DownloadHTTPError(f"there is no {path}", 404) from None
        except OSError as error:
            raise exceptions.DownloadError(f"{path} cannot be read: {error.strerror}") from None
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise exceptions.DownloadError(f"{path} is not a regular file")
            yield b""
            while chunk := file.read(_CHUNK):
                yield chunk

    def _http(self, url: str) -> Iterator[bytes]:
        check_url(url)
        watch = _Watch(url, self._bounds)
        received = 0
        tag = ""
        try:
            for attempt in range(self._bounds.resumptions + 1):
                try:
                    with watch.alarm():
                        response = self._open(url, received, tag, watch)
                        try:
                            _refuse_encoding(url, response)
                            tag = response.headers.get("ETag", "")
                            skip = _skipped(response, received)
                            if not received:
                                yield b""
                            for chunk in _chunks(response, watch):
                                kept = chunk[skip:]
                                skip -= len(chunk) - len(kept)
                                received += len(kept)
                                if kept:
                                    yield kept
                        finally:
                            response.close()
                    return
                except (urllib3.exceptions.HTTPError, OSError) as error:
                    watch.close()
                    watch.check(error)
                    if attempt == self._bounds.resumptions or (not received and attempt):
                        raise exceptions.DownloadError(f"{url} cannot be fetched: {_plain(error)}") from error
        finally:
            watch.end()

    def _open(self, url: str, received: int, tag: str, watch: "_Watch") -> "BaseHTTPResponse":
        headers = {"Accept-Encoding": "identity", "User-Agent": "ringfence"}
        if received:
            headers["Range"] = f"bytes={received}-"
            if tag and not tag.startswith("W/"):
                headers["If-Range"] = tag
        where = url
        for _ in range(self._bounds.redirects + 1):
            timeout = urllib3.Timeout(connect=self._bounds.silence, read=self._bounds.silence)
            response = self._pool(where, watch).request(
                "GET", where, headers=headers, preload_content=False, redirect=False, retries=False, timeout=timeout
            )
            if response.status not in _REDIRECTS:
                break
            place = response.headers.get("Location", "")
            response.close()
            where = _followed(where, place)
        else:
            raise exceptions.DownloadError(f"{url} redirects more than {self._bounds.redirects} times")
        if response.status not in (200, 206):
            response.close()
            raise exceptions.DownloadHTTPError(f"{url} answers with status {response.status}", response.status)
        return response

    def _pool(self, url: str, watch: "_Watch") -> urllib3.PoolManager:
        parts = urlsplit(url)
        proxies = getproxies()
        proxy = proxies.get(parts.scheme) or proxies.get("all") or ""
        if proxy and (proxy_bypass(parts.hostname or "") or _is_loopback(parts.hostname or "")):
            proxy = ""
        if proxy not in self._pools:
            manager = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
            manager.pool_classes_by_scheme = {"http": _WatchedPool, "https": _WatchedTlsPool}
            self._pools[proxy] = manager
        _current.watch = watch
        return self._pools[proxy]


class _Watch:
    """The clock of one transfer: its deadline, also while headers drip, and its rate."""

    def __init__(self, url: str, bounds: Bounds) -> None:
        self._url = url
        self._bounds = bounds
        self._start = time.monotonic()
        self._received = 0
        self._sockets: list[socket.socket] = []
        self._rung = False
        self._timer: threading.Timer | None = None

    def alarm(self) -> "_Watch":
        return self

    def __enter__(self) -> "_Watch":
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
        """Bytes came in. Raises SlowRetrievalError where they come too slowly."""
        self._received += size
        passed = time.monotonic() - self._start
        if self._rung or passed > self._bounds.deadline:
            raise self._slow()
        if passed > self._bounds.grace and self._received < self._bounds.rate * passed:
            raise self._slow()

    def check(self, error: Exception) -> None:
        """Raises SlowRetrievalError where an error comes from the clock."""
        refused = isinstance(error, urllib3.exceptions.NewConnectionError)  # a kind of timeout, to urllib3
        if self._rung or (not refused and isinstance(error, urllib3.exceptions.TimeoutError | TimeoutError)):
            raise self._slow() from error

    def _ring(self) -> None:
        self._rung = True
        for each in self._sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def _slow(self) -> exceptions.SlowRetrievalError:
        rate, deadline = self._bounds.rate, self._bounds.deadline
        return exceptions.SlowRetrievalError(
            f"{self._url} comes too slowly: less than {rate} bytes a second, or longer than {deadline:g} s"
        )


class _Current(threading.local):
    watch: _Watch | None = None


_current = _Current()


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


def _chunks(response: "BaseHTTPResponse", watch: _Watch) -> Iterator[bytes]:
    while chunk := response.read1(_CHUNK, decode_content=False):
        watch.count(len(chunk))
        yield chunk
    watch.count(0)  # what the clock cut off looks like a whole answer to those that say no length


def _refuse_encoding(url: str, response: "BaseHTTPResponse") -> None:
    """Signatures are over the bytes as they are; what was compressed on the way could also grow without bound."""
    encoding = response.headers.get("Content-Encoding", "identity")
    if encoding != "identity":
        raise exceptions.DownloadError(f"{url} comes in the encoding {encoding[:40]!r}, which nobody asked for")


def _skipped(response: "BaseHTTPResponse", received: int) -> int:
    """How many bytes of an answer are those that we have already."""
    if not received:
        return 0
    if response.status == 200:
        return received
    if not response.headers.get("Content-Range", "").startswith(f"bytes {received}-"):
        raise exceptions.DownloadError("the server goes on somewhere else than it was asked to")
    return 0


def _followed(url: str, place: str) -> str:
    """Where a redirect leads. Raises DownloadError for another scheme."""
    try:
        where = urljoin(url, place)
        if urlsplit(where).scheme != urlsplit(url).scheme:
            raise exceptions.DownloadError(f"{url} redirects to another scheme: {where[:100]!r}")
        check_url(where.partition("?")[0])
    except UsageError as error:
        raise exceptions.DownloadError(f"{url} redirects astray: {error.message}") from None
    except ValueError:
        raise exceptions.DownloadError(f"{url} redirects to what is no address: {place[:100]!r}") from None
    return where


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _plain(error: Exception) -> str:
    text = str(getattr(error, "reason", None) or error)
    return text.rpartition(": ")[2][:200] or type(error).__name__
