"""Arguments that the journal may not keep: under a sensitive name, or marked by their schema.

A schema marks with `writeOnly: true` or `format: password`, wherever a value is judged by it: behind references, in
`allOf` and its like, in items and additional members. Where that cannot be told at little cost, too much is hidden.
"""

import json
import re
from collections.abc import Iterator, Mapping

from ringfence.dataclasses import dataclass
from ringfence.gate.outcome import MOST_MESSAGE
from ringfence.gate.redact import without_cut
from ringfence.plugins.references import anchors_of, same_value, subschemas
from ringfence.plugins.violation import Violation
from ringfence.strictjson import pointer

_SENSITIVE = re.compile(
    r"pass(word|wd|phrase|code)?s?$|secret|tokens?$|(api|private|access|signing|encryption)[_-]?keys?|credential"
    r"|authorization|cookie|bearer|(^|[_-])pin$",
    re.IGNORECASE,
)
HIDDEN = "[hidden]"
#: More schemas for one value, or hidden values in one call, are not looked through.
_MOST = 256
#: Shorter values are looked for as words of their own only.
_LONG = 4

_Node = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Hidden:
    """`kept` is what may be kept, `places` are the pointers of what may not, `values` what stood there."""

    kept: object
    places: tuple[str, ...]
    values: frozenset[str]

    def text(self, said: str) -> str:
        """A sentence of the plugin's without the hidden values."""
        if not self.values:
            return said
        if len(self.values) > _MOST:
            return HIDDEN
        forms = {form for value in self.values for form in (value, json.dumps(value)[1:-1], repr(value)[1:-1])}
        cut = len(said) >= MOST_MESSAGE
        said, begun = without_cut(said, [f for f in forms if len(f) >= _LONG]) if cut else (said, "")
        words = (re.escape(f) if len(f) >= _LONG else rf"(?<!\w){re.escape(f)}(?!\w)" for f in _longest_first(forms))
        return re.sub("|".join(words), HIDDEN, said) + (HIDDEN if begun else "")

    def violation(self, found: Violation) -> Violation:
        """The violation without the value that it shows, where that is hidden."""
        if not any(f"{found.pointer}/".startswith(f"{place}/") for place in self.places):
            return found
        return Violation(found.pointer, f"expected {found.expected}", found.expected)


def hide(arguments: object, schema: _Node | None) -> Hidden:
    """What the journal may keep of arguments."""
    return _Walk(schema or {}).hidden(arguments)


class _Walk:
    """One way through arguments and their schema together."""

    def __init__(self, schema: _Node) -> None:
        self._root = schema
        self._places: list[str] = []
        self._values: set[str] = set()
        self._anchors = anchors_of(schema)
        self._marks = any(_is_marked(node) for _, node in subschemas(schema))

    def hidden(self, arguments: object) -> Hidden:
        kept = self._kept(arguments, (), [self._root] if self._marks else [])
        return Hidden(kept, tuple(self._places), frozenset(self._values))

    def _kept(self, value: object, path: tuple[str | int, ...], schemas: list[_Node]) -> object:
        judging = self._judging(schemas)
        if judging is None or any(map(_is_marked, judging)) or (path and _is_sensitive(path[-1])):
            self._places.append(pointer(path))
            self._values.update(_leaves(value))
            return HIDDEN
        if isinstance(value, dict):
            return {k: self._kept(v, (*path, k), list(_of_member(judging, k))) for k, v in value.items()}
        if isinstance(value, list):
            return [self._kept(v, (*path, i), list(_of_item(judging, i))) for i, v in enumerate(value)]
        return value

    def _judging(self, schemas: list[_Node]) -> list[_Node] | None:
        """All schemas that judge a value which these judge; None where they are too many."""
        found: dict[int, _Node] = {}
        todo = list(schemas)
        while todo:
            node = todo.pop()
            if id(node) not in found:
                found[id(node)] = node
                todo.extend(same_value(self._root, node, self._anchors))
            if len(found) > _MOST:
                return None
        return list(found.values())


def _is_marked(node: _Node) -> bool:
    return node.get("writeOnly") is True or node.get("format") == "password"


def _is_sensitive(name: str | int) -> bool:
    return isinstance(name, str) and _SENSITIVE.search(name) is not None


def _of_member(judging: list[_Node], name: str) -> Iterator[_Node]:
    """What judges a member. Patterns are a plugin's own, and are not tried here: each may fit."""
    for node in judging:
        named, patterns = node.get("properties"), node.get("patternProperties")
        known = isinstance(named, dict) and name in named
        candidates = [named[name]] if known and isinstance(named, dict) else []
        candidates += patterns.values() if isinstance(patterns, dict) else []
        if not known:
            candidates += [node.get("additionalProperties"), node.get("unevaluatedProperties")]
        yield from (candidate for candidate in candidates if isinstance(candidate, dict))


def _of_item(judging: list[_Node], index: int) -> Iterator[_Node]:
    for node in judging:
        first = node.get("prefixItems")
        known = isinstance(first, list) and index < len(first)
        candidates = [first[index]] if known and isinstance(first, list) else [node.get("items")]
        candidates += [node.get("contains"), node.get("unevaluatedItems")]
        yield from (candidate for candidate in candidates if isinstance(candidate, dict))


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for member in value.values():
            yield from _leaves(member)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, str | int | float) and not isinstance(value, bool) and value != "":
        yield str(value)


def _longest_first(forms: set[str]) -> list[str]:
    return sorted(forms, key=len, reverse=True)
