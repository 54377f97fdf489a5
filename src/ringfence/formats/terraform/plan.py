"""A plan as JSON (`terraform show -json`): the values that are planned, with their places in the JSON text."""

import re

from ringfence.formats.document import Document, Place, Unread
from ringfence.formats.hcl.body import Attribute, Block, Body, HclFile, Source
from ringfence.formats.hcl.jsonsyntax import literal_block
from ringfence.formats.hcl.jsontree import parse
from ringfence.formats.hcl.syntax import Expression, Get, Literal, Object, Step, Tuple, Variable
from ringfence.formats.terraform.file import TerraformFile, judged
from ringfence.formats.terraform.module import Module
from ringfence.formats.terraform.sources import Sources
from ringfence.formats.yamlread import get
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, resolved

_PLAN = re.compile(r'"(?:planned_values|resource_changes|terraform_version)"[ \t\r\n]*:')
_VERSION = re.compile(r'\A[ \t\r\n]*\{[ \t\r\n]*"format_version"[ \t\r\n]*:')
MAX_DEPTH = 20


def is_plan(head: str) -> bool:
    """Whether a JSON text begins as a plan does."""
    return _VERSION.search(head) is not None and _PLAN.search(head) is not None


class _PlanModule(Module):
    """A module whose resources are planned: all values stand there."""

    written = False

    def __init__(self, blocks: list[Block], address: str, parent: "Module | None") -> None:
        super().__init__("\0plan", Sources(lambda path: None, {}), address, {}, parent)
        self._blocks = blocks
        self.below = list[Module]()

    def called(self):  # type: ignore[no-untyped-def]
        """The modules below."""
        yield from self.below


def load(text: str, file: str) -> Document:
    """Read a plan. Never raises for what it holds."""
    source = Source(text, file)
    root, broken = parse(text)
    unknown = _after_unknown(root)
    references = _references(get(root, "configuration", "root_module"), "", 0)
    module = _module(source, get(root, "planned_values", "root_module"), "", None, unknown, references, 0)
    seen = set[object]()
    some = [(subject, record) for one in module.everything() for _, subject, record in judged(one, seen)]
    parsed = HclFile(text=text, file=file, body=Body(source, 0, json=True), broken=(), source=source)
    document = TerraformFile(text, file, (parsed,), some)
    document.unread = tuple(
        Unread(
            place=Place(file=file, line=b.line, column=b.column, end_line=b.line, end_column=b.column),
            message=b.message,
        )
        for b in broken
    )
    return document


def _module(
    source: Source, node: Node | None, address: str, parent: Module | None, unknown: dict[str, Node],
    references: dict[tuple[str, str], str], depth: int,
) -> _PlanModule:  # fmt: skip
    blocks = list[Block]()
    module = _PlanModule(blocks, address, parent)
    for one in _items(get(node, "resources")):
        block = _block(source, one, unknown, references)
        if block is not None:
            blocks.append(block)
    for one in _items(get(node, "child_modules")):
        if depth < MAX_DEPTH:
            below = _text(get(one, "address"))
            module.below.append(_module(source, one, below, module, unknown, references, depth + 1))
    return module


def _block(
    source: Source, node: Node, unknown: dict[str, Node], references: dict[tuple[str, str], str]
) -> Block | None:
    kind, name, address = (_text(get(node, key)) for key in ("type", "name", "address"))
    values = resolved(get(node, "values"))
    if not isinstance(values, Mapping) or _text(get(node, "mode")) == "data":
        return None
    block = literal_block(source, "resource", (kind, name), values)
    mark = resolved(unknown.get(address))
    for key, value in mark.pairs if isinstance(mark, Mapping) else ():
        found = resolved(value)
        if not isinstance(key, Scalar):
            continue
        if isinstance(found, Scalar) and found.value == "true":
            expression = _reference(references.get((re.sub(r"\[[^]]*\]", "", address), key.value), ""))
            block.body.attributes[key.value] = Attribute(
                source, key.value, values.start, values.start, values.start + 1, expression
            )
        elif key.value in block.body.attributes:
            _mark(block.body.attributes[key.value].expression, found, 0)
    return block


def _mark(expression: Expression, mark: Node | None, depth: int) -> None:
    """What a mark says is known only after apply is unknown within a value, too."""
    if depth > MAX_DEPTH:
        return
    if isinstance(mark, Sequence) and isinstance(expression, Tuple):
        for item, one in zip(expression.items, mark.items, strict=False):
            _mark(item, resolved(one), depth + 1)
    elif isinstance(mark, Mapping) and isinstance(expression, Object):
        _mark_entries(expression, mark, depth)


def _mark_entries(expression: Object, mark: Mapping, depth: int) -> None:
    held = {key: item for key, item in expression.entries if isinstance(key, str)}
    for key, value in mark.pairs:
        found = resolved(value)
        if isinstance(key, Scalar) and isinstance(found, Scalar) and found.value == "true":
            expression.entries.append((key.value, _reference("")))
            expression.key_spans.append((expression.start, expression.start + 1))
        elif isinstance(key, Scalar) and key.value in held:
            _mark(held[key.value], found, depth + 1)


def _reference(said: str) -> Expression:
    root, *steps = said.split(".") if said else ("self", "unknown")
    some: list[Step] = list(steps)
    return Get(0, 0, Variable(0, 0, root), some) if some else Literal(0, 0, None)


def _after_unknown(root: Node | None) -> dict[str, Node]:
    found = dict[str, Node]()
    for one in _items(get(root, "resource_changes")):
        mark = get(one, "change", "after_unknown")
        if mark is not None:
            found[_text(get(one, "address"))] = mark
    return found


def _references(node: Node | None, address: str, depth: int) -> dict[tuple[str, str], str]:
    """(resource, attribute) to the first resource that its expression refers to."""
    found = dict[tuple[str, str], str]()
    for one in _items(get(node, "resources")):
        own = f"{address}.{_text(get(one, 'address'))}" if address else _text(get(one, "address"))
        expressions = resolved(get(one, "expressions"))
        for key, value in expressions.pairs if isinstance(expressions, Mapping) else ():
            some = [_text(r) for r in _items(get(value, "references"))]
            if isinstance(key, Scalar) and some and "." in some[0]:
                found[(own, key.value)] = some[0]
    calls = resolved(get(node, "module_calls"))
    for key, value in calls.pairs if isinstance(calls, Mapping) and depth < MAX_DEPTH else ():
        if isinstance(key, Scalar):
            below = f"{address}.module.{key.value}" if address else f"module.{key.value}"
            found |= _references(get(value, "module"), below, depth + 1)
    return found


def _items(node: Node | None) -> list[Node]:
    found = resolved(node)
    return found.items if isinstance(found, Sequence) else []


def _text(node: Node | None) -> str:
    found = resolved(node)
    return found.value if isinstance(found, Scalar) else ""


__all__ = ["is_plan", "load"]
