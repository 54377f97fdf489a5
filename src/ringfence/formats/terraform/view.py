"""A body after evaluation: attributes computed, dynamic blocks expanded, objects and blocks read alike."""

from collections.abc import Iterator
from typing import NamedTuple

from ringfence.formats.hcl import Unknown, Value, evaluate
from ringfence.formats.hcl.body import Attribute, Block, Body
from ringfence.formats.hcl.syntax import Expression, Literal, Object, Template, Tuple
from ringfence.formats.hcl.values import Set
from ringfence.formats.terraform.resource import Instance, Names

MAX_BLOCKS = 500


class Found(NamedTuple):
    """What an attribute's path leads to. `there`: it is set at all; `known`: it is certain whether it is set. The
    offsets are -1 if it stands nowhere."""

    value: Value
    there: bool
    known: bool
    start: int
    end: int
    expression: Expression | None


_NOTHING = Found(None, False, True, -1, -1, None)


class View:
    """The inside of a block, or of an object (`values`), whose entries then count as attributes. A block that is not
    there (`there` is False) has a `parent`, in which it would be a block of this `kind`."""

    __slots__ = (
        "_blocks", "_certain", "_evaluated", "body", "end", "file", "kind", "names", "parent", "start", "there",
        "values",
    )  # fmt: skip

    def __init__(
        self, file: str, start: int, end: int, names: Names, *, body: Body | None = None,
        values: dict[str, Value] | None = None, parent: "View | None" = None, kind: str = "", certain: bool = True,
    ) -> None:  # fmt: skip
        self.file, self.start, self.end, self.names = file, start, end, names
        self.body, self.values, self.parent, self.kind = body, values, parent, kind
        self.there = body is not None or values is not None
        self._certain = certain
        self._evaluated = dict[str, Value]()
        self._blocks = dict[str, tuple[list[View], bool]]()

    @staticmethod
    def of(instance: Instance) -> "View":
        """The view of a whole resource; always the same one."""
        if instance.view is None:
            block = instance.resource.block
            instance.view = View(block.source.file, block.start, _head(block), instance.names, body=block.body)
        return instance.view

    def missing(self, kind: str) -> "View":
        """A block that is not there."""
        return View(self.file, self.start, self.end, self.names, parent=self, kind=kind, certain=self._certain)

    def unknown_view(self) -> "View":
        """A block about which nothing is known, not even whether it exists."""
        return View(self.file, self.start, self.end, self.names, parent=self.parent, kind=self.kind, certain=False)

    # Attributes.

    def find(self, path: str) -> Found:
        """What a dotted path leads to, through nested blocks (the first of each), objects and lists of one."""
        *outer, last = path.split(".")
        view = self
        for kind in outer:
            some, known = view.blocks(kind)
            if not some:
                return _NOTHING if known and view._certain else Found(Unknown(), False, False, -1, -1, None)
            view = some[0]
        return view._own(last)

    def _own(self, name: str) -> Found:
        if self.values is not None:
            there = name in self.values
            return Found(self.values.get(name), there, True, self.start if there else -1, self.end, None)
        if self.body is None:
            return _NOTHING if self._certain else Found(Unknown(), False, False, -1, -1, None)
        attribute = self.body.attributes.get(name)
        if attribute is None:
            if not self.body.blocks and self._certain and not self.body.broken:
                return _NOTHING
            blocks, known = self.blocks(name)
            if blocks:
                return Found(None, True, True, blocks[0].start, blocks[0].end, None)
            sure = known and self._certain and not self.body.broken
            return _NOTHING if sure else Found(Unknown(), False, False, -1, -1, None)
        value = self._value(attribute)
        start, end = attribute.start, attribute.end
        if attribute.source.file != self.file:  # an override file says it
            start = end = -1
        return Found(value, value is not None, True, start, end, attribute.expression)

    def _value(self, attribute: Attribute) -> Value:
        name = attribute.name
        if name not in self._evaluated:
            self._evaluated[name] = evaluate(attribute.expression, self.names)
        return self._evaluated[name]

    # Blocks.

    def blocks(self, kind: str) -> "tuple[list[View], bool]":
        """The blocks of a type, and whether that is all of them for certain."""
        if kind not in self._blocks:
            self._blocks[kind] = self._found(kind)
        some, known = self._blocks[kind]
        return list(some), known

    def _found(self, kind: str) -> "tuple[list[View], bool]":
        if "." in kind:
            first, _, rest = kind.partition(".")
            outer, known = self.blocks(first)
            inner = [view.blocks(rest) for view in outer]
            return [one for some, _ in inner for one in some], known and all(sure for _, sure in inner)
        if self.values is not None:
            return self._of_value(self.values.get(kind), None)
        if self.body is None:
            return [], self._certain
        found, known = list[View](), self._certain and not self.body.broken
        for block in self.body.blocks:
            if block.type == kind:
                found.append(self._view(block))
            elif block.type == "dynamic" and block.labels == (kind,):
                made = self._made(block, kind)
                known = known and made is not None
                found += made or []
        attribute = self.body.attributes.get(kind)
        if attribute is not None and not found:
            found, sure = self._of_value(self._value(attribute), attribute)
            known = known and sure
        return found[:MAX_BLOCKS], known

    def _view(self, block: Block) -> "View":
        return View(block.source.file, block.start, _head(block), self.names, body=block.body)

    def _made(self, block: Block, kind: str) -> "list[View] | None":
        """What a dynamic block makes; None where that is not known."""
        from ringfence.formats.terraform.instances import items

        each = block.body.attributes.get("for_each")
        content = next((one for one in block.body.blocks if one.type == "content"), None)
        if each is None or content is None:
            return None
        some = evaluate(each.expression, self.names)
        pairs = list(enumerate(some)) if isinstance(some, list) and not isinstance(some, Set) else items(some)
        if pairs is None:
            return None
        iterator = block.body.attributes.get("iterator")
        name = block.source.text[iterator.value_start : iterator.end] if iterator else kind
        file, start, end = block.source.file, content.start, _head(content)
        own = [self.names.extended({name: {"key": key, "value": value}}) for key, value in pairs[:MAX_BLOCKS]]
        return [View(file, start, end, names, body=content.body) for names in own]

    def _of_value(self, value: Value, attribute: Attribute | None) -> "tuple[list[View], bool]":
        if value is None:
            return [], True
        if isinstance(value, Unknown):
            return [], False
        items = value if isinstance(value, list) else [value]
        start, end = (attribute.start, attribute.end) if attribute else (self.start, self.end)
        inner = attribute.expression.items if attribute and isinstance(attribute.expression, Tuple) else None
        found, known = list[View](), True
        for index, item in enumerate(items):
            if isinstance(item, Unknown):
                known = False
            elif isinstance(item, dict):
                span = (inner[index].start, inner[index].end) if inner and len(inner) == len(items) else (start, end)
                found.append(View(self.file, *span, self.names, values=item))
        return found, known

    def names_of_attributes(self) -> list[str]:
        """The names of what is set right in it."""
        return list(self.values if self.values is not None else self.body.attributes if self.body is not None else ())

    # Texts.

    def literals(self) -> Iterator[tuple[str, str]]:
        """Every text that stands in it, with its path."""
        if self.body is None:
            return
        for attribute in self.body.attributes.values():
            for said in _literals(attribute.expression, 0):
                yield attribute.name, said
        for block in self.body.blocks:
            for path, said in self._view(block).literals():
                yield f"{block.type}.{path}", said


def _literals(expression: Expression, depth: int) -> Iterator[str]:
    if depth > 20:
        return
    if isinstance(expression, Literal) and isinstance(expression.value, str):
        yield expression.value
    elif isinstance(expression, Template):
        yield "".join(part if isinstance(part, str) else "${}" for part in expression.parts)
    elif isinstance(expression, Tuple):
        for one in expression.items:
            yield from _literals(one, depth + 1)
    elif isinstance(expression, Object):
        for _, one in expression.entries:
            yield from _literals(one, depth + 1)


def _head(block: Block) -> int:
    """Where a block's first line ends: behind its brace."""
    return block.open_end
