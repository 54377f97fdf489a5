"""Shell text with its own words put in: what it hides in variables and in encodings, where both stand in it."""

import codecs
import re
from collections.abc import Iterator
from itertools import islice

from ringfence.secrets.checks import decoded

_MOST = 60_000
_NAMED = re.compile(
    r"(?:^|[;\s])([A-Za-z_]\w{0,30})=(\"[^\"$`\n]{0,200}\"|'[^'\n]{0,200}'|[^\s;\"'$`&|()]{1,200}"
    r"|\$\((?:whoami|hostname|id|uname|env|printenv)\b[^()\n]{0,60}\))(?=[\s;]|$)",
    re.MULTILINE,
)
#: A variable where the name of a program stands, or joined to another.
_STARTS = re.compile(
    r"(?:^|[|;&(]\s*|\$\()\s*\$\{?\w+\}?(?:[\s$\"|;&)]|$)|\$\{?\w+\}?\$\{?[A-Za-z]\w*|\becho\s+[\"']?\$\w+[\"']?\s*\|",
    re.MULTILINE,
)
_ESCAPED = re.compile(
    r"\$'((?:\\x[0-9a-fA-F]{2}|\\[0-7]{3}|[\w ./:-]){2,400})'"
    r"|\$\(\s*(?:printf|echo\s+-e)\s+[\"']?((?:\\x[0-9a-fA-F]{2}|\\[0-7]{2,3}){2,400})[\"']?\s*\)"
)
#: A word in pieces: `x='c'"u"rl`.
_GLUED = re.compile(
    r"((?:^|[;\s])[A-Za-z_]\w{0,30}=)((?:[\w/.-]{0,20}(?:'[\w/.-]{0,20}'|\"[\w/.-]{0,20}\")){1,6}[\w/.-]{0,20})(?=[\s;]|$)",
    re.MULTILINE,
)
_DECODED = re.compile(
    r"\$\(\s*(?:echo|printf)\s+(?:-n\s+)?[\"']?([A-Za-z0-9+/=]{4,4000})[\"']?\s*\|\s*(base64\s+-\w*[dD]\w*"
    r"|base64\s+--decode|xxd\s+-r\s+-p|rev)\s*\)"
)
#: A program of another language that a shell's text hands over.
_HEREDOC = re.compile(r"\b(python|node)[0-9.]*\s+(?:-\s*)?<<-?\s*[\"']?(\w{1,20})[\"']?[^\n]*\n")
_IN_QUOTES = re.compile(r"\b(python|node)[0-9.]*\s+(?:-c|-e)\s+'([^']{20,8000})'")
_MOST_PROGRAMS = 40


def spelled_out(text: str) -> str:
    """The text with what its variables and encodings stand for; each line where it was."""
    if len(text) > _MOST or "$" not in text:
        return text
    text = _ESCAPED.sub(lambda m: _unescaped(m[1] or m[2]), text)
    text = _GLUED.sub(lambda m: m[1] + re.sub(r"[\"']", "", m[2]), text)
    values = dict[str, str | None]()
    for found in _NAMED.finditer(text):
        value = found[2].strip("\"'")
        values[found[1]] = value if values.get(found[1], value) == value else None
    if values and (_STARTS.search(text) or any((value or "").startswith("$(") for value in values.values())):
        text = re.sub(r"\$\{?([A-Za-z_]\w{0,30})\}?", lambda m: values.get(m[1]) or m[0], text)
    return _DECODED.sub(lambda m: _decoded(m[1], m[2]) or m[0], text)


def programs_in(text: str) -> Iterator[tuple[int, str, str]]:
    """(lines before it, program, language) of each program of Python or Node that stands in a shell's text."""
    text = text[:_MOST]
    for found in islice(_HEREDOC.finditer(text), _MOST_PROGRAMS):
        end = text.find(f"\n{found[2]}", found.end() - 1)
        yield text.count("\n", 0, found.end()), text[found.end() : end if end >= 0 else len(text)], found[1]
    for found in islice(_IN_QUOTES.finditer(text), _MOST_PROGRAMS):
        yield text.count("\n", 0, found.start(2)), found[2], found[1]


def _unescaped(said: str) -> str:
    try:
        return codecs.decode(said, "unicode_escape")
    except UnicodeDecodeError:
        return said


def _decoded(said: str, how: str) -> str:
    if how == "rev":
        return said[::-1]
    if how.startswith("xxd"):
        try:
            text: str | None = bytes.fromhex(said).decode()
        except ValueError:
            return ""
    else:
        text = decoded(said)
    return text.replace("\n", ";") if text and text.isprintable() else ""
