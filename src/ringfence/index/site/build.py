"""Writes the site of an index: each page whole or not at all, and only those whose facts changed.

What a plugin's page was made from is known by the digests that the index signs, so that a page of which none changed
is neither read for nor written. `site.json` in the workspace holds what the pages were made from; without it, or where
a page is gone, pages are made anew. Same index, same bytes.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from ringfence.dataclasses import dataclass
from ringfence.index import advise, files, places, policy, records
from ringfence.index.record import Record, Status
from ringfence.index.repository import EXPIRY, Repository
from ringfence.index.site import acts, advisories, feed, lists, plugin, shell
from ringfence.index.site.facts import Judges, facts
from ringfence.index.site.settings import Settings
from ringfence.index.site.shell import Site
from ringfence.index.workspace import Workspace, fingerprint

STATE = "site.json"
_FORM = 1
#: Releases of a plugin that the feed may name.
_IN_FEED = 20
_PUBLISHER = places.publisher_role("")
_SECURITY = ".well-known/security.txt"


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What was done: pages there are, those written and removed. `security` says whether there is a security.txt."""

    folder: Path
    pages: int
    written: int
    removed: int
    security: bool


def build(space: Workspace, settings: Settings, *, everything: bool = False) -> Built:
    """Bring the site up to date; `everything` makes each page anew, and puts right what was changed on disk."""
    with files.locked(space.folder / ".site.lock", "the site of this index"):
        return _Build(space, settings, {} if everything else _read_state(space.folder / STATE)).run()


class _Build:
    """One run: what is known from the last, and what is written in this one."""

    def __init__(self, space: Workspace, settings: Settings, before: Mapping[str, object]) -> None:
        self._space = space
        self._repository = Repository(space.public)  # as it is on disk, with nothing that was believed before
        self._policy = policy.parse(self._repository.read_target(places.POLICY) or b"")
        self._judges = Judges(self._repository, self._policy)
        self._folder = space.public / "site"
        self._site = Site(name=space.name, fingerprint=fingerprint(space.public), settings=settings)
        self._advisories = tuple(advise.published(self._repository))
        reviewers = {name: dict(each.key) for name, each in self._policy.reviewers.items()}
        keys = json.dumps([reviewers, [dict(key) for key in self._policy.vetting_keys]], sort_keys=True)
        self._common = _digest(_form(), self._site.title, space.name, self._site.fingerprint, settings.url, keys)
        self._before_pages = _mapping(before.get("pages")) if before.get("form") == _FORM else {}
        self._before_plugins = _mapping(before.get("plugins")) if before.get("form") == _FORM else {}
        self._pages: dict[str, str] = {}
        self._plugins: dict[str, dict[str, object]] = {}
        self._written = 0

    def run(self) -> Built:
        """All of it; what was made from what is written last."""
        security = self._security_txt()
        self._lists_and_plugins(security)
        gone = [path for path in self._before_pages if path not in self._pages and _is_ours(path)]
        for path in gone:
            (self._folder / path).unlink(missing_ok=True)
        if self._written or gone:
            os.sync()
        state = {"form": _FORM, "pages": self._pages, "plugins": self._plugins}
        files.write(self._space.folder / STATE, json.dumps(state, sort_keys=True, separators=(",", ":")).encode())
        return Built(
            folder=self._folder,
            pages=len(self._pages),
            written=self._written,
            removed=len(gone),
            security=bool(security),
        )

    def _lists_and_plugins(self, security: str) -> None:
        hashes = _hashes(self._repository)
        items: list[feed.Item] = feed.advisories(self._advisories)
        rows: list[lists.Row] = []
        for name in sorted(records.catalogue(self._repository)):
            known = self._plugin(name, hashes.get(name, {}))
            row = tuple(str(each) for each in known["row"])  # type: ignore[attr-defined]
            rows.append(row)  # type: ignore[arg-type]
            items += feed.releases(name, row[2], row[1], known["releases"])  # type: ignore[arg-type]
        pages = lists.home(self._site, rows) | lists.publishers(self._site, self._policy, rows)
        pages |= shell.assets()
        pages["search.json"] = lists.search(rows)
        pages["acts.html"] = acts.render(self._site, acts.acts(self._space.public))
        pages["feed.xml"] = feed.render(self._site, items)
        outside = self._space.public / _SECURITY
        if security:
            pages[_SECURITY] = security
            if not outside.exists() or outside.read_text(encoding="utf-8") != security:
                files.write(outside, security.encode())
        elif _SECURITY in self._before_pages:
            outside.unlink(missing_ok=True)
        for path, said in pages.items():
            self._put(path, said)

    def _security_txt(self) -> str:
        """It holds as long as the signature of the top-level targets, so that its bytes do not change by themselves."""
        from ringfence.advisories.securitytxt import security_txt

        settings = self._site.settings
        if not settings.contacts:
            return ""
        expires = self._repository.targets.signed.expires
        canonical = f"{settings.url}{_SECURITY}" if settings.url.startswith("https://") else ""
        return security_txt(
            settings.contacts,
            expires,
            now=expires - timedelta(days=EXPIRY["targets"]),
            canonical=canonical,
            languages=settings.languages,
            **settings.security,
        )

    def _plugin(self, name: str, hashes: Mapping[str, str]) -> dict[str, object]:
        """What is kept of a plugin; its page is made where anything that it shows has changed."""
        path = plugin.path(name)
        key = self._key(name, hashes)
        known: dict[str, object] | None = self._before_plugins.get(name)  # type: ignore[assignment]
        if isinstance(known, dict) and known.get("key") == key and path in self._before_pages and self._is_there(path):
            self._pages[path] = str(self._before_pages[path])
        else:
            found = facts(self._repository, self._judges, name, self._advisories)
            self._put(path, plugin.render(self._site, found), always=True)
            row = _row(found.record, found.stable, found.candidate)
            known = {"key": key, "row": row, "releases": _told(found.record)}
        self._plugins[name] = known
        return known

    def _key(self, name: str, hashes: Mapping[str, str]) -> str:
        about = json.dumps(advisories.about(self._advisories, name), sort_keys=True)
        roles = {signed.partition(" ")[0] for signed in hashes if signed.startswith(_PUBLISHER)}
        owner = json.dumps([self._policy.owner(name), sorted((role, self._judges.holds(role)) for role in roles)])
        return _digest(self._common, about, owner, json.dumps(sorted(hashes.items())))

    def _put(self, path: str, said: str, *, always: bool = False) -> None:
        """Write a page, unless it is there as it has to be; `always` looks at what is there, not at what was kept."""
        data = said.encode()
        digest = hashlib.sha256(data).hexdigest()
        self._pages[path] = digest
        known = self._before_pages.get(path) == digest and not always
        if self._is_there(path) and (known or (self._folder / path).read_bytes() == data):
            return
        _replace(self._folder / path, data)
        self._written += 1

    def _is_there(self, path: str) -> bool:
        return os.path.isfile(self._folder / path)


