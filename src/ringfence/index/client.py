"""The user's side of an index: fetches through TUF's client, and gives only what it verified.

STATE/indexes/NAME/source.json     where the index is, and which root is pinned
                   root.json       the pinned root: the one thing that is trusted from the start
                   metadata/       what was verified last: older metadata is refused from then on
"""

import contextlib
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.dataclasses import dataclass
from ringfence.errors import ConfigError, IndexUnreachable, IndexUntrusted, NotInIndex, UsageError
from ringfence.index import files, places, policy, record, records

if TYPE_CHECKING:
    from tuf.api.metadata import TargetFile
    from tuf.ngclient import Updater

    from ringfence.index.fetch import Fetcher
    from ringfence.index.policy import Policy
    from ringfence.index.record import Record

_NAME = re.compile(r"[a-z][a-z0-9.-]{0,62}")
_FINGERPRINT = re.compile(r"(?:([1-9][0-9]{0,5}):)?([0-9a-f]{64})")
_MAX_ROOT = 512_000
_MAX_ROLE = 5_000_000
_MAX_TARGET = 64 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """An index that the user added. `root` is the pinned root's fingerprint, VERSION:SHA256."""

    name: str
    url: str
    root: str


def sources(folder: Path) -> list[Source]:
    """The indexes that were added, by name."""
    found = []
    for each in sorted(folder.glob("*/source.json")):
        try:
            said = json.loads(each.read_bytes())
            found.append(Source(name=each.parent.name, url=str(said["url"]), root=str(said["root"])))
        except (OSError, ValueError, KeyError, TypeError):
            raise ConfigError("is damaged", file=str(each), hint=f"ringfence index remove {each.parent.name}") from None
    return found


def add(folder: Path, name: str, url: str, fingerprint: str | None) -> Source:
    """Add an index, pinned to a root. Without a fingerprint the first root that comes is trusted.

    Raises UsageError, IndexUnreachable, IndexUntrusted.
    """
    from ringfence.index.fetch import Fetcher, check_url

    if not _NAME.fullmatch(name):
        raise UsageError(f"{name[:60]!r} is no name for an index: lower-case letters, digits, '.' and '-'")
    match = _FINGERPRINT.fullmatch(fingerprint or "0" * 64)
    if match is None:
        raise UsageError("a fingerprint is 64 hexadecimal digits", hint="`ringfence index fingerprint` prints it")
    version = match[1] or "1"
    url = check_url(url)
    if (folder / name).exists():
        raise UsageError(f"there is an index {name!r} already", hint=f"ringfence index remove {name}")
    with contextlib.closing(Fetcher()) as fetcher, told(url):
        data = fetcher.download_bytes(f"{url}metadata/{version}.root.json", _MAX_ROOT)
    digest = hashlib.sha256(data).hexdigest()
    if fingerprint is not None and digest != match[2]:
        raise IndexUntrusted(
            f"the root of {url} is not the one that was named: it has the fingerprint {version}:{digest}",
            hint="ask the index's maintainers for its fingerprint by another way than the index itself",
        )
    source = Source(name=name, url=url, root=f"{version}:{digest}")
    staging = folder / f".{name}.new"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    try:
        files.write(staging / "root.json", data)
        files.write(staging / "source.json", json.dumps({"url": url, "root": source.root}).encode())
        with Client(source, staging) as client:
            client.refresh()
        staging.rename(folder / name)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return source


def remove(folder: Path, name: str) -> None:
    """Forget an index. What was installed from it stays."""
    if not (folder / name / "source.json").exists():
        raise UsageError(f"there is no index {name!r}")
    shutil.rmtree(folder / name)


