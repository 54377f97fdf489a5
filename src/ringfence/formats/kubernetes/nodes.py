"""Reading values out of an object's tree, quickly: the pairs of each mapping are worked out once.

Aliases are followed and merge keys applied, nulls are as good as absent (so the API server treats them), and keys
that stand twice are noted. What a value means is not known here.
"""

from ringfence.formats import yamlread
from ringfence.formats.yamltree import Alias, Mapping, Node, Scalar, Sequence, YamlText, resolved

#: The pairs of a mapping by key: the key's node, and the value with aliases followed.
Pairs = dict[str, tuple[Node, Scalar | Mapping | Sequence]]

_NONE: Pairs = {}
_NULL = frozenset({"", "~", "null", "Null", "NULL"})


class Nodes:
    """The mappings of one load. `repeated` are the keys that stand twice in a mapping that was looked at."""

    def __init__(self) -> None:
        self._seen = dict[int, Pairs]()
        self._kept = list[Mapping]()  # an id is only good while its node lives
        self.repeated = list[Scalar]()

    def pairs(self, node: Node | None) -> Pairs:
        """The pairs of a mapping; none for any other node."""
        if type(node) is Alias:
            node = resolved(node)
        if type(node) is not Mapping:
            return _NONE
        found = self._seen.get(id(node))
        if found is None:
            found = self._seen[id(node)] = self._read(node)
            self._kept.append(node)
        return found

    def below(self, pairs: Pairs, name: str) -> Pairs:
        """The pairs of the mapping that stands under a key."""
        pair = pairs.get(name)
        return self.pairs(pair[1]) if pair is not None else _NONE

    def _read(self, node: Mapping) -> Pairs:
        found: Pairs = {}
        empty = 0
        for key, value in node.pairs:
            if type(value) is Alias:
                value = resolved(value) or value
            if type(key) is not Scalar or type(value) is Alias or (key.value == "<<" and not key.style):
                return self._read_slowly(node)
            if type(value) is Scalar and not value.style and value.value in _NULL:
                empty += 1
                found.pop(key.value, None)
            else:
                found[key.value] = (key, value)  # type: ignore[assignment]
        if len(found) + empty != len(node.pairs):
            self.repeated += yamlread.duplicates(node)
        return found

    def _read_slowly(self, node: Mapping) -> Pairs:
        self.repeated += yamlread.duplicates(node)
        found: Pairs = {}
        for name, (key, value) in yamlread.entries(node).items():
            target = resolved(value)
            if target is not None and not yamlread.is_null(target):
                found[name] = (key, target)
        return found


#: What is said of a text in which a template's braces were read as mappings.
BRACES = "a template: what stands in its braces is filled in elsewhere, so it is not known"


def braces(parsed: YamlText) -> Mapping | None:
    """The first key that is a mapping itself, which is how YAML reads a template's `{{ x }}`."""
    waiting: list[Node | None] = list(reversed(parsed.documents)) if "{{" in parsed.text else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            for key, below in reversed(node.pairs):
                if isinstance(key, Mapping):
                    return key
                waiting.append(below)
        elif isinstance(node, Sequence):
            waiting += reversed(node.items)
    return None


def repeated(key: Scalar) -> str:
    """What is said of a key that stands twice."""
    return f"the key {key.value} stands here a second time, and only this one counts"


def value(pairs: Pairs, name: str) -> Scalar | Mapping | Sequence | None:
    """What stands under a key, if anything."""
    pair = pairs.get(name)
    return pair[1] if pair is not None else None


def text(pairs: Pairs, name: str) -> str:
    """The text of the scalar under a key; "" where there is none."""
    pair = pairs.get(name)
    if pair is None or type(pair[1]) is not Scalar:
        return ""
    return pair[1].value


def items(pairs: Pairs, name: str) -> list[Node]:
    """The items of the list under a key, with aliases followed; nothing where there is none."""
    pair = pairs.get(name)
    if pair is None or type(pair[1]) is not Sequence:
        return []
    return [resolved(item) or item for item in pair[1].items]


def texts(pairs: Pairs, name: str) -> list[tuple[str, Node]]:
    """The scalars of the list under a key, with their nodes; items of another kind are passed over."""
    return [(item.value, item) for item in items(pairs, name) if type(item) is Scalar]


def is_open(text: str) -> bool:
    """Whether a text is filled in by something that is not here: a template's braces, a shell variable, a parameter."""
    return "${" in text or "{{" in text or "<%" in text or "$(" in text