def _row(record: Record, stable: str, candidate: str) -> list[str]:
    newest = record.versions[stable or candidate or record.sorted_versions()[0]]
    standing = "reviewed" if stable else "not reviewed" if candidate else "yanked"
    if standing == "yanked" and all(each.status is Status.QUARANTINED for each in record.versions.values()):
        standing = "quarantined"
    return [record.name, record.summary, record.publisher, stable, candidate, newest.published, standing]


def _told(record: Record) -> list[list[str]]:
    """What the feed can say of a plugin's newest releases."""
    newest = sorted(record.versions.items(), key=lambda each: (each[1].published, each[0]), reverse=True)
    return [[version, each.published, each.status.value, each.reason] for version, each in newest[:_IN_FEED]]


def _hashes(repository: Repository) -> dict[str, dict[str, str]]:
    """The digest of every file that the index signs about a plugin, by the plugin's name."""
    found: dict[str, dict[str, str]] = {}
    for role, path, sha256 in _targets(repository):
        kind, _, rest = path.partition("/")
        if kind == "records":
            found.setdefault(rest.removesuffix(".json"), {})[path] = sha256
        elif kind in ("evidence", "releases"):
            found.setdefault(rest.partition("/")[0], {})[f"{role} {path}"] = sha256
    return found


def _targets(repository: Repository) -> Iterator[tuple[str, str, str]]:
    """(role, path, digest) of what is signed by everybody who still has a say."""
    for file in repository.snapshot.signed.meta:
        role = file.removesuffix(".json")
        if role == places.TARGETS or not repository.counts(role):
            continue
        # A publisher's keys may be others by now than those of their last release.
        found = repository.last(role) if places.publisher_of(role) else repository.role(role)
        for path, target in found.signed.targets.items():
            yield role, path, target.hashes["sha256"]


def _form() -> str:
    """What pages are made by: another version of this code makes every page anew."""
    from importlib import resources

    here = resources.files(__package__)
    whole = hashlib.sha256()
    for each in sorted(here.iterdir(), key=lambda place: place.name):
        if each.name.endswith((".py", ".css", ".js")):
            whole.update(each.name.encode() + b"\0" + each.read_bytes())
    return whole.hexdigest()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _replace(path: Path, data: bytes) -> None:
    """Put a whole file in place at once; made durable together with all others of the run."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _read_state(path: Path) -> Mapping[str, object]:
    """What the last run left; empty where it is not there or cannot be read, and every page is then made anew."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return _mapping(found)


def _mapping(found: object) -> Mapping[str, object]:
    return found if isinstance(found, dict) else {}


def _is_ours(path: str) -> bool:
    """Whether a path of the state is one that a build writes: never one that leads out of the site."""
    return not path.startswith("/") and ".." not in path.split("/")
