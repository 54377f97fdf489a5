"""Which addresses may be asked: https, and http of this machine's own loopback, without a password."""

import ipaddress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ringfence.errors import UsageError


def refuse_unsafe(url: str) -> None:
    """Raises UsageError for an address that is not to be fetched from."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise UsageError(f"{url[:100]!r} is no address") from None
    if parts.username or parts.password:
        raise UsageError("an address may not hold a password", hint="a proxy of the environment takes its own")
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise UsageError(f"{url[:200]!r} is not an https: or file: address")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise UsageError(
            f"{url[:200]!r} is not encrypted", hint="use https; http is for this machine's own loopback only"
        )


def is_loopback(host: str) -> bool:
    """Whether a host's name or number is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False  # a name: only the one above is known without asking anybody


def is_file(url: str) -> bool:
    """Whether this is the address of a file here: file:///srv/index."""
    parts = urlsplit(url)
    return parts.scheme == "file" and parts.netloc in ("", "localhost") and parts.path.startswith("/")


def as_path(url: str) -> Path:
    """The path of a file: address. Raises UsageError for one of another machine."""
    if not is_file(url):
        raise UsageError(f"{url[:200]!r} names no file of this machine", hint="for example file:///srv/osv/all.zip")
    return Path(unquote(urlsplit(url).path))
