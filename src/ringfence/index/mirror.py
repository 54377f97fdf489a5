"""Copies of an index: whole or of some plugins, for another host or for where there is no network.

Everything is verified on the way in, as for an installation, and keeps its signatures: whoever uses the mirror pins the
same root, and the mirror's keeper can add nothing. The timestamp is put in place last, so a mirror that was cut off
shows the state before.
"""

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.dataclasses import dataclass
from ringfence.errors import IndexRefused, IndexUntrusted, InvalidPlugin, NotInIndex
from ringfence.index import files, places, trusted
from ringfence.index.client import Client
from ringfence.index.install import Progress
from ringfence.index.reading import Reading

if TYPE_CHECKING:
    from tuf.api.metadata import TargetFile

_EXPORT = "ringfence-mirror"
_LIST = "mirror.json"
_PATH = re.compile(r"(?:metadata|targets)(?:/[A-Za-z0-9][A-Za-z0-9.!+_-]*){1,5}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mirrored:
    """What is in the mirror now."""

    plugins: int
    releases: int
    files: int
    bytes: int


def sync(client: Client, target: Path, names: Sequence[str], progress: Progress) -> Mirrored:
    """Bring a mirror up to date. `names` are the plugins to have; empty: all of them. Raises NotInIndex."""
    client.refresh()
    with files.locked(target / ".lock", f"the mirror in {target}"):
        copy = _Copy(client, target)
        copy.take(places.POLICY)
        copy.take(places.CATALOGUE, optional=True)
        copy.take(places.FEED, optional=True)
        known = client.catalogue()
        chosen = list(names) or sorted(known)
        if missing := [name for name in chosen if name not in known]:
            raise NotInIndex(f"the index {client.source.name} has no {missing[0]}")
        releases = 0
        for number, name in enumerate(chosen, 1):
            progress(f"{number}/{len(chosen)} {name}")
            record = client.record(name)
            copy.take(places.record(name))
            for version in record.versions:
                releases += 1
                copy.take(places.archive(name, version))
                copy.take(places.sbom(name, version), optional=True)
                copy.take(places.provenance(name, version), optional=True)
                for file in {
                    *trusted.evidence_files(record, version),
                    *_rejections(record.versions[version].rejections),
                }:
                    copy.take(places.evidence(name, version, file))
        client.copy_metadata(target / "metadata")
    return Mirrored(plugins=len(chosen), releases=releases, files=copy.count, bytes=copy.bytes)


def export(mirror: Path, archive: Path) -> int:
    """Put a mirror into one file; gives how many files it holds. Raises IndexRefused."""
    from ringfence.plugins.archive import Limits, write_members

    if not (mirror / "metadata" / "timestamp.json").is_file():
        raise IndexRefused(f"there is no mirror in {mirror}", hint="`ringfence mirror sync` makes one")
    found = {}
    members: dict[str, Path | bytes] = {}
    with files.locked(mirror / ".lock", f"the mirror in {mirror}"):
        for place in sorted(mirror.rglob("*")):
            path = place.relative_to(mirror).as_posix()
            if place.is_file() and not place.is_symlink() and _PATH.fullmatch(path):
                digest = files.sha256(place)
                found[path] = digest
                members[f"blobs/{digest}"] = place
        members[_LIST] = json.dumps(found, sort_keys=True).encode()
        write_members(archive, _EXPORT, members, limits=Limits(8 << 30, 32 << 30, 1_000_000))
    return len(found)


def import_(archive: Path, mirror: Path) -> int:
    """Unpack an exported mirror, over an older state of the same if there is one. Raises IndexRefused.

    Nothing is trusted by this: the client that uses the mirror verifies it from its own pinned root.
    """
    from ringfence.plugins.archive import Limits, unpack

    is_new = not mirror.exists()
    staging = mirror / ".import"
    with files.locked(mirror / ".lock", f"the mirror in {mirror}"):
        shutil.rmtree(staging, ignore_errors=True)
        try:
            tree = unpack(archive, staging, limits=Limits(8 << 30, 32 << 30, 1_000_000))
            found = Reading.of((staging / _LIST).read_bytes(), _LIST).mapping_of_texts()
            last = None
            for path, digest in found.items():
                if not _PATH.fullmatch(path) or tree.files.get(f"blobs/{digest}") != digest:
                    raise IndexRefused(f"{archive.name} names an odd file: {path[:80]!r}")
                place = mirror / path
                place.parent.mkdir(parents=True, exist_ok=True)
                if path == "metadata/timestamp.json":
                    last = (staging / "blobs" / digest, place)
                else:
                    _link(staging / "blobs" / digest, place)
            if last is None:
                raise IndexRefused(f"{archive.name} holds no mirror")
            files.write(last[1], last[0].read_bytes())
        except (InvalidPlugin, IndexUntrusted, OSError) as error:
            raise IndexRefused(f"{archive.name} is no exported mirror: {error}") from None
        finally:
            shutil.rmtree(staging, ignore_errors=True)
            if is_new and not (mirror / "metadata" / "timestamp.json").exists():
                shutil.rmtree(mirror, ignore_errors=True)
    return len(found)


class _Copy:
    """Copies verified targets to where a client of the mirror looks for them."""

    def __init__(self, client: Client, target: Path) -> None:
        self._client = client
        self._target = target
        self.count = 0
        self.bytes = 0

    def take(self, path: str, *, optional: bool = False) -> None:
        """One target. Raises NotInIndex where it is not there and has to be."""
        found = self._client.find(path)
        if found is None:
            if optional:
                return
            raise NotInIndex(f"the index {self._client.source.name} has no {path}")
        place = self._place(found)
        if not _is(found, place):
            _link(self._client.download(found), place)
        self.count += 1
        self.bytes += found.length

    def _place(self, found: "TargetFile") -> Path:
        folder, _, name = found.path.rpartition("/")
        return self._target / "targets" / folder / f"{found.hashes['sha256']}.{name}"


def _is(target: "TargetFile", place: Path) -> bool:
    """Whether a file is there already, whole and as it was signed."""
    from tuf.api.exceptions import LengthOrHashMismatchError

    try:
        with open(place, "rb") as file:
            target.verify_length_and_hashes(file)
    except (OSError, LengthOrHashMismatchError):
        return False
    return True


def _rejections(reviewers: Sequence[str]) -> list[str]:
    return [trusted.review_file(each) for each in reviewers]


def _link(source: Path, place: Path) -> None:
    """Copy a file so that it is there whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = place.with_name(f".{place.name[:100]}.tmp")
    shutil.copyfile(source, temporary)
    temporary.replace(place)
