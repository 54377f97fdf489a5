"""Advisories as feeds: all records as one JSON file for machines, JSON Feed 1.1 and Atom (RFC 4287) for readers.

The same records give the same bytes; times are those of the records.
"""

import json
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from ringfence.advisories.own import Record, scores
from ringfence.errors import UsageError
from ringfence.strictjson import JsonLimits, StrictJsonError, loads

_LIMITS = JsonLimits(max_bytes=64 << 20, max_depth=32, max_items=5_000_000)


def everything(records: Iterable[Mapping[str, object]]) -> bytes:
    """All records as one JSON array, by their identifiers."""
    found = sorted(records, key=lambda record: str(record["id"]))
    return json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def parse(data: bytes) -> list[Record]:
    """The records of such an array. Raises UsageError."""
    try:
        found = loads(data, limits=_LIMITS)
    except StrictJsonError as error:
        raise UsageError(f"not a list of advisories: {error.message}") from None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise UsageError("not a list of advisories")
    return found


def json_feed(records: Iterable[Mapping[str, object]], *, title: str, base: str) -> bytes:
    """JSON Feed 1.1, the newest first. `base` is the address below which `advisories/ID.json` stand."""
    items = []
    for record in _newest_first(records):
        address = _address(base, record)
        items.append(
            {
                "id": address,
                "url": address,
                "title": _title(record),
                "content_text": str(record.get("details") or record.get("summary") or ""),
                "date_published": record.get("published") or record["modified"],
                "date_modified": record["modified"],
                "tags": [_rating(record)],
            }
        )
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": base,
        "feed_url": f"{base.rstrip('/')}/advisories/feed.json",
        "items": items,
    }
    return json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n"


def atom(records: Iterable[Mapping[str, object]], *, title: str, base: str) -> bytes:
    """Atom, the newest first."""
    entries = _newest_first(records)
    updated = str(entries[0]["modified"]) if entries else "1970-01-01T00:00:00Z"
    home = quoteattr(base.rstrip("/") + "/")
    own = quoteattr(f"{base.rstrip('/')}/advisories/feed.atom")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{_text(title)}</title><id>{_text(base)}</id><updated>{updated}</updated>",
        f'<link href={home}/><link rel="self" href={own}/><author><name>{_text(title)}</name></author>',
    ]
    for record in entries:
        address = _address(base, record)
        lines += [
            f"<entry><id>{_text(address)}</id><title>{_text(_title(record))}</title>",
            f"<published>{_text(str(record.get('published') or record['modified']))}</published>",
            f"<updated>{_text(str(record['modified']))}</updated><link href={quoteattr(address)}/>",
            f'<summary type="text">{_text(str(record.get("summary") or ""))}</summary></entry>',
        ]
    return "\n".join([*lines, "</feed>", ""]).encode()


def _newest_first(records: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    return sorted(records, key=lambda record: (str(record["modified"]), str(record["id"])), reverse=True)


def _address(base: str, record: Mapping[str, object]) -> str:
    return f"{base.rstrip('/')}/advisories/{record['id']}.json"


def _title(record: Mapping[str, object]) -> str:
    mark = "withdrawn" if record.get("withdrawn") else _rating(record)
    return f"{record['id']} ({mark}): {record.get('summary', '')}"


def _rating(record: Mapping[str, object]) -> str:
    severity = record.get("severity")
    vectors = [str(one.get("score")) for one in severity] if isinstance(severity, list) else []
    found = [str(one["rating"]) for one in scores(vectors) if one["rating"]]
    return found[-1] if found else "unrated"


def _text(text: str) -> str:
    """Escaped, and without what XML 1.0 cannot hold."""
    return escape("".join(c if c >= " " or c in "\t\n" else "\ufffd" for c in text if c not in "\ufffe\uffff"))
