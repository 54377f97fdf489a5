"""The nodes of a YAML tree. They keep what a loader throws away: places, styles, anchors, and aliases as aliases.

Offsets count characters of the whole text from 0, lines and columns from 1. Lines end where editors end them, at
`\\n`: the other line breaks of YAML 1.1 are characters like any other. A byte order mark has no column.
"""

from collections.abc import Iterator
from typing import TypeAlias


class Scalar:
    """A scalar. `style` is "" for plain, else `'`, `"`, `|` or `>`; `value` is the text after unescaping.

    `start` is behind an anchor or tag. `end` of a block scalar is behind its trailing blank lines.
    """

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
    """`*name`, and the node that was anchored under this name before it."""

    __slots__ = ("column", "end", "line", "name", "start", "target")

    def __init__(self, name: str, target: "Node | None", start: int, end: int, line: int, column: int):
        self.name, self.target = name, target
        self.start, self.end, self.line, self.column = start, end, line, column


Node: TypeAlias = Scalar | Mapping | Sequence | Alias


def resolved(node: "Node | None") -> "Scalar | Mapping | Sequence | None":
    """The node itself, or what an alias stands for."""
    while isinstance(node, Alias):
        node = node.target
    return node


def written(node: "Node | None") -> Iterator[Node]:
    """Every node that was written at or below a node, keys too, in the order of the text; aliases are not followed."""
    waiting = [node] if node is not None else []
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, Mapping):
            waiting += [part for key, value in reversed(one.pairs) for part in (value, key)]
        elif isinstance(one, Sequence):
            waiting += reversed(one.items)


def scalars(node: "Node | None") -> Iterator[Scalar]:
    """Every scalar that was written at or below a node, keys too; aliases are not followed."""
    return (one for one in written(node) if isinstance(one, Scalar))
