"""JSON Patch (RFC 6902) on a tree: add, replace, remove, move and copy; `test` is taken as passed."""

from ringfence.formats.kubernetes.nodes import Pairs, text, value
from ringfence.formats.kubernetes.trees import Forest, children
from ringfence.formats.yamltree import MAX_DEPTH, MAX_NODES, Mapping, Node, Scalar, Sequence, resolved

MAX_OPERATIONS = 1000


class CannotPatch(Exception):
    """An operation that finds nothing at its path, or is none."""


def patched(forest: Forest, root: Mapping, operations: Sequence) -> Mapping:
    """The object with all operations applied. Raises CannotPatch."""
    if len(operations.items) > MAX_OPERATIONS:
        raise CannotPatch(f"it has more than {MAX_OPERATIONS} operations")
    for item in operations.items:
        said = forest.nodes.pairs(item)
        root = _operation(forest, root, said)
        if text(said, "op") in {"copy", "move"}:
            _measure(root)
    _measure(root)
    return root


def _measure(root: Mapping) -> None:
    """Refuse what copies within copies have made of an object, before anybody walks it."""
    known = dict[int, tuple[int, int]]()
    waiting: list[Node] = [root]
    while waiting:
        node = waiting[-1]
        below = [one for one in map(resolved, children(node)) if one is not None]
        unknown = [one for one in below if id(one) not in known]
        if unknown:
            waiting += unknown
            if len(waiting) > MAX_NODES:
                raise CannotPatch("the object would become too large")
            continue
        waiting.pop()
        sizes = [known[id(one)] for one in below]
        size, depth = 1 + sum(one for one, _ in sizes), 1 + max((one for _, one in sizes), default=0)
        if size > MAX_NODES or depth > MAX_DEPTH:
            raise CannotPatch("the object would become too large")
        known[id(node)] = size, depth


def _operation(forest: Forest, root: Mapping, said: Pairs) -> Mapping:
    name, path = text(said, "op"), _tokens(text(said, "path"))
    if name == "test":
        return root
    if not path or name not in {"add", "replace", "remove", "move", "copy"}:
        raise CannotPatch(f"the operation {name or '(none)'} at {text(said, 'path') or '(no path)'} is not understood")
    if len(path) > MAX_DEPTH:
        raise CannotPatch("its path is too long")
    new, shown = value(said, "value"), said.get("value", said["path"])[0]
    if name in {"move", "copy"}:
        source = _tokens(text(said, "from"))
        new, shown = _at(forest, root, source), said["path"][0]
        if name == "move":
            root = _changed(forest, root, source, None, shown, "remove")
    if name == "remove":
        new = None
    elif new is None:
        new = forest.scalar("", shown)
    return _changed(forest, root, path, new, shown, name)


def _tokens(path: str) -> list[str]:
    return [token.replace("~1", "/").replace("~0", "~") for token in path.split("/")[1:]]


def _at(forest: Forest, node: Node, path: list[str]) -> Scalar | Mapping | Sequence:
    found = resolved(node)
    for token in path:
        if isinstance(found, Sequence):
            found = resolved(found.items[_index(found, token)])
        else:
            found = value(forest.nodes.pairs(found), token)
    if found is None:
        raise CannotPatch(f"nothing stands at /{'/'.join(path)}")
    return found


def _changed(forest: Forest, root: Mapping, path: list[str], new: Node | None, shown: Node, name: str) -> Mapping:
    found = _Change(forest, new, shown, name).within(root, path)
    if not isinstance(found, Mapping):
        raise CannotPatch("an object would be no mapping")
    return found


class _Change:
    """One change of a tree: `new` is put (or nothing is left) at a path. `shown` is what it is shown as."""

    def __init__(self, forest: Forest, new: Node | None, shown: Node, name: str) -> None:
        self._forest = forest
        self._new = resolved(new)
        self._shown = shown
        self._inserts = name not in {"remove", "replace"}

    def within(self, node: Node | None, path: list[str]) -> Node:
        """The node with the change made below it."""
        node = resolved(node)
        if isinstance(node, Sequence):
            return self._in_list(node, path[0], path[1:])
        if isinstance(node, Mapping):
            return self._in_mapping(node, path[0], path[1:])
        raise CannotPatch(f"nothing stands around {path[0]}")

    def _in_list(self, node: Sequence, at: str, rest: list[str]) -> Node:
        items = list(node.items)
        if rest:
            index = _index(node, at)
            items[index] = self.within(items[index], rest)
        elif self._new is None:
            del items[_index(node, at)]
        elif self._inserts:
            items.insert(len(items) if at == "-" else _index(node, at, more=1), self._new)
        else:
            items[_index(node, at)] = self._new
        return self._forest.sequence(items, node)

    def _in_mapping(self, node: Mapping, key: str, rest: list[str]) -> Node:
        pairs = dict(self._forest.nodes.pairs(node))
        old = pairs.get(key)
        if old is None and (rest or not self._inserts):
            raise CannotPatch(f"nothing stands at {key}")
        if rest and old is not None:
            inner = resolved(self.within(old[1], rest))
            pairs[key] = (old[0], inner or old[1])
        elif self._new is None:
            del pairs[key]
        else:
            pairs[key] = (self._forest.scalar(key, self._shown), self._new)
        return self._forest.mapping(pairs, node)


def _index(node: Sequence, token: str, more: int = 0) -> int:
    if not token.isascii() or not token.isdigit() or len(token) > 9 or int(token) >= len(node.items) + more:
        raise CannotPatch(f"the list has no item {token}")
    return int(token)
