"""`feed.xml`: releases and advisories of an index as an Atom feed (RFC 4287)."""

import re
from collections.abc import Iterable, Sequence

from ringfence.audit.reports.webpage import text
from ringfence.dataclasses import dataclass
from ringfence.index.site import advisories as words
from ringfence.index.site import plugin
from ringfence.index.site.advisories import Advisory
from ringfence.index.site.shell import Site

_SHOWN = 100
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")
_NEVER = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One entry: an identifier that never changes, and what is told."""

    identifier: str
    time: str
    title: str
    path: str
    author: str
    said: str


def releases(name: str, publisher: str, summary: str, versions: Iterable[Sequence[str]]) -> list[Item]:
    """The releases of a plugin; each is (version, published, status, reason)."""
    return [
        Item(
            identifier=f"release:{name}:{version}",
            time=published,
            title=f"{name} {version}" + (f" ({status})" if status != "fine" else ""),
            path=plugin.path(name),
            author=publisher,
            said=reason or summary,
        )
        for version, published, status, reason in versions
    ]


def advisories(found: Iterable[Advisory]) -> list[Item]:
    """The advisories of an index."""
    return [
        Item(
            identifier=f"advisory:{each.get('id')}",
            time=str(each.get("modified", "")),
            title=f"{each.get('id')}: {each.get('summary', '')}",
            path=plugin.path(names[0]) if (names := words.names(each)) else "index.html",
            author="",
            said=str(each.get("details", ""))[:4000],
        )
        for each in found
    ]


def render(site: Site, items: Iterable[Item]) -> str:
    """The feed, the newest first."""
    chosen = sorted(items, key=lambda each: (_time(each.time), each.identifier), reverse=True)[:_SHOWN]
    base = site.settings.url and f"{site.settings.url}site/"
    updated = max((_time(each.time) for each in chosen), default=_NEVER)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{text(site.title)}</title>",
        f"<id>{_identifier(site, 'feed')}</id>",
        f"<updated>{updated}</updated>",
        f"<author><name>{text(site.name)}</name></author>",
        f'<link rel="self" href="{text(base)}feed.xml"/>',
        f'<link rel="alternate" type="text/html" href="{text(base)}index.html"/>',
        *(_entry(site, each, base) for each in chosen),
        "</feed>\n",
    ]
    return "\n".join(lines)


def _entry(site: Site, item: Item, base: str) -> str:
    author = f"<author><name>{text(item.author)}</name></author>" if item.author else ""
    return (
        f"<entry><title>{text(item.title)}</title><id>{_identifier(site, item.identifier)}</id>"
        f"<updated>{_time(item.time)}</updated>{author}"
        f'<link rel="alternate" type="text/html" href="{text(base + item.path)}"/>'
        f"<summary>{text(item.said)}</summary></entry>"
    )


def _identifier(site: Site, what: str) -> str:
    """An id that is this index's alone, wherever it is hosted: after the root that it began with."""
    from urllib.parse import quote

    return f"urn:ringfence:{site.fingerprint.partition(':')[2][:32]}:{quote(what, safe=':')}"


def _time(said: str) -> str:
    return said if _TIME.fullmatch(said) else _NEVER
