"""OSV records (schema 1.x): from untrusted JSON to entries, one a package of PyPI.

The rules are those of https://ossf.github.io/osv-schema/; what cannot be compared with a version (ranges of commits)
is kept as `opaque`, so that it is said and not dropped.
"""

from ringfence.advisories import entry as parts
from ringfence.advisories.entry import BadAdvisory, Entry, Range
from ringfence.advisories.ratings import rate
from ringfence.strictjson import JsonLimits, StrictJsonError, loads

ECOSYSTEM = "PyPI"
MAX_AFFECTED = 2_000
LIMITS = JsonLimits(max_bytes=4 << 20, max_depth=32)


def parse(data: bytes) -> object:
    """The JSON of a record. Raises BadAdvisory."""
    try:
        return loads(data, limits=LIMITS)
    except StrictJsonError as error:
        raise BadAdvisory(error.message) from None


def entries(record: object, *, ecosystem: str = ECOSYSTEM) -> dict[str, Entry]:
    """What a record says of each package of the ecosystem, by name; nothing of a withdrawn one. Raises BadAdvisory."""
    if not isinstance(record, dict):
        raise BadAdvisory("a record is no object")
    identifier = parts.identifier(record.get("id"))
    modified = parts.moment(record.get("modified"))
    if is_withdrawn(record):
        return {}
    aliases = parts.identifiers(record.get("aliases"))
    summary = parts.one_line(record.get("summary") or record.get("details"))
    found: dict[str, list[dict[str, object]]] = {}
    for affected in parts.items(record.get("affected"), MAX_AFFECTED, "affected packages"):
        if not isinstance(affected, dict) or not isinstance(package := affected.get("package", {}), dict):
            raise BadAdvisory("an affected package is no object")
        if package.get("ecosystem") == ecosystem:
            found.setdefault(parts.package_name(package.get("name")), []).append(affected)
    made = {}
    for name, every in found.items():
        rating, score = rate(record, every)
        ranges, versions, opaque = _affected(every)
        made[name] = Entry(
            id=identifier,
            aliases=aliases,
            summary=summary,
            modified=modified,
            rating=rating,
            score=score,
            ranges=ranges,
            versions=versions,
            opaque=opaque,
        )
    return made


def is_withdrawn(record: dict[str, object]) -> bool:
    """Whether the record was taken back. A `withdrawn` that is no time does not count: it must not hide a record."""
    try:
        return bool(record.get("withdrawn")) and bool(parts.moment(record.get("withdrawn")))
    except BadAdvisory:
        return False


def _affected(every: list[dict[str, object]]) -> tuple[tuple[Range, ...], tuple[str, ...], bool]:
    """The ranges and versions of all parts that speak of one package; opaque where one of them says neither."""
    ranges: list[Range] = []
    versions: dict[str, None] = {}
    opaque = False
    for affected in every:
        own = [parts.version(one) for one in parts.items(affected.get("versions"), parts.MAX_VERSIONS, "versions")]
        spoken = bool(own)
        for one in parts.items(affected.get("ranges"), parts.MAX_RANGES, "ranges"):
            events = _range(one)
            ranges.extend([events] if events else [])
            spoken |= bool(events)
        versions.update(dict.fromkeys(own))
        opaque |= not spoken
    return tuple(dict.fromkeys(ranges)), tuple(versions), opaque


def _range(value: object) -> Range:
    """The events of a range; none of one of commits."""
    if not isinstance(value, dict):
        raise BadAdvisory("a range is no object")
    if value.get("type") == "GIT":
        return ()
    if value.get("type") not in ("ECOSYSTEM", "SEMVER"):
        raise BadAdvisory(f"{str(value.get('type'))[:40]!r} is no type of a range")
    events: list[tuple[str, str]] = []
    for event in parts.items(value.get("events"), parts.MAX_EVENTS, "events"):
        if not isinstance(event, dict):
            raise BadAdvisory("an event is no object")
        events.extend((kind, parts.version(event[kind])) for kind in parts.EVENTS if kind in event)
    if not any(kind == "introduced" for kind, _ in events):
        raise BadAdvisory("a range has no `introduced`")
    return tuple(events)
