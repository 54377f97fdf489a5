"""Strict JSON (RFC 8259) as a tree with exact positions, in the nodes of yamltree: a text's style is `"`, a word's "".

Bounded in characters, nodes and depth. What stands before damage is kept.
"""

import re
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import NoReturn

from ringfence.formats.yamltree import Broken, Mapping, Node, Scalar, Sequence

MAX_CHARS = 8 * 1024 * 1024
MAX_NODES = 500_000
MAX_DEPTH = 100

_BLANK = re.compile(r"[ \t\r\n]*")
_WORD = re.compile(r"true|false|null|-?(?:0|[1-9][0-9]{0,400})(?:\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,4})?(?![\w.])")


def parse(text: str) -> tuple[Node | None, tuple[Broken, ...]]:
    """The root of a JSON text, as far as it can be read, and what is wrong with it. Never raises."""
    reader = _Reader(text)
    try:
        reader.read()
    except _Stopped as stopped:
        line = text.count("\n", 0, stopped.offset) + 1
        column = stopped.offset - text.rfind("\n", 0, stopped.offset)
        return reader.root, (Broken(line=line, column=column, message=stopped.message),)
    return reader.root, ()


class _Stopped(Exception):
    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset, self.message = offset, message


class _Reader:
    """Reads with a stack of its own: depth costs no recursion."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pos = 1 if text.startswith("\ufeff") else 0
        self.root: Node | None = None
        self._open = list[Mapping | Sequence]()
        self._line, self._line_start, self._counted = 1, 0, 0
        self._nodes = 0

    def read(self) -> None:
        """Read all. Raises _Stopped; what is open then ends there."""
        if len(self.text) > MAX_CHARS:
            self._fail(f"it is longer than {MAX_CHARS} characters", 0)
        try:
            self._skip()
            self._value(None)
            while self._open:
                self._inside(self._open[-1])
            if self._skip():
                self._fail("something stands behind the end")
        finally:
            for node in self._open:
                node.end = self.pos

    def _fail(self, message: str, offset: int | None = None) -> NoReturn:
        raise _Stopped(self.pos if offset is None else offset, message)

    def _skip(self) -> str:
        found = _BLANK.match(self.text, self.pos)
        self.pos = found.end() if found else self.pos
        return self.text[self.pos : self.pos + 1]

    def _inside(self, node: Mapping | Sequence) -> None:
        """The next item of what is open, or its end."""
        close = "}" if isinstance(node, Mapping) else "]"
        first = not (node.pairs if isinstance(node, Mapping) else node.items)
        char = self._skip()
        if char == close:
            self.pos += 1
            node.end = self.pos
            self._open.pop()
            return
        if not first:
            if char != ",":
                self._fail(f"`,` or `{close}` is missing")
            self.pos += 1
            char = self._skip()
        if isinstance(node, Sequence):
            self._value(node)
            return
        if char != '"':
            self._fail("a name in quotes is missing")
        key = self._string()
        if self._skip() != ":":
            self._fail("`:` is missing")
        self.pos += 1
        self._skip()
        self._value(node, key)

    def _value(self, parent: Mapping | Sequence | None, key: Scalar | None = None) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._fail(f"it holds more than {MAX_NODES} values")
        node = self._node()
        if isinstance(parent, Mapping) and key is not None:
            parent.pairs.append((key, node))
        elif isinstance(parent, Sequence):
            parent.items.append(node)
        else:
            self.root = node
        if not isinstance(node, Scalar) and isinstance(node, Mapping | Sequence):
            self._open.append(node)

    def _node(self) -> Node:
        char = self.text[self.pos : self.pos + 1]
        if char == '"':
            return self._string()
        line, column = self._position()
        if char in ("{", "[") and char:
            if len(self._open) >= MAX_DEPTH:
                self._fail(f"it is nested deeper than {MAX_DEPTH}")
            kind = Mapping if char == "{" else Sequence
            node = kind(True, "", "", self.pos, line, column)
            self.pos += 1
            return node
        found = _WORD.match(self.text, self.pos)
        if found is None:
            self._fail("a value is missing")
        start, self.pos = self.pos, found.end()
        return Scalar(found.group(), "", "", "", start, self.pos, line, column)

    def _string(self) -> Scalar:
        start = self.pos
        line, column = self._position()
        try:
            value, self.pos = scanstring(self.text, start + 1, True)
        except ValueError as error:
            self._fail(
                "a text is not closed, or holds what no JSON may", min(getattr(error, "pos", start), len(self.text))
            )
        return Scalar(value, '"', "", "", start, self.pos, line, column)

    def _position(self) -> tuple[int, int]:
        breaks = self.text.count("\n", self._counted, self.pos)
        if breaks:
            self._line += breaks
            self._line_start = self.text.rfind("\n", 0, self.pos) + 1
        self._counted = self.pos
        return self._line, self.pos - self._line_start + 1
