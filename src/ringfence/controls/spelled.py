"""Shell text with its own words put in: what it hides in variables and in encodings, where both stand in it."""

import codecs
import re

from ringfence.secrets.checks import decoded

_MOST = 60_000
_NAMED = re.compile(
    r"(?:^|[;\s])([A-Za-z_]\w{0,30})=(\"[^\"$`\n]{0,200}\"|'[^'\n]{0,200}'|[^\s;\"'$`&|()]{1,200})(?=[\s;]|$)",
    re.MULTILINE,
)
#: A variable where the name of a program stands, or joined to another.
_STARTS = re.compile(
    r"(?:^|[|;&(]\s*|\$\()\s*\$\{?\w+\}?(?:[\s$\"]|$)|\$\{?\w+\}?\$\{?[A-Za-z]\w*|\becho\s+[\"']?\$\w+[\"']?\s*\|",
    re.MULTILINE,
)
_ESCAPED = re.compile(
    r"\$'((?:\\x[0-9a-fA-F]{2}|\\[0-7]{3}|[\w ./:-]){2,400})'|\$\(\s*(?:printf|echo\s+-e)\s+[\"']?((?:\\x[0-9a-fA-F]{2}|\\[0-7]{2,3}){2,400})[\"']?\s*\)"
)
_DECODED = re.compile(
    r"\$\(\s*(?:echo|printf)\s+(?:-n\s+)?[\"']?([A-Za-z0-9+/=]{4,4000})[\"']?\s*\|\s*(base64\s+-\w*[dD]\w*|base64\s+--decode|xxd\s+-r\s+-p|rev)\s*\)"
)


def spelled_out(text: str) -> str:
    """The text with what its variables and encodings stand for; each line where it was."""
    if len(text) > _MOST or "$" not in text:
        return text
    values = dict[str, str | None]()
    for found in _NAMED.finditer(text):
        value = found[2].strip("\"'")
        values[found[1]] = value if values.get(found[1], value) == value else None
    if values and _STARTS.search(text):
        text = re.sub(r"\$\{?([A-Za-z_]\w{0,30})\}?", lambda m: values.get(m[1]) or m[0], text)
    text = _ESCAPED.sub(lambda m: _unescaped(m[1] or m[2]), text)
    return _DECODED.sub(lambda m: _decoded(m[1], m[2]) or m[0], text)


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
