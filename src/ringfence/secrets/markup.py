"""Secrets in elements that stand beside or within the one that names them: `<key>Password</key><string>X</string>`."""

import re
from collections.abc import Iterator

from ringfence.secrets import values

WORDS = ("</key>", "<value>")
_LISTED = re.compile(r"</key>\s{0,80}<(?:string|data)>\s{0,80}(?P<value>[^<\s][^<]{3,400}?)\s{0,80}</", re.IGNORECASE)
_KEY = re.compile(r"<key>(?P<name>[^<>]{2,80})\Z", re.IGNORECASE)
_VALUE = re.compile(r"<value>\s{0,80}(?P<value>[^<\s][^<]{3,400}?)\s{0,80}</", re.IGNORECASE)
#: What names the element around a value: an attribute, or else the element itself.
_ATTRIBUTE = re.compile(r"(?:name|key|id)=\"(?P<name>[^\"]{2,80})\"[^<>]{0,100}>\s{0,80}\Z")
_ELEMENT = re.compile(r"<(?:\w{1,20}:)?(?P<name>[\w.-]{2,60})[^<>/]{0,100}>\s{0,80}\Z")


def nested(text: str, folded: dict[str, list[int]]) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of such secrets. `folded`: where words stand in the text in lower case."""
    for at in folded.get("</key>", ()):
        name = _KEY.search(text, max(at - 90, 0), at)
        found = name and _LISTED.match(text, at)
        if name and found:
            yield from _judged(name["name"], found)
    for at in folded.get("<value>", ()):
        low = max(at - 260, 0)
        within = _ATTRIBUTE.search(text, low, at) or _ELEMENT.search(text, low, at)
        found = within and _VALUE.match(text, at)
        if within and found:
            yield from _judged(within["name"], found)


def _judged(name: str, found: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    kind, value = values.class_of(name.strip()), found["value"]
    if kind is None or " " in value:
        return
    plain = kind == values.PASSWORD and not any(one.isdigit() for one in value)
    if not plain and values.is_secret(kind, value, quoted=True, told=kind == values.PASSWORD):
        yield *found.span("value"), "a password" if kind == values.PASSWORD else "a key or token"
