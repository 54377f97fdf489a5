"""Two descriptions of one service made into one, as Compose merges them (override files, `extends`).

Mappings are merged key by key, sequences are appended, and everything else is replaced; ports, volumes and the
like are unique by what they are about. `!reset` takes a value away, `!override` replaces it whole. Nodes keep the
places at which they were written.
"""

from collections.abc import Callable

from ringfence.formats.compose import ports as portsyntax
from ringfence.formats.compose.files import Files
from ringfence.formats.yamlread import entries, is_null, text
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, resolved
from ringfence.models.service import Port

#: The pairs of a mapping by key.
Fields = dict[str, tuple[Node, Node]]

#: Sequences that an override replaces.
_REPLACED = frozenset({"command", "entrypoint", "test"})
#: What may be written as a list of `NAME=value` or as a mapping.
_NAMED = frozenset({"environment", "labels", "args", "extra_hosts", "sysctls", "annotations", "additional_contexts"})
#: What may be a list of names or a mapping, and what may be one word or a list.
_NAMES = frozenset({"networks", "depends_on", "models"})
_LISTS = frozenset({"tmpfs", "env_file", "dns", "dns_search", "label_file"})


class Merger:
    """Merges nodes; what it makes of them is known to the files."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def merged(self, base: Fields, over: Fields) -> Fields:
        """`over` on top of `base`."""
        result = dict(base)
        for name, (key, value) in over.items():
            tag = getattr(value, "tag", "")
            if tag == "!reset":
                result.pop(name, None)
            elif name in result and tag != "!override" and not name.startswith("x-"):
                result[name] = (key, self._value(name, result[name][1], value))
            else:
                result[name] = (key, value)
        return result

    def _value(self, name: str, base: Node, over: Node) -> Node:
        low, high = self._alike(name, base), self._alike(name, over)
        if isinstance(low, Mapping) and isinstance(high, Mapping):
            if name == "logging" and _drivers_differ(low, high):
                return over
            return self._mapping(high, list(self.merged(entries(low), entries(high)).values()))
        if isinstance(low, Sequence) and isinstance(high, Sequence) and name not in _REPLACED:
            return self._sequence(high, _unique(name, [*low.items, *high.items]))
        # Nothing takes nothing away, but a variable without a value comes from the shell.
        return base if is_null(over) and isinstance(low, Mapping | Sequence) else over

    def _alike(self, name: str, node: Node) -> Node | None:
        """A value in the one of its forms in which it can be merged."""
        found = resolved(node)
        if isinstance(found, Sequence) and name in _NAMED | _NAMES:
            return self._mapping(found, [pair for item in found.items for pair in self._pair(item)])
        if isinstance(found, Scalar) and not is_null(found):
            if name in _LISTS:
                return self._sequence(found, [found])
            if name == "build":
                key = Scalar("context", "", "", "", found.start, found.end, found.line, found.column)
                self._files.made(key, found)
                return self._mapping(found, [(key, found)])
        return found

    def _pair(self, item: Node) -> list[tuple[Node, Node]]:
        """`NAME=value` as a key and a value; both stand where the item does."""
        word = resolved(item)
        if not isinstance(word, Scalar):
            return []
        name, equals, value = word.value.partition("=")
        where = (item.start, item.end, item.line, item.column)
        pair = Scalar(name, '"', "", "", *where), Scalar(value, '"' if equals else "", "", "", *where)
        for one in pair:
            self._files.made(one, item)
        return [pair]

    def _mapping(self, like: Node, pairs: list[tuple[Node, Node]]) -> Mapping:
        made = Mapping(False, "", "", like.start, like.line, like.column)
        made.end, made.pairs = like.end, pairs
        self._files.made(made, like)
        return made

    def _sequence(self, like: Node, items: list[Node]) -> Sequence:
        made = Sequence(False, "", "", like.start, like.line, like.column)
        made.end, made.items = like.end, items
        self._files.made(made, like)
        return made


def _drivers_differ(base: Mapping, over: Mapping) -> bool:
    names = [text(entries(one)["driver"][1]) if "driver" in entries(one) else None for one in (base, over)]
    return None not in names and names[0] != names[1]


def _unique(name: str, items: list[Node]) -> list[Node]:
    """Later items take the places of earlier ones that are about the same thing."""
    about = _ABOUT.get(name)
    found = dict[object, Node]()
    for index, item in enumerate(items):
        subject = about(item) if about is not None else None
        found[index if subject is None else ("about", subject)] = item
    return list(found.values())


def _port(item: Node) -> object:
    node = resolved(item)
    if isinstance(node, Scalar):
        return portsyntax.short(node.value) or node.value
    pairs = entries(node)
    said = [text(pairs[key][1]) if key in pairs else None for key in ("host_ip", "published", "target", "protocol")]
    return Port(host=said[0] or "", published=said[1] or "", target=said[2] or "", protocol=said[3] or "tcp")


def _target(item: Node) -> object:
    """What a volume, device, secret or config is inside."""
    node = resolved(item)
    if isinstance(node, Scalar):
        parts = node.value.split(":")
        return parts[1] if len(parts) > 1 else parts[0]
    pairs = entries(node)
    key = next((one for one in ("target", "source") if one in pairs), None)
    return text(pairs[key][1]) if key else None


def _word(item: Node) -> object:
    return text(item)


_ABOUT: dict[str, Callable[[Node], object]] = {
    "ports": _port,
    "volumes": _target,
    "devices": _target,
    "secrets": _target,
    "configs": _target,
    **dict.fromkeys(("cap_add", "cap_drop", "security_opt", "tmpfs", "env_file", "profiles"), _word),
}
