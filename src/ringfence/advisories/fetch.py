"""Fetching over https, bounded in bytes and in time; never led to another scheme. Proxies are those of the environment.

http is spoken with this machine itself only, so that a mirror can be tried out.
"""

import time
import urllib.error
import urllib.request
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

from ringfence import __version__
from ringfence.errors import UsageError

SECONDS = 600.0
_STALL = 30.0
_CHUNK = 1 << 16
_HERE = ("localhost", "127.0.0.1", "::1")


def fetch(address: str, target: Path, *, at_most: int, seconds: float = SECONDS) -> None:
    """Write what stands at `address` to the new file `target`. Raises UsageError."""
    try:
        with open(target, "xb") as file:
            _copy(address, file, at_most, seconds)
    except OSError as error:
        raise UsageError(f"cannot fetch {address[:200]}: {_reason(error)}") from None


def get(address: str, *, at_most: int, seconds: float = 30.0) -> bytes:
    """What stands at `address`. Raises UsageError; its `details` is the status of an answer that was none."""
    import io

    held = io.BytesIO()
    try:
        _copy(address, held, at_most, seconds)
    except urllib.error.HTTPError as error:
        error.close()
        raise UsageError(f"{address[:200]} answers {error.code}", details=error.code) from None
    except OSError as error:
        raise UsageError(f"cannot fetch {address[:200]}: {_reason(error)}") from None
    return held.getvalue()


def as_path(address: str) -> Path:
    """The path of a file: address. Raises UsageError for one of another machine."""
    parts = urlsplit(address)
    if parts.netloc not in ("", "localhost") or not parts.path.startswith("/"):
        raise UsageError(f"{address[:200]!r} names no file of this machine", hint="for example file:///srv/osv/all.zip")
    return Path(unquote(parts.path))


def refuse_unsafe(address: str) -> None:
    """Raises UsageError unless the address is https, or http to this machine itself, without a password."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _HERE):
        raise UsageError(f"{address[:200]!r} is not an https: or file: address")
    if parts.username or parts.password:
        raise UsageError("an address may not hold a password", hint="use the proxy or a mirror of your own")


def _copy(address: str, file: IO[bytes], at_most: int, seconds: float) -> None:
    refuse_unsafe(address)
    deadline = time.monotonic() + seconds
    opener = urllib.request.build_opener(_SameSafety)
    headers = {"User-Agent": f"ringfence/{__version__}", "Accept-Encoding": "identity"}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - the scheme was checked
    length = 0
    try:
        with opener.open(request, timeout=min(_STALL, seconds)) as answer:
            promised = answer.headers.get("Content-Length", "")
            while chunk := answer.read1(_CHUNK):
                length += len(chunk)
                if length > at_most:
                    raise UsageError(f"{address[:200]} gives more than {at_most} bytes")
                if time.monotonic() > deadline:
                    raise UsageError(f"{address[:200]} takes longer than {seconds:g} s")
                file.write(chunk)
    except HTTPException as error:
        raise UsageError(f"{address[:200]} answers what is no HTTP: {type(error).__name__}") from None
    if promised.isdecimal() and length != int(promised):
        raise UsageError(f"{address[:200]} was cut off after {length} of {promised} bytes")


class _SameSafety(urllib.request.HTTPRedirectHandler):
    """Follows to where we would go ourselves, and from https not to http."""

    max_redirections = 5

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        refuse_unsafe(newurl)
        if urlsplit(req.full_url).scheme == "https" and urlsplit(newurl).scheme != "https":
            raise UsageError(f"{req.full_url[:200]} leads away from https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _reason(error: OSError) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"it answers {error.code}"
    if isinstance(error, urllib.error.URLError):
        return _reason(error.reason) if isinstance(error.reason, OSError) else str(error.reason)[:200]
    return (error.strerror or str(error) or "error").lower()[:200]
