"""Turns libyaml's events into nodes. Nothing of a tag is ever constructed, and nothing here recurses.

One composer reads one stretch of a text; its offsets and lines are those of the whole text.
"""

import re
from bisect import bisect_right
from typing import Any, NamedTuple

import yaml

from ringfence.formats.yamlnodes import Alias, Mapping, Node, Scalar, Sequence, written

MAX_NODES = 400_000
MAX_DEPTH = 100

_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)
# Looked up for every node.
_SCALAR, _ALIAS = yaml.ScalarEvent, yaml.AliasEvent
_MAPPING, _MAPPING_END = yaml.MappingStartEvent, yaml.MappingEndEvent
_SEQUENCE_END = yaml.SequenceEndEvent
_TOO_MANY = f"it holds more than {MAX_NODES} nodes, aliases expanded"
_PROPERTY = re.compile(r"!<[^>]*>?|[&!][^\s,\[\]{}]*")
_COMMENT = re.compile("#[^\n\r\x85\u2028\u2029]*")
_BLANK = " \t\r\n\x85\u2028\u2029"


class Trouble(NamedTuple):
    """Why a text cannot be read on, and at which offset; `final`: not even behind the next document's begin."""

    offset: int
    message: str
    final: bool = False


class _Stopped(Exception):
    """Not an error of the text's syntax, but of what we take."""

    def __init__(self, mark: Any, message: str, *, final: bool = False) -> None:
        super().__init__(message)
        self.mark, self.message, self.final = mark, message, final


