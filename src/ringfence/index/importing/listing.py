"""`.claude-plugin/marketplace.json` (SchemaStore, April 2026, and `archive`): what it lists, one entry at a time.

An entry with a fault is an entry with a fault: it never hides the others, and is never left out.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from ringfence.dataclasses import dataclass, field
from ringfence.errors import UsageError
from ringfence.strictjson import JsonLimits, StrictJsonError, loads

FILE = ".claude-plugin/marketplace.json"
MAX_PLUGINS = 2000
_LIMITS = JsonLimits(max_bytes=8 << 20, max_depth=32, max_items=200_000)
_NAME = re.compile(r"[a-z][a-z0-9-]{0,62}")
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}")
_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,200}")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHA256 = re.compile(r"(?:sha256:)?([0-9a-f]{64})")
#: What of an entry belongs into the plugin's own manifest where it has none.
MANIFEST_KEYS = (
    "name", "version", "description", "author", "homepage", "repository", "license", "keywords", "dependencies",
)  # fmt: skip
#: What an agent runs or reads.
COMPONENTS = (
    "commands", "agents", "skills", "hooks", "mcpServers", "lspServers", "outputStyles", "monitors", "settings",
    "channels", "userConfig",
)  # fmt: skip


class Kind(StrEnum):
    """How a source is had."""

    PATH = "path"
    GIT = "git"
    ARCHIVE = "archive"
    NPM = "npm"


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """`at` is a path, an address, or a package; `folder` one within a repository; a digest is HEX."""

    kind: Kind
    at: str
    folder: str = ""
    ref: str = ""
    commit: str = ""
    sha256: str = ""
    version: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One plugin. `source` is None where `fault` says why; `said` is the entry as it stands."""

    name: str
    source: Source | None
    fault: str = ""
    said: Mapping[str, object] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """A text of the entry; empty where it has none."""
        value = self.said.get(key)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A marketplace."""

    name: str
    entries: tuple[Entry, ...]


def read(data: bytes) -> Listing:
    """What a marketplace lists. Raises UsageError where it is none at all."""
    try:
        found = loads(data, limits=_LIMITS)
    except StrictJsonError as error:
        raise UsageError(f"{FILE}: {error.message}") from None
    plugins = found.get("plugins") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(plugins, list) or not isinstance(found.get("name"), str):
        raise UsageError(f"{FILE} is no marketplace: it needs a name and a list of plugins")
    if len(plugins) > MAX_PLUGINS:
        raise UsageError(f"{FILE} lists more than {MAX_PLUGINS} plugins")
    metadata = found.get("metadata")
    root = metadata.get("pluginRoot") if isinstance(metadata, dict) else ""
    entries = [_entry(each, root if isinstance(root, str) else "", number) for number, each in enumerate(plugins, 1)]
    twice = {each.name for each in entries if [other.name for other in entries].count(each.name) > 1}
    return Listing(
        name=found["name"][:200],
        entries=tuple(
            Entry(name=each.name, source=None, fault="the marketplace lists it twice", said=each.said)
            if each.name in twice
            else each
            for each in entries
        ),
    )


def _entry(said: object, root: str, number: int) -> Entry:
    if not isinstance(said, dict) or not isinstance(said.get("name"), str):
        return Entry(name=f"entry {number}", source=None, fault="it has no name")
    name = said["name"][:200]
    if not _NAME.fullmatch(name):
        fault = "its name is none of an index: a lower-case letter, then letters, digits and '-'"
        return Entry(name=name, source=None, fault=fault, said=said)
    try:
        return Entry(name=name, source=_source(said.get("source"), root), said=said)
    except ValueError as error:
        return Entry(name=name, source=None, fault=str(error), said=said)


def _source(said: object, root: str) -> Source:
    """Raises ValueError with a sentence."""
    if isinstance(said, str):
        path = said if said.startswith("./") or not root else f"{root.rstrip('/')}/{said}"
        return Source(kind=Kind.PATH, at=_inside(path))
    if not isinstance(said, dict):
        raise ValueError("it has no source")
    kind = said.get("source")
    text = {key: value for key, value in said.items() if isinstance(value, str)}
    if kind == "github":
        if not _REPOSITORY.fullmatch(text.get("repo", "")):
            raise ValueError("its source names no repository of GitHub")
        return _git(f"https://github.com/{text['repo']}.git", text)
    if kind in ("url", "git-subdir"):
        return _git(_address(text.get("url", "")), text, folder=_inside(text.get("path", ".")))
    if kind == "archive":
        digest = _SHA256.fullmatch(text.get("sha256", ""))
        if digest is None:
            raise ValueError("its archive is not pinned: the source has no sha256")
        return Source(kind=Kind.ARCHIVE, at=_address(text.get("url", "")), sha256=digest[1])
    if kind == "npm":
        return Source(kind=Kind.NPM, at=text.get("package", "")[:214], version=text.get("version", "")[:100])
    if kind == "command":
        raise ValueError("its source is a command to run, which is never run")
    raise ValueError(f"its source is of a kind that is not known: {str(kind)[:40]!r}")


def _git(url: str, text: Mapping[str, str], *, folder: str = "") -> Source:
    ref, commit = text.get("ref", ""), text.get("sha", "")
    if (ref and (not _REF.fullmatch(ref) or ".." in ref)) or (commit and not _COMMIT.fullmatch(commit)):
        raise ValueError("its source names no branch, tag or commit")
    return Source(kind=Kind.GIT, at=url, folder=folder, ref=ref, commit=commit)


def _address(url: str) -> str:
    from ringfence.index.fetch import check_url

    try:
        check_url(url)
    except UsageError as error:
        raise ValueError(f"its source cannot be fetched from: {error.message}") from None
    if url.startswith("file:"):
        raise ValueError("its source is a file of whoever installs it, not of the marketplace")
    return url


def _inside(path: str) -> str:
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if path.startswith("/") or ".." in parts or "\\" in path or not path.isprintable():
        raise ValueError("its source leads out of the marketplace")
    return "/".join(parts)
