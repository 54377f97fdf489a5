"""`pylock.toml` (PEP 751), read and validated by `packaging`; this adds bounds, lines, and what is unsafe in it."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ringfence.advisories.pins import LockFault, Pin

if TYPE_CHECKING:
    from packaging.pylock import Package, PackageSdist, PackageWheel

MAX_DOTS = 32
_STRONG = ("sha256", "sha384", "sha512")
_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_TABLE = re.compile(r"^[ \t]*\[\[[ \t]*packages[ \t]*\]\]", re.MULTILINE)


def read(text: str) -> tuple[list[Pin], list[LockFault]]:
    """The pins of a lock, and what is wrong with it. Raises nothing."""
    import tomllib

    from packaging.pylock import Pylock, PylockValidationError

    if any(line.count(".") > MAX_DOTS for line in _QUOTED.sub('""', text).split("\n")):
        return [], [_fault("unreadable-lock", 1, "", f"a key has more than {MAX_DOTS} parts")]
    try:
        lock = Pylock.from_dict(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        return [], [_fault("unreadable-lock", int(place[1]) if place else 1, "", f"not TOML: {str(error)[:200]}")]
    except PylockValidationError as error:
        return [], [_fault("unreadable-lock", 1, "", f"not a lock of PEP 751: {str(error)[:200]}")]
    except (ValueError, TypeError, RecursionError, OverflowError):
        return [], [_fault("unreadable-lock", 1, "", "not a lock of PEP 751")]
    lines = _lines(text, len(lock.packages))
    pins: list[Pin] = []
    faults: list[LockFault] = []
    for line, package in zip(lines, lock.packages, strict=True):
        pins.append(_pin(line, package))
        faults.extend(_package_faults(line, package))
    return pins, [*faults, *_index_faults(lines, lock.packages)]


def _lines(text: str, count: int) -> list[int]:
    """The line of each package's table; 1 for all where they are written in another way."""
    found = [text.count("\n", 0, match.start()) + 1 for match in _TABLE.finditer(text)]
    return found if len(found) == count else [1] * count


def _files(package: "Package") -> "list[PackageWheel | PackageSdist]":
    return [*(package.wheels or ()), *([package.sdist] if package.sdist else [])]


def _pin(line: int, package: "Package") -> Pin:
    files = [*_files(package), *([package.archive] if package.archive else [])]
    hashes = {f"{kind}:{value}" for one in files for kind, value in one.hashes.items() if kind in _STRONG}
    urls = [one.url for one in files if one.url]
    if package.vcs and package.vcs.url:
        urls.append(package.vcs.url)
    return Pin(
        name=package.name,
        version=str(package.version or ""),
        hashes=tuple(sorted(hashes)),
        urls=tuple(urls),
        marker=str(package.marker or ""),
        line=line,
    )


def _package_faults(line: int, package: "Package") -> Iterator[LockFault]:
    name = package.name
    for kind, found in (("repository", package.vcs), ("folder", package.directory), ("archive", package.archive)):
        if found:
            yield _fault("dependency-outside-index", line, name, f"{name} comes from a {kind}, not from an index")
    if package.version is None:
        yield _fault("unpinned-dependency", line, name, f"{name} has no version")
    for one in _files(package):
        if one.path and not one.url:
            yield _fault("dependency-outside-index", line, name, f"{name} comes from the path {one.path[:80]!r}")
        elif one.url and not one.url.startswith("https://"):
            message = f"{name} comes from {one.url[:80]!r}, not over https"
            yield _fault("dependency-outside-index", line, name, message, "a lock written behind a mirror names it")
        if not any(kind in one.hashes for kind in _STRONG):
            yield _fault("unhashed-dependency", line, name, f"a file of {name} has no SHA-256 hash")
    if package.sdist is not None and not package.wheels:
        message = f"{name} comes only as source, whose build runs code"
        yield _fault("source-only-dependency", line, name, message, "name a version that has wheels")


def _index_faults(lines: list[int], packages: "Sequence[Package]") -> Iterator[LockFault]:
    """More than one index: a stranger may answer for a name of the private one."""
    first = ""
    for line, package in zip(lines, packages, strict=True):
        host = urlsplit(package.index).netloc if package.index else ""
        first = first or host
        if host and host != first:
            message = f"{package.name} comes from the index {host[:80]}, others from {first[:80]}"
            yield _fault("extra-index", line, package.name, message, "put private packages behind one index")


def _fault(rule: str, line: int, package: str, message: str, hint: str = "") -> LockFault:
    return LockFault(rule=rule, line=line, package=package, message=message, hint=hint)
