"""Where advisories come from: OSV's `all.zip`, a folder or a file of OSV JSON, a snapshot. All bounded, nothing
unpacked to disk, no link followed."""

import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from ringfence.advisories import osv
from ringfence.advisories.entry import BadAdvisory
from ringfence.errors import UsageError

MAX_RECORDS = 500_000
MAX_TOTAL = 8 << 30
MAX_ARCHIVE = 1 << 30
#: One JSON file may hold many records; one record may not be larger than `osv.LIMITS` has it.
MAX_FILE = 512 << 20


def records(path: Path) -> Iterator[tuple[str, bytes]]:
    """(what it is called, its JSON) of every record below a path. Raises UsageError for what cannot be one."""
    if path.is_dir():
        yield from _counted(_folder(path))
    elif zipfile.is_zipfile(path):
        yield from _counted(_zip(path))
    else:
        yield from _counted(_file(path))


def _counted(found: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    total = 0
    for count, (name, data) in enumerate(found):
        total += len(data)
        if count >= MAX_RECORDS or total > MAX_TOTAL:
            raise UsageError(f"there are more than {MAX_RECORDS} records, or more than {MAX_TOTAL >> 30} GiB of them")
        yield name, data


def _folder(path: Path) -> Iterator[tuple[str, bytes]]:
    for parent, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            place = os.path.join(parent, name)
            if name.endswith(".json"):
                yield os.path.relpath(place, path), _read(place)


def _read(place: str) -> bytes:
    """The bytes of a regular file; empty, which is no record, for links and the like."""
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            return file.read(osv.LIMITS.max_bytes + 1)
    except OSError:
        return b""  # counted as a record that cannot be read


def _zip(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if path.stat().st_size > MAX_ARCHIVE:
            raise UsageError(f"{path} is larger than {MAX_ARCHIVE >> 30} GiB")
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MAX_RECORDS:
                raise UsageError(f"{path} holds more than {MAX_RECORDS} files")
            for member in members:
                if member.filename.endswith(".json"):
                    yield member.filename, _member(archive, member)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UsageError(f"{path} is no sound zip archive: {str(error)[:200]}") from None


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """At most as much as a record may have, whatever the archive's listing says."""
    try:
        with archive.open(member) as file:
            return file.read(osv.LIMITS.max_bytes + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return b""  # no record: it counts as one that cannot be read, and too many of those refuse the update


def _file(path: Path) -> Iterator[tuple[str, bytes]]:
    """A record, a list of them, `{"vulns": [...]}`, or one a line."""
    try:
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_size > MAX_FILE:
                raise UsageError(f"{path} is larger than {MAX_FILE >> 20} MiB")
            if path.suffix in (".jsonl", ".ndjson"):
                for number, line in enumerate(file, 1):
                    if line.strip():
                        yield f"{path.name}:{number}", line
                return
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {(error.strerror or 'error').lower()}") from None
    yield from _parts(path.name, data)


def _parts(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    from ringfence.strictjson import JsonLimits, StrictJsonError, dumps, loads

    if len(data) <= osv.LIMITS.max_bytes:
        try:
            value = osv.parse(data)
        except BadAdvisory:
            yield name, data
            return
    else:
        try:
            value = loads(data, limits=JsonLimits(max_bytes=MAX_FILE, max_depth=40, max_items=50_000_000))
        except StrictJsonError as error:
            raise UsageError(f"{name} is no JSON with advisories: {error.message}") from None
    if isinstance(value, dict) and isinstance(value.get("vulns"), list):
        value = value["vulns"]
    if not isinstance(value, list):
        yield name, data
        return
    for number, one in enumerate(value):
        yield f"{name}[{number}]", dumps(one).encode()
