"""Reads configuration in JSON syntax (`.tf.json`) into the same shape as the native one.

JSON does not say what is an attribute and what is a block: a value that is an object, or a list of objects, stands in
both. Texts are templates. Spans are those of the JSON text; what stands within a text has that text's span.
"""

from collections.abc import Iterator

from ringfence.formats.hcl.body import Attribute, Block, Body, Broken, HclFile, Source
from ringfence.formats.hcl.expressions import Parser
from ringfence.formats.hcl.jsontree import parse
from ringfence.formats.hcl.scope import children
from ringfence.formats.hcl.syntax import Bad, Expression, HclSyntaxError, Literal, Object, Tuple
from ringfence.formats.hcl.templates import bare
from ringfence.formats.hcl.values import EvaluationError, TooMuchError, parse_number
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, resolved

#: Blocks of the top, with the number of their labels.
_TOP = {
    "resource": 2, "data": 2, "ephemeral": 2, "module": 1, "variable": 1, "output": 1, "provider": 1, "check": 1,
    "locals": 0, "terraform": 0, "moved": 0, "import": 0, "removed": 0,
}  # fmt: skip
#: Blocks with one label within others.
_LABELLED = {"": frozenset({"dynamic", "provisioner"}), "terraform": frozenset({"backend", "provider_meta"})}
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


def parse_json(text: str, file: str) -> HclFile:
    """Read a text in JSON syntax. Never raises for what it holds."""
    source = Source(text, file)
    root, broken = parse(text)
    reader = _Reader(source, bool(broken))
    reader.broken += (Broken(line=one.line, column=one.column, message=one.message) for one in broken)
    body = reader.body(0, len(text))
    tops = _objects(root) if root is not None else []
    if not tops and not broken:
        reader.broken.append(Broken(line=1, column=1, message="this is no JSON object"))
    for top in tops:
        for key, value in _pairs(top):
            body.blocks += reader.blocks(key, value, _TOP.get(key.value, 0))
            reader.add(body, key, value)
    return HclFile(text=text, file=file, body=body, broken=tuple(reader.broken), source=source)


def literal_block(source: Source, kind: str, labels: tuple[str, ...], node: Mapping) -> Block:
    """A block whose inside is an object of plain values: texts are no templates."""
    body = Body(source, node.start, json=True)
    body.end = node.end
    block = Block(source, kind, labels, node.start, node.start + 1, body)
    block.end = node.end
    for key, value in _pairs(node):
        expression = _expression(value, templates=False)
        body.attributes[key.value] = Attribute(source, key.value, key.start, value.start, value.end, expression)
    return block


class _Reader:
    """Makes bodies and blocks. `damaged`: the file is, so that nothing in it is certain to be all there is."""

    def __init__(self, source: Source, damaged: bool) -> None:
        self.source, self.damaged = source, damaged
        self.broken = list[Broken]()

    def body(self, start: int, end: int) -> Body:
        """An empty body."""
        body = Body(self.source, start, json=True)
        body.end, body.broken = end, self.damaged
        return body

    def add(self, body: Body, key: Scalar, value: Node) -> None:
        """An attribute. The first of a name counts; another one is damage, but for what can be blocks."""
        attribute = Attribute(
            self.source, key.value, key.start, value.start, value.end, read=lambda: _expression(value)
        )
        if body.attributes.setdefault(key.value, attribute) is not attribute and not _objects(value):
            self.broken.append(Broken(line=key.line, column=key.column, message=f"`{key.value}` is set twice"))
            body.broken = True

    def blocks(self, key: Scalar, value: Node, labels: int) -> Iterator[Block]:
        """The blocks that a value can be."""
        for names, start, node in _labelled(value, labels, (), key):
            body = self.body(node.start + 1, max(node.end - 1, node.start + 1))
            block = Block(self.source, key.value, names, start, node.start + 1, body)
            block.end = node.end
            for inner, item in _pairs(node):
                self.add(body, inner, item)
                labelled = inner.value in _LABELLED[""] or inner.value in _LABELLED.get(key.value, ())
                body.blocks += self.blocks(inner, item, int(labelled))
            yield block


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


def _labelled(
    node: Node, count: int, labels: tuple[str, ...], at: Scalar
) -> Iterator[tuple[tuple[str, ...], int, Mapping]]:
    for mapping in _objects(node):
        if not count:
            yield labels, at.start if isinstance(resolved(node), Mapping) else mapping.start, mapping
            continue
        for key, value in _pairs(mapping):
            yield from _labelled(value, count - 1, (*labels, key.value), key)


def _expression(value: Node, *, templates: bool = True) -> Expression:
    node = resolved(value)
    if isinstance(node, Mapping):
        pairs = [(key, one) for key, one in node.pairs if isinstance(key, Scalar)]
        entries = [(_key(key, templates), _expression(one, templates=templates)) for key, one in pairs]
        return Object(node.start, node.end, entries, [(key.start, key.end) for key, _ in pairs])
    if isinstance(node, Sequence):
        return Tuple(node.start, node.end, [_expression(one, templates=templates) for one in node.items])
    if not isinstance(node, Scalar):
        return Literal(value.start, value.end, None)
    if node.style:
        return _template(node) if templates else Literal(node.start, node.end, node.value)
    return _word(node)


def _key(key: Scalar, templates: bool) -> Expression | str:
    if not templates or not _is_template(key.value):
        return key.value
    return _template(key)


def _word(node: Scalar) -> Expression:
    if node.value in _WORDS:
        return Literal(node.start, node.end, _WORDS[node.value])
    try:
        return Literal(node.start, node.end, parse_number(node.value))
    except (EvaluationError, TooMuchError) as error:
        return Bad(node.start, node.end, str(error))


def _is_template(text: str) -> bool:
    return "${" in text or "%{" in text


def _template(node: Scalar) -> Expression:
    if not _is_template(node.value):
        return Literal(node.start, node.end, node.value)
    try:
        made = bare(Parser(node.value, 0))
    except HclSyntaxError as error:
        return Bad(node.start, node.end, error.message)
    waiting = [made]
    while waiting:
        one = waiting.pop()
        one.start, one.end = node.start, node.end
        waiting += [child for child, _ in children(one)]
    return made