class Client:
    """One index in use, by one process at a time; a context manager."""

    def __init__(self, source: Source, folder: Path, fetcher: "Fetcher | None" = None) -> None:
        self.source = source
        self._folder = folder
        self._fetcher = fetcher
        self._updater: Updater | None = None
        self._policy: Policy | None = None
        self._held = contextlib.ExitStack()

    def __enter__(self) -> "Client":
        self._held.enter_context(files.locked(self._folder / ".lock", f"the cache of the index {self.source.name}"))
        return self

    def __exit__(self, *_: object) -> None:
        if self._fetcher is not None:
            self._fetcher.close()
        self._held.close()

    def refresh(self) -> None:
        """Bring the metadata up to date, and verify it."""
        self._opened()

    def policy(self) -> "Policy":
        """Who may do what."""
        if self._policy is None:
            self._policy = policy.parse(self.read(places.POLICY))
        return self._policy

    def record(self, name: str) -> "Record":
        """Everything about a plugin. Raises NotInIndex."""
        if self.find(places.record(name)) is None:
            raise NotInIndex(f"there is no plugin {name!r} in the index {self.source.name}")
        return record.parse(self.read(places.record(name)), name)

    def catalogue(self) -> dict[str, dict[str, str]]:
        """Every plugin's entry."""
        return records.parse_catalogue(self.read(places.CATALOGUE)) if self.find(places.CATALOGUE) else {}

    def find(self, path: str) -> "TargetFile | None":
        """What the signed metadata says of a target; None where there is none."""
        with told(self.source.url):
            return self._opened().get_targetinfo(path)

    def read(self, path: str) -> bytes:
        """A target's bytes. Raises NotInIndex, IndexUntrusted, IndexUnreachable."""
        target = self.find(path)
        if target is None:
            raise NotInIndex(f"the index {self.source.name} has no {path}")
        return self.download(target).read_bytes()

    def download(self, target: "TargetFile") -> Path:
        """A target's file: from the cache if it is the very one, else fetched."""
        if target.length > _MAX_TARGET:
            raise IndexUntrusted(f"{target.path} is said to have {target.length} bytes: more than any file of an index")
        with told(self.source.url):
            updater = self._opened()
            return Path(updater.find_cached_target(target) or updater.download_target(target))

    def role_bytes(self, role: str, path: str) -> bytes | None:
        """The verified metadata of the role that answers for `path`; None where nothing was signed for it yet."""
        from tuf.api.exceptions import DownloadError, RepositoryError, UnsignedMetadataError

        try:
            with told(self.source.url):
                self._opened().get_targetinfo(path)
        except (IndexUntrusted, IndexUnreachable) as error:
            cause = error.__cause__
            if isinstance(cause, UnsignedMetadataError):
                return self._signed_before(role)
            if isinstance(cause, RepositoryError | DownloadError) and "not part of snapshot" in str(cause):
                return None
            raise
        place = self._folder / "metadata" / f"{role}.json"
        return place.read_bytes() if place.exists() else None

    def _signed_before(self, role: str) -> bytes | None:
        """A publisher's role that was signed with keys which no longer count, for its publisher to sign anew.

        Nothing vouches for it but the records: each archive that it names has to be the one that they name.
        """
        from ringfence.index.submission import parse_role

        with told(self.source.url):
            updater = self._opened()
            meta = updater._trusted_set.snapshot.meta.get(f"{role}.json")
            if meta is None or self._fetcher is None:
                return None
            data = self._fetcher.download_bytes(f"{self.source.url}metadata/{meta.version}.{role}.json", _MAX_ROLE)
        for path, target in parse_role(data).signed.targets.items():
            parsed = places.parse_release(path)
            if parsed is None or path != places.archive(*parsed[:2]):
                continue
            entry = self.record(parsed[0]).versions.get(parsed[1])
            if entry is None or entry.archive != f"sha256:{target.hashes.get('sha256')}":
                raise IndexUntrusted(f"the role {role} names a release that the index does not know: {path}")
        return data

    def proof(self, archive: str, paths: list[str]) -> dict[str, bytes]:
        """Everything that these targets were verified with, by the names of the files to keep it in."""
        roles: list[tuple[str, str]] = []
        by_target: dict[str, str] = {}
        kept: dict[str, bytes] = {}
        history = self._folder / "metadata" / "root_history"
        first = int(self.source.root.partition(":")[0])
        for version in range(first, first + 1000):
            if not (history / f"{version}.root.json").exists():
                break
            kept[f"root-{version}.json"] = (history / f"{version}.root.json").read_bytes()
        for path in (archive, *paths):
            target = self.find(path)
            if target is None:
                raise NotInIndex(f"the index {self.source.name} has no {path}")
            above = "root"
            for role in self._way_to(path):
                if (role, above) not in roles:
                    roles.append((role, above))
                    kept[f"role-{role}.json"] = (self._folder / "metadata" / f"{role}.json").read_bytes()
                above = role
            by_target[path] = above
            if path != archive:
                kept[hashlib.sha256(path.encode()).hexdigest()] = self.download(target).read_bytes()
        kept["proof.json"] = json.dumps({"root": self.source.root, "roles": roles, "targets": by_target}).encode()
        return kept

    def copy_metadata(self, target: Path) -> None:
        """Write the verified metadata as an index has it: every root, roles and snapshot by version, timestamp last."""
        from tuf.api.metadata import Metadata

        cache = self._folder / "metadata"
        for place in sorted((cache / "root_history").glob("*.root.json")):
            files.write(target / place.name, place.read_bytes())
        current = Metadata.from_bytes((cache / "snapshot.json").read_bytes()).signed
        for place in sorted(cache.glob("*.json")):
            role = place.name.removesuffix(".json")
            if role in ("root", "timestamp"):
                continue
            data = place.read_bytes()
            version = Metadata.from_bytes(data).signed.version
            meta = current.meta.get(f"{role}.json")  # type: ignore[attr-defined]
            if role == "snapshot" or (meta is not None and meta.version == version):
                files.write(target / f"{version}.{role}.json", data)
        files.write(target / "timestamp.json", (cache / "timestamp.json").read_bytes())

    def _way_to(self, path: str) -> list[str]:
        """The roles from the top-level targets down to the one that names a target, in the cache."""
        from tuf.api.metadata import Metadata

        way = [places.TARGETS]
        waiting = [way]
        while waiting:
            way = waiting.pop()
            place = self._folder / "metadata" / f"{way[-1]}.json"
            if not place.exists():
                continue
            signed = Metadata.from_bytes(place.read_bytes()).signed
            if path in signed.targets:  # type: ignore[attr-defined]
                return way
            if (below := signed.delegations) is not None:  # type: ignore[attr-defined]
                waiting += reversed([[*way, name] for name, _ in below.get_roles_for_target(path)])
        raise NotInIndex(f"no role in the cache names {path}")

    def _opened(self) -> "Updater":
        if self._updater is None:
            from tuf.ngclient import Updater

            from ringfence.index.fetch import Fetcher

            (self._folder / "metadata").mkdir(exist_ok=True)
            (self._folder / "targets").mkdir(exist_ok=True)
            with told(self.source.url):
                self._fetcher = self._fetcher or Fetcher()
                updater = Updater(
                    metadata_dir=str(self._folder / "metadata"),
                    metadata_base_url=f"{self.source.url}metadata/",
                    target_dir=str(self._folder / "targets"),
                    target_base_url=f"{self.source.url}targets/",
                    fetcher=self._fetcher,
                    bootstrap=(self._folder / "root.json").read_bytes(),
                )
                updater.refresh()
            self._updater = updater
        return self._updater


