"""Variables in Compose files: `$NAME`, `${NAME:-default}` and their kin.

Values come from the project's `.env` alone, never from our own environment. What cannot be known stays in the
text as a mark, `\\ue000NAME\\ue001`, so that the parts around it can still be judged.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

MAX_DEPTH = 8
OPEN, CLOSE = "\ue000", "\ue001"

_SIMPLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LINE = re.compile(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.]*)\s*=\s*(.*)")


class Text(NamedTuple):
    """An interpolated text. `marked`: some variable is not known; `foreign`: some value came from `.env`."""

    value: str
    marked: bool
    foreign: bool


def interpolated(text: str, env: Mapping[str, str]) -> Text:
    """The text with its variables filled in. A malformed expression stays as it is."""
    if "$" not in text:
        return Text(text, False, False)
    foreign = [False]
    value = _filled(text, env, foreign, MAX_DEPTH)
    return Text(value, OPEN in value, foreign[0])


def marked_names(text: str) -> list[str]:
    """The names of the variables that are not known, in their order."""
    return re.findall(f"{OPEN}([^{CLOSE}]*){CLOSE}", text)


def dotenv(text: str) -> dict[str, str]:
    """The variables of a `.env` file; quotes are taken off, lines that are none are passed over."""
    found = dict[str, str]()
    for line in text.splitlines():
        match = None if line.lstrip().startswith("#") else _LINE.fullmatch(line)
        if match:
            value = match[2].strip()
            quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'"
            found[match[1]] = value[1:-1] if quoted else value.split(" #")[0].rstrip()
    return found


def _filled(text: str, env: Mapping[str, str], foreign: list[bool], depth: int) -> str:
    pieces, at = list[str](), 0
    while True:
        dollar = text.find("$", at)
        if dollar < 0:
            return "".join([*pieces, text[at:]])
        pieces.append(text[at:dollar])
        value, at = _expression(text, dollar, env, foreign, depth)
        pieces.append(value)


def _expression(text: str, at: int, env: Mapping[str, str], foreign: list[bool], depth: int) -> tuple[str, int]:
    """The value of the expression that begins at a dollar, and where it ends."""
    if text.startswith("$$", at):
        return "$", at + 2
    if text.startswith("${", at):
        end = _closing(text, at + 2)
        inner = text[at + 2 : end]
        name = _SIMPLE.match(inner)
        if end < 0 or name is None or depth == 0:
            return text[at : end + 1] if end >= 0 else text[at:], end + 1 if end >= 0 else len(text)
        return _braced(name.group(), inner[name.end() :], env, foreign, depth), end + 1
    name = _SIMPLE.match(text, at + 1)
    if name is None:
        return "$", at + 1
    return _value(name.group(), env, foreign), name.end()


def _braced(name: str, rest: str, env: Mapping[str, str], foreign: list[bool], depth: int) -> str:
    operator = rest[:2] if rest[:1] == ":" else rest[:1]
    argument = rest[len(operator) :]
    is_set = name in env and (env[name] != "" or not operator.startswith(":"))
    if operator in (":-", "-") and not is_set:
        return _filled(argument, env, foreign, depth - 1)
    if operator in (":+", "+"):
        return _filled(argument, env, foreign, depth - 1) if is_set else f"{OPEN}{name}{CLOSE}"
    return _value(name, env, foreign)


def _value(name: str, env: Mapping[str, str], foreign: list[bool]) -> str:
    if name not in env:
        return f"{OPEN}{name}{CLOSE}"
    foreign[0] = True
    return env[name]


def _closing(text: str, at: int) -> int:
    """The brace that closes the one before `at`; -1 where there is none."""
    open_braces = 1
    while at < len(text):
        if text[at] == "}":
            open_braces -= 1
            if open_braces == 0:
                return at
        elif text.startswith("${", at):
            open_braces += 1
            at += 1
        at += 1
    return -1
