"""Variables in Compose files: `$NAME`, `${NAME:-default}` and their kin.

Values come from the project's `.env` alone, never from our own environment. What cannot be known stays in the
text as a mark, so that the parts around it can still be judged; `shown` writes marks as people know them.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

#: A mark is OPEN, a name, CLOSE. No text of a file has these characters: `clean` takes them out.
OPEN, CLOSE = "\ue000", "\ue001"
MAX_DEPTH = 8
#: How much the values of variables may add to one text.
MAX_ADDED = 64 * 1024

_SIMPLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
#: One mark; its group is the name.
MARK = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_OPERATORS = (":-", ":+", ":?", "-", "+", "?")


class Text(NamedTuple):
    """An interpolated text. `marked`: some variable is not known."""

    value: str
    marked: bool


def interpolated(text: str, env: Mapping[str, str]) -> Text:
    """The text with its variables filled in. A malformed expression stays as it is."""
    if OPEN in text or CLOSE in text:
        text = clean(text)
    if "$" not in text:
        return Text(text, False)
    value = _Filler(env).filled(text, MAX_DEPTH)
    return Text(value, OPEN in value)


def clean(text: str) -> str:
    """The text without the characters that marks are made of."""
    return text.replace(OPEN, "\ufffd").replace(CLOSE, "\ufffd")


def shown(value: str) -> str:
    """The value with marks written as variables: `${NAME}`."""
    return MARK.sub(lambda one: "${" + one[1] + "}", value) if OPEN in value else value


def marked_names(value: str) -> list[str]:
    """The names of the variables that are not known, in their order."""
    return MARK.findall(value)


def is_mark(value: str) -> bool:
    """Whether the value is one unknown variable and nothing else."""
    return MARK.fullmatch(value) is not None


def mark(name: str) -> str:
    """The mark of a variable that is not known."""
    return f"{OPEN}{name}{CLOSE}"


class _Filler:
    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._room = MAX_ADDED

    def filled(self, text: str, depth: int) -> str:
        pieces, at = list[str](), 0
        while True:
            dollar = text.find("$", at)
            if dollar < 0:
                return "".join([*pieces, text[at:]])
            pieces.append(text[at:dollar])
            value, at = self._expression(text, dollar, depth)
            pieces.append(value)

    def _expression(self, text: str, at: int, depth: int) -> tuple[str, int]:
        """The value of the expression that begins at a dollar, and where it ends."""
        if text.startswith("$$", at):
            return "$", at + 2
        if text.startswith("${", at):
            end = _closing(text, at + 2)
            name = _SIMPLE.match(text, at + 2)
            if end < 0 or name is None or depth == 0:
                behind = end + 1 if end >= 0 else len(text)
                return text[at:behind], behind
            return self._braced(name.group(), text[name.end() : end], depth), end + 1
        name = _SIMPLE.match(text, at + 1)
        if name is None:
            return "$", at + 1
        return self._value(name.group()), name.end()

    def _braced(self, name: str, rest: str, depth: int) -> str:
        operator = next((one for one in _OPERATORS if rest.startswith(one)), "")
        argument = rest[len(operator) :]
        is_set = name in self._env and (self._env[name] != "" or not operator.startswith(":"))
        if operator.endswith("-") and not is_set:
            return self.filled(argument, depth - 1)
        if operator.endswith("+") and is_set:
            return self.filled(argument, depth - 1)
        return self._value(name)

    def _value(self, name: str) -> str:
        value = self._env.get(name)
        if value is None or len(value) > self._room:
            return mark(name)
        self._room -= len(value)
        return value


def _closing(text: str, at: int) -> int:
    """The brace that closes the one before `at`; -1 where there is none."""
    deep = 1
    while True:
        end = text.find("}", at)
        if end < 0:
            return -1
        deep += text.count("${", at, end) - 1
        if deep == 0:
            return end
        at = end + 1
