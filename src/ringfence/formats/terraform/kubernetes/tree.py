"""Objects of Kubernetes put together from a configuration, in the nodes that the Kubernetes format reads.

What is not known stands there as `${…}`, a text that no field takes for a value. Offsets of the nodes are those of the
configuration: of an attribute, of a block's head, or, where a value is worked out elsewhere, of the attribute that
takes it.
"""

from typing import TypeAlias

from ringfence.formats.hcl import Unknown, Value
from ringfence.formats.hcl.body import Attribute
from ringfence.formats.hcl.syntax import Expression, Object, Parens, Tuple
from ringfence.formats.hcl.values import to_text
from ringfence.formats.kubernetes.nodes import Nodes
from ringfence.formats.terraform.kubernetes import names
from ringfence.formats.terraform.view import View
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence

MAX_DEPTH = 40
#: What a node was made of. Of a key: its attribute, or the type of its blocks; of blocks together: their body.
Origin: TypeAlias = View | Expression | Attribute | str
Span = tuple[int, int]


class Tree:
    """The nodes of one object or more. `origins`: what each was made of, by its id; none for what is worked out
    elsewhere. `unknown`: the ids of those that nobody knows."""

    def __init__(self) -> None:
        self.nodes = Nodes()
        self.origins = dict[int, Origin]()
        self.unknown = set[int]()
        self._kept = list[Node]()  # an id is only good while its node lives

    # Blocks.

    def block(self, view: View, depth: int = 0, skipped: frozenset[str] = frozenset()) -> Mapping:
        """A block as a mapping. `skipped` are names in it that are not the object's."""
        made = self._mapping((view.start, view.end), view)
        for name in _names(view) if depth < MAX_DEPTH else ():
            if name not in skipped:
                self._add(made, view, name, depth)
        return made

    def _add(self, made: Mapping, view: View, name: str, depth: int) -> None:
        if _is_block(view, name):
            self._add_blocks(made, view, name, depth)
            return
        found = view.find(name)
        attribute = view.body.attributes.get(name) if view.body is not None else None
        span = (attribute.value_start if attribute is not None else found.start, found.end)
        key = (found.start, found.start + len(name))
        self._field(made, name, found.value, found.expression, key, span, attribute, depth)

    def _add_blocks(self, made: Mapping, view: View, name: str, depth: int) -> None:
        some, known = view.blocks(name)
        many = name in names.LISTS
        start, end = (some[0].start, some[0].end) if some else (view.start, view.end)
        key = self._scalar(names.LISTS[name] if many else names.camel(name), (start, start + len(name)), name)
        if some and many:
            made.pairs.append((key, self._listed([self.block(one, depth + 1) for one in some], (start, end), view)))
        elif some:
            made.pairs.append((key, self._owned(some[0]) if name in names.MAPS else self.block(some[0], depth + 1)))
        elif not known:
            made.pairs.append((key, self._open(Unknown(), (start, end))))

    def _owned(self, view: View) -> Mapping:
        """A map that is written as a block, as Terraform 0.11 took it: its names are the user's."""
        made = self._mapping((view.start, view.end), view)
        for name, attribute in view.body.attributes.items() if view.body is not None else ():
            found = view.find(name)
            if found.value is not None:
                key = self._scalar(name, (found.start, found.start + len(name)), attribute)
                made.pairs.append((key, self.value(found.value, found.expression, (attribute.value_start, found.end))))
        return made

    # Attributes: values, and blocks that are written, or planned, as objects.

    def _field(
        self, made: Mapping, name: str, value: Value, expression: Expression | None, key_span: Span, span: Span,
        origin: Origin | None, depth: int,
    ) -> None:  # fmt: skip
        if value is None or value in ("", []) or depth > MAX_DEPTH:
            return
        inner = _objects(value) if name not in names.MAPS else []
        known_block = isinstance(value, Unknown) and (name in names.BLOCKS or name in names.LISTS)
        many = name in names.LISTS and (bool(inner) or known_block)
        key = self._scalar(names.LISTS[name] if many else names.camel(name), key_span, origin)
        if not inner:
            made.pairs.append((key, self.value(value, expression, span, depth)))
            return
        said: list[Expression | None] = [expression]
        if isinstance(value, list):
            said = [*expression.items] if isinstance(expression, Tuple) else []
        if len(said) != len(inner):
            said = [None] * len(inner)
        blocks: list[Node] = [
            self._fields(one, each, (each.start, each.start + 1) if each is not None else span, depth)
            for one, each in zip(inner, said, strict=True)
        ]
        made.pairs.append((key, self._listed(blocks, span, None) if many else blocks[0]))

    def _fields(self, value: dict[str, Value], expression: Expression | None, span: Span, depth: int) -> Mapping:
        """An object that is a block: its entries are named as the provider names them."""
        made = self._mapping(span, None)
        said = _entries(expression) or {}
        for name, item in value.items():
            key_span, inner = said.get(name, (span, None))
            inner_span = (inner.start, inner.end) if inner is not None else span
            self._field(made, name, item, inner, key_span, inner_span, None, depth + 1)
        return made

    def _listed(self, items: "list[Node] | list[Mapping]", span: Span, origin: Origin | None) -> Sequence:
        made = Sequence(False, "", "", span[0], 0, 0)
        made.end = span[1]
        made.items += items
        self._keep(made, origin)
        return made

    # Values.

    def value(self, value: Value, expression: Expression | None, span: Span, depth: int = 0) -> Node:
        """A value as a node, with the names in it as they are. `expression`: what says it there; None where it is
        worked out."""
        while isinstance(expression, Parens):
            expression = expression.inner
        if isinstance(value, Unknown):
            return self._open(value, span)
        if isinstance(value, dict):
            return self._object(value, expression, span, depth)
        if isinstance(value, list):
            return self._list(value, expression, span, depth)
        if value is None:
            return self._plain("null", "", span, None)
        style = '"' if isinstance(value, str) else ""
        return self._plain(to_text(value), style, span, expression)

    def _object(self, value: dict[str, Value], expression: Expression | None, span: Span, depth: int) -> Mapping:
        said = _entries(expression)
        made = self._mapping(span, expression if said is not None else None)
        for name, item in value.items() if depth < MAX_DEPTH else ():
            key_span, inner = (said or {}).get(name, (span, None))
            key = self._scalar(name, key_span, None)
            inner_span = (inner.start, inner.end) if inner is not None else span
            made.pairs.append((key, self.value(item, inner, inner_span, depth + 1)))
        return made

    def _list(self, value: list[Value], expression: Expression | None, span: Span, depth: int) -> Sequence:
        said = expression.items if isinstance(expression, Tuple) and len(expression.items) == len(value) else None
        items = list[Node]()
        for index, item in enumerate(value if depth < MAX_DEPTH else []):
            inner = said[index] if said is not None else None
            items.append(self.value(item, inner, (inner.start, inner.end) if inner else span, depth + 1))
        return self._listed(items, span, expression if said is not None else None)

    # What stands nowhere.

    def put(self, mapping: Mapping, key: str, value: str, *, style: str = '"') -> None:
        """A field that the provider adds; it stands where its block does."""
        span = (mapping.start, mapping.end)
        mapping.pairs.append((self._scalar(key, span, None), self._plain(value, style, span, None)))

    def mapping(self, mapping: Mapping, key: str) -> Mapping | None:
        """The mapping under a key."""
        pair = self.nodes.pairs(mapping).get(key)
        return pair[1] if pair is not None and isinstance(pair[1], Mapping) else None

    def forget(self) -> None:
        """Read mappings anew that were changed since."""
        self.nodes = Nodes()

    # Nodes.

    def _keep(self, node: Node, origin: Origin | None) -> None:
        self._kept.append(node)
        if origin is not None:
            self.origins[id(node)] = origin

    def _mapping(self, span: Span, origin: Origin | None) -> Mapping:
        made = Mapping(False, "", "", span[0], 0, 0)
        made.end = span[1]
        self._keep(made, origin)
        return made

    def _scalar(self, value: str, span: Span, origin: Origin | None) -> Scalar:
        made = Scalar(value, '"', "", "", span[0], span[1], 0, 0)
        self._keep(made, origin)
        return made

    def _plain(self, value: str, style: str, span: Span, origin: Origin | None) -> Scalar:
        made = Scalar(value, style, "", "", span[0], span[1], 0, 0)
        self._keep(made, origin)
        return made

    def _open(self, value: Unknown, span: Span) -> Scalar:
        if value.pieces is not None:
            said = "".join(one if isinstance(one, str) else shown(one) for one in value.pieces)
        else:
            said = shown(value)
        made = self._plain(said, '"', span, None)
        if value.pieces is None or not any(isinstance(one, str) for one in value.pieces):
            self.unknown.add(id(made))
        return made


