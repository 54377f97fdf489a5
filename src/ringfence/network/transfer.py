"""Brings what stands at an address, and sends: bounded in time and rate, one kind of error.

What arrives is not trusted. Here it only cannot take for ever, drip, lead to another scheme, or end in an exception
that nobody expects; how much it may be is for those to say who take the chunks. A transfer that breaks off goes on
where it was (RFC 9110, section 14). Proxies are those of the environment, and never between this machine and itself.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3

from ringfence.errors import UsageError
from ringfence.network.addresses import is_loopback, refuse_unsafe
from ringfence.network.watch import DEFAULT_BOUNDS, Bounds, TransferError, Watch, watched

if TYPE_CHECKING:
    from urllib3.response import BaseHTTPResponse

_CHUNK = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Transfers:
    """Transfers with the same bounds, over connections that are kept alive in between."""

    def __init__(self, bounds: Bounds = DEFAULT_BOUNDS) -> None:
        self._bounds = bounds
        self._pools: dict[str, urllib3.PoolManager] = {}

    def close(self) -> None:
        """Close what connections are kept alive."""
        for pool in self._pools.values():
            pool.clear()
        self._pools.clear()

    def get(self, url: str) -> Iterator[bytes]:
        """The chunks of what stands there; the first, which is empty, once it is known that there is something.

        Raises UsageError for an address that is not to be asked, TransferError.
        """
        refuse_unsafe(url)
        watch = Watch(url, self._bounds)
        received = 0
        tag = ""
        try:
            for attempt in range(self._bounds.resumptions + 1):
                try:
                    with watch:
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
                        raise TransferError(f"{url[:200]} cannot be fetched: {_plain(error)}") from error
        finally:
            watch.end()

    def post(self, url: str, body: bytes, headers: Mapping[str, str], *, at_most: int) -> tuple[int, bytes]:
        """Send `body`, once; the status of the answer and its first bytes. Raises UsageError, TransferError."""
        refuse_unsafe(url)
        watch = Watch(url, self._bounds)
        said = b""
        try:
            with watch:
                response = self._manager(url, watch).request(
                    "POST", url, body=body, headers=dict(headers), **self._options()
                )
                try:
                    for chunk in _chunks(response, watch):
                        said += chunk
                        if len(said) >= at_most:
                            break
                finally:
                    response.close()
        except (urllib3.exceptions.HTTPError, OSError) as error:
            watch.close()
            watch.check(error)
            raise TransferError(f"{url[:200]} cannot be reached: {_plain(error)}") from error
        return response.status, said[:at_most]

    def _options(self) -> dict[str, Any]:
        timeout = urllib3.Timeout(connect=min(20.0, self._bounds.silence), read=self._bounds.silence)
        return {"preload_content": False, "redirect": False, "retries": False, "timeout": timeout}

    def _open(self, url: str, received: int, tag: str, watch: Watch) -> "BaseHTTPResponse":
        headers = {"Accept-Encoding": "identity", "User-Agent": "ringfence"}
        if received:
            headers["Range"] = f"bytes={received}-"
            if tag and not tag.startswith("W/"):
                headers["If-Range"] = tag
        where = url
        for _ in range(self._bounds.redirects + 1):
            response = self._manager(where, watch).request("GET", where, headers=headers, **self._options())
            if response.status not in _REDIRECTS:
                break
            place = response.headers.get("Location", "")
            response.close()
            where = _followed(where, place)
        else:
            raise TransferError(f"{url[:200]} redirects more than {self._bounds.redirects} times")
        if response.status not in (200, 206):
            response.close()
            raise TransferError(f"{url[:200]} answers with status {response.status}", response.status)
        return response

    def _manager(self, url: str, watch: Watch) -> urllib3.PoolManager:
        parts = urlsplit(url)
        proxies = getproxies()
        proxy = proxies.get(parts.scheme) or proxies.get("all") or ""
        if proxy and (is_loopback(parts.hostname or "") or proxy_bypass(parts.hostname or "")):
            proxy = ""
        if proxy not in self._pools:
            self._pools[proxy] = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
        return watched(self._pools[proxy], watch)


def _chunks(response: "BaseHTTPResponse", watch: Watch) -> Iterator[bytes]:
    while chunk := response.read1(_CHUNK, decode_content=False):
        watch.count(len(chunk))
        yield chunk
    watch.count(0)  # what the clock cut off looks like a whole answer to those that say no length


def _refuse_encoding(url: str, response: "BaseHTTPResponse") -> None:
    """Signatures are over the bytes as they are; what was compressed on the way could also grow without bound."""
    encoding = response.headers.get("Content-Encoding", "identity")
    if encoding != "identity":
        raise TransferError(f"{url[:200]} comes in the encoding {encoding[:40]!r}, which nobody asked for")


def _skipped(response: "BaseHTTPResponse", received: int) -> int:
    """How many bytes of an answer are those that we have already."""
    if not received:
        return 0
    if response.status == 200:
        return received
    if not response.headers.get("Content-Range", "").startswith(f"bytes {received}-"):
        raise TransferError("the server goes on somewhere else than it was asked to")
    return 0


def _followed(url: str, place: str) -> str:
    """Where a redirect leads. Raises TransferError for another scheme, and for what may not be asked."""
    try:
        where = urljoin(url, place)
        if urlsplit(where).scheme != urlsplit(url).scheme:
            raise TransferError(f"{url[:200]} redirects to another scheme: {_shown(where)}")
        refuse_unsafe(where)
    except UsageError as error:
        raise TransferError(f"{url[:200]} redirects astray: {error.message}") from None
    except ValueError:
        raise TransferError(f"{url[:200]} redirects to what is no address: {place[:100]!r}") from None
    return where


def _shown(url: str) -> str:
    """An address without the password that it may hold."""
    return repr(urlsplit(url)._replace(netloc=urlsplit(url).netloc.rpartition("@")[2]).geturl()[:100])


def _plain(error: Exception) -> str:
    text = str(getattr(error, "reason", None) or error)
    return text.rpartition(": ")[2][:200] or type(error).__name__
