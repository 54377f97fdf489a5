"""YAML as a tree with exact positions, from libyaml's events.

Nodes keep what a loader throws away: where they stand, their style, anchors, and aliases as aliases. Everything
is bounded before and while it is parsed: characters, nodes, depth. A broken document gives what stood before the
damage and one error; the documents before it are whole. Recursion is bounded by MAX_DEPTH.

What does not belong here: what a key means, and edits (yamledit.py).
"""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import yaml

from ringfence.dataclasses import dataclass

MAX_CHARS = 8 * 1024 * 1024
MAX_NODES = 1_000_000
MAX_DEPTH = 100


class Scalar:
    """A scalar. `style` is "" for plain, else `'`, `"`, `|` or `>`; `value` is the text after unescaping."""

    __slots__ = ("anchor", "column", "end", "line", "start", "style", "tag", "value")

    def __init__(self, value: str, style: str, tag: str, anchor: str, start: int, end: int, line: int, column: int):
        self.value, self.style, self.tag, self.anchor = value, style, tag, anchor
        self.start, self.end, self.line, self.column = start, end, line, column


class Mapping:
    """A mapping: `pairs` in the order of the file, duplicates and merge keys included. `flow`: written with braces.

    `start` is the offset of its first key or brace, `end` that behind its last value or brace (trailing comments and
    blank lines are not in it). An anchor or tag stands before `start`.
    """

    __slots__ = ("anchor", "column", "end", "flow", "line", "pairs", "start", "tag")

    def __init__(self, flow: bool, tag: str, anchor: str, start: int, line: int, column: int):
        self.pairs: list[tuple[Node, Node]] = []
        self.flow, self.tag, self.anchor = flow, tag, anchor
        self.start, self.end, self.line, self.column = start, start, line, column


class Sequence:
    """A sequence. `flow`: written with brackets. `start` of a block sequence is the offset of its first dash."""

    __slots__ = ("anchor", "column", "end", "flow", "items", "line", "start", "tag")

    def __init__(self, flow: bool, tag: str, anchor: str, start: int, line: int, column: int):
        self.items: list[Node] = []
        self.flow, self.tag, self.anchor = flow, tag, anchor
        self.start, self.end, self.line, self.column = start, start, line, column


class Alias:
    """`*name`. `target` is the anchored node; None where there is none (which is also an error)."""

    __slots__ = ("column", "end", "line", "name", "start", "target")

    def __init__(self, name: str, target: "Node | None", start: int, end: int, line: int, column: int):
        self.name, self.target = name, target
        self.start, self.end, self.line, self.column = start, end, line, column


Node: TypeAlias = Scalar | Mapping | Sequence | Alias