@contextlib.contextmanager
def told(url: str) -> Iterator[None]:
    """Turns TUF's errors into ours: one sentence each, and what kind of attack it would be."""
    from tuf.api import exceptions as tuf

    try:
        yield
    except tuf.SlowRetrievalError as error:
        raise IndexUnreachable(str(error) or f"{url} comes too slowly") from error
    except tuf.DownloadLengthMismatchError as error:
        raise IndexUntrusted(f"{url} sends more than was announced: endless data") from error
    except tuf.DownloadHTTPError as error:
        raise IndexUnreachable(str(error), hint="is this the address of an index?") from error
    except tuf.DownloadError as error:
        raise IndexUnreachable(str(error)) from error
    except tuf.ExpiredMetadataError as error:
        raise IndexUntrusted(
            f"the index at {url} is out of date: {error}",
            hint="its maintainers have not signed for too long, or somebody holds back what they signed (freeze)",
        ) from error
    except tuf.BadVersionNumberError as error:
        raise IndexUntrusted(
            f"the index at {url} shows something older than was seen before: {error}",
            hint="an old copy, or an attempt to bring back an old release (rollback)",
        ) from error
    except tuf.UnsignedMetadataError as error:
        raise IndexUntrusted(f"the index at {url} is not signed as it has to be: {error}") from error
    except tuf.LengthOrHashMismatchError as error:
        raise IndexUntrusted(f"a file of the index at {url} is not the one that was signed: {error}") from error
    except tuf.RepositoryError as error:
        raise IndexUntrusted(f"the index at {url} does not verify: {error}") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise IndexUnreachable(f"what comes from {url} cannot be kept here: {reason}") from error