def shown(value: Unknown) -> str:
    """An unknown value, told apart by what it comes from."""
    return "${" + ", ".join(sorted(value.references)) + "}"


def _names(view: View) -> list[str]:
    """What is set in a block, each once: attributes, then blocks, also those that are made."""
    found = dict.fromkeys(view.names_of_attributes())
    for block in view.body.blocks if view.body is not None else ():
        name = block.labels[0] if block.type == "dynamic" and block.labels else block.type
        found.setdefault(name)
    return list(found)


def _is_block(view: View, name: str) -> bool:
    """Whether a name stands for blocks: in native syntax it is written so; in JSON it may be a map all the same."""
    blocks = view.body.blocks if view.body is not None else []
    if not any(one.type == name or (one.type == "dynamic" and one.labels == (name,)) for one in blocks):
        return False
    return view.body is None or not view.body.json or name not in names.MAPS


def _objects(value: Value) -> list[dict[str, Value]]:
    """The object that a value is, or those of a list of nothing else."""
    if isinstance(value, dict):
        return [value]
    found = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    return found if isinstance(value, list) and len(found) == len(value) else []


def _entries(expression: Expression | None) -> dict[str, tuple[Span, Expression]] | None:
    """The entries of an object that is written out: where the key stands, and the value; None for any other."""
    if not isinstance(expression, Object):
        return None
    found = dict[str, tuple[Span, Expression]]()
    for (key, value), span in zip(expression.entries, expression.key_spans, strict=True):
        if isinstance(key, str):
            found[key] = span, value
    return found
