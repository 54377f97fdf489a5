"""Edits of a configuration by way of the object that it is read as: what `YamlEdits` is for YAML.

Wishes name fields as Kubernetes does. In a block they become attributes and blocks of the provider, in an object
entries. What is worked out from elsewhere, made by a dynamic block, or written in JSON is not touched.
"""

from ringfence.formats.document import Edit
from ringfence.formats.hcl.body import Attribute, Body
from ringfence.formats.hcl.syntax import Expression, Object, Tuple
from ringfence.formats.terraform.kubernetes import names, objecttext
from ringfence.formats.terraform.kubernetes.tree import Tree
from ringfence.formats.terraform.layout import Addition, additions, newline_of, whole_lines
from ringfence.formats.terraform.view import View
from ringfence.formats.terraform.writing import indent_of, is_literal, shown
from ringfence.formats.yamledit import CannotEdit
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence
from ringfence.formats.yamlwrite import Data

_ELSEWHERE = "it stands in an object, in JSON or in another file: change it there"
_MADE = "a dynamic block makes it: change it there"
_MISSING = "the provider has no field for it"
Path = tuple[str, ...]


class HclEdits:
    """Wishes for one text. Nodes must come from the tree."""

    def __init__(self, text: str, file: str, tree: Tree) -> None:
        self._text, self._file, self._tree = text, file, tree
        self._newline = newline_of(text)
        self._edits = dict[tuple[int, int], str]()
        self._wishes = dict[int, tuple[Mapping, dict[str, Data]]]()
        self._appends = dict[int, tuple[Tuple, list[Data]]]()
        self._removals = list[list[tuple[Mapping, str]]]()
        self._gone_items = dict[int, tuple[Sequence, set[int]]]()

    def put(self, mapping: Mapping, path: Path, data: Data) -> None:
        """Set the value at a key path below a mapping; levels that are missing are made."""
        self._put(mapping, path, data, append=False)

    def append(self, mapping: Mapping, path: Path, item: Data) -> None:
        """Add an item to the list at a key path below a mapping; a missing list is made."""
        self._put(mapping, path, item, append=True)

    def remove(self, mapping: Mapping, path: Path) -> None:
        """Drop a key with its value; a block or an object that becomes empty goes too."""
        holders = list[tuple[Mapping, str]]()
        node: Node = mapping
        for name in path:
            pair = self._own(node, name) if isinstance(node, Mapping) else None
            if pair is None or not isinstance(node, Mapping):
                raise CannotEdit(_ELSEWHERE)
            holders.append((node, name))
            node = pair[1]
        self._removals.append(holders)

    def remove_item(self, sequence: Sequence, index: int) -> None:
        """Drop an item of a list."""
        self._gone_items.setdefault(id(sequence), (sequence, set()))[1].add(index)

    def done(self) -> tuple[Edit, ...]:
        """All edits. Raises CannotEdit where the configuration's form does not allow one of them."""
        settled = self._settled()
        self._drop_keys(settled)
        for sequence, gone in self._gone_items.values():
            self._drop_items(sequence, gone)
        for mapping, data in self._wishes.values():
            self._add(mapping, data, next((keys for one, keys in settled if one is mapping), set()))
        for listed, items in self._appends.values():
            self._change(*objecttext.appended(self._text, listed, items))
        return tuple(Edit(start=start, end=end, text=said) for (start, end), said in sorted(self._edits.items()))

    # Where something is.

    def _own(self, mapping: Mapping, name: str) -> tuple[Node, Node] | None:
        """What is written under a name. (What the provider adds is not.)"""
        origin = self._origin(mapping)
        for key, value in reversed(mapping.pairs):
            if isinstance(key, Scalar) and key.value == name:
                return (key, value) if isinstance(origin, Object) or id(key) in self._tree.origins else None
        return None

    def _origin(self, mapping: Mapping) -> View | Object:
        """The block or the object that a mapping was made of. Raises CannotEdit where it can be no place to write."""
        origin = self._tree.origins.get(id(mapping))
        if isinstance(origin, View) and origin.file == self._file and origin.body is not None and not origin.body.json:
            return origin
        if isinstance(origin, Object) and not self._file.endswith(".json"):
            return origin
        raise CannotEdit(_ELSEWHERE)

    def _put(self, mapping: Mapping, path: Path, data: Data, *, append: bool) -> None:
        node = mapping
        for depth, name in enumerate(path):
            rest = path[depth + 1 :]
            pair = self._own(node, name)
            value = pair[1] if pair is not None else None
            if isinstance(value, Mapping) and rest:
                node = value
                continue
            origin = self._tree.origins.get(id(value)) if value is not None else None
            if pair is None or (isinstance(value, Sequence) and append and not rest and isinstance(origin, View)):
                self._wish(node, path[depth:], data, append=append)
            elif isinstance(value, Sequence) and append and not rest and isinstance(origin, Tuple):
                self._appends.setdefault(id(value), (origin, []))[1].append(data)
            elif rest or append or isinstance(data, dict):
                raise CannotEdit(self._worked_out(pair))
            else:
                self._replace(pair, data)
            return

    def _replace(self, pair: tuple[Node, Node], data: Data) -> None:
        origin = self._tree.origins.get(id(pair[1]))
        if not isinstance(origin, Expression) or not is_literal(origin):
            raise CannotEdit(self._worked_out(pair))
        self._change(origin.start, origin.end, objecttext.said(data, "", self._newline))

    def _worked_out(self, pair: tuple[Node, Node]) -> str:
        attribute = self._tree.origins.get(id(pair[0]))
        if isinstance(attribute, Attribute):
            return f"its value is worked out from {shown(self._text, attribute)}: change it there"
        return _ELSEWHERE if self._tree.origins.get(id(pair[1])) is None else _MADE

    def _wish(self, mapping: Mapping, path: Path, data: Data, *, append: bool) -> None:
        self._origin(mapping)
        known = self._wishes.setdefault(id(mapping), (mapping, {}))[1]
        for name in path[:-1]:
            inner = known.setdefault(name, {})
            if not isinstance(inner, dict):
                raise CannotEdit(_ELSEWHERE)
            known = inner
        if not append:
            known[path[-1]] = data
            return
        listed = known.setdefault(path[-1], [])
        if isinstance(listed, list):
            listed.append(data)

    def _change(self, start: int, end: int, said: str) -> None:
        self._edits[start, end] = self._edits.get((start, end), "") + said if start == end else said

    # Adding.

    def _add(self, mapping: Mapping, data: dict[str, Data], gone: set[str]) -> None:
        """Add to a mapping, of which some keys go."""
        origin = self._origin(mapping)
        if isinstance(origin, Object):
            self._change(*objecttext.added(self._text, origin, data, gone))
            return
        assert origin.body is not None  # noqa: S101
        addition = Addition(origin.body, indent_of(self._text, origin.body))
        addition.gone = {self._name(key) for key, _ in mapping.pairs if _key(key) in gone}
        self._fill(addition, data)
        if addition.attributes or addition.blocks:
            for start, end, said in additions(self._text, addition):
                self._change(start, end, said)

    def _fill(self, addition: Addition, data: dict[str, Data]) -> None:
        """The provider's attributes and blocks for fields."""
        for key, value in data.items():
            if key in names.MISSING:
                raise CannotEdit(_MISSING)
            name = names.snake(key)
            if isinstance(value, list) and any(isinstance(one, dict) for one in value):
                for one in value:
                    self._fill(addition.another(names.singular(key)), one if isinstance(one, dict) else {})
            elif isinstance(value, dict) and name not in names.MAPS:
                self._fill(addition.block(name), value)
            else:
                self._attribute(addition, name, objecttext.said(value, addition.indent, self._newline))

    def _attribute(self, addition: Addition, name: str, said: str) -> None:
        """A new attribute; one that is there and says nothing (null, an empty list) is replaced."""
        old = addition.body.attributes.get(name) if addition.body is not None else None
        if old is None:
            addition.attributes[name] = said
        elif is_literal(old.expression):
            self._change(old.expression.start, old.expression.end, said)
        else:
            raise CannotEdit(f"its value is worked out from {shown(self._text, old)}: change it there")

    # Taking away.

    def _settled(self) -> list[tuple[Mapping, set[str]]]:
        """The keys that go: those that were named, and those of what becomes empty and stays so."""
        gone = dict[int, tuple[Mapping, set[str]]]()
        marked = True
        while marked:
            marked = False
            for holders in self._removals:
                for mapping, name in reversed(holders):
                    names_ = gone.setdefault(id(mapping), (mapping, set()))[1]
                    marked = marked or name not in names_
                    names_.add(name)
                    if id(mapping) in self._wishes or not self._is_emptied(mapping, names_):
                        break
        inner = {id(pair[1]) for one, keys in gone.values() for pair in one.pairs if _key(pair[0]) in keys}
        return [(one, keys) for one, keys in gone.values() if id(one) not in inner]

    def _is_emptied(self, mapping: Mapping, gone: set[str]) -> bool:
        """Whether nothing that is written in a mapping stays."""
        origin = self._origin(mapping)
        if isinstance(origin, Object):
            return len(gone) == len(origin.entries)
        body = origin.body
        written = {self._name(key) for key, _ in mapping.pairs if _key(key) in gone}
        return body is not None and {*body.attributes, *(_made(body))} <= written

    def _name(self, key: Node) -> str:
        origin = self._tree.origins.get(id(key))
        return origin.name if isinstance(origin, Attribute) else origin if isinstance(origin, str) else ""

    def _drop_keys(self, settled: list[tuple[Mapping, set[str]]]) -> None:
        for mapping, gone in settled:
            origin = self._origin(mapping)
            if isinstance(origin, Object):
                indexes = {index for index, (key, _) in enumerate(origin.entries) if key in gone}
                if len(indexes) < len(origin.entries):  # else what is added takes the place of all
                    for change in objecttext.without_entries(self._text, origin, indexes):
                        self._change(*change)
            elif origin.body is not None:
                for key, _ in mapping.pairs:
                    if _key(key) in gone:
                        self._drop_named(origin.body, self._tree.origins.get(id(key)))

    def _drop_named(self, body: Body, origin: object) -> None:
        if isinstance(origin, Attribute):
            self._change(*whole_lines(self._text, origin.start, origin.end), "")
            return
        if any(one.type == "dynamic" and one.labels == (origin,) for one in body.blocks):
            raise CannotEdit(_MADE)
        for block in body.blocks:
            if block.type == origin:
                self._change(*whole_lines(self._text, block.start, block.end), "")

    def _drop_items(self, sequence: Sequence, gone: set[int]) -> None:
        origin = self._tree.origins.get(id(sequence))
        if isinstance(origin, Tuple) and not self._file.endswith(".json"):
            for change in objecttext.without_items(origin, gone):
                self._change(*change)
            return
        if not isinstance(origin, View) or origin.body is None or origin.body.json or origin.file != self._file:
            raise CannotEdit(_ELSEWHERE)
        for index in gone:
            block = next((one for one in origin.body.blocks if one.start == sequence.items[index].start), None)
            if block is None:
                raise CannotEdit(_MADE)
            self._change(*whole_lines(self._text, block.start, block.end), "")


def _key(key: Node) -> str:
    return key.value if isinstance(key, Scalar) else ""


def _made(body: Body) -> set[str]:
    """The types of the blocks of a body, also of those that a dynamic block makes."""
    return {one.labels[0] if one.type == "dynamic" and one.labels else one.type for one in body.blocks}
