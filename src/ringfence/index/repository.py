"""The files of an index as TUF has them, and how they change: from one committed state to the next.

    metadata/N.ROLE.json, timestamp.json   signed metadata, consistent snapshots (TUF 1.0, section 7)
    targets/DIR/SHA256.NAME                files by their hash

A change writes only files that nothing refers to yet; the new `timestamp.json` is put in place last, and that one
rename is the commit. Whoever is killed before it has changed nothing, and the next change writes over what was left.
"""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ringfence.errors import IndexRefused, IndexUntrusted
from ringfence.index import files, places
from ringfence.index.keyring import Keyring

if TYPE_CHECKING:
    from tuf.api.metadata import Metadata, Role, Root, Snapshot, Targets, Timestamp

MAX_METADATA = 64 << 20
#: Days for which a role's signature holds. `index renew` signs again what has less than a third left.
EXPIRY = {"root": 365, "targets": 365, "records": 365, "publisher": 1095, "snapshot": 30, "timestamp": 7}


class Repository:
    """The committed state of an index on disk. What is read is verified from the root down."""

    def __init__(self, public: Path) -> None:
        self.public = public
        self._roles: dict[str, Metadata[Targets]] = {}
        self.reload()

    def reload(self) -> None:
        """Read the newest state; forget everything else."""
        self._roles.clear()
        self._seen = self._stamp()
        #: Roles that only the root before the newest one knows the keys of: a change of keys was cut off.
        self.behind: set[str] = set()
        self.root = self._newest_root()
        self.timestamp: Metadata[Timestamp] = self._read("timestamp.json")
        self._top("timestamp", self.timestamp)
        self.snapshot: Metadata[Snapshot] = self._read(f"{self.timestamp.signed.snapshot_meta.version}.snapshot.json")
        self._top("snapshot", self.snapshot)

    def refresh(self) -> None:
        """Read anew if somebody else has committed meanwhile."""
        if self._stamp() != self._seen:
            self.reload()

    @property
    def targets(self) -> "Metadata[Targets]":
        """The top-level targets."""
        return self.role(places.TARGETS)

    def role(self, name: str) -> "Metadata[Targets]":
        """A role's metadata as the snapshot has it. Raises IndexUntrusted."""
        if name not in self._roles:
            meta = self.snapshot.signed.meta.get(f"{name}.json")
            if meta is None:
                raise IndexUntrusted(f"the index has no role {name!r}")
            found: Metadata[Targets] = self._read(f"{meta.version}.{name}.json")
            if name == places.TARGETS:
                self._top(name, found)
            else:
                self._verified(self._delegator(name), name, found)
            self._roles[name] = found
        return self._roles[name]

    def last(self, name: str) -> "Metadata[Targets]":
        """A publisher's role as it was taken, whatever keys they have by now. Raises IndexUntrusted."""
        found: Metadata[Targets] = self._read(f"{self.snapshot.signed.meta[f'{name}.json'].version}.{name}.json")
        return found

    def counts(self, name: str) -> bool:
        """Whether a role that was signed once still has a say.

        A snapshot never loses a role, for clients refuse one that does (TUF 1.0, section 5.5.5): that of a publisher
        who went, or of a bin that is no longer there, stays in it and is delegated to by nobody.
        """
        from tuf.api.metadata import Targets

        above = self._delegator(name).signed
        if name in (places.TARGETS, places.RECORDS) or not isinstance(above, Targets) or above.delegations is None:
            return name in (places.TARGETS, places.RECORDS)
        below = above.delegations
        bins = below.succinct_roles
        return name in (below.roles or {}) or (bins is not None and bins.is_delegated_role(name))

    def has_role(self, name: str) -> bool:
        """Whether anything was ever signed for a role."""
        return f"{name}.json" in self.snapshot.signed.meta

    def responsible(self, path: str) -> str:
        """The role that answers for a target. Raises IndexRefused."""
        if path == places.POLICY:
            return places.TARGETS
        delegations = self.targets.signed.delegations
        role = next((name for name, _ in delegations.get_roles_for_target(path)), None) if delegations else None
        if role is None:
            raise IndexRefused(f"nobody answers for {path!r} in this index")
        if role == places.RECORDS and (below := self.role(role).signed.delegations) is not None:
            return next(name for name, _ in below.get_roles_for_target(path))
        return role

    def find(self, path: str) -> "Path | None":
        """The file of a target; None where the index has no such target."""
        try:
            role = self.responsible(path)
        except IndexRefused:
            return None
        if not self.has_role(role):
            return None
        found = self.last(role) if places.publisher_of(role) else self.role(role)  # their keys may be others by now
        target = found.signed.targets.get(path)
        return self.blob(path, target.hashes["sha256"]) if target else None

    def read_target(self, path: str) -> bytes | None:
        """The bytes of a target, checked against its metadata; None where there is no such target."""
        from tuf.api.exceptions import LengthOrHashMismatchError

        place = self.find(path)
        if place is None:
            return None
        target = self.role(self.responsible(path)).signed.targets[path]
        data = files.read(place, target.length)
        try:
            target.verify_length_and_hashes(data)
        except LengthOrHashMismatchError:
            raise IndexUntrusted(f"{place} is not the file that was signed") from None
        return data

    def blob(self, path: str, sha256: str) -> Path:
        """Where a target's file lies, under its hash."""
        folder, _, name = path.rpartition("/")
        return self.public / "targets" / folder / f"{sha256}.{name}"

    def _delegator(self, name: str) -> "Metadata[Any]":
        return self.role(places.RECORDS) if name.startswith(f"{places.BINS}-") else self.targets

    def _top(self, name: str, found: "Metadata[Any]") -> None:
        """Verify what root answers for. Where a change of keys was cut off, the root before it still counts here."""
        try:
            self._verified(self.root, name, found)
        except IndexUntrusted:
            version = self.root.signed.version - 1
            if not (self.public / "metadata" / f"{version}.root.json").exists():
                raise
            before: Metadata[Root] = self._read(f"{version}.root.json")
            self._verified(before, "root", self.root)
            self._verified(before, name, found)
            self.behind.add(name)

    @staticmethod
    def _verified(delegator: "Metadata[Any]", name: str, found: "Metadata[Any]") -> None:
        from tuf.api.exceptions import RepositoryError

        try:
            delegator.signed.verify_delegate(name, found.signed_bytes, found.signatures)
        except (RepositoryError, ValueError) as error:
            raise IndexUntrusted(f"the role {name!r} on disk is not signed as it has to be") from error

    def _newest_root(self) -> "Metadata[Root]":
        folder = self.public / "metadata"
        try:
            names = os.listdir(folder)
        except OSError:
            raise IndexRefused(f"there is no index in {self.public}", hint="`ringfence index init` makes one") from None
        versions = [
            int(n.partition(".")[0]) for n in names if n.endswith(".root.json") and n.partition(".")[0].isdigit()
        ]
        if not versions:
            raise IndexRefused(f"there is no index in {self.public}", hint="`ringfence index init` makes one")
        root: Metadata[Root] = self._read(f"{max(versions)}.root.json")
        self._verified(root, "root", root)
        return root

    def _read(self, name: str) -> "Metadata[Any]":
        from tuf.api.metadata import Metadata
        from tuf.api.serialization import DeserializationError

        try:
            return Metadata.from_bytes(files.read(self.public / "metadata" / name, MAX_METADATA))
        except (OSError, DeserializationError) as error:
            raise IndexUntrusted(f"{self.public / 'metadata' / name} cannot be read") from error

    def _stamp(self) -> tuple[int, int, int]:
        try:
            found = os.stat(self.public / "metadata" / "timestamp.json")
        except OSError:
            return (0, 0, 0)
        return (found.st_ino, found.st_mtime_ns, found.st_size)


