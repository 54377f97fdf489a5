"""One plugin of a marketplace after the other: fetched, made whole, vetted, and taken into an index if there is one."""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.dataclasses import dataclass
from ringfence.errors import IndexRefused, IndexUnreachable, InvalidPlugin, RingfenceError
from ringfence.index.importing.listing import COMPONENTS, FILE, MANIFEST_KEYS, Entry, Listing
from ringfence.index.importing.sources import Means, fetch
from ringfence.plugins.wrapped import Origin, wrap

if TYPE_CHECKING:
    from ringfence.vetting.report import Report

_PLUGIN = ".claude-plugin/plugin.json"
_MAX_MANIFEST = 1 << 20
#: Vets a folder.
Vet = Callable[[Path], "Report"]
#: Takes a wrapped plugin into an index: (what came of it, in words; the digest of its archive).
Take = Callable[[Path], tuple[str, str]]


class State(StrEnum):
    """What came of a plugin."""

    PASSES = "passes"
    WARNS = "warns"
    TAKEN = "taken"
    BLOCKED = "blocked"
    REFUSED = "refused"
    UNFETCHED = "not fetched"


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """`said` says why, or what was taken; `source` is what pins the files that were vetted."""

    name: str
    state: State
    said: tuple[str, ...] = ()
    source: Mapping[str, str]
    version: str = ""
    archive: str = ""
    unexamined: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """How releases are called: a prefix before each name, and the version of those that say none."""

    prefix: str = ""
    unversioned: str = ""


def everything(listing: Listing, means: Means, vet: Vet, naming: Naming, take: Take | None = None) -> Iterator[Brought]:
    """Every plugin that is listed, and before them the list itself."""
    yield _listing(means.root, vet)
    for entry in listing.entries:
        yield _one(listing, entry, means, vet, naming, take)


def _listing(root: Path, vet: Vet) -> Brought:
    """What the marketplace itself tells an agent or has it run."""
    with tempfile.TemporaryDirectory(prefix="ringfence-import-") as scratch:
        folder = Path(scratch, "marketplace")
        (folder / ".claude-plugin").mkdir(parents=True)
        (folder / FILE).write_bytes((root / FILE).read_bytes())
        return _judged(FILE, vet(folder), {"kind": "path", "path": FILE})


def _one(listing: Listing, entry: Entry, means: Means, vet: Vet, naming: Naming, take: Take | None) -> Brought:
    if entry.source is None:
        return Brought(name=entry.name, state=State.REFUSED, said=(entry.fault,), source={})
    source: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="ringfence-import-") as scratch:
        folder = Path(scratch, entry.name)
        Path(scratch).chmod(0o755)  # cells, which have a user of their own, read it
        try:
            source = fetch(entry.source, means, folder, Path(scratch))
            manifest = completed(entry, folder)
            judged = _judged(entry.name, vet(folder), source)
            if take is None or judged.state is State.BLOCKED:
                return judged
            origin = _origin(listing, entry, manifest, source, naming)
            wrap(folder, origin)
            said, archive = take(folder)
        except IndexUnreachable as error:
            return _failed(entry, State.UNFETCHED, error, source)
        except RingfenceError as error:
            return _failed(entry, State.REFUSED, error, source)
    return Brought(
        name=entry.name, state=State.TAKEN, said=(said, *judged.said), source=source, version=origin.version,
        archive=archive,
    )  # fmt: skip


def _failed(entry: Entry, state: State, error: RingfenceError, source: Mapping[str, str]) -> Brought:
    said = (error.message, *([error.hint] if error.hint else ()))
    return Brought(name=entry.name, state=state, said=said, source=source)


def _judged(name: str, report: "Report", source: Mapping[str, str]) -> Brought:
    from ringfence.vetting.report import Verdict

    states = {Verdict.PASS: State.PASSES, Verdict.WARN: State.WARNS, Verdict.BLOCK: State.BLOCKED}
    said = [f"not examined: {each}" for each in report.unexamined]
    for each in sorted(report.findings, key=lambda each: each.verdict is not Verdict.BLOCK):
        if each.verdict is not Verdict.PASS:
            place = f"{each.path}:{each.line}" if each.line else each.path
            said.append(f"{each.verdict}: {place}: {each.message} [{each.rule}]")
    return Brought(
        name=name, state=states[report.verdict], said=tuple(said), source=source, unexamined=bool(report.unexamined)
    )  # fmt: skip


def completed(entry: Entry, folder: Path) -> Mapping[str, object]:
    """The plugin's manifest: its own, or that which the marketplace's entry is for it, then written beside its files.

    What the entry adds to a manifest would run without standing in any release: that is refused.
    """
    from ringfence.plugins.files import read_member
    from ringfence.strictjson import StrictJsonError, loads

    added = {key: entry.said[key] for key in COMPONENTS if key in entry.said}
    if not (folder / _PLUGIN).exists():
        made = {key: entry.said[key] for key in MANIFEST_KEYS if key in entry.said} | added
        (folder / _PLUGIN).parent.mkdir(exist_ok=True)
        (folder / _PLUGIN).write_text(json.dumps(made, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
        return made
    try:
        own = loads(read_member(folder, _PLUGIN, _MAX_MANIFEST))
    except StrictJsonError as error:
        raise InvalidPlugin(f"{_PLUGIN}: {error.message}") from None
    if not isinstance(own, dict):
        raise InvalidPlugin(f"{_PLUGIN} is no object")
    strange = sorted(key for key, value in added.items() if own.get(key) != value)
    if strange:
        raise IndexRefused(
            f"the marketplace adds {', '.join(strange)} to what the plugin itself says",
            hint=f"what an agent runs has to stand in the plugin's own {_PLUGIN}",
        )
    return own


def _origin(
    listing: Listing, entry: Entry, manifest: Mapping[str, object], source: Mapping[str, str], naming: Naming
) -> Origin:
    def text(key: str) -> str:
        value = manifest.get(key)
        return value if isinstance(value, str) else entry.text(key)

    return Origin(
        name=f"{naming.prefix}{entry.name}",
        version=_version(text("version") or naming.unversioned),
        description=" ".join("".join(c if c.isprintable() else " " for c in text("description")).split())[:500],
        license=_licence(text("license")),
        marketplace=listing.name,
        source=source,
    )


def _version(said: str) -> str:
    """As an index writes versions (PEP 440); those of Semantic Versioning have such a form."""
    from packaging.version import InvalidVersion, Version

    if not said:
        raise IndexRefused("it says no version", hint="--unversioned VERSION gives it one")
    try:
        found = Version(said)
    except InvalidVersion:
        raise IndexRefused(f"{said[:60]!r} is no version of an index (PEP 440)") from None
    return found.public


def _licence(said: str) -> str:
    """The licence where it is an SPDX expression; what is none is no licence that a machine can know."""
    from ringfence.plugins.spdx import is_expression

    return said if said and len(said) <= 200 and is_expression(said) else ""


def already(known: str, tree: str, what: str) -> str:
    """Whether a version that was taken before is the same; words for it. Raises IndexRefused where it is not."""
    if known == tree:
        return f"{what} was taken before, and is the same"
    raise IndexRefused(
        f"{what} was taken before, and its files have changed since under the same version",
        hint="a release never changes: look at what was changed, and why it was not said",
    )
