"""The commands of a text for PowerShell or cmd: enough to see which programs run with which words."""

import re

from ringfence.shellwords.scanner import Command

MAX_COMMANDS = 5000
MAX_DEPTH = 8
_MAX_CHARS = 512 * 1024

_TOKEN = re.compile(
    r"(?P<blank>(?:[ \t\r]|[`^]\r?\n)+|\#[^\n]*)|(?P<end>[;\n{}]|&&?|\|\|)|(?P<pipe>\|)"
    r"|(?P<word>(?:[^\s;{}&|()\"'`]+|`.?|\"(?:[^\"`]+|`.|\"\")*\"?|'[^']*'?)+)|(?P<open>\()|(?P<close>\))",
    re.DOTALL,
)
_QUOTES = re.compile(r"`(.)|[\"']", re.DOTALL)


def windows_commands(text: str) -> tuple[Command, ...]:
    """Every command of a text, those in parentheses behind what they stand in, where `(…)` is a word. Never raises."""
    found = list[Command]()
    _read(text[:_MAX_CHARS], 0, found, MAX_DEPTH)
    return tuple(found[:MAX_COMMANDS])


def _read(text: str, base: int, found: list[Command], depth: int) -> None:
    words, begin, end, at = list[str](), 0, 0, 0
    inner = list[tuple[int, int]]()
    while at < len(text) and len(found) < MAX_COMMANDS:
        token = _TOKEN.match(text, at)
        kind = token.lastgroup if token else None
        start, at = at, token.end() if token else at + 1
        if kind == "open":
            at = _closing(text, start)
            inner.append((start + 1, at))
        if kind in ("word", "open"):
            begin = begin if words else start
            words.append(text[start:at] if kind == "open" else _QUOTES.sub(_unquoted, text[start:at]))
            end = at
        elif kind in ("end", "pipe", "close") and words:
            found.append(Command(tuple(words), base + begin, base + end))
            words = []
            if kind == "pipe":
                found.append(Command(("|",), base + start, base + at))
    if words:
        found.append(Command(tuple(words), base + begin, base + end))
    for start, stop in inner if depth else ():
        _read(text[start:stop], base + start, found, depth - 1)


def _unquoted(quote: re.Match[str]) -> str:
    return quote[1] or ""


def _closing(text: str, at: int) -> int:
    """The offset behind the parenthesis that closes the one at `at`; the end of the text without one."""
    depth, quote = 0, ""
    for index in range(at, len(text)):
        character = text[index]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "()":
            depth += 1 if character == "(" else -1
            if depth == 0:
                return index + 1
    return len(text)
