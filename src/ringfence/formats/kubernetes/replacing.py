"""Replacements and vars of a kustomization: a value of one object put into others, where it still stands as itself."""

from collections.abc import Callable

from ringfence.formats.kubernetes.jsonpatch import CannotPatch
from ringfence.formats.kubernetes.nodes import Pairs, items, text
from ringfence.formats.kubernetes.transforms import Resource, selected
from ringfence.formats.kubernetes.trees import Forest
from ringfence.formats.yamltree import MAX_DEPTH, MAX_NODES, Mapping, Node, Scalar, Sequence, resolved

MAX_TARGETS = 10_000

_NAME = "metadata.name"


class Replacing:
    """Applies entries of `replacements` and `vars` to the objects of a build. Raises CannotPatch."""

    def __init__(self, forest: Forest) -> None:
        self._forest = forest
        self._nodes = forest.nodes
        self._made = 0

    def replace(self, entry: Pairs, resources: list[Resource]) -> None:
        """One entry of `replacements`."""
        source = self._nodes.below(entry, "source")
        value = self._value(source, resources, text(source, "fieldPath") or _NAME)
        options = self._nodes.below(source, "options")
        if text(options, "delimiter"):
            parts = value.value.split(text(options, "delimiter"))
            index = _number(text(options, "index"))
            if not 0 <= index < len(parts):
                raise CannotPatch(f"the source has no part {index}")
            value = self._forest.scalar(parts[index], value)
        for target in map(self._nodes.pairs, items(entry, "targets")):
            self._target(target, value, resources)

    def _value(self, said: Pairs, resources: list[Resource], path: str) -> Scalar:
        """The scalar at a path of the one object that is named."""
        found = selected(resources, said)
        if len(found) != 1:
            raise CannotPatch(f"the source is {'no object' if not found else 'more than one object'}")
        node: Node | None = found[0].root
        for step in steps(path):
            if isinstance(node, Sequence):
                node = next((one for one in map(resolved, node.items) if self._is_meant(node, one, step)), None)
            else:
                pair = self._nodes.pairs(node).get(step)
                node = pair[1] if pair is not None else None
        if not isinstance(node, Scalar):
            raise CannotPatch(f"the source has no value at {path}")
        return node

    def _target(self, target: Pairs, value: Scalar, resources: list[Resource]) -> None:
        chosen = selected(resources, self._nodes.below(target, "select"))
        for rejected in map(self._nodes.pairs, items(target, "reject")):
            chosen = [one for one in chosen if one not in selected(resources, rejected)]
        options = self._nodes.below(target, "options")
        delimiter, index = text(options, "delimiter"), _number(text(options, "index"))

        def made(old: Scalar | None) -> Scalar:
            if not delimiter or old is None:
                return value
            return self._forest.scalar(_with_part(old.value, delimiter, index, value.value), value)

        paths = [one.value for one in items(target, "fieldPaths") if isinstance(one, Scalar)] or [_NAME]
        for resource in chosen:
            for path in paths:
                self._made += 1
                if self._made > MAX_TARGETS:
                    raise CannotPatch(f"more than {MAX_TARGETS} values would be put")
                root = self._put(resource.root, steps(path), made, value, create=text(options, "create") == "true")
                if isinstance(root, Mapping):
                    resource.root = root

    def _put(
        self, node: Node, path: list[str], made: Callable[[Scalar | None], Scalar], shown: Node, *, create: bool
    ) -> Node:
        """The node with a new value at each place that the path means."""
        if not path:
            return made(node if isinstance(node, Scalar) else None)
        step, rest = path[0], path[1:]
        if isinstance(node, Sequence):
            kept = [resolved(one) or one for one in node.items]
            meant = [self._is_meant(node, one, step) for one in kept]
            if not any(meant) and not create:
                raise CannotPatch(f"nothing stands at {step}")
            inner = [
                self._put(one, rest, made, shown, create=create) if is_it else one
                for one, is_it in zip(kept, meant, strict=True)
            ]
            return self._forest.sequence(inner, node)
        if not isinstance(node, Mapping):
            raise CannotPatch(f"nothing stands around {step}")
        return self._put_in_mapping(node, step, rest, made, shown, create=create)

    def _put_in_mapping(
        self,
        node: Mapping,
        step: str,
        rest: list[str],
        made: Callable[[Scalar | None], Scalar],
        shown: Node,
        *,
        create: bool,
    ) -> Node:
        pairs = dict(self._nodes.pairs(node))
        old = pairs.get(step)
        if old is None and not create:
            raise CannotPatch(f"nothing stands at {step}")
        below: Node = old[1] if old is not None else self._forest.mapping({}, shown)
        new = resolved(self._put(below if rest or old is not None else shown, rest, made, shown, create=create))
        key = old[0] if old is not None and rest else self._forest.scalar(step, shown)
        if new is not None:
            pairs[step] = (key, new)
        return self._forest.mapping(pairs, node)

    def _is_meant(self, sequence: Sequence, item: Node | None, step: str) -> bool:
        """Whether an item of a list is what a step means: `*`, its number, or `[key=value]`."""
        if step == "*":
            return True
        if step.startswith("[") and step.endswith("]"):
            key, _, wanted = step[1:-1].partition("=")
            if isinstance(item, Scalar):
                return not key and item.value == wanted
            return text(self._nodes.pairs(item), key) == wanted
        index = _number(step, -1)
        return 0 <= index < len(sequence.items) and resolved(sequence.items[index]) is item

    def fill(self, entries: list[Pairs], resources: list[Resource]) -> None:
        """`vars`: `$(NAME)` in the words of commands and variables."""
        values = dict[str, Scalar]()
        for entry in entries:
            path = text(self._nodes.below(entry, "fieldref"), "fieldpath") or _NAME
            said = dict(self._nodes.below(entry, "objref"))
            said.pop("apiVersion", None)
            values[f"$({text(entry, 'name')})"] = self._value(said, resources, path)
        for one in resources if values else []:
            root = self._filled(one.root, values, 0)
            if isinstance(root, Mapping):
                one.root = root

    def _filled(self, node: Node, values: dict[str, Scalar], depth: int) -> Node:
        """The node with what is filled in; the same one where nothing is."""
        self._made += 1
        if self._made > MAX_NODES or depth > MAX_DEPTH:
            raise CannotPatch("the objects are too large for vars")
        target = resolved(node) or node
        if isinstance(target, Scalar) and "$(" in target.value:
            said = target.value
            for name, value in values.items():
                said = said.replace(name, value.value)
            return target if said == target.value else self._forest.scalar(said, target)
        if isinstance(target, Sequence):
            new = [self._filled(one, values, depth + 1) for one in target.items]
            same = all(resolved(one) is resolved(old) for one, old in zip(new, target.items, strict=True))
            return target if same else self._forest.sequence(new, target)
        if isinstance(target, Mapping):
            pairs = dict(self._nodes.pairs(target))
            for name, (key, below) in list(pairs.items()):
                inner = resolved(self._filled(below, values, depth + 1))
                if inner is not None and inner is not below:
                    pairs[name] = (key, inner)
            same = all(pairs[name][1] is pair[1] for name, pair in self._nodes.pairs(target).items())
            return target if same else self._forest.mapping(pairs, target)
        return target


def steps(path: str) -> list[str]:
    r"""`spec.containers.[name=a.b].image` in its steps; `\.` is a dot that parts nothing. Raises CannotPatch."""
    found, word, inside, escaped = list[str](), "", False, False
    for letter in path:
        if escaped:
            word, escaped = word + letter, False
        elif letter == "\\":
            escaped = True
        elif letter == "." and not inside:
            found.append(word)
            word = ""
        else:
            inside = letter == "[" or (inside and letter != "]")
            word += letter
    found.append(word)
    if len(found) > MAX_DEPTH or not all(found):
        raise CannotPatch(f"the path {path[:200]!r} is not understood")
    return found


def _number(word: str, otherwise: int = 0) -> int:
    digits = word.removeprefix("-")
    return int(word) if digits.isascii() and digits.isdigit() and len(digits) < 10 else otherwise


def _with_part(old: str, delimiter: str, index: int, new: str) -> str:
    """A text with one of its parts exchanged; before the first and behind the last one is added."""
    parts = old.split(delimiter)
    if index < 0:
        return delimiter.join([new, *parts])
    if index >= len(parts):
        return delimiter.join([*parts, new])
    return delimiter.join([*parts[:index], new, *parts[index + 1 :]])
