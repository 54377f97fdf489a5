"""Releases of Helm charts: what they are told in the file itself, as plain data with names.

Values that come by reference, or from a file, are judged where they are written.
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Scope
from ringfence.formats.hcl import Unknown, evaluate
from ringfence.formats.hcl.scope import references_of
from ringfence.formats.hcl.syntax import Call, Expression
from ringfence.formats.terraform.kubernetes.objects import ENCODED, is_from_file
from ringfence.formats.terraform.kubernetes.texts import UNKNOWN, source_of, stretch_of
from ringfence.formats.terraform.kubernetes.tree import Tree
from ringfence.formats.terraform.reader import Reader, Spot
from ringfence.formats.terraform.view import View
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, parse, resolved
from ringfence.models.cluster import Data

MAX_VALUES = 2000
_JOINED = frozenset({"compact", "concat"})
#: Keys of charts whose values are names of secrets that exist.
_NAME = re.compile(r"^existing|[pP]ull_?[sS]ecrets?$")
_SETTINGS = ("set", "set_sensitive", "set_list")
Said = tuple[str, str, Spot]


def release(r: Reader) -> Iterator[Data]:
    """What a release is told: single settings, and the texts of values."""
    record = r.record
    record.scope = Scope.KUBERNETES
    values = list[tuple[str, str]]()
    for name, value, spot in _said(r):
        if len(values) >= MAX_VALUES:
            break
        if _NAME.search(name):
            continue
        record.spots[f"values[{len(values)}]"] = spot
        values.append((name, value))
    record.title = r.address
    yield Data(name=r.address, secret=False, sealed=False, values=tuple(values))


def _said(r: Reader) -> Iterator[Said]:
    for kind in _SETTINGS:
        for view in r.view.blocks(kind)[0]:
            yield from _setting(r, view)
    found = r.view.find("values")
    for item in _items(found.expression):
        if not is_from_file(item):
            yield from _text(r, item)


def _items(expression: Expression | None) -> list[Expression]:
    """The items of lists that are written out, one behind another."""
    if isinstance(expression, Call) and expression.name in _JOINED:
        return [item for one in expression.arguments for item in one.items or []]
    return (expression.items if expression is not None else None) or []


def _setting(r: Reader, view: View) -> Iterator[Said]:
    name, found = view.find("name").value, view.find("value")
    written = found.expression is None or not references_of(found.expression)
    if isinstance(name, str) and isinstance(found.value, str) and written:
        yield _last(name), found.value, Spot(file=r.view.file, start=found.start, end=found.end)


def _last(name: str) -> str:
    """The word that says what a setting is: `auth.password` is a password."""
    return name.rpartition(".")[2]


def _text(r: Reader, item: Expression) -> Iterator[Said]:
    file = r.view.file
    if isinstance(item, Call) and item.name in ENCODED and len(item.arguments) == 1:
        tree, inner = Tree(), item.arguments[0]
        root = tree.value(evaluate(inner, r.view.names), inner, (inner.start, inner.end))
        for name, node in _scalars(root):
            origin = tree.origins.get(id(node))
            if isinstance(origin, Expression) and not references_of(origin):
                yield name, node.value, Spot(file=file, start=node.start, end=node.end)
        return
    value = evaluate(item, r.view.names)
    source = source_of(r, None if isinstance(value, Unknown) else value, item, (item.start, item.end))
    if source is None:
        return
    for root_ in parse(source.text).documents:
        for name, node in _scalars(root_):
            if UNKNOWN not in node.value and source.is_written(node.start, node.end):
                yield name, node.value, stretch_of(source, (node, None), file)


def _scalars(node: Node | None) -> Iterator[tuple[str, Scalar]]:
    """Every value with its key; those of a list have the list's."""
    waiting = [("", node)]
    while waiting:
        key, one = waiting.pop()
        found = resolved(one)
        if isinstance(found, Mapping):
            inner = [(said.value if isinstance(said, Scalar) else "", value) for said, value in found.pairs]
            waiting += reversed(inner)
        elif isinstance(found, Sequence):
            waiting += [(key, value) for value in reversed(found.items)]
        elif isinstance(found, Scalar):
            yield key, found