class Change:
    """What is to be different in the next state. Nothing is written before `commit`, but files by their hash."""

    def __init__(self, repository: Repository, keyring: Keyring, now: datetime) -> None:
        self.repository = repository
        self.now = now
        self._keyring = keyring
        self._dirty: dict[str, Metadata[Any]] = {}
        self._foreign: dict[str, tuple[Metadata[Targets], bytes]] = {}
        #: Done when everything is signed, before anything else is written.
        self.first: Callable[[], None] = lambda: None

    def put(self, path: str, data: "bytes | Path") -> str:
        """Set a target; returns its SHA-256 (hex)."""
        from tuf.api.metadata import TargetFile

        sha256, length = self.store(path, data)
        self.edit(self.repository.responsible(path)).targets[path] = TargetFile(length, {"sha256": sha256}, path)
        return sha256

    def store(self, path: str, data: "bytes | Path") -> tuple[str, int]:
        """Write a target's file, without naming it in any role; its SHA-256 (hex) and length."""
        sha256, length = _digest(data)
        place = self.repository.blob(path, sha256)
        if not (place.exists() and place.stat().st_size == length and _digest(place)[0] == sha256):
            if isinstance(data, bytes):
                files.write(place, data)
            else:
                _copy(data, place)
        return sha256, length

    def remove(self, path: str) -> None:
        """Take a target out of its role; its file stays for those who still see an older state."""
        self.edit(self.repository.responsible(path)).targets.pop(path, None)

    def edit(self, role: str) -> "Targets":
        """A role's metadata to be changed; it will be signed anew."""
        if role not in self._dirty:
            self._dirty[role] = _copied(self.repository.role(role))
        found: Targets = self._dirty[role].signed
        return found

    def add(self, role: str, metadata: "Metadata[Targets]") -> None:
        """A role of the index's own that was not there before."""
        self._dirty[role] = metadata

    def take(self, role: str, metadata: "Metadata[Targets]", data: bytes) -> None:
        """A role that its publisher has signed; it was verified, and its bytes stay as they are."""
        self._foreign[role] = (metadata, data)

    def commit(self) -> None:
        """Sign and write; the last step is the one that counts. Raises KeyUnavailable, and has then changed nothing."""
        from tuf.api.metadata import MetaFile

        repository = self.repository
        snapshot = _copied(repository.snapshot)
        timestamp = _copied(repository.timestamp)
        written: dict[str, bytes] = {}
        for name in sorted(self._dirty, key=_order):
            metadata = self._dirty[name]
            known = repository.snapshot.signed.meta.get(f"{name}.json")
            self._settle(metadata, (known.version if known else 0) + 1, _kind(name))
            holder = places.TARGETS if name == places.TARGETS else places.RECORDS
            self._keyring.sign(metadata, holder, self._role(name), f"the role {name}")
            written[name] = metadata.to_bytes()
        for name, (_, data) in self._foreign.items():
            written[name] = data
        documents = {**self._dirty, **{name: metadata for name, (metadata, _) in self._foreign.items()}}
        for name, metadata in documents.items():
            snapshot.signed.meta[f"{name}.json"] = MetaFile(version=metadata.signed.version)
        self._settle(snapshot, snapshot.signed.version + 1, "snapshot")
        self._keyring.sign(snapshot, "snapshot", repository.root.signed.roles["snapshot"], "the snapshot")
        timestamp.signed.snapshot_meta = MetaFile(version=snapshot.signed.version)
        self._settle(timestamp, timestamp.signed.version + 1, "timestamp")
        self._keyring.sign(timestamp, "timestamp", repository.root.signed.roles["timestamp"], "the timestamp")
        self.first()
        folder = repository.public / "metadata"
        for name, data in written.items():
            files.write(folder / f"{documents[name].signed.version}.{name}.json", data)
        files.write(folder / f"{snapshot.signed.version}.snapshot.json", snapshot.to_bytes())
        files.write(folder / "timestamp.json", timestamp.to_bytes())
        repository.snapshot, repository.timestamp = snapshot, timestamp
        repository._roles.update(documents)
        repository.behind -= {*documents, "snapshot", "timestamp"}
        repository._seen = repository._stamp()

    def _role(self, name: str) -> "Role":
        if name == places.TARGETS:
            return self.repository.root.signed.roles[places.TARGETS]
        above = places.RECORDS if name.startswith(f"{places.BINS}-") else places.TARGETS
        parent = self._dirty.get(above) or self.repository.role(above)
        return parent.signed.get_delegated_role(name)

    def _settle(self, metadata: "Metadata[Any]", version: int, kind: str) -> None:
        metadata.signed.version = version
        metadata.signed.expires = self.now + timedelta(days=EXPIRY[kind])


