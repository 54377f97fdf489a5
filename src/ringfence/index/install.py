"""Brings a verified release onto this machine: whole or not at all, and without running any of it.

The archive is fetched, checked against everything that `trusted.judge` asks for, unpacked beside its place, given its
dependencies from hash-pinned wheels, and renamed into place; the record of the installation is written last.
"""

import contextlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.dataclasses import dataclass, replace
from ringfence.errors import IndexUntrusted, InvalidPlugin, UsageError
from ringfence.index import files, places, trusted
from ringfence.index.client import Client
from ringfence.index.record import Record
from ringfence.index.repository import utc_now
from ringfence.index.trusted import Release
from ringfence.plugins import installed
from ringfence.plugins.installed import Installed
from ringfence.plugins.names import is_plugin
from ringfence.plugins.tree import hash_tree

if TYPE_CHECKING:
    from ringfence.advisories.pins import Pin

#: Told what is being done: "fetching word-count 1.2.0".
Progress = Callable[[str], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """A release in the cache, verified."""

    release: Release
    archive: Path
    record: Record


def resolve(client: Client, name: str, wanted: str | None, channel: str) -> tuple[Release, Record]:
    """Find and verify a release, without fetching its archive. Raises NotInIndex, IndexUntrusted, BadStatement."""
    record = client.record(name)
    version = trusted.choose(record, wanted, channel)
    target = client.find(places.archive(name, version))
    if target is None:
        raise IndexUntrusted(f"nobody who may publish {name} has signed its version {version}")
    evidence = {}
    for file in trusted.evidence_files(record, version):
        path = places.evidence(name, version, file)
        if client.find(path) is None:
            raise IndexUntrusted(f"the index lacks a statement that it names: {path}")
        evidence[file] = client.read(path)
    sha256 = target.hashes.get("sha256", "")
    release = trusted.judge(client.policy(), record, version, sha256, evidence, channel)
    release = _attested(client, release, sha256)
    if wanted is None and release.entry.status.value == "yanked":
        raise UsageError(f"{name} {version} was yanked")
    return release, record


def _attested(client: Client, release: Release, sha256: str) -> Release:
    """The release with what its attestations (PEP 740) say, if it carries any. Raises BadStatement."""
    from ringfence.index import provenance

    path = places.provenance(release.name, release.version)
    if client.find(path) is None:
        return release
    if not provenance.is_available():
        note = "it carries attestations that were not verified here: pip install 'ringfence[sigstore]'"
        return replace(release, warnings=(*release.warnings, note))
    identity = client.policy().publishers[release.publisher].identity
    file = places.archive(release.name, release.version).rpartition("/")[2]
    provenance.verify(client.read(path), file, sha256, identity)
    return replace(release, built_in=f"{identity['kind']}:{identity['repository']}:{identity['workflow']}")


def fetch(client: Client, name: str, wanted: str | None, channel: str, progress: Progress) -> Fetched:
    """Verify a release and fetch its archive."""
    release, record = resolve(client, name, wanted, channel)
    progress(f"fetching {name} {release.version} ({release.entry.length:,} bytes)")
    target = client.find(places.archive(name, release.version))
    if target is None or target.length != release.entry.length:
        raise IndexUntrusted(f"the index and the publisher of {name} do not speak of the same archive")
    return Fetched(release=release, archive=client.download(target), record=record)


def install(state: Path, client: Client, fetched: Fetched, progress: Progress) -> Installed:
    """Put a fetched release in its place, with the evidence that `verify` needs. Raises InvalidPlugin, IndexUntrusted.

    The record is written last: without it nothing is installed, and with it everything is there.
    """
    from ringfence.index import offline
    from ringfence.plugins.archive import unpack
    from ringfence.plugins.manifest import load_manifest

    release = fetched.release
    place = installed.place_for(state, release.name, release.version)
    with files.locked(installed.root(state) / ".lock", "the folder of installed plugins"), _staging(place) as staging:
        folder = staging / release.version
        tree = unpack(fetched.archive, folder)
        if tree.digest != release.entry.tree:
            raise IndexUntrusted(f"the files of {release.name} {release.version} are not those that the index names")
        manifest = load_manifest(folder)
        if (manifest.name, manifest.version) != (release.name, release.version):
            raise IndexUntrusted(
                f"the archive of {release.name} {release.version} holds {manifest.name} {manifest.version}"
            )
        vendored = _vendored(folder, progress)
        digest = hash_tree(folder).digest
        _pass_for_everybody(folder)
        known = installed.find(state, release.name, release.version)
        if known is not None and known.tree == digest and not installed.damage(known):
            offline.keep(client, known)
            return known
        made = Installed(
            name=release.name,
            version=release.version,
            index=client.source.name,
            channel=release.entry.channel,
            archive=release.entry.archive,
            release_tree=tree.digest,
            tree=digest,
            publisher=release.publisher,
            reviewers=release.reviewers,
            vendored=vendored,
            time=utc_now().strftime("%Y-%m-%dT%H:%M:%SZ"),
            folder=place,
        )
        record = place.with_name(f"{place.name}.json")
        record.unlink(missing_ok=True)
        if place.exists():  # left by an installation that was cut off, or damaged since
            place.rename(staging / "old")
        folder.rename(place)
        offline.keep(client, made)
        files.sync(place.parent)
        files.write(record, json.dumps(made.as_dict(), indent=2, sort_keys=True).encode())
        return replace(made, folder=place)


def _vendored(folder: Path, progress: Progress) -> tuple[str, ...]:
    """Gives a release its dependencies: what came with it stays, else the wheels that its lock pins by hash."""
    from ringfence.advisories.locks import find
    from ringfence.plugins.vendor import vendor

    if (folder / "vendor").exists():
        return ()  # they came with the release, under its digest
    lock = next((each for each in find(folder) if each.path.endswith((".toml", ".lock"))), None)
    if lock is None:
        return ()
    if lock.faults:
        first = lock.faults[0]
        raise InvalidPlugin(f"{lock.path}:{first.line}: {first.message}", hint=first.hint)
    progress("fetching its dependencies, by hash")
    return tuple(vendor(folder, [_requirement(pin) for pin in lock.pins if _applies(pin.marker)]))


def _requirement(pin: "Pin") -> str:
    return " ".join([f"{pin.name}=={pin.version}", *(f"--hash={each}" for each in pin.hashes)])


def _applies(marker: str) -> bool:
    """Whether a package is for this interpreter (PEP 508)."""
    from packaging.markers import Marker

    return not marker or Marker(marker).evaluate()


@contextlib.contextmanager
def _staging(place: Path) -> Iterator[Path]:
    """A folder beside the place; what earlier ones left behind is cleared away."""
    place.parent.mkdir(parents=True, exist_ok=True)
    for old in (*place.parent.glob(".new-*"), *place.parent.glob(".gone-*")):
        with contextlib.suppress(OSError):
            if old.stat().st_mtime < time.time() - 3600 or not _is_alive(old):
                shutil.rmtree(old, ignore_errors=True)
    for old in place.parent.glob(".*.tmp"):  # of files that were being written when somebody was killed
        old.unlink(missing_ok=True)
    staging = place.parent / f".new-{os.getpid()}-{os.urandom(4).hex()}"
    staging.mkdir(mode=0o700)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        with contextlib.suppress(OSError):
            place.parent.rmdir()


def _is_alive(staging: Path) -> bool:
    try:
        os.kill(int(staging.name.split("-")[1]), 0)
    except (ProcessLookupError, ValueError, IndexError):
        return False
    except PermissionError:
        return True
    return True


def _pass_for_everybody(folder: Path) -> None:
    """Directories that every user may pass, whatever the umask: cells run as somebody else."""
    for directory, _, _ in os.walk(folder):
        os.chmod(directory, 0o755)  # noqa: S103


def check_name(text: str) -> tuple[str, str | None]:
    """NAME or NAME==VERSION. Raises UsageError."""
    name, equals, version = text.partition("==")
    if not is_plugin(name) or (equals and not version):
        raise UsageError(f"{text[:80]!r} is no NAME or NAME==VERSION")
    return name, version or None
