"""Reads a configuration file in HCL's native syntax: blocks and attributes, and what is broken in between.

Most attributes are recognised by one regular expression and their values read only when asked for. What is not so plain
is read at once. After damage the reader goes on at the next line that begins something.
"""

import re

from ringfence.formats.hcl.body import Attribute, Block, Body, Broken, HclFile, Source
from ringfence.formats.hcl.expressions import (
    IDENTIFIER,
    MAX_TERMS,
    Parser,
    behind_blank,
    behind_gap,
)
from ringfence.formats.hcl.skipping import item_end, margin
from ringfence.formats.hcl.syntax import Bad, HclSyntaxError, OpenHeredocError

MAX_CHARS = 8 * 1024 * 1024
MAX_BROKEN = 100
MAX_LABELS = 20
MAX_DEPTH = 100
#: Characters read in vain, in all.
MAX_WASTED = 4_000_000
#: Items and blocks in one file.
MAX_NODES = 500_000

_REFERENCE = rf'{IDENTIFIER}(?:\.{IDENTIFIER}|\[[0-9]{{1,9}}\]|\["[^"\\$%\n]*"\])*'
_TEXT = rf'"[^"\\$%\n]*(?:(?:\$\{{[ ]?{_REFERENCE}[ ]?\}}|\\[nrt"\\])[^"\\$%\n]*){{0,200}}"'
_SCALAR = rf"(?:{_TEXT}|[0-9]{{1,15}}(?:\.[0-9]{{1,15}})?|{_REFERENCE})"
_LIST = rf"\[[ \t\r\n]*(?:{_SCALAR}[ \t\r\n]*,[ \t\r\n]*){{0,500}}(?:{_SCALAR}[ \t\r\n]*)?\]"
_MAP = (
    rf"\{{[ \t\r\n]*(?:{IDENTIFIER}[ \t]*[=:][ \t]*{_SCALAR}[ \t]*(?:,[ \t\r\n]*|\r?\n[ \t\r\n]*)){{0,500}}"
    rf"(?:{IDENTIFIER}[ \t]*[=:][ \t]*{_SCALAR}[ \t\r\n]*)?\}}"
)
_END = r"(?=[ \t]*(?:\r?\n|[#}]|//|\Z))"
_LABEL_TEXT = r'"[^"\\\n]*(?:\\[^\n][^"\\\n]*){0,200}"'
_LABELLED = rf"(?:[ \t]+{IDENTIFIER}|[ \t]*{_LABEL_TEXT}){{0,20}}"
_ITEM = re.compile(
    rf"[ \t\r\n]*(?:({IDENTIFIER})(?:[ \t]*=[ \t]*({_SCALAR}|{_LIST}|{_MAP}){_END}"
    rf"|({_LABELLED})[ \t]*\{{)|(\}}))"
)
_WORD = re.compile(rf"({_LABEL_TEXT})|({IDENTIFIER})")
_ITEM_END = re.compile(r"\r?\n|#|//|\}|\Z")
_BEGINS = re.compile(rf"[ \t]*(?:{IDENTIFIER}[ \t]*=(?![=>])|{IDENTIFIER}{_LABELLED}[ \t]*\{{|\}}[ \t]*\r?(?:\n|\Z))")
_COMMENT = re.compile(r"#[^\n]*|//[^\n]*|/\*(?:.*?\*/|(.*))", re.DOTALL)
#: Blocks that stand at the top, with the number of their labels.
_TOP = {"resource": 2, "data": 2, "module": 1, "variable": 1, "output": 1, "provider": 1, "locals": 0, "terraform": 0}


def parse(text: str, file: str) -> HclFile:
    """Read a text in native syntax. Never raises for what it holds."""
    source = Source(text, file)
    reader = _Reader(source)
    if len(text) > MAX_CHARS:
        reader.say(0, f"it is longer than {MAX_CHARS} characters", reader.root)
    else:
        reader.read()
    return HclFile(text=text, file=file, body=reader.root, broken=tuple(reader.broken), source=source)


def _labels(text: str) -> tuple[str, ...]:
    parts = text.split('"')
    if "\\" in text or "".join(parts[::2]).strip():
        return tuple(one[2] or one[1][1:-1] for one in _WORD.finditer(text))
    return tuple(parts[1::2])


