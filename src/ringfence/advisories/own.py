"""The advisories that an index writes about its own plugins: OSV schema 1.7, `RFSA-YEAR-NUMBER`, one record a file.

Scores are computed from the vectors by `cvss`, never typed in. `faults` is held against every record before it is
written or published; it is stricter than the schema: no unknown field, versions of PEP 440, events in order.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from ringfence.advisories import osv, ratings
from ringfence.advisories.entry import BadAdvisory, Entry
from ringfence.advisories.match import Match, matches
from ringfence.advisories.ranges import parsed
from ringfence.dataclasses import dataclass
from ringfence.errors import UsageError
from ringfence.plugins.names import is_plugin

SCHEMA = "1.7.4"
ECOSYSTEM = "Ringfence"
PREFIX = "RFSA"
REFERENCES = (
    "ADVISORY",
    "ARTICLE",
    "DETECTION",
    "DISCUSSION",
    "REPORT",
    "FIX",
    "INTRODUCED",
    "PACKAGE",
    "EVIDENCE",
    "WEB",
)
_ID = re.compile(r"RFSA-(\d{4})-(\d{4,6})")
_FIELDS = frozenset(
    "schema_version id modified published withdrawn aliases upstream related summary details severity affected "
    "references credits database_specific".split()
)

Record = dict[str, object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What a person says of a weakness. Of `fixed` and `last_affected` at most one is given; `vectors` are CVSS."""

    plugin: str
    summary: str
    details: str
    introduced: str
    fixed: str
    last_affected: str
    vectors: tuple[str, ...]
    aliases: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    credits: tuple[str, ...]


def new(draft: Draft, *, taken: Iterable[str], now: datetime) -> Record:
    """The record of a draft, under the next free identifier of this year. Raises UsageError with everything wrong."""
    if draft.fixed and draft.last_affected:
        raise UsageError("a range ends with a fixed version or with the last affected one, not with both")
    events = [{"introduced": draft.introduced or "0"}]
    if draft.fixed or draft.last_affected:
        events.append({"fixed": draft.fixed} if draft.fixed else {"last_affected": draft.last_affected})
    record: Record = {
        "schema_version": SCHEMA,
        "id": next_identifier(taken, now.year),
        "modified": _stamp(now),
        "published": _stamp(now),
        "summary": draft.summary,
        "details": draft.details,
        "affected": [
            {
                "package": {"ecosystem": ECOSYSTEM, "name": draft.plugin, "purl": f"pkg:generic/{draft.plugin}"},
                "ranges": [{"type": "ECOSYSTEM", "events": events}],
            }
        ],
        "references": [{"type": kind, "url": url} for kind, url in draft.references],
    }
    if draft.aliases:
        record["aliases"] = list(draft.aliases)
    if draft.credits:
        record["credits"] = [{"name": name} for name in draft.credits]
    if draft.vectors:
        record["severity"] = [{"type": kind_of(vector), "score": vector} for vector in draft.vectors]
        record["database_specific"] = {"cvss": scores(draft.vectors)}
    refuse_faults(record)
    return record


def withdrawn(record: Mapping[str, object], *, reason: str, now: datetime) -> Record:
    """The record taken back; why stands in the summary, as the schema asks."""
    if not reason.strip():
        raise UsageError("a withdrawal needs a reason")
    summary = f"Withdrawn: {reason.strip()}. {record.get('summary', '')}".strip()
    made = dict(record) | {"withdrawn": _stamp(now), "modified": _stamp(now), "summary": summary[:300]}
    refuse_faults(made)
    return made


def next_identifier(taken: Iterable[str], year: int) -> str:
    """`RFSA-2026-0001` and on; numbers of withdrawn records are not used again."""
    used = [int(found[2]) for one in taken if (found := _ID.fullmatch(one)) and int(found[1]) == year]
    return f"{PREFIX}-{year}-{max(used, default=0) + 1:04}"


def kind_of(vector: str) -> str:
    """OSV's name of a vector's kind. Raises UsageError for a vector that does not compute."""
    if ratings.score(vector) is None:
        raise UsageError(f"{vector[:80]!r} is no CVSS vector of 3.0, 3.1 or 4.0 that computes")
    return "CVSS_V4" if vector.startswith("CVSS:4") else "CVSS_V3"


