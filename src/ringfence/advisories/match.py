"""Holding a package against the advisories: which cover it, each vulnerability once, and which version fixes it."""

from collections.abc import Sequence

from ringfence.advisories.entry import RATINGS, Entry
from ringfence.advisories.ranges import Verdict, fixes, judge, parsed
from ringfence.dataclasses import dataclass

#: Which identifier names a vulnerability that has several.
_PREFERRED = ("MAL-", "CVE-", "PYSEC-", "GHSA-")


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """One vulnerability of one package. `ids` has the identifier to name first, then its aliases.

    `verdict` is AFFECTED or UNKNOWN. `fixed` is the lowest version above that is not affected, "" where none is known.
    """

    ids: tuple[str, ...]
    verdict: Verdict
    malicious: bool
    rating: str
    score: float
    summary: str
    fixed: str


def matches(version: str, entries: Sequence[Entry]) -> list[Match]:
    """What covers this version of the package that the entries are about, the worst first.

    Without a version ("") only what speaks of every version is certain: the rest is UNKNOWN.
    """
    judged = [(entry, _verdict(version, entry)) for entry in entries]
    touched = [(entry, verdict) for entry, verdict in judged if verdict is not Verdict.UNAFFECTED]
    found = [_match(version, group) for group in _groups(touched)]
    found.sort(key=lambda one: (not one.malicious, -RATINGS.index(one.rating), -one.score, one.ids))
    return found


def _verdict(version: str, entry: Entry) -> Verdict:
    if version:
        return judge(version, entry)
    every = any(events == (("introduced", "0"),) for events in entry.ranges)
    return Verdict.AFFECTED if every else Verdict.UNKNOWN


def _groups(touched: Sequence[tuple[Entry, Verdict]]) -> list[list[tuple[Entry, Verdict]]]:
    """Entries that share an identifier, directly or through another, are one vulnerability."""
    groups: list[tuple[set[str], list[tuple[Entry, Verdict]]]] = []
    for one in touched:
        names = {one[0].id, *one[0].aliases}
        members = [one]
        apart = []
        for known, held in groups:
            if known & names:
                names |= known
                members += held
            else:
                apart.append((known, held))
        groups = [*apart, (names, members)]
    return [members for _, members in groups]


def _match(version: str, group: list[tuple[Entry, Verdict]]) -> Match:
    entries = [entry for entry, _ in group]
    certain = any(verdict is Verdict.AFFECTED for _, verdict in group)
    worst = max(entries, key=lambda entry: (RATINGS.index(entry.rating), entry.score))
    names = {name for entry in entries for name in (entry.id, *entry.aliases)}
    return Match(
        ids=tuple(sorted(names, key=_preference)),
        verdict=Verdict.AFFECTED if certain else Verdict.UNKNOWN,
        malicious=any(entry.malicious for entry in entries),
        rating=worst.rating,
        score=worst.score,
        summary=next((entry.summary for entry in entries if entry.summary), ""),
        fixed=_fixed(version, entries),
    )


def _fixed(version: str, entries: list[Entry]) -> str:
    here = parsed(version) if version else None
    if here is None:
        return ""
    higher = {edge for entry in entries for one in fixes(entry) if (edge := parsed(one)) and edge > here}
    for edge in sorted(higher):
        if all(judge(str(edge), entry) is Verdict.UNAFFECTED for entry in entries):
            return str(edge)
    return ""


def _preference(name: str) -> tuple[int, str]:
    rank = next((index for index, prefix in enumerate(_PREFERRED) if name.startswith(prefix)), len(_PREFERRED))
    return rank, name
