"""Whether a version is affected: OSV's evaluation of ranges, in the order of PEP 440."""

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from ringfence.advisories.entry import Entry, Range

if TYPE_CHECKING:
    from packaging.version import Version


class Verdict(StrEnum):
    """What an advisory means for a version; UNKNOWN where the two cannot be compared, which is never "unaffected"."""

    AFFECTED = "affected"
    UNAFFECTED = "unaffected"
    UNKNOWN = "unknown"


@lru_cache(maxsize=65536)
def parsed(text: str) -> "Version | None":
    """The version, None where it is none of PEP 440."""
    from packaging.version import InvalidVersion, Version

    try:
        return Version(text)
    except InvalidVersion:
        return None


def judge(version: str, entry: Entry) -> Verdict:
    """Whether this version is affected."""
    if version in entry.versions:
        return Verdict.AFFECTED
    found = parsed(version)
    if found is None:
        return Verdict.UNKNOWN
    public = parsed(found.public) or found if found.local else found
    if any(one in (found, public) for one in map(parsed, entry.versions)):
        return Verdict.AFFECTED
    verdicts = [_in_range(found, public, events) for events in entry.ranges]
    if Verdict.AFFECTED in verdicts:
        return Verdict.AFFECTED
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts or entry.opaque else Verdict.UNAFFECTED


def fixes(entry: Entry) -> list[str]:
    """The versions that fix it, as the ranges have them."""
    return [text for events in entry.ranges for kind, text in events if kind == "fixed"]


def _in_range(found: "Version", public: "Version", events: Range) -> Verdict:
    """A local part ("+cu118") counts only where the event has one: 1.0+cu118 is 1.0, as far as 1.0 is concerned."""
    ordered: list[tuple[Version, int, str]] = []
    limits: list[Version | None] = []
    affected = False
    for kind, text in events:
        if kind == "limit":
            limits.append(None if text == "*" else parsed(text))
            if text != "*" and limits[-1] is None:
                return Verdict.UNKNOWN
        elif kind == "introduced" and text == "0":
            affected = True
        elif (edge := parsed(text)) is None:
            return Verdict.UNKNOWN
        else:
            ordered.append((edge, kind == "introduced", kind))
    for edge, _, kind in sorted(ordered):
        mine = found if edge.local else public
        if mine > edge or (mine == edge and kind != "last_affected"):
            affected = kind == "introduced"
    if limits and not any(limit is None or (found if limit.local else public) < limit for limit in limits):
        affected = False
    return Verdict.AFFECTED if affected else Verdict.UNAFFECTED
