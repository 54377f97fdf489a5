"""Reads configuration in JSON syntax (`.tf.json`) into the same shape as the native one.

JSON does not say what is an attribute and what is a block: a value that is an object, or a list of objects, stands in
both. Texts are templates. Spans are those of the JSON text.
"""

from collections.abc import Iterator

from ringfence.formats.hcl.body import Attribute, Block, Body, Broken, HclFile, Source
from ringfence.formats.hcl.expressions import HclSyntaxError, Parser
from ringfence.formats.hcl.syntax import Bad, Expression, Literal, Object, Template, Tuple
from ringfence.formats.hcl.templates import bare
from ringfence.formats.hcl.values import EvaluationError, parse_number
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, parse, resolved

#: Blocks of the top, with the number of their labels.
_LABELS = {
    "resource": 2, "data": 2, "ephemeral": 2, "module": 1, "variable": 1, "output": 1, "provider": 1, "locals": 0,
    "terraform": 0,
}  # fmt: skip
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


def parse_json(text: str, file: str) -> HclFile:
    """Read a text in JSON syntax. Never raises for what it holds."""
    source = Source(text, file)
    read = parse(text)
    broken = [Broken(line=one.line, column=one.column, message=one.message) for one in read.broken]
    root = resolved(read.documents[0]) if read.documents else None
    body = Body(source, 0, json=True)
    body.end, body.broken = len(text), bool(broken)
    if isinstance(root, Mapping):
        for key, value in _pairs(root):
            for labels, inner in _labelled(value, _LABELS.get(key.value, 0), ()):
                body.blocks.append(_block(source, key, labels, inner))
            _add(source, body, key, value)
    elif not broken:
        broken.append(Broken(line=1, column=1, message="this is no JSON object"))
    return HclFile(text=text, file=file, body=body, broken=tuple(broken), source=source)


def _pairs(node: Mapping) -> Iterator[tuple[Scalar, Node]]:
    for key, value in node.pairs:
        if isinstance(key, Scalar) and key.value != "//":
            yield key, value


def _objects(node: Node) -> list[Mapping]:
    """The object that a value is, or those of a list of nothing else."""
    one = resolved(node)
    if isinstance(one, Mapping):
        return [one]
    if isinstance(one, Sequence):
        found = [item for item in map(resolved, one.items) if isinstance(item, Mapping)]
        return found if len(found) == len(one.items) else []
    return []


def _labelled(node: Node, count: int, labels: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping]]:
    for mapping in _objects(node):
        if not count:
            yield labels, mapping
            continue
        for key, value in _pairs(mapping):
            yield from _labelled(value, count - 1, (*labels, key.value))


def literal_block(source: Source, kind: str, labels: tuple[str, ...], node: Mapping) -> Block:
    """A block whose inside is an object of plain values: texts are no templates."""
    body = Body(source, node.start, json=True)
    body.end = node.end
    block = Block(source, kind, labels, node.start, node.start + 1, body)
    block.end = node.end
    for key, value in _pairs(node):
        body.attributes[key.value] = Attribute(
            source, key.value, key.start, value.start, value.end, _expression(value, False)
        )
    return block


def _block(source: Source, key: Scalar, labels: tuple[str, ...], node: Mapping) -> Block:
    body = Body(source, node.start, json=True)
    body.end = node.end
    block = Block(source, key.value, labels, node.start if labels else key.start, node.start + 1, body)
    block.end = node.end
    for inner_key, value in _pairs(node):
        _add(source, body, inner_key, value)
        if inner_key.value == "dynamic":
            kinds = [pair for mapping in _objects(value) for pair in _pairs(mapping)]
            body.blocks += [_block(source, inner_key, (k.value,), one) for k, v in kinds for one in _objects(v)]
        else:
            body.blocks += [_block(source, inner_key, (), one) for one in _objects(value)]
    return block


def _add(source: Source, body: Body, key: Scalar, value: Node) -> None:
    attribute = Attribute(source, key.value, key.start, value.start, value.end, _expression(value))
    body.attributes.setdefault(key.value, attribute)


def _expression(value: Node, templates: bool = True) -> Expression:
    node = resolved(value)
    if isinstance(node, Mapping):
        pairs = list(_pairs(node))
        entries: list[tuple[Expression | str, Expression]] = [
            (key.value, _expression(one, templates)) for key, one in pairs
        ]
        return Object(node.start, node.end, entries, [(key.start, key.end) for key, _ in pairs])
    if isinstance(node, Sequence):
        return Tuple(node.start, node.end, [_expression(one, templates) for one in node.items])
    if not isinstance(node, Scalar):
        return Literal(value.start, value.end, None)
    if node.style:
        return _template(node) if templates else Literal(node.start, node.end, node.value)
    if node.value in _WORDS:
        return Literal(node.start, node.end, _WORDS[node.value])
    try:
        return Literal(node.start, node.end, parse_number(node.value))
    except EvaluationError:
        return Literal(node.start, node.end, node.value)


def _template(node: Scalar) -> Expression:
    if "${" not in node.value and "%{" not in node.value:
        return Literal(node.start, node.end, node.value)
    try:
        made = bare(Parser(node.value, 0))
    except HclSyntaxError as error:
        return Bad(node.start, node.end, error.message)
    if isinstance(made, Template):
        made.wraps = len(made.parts) == 1
    made.start, made.end = node.start, node.end
    return made
