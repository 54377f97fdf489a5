"""What the page of a plugin shows, read from the index and verified as a client verifies it.

One bad file never keeps the other pages from being made: what does not verify or cannot be read is a sentence on its
own page, and never shown as if it were true.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from ringfence.advisories import own
from ringfence.advisories.match import Match
from ringfence.dataclasses import dataclass
from ringfence.errors import BadStatement, IndexRefused, IndexUntrusted
from ringfence.index import places, records, trusted
from ringfence.index.advised import VEX
from ringfence.index.policy import Policy
from ringfence.index.reading import Reading
from ringfence.index.record import Record, Version
from ringfence.index.repository import Repository
from ringfence.index.site.advisories import Advisory, about
from ringfence.plugins.names import is_plugin
from ringfence.signing import statements

if TYPE_CHECKING:
    from securesystemslib.signer import Key

#: Versions that are shown with their evidence; older ones stand in the table alone.
DETAILED = 5
#: Findings, components and unexamined things that a page shows of one release.
SHOWN = 200
_MAX_SBOM = 8 << 20

Finding = Mapping[str, object]
_Shown = TypeVar("_Shown")


@dataclass(frozen=True, kw_only=True, slots=True)
class Vetting:
    """The verdict, every finding by step, and what could not be examined."""

    verdict: str
    findings: tuple[Finding, ...]
    unexamined: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """A reviewer's word. `holds` says whether it counts by the policy of today."""

    reviewer: str
    decision: str
    reason: str
    time: str
    against: str
    checklist: Mapping[str, bool]
    holds: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Component:
    """A line of a bill of materials."""

    name: str
    version: str
    license: str
    digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """What the index states of a vulnerability in what a release stands on."""

    vulnerability: str
    state: str
    justification: str
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Detail:
    """The evidence on one release. `components` is None where it has no bill of materials."""

    version: str
    entry: Version
    vetting: Vetting | None
    reviews: tuple[Review, ...]
    components: tuple[Component, ...] | None
    stated: tuple[Stated, ...]
    troubles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """Everything about one plugin. `stable` and `candidate` are the newest of each channel, or empty.

    `covering` are the advisories against the version that is installed where none is named. `closed` says why none can
    be installed at all, or is empty.
    """

    record: Record
    stable: str
    candidate: str
    details: tuple[Detail, ...]
    advisories: tuple[Advisory, ...]
    covering: tuple[Match, ...]
    closed: str


class Judges:
    """Whose statements are believed, by the policy; their keys are read once for all pages."""

    def __init__(self, repository: Repository, policy: Policy) -> None:
        self._repository = repository
        self._policy = policy
        self._holding: dict[str, bool] = {}
        self._reviewers: dict[str, dict[str, Key]] = {}
        self.vetters = policy.vetters()

    def reviewers(self, publisher: str) -> "dict[str, Key]":
        """The keys of those who may review a release of this publisher."""
        if publisher not in self._reviewers:
            self._reviewers[publisher] = self._policy.reviewer_keys(publisher)
        return self._reviewers[publisher]

    def holds(self, role: str) -> bool:
        """Whether a publisher's role is signed by the keys that count today."""
        if role not in self._holding:
            try:
                self._repository.role(role)
                self._holding[role] = True
            except IndexUntrusted:
                self._holding[role] = False
        return self._holding[role]

    def closed(self, record: Record, version: str) -> str:
        """Why a release cannot be installed, whatever its standing; empty where it can."""
        if self._policy.owner(record.name) != record.publisher:
            return f"{record.publisher} publishes here no longer"
        try:
            role = self._repository.responsible(places.archive(record.name, version))
        except IndexRefused:
            return "nobody answers for its archive"
        return "" if self.holds(role) else f"{record.publisher} has other keys by now, and has signed nothing with them"


def facts(repository: Repository, judges: Judges, name: str, advisories: tuple[Advisory, ...]) -> Facts:
    """What there is on a plugin. Raises IndexUntrusted where its record itself does not verify."""
    if not is_plugin(name):
        raise IndexUntrusted(f"the catalogue holds {name[:80]!r}, which is no name of a plugin")
    record = records.need(repository, name)
    entry = records.entry(record)
    chosen = dict.fromkeys([each for each in (entry[places.STABLE], entry[places.CANDIDATE]) if each])
    chosen |= dict.fromkeys(record.sorted_versions()[:DETAILED])
    known = about(advisories, name)
    offered = entry[places.STABLE] or entry[places.CANDIDATE]
    return Facts(
        record=record,
        stable=entry[places.STABLE],
        candidate=entry[places.CANDIDATE],
        details=tuple(_detail(repository, judges, record, version) for version in chosen),
        advisories=tuple(known),
        covering=tuple(own.affecting(known, name, offered)) if known and offered else (),
        closed=judges.closed(record, offered) if offered else "no version of it is offered",
    )


