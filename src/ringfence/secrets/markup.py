"""Secrets in elements that stand beside or within the one that names them: `<key>Password</key><string>X</string>`."""

import re
from collections.abc import Iterator

from ringfence.secrets import values
from ringfence.secrets.vocabulary import OF_CODE
from ringfence.secrets.vocabulary import WORDS as NOTHING

#: How what names something ends, with what closes it.
_NAMING = tuple(
    f"{word}</"
    for word in (
        "password",
        "passwort",
        "passwd",
        "passphrase",
        "pwd",
        "pw",
        "secret",
        "token",
        "apikey",
        "api_key",
        "api key",
    )
)
_ENDS = frozenset(("</key>", *_NAMING))
WORDS = ("<value>", 'variable "', *_ENDS)
_NEXT = re.compile(
    r"</\w{1,20}>:?\s{0,80}(?:</\w{1,10}>\s{0,80})?<\w{1,20}(?: "
    r"[^<>]{0,80})?>\s{0,80}(?:<\w{1,10}>)?(?P<value>[^<\s][^<]{3,400}?)\s{0,80}</",
    re.IGNORECASE,
)
_NAME = re.compile(r">\s{0,20}(?P<name>[^<>\n]{2,80})\Z")
_VARIABLE = re.compile(
    r"variable \"(?P<name>[\w-]{2,80})\"\s{0,4}\{(?:[^{}\"]"
    r"|\"[^\"\n]{0,200}\"){0,400}?\bdefault\s{0,20}=\s{0,4}\"(?P<value>[^\"\n$]{4,200})\""
)
_VALUE = re.compile(r"<value>\s{0,80}(?P<value>[^<\s][^<]{3,400}?)\s{0,80}</", re.IGNORECASE)
#: What names the element around a value: an attribute, or else the element itself.
_ATTRIBUTE = re.compile(r"(?:name|key|id)=\"(?P<name>[^\"]{2,80})\"[^<>]{0,100}>\s{0,80}\Z")
_ELEMENT = re.compile(r"<(?:\w{1,20}:)?(?P<name>[\w.-]{2,60})[^<>/]{0,100}>\s{0,80}\Z")


def nested(text: str, folded: dict[str, list[int]]) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of such secrets. `folded`: where words stand in the text in lower case."""
    for word in [one for one in folded if one in _ENDS]:
        for at in folded[word]:
            end = at + word.index("<")
            name = _NAME.search(text, max(end - 90, 0), end)
            found = name and _NEXT.match(text, end)
            if name and found:
                yield from _judged(name["name"], found)
    for at in folded.get('variable "', ()):
        found = _VARIABLE.match(text, at)
        if found:
            yield from _judged(found["name"], found)
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
    if found.group()[:4].lower() in ("</td", "</th", "</dt"):  # of a page, which rather says what one is
        plain = plain or any(one in NOTHING or one in OF_CODE for one in re.findall("[a-z]{2,}", value.lower()))
    if not plain and values.is_secret(kind, value, quoted=True, told=kind == values.PASSWORD):
        yield *found.span("value"), "a password" if kind == values.PASSWORD else "a key or token"
