"""Files of variables: `.env`, and what `env_file` names. One `NAME=value` a line, as Compose reads them."""

import re
from collections.abc import Mapping

from ringfence.formats.compose.interpolation import clean, interpolated, mark

#: Variables that are read from one file.
MAX_VARIABLES = 10_000
#: Longer values, which only values of values come to, are not known.
MAX_VALUE = 32 * 1024

_SPACE = re.compile(r"\s*")
_NAME = re.compile(r"(?:export[ \t]+)?([A-Za-z0-9_.-]+)[ \t]*(?:([=:])[ \t]*|(?=[\r\n]|$))")
_SINGLE = re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL)
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_COMMENT = re.compile(r"(?:^|(?<=\s))#")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


def variables(text: str, env: Mapping[str, str] | None = None) -> dict[str, str]:
    """The variables of a file; lines that are none are passed over. Values may name what stands before them, and
    what `env` has; others stay marked (see interpolation.py)."""
    found, known = dict[str, str](), dict(env or {})
    text, at = clean(text), 0
    while at < len(text) and len(found) < MAX_VARIABLES:
        at = _after_space(text, at)
        match = _NAME.match(text, at)
        if match is None:  # a comment, or nothing that means anything
            at = _line_end(text, at) + 1
            continue
        value, at = _value(text, match.end(), known)
        if match[2]:
            found[match[1]] = known[match[1]] = value if len(value) <= MAX_VALUE else mark(match[1])
    return found


def raw(text: str) -> dict[str, str]:
    """The variables of a file of the format `raw`: values are taken as they stand, quotes and dollars too."""
    pairs = (line.partition("=") for line in clean(text).splitlines() if not line.lstrip().startswith("#"))
    return {name.strip(): value for name, equals, value in pairs if equals and name.strip()}


def _value(text: str, at: int, env: Mapping[str, str]) -> tuple[str, int]:
    """The value that begins here, and where the next line begins."""
    quoted = _SINGLE.match(text, at) or _DOUBLE.match(text, at)
    if quoted is None:
        end = _line_end(text, at)
        comment = _COMMENT.search(text, at, end)
        return interpolated(text[at : comment.start() if comment else end].strip(), env).value, end + 1
    behind = _line_end(text, quoted.end()) + 1
    if text[at] == "'":
        return quoted[1].replace("\\'", "'"), behind
    said = _ESCAPE.sub(lambda one: "$$" if one[1] == "$" else _ESCAPES.get(one[1], one[1]), quoted[1])
    return interpolated(said, env).value, behind


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found