def _detail(repository: Repository, judges: Judges, record: Record, version: str) -> Detail:
    troubles: list[str] = []
    entry = record.versions[version]

    def shown(what: str, read: Callable[[], _Shown]) -> _Shown | None:
        try:
            return read()
        except (BadStatement, IndexUntrusted, IndexRefused, OSError) as error:
            troubles.append(f"{what} is not shown: {getattr(error, 'message', error)}")
            return None

    vetting = shown("The vetting report", lambda: _vetting(repository, judges, record, version))
    components = shown("The bill of materials", lambda: _components(repository, record.name, version))
    stated = shown("What is stated of vulnerabilities", lambda: _stated(repository, record.name, version))
    reviews = [
        shown(f"The review by {reviewer}", partial(_review, repository, judges, record, version, reviewer))
        for reviewer in (*entry.approvals, *entry.rejections)
    ]
    return Detail(
        version=version,
        entry=entry,
        vetting=vetting,
        reviews=tuple(each for each in reviews if each is not None),
        components=components,
        stated=stated or (),
        troubles=tuple(troubles),
    )


def _vetting(repository: Repository, judges: Judges, record: Record, version: str) -> Vetting | None:
    data = repository.read_target(places.evidence(record.name, version, "vetting.json"))
    if data is None:
        return None
    what = f"the vetting report of {record.name} {version}"
    said = _about_archive(statements.opened(data, judges.vetters, kind=trusted.VETTING, what=what), record, version)
    report = Reading(said, what)
    steps = [Reading(each, what) for each in report.mappings("steps")]
    return Vetting(
        verdict=report.text("verdict", ""),
        findings=tuple(finding for step in steps for finding in step.mappings("findings")),
        unexamined=tuple(each for step in steps for each in step.texts("unexamined")),
    )


def _about_archive(said: statements.Statement, record: Record, version: str) -> Mapping[str, object]:
    """What a statement says, if it speaks of the very archive that the record names. Raises BadStatement."""
    archive = record.versions[version].archive.removeprefix("sha256:")
    if said.subjects.get(places.archive(record.name, version)) != archive:
        raise BadStatement("it is about another archive")
    return said.predicate


def _review(repository: Repository, judges: Judges, record: Record, version: str, reviewer: str) -> Review:
    keys = judges.reviewers(record.publisher)
    approved = reviewer in record.versions[version].approvals
    if reviewer not in keys:
        decision = trusted.APPROVE if approved else trusted.REJECT
        return Review(
            reviewer=reviewer, decision=decision, reason="", time="", against="", checklist={}, holds=False
        )  # fmt: skip
    data = repository.read_target(places.evidence(record.name, version, trusted.review_file(reviewer)))
    what = f"the review of {record.name} {version} by {reviewer}"
    opened = statements.opened(data or b"", [keys[reviewer]], kind=trusted.REVIEW, what=what)
    said = Reading(_about_archive(opened, record, version), what)
    return Review(
        reviewer=reviewer,
        decision=said.text("decision"),
        reason=said.text("reason", ""),
        time=said.text("time", ""),
        against=said.text("against", ""),
        checklist={item: bool(done) for item, done in said.mapping("checklist").items()},
        holds=True,
    )


def _components(repository: Repository, name: str, version: str) -> tuple[Component, ...] | None:
    path = places.sbom(name, version)
    place = repository.find(path)
    if place is None:
        return None
    if place.stat().st_size > _MAX_SBOM:
        raise IndexRefused(f"it is larger than {_MAX_SBOM} bytes")
    data = repository.read_target(path)
    return components(data or b"")


def components(data: bytes) -> tuple[Component, ...]:
    """The packages of a CycloneDX document, without the plugin's own files. Raises IndexUntrusted."""
    return tuple(
        Component(
            name=str(each.get("name", ""))[:200],
            version=str(each.get("version", ""))[:100],
            license=_license(each.get("licenses")),
            digest=_sha256(each.get("hashes")),
        )
        for each in Reading.of(data, "sbom.cdx.json").mappings("components")
        if each.get("type") != "file"
    )


def _stated(repository: Repository, name: str, version: str) -> tuple[Stated, ...]:
    data = repository.read_target(places.evidence(name, version, VEX))
    if data is None:
        return ()
    said = [Reading(each, VEX) for each in Reading.of(data, VEX).mappings("vulnerabilities")]
    found = [(each.text("id", ""), Reading(each.mapping("analysis"), VEX)) for each in said]
    return tuple(
        Stated(
            vulnerability=identifier,
            state=each.text("state", ""),
            justification=each.text("justification", ""),
            detail=each.text("detail", ""),
        )
        for identifier, each in found
    )


def _license(found: object) -> str:
    said = []
    for each in found if isinstance(found, list) else []:
        if not isinstance(each, dict):
            continue
        inner = each.get("license")
        named = (inner.get("id") or inner.get("name")) if isinstance(inner, dict) else each.get("expression")
        if isinstance(named, str):
            said.append(named[:100])
    return ", ".join(said[:10])


def _sha256(found: object) -> str:
    for each in found if isinstance(found, list) else []:
        if isinstance(each, dict) and each.get("alg") == "SHA-256":
            return str(each.get("content", ""))[:64]
    return ""
