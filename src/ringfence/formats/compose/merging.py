"""Two descriptions of one service made into one, as Compose merges them (override files, `extends`).

Mappings are merged key by key, sequences are appended, and everything else is replaced; ports, volumes and the
like are unique by what they are about. `!reset` takes a value away, `!override` replaces it whole. Nodes keep the
places at which they were written.
"""

from ringfence.formats.compose import ports as portsyntax
from ringfence.formats.yamlread import entries, text
from ringfence.formats.yamltree import Alias, Mapping, Node, Scalar, Sequence, resolved

#: The pairs of a service by key.
Fields = dict[str, tuple[Node, Node]]

#: Sequences that an override replaces.
_REPLACED = frozenset({"command", "entrypoint", "test"})
#: What may be written as a list of `NAME=value` or as a mapping.
_NAMED = frozenset({"environment", "labels", "args", "extra_hosts", "sysctls", "annotations"})


def merged(base: Fields, over: Fields) -> Fields:
    """`over` on top of `base`."""
    result = dict(base)
    for name, (key, value) in over.items():
        tag = getattr(value, "tag", "")
        if tag == "!reset":
            result.pop(name, None)
        elif name in result and tag != "!override":
            result[name] = (key, _value(name, result[name][1], value))
        else:
            result[name] = (key, value)
    return result


def _value(name: str, base: Node, over: Node) -> Node:
    low: Node | None = resolved(base)
    high: Node | None = resolved(over)
    if name in _NAMED:
        low, high = _as_mapping(low), _as_mapping(high)
    if isinstance(low, Mapping) and isinstance(high, Mapping):
        joined = Mapping(high.flow, high.tag, "", high.start, high.line, high.column)
        joined.end = high.end
        joined.pairs = list(merged(entries(low), entries(high)).values())
        return joined
    if isinstance(low, Sequence) and isinstance(high, Sequence) and name not in _REPLACED:
        joined_items = Sequence(high.flow, high.tag, "", high.start, high.line, high.column)
        joined_items.end = high.end
        joined_items.items = _unique(name, [*low.items, *high.items])
        return joined_items
    return over


def _as_mapping(node: Node | None) -> Node | None:
    """A list of `NAME=value` as a mapping; the parts stand where the item does."""
    if not isinstance(node, Sequence):
        return node
    found = Mapping(node.flow, "", "", node.start, node.line, node.column)
    found.end = node.end
    for item in node.items:
        word = resolved(item)
        if isinstance(word, Scalar):
            name, equals, value = word.value.partition("=")
            where = (word.start, word.end, word.line, word.column)
            style = '"' if equals else ""
            found.pairs.append((Scalar(name, "", "", "", *where), Scalar(value, style, "", "", *where)))
    return found


def _unique(name: str, items: list[Node]) -> list[Node]:
    """Later items replace earlier ones that are about the same thing."""
    about = {"ports": _port, "volumes": _target, "devices": _target, "secrets": _target, "configs": _target}.get(name)
    found = dict[object, Node]()
    for index, item in enumerate(items):
        found[(about(item) if about else None) or index] = item
    return list(found.values())


def _port(item: Node) -> object:
    node = resolved(item)
    if isinstance(node, Mapping):
        pairs = entries(node)
        return tuple(
            text(pairs[key][1]) if key in pairs else None for key in ("host_ip", "target", "published", "protocol")
        )
    return portsyntax.short(node.value) if isinstance(node, Scalar) else None


def _target(item: Node) -> object:
    node = resolved(item)
    if isinstance(node, Mapping):
        pairs = entries(node)
        return (
            text(pairs["target"][1]) if "target" in pairs else text(pairs["source"][1]) if "source" in pairs else None
        )
    if isinstance(node, Scalar):
        parts = node.value.split(":")
        return parts[1] if len(parts) > 1 else parts[0]
    return None


__all__ = ["Alias", "Fields", "merged"]
