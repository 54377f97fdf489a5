"""References in a JSON Schema that lead out of it, or in a circle.

A schema here is one document: `$ref` and `$dynamicRef` start with `#`, and no part has an `$id` of its own.
A circle that never steps into a member or an item (`{"$ref": "#"}`) says nothing about any value;
implementations disagree on it, and one that accepts everything would be a hole.
"""

from collections.abc import Iterator, Mapping

from ringfence.plugins.jsonplace import step_into
from ringfence.tomltext import Path

#: Keywords that hold a schema, a list of schemas, or schemas by name (JSON Schema 2020-12, core section 10).
_ONE = frozenset({"additionalProperties", "contains", "contentSchema", "else", "if", "items", "not", "propertyNames"})
_ONE |= {"then", "unevaluatedItems", "unevaluatedProperties"}
_MANY = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_NAMED = frozenset({"$defs", "definitions", "dependentSchemas", "patternProperties", "properties"})
#: Of these, those that judge the same value again.
_IN_PLACE = frozenset({"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"})
_REFERENCES = ("$ref", "$dynamicRef")

Node = Mapping[str, object]


def reference_faults(schema: Node) -> Iterator[tuple[Path, str]]:
    """Each reference or identifier that is not taken, then the first circle. Needs a schema of bounded depth."""
    places: dict[int, Path] = {}
    faults = 0
    for path, node in subschemas(schema):
        places[id(node)] = path
        for fault in _foreign(path, node):
            faults += 1
            yield fault
    if not faults:
        yield from _circle(schema, places, anchors_of(schema))


def anchors_of(schema: Node) -> dict[str, Path]:
    """Where each anchor of a schema is."""
    anchors: dict[str, Path] = {}
    for path, node in subschemas(schema):
        for anchor in ("$anchor", "$dynamicAnchor"):
            anchors[str(node.get(anchor, ""))] = path
    return anchors


def _foreign(path: Path, node: Node) -> Iterator[tuple[Path, str]]:
    if path and "$id" in node:
        yield (*path, "$id"), "$id is taken only at the top: a schema is one document"
    for keyword in _REFERENCES:
        reference = node.get(keyword)
        if isinstance(reference, str) and not reference.startswith("#"):
            yield (*path, keyword), f"references to other documents are refused: {reference[:80]!r}"


def subschemas(schema: Node) -> Iterator[tuple[Path, Node]]:
    """Every schema in a schema, itself first."""
    todo: list[tuple[Path, object]] = [((), schema)]
    while todo:
        path, node = todo.pop()
        if isinstance(node, dict):
            yield path, node
            todo.extend(_children(path, node, _ONE | _MANY | _NAMED))


def _children(path: Path, node: Node, keywords: frozenset[str]) -> Iterator[tuple[Path, object]]:
    for keyword in node.keys() & keywords:
        value = node[keyword]
        if keyword in _NAMED and isinstance(value, dict):
            yield from (((*path, keyword, name), item) for name, item in value.items())
        elif keyword in _MANY and isinstance(value, list):
            yield from (((*path, keyword, index), item) for index, item in enumerate(value))
        elif keyword in _ONE:
            yield (*path, keyword), value


def _circle(schema: Node, places: dict[int, Path], anchors: dict[str, Path]) -> Iterator[tuple[Path, str]]:
    """The first way from a schema back to itself that stays with one value; depth-first, without recursion."""
    done: set[int] = set()
    for _, start in list(subschemas(schema)):
        if id(start) in done:
            continue
        open_ids = {id(start)}
        stack = [(start, same_value(schema, start, anchors))]
        while stack:
            node, following = stack[-1]
            target = next(following, None)
            if target is None:
                open_ids.discard(id(node))
                done.add(id(node))
                stack.pop()
            elif id(target) in open_ids:
                yield places.get(id(node), ()), "the schema refers to itself without end"
                return
            elif id(target) not in done:
                open_ids.add(id(target))
                stack.append((target, same_value(schema, target, anchors)))


def same_value(schema: Node, node: Node, anchors: dict[str, Path]) -> Iterator[Node]:
    """The schemas that judge the value that `node` judges."""
    for _, child in _children((), node, _IN_PLACE):
        if isinstance(child, dict):
            yield child
    for keyword in _REFERENCES:
        reference = node.get(keyword)
        if isinstance(reference, str):
            target = _resolve(schema, reference[1:], anchors)
            if target is not None:
                yield target


def _resolve(schema: Node, fragment: str, anchors: dict[str, Path]) -> Node | None:
    """What `#fragment` names: a JSON pointer or an anchor; None where it is no schema."""
    if "%" in fragment:
        from urllib.parse import unquote  # 3 ms, for schemas that hardly exist

        fragment = unquote(fragment)
    steps: Path | None = tuple(step.replace("~1", "/").replace("~0", "~") for step in fragment.split("/")[1:])
    if fragment and not fragment.startswith("/"):
        steps = anchors.get(fragment)
    if steps is None:
        return None
    value: object = schema
    for step in steps:
        value = step_into(value, step)
    return value if isinstance(value, dict) else None