class _Stop(Exception):
    """Enough of this file."""


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source, self.text = source, source.text
        self.root = Body(source, 0)
        self.root.end = len(self.text)
        self.broken = list[Broken]()
        self.open = list[Block]()
        self.body = self.root
        self.pos = 1 if self.text.startswith("\ufeff") else 0
        self.nodes = 0
        self.terms = MAX_TERMS
        self.wasted = 0

    def say(self, offset: int, message: str, body: Body) -> None:
        """Remember what is broken."""
        line, column = self.source.position(offset)
        self.broken.append(Broken(line=line, column=column, message=message))
        body.broken = True

    def read(self) -> None:
        """Read all of the text."""
        try:
            while self._item():
                self.nodes += 1
                if self.nodes > MAX_NODES:
                    self._stop(f"it holds more than {MAX_NODES} attributes and blocks")
        except _Stop:
            for block in self.open:
                block.body.broken = True
                block.end = block.body.end = len(self.text)
            return
        for block in self.open:
            self.say(block.start, "this block is not closed", block.body)
            block.end = block.body.end = len(self.text)

    def _stop(self, message: str) -> None:
        self.say(self.pos, message, self.root)
        raise _Stop

    def _item(self) -> bool:
        text = self.text
        found = _ITEM.match(text, self.pos)
        if found is None:
            return self._other()
        which = found.lastindex
        if which == 2:
            start, value_start = found.start(1), found.start(2)
            self._add(Attribute(self.source, found[1], start, value_start, found.end(2)))
            self.pos = found.end()
        elif which == 3:
            self._open(found.start(1), found[1], _labels(found[3]) if found[3] else (), found.end())
        else:
            self._close(found.start(4))
        return True

    def _add(self, attribute: Attribute) -> None:
        if self.body.attributes.setdefault(attribute.name, attribute) is not attribute:
            self.body.broken = True
            if len(self.broken) < MAX_BROKEN:
                self.say(attribute.start, f"`{attribute.name}` is set twice", self.body)

    def _open(self, start: int, kind: str, labels: tuple[str, ...], open_end: int) -> None:
        if self.open and _TOP.get(kind, -1) == len(labels) and (start == 0 or self.text[start - 1] == "\n"):
            self._close_all(start)
        if len(self.open) >= MAX_DEPTH:
            self._stop(f"its blocks are nested deeper than {MAX_DEPTH}")
        self.pos = open_end
        body = Body(self.source, self.pos)
        block = Block(self.source, kind, labels, start, self.pos, body)
        self.body.blocks.append(block)
        self.open.append(block)
        self.body = body

    def _close_all(self, offset: int) -> None:
        """A block of the top begins at the left margin within others: they were never closed."""
        for block in self.open:
            self.say(block.start, "this block is not closed", block.body)
            block.end = block.body.end = offset
        self.open.clear()
        self.body = self.root
        self._check()

    def _close(self, offset: int) -> None:
        self.pos = offset + 1
        if not self.open:
            self.say(offset, "`}` closes nothing", self.root)
            self._check()
            return
        block = self.open.pop()
        block.body.end, block.end = offset, offset + 1
        self.body = self.open[-1].body if self.open else self.root

    def _other(self) -> bool:
        """Comments, an attribute that is not plain, the end, or damage."""
        text = self.text
        before, at = self.pos, behind_gap(text, self.pos)
        if at > self.pos:
            self.pos = at
            if at < len(text):
                return True
        if at >= len(text):
            for comment in _COMMENT.finditer(text, before):
                if comment[1] is not None:
                    self.say(comment.start(), "this comment is not closed", self.body)
            return False
        name, labels, sign, behind_sign = self._head(at)
        if sign == "{":
            self._open(at, name, labels, behind_sign)
            return True
        if sign != "=" or labels:
            self._damage(at, at, "this is neither an attribute nor a block", "")
            return True
        value_start = behind_blank(text, behind_sign)
        parser = Parser(text, value_start)
        parser.terms = self.terms
        try:
            expression = parser.expression()
            behind = behind_blank(text, expression.end)
            if not _ITEM_END.match(text, behind):
                raise HclSyntaxError(behind, "something stands behind the expression")
        except HclSyntaxError as error:
            self.wasted += max(parser.pos, error.offset) - at
            self._damage(value_start, error.offset, error.message, name, far=isinstance(error, OpenHeredocError))
            return True
        finally:
            self.terms = parser.terms
        self._add(Attribute(self.source, name, at, value_start, expression.end, expression))
        self.pos = expression.end
        return True

    def _head(self, at: int) -> tuple[str, tuple[str, ...], str, int]:
        """The words an item begins with, what stands behind them, and the offset behind that. Comments do not count."""
        text, words = self.text, list[str]()
        while (found := _WORD.match(text, at)) and len(words) < MAX_LABELS:
            if found[1] and not words:
                break
            words.append(found[1][1:-1] if found[1] else found[2])
            at = behind_blank(text, found.end())
        sign = text[at : at + 1] if words and not text.startswith(("==", "=>"), at) else ""
        return words[0] if words else "", tuple(words[1:]), sign, at + 1

    def _damage(self, start: int, offset: int, message: str, name: str, *, far: bool = False) -> None:
        """Something between `start` and `offset` does not fit: remember it, and go on behind it.

        `far`: only what begins at the left margin is certain not to belong to it.
        """
        text, item = self.text, self.pos
        self.say(offset, message, self.body)
        self._check()
        end = margin(text, offset) if far else item_end(text, start)
        if end is None or end < offset:
            line = text.rfind("\n", 0, offset) + 1
            if line <= start or not _BEGINS.match(text, line):
                line = text.find("\n", offset) + 1 or len(text)
            end = line
        if name:
            bad = Bad(start, max(end, start), message)
            self.body.attributes.setdefault(name, Attribute(self.source, name, item, start, bad.end, bad))
        self.pos = max(end, item + 1)

    def _check(self) -> None:
        if len(self.broken) >= MAX_BROKEN or self.wasted > MAX_WASTED:
            self._stop("too much of it cannot be read")
