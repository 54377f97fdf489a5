"""The advisories of an index (OSV) in words: which versions of a plugin they cover, and which are fixed."""

from collections.abc import Iterable, Mapping

from ringfence.advisories.ratings import rate

Advisory = Mapping[str, object]


def names(advisory: Advisory) -> list[str]:
    """The plugins that an advisory is about."""
    return sorted({name for each in _list(advisory.get("affected")) if (name := _name(each))})


def about(advisories: Iterable[Advisory], name: str) -> list[Advisory]:
    """Those about one plugin that were not withdrawn."""
    return [each for each in advisories if name in names(each) and not each.get("withdrawn")]


def rating(advisory: Advisory) -> str:
    """How bad it is by its CVSS vector; empty where it has none."""
    return rate(dict(advisory), [dict(each) for each in _list(advisory.get("affected"))])[0]


def affected(advisory: Advisory, name: str) -> list[str]:
    """The versions of a plugin that an advisory covers, in words."""
    said: list[str] = []
    for each in _list(advisory.get("affected")):
        if _name(each) != name:
            continue
        for span in _list(each.get("ranges")):
            said += _spans(_list(span.get("events")))
        listed = each.get("versions")
        if isinstance(listed, list) and listed and not said:
            said.append(", ".join(str(one) for one in listed[:20]))
    return said


def fixed(advisory: Advisory, name: str) -> list[str]:
    """The versions of a plugin that an advisory says are fixed."""
    return [
        str(event["fixed"])
        for each in _list(advisory.get("affected"))
        if _name(each) == name
        for span in _list(each.get("ranges"))
        for event in _list(span.get("events"))
        if "fixed" in event
    ]


def _spans(events: list[Mapping[str, object]]) -> list[str]:
    said: list[str] = []
    start = ""
    for event in events:
        if "introduced" in event:
            start = "" if event["introduced"] == "0" else f"from {event['introduced']} "
            said.append(f"{start}on" if start else "all")
        for end, word in (("fixed", "before"), ("last_affected", "up to")):
            if end in event and said:
                said[-1] = f"{start}{word} {event[end]}"
    return said


def _name(affected: Mapping[str, object]) -> str:
    package = affected.get("package")
    return str(package.get("name", "")) if isinstance(package, Mapping) else ""


def _list(value: object) -> list[Mapping[str, object]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
