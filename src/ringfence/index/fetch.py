"""Fetches the files of an index: https and file:, http on loopback only. TUF's client verifies what arrives."""

import os
import stat
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from tuf.api import exceptions
from tuf.ngclient.fetcher import FetcherInterface

from ringfence.errors import UsageError
from ringfence.network.addresses import is_file, refuse_unsafe
from ringfence.network.transfer import Transfers
from ringfence.network.watch import DEFAULT_BOUNDS, Bounds, TooSlow, TransferError

_CHUNK = 1 << 16


def check_url(url: str) -> str:
    """The address of an index, with a slash at its end. Raises UsageError for one that is not to be fetched from."""
    try:
        if is_file(url):
            return url.rstrip("/") + "/"
    except ValueError:
        pass  # no address at all: the next line says so
    refuse_unsafe(url)
    parts = urlsplit(url)
    if parts.query or parts.fragment:
        raise UsageError(f"{url!r} has a query or a fragment")
    return url.rstrip("/") + "/"


class Fetcher(FetcherInterface):
    """TUF's way to the network. Counts what it fetched in `bytes` and `requests`."""

    def __init__(self, bounds: Bounds = DEFAULT_BOUNDS) -> None:
        self._transfers = Transfers(bounds)
        self.bytes = 0
        self.requests = 0

    def close(self) -> None:
        """Close what connections are kept alive."""
        self._transfers.close()

    def _fetch(self, url: str) -> Iterator[bytes]:
        """The chunks of a file. The first one is asked for before this returns, so that a 404 is known at once."""
        chunks = _file(url) if urlsplit(url).scheme == "file" else self._http(url)
        first = next(chunks, b"")
        return self._counted(first, chunks)

    def _counted(self, first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
        self.requests += 1
        self.bytes += len(first)
        yield first
        for chunk in rest:
            self.bytes += len(chunk)
            yield chunk

    def _http(self, url: str) -> Iterator[bytes]:
        check_url(url)
        try:
            yield from self._transfers.get(url)
        except TooSlow as error:
            raise exceptions.SlowRetrievalError(str(error)) from error
        except TransferError as error:
            if error.status:
                raise exceptions.DownloadHTTPError(str(error), error.status) from error
            raise exceptions.DownloadError(str(error)) from error


def _file(url: str) -> Iterator[bytes]:
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
