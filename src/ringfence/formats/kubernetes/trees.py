"""Trees that are changed without changing what was read: a new mapping or list stands where the old one stood.

Nodes come from several texts. `Forest` knows from which, so that a value that a patch sets is shown in the patch.
"""

from ringfence.formats.document import Place
from ringfence.formats.kubernetes.held import Spot, place_of
from ringfence.formats.kubernetes.nodes import Nodes, Pairs
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, YamlText, parse, resolved


class Source:
    """A text that nodes came from: a file, or (`holder`) a text inside a scalar of one."""

    __slots__ = ("file", "holder", "outer", "text", "tree")

    def __init__(self, file: str, text: str, outer: "Source | None" = None, holder: Scalar | None = None) -> None:
        self.file = file
        self.text = text
        self.outer = outer
        self.holder = holder
        self.tree: YamlText = parse(text)

    def place(self, spot: Spot) -> Place:
        """Where a spot stands, in the file."""
        if self.outer is None or self.holder is None:
            return place_of(spot, self.text, self.file)
        if self.holder.style != "|":
            return place_of((self.holder, None), self.outer.text, self.file)
        inner = place_of(spot, self.text, self.file)
        line = self.holder.line + inner.line
        indent = self._indent()
        return Place(
            file=self.file,
            line=line,
            column=inner.column + indent,
            end_line=line + inner.end_line - inner.line,
            end_column=inner.end_column + indent,
        )

    def _indent(self) -> int:
        """By how much the lines of a literal scalar are indented in the file."""
        if self.outer is None or self.holder is None:
            return 0
        lines = self.outer.text[self.holder.start : self.holder.end].splitlines()[1:]
        mine = self.text.splitlines()
        return next((len(whole) - len(line) for whole, line in zip(lines, mine, strict=False) if line.strip()), 0)


class Forest:
    """All trees of one build, and the nodes made while building."""

    def __init__(self) -> None:
        self.nodes = Nodes()
        self.sources = list[Source]()
        self._origins = dict[int, Source]()
        self._walked = 0
        self._made = list[Node]()  # an id is only good while its node lives

    def add(self, source: Source) -> Source:
        """Take in a text."""
        self.sources.append(source)
        return source

    def source_of(self, node: Node) -> Source:
        """The text that a node came from."""
        while self._walked < len(self.sources):
            source = self.sources[self._walked]
            self._walked += 1
            for root in source.tree.documents:
                self._walk(root, source)
        return self._origins[id(node)]

    def _walk(self, node: Node | None, source: Source) -> None:
        waiting = [node] if node is not None else []
        while waiting:
            one = waiting.pop()
            self._origins.setdefault(id(one), source)
            waiting += children(one)

    def _keep(self, node: Node, like: Node) -> None:
        self._made.append(node)
        self._origins[id(node)] = self.source_of(like)

    def scalar(self, value: str, like: Node) -> Scalar:
        """A new text that is shown where another node stands."""
        made = Scalar(value, '"', "", "", like.start, like.end, like.line, like.column)
        self._keep(made, like)
        return made

    def mapping(self, pairs: Pairs, like: Node) -> Mapping:
        """A new mapping that is shown where another node stands."""
        made = Mapping(False, "", "", like.start, like.line, like.column)
        made.end = like.end
        made.pairs = list(pairs.values())
        self._keep(made, like)
        return made

    def sequence(self, items: list[Node], like: Node) -> Sequence:
        """A new list that is shown where another node stands."""
        made = Sequence(False, "", "", like.start, like.line, like.column)
        made.end = like.end
        made.items = items
        self._keep(made, like)
        return made

    def put(self, root: Mapping, path: tuple[str, ...], key: Node, value: Node) -> Mapping:
        """A copy of `root` with a value at a path; missing mappings are made. `key` is shown as what set it."""
        pairs = dict(self.nodes.pairs(root))
        name, rest = path[0], path[1:]
        if rest:
            old = pairs.get(name)
            inner = old[1] if old is not None and isinstance(old[1], Mapping) else self.mapping({}, key)
            pairs[name] = (old[0] if old is not None else self.scalar(name, key), self.put(inner, rest, key, value))
        else:
            target = resolved(value)
            if target is not None:
                pairs[name] = (self.scalar(name, key), target)
        return self.mapping(pairs, root)


def children(node: Node) -> list[Node]:
    """What stands directly in a node."""
    if isinstance(node, Mapping):
        return [part for pair in node.pairs for part in pair]
    return node.items if isinstance(node, Sequence) else []
