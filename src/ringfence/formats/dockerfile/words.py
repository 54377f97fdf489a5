"""Arguments of instructions: words with their quotes, and variables filled in.

What is not known stays as it is written, `$NAME` or `${NAME…}`.
"""

import json
import re
from collections.abc import Callable
from typing import Any

#: Gives a variable's value by its name; None where it has none that is known.
Lookup = Callable[[str], str | None]

MAX_DEPTH = 8
_MAX_PATTERN = 200

_SPECIAL = {
    "\\": re.compile(r"[\\'\"$]"),
    "`": re.compile(r"[`'\"$]"),
}
_WORD = {
    escape: re.compile(
        rf"(?:[^\s\"'{re.escape(escape)}]+|{re.escape(escape)}.?"
        rf"|\"(?:[^\"{re.escape(escape)}]+|{re.escape(escape)}.)*\"?|'[^']*'?)+",
        re.DOTALL,
    )
    for escape in ("\\", "`")
}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OPERATOR = re.compile(r":?[-+?]|##?|%%?|//?")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


def split(text: str, escape: str = "\\") -> list[tuple[str, int]]:
    """Words with their offsets, quotes still on."""
    return [(match[0], match.start()) for match in _WORD[escape].finditer(text)]


def unquoted(word: str, escape: str = "\\") -> str:
    """A word without its quotes and escapes; nothing is filled in."""
    return filled(word, None, escape)[0]


def filled(word: str, lookup: Lookup | None, escape: str = "\\") -> tuple[str, bool]:
    """A word without its quotes and with its variables, and whether all of them are known."""
    if _SPECIAL[escape].search(word) is None:
        return word, True
    filler = _Filler(word, lookup, escape, MAX_DEPTH)
    return filler.fill(), filler.known


def exec_form(text: str) -> tuple[str, ...] | None:
    """The words of a JSON array of strings; None for the shell form."""
    value = _array(text)
    if value is None or not all(isinstance(one, str) for one in value):
        return None
    return tuple(one.encode("utf-8", "replace").decode() for one in value)


def is_mixed_array(text: str) -> bool:
    """Whether it is a JSON array that holds something else than strings, which no builder takes."""
    value = _array(text)
    return value is not None and not all(isinstance(one, str) for one in value)


def _array(text: str) -> list[Any] | None:
    if not text.startswith("["):
        return None
    try:
        value: list[Any] = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def exec_spans(text: str) -> list[tuple[int, int]]:
    """Where each word of a JSON array of strings stands, quotes too."""
    return [match.span() for match in _STRING.finditer(text)]


class _Filler:
    def __init__(self, text: str, lookup: Lookup | None, escape: str, depth: int) -> None:
        self._text = text
        self._lookup = lookup
        self._escape = escape
        self._depth = depth
        self._special = _SPECIAL[escape]
        self._at = 0
        self.known = True

    def fill(self) -> str:
        """The whole text."""
        parts, text, quoted = list[str](), self._text, False
        while True:
            mark = self._special.search(text, self._at)
            parts.append(text[self._at : mark.start() if mark else len(text)])
            if mark is None:
                return "".join(parts)
            character, self._at = mark[0], mark.end()
            if character == self._escape:
                parts.append(self._escaped(quoted))
            elif character == '"':
                quoted = not quoted
            elif character == "'":
                parts.append("'" if quoted else self._single())
            else:
                parts.append("$" if self._lookup is None else self._variable(mark.start()))

    def _escaped(self, quoted: bool) -> str:
        following = self._text[self._at : self._at + 1]
        if quoted and following not in ('"', "$", self._escape):
            return self._escape
        self._at += 1
        return following

    def _single(self) -> str:
        start = self._at
        end = self._text.find("'", start)
        end = len(self._text) if end < 0 else end
        self._at = end + 1
        return self._text[start:end]

    def _variable(self, start: int) -> str:
        braced = self._text.startswith("{", self._at)
        name = _NAME.match(self._text, self._at + braced)
        if name is None:
            return "$"
        self._at = name.end()
        value = self._lookup(name[0]) if self._lookup else None
        if braced:
            value = self._braced(value)
        if value is None:
            self.known = False
            return self._text[start : self._at]
        return value

    def _braced(self, value: str | None) -> str | None:
        """The value of `${NAME…}` after what its operator does; None where that is not known."""
        operator = _OPERATOR.match(self._text, self._at)
        begin = operator.end() if operator else self._at
        end = self._closing(begin)
        self._at = min(end + 1, len(self._text))
        argument = self._text[begin:end]
        kind = operator[0] if operator else ""
        if kind.endswith("?") or not kind:
            return value if kind or not argument else None
        if kind[-1] in "-+":
            missing = value is None or (kind[0] == ":" and not value)
            if kind[-1] == "+":
                return "" if missing else self._inner(argument)
            return self._inner(argument) if missing else value
        return None if value is None else _cut(value, kind, self._inner(argument))

    def _closing(self, at: int) -> int:
        """The offset of the brace that closes; the end of the text without one."""
        depth = 1
        while at < len(self._text):
            character = self._text[at]
            if character == self._escape:
                at += 1
            elif character in "{}":
                depth += 1 if character == "{" else -1
                if depth == 0:
                    return at
            at += 1
        return len(self._text)

    def _inner(self, text: str) -> str | None:
        if not self._depth:
            return None
        filler = _Filler(text, self._lookup, self._escape, self._depth - 1)
        value = filler.fill()
        self.known = self.known and filler.known
        return value


def _cut(value: str, kind: str, pattern: str | None) -> str | None:
    """A value without a beginning (`#`) or an end (`%`), or with something replaced (`/`); None where not known."""
    if pattern is None or len(pattern) > _MAX_PATTERN or len(value) > _MAX_PATTERN or pattern.count("*") > 2:
        return None
    if kind[0] == "/":
        old, slash, new = pattern.partition("/")
        return re.sub(_glob(old), lambda match: new, value, count=0 if kind == "//" else 1) if old and slash else None
    shortest = len(kind) == 1
    ends = range(len(value) + 1) if shortest == (kind[0] == "#") else range(len(value), -1, -1)
    glob = re.compile(_glob(pattern), re.DOTALL)
    for at in ends:
        if glob.fullmatch(value[:at] if kind[0] == "#" else value[at:]):
            return value[at:] if kind[0] == "#" else value[:at]
    return value


def _glob(pattern: str) -> str:
    return "".join(".*" if one == "*" else "." if one == "?" else re.escape(one) for one in pattern)