@dataclass(frozen=True, kw_only=True, slots=True)
class Broken:
    """Why a text, or the rest of it, could not be read; `line` and `column` from 1."""

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
_NEXT_DOCUMENT = re.compile(r"^---(?=\s|$)", re.MULTILINE)
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*(?:[ \t]+|[ \t]*(?:#[^\n]*)?\r?\n\s*|$))+")
_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)


def parse(text: str) -> YamlText:
    """Parse all documents of a text. Never raises for what the text holds.

    After damage the parser goes on at the next line that begins a document.
    """
    if len(text) > MAX_CHARS:
        return YamlText(text=text, documents=(), broken=(_broken(1, 1, f"it is longer than {MAX_CHARS} characters"),))
    bad = _UNPRINTABLE.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        message = f"it holds {bad.group()!a}, which no YAML may"
        return YamlText(text=text, documents=(), broken=(_broken(line, 1, message),))
    documents, broken = list[Node | None](), list[Broken]()
    begin = 1 if text.startswith("\ufeff") else 0
    while True:
        composer = _Composer(text, begin)
        try:
            documents += composer.documents()
            break
        except _Stopped as stopped:
            documents += composer.done
            broken.append(stopped.broken)
            behind = _offset_of(text, stopped.broken.line)
            following = _NEXT_DOCUMENT.search(text, max(behind, begin + 1))
            if following is None or stopped.final:
                break
            begin = following.start()
    return YamlText(text=text, documents=tuple(documents), broken=tuple(broken))


def resolved(node: "Node | None") -> "Scalar | Mapping | Sequence | None":
    """The node itself, or what an alias stands for."""
    while isinstance(node, Alias):
        node = node.target
    return node


class _Stopped(Exception):
    """The text cannot be read any further; `final`: not even behind the next document's begin."""

    def __init__(self, broken: Broken, *, final: bool = False) -> None:
        super().__init__(broken.message)
        self.broken = broken
        self.final = final


def _broken(line: int, column: int, message: str) -> Broken:
    return Broken(line=line, column=column, message=message)


def _offset_of(text: str, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        found = text.find("\n", at)
        if found < 0:
            return len(text)
        at = found + 1
    return at


class _Composer:
    """Turns events into nodes. One for each stretch of text; offsets and lines are those of the whole text."""

    def __init__(self, text: str, begin: int) -> None:
        self._text = text
        self._begin = begin
        self._line = text.count("\n", 0, begin) + 1
        self._anchors = dict[str, Node]()
        self._weights = dict[int, int]()
        self._nodes = 0
        self.done = list[Node | None]()

    def documents(self) -> list[Node | None]:
        """All documents. Raises _Stopped; `done` then holds those before the damage."""
        try:
            # Nothing of a tag is ever constructed: only events are read.
            self._loader = _LOADER(self._text[self._begin :] if self._begin else self._text)
            try:
                self._read()
            finally:
                self._loader.dispose()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise self._stop(mark, error.problem or error.context or "it is no YAML") from None
        except yaml.YAMLError as error:
            raise _Stopped(_broken(self._line, 1, str(error).split("\n")[0]), final=True) from None
        return self.done

    def _read(self) -> None:
        get = self._loader.get_event
        while True:
            event = get()
            kind = type(event)
            if kind is yaml.StreamEndEvent:
                return
            if kind is yaml.DocumentStartEvent:
                self._anchors.clear()
                event = get()
                node = self._node(event, 0)
                empty = isinstance(node, Scalar) and node.start == node.end and not node.style
                self.done.append(None if empty else node)

    def _node(self, event: Any, depth: int) -> "Node":
        self._nodes += 1
        kind = type(event)
        mark = event.start_mark
        start = mark.index + self._begin
        if kind is yaml.ScalarEvent:
            node: Node = self._scalar(event, start)
        elif kind is yaml.AliasEvent:
            return self._alias(event, start)
        else:
            if depth >= MAX_DEPTH:
                raise self._stop(mark, f"it is nested deeper than {MAX_DEPTH}", final=True)
            node = self._collection(event, start, depth)
        if self._nodes > MAX_NODES:
            raise self._stop(mark, f"it holds more than {MAX_NODES} nodes, aliases expanded", final=True)
        if event.anchor:
            self._anchors[event.anchor] = node
        return node

    def _scalar(self, event: Any, start: int) -> Scalar:
        end = event.end_mark.index + self._begin
        mark = event.start_mark
        line, column = mark.line + self._line, mark.column + 1
        tag = event.tag or ""
        if event.anchor or tag:
            found = _PROPERTIES.match(self._text, start)
            behind = min(found.end(), end) if found else start
            line += self._text.count("\n", start, behind)
            column = behind - self._text.rfind("\n", 0, behind)
            start = behind
        return Scalar(event.value, event.style or "", tag, event.anchor or "", start, end, line, column)

    def _alias(self, event: Any, start: int) -> Alias:
        mark = event.start_mark
        target = self._anchors.get(event.anchor)
        if target is None:
            raise self._stop(mark, f"the alias *{event.anchor} stands for nothing that was read before")
        self._nodes += self._weights.get(id(target), 1)
        if self._nodes > MAX_NODES:
            raise self._stop(mark, f"it holds more than {MAX_NODES} nodes, aliases expanded", final=True)
        end = event.end_mark.index + self._begin
        return Alias(event.anchor, target, start, end, mark.line + self._line, mark.column + 1)

    def _collection(self, event: Any, start: int, depth: int) -> "Mapping | Sequence":
        before = self._nodes
        mark = event.start_mark
        flow = bool(event.flow_style)
        args = (flow, event.tag or "", event.anchor or "", start, mark.line + self._line, mark.column + 1)
        node = Mapping(*args) if type(event) is yaml.MappingStartEvent else Sequence(*args)
        if event.anchor or event.tag:
            self._move_start(node, event.end_mark.index + self._begin)
        if isinstance(node, Mapping):
            end_mark = self._pairs(node, depth)
            children: list[Node] = [one for pair in node.pairs for one in pair]
        else:
            end_mark = self._items(node, depth)
            children = node.items
        if flow:
            node.end = end_mark.index + self._begin
        elif children:
            first, last = children[0], children[-1]
            node.end = last.end
            if isinstance(node, Mapping):
                node.start, node.line, node.column = first.start, first.line, first.column
        self._weights[id(node)] = self._nodes - before + 1
        return node

    def _move_start(self, node: "Mapping | Sequence", behind: int) -> None:
        """An event starts at its anchor or tag: find the bracket or the dash."""
        if node.flow or (isinstance(node, Sequence) and self._text[behind : behind + 1] != "-"):
            behind -= 1
        node.line += self._text.count("\n", node.start, behind)
        node.column = behind - self._text.rfind("\n", 0, behind)
        node.start = behind

    def _pairs(self, node: Mapping, depth: int) -> Any:
        get = self._loader.get_event
        pairs = node.pairs
        event = get()
        while type(event) is not yaml.MappingEndEvent:
            key = self._node(event, depth + 1)
            pairs.append((key, self._node(get(), depth + 1)))
            event = get()
        return event.end_mark

    def _items(self, node: Sequence, depth: int) -> Any:
        get = self._loader.get_event
        items = node.items
        event = get()
        while type(event) is not yaml.SequenceEndEvent:
            items.append(self._node(event, depth + 1))
            event = get()
        return event.end_mark

    def _stop(self, mark: Any, message: str, *, final: bool = False) -> _Stopped:
        line = mark.line + self._line if mark else self._line
        column = mark.column + 1 if mark else 1
        return _Stopped(_broken(line, column, message), final=final)


def scalars(node: "Node | None") -> Iterator[Scalar]:
    """Every scalar that was written at or below a node, keys too; aliases are not followed."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Mapping):
        for key, value in node.pairs:
            yield from scalars(key)
            yield from scalars(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