class Composer:
    """Reads `text[begin:end]` into `done`. `first` is where the text begins behind a byte order mark."""

    def __init__(self, text: str, begin: int, end: int, first: int, done: list[Node | None]) -> None:
        self._text = text if begin == 0 and end == len(text) else text[begin:end]
        self._whole = text
        self._begin = begin
        self._end = end
        self._first = first
        self._line = text.count("\n", 0, begin) + 1
        self._anchors = dict[str, Node | None]()
        self._weights = dict[int, int]()
        self._nodes = 0
        self._done = done

    def run(self) -> Trouble | None:
        """Read all documents of the stretch; what stopped it, if anything did."""
        before = len(self._done)
        try:
            self._loader = _LOADER(self._text)
            try:
                self._documents()
            finally:
                self._loader.dispose()
                if _has_other_breaks(self._text):
                    self._count_lines(before)
        except _Stopped as stopped:
            return Trouble(stopped.mark.index + self._begin, stopped.message, stopped.final)
        except yaml.MarkedYAMLError as error:
            return self._trouble(error)
        except yaml.YAMLError as error:
            return Trouble(self._begin, str(error).split("\n")[0], final=True)
        return None

    def _trouble(self, error: yaml.MarkedYAMLError) -> Trouble:
        mark: Any = error.problem_mark or error.context_mark
        if error.context_mark is not None and mark.index >= len(self._text.rstrip()):
            mark = error.context_mark  # what was never closed is more worth knowing than where the text ends
        return Trouble(mark.index + self._begin if mark else self._begin, error.problem or "it is no YAML")

    def _documents(self) -> None:
        get = self._loader.get_event
        while True:
            kind = type(get())
            if kind is yaml.StreamEndEvent:
                return
            if kind is yaml.DocumentStartEvent:
                self._anchors.clear()
                self._weights.clear()
                root = self._node(get(), MAX_DEPTH)
                empty = type(root) is Scalar and root.start == root.end and not root.style
                self._done.append(None if empty else root)

    def _node(self, event: Any, deeper: int) -> Node:
        before = self._nodes
        self._nodes = before + 1
        if before >= MAX_NODES:
            raise _Stopped(event.start_mark, _TOO_MANY, final=True)
        kind = type(event)
        if kind is _SCALAR:
            if event.anchor is not None or event.tag is not None:
                return self._marked(event)
            mark, begin = event.start_mark, self._begin
            start, end = mark.index + begin, event.end_mark.index + begin
            return Scalar(event.value, event.style or "", "", "", start, end, mark.line + self._line, mark.column + 1)
        if kind is _ALIAS:
            return self._alias(event)
        if not deeper:
            raise _Stopped(event.start_mark, f"it is nested deeper than {MAX_DEPTH}", final=True)
        node: Mapping | Sequence
        node = self._mapping(event, deeper - 1) if kind is _MAPPING else self._sequence(event, deeper - 1)
        if node.anchor:
            self._anchors[node.anchor] = node
            self._weights[id(node)] = self._nodes - before
        return node

    def _mapping(self, event: Any, deeper: int) -> Mapping:
        node = Mapping(*self._opened(event))
        get, make = self._loader.get_event, self._node
        add = node.pairs.append
        event = get()
        while type(event) is not _MAPPING_END:
            key = make(event, deeper)
            add((key, make(get(), deeper)))
            event = get()
        if node.flow:
            node.end = self._end_of(event)
        else:  # begins where its first key does, and ends with its last value
            first = node.pairs[0][0]
            node.start, node.line, node.column, node.end = first.start, first.line, first.column, node.pairs[-1][1].end
        return node

    def _sequence(self, event: Any, deeper: int) -> Sequence:
        node = Sequence(*self._opened(event))
        get, make = self._loader.get_event, self._node
        add = node.items.append
        event = get()
        while type(event) is not _SEQUENCE_END:
            add(make(event, deeper))
            event = get()
        node.end = self._end_of(event) if node.flow else node.items[-1].end
        return node

    def _end_of(self, event: Any) -> int:
        end: int = event.end_mark.index + self._begin
        return end

    def _opened(self, event: Any) -> tuple[bool, str, str, int, int, int]:
        """What is known of a collection where it begins: an event begins at the anchor or tag."""
        mark, flow = event.start_mark, bool(event.flow_style)
        if event.anchor is None and event.tag is None:
            return flow, "", "", mark.index + self._begin, mark.line + self._line, mark.column + 1
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        at = event.end_mark.index
        if flow or (type(event) is not _MAPPING and self._text[at : at + 1] != "-"):
            at -= 1  # the event ends behind the bracket or, without indent, behind the dash
        return flow, event.tag or "", event.anchor or "", *self._behind(mark, at)

    def _marked(self, event: Any) -> Scalar:
        """A scalar with an anchor or a tag, which stand before its start."""
        mark, end = event.start_mark, event.end_mark.index
        start, line, column = self._behind(mark, _behind_properties(self._text, mark.index, end))
        tag, anchor = event.tag or "", event.anchor or ""
        node = Scalar(event.value, event.style or "", tag, anchor, start, end + self._begin, line, column)
        if anchor:
            self._anchors[anchor] = node
        return node

    def _alias(self, event: Any) -> Alias:
        mark, name = event.start_mark, event.anchor
        target = self._anchors.get(name)
        if target is None:
            inside = name in self._anchors
            why = "stands inside of what it stands for" if inside else "stands for nothing that was read before"
            raise _Stopped(mark, f"the alias *{name} {why}")
        self._nodes += self._weights.get(id(target), 1)
        if self._nodes > MAX_NODES:
            raise _Stopped(mark, _TOO_MANY, final=True)
        start, end = mark.index + self._begin, event.end_mark.index + self._begin
        return Alias(name, target, start, end, mark.line + self._line, mark.column + 1)

    def _behind(self, mark: Any, at: int) -> tuple[int, int, int]:
        """Offset, line and column of a place of the stretch that is a little behind a mark."""
        line, column = mark.line + self._line, mark.column + 1 + at - mark.index
        breaks = self._text.count("\n", mark.index, at)
        if breaks:
            line, column = line + breaks, at - self._text.rfind("\n", mark.index, at)
        return at + self._begin, line, column

    def _count_lines(self, since: int) -> None:
        """Put lines and columns right where the text has line breaks that only YAML 1.1 knows."""
        starts = [self._first, *(one.end() for one in re.finditer("\n", self._whole[: self._end]))]
        for root in self._done[since:]:
            for node in written(root):
                node.line = bisect_right(starts, node.start)
                node.column = node.start - starts[node.line - 1] + 1


def _behind_properties(text: str, at: int, end: int) -> int:
    """The offset behind an anchor and a tag, and behind the spaces, comments and line breaks that follow them."""
    while at < end:
        if text[at] in "&!":
            at = _PROPERTY.match(text, at, end).end()  # type: ignore[union-attr]
        elif text[at] == "#":
            at = _COMMENT.match(text, at, end).end()  # type: ignore[union-attr]
        elif text[at] in _BLANK:
            at += 1
        else:
            break
    return at


def _has_other_breaks(text: str) -> bool:
    return text.count("\r") != text.count("\r\n") or any(one in text for one in "\x85\u2028\u2029")