def scores(vectors: Sequence[str]) -> list[dict[str, object]]:
    """version, base score and rating of each vector."""
    found = []
    for vector in vectors:
        rating, score = ratings.score(vector) or ("", 0.0)
        found.append({"version": vector[5:8], "score": score, "rating": rating})
    return found


def to_bytes(record: Mapping[str, object]) -> bytes:
    """As it stands in a file: the same record, the same bytes."""
    return json.dumps(record, indent=2, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def read(data: bytes) -> Record:
    """A record from a file. Raises UsageError with everything wrong."""
    try:
        record = osv.parse(data)
    except BadAdvisory as error:
        raise UsageError(f"not an advisory: {error}") from None
    if not isinstance(record, dict):
        raise UsageError("not an advisory: no object")
    refuse_faults(record)
    return record


def refuse_faults(record: Mapping[str, object]) -> None:
    """Raises UsageError that names everything wrong with a record."""
    if found := list(faults(record)):
        raise UsageError(f"the advisory is not in order: {'; '.join(found[:8])}")


def faults(record: Mapping[str, object]) -> Iterator[str]:
    """What is wrong with a record of ours."""
    for name in sorted(record.keys() - _FIELDS):
        yield f"unknown field {name[:40]!r}"
    if not _ID.fullmatch(str(record.get("id"))):
        yield f"the id is not {PREFIX}-YEAR-NUMBER"
    if not str(record.get("schema_version")).startswith("1.7."):
        yield "schema_version is not 1.7"
    summary = record.get("summary")
    if not isinstance(summary, str) or not summary.strip() or len(summary) > 300 or not summary.isprintable():
        yield "the summary is missing, longer than 300 characters, or more than one line"
    try:
        osv.entries(record, ecosystem=ECOSYSTEM)
    except BadAdvisory as error:
        yield str(error)
        return
    yield from _affected_faults(record)
    yield from _severity_faults(record.get("severity"))
    yield from _reference_faults(record.get("references"))


def _affected_faults(record: Mapping[str, object]) -> Iterator[str]:
    affected = record.get("affected")
    if not isinstance(affected, list) or not affected:
        yield "no plugin is affected"
        return
    for one in affected:
        package = one.get("package", {})
        if package.get("ecosystem") != ECOSYSTEM or not is_plugin(str(package.get("name"))):
            yield f"{str(package.get('name'))[:40]!r} is no plugin of the ecosystem {ECOSYSTEM}"
        for events in (each.get("events", []) for each in one.get("ranges") or ()):
            yield from _event_faults(events)


def _event_faults(events: Sequence[Mapping[str, str]]) -> Iterator[str]:
    kinds = {kind for event in events for kind in event}
    if {"fixed", "last_affected"} <= kinds:
        yield "a range has a fixed and a last affected version"
    order = []
    for event in events:
        for text in event.values():
            edge = parsed(text)
            if edge is None:
                yield f"{text[:40]!r} is no version (PEP 440)"
            order.append(edge)
    edges = [edge for edge in order if edge is not None]
    if edges != sorted(edges) or (len(edges) > 1 and edges[0] == edges[-1] and "last_affected" not in kinds):
        yield "a range ends before it begins"


def _severity_faults(severity: object) -> Iterator[str]:
    for one in severity if isinstance(severity, list) else ():
        vector = str(one.get("score")) if isinstance(one, dict) else ""
        try:
            if one.get("type") != kind_of(vector):
                yield f"{vector[:60]!r} is not of the kind that is named"
        except (UsageError, AttributeError):
            yield f"{vector[:60]!r} is no CVSS vector that computes"


def _reference_faults(references: object) -> Iterator[str]:
    for one in references if isinstance(references, list) else ():
        if not isinstance(one, dict) or one.get("type") not in REFERENCES:
            yield f"a reference is none of {', '.join(REFERENCES)}"
        elif not str(one.get("url")).startswith(("https://", "http://")) or not str(one.get("url")).isprintable():
            yield f"{str(one.get('url'))[:60]!r} is no address"


def affecting(records: Iterable[object], plugin: str, version: str) -> list[Match]:
    """The advisories that cover a version of a plugin; records that are not in order are skipped, not believed."""
    entries: list[Entry] = []
    for record in records:
        try:
            entries += [e for name, e in osv.entries(record, ecosystem=ECOSYSTEM).items() if name == plugin]
        except BadAdvisory:
            continue
    return matches(version, entries)


def _stamp(now: datetime) -> str:
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")