@contextlib.contextmanager
def change(repository: Repository, keyring: Keyring, *, now: datetime | None = None) -> Iterator[Change]:
    """A change under the index's lock; the caller commits. A failed one leaves the state as it was."""
    with files.locked(repository.public / ".lock", f"the index in {repository.public}"):
        repository.refresh()
        try:
            yield Change(repository, keyring, now or utc_now())
        except BaseException:
            repository.reload()
            raise


def utc_now() -> datetime:
    """Now, to the second, as TUF writes times."""
    return datetime.now(UTC).replace(microsecond=0)


def _order(name: str) -> tuple[int, str]:
    """Delegators before those they delegate to."""
    return (0 if name == places.TARGETS else 1 if name == places.RECORDS else 2, name)


def _kind(name: str) -> str:
    if name == places.TARGETS:
        return places.TARGETS
    return "publisher" if places.publisher_of(name) is not None else places.RECORDS


def _copied(metadata: "Metadata[Any]") -> "Metadata[Any]":
    """A copy to be changed, much quicker than `deepcopy`; targets themselves are never changed in place."""
    import copy

    whole = copy.copy(metadata)
    whole.signatures = dict(metadata.signatures)
    whole.signed = copy.copy(metadata.signed)
    for name in ("targets", "meta"):
        if (held := getattr(whole.signed, name, None)) is not None:
            setattr(whole.signed, name, dict(held))
    if getattr(whole.signed, "delegations", None) is not None:
        whole.signed.delegations = copy.deepcopy(whole.signed.delegations)
    return whole


def _digest(data: "bytes | Path") -> tuple[str, int]:
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest(), len(data)
    return files.sha256(data), data.stat().st_size


def _copy(source: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = place.with_name(f".{place.name[:60]}.{os.getpid()}.tmp")
    try:
        with open(source, "rb") as old, open(temporary, "wb") as new:
            shutil.copyfileobj(old, new, 1 << 20)
            new.flush()
            os.fsync(new.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, place)
    finally:
        temporary.unlink(missing_ok=True)
    files.sync(place.parent)
