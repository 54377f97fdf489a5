"""One advisory about one package, as the snapshot keeps it and the matching reads it.

Whatever it came from, an `Entry` is bounded and of the right types: `from_compact` and `osv.entries` are the only ways
to make one from untrusted data, and raise `BadAdvisory` for anything else.
"""

import re

from ringfence.dataclasses import dataclass

MAX_RANGES = 500
MAX_EVENTS = 2_000
MAX_VERSIONS = 20_000
MAX_ALIASES = 100
MAX_SUMMARY = 300
RATINGS = ("", "low", "medium", "high", "critical")
EVENTS = ("introduced", "fixed", "last_affected", "limit")

_ID = re.compile(r"[A-Za-z][A-Za-z0-9]{0,20}-[A-Za-z0-9._:-]{1,100}")
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,212}[a-z0-9])?")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z")

Range = tuple[tuple[str, str], ...]


class BadAdvisory(ValueError):
    """A record is not what the format says; the text says how."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What an advisory says of one package.

    `ranges` are events (kind, version) each, `versions` further affected ones. `opaque`: some of what it says of
    versions cannot be compared (a range of commits, say). `rating` is one of RATINGS, "" where none is given.
    """

    id: str
    aliases: tuple[str, ...]
    summary: str
    modified: str
    rating: str
    score: float
    ranges: tuple[Range, ...]
    versions: tuple[str, ...]
    opaque: bool

    @property
    def malicious(self) -> bool:
        """Whether it says that the package is malware (OpenSSF's malicious-packages)."""
        return self.id.startswith("MAL-") or any(one.startswith("MAL-") for one in self.aliases)

    def compact(self) -> dict[str, object]:
        """As JSON-able data; empty fields are left out."""
        found: dict[str, object] = {"id": self.id, "modified": self.modified}
        if self.aliases:
            found["aliases"] = list(self.aliases)
        if self.summary:
            found["summary"] = self.summary
        if self.rating:
            found |= {"rating": self.rating, "score": self.score}
        if self.ranges:
            found["ranges"] = [[list(event) for event in one] for one in self.ranges]
        if self.versions:
            found["versions"] = list(self.versions)
        return found | ({"opaque": True} if self.opaque else {})


def from_compact(value: object) -> Entry:
    """The entry that `compact` wrote. Raises BadAdvisory."""
    if not isinstance(value, dict):
        raise BadAdvisory("an entry is no object")
    score = value.get("score", 0.0)
    rating = value.get("rating", "")
    if not isinstance(score, int | float) or isinstance(score, bool) or not 0 <= score <= 10 or rating not in RATINGS:
        raise BadAdvisory("a rating is none")
    return Entry(
        id=identifier(value.get("id")),
        aliases=identifiers(value.get("aliases")),
        summary=one_line(value.get("summary", "")),
        modified=moment(value.get("modified")),
        rating=rating,
        score=float(score),
        ranges=tuple(
            tuple(_event(event) for event in items(one, MAX_EVENTS, "events"))
            for one in items(value.get("ranges"), MAX_RANGES, "ranges")
        ),
        versions=tuple(version(one) for one in items(value.get("versions"), MAX_VERSIONS, "versions")),
        opaque=value.get("opaque") is True,
    )


def _event(value: object) -> tuple[str, str]:
    if not isinstance(value, list) or len(value) != 2 or value[0] not in EVENTS:
        raise BadAdvisory("an event is none")
    return value[0], version(value[1])


def identifier(value: object) -> str:
    """An advisory's identifier. Raises BadAdvisory."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise BadAdvisory(f"{str(value)[:60]!r} is no identifier of an advisory")
    return value


def identifiers(value: object) -> tuple[str, ...]:
    """Identifiers, those that are none left out: foreign databases have odd ones."""
    found = items(value, MAX_ALIASES, "aliases")
    return tuple(one for one in found if isinstance(one, str) and _ID.fullmatch(one))


def package_name(value: object) -> str:
    """A name of PyPI, normalised (PEP 503). Raises BadAdvisory."""
    if isinstance(value, str) and len(value) <= 214:
        name = re.sub(r"[-_.]+", "-", value).lower()
        if _NAME.fullmatch(name):
            return name
    raise BadAdvisory(f"{str(value)[:60]!r} is no name of a package")


def moment(value: object) -> str:
    """A time in UTC (RFC 3339), to the second. Raises BadAdvisory."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise BadAdvisory(f"{str(value)[:60]!r} is no time in UTC")
    return f"{value[:19]}Z"


def version(value: object) -> str:
    """A text that may be a version. Raises BadAdvisory."""
    if not isinstance(value, str) or not 0 < len(value) <= 100 or not value.isprintable():
        raise BadAdvisory(f"{str(value)[:60]!r} is no version")
    return value


def one_line(value: object) -> str:
    """Text for people, on one line, nothing in it that a terminal obeys, cut at MAX_SUMMARY."""
    if not isinstance(value, str):
        return ""
    words = " ".join(value[: 4 * MAX_SUMMARY].split())
    if words.isprintable():
        return words[:MAX_SUMMARY]
    return "".join(c if c.isprintable() else "\ufffd" for c in words)[:MAX_SUMMARY]


def items(value: object, at_most: int, what: str) -> list[object]:
    """A list that may be missing. Raises BadAdvisory where it is none, or too long."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadAdvisory(f"{what} are no list")
    if len(value) > at_most:
        raise BadAdvisory(f"there are more than {at_most} {what}")
    return value
