"""A plan as JSON (`terraform show -json`): the values that are planned, with their places in the JSON text."""

import re

from ringfence.formats.document import Document, Place, Unread
from ringfence.formats.hcl import Unknown, Value, evaluate
from ringfence.formats.hcl.body import Attribute, Block, Body, HclFile, Source
from ringfence.formats.hcl.expressions import Parser
from ringfence.formats.hcl.jsonsyntax import literal_block
from ringfence.formats.hcl.jsontree import parse
from ringfence.formats.hcl.syntax import Expression, HclSyntaxError, Literal, Object, Tuple
from ringfence.formats.terraform.file import TerraformFile, judged
from ringfence.formats.terraform.module import Module
from ringfence.formats.terraform.resource import Resource, shown_key
from ringfence.formats.terraform.sources import Sources
from ringfence.formats.yamlread import get, items, string
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, resolved

_PLAN = re.compile(r'"(?:planned_values|resource_changes|terraform_version)"[ \t\r\n]*:')
_VERSION = re.compile(r'\A[ \t\r\n]*\{[ \t\r\n]*"format_version"[ \t\r\n]*:')
_KEYS = re.compile(r"\[[^]]*\]")
MAX_DEPTH = 20


def is_plan(head: str) -> bool:
    """Whether a JSON text begins as a plan does."""
    return _VERSION.search(head) is not None and _PLAN.search(head) is not None


class _PlanModule(Module):
    """A module whose resources are planned: all values stand there. Of what is known only after apply, `config` says
    what it refers to."""

    written = False

    def __init__(
        self, address: str, parent: "_PlanModule | None", config: Node | None, inputs: dict[str, Value]
    ) -> None:
        super().__init__("\0plan", Sources(lambda path: None, {}), address, inputs, parent)
        self.config = config
        self.below = list[_PlanModule]()
        self._keys = dict[int, str]()

    def add(self, block: Block, key: str) -> None:
        """One instance of a resource."""
        self._blocks.append(block)
        self._keys[id(block)] = key

    def called(self):  # type: ignore[no-untyped-def]
        """The modules below."""
        yield from self.below

    @property
    def resources(self) -> dict[str, list[Resource]]:
        """Every instance as a resource of its own."""
        found = super().resources
        for resource in (one for some in found.values() for one in some):
            resource.is_only(self._keys[id(resource.block)])
        return found

    def lookup(self, root: str, path: tuple[str | int, ...]) -> Value:
        """What a reference stands for; a plan says nothing of locals."""
        return Unknown() if root == "local" else super().lookup(root, path)

    def _attribute(self, kind: str, path: tuple[str | int, ...], shown: str) -> Value:
        name, *rest = path or ("",)
        address = self.qualified(f"{shown}.{name}")
        keys = [one.instances[0].key for one in self.resources.get(kind, ()) if one.name == name]
        said = shown_key(rest[0]) if rest else ""
        return Unknown(references=frozenset({address, address + said if said in keys else address}))

    def _output(self, name: str, path: tuple[str | int, ...]) -> Value:
        address = self.qualified(f"module.{name}")
        asked = [address + shown_key(path[0]), address] if path else [address]
        for at, one in ((at, one) for at in asked for one in self.below if one.address == at):
            rest = path[1:] if at != address else path
            said = _referred(get(one.config, "outputs", str(rest[0]), "expression"), None) if rest else ""
            if said:
                return evaluate(_reference(said), one)
        return Unknown(references=frozenset({address}))


def load(text: str, file: str) -> Document:
    """Read a plan. Never raises for what it holds."""
    source = Source(text, file)
    root, broken = parse(text)
    unknown = _after_unknown(root)
    config = get(root, "configuration", "root_module")
    module = _module(source, get(root, "planned_values", "root_module"), _PlanModule("", None, config, {}), unknown, 0)
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
    source: Source, node: Node | None, module: _PlanModule, unknown: dict[str, Node], depth: int
) -> _PlanModule:  # fmt: skip
    said = {string(get(one, "address")): one for one in items(get(module.config, "resources"))}
    for one in items(get(node, "resources")):
        block = _block(source, one, unknown, said)
        if block is not None:
            module.add(block, _key(get(one, "index")))
    for one in items(get(node, "child_modules")):
        if depth < MAX_DEPTH:
            address = string(get(one, "address"))
            name = _KEYS.sub("", address).rpartition("module.")[2]
            call = get(module.config, "module_calls", name)
            below = _PlanModule(address, module, get(call, "module"), _inputs(module, call))
            module.below.append(_module(source, one, below, unknown, depth + 1))
    return module


def _key(index: Node | None) -> str:
    found = resolved(index)
    if not isinstance(found, Scalar):
        return ""
    return shown_key(int(found.value) if found.value.isdecimal() and found.style == "" else found.value)


def _inputs(caller: _PlanModule, call: Node | None) -> dict[str, Value]:
    """What a call passes that refers to something."""
    found, expressions = dict[str, Value](), resolved(get(call, "expressions"))
    for key, value in expressions.pairs if isinstance(expressions, Mapping) else ():
        said = _referred(value, get(call, "for_each_expression"))
        if said and isinstance(key, Scalar):
            found[key.value] = evaluate(_reference(said), caller)
    return found


def _block(source: Source, node: Node, unknown: dict[str, Node], said: dict[str, Node]) -> Block | None:
    kind, name, address = (string(get(node, key)) for key in ("type", "name", "address"))
    values = resolved(get(node, "values"))
    if not isinstance(values, Mapping) or string(get(node, "mode")) == "data":
        return None
    block = literal_block(source, "resource", (kind, name), values)
    mark = resolved(unknown.get(address))
    configured = said.get(f"{kind}.{name}")
    for key, value in mark.pairs if isinstance(mark, Mapping) else ():
        found = resolved(value)
        if not isinstance(key, Scalar):
            continue
        if isinstance(found, Scalar) and found.value == "true":
            each = get(configured, "for_each_expression")
            expression = _reference(_referred(get(configured, "expressions", key.value), each))
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
    try:
        return Parser(said or "self.unknown", 0, inner=True).expression()
    except HclSyntaxError:
        return Literal(0, 0, None)


def _referred(expression: Node | None, each: Node | None) -> str:
    """The first that an expression refers to; for what comes from `each`, what that runs over."""
    some = [string(one) for one in items(get(expression, "references"))]
    for said in some:
        if said.partition(".")[0] not in ("each", "count", "path", "self", "terraform"):
            return said
    return _referred(each, None) if each is not None and any(one.startswith("each.") for one in some) else ""


def _after_unknown(root: Node | None) -> dict[str, Node]:
    found = dict[str, Node]()
    for one in items(get(root, "resource_changes")):
        mark = get(one, "change", "after_unknown")
        if mark is not None:
            found[string(get(one, "address"))] = mark
    return found


__all__ = ["is_plan", "load"]
