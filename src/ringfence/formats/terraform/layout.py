"""Where new attributes and blocks go in a body, aligned as `terraform fmt` aligns them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ringfence.formats.hcl.body import Attribute, Body

_REMARK = re.compile(r" +(?=#|//|/\*)")


class Addition:
    """What to add to a body (None: to one that is made): attributes by name, and blocks by their type."""

    def __init__(self, body: Body | None, indent: str) -> None:
        self.body, self.indent = body, indent
        self.attributes = dict[str, str]()
        #: Attributes that are there and go.
        self.gone = set[str]()
        self.blocks = list[tuple[str, Addition]]()

    def block(self, kind: str) -> "Addition":
        """The block of a type that is added; made where there is none yet."""
        return next((one for name, one in self.blocks if name == kind), None) or self.another(kind)

    def another(self, kind: str) -> "Addition":
        """One more block of a type."""
        made = Addition(None, self.indent + "  ")
        self.blocks.append((kind, made))
        return made

    def lines(self) -> list[str]:
        """A made body's lines."""
        return [*aligned_lines(self.attributes, self.indent, 0), *self.block_lines(bool(self.attributes))]

    def block_lines(self, gap: bool) -> list[str]:
        """The lines of its blocks, a blank line between them; `gap`: one before them too."""
        found = list[str]()
        for kind, inner in self.blocks:
            found += [*([""] if gap else []), f"{self.indent}{kind} {{", *inner.lines(), f"{self.indent}}}"]
            gap = True
        return found


@lru_cache(maxsize=1)
def newline_of(text: str) -> str:
    """The text's own line end; each fix of a file asks for it."""
    return "\r\n" if "\r\n" in text else "\n"


def whole_lines(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of a block with its indentation, its line end, and one of the blank lines around it."""
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip():
        return start, end
    behind = text.find("\n", end)
    behind = len(text) if behind < 0 else behind + 1
    if text[end:behind].strip():
        return start, end
    before = text[:line].rstrip(" \t\r")
    if before.endswith(("\n\n", "\n\r\n")):
        line = text.rfind("\n", 0, line - 1) + 1 if not text[text.rfind("\n", 0, line - 1) + 1 : line].strip() else line
    return line, behind


def additions(text: str, addition: Addition) -> Iterator[tuple[int, int, str]]:
    """(start, end, text) of the edits that add to a body which is there."""
    body = addition.body
    assert body is not None  # noqa: S101
    newline = newline_of(text)
    outer = addition.indent[:-2]
    if "\n" not in text[body.start : body.end]:
        said = [addition.indent + text[body.start : body.end].strip()] if text[body.start : body.end].strip() else []
        lines = [*said, *_after(addition, said), *addition.block_lines(bool(said or addition.attributes))]
        yield body.start, body.end, newline + newline.join(lines) + newline + outer
        return
    first_block = min((one.start for one in body.blocks), default=body.end)
    kept = [one for one in body.attributes.values() if one.name not in addition.gone]
    before = [one for one in kept if one.end <= first_block]
    last = max(before, key=lambda one: one.end, default=None)
    if addition.attributes:
        at = _line_end(text, last.end if last else body.start)
        width, fits = _width(text, last, addition.attributes)
        gap = [""] if last is not None and not fits else []
        lines = [*gap, *aligned_lines(addition.attributes, addition.indent, width if fits else 0)]
        tail = newline if last is None and body.blocks else ""
        yield at, at, newline + newline.join(lines) + tail
    if addition.blocks:
        at = text.rfind("\n", 0, body.end) + 1
        gap_ = bool(body.attributes or body.blocks or addition.attributes)
        yield at, at, newline.join(addition.block_lines(gap_)) + newline


def _after(addition: Addition, kept: list[str]) -> list[str]:
    """New attributes below the one that a line of a block had."""
    if not kept:
        return aligned_lines(addition.attributes, addition.indent, 0)
    return ["", *aligned_lines(addition.attributes, addition.indent, 0)] if addition.attributes else []


def aligned_lines(attributes: dict[str, str], indent: str, width: int) -> list[str]:
    """The lines of attributes, those of neighbours aligned, the first with what is `width` wide above them. One of
    several lines stands for itself."""
    lines, run = list[str](), list[tuple[str, str]]()
    for name, said in [*attributes.items(), ("", "\n")]:
        if "\n" not in said:
            run.append((name, said))
            continue
        widest = max([width, *(len(one) for one, _ in run)])
        lines += [f"{indent}{one.ljust(widest)} = {value}" for one, value in run]
        run, width = [], 0
        if name:
            lines.append(f"{indent}{name} = {said}")
    return lines


def in_place(text: str, start: int, end: int, said: str) -> tuple[int, int, str]:
    """(start, end, text) of the edit that puts a value in place of another. A remark behind it stays below or above
    those of its neighbours."""
    line = text.rfind("\n", 0, start) + 1
    remark = _REMARK.match(text, end)
    if remark is None or "\n" in text[start:end] or not _is_lined_up(text, line, remark.end() - line):
        return start, end, said
    gap = remark.end() - start - len(said)
    return start, remark.end(), said + " " * max(gap, 1)


def _is_lined_up(text: str, line: int, column: int) -> bool:
    """Whether there is a remark at this column of a neighbouring line, too."""
    behind = text.find("\n", line) + 1 or len(text)
    before = text.rfind("\n", 0, max(line - 1, 0)) + 1 if line else len(text)
    neighbours = [text[at : _line_end(text, at)] for at in (before, behind)]
    return any(one[:column].strip() and one[column - 1 : column + 1] in (" #", " /") for one in neighbours)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if end > 0 and text[end - 1] == "\r" else end


def _width(text: str, last: Attribute | None, attributes: dict[str, str]) -> tuple[int, bool]:
    """How wide the names above are, and whether the new ones fit in below them without moving any."""
    if last is None:
        return 0, True
    if "\n" in text[last.start : last.end]:  # behind several lines a new group begins
        return 0, True
    width = text.find("=", last.start) - last.start - 1
    return width, all(len(name) <= width for name, said in attributes.items() if "\n" not in said)
