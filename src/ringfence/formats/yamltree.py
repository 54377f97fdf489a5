"""YAML as a tree with exact positions, from libyaml's events.

Everything is bounded before and while it is parsed: characters, nodes (aliases expanded), depth, broken documents. A
document that is broken gives one error and no tree; those before and behind it are whole.

What does not belong here: what a key means (yamlread.py), and edits (yamledit.py).
"""

import re
from typing import NamedTuple

from ringfence.dataclasses import dataclass
from ringfence.formats.yamlcomposer import MAX_DEPTH, MAX_NODES, Composer, Trouble
from ringfence.formats.yamlnodes import Alias, Mapping, Node, Scalar, Sequence, resolved, scalars, written

MAX_CHARS = 8 * 1024 * 1024
MAX_BROKEN = 50
#: libyaml compares each %TAG with all before it.
MAX_TAG_DIRECTIVES = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Broken:
    """Why a text, or a document of it, could not be read; `line` and `column` from 1."""

    line: int
    column: int
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class YamlText:
    """A parsed text: the root of every document (None for an empty one), and what was wrong."""

    text: str
    documents: tuple[Node | None, ...]
    broken: tuple[Broken, ...]


# What libyaml refuses, so that it is named with its place instead of as an "unacceptable character".
_UNPRINTABLE = re.compile("[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_BLANK = ("", " ", "\t", "\r", "\n")


class _Stretch(NamedTuple):
    """Documents that are read at once, and what is known to be wrong behind them."""

    end: int
    trouble: Trouble | None


def parse(text: str) -> YamlText:
    """Parse all documents of a text. Never raises for what the text holds.

    After damage the parser goes on at the next line that begins a document.
    """
    documents, broken = list[Node | None](), list[Broken]()
    at = first = len(text) - len(text.lstrip("\ufeff"))
    trouble = _refused(text)
    while trouble is None:
        stretch = _stretch(text, at)
        trouble = Composer(text, at, stretch.end, first, documents).run() or stretch.trouble
        if trouble is None:
            break
        broken.append(_broken(text, trouble))
        at = _next_document(text, at, trouble.offset)
        if trouble.final or at < 0:
            break
        trouble = Trouble(at, "too much before it is broken", final=True) if len(broken) >= MAX_BROKEN else None
    else:
        broken.append(_broken(text, trouble))
    return YamlText(text=text, documents=tuple(documents), broken=tuple(broken))


def _refused(text: str) -> Trouble | None:
    """Why a text is not looked at at all."""
    if len(text) > MAX_CHARS:
        return Trouble(0, f"it is longer than {MAX_CHARS} characters", final=True)
    if text.count("%TAG") > MAX_TAG_DIRECTIVES:
        found = [one.start() for one in re.finditer(r"^%TAG", text, re.MULTILINE)]
        if len(found) > MAX_TAG_DIRECTIVES:
            return Trouble(found[-1], f"it has more than {MAX_TAG_DIRECTIVES} %TAG directives", final=True)
    return None


def _stretch(text: str, begin: int) -> _Stretch:
    """All documents before the one that holds a character which no YAML may."""
    bad = _UNPRINTABLE.search(text, begin)
    if bad is None:
        return _Stretch(len(text), None)
    trouble = Trouble(bad.start(), f"it holds {bad.group()!a}, which no YAML may")
    end = bad.start()
    while end > begin:
        end = text.rfind("\n---", begin, end + 3)
        if end < 0:
            return _Stretch(begin, trouble)
        if text[end + 4] in _BLANK:
            return _Stretch(end + 1, trouble)
    return _Stretch(begin, trouble)


def _next_document(text: str, begin: int, damage: int) -> int:
    """Where the next document begins, at the line of the damage or below; -1 where there is none."""
    at = max(begin, text.rfind("\n", 0, damage))
    while True:
        at = text.find("\n---", at)
        if at < 0 or text[at + 4 : at + 5] in _BLANK:
            return at + 1 if at >= 0 else -1
        at += 1


def _broken(text: str, trouble: Trouble) -> Broken:
    offset = min(trouble.offset, max(0, len(text) - 1))  # an end that comes too soon is on the last line
    line = text.rfind("\n", 0, offset) + 1
    column = offset - line + 1 - (line == 0 and offset > 0 and text.startswith("\ufeff"))
    return Broken(line=text.count("\n", 0, offset) + 1, column=column, message=trouble.message)


__all__ = [
    "MAX_CHARS", "MAX_DEPTH", "MAX_NODES", "Alias", "Broken", "Mapping", "Node", "Scalar", "Sequence", "YamlText",
    "parse", "resolved", "scalars", "written",
]  # fmt: skip
