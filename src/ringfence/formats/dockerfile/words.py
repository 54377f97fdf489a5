"""Arguments of instructions: words, variables, and `NAME=value` pairs."""

import json
import re
from collections.abc import Mapping

from ringfence.formats.dockerfile.lines import Raw

#: What a variable that is not known leaves in a text.
OPEN, CLOSE = "\ue000", "\ue001"
MAX_DEPTH = 5

_VARIABLE = re.compile(r"\\.|\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)(:?[-+?]|[#%/]{1,2})?([^{}]*)\})")
_WORD = re.compile(r"""(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"?|'[^']*'?)+""", re.DOTALL)
_QUOTED = re.compile(r"""\\(.)|"((?:[^"\\]|\\.)*)"?|'([^']*)'?""", re.DOTALL)
_FLAG = re.compile(r"--([a-z][a-z-]*)(?:=(\S*))?(?:\s+|$)")


def filled(text: str, variables: Mapping[str, str | None], depth: int = MAX_DEPTH) -> str:
    """A text with its variables filled in. One without a known value leaves a mark."""
    if "$" not in text:
        return text

    def value(match: re.Match[str]) -> str:
        name = match[1] or match[2]
        if name is None:
            return match[0]
        known = variables.get(name)
        operator, argument = match[3] or "", match[4] or ""
        if operator.endswith("-") and not known:
            return filled(argument, variables, depth - 1) if depth else argument
        if operator.endswith("+"):
            return filled(argument, variables, depth - 1) if known and depth else ""
        if known is None or operator[:1] in ("#", "%", "/"):
            return f"{OPEN}{name}{CLOSE}"
        return known

    return _VARIABLE.sub(value, text)


def split(text: str) -> list[tuple[str, int]]:
    """Words with their offsets, quotes still on."""
    return [(match[0], match.start()) for match in _WORD.finditer(text)]


def unquoted(word: str) -> str:
    """A word without its quotes and escapes."""
    return _QUOTED.sub(lambda match: match[1] or match[2] or match[3] or "", word)


def flags(raw: Raw) -> tuple[tuple[str, ...], int]:
    """The `--name=value` at the beginning as `name=value`, and where the rest begins."""
    found, at = list[str](), 0
    while (match := _FLAG.match(raw.body, at)) is not None:
        found.append(f"{match[1]}={match[2] or ''}")
        at = match.end()
    return tuple(found), at


def exec_form(text: str) -> tuple[str, ...] | None:
    """The words of a JSON array; None for the shell form."""
    if not text.lstrip().startswith("["):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return tuple(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else None


def pairs(text: str) -> list[tuple[str, str, int]]:
    """Names, values and offsets of `NAME=value …`, or of the older `NAME value`."""
    words = split(text)
    if words and "=" not in words[0][0] and len(words) > 1:
        return [(unquoted(words[0][0]), text[words[1][1] :].strip(), words[0][1])]
    found = list[tuple[str, str, int]]()
    for word, offset in words:
        name, _, value = word.partition("=")
        found.append((unquoted(name), unquoted(value), offset))
    return found
