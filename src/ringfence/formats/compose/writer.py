"""The edits of one service while they are collected: what its writers put, append, change and drop.

Where a value is the service's own, it is edited where it stands. What an alias or a merge key brings is written out
at the service, so that the anchor's other users keep theirs. What another service or file brings is left alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from ringfence.formats.compose.scalars import Keys, Reading, Where
from ringfence.formats.compose.storage import Storage
from ringfence.formats.compose.writelists import Items, amended
from ringfence.formats.document import Edit
from ringfence.formats.yamledit import CannotEdit, Data, YamlEdits
from ringfence.formats.yamlread import entries
from ringfence.formats.yamltree import Alias, Mapping, Node, Scalar, Sequence, resolved
from ringfence.formats.yamlwrite import plain
from ringfence.models.service import Service

if TYPE_CHECKING:
    from ringfence.formats.compose.file import ComposeFile

Left = list[tuple[str, str]]


class Writer:
    """One service in one file; `old` is how it is read, `new` how it should be. `left` is what could not be written."""

    def __init__(self, file: "ComposeFile", reading: Reading, storage: Storage, old: Service, new: Service) -> None:
        self.project = file.project
        self.reading = reading
        self.storage = storage
        self.old = old
        self.new = new
        self._text = file.text
        self.edits = YamlEdits(file.text)
        self.left: Left = []
        self._lists = dict[Keys, Items]()
        self._written_out = dict[Keys, list[tuple[Keys, Data]]]()
        self._own = [node for _, node in self.project.own[old.name]]
        last = self._own[-1]
        self._base, self._prefix = (last, ()) if isinstance(last, Mapping) else self._around(old.name)

    @contextmanager
    def attempt(self, path: str) -> Iterator[None]:
        """What cannot be written in here is left at a model path, and the rest goes on."""
        try:
            yield
        except CannotEdit as why:
            self.left.append((path, str(why)))

    def done(self) -> tuple[Edit, ...]:
        """All edits. Raises CannotEdit where they cannot be made together."""
        for keys, items in self._lists.items():
            items.write(self.edits, self._base, (*self._prefix, *keys), partial(self._put, keys=keys))
        for prefix, wishes in self._written_out.items():
            self._write_out(prefix, wishes)
        return self.edits.done()

    # -- values

    def put(self, value: Data, *keys: str) -> None:
        """Set the value at a key path of the service."""
        pair = self.reading.pair(*keys)
        if pair is not None and self.project.is_above(pair[1]):
            raise CannotEdit(f"it stands in {self.project.files.file_of(pair[1])}")
        if self.project.base and self._find(keys[:1])[0] is None:
            raise CannotEdit(f"it belongs in {self.project.base}")
        self._put(value, keys)

    def drop(self, where: Where) -> None:
        """Take away what stands there."""
        found = self._items(where)
        if found is not None:
            found[0].gone.add(found[1])
            return
        value, own = self._find(where.keys)
        shared = self._shared(where.keys)
        if value is not None and shared and shared != where.keys:
            self._written_out.setdefault(shared, []).append((where.keys[len(shared) :], None))
        elif value is not None and own == len(where.keys):
            self.edits.remove(self._base, where.keys)
        else:
            raise CannotEdit(self._elsewhere(where))

    def change(self, where: Where, data: Data) -> None:
        """Put something else in the place of a value or an item."""
        found = self._items(where)
        if found is not None:
            found[0].changed[found[1]] = data
        elif where.item is None:
            self.put(data, *where.keys)
        else:
            raise CannotEdit(self._elsewhere(where))

    def amend(self, where: Where, keys: Keys, value: Data) -> None:
        """Set a value at a key path inside of an item; None takes the key away."""
        found = self._items(where)
        if found is None:
            raise CannotEdit(self._elsewhere(where))
        found[0].amend(found[1], keys, value)

    def append(self, item: Data, *keys: str) -> None:
        """Add an item to the list at a key path, which is made where it is not there."""
        if self.project.base and self._find(keys[:1])[0] is None:
            raise CannotEdit(f"it belongs in {self.project.base}")
        self._list(keys).added.append(item)

    # -- where things stand

    def places(self, path: str) -> list[Where]:
        """All places that decide a model path."""
        return self.reading.wheres.get(path, [])

    def own_places(self, path: str) -> list[Where]:
        """Those places that this service itself has in this file. Raises CannotEdit where a merged file decides."""
        for where in self.places(path):
            if where.item is not None and self.project.is_above(where.item):
                raise CannotEdit(f"it stands in {self.project.files.file_of(where.item)}")
        return [where for where in self.places(path) if self._items(where) or self._find(where.keys)[0] is not None]

    def lines(self, key: str) -> str:
        """The lines of a key that the service itself has in this file; "" where something else brings it."""
        last = self._own[-1]
        if len(self._own) > 1 or not isinstance(last, Mapping):
            return ""
        for name, value in last.pairs:
            if isinstance(name, Scalar) and name.value == key:
                behind = self._text.find("\n", value.end)
                return self._text[name.start : behind if behind >= 0 else len(self._text)]
        return ""

    def root(self, *keys: str) -> tuple[Mapping, Keys]:
        """The file's own root, to put something at a key path of it. Raises CannotEdit where another file decides."""
        root = (self.project.files.roots(self.project.file) or ())[-1]
        declared = self.project.sections.get(keys[0], {}).get(keys[1]) if len(keys) > 1 else None
        if declared is not None and self.project.files.file_of(declared[0]) != self.project.file:
            raise CannotEdit(f"it stands in {self.project.files.file_of(declared[0])}")
        if not isinstance(root, Mapping):
            raise CannotEdit("the file is no mapping")
        return root, keys

    def _around(self, name: str) -> tuple[Mapping, Keys]:
        """What holds a service that is an alias."""
        root, _ = self.root()
        return (root, ("services", name)) if "services" in entries(root) else (root, (name,))

    def _find(self, keys: Keys) -> tuple[Node | None, int]:
        """The service's own value at a key path, and how many of the keys are written right there: not behind an
        alias, not merged in."""
        for mapping in reversed(self._own):
            node, own = mapping, 0
            for depth, key in enumerate(keys):
                own += own == depth and isinstance(node, Mapping) and _has(node, key)
                pair = entries(node).get(key)
                if pair is None:
                    break
                node = pair[1]
            else:
                return node, own
        return None, 0

    def _shared(self, keys: Keys) -> Keys:
        """The beginning of a key path whose value is behind an alias, or merged in, so that others have it too; ()
        where there is no such thing."""
        for depth in range(1, len(keys) + 1):
            node, own = self._find(keys[:depth])
            if node is None:
                return ()
            if own < depth or isinstance(node, Alias):
                return keys[:depth]
        return ()

    def _put(self, value: Data, keys: Keys) -> None:
        """Set a value; what others share is noted, as something else there may have to go."""
        shared = self._shared(keys[:-1])
        if shared:
            self._written_out.setdefault(shared, []).append((keys[len(shared) :], value))
        else:
            self.edits.put(self._base, (*self._prefix, *keys), value)

    def _write_out(self, prefix: Keys, wishes: list[tuple[Keys, Data]]) -> None:
        """Make what an alias stands for the service's own, with what is wished in it."""
        if all(value is not None for _, value in wishes):
            for keys, value in wishes:
                self.edits.put(self._base, (*self._prefix, *prefix, *keys), value)
            return
        data = plain(self._find(prefix)[0])
        for keys, value in wishes:
            data = amended(data, keys, value)
        self.edits.put(self._base, (*self._prefix, *prefix), data)

    def _items(self, where: Where) -> tuple[Items, int] | None:
        """The list in which something stands, and at which index; None where it is no item of the service's own."""
        keys, item = where
        if item is not None:
            items = self._list(keys)
            index = next((at for at, one in enumerate(items.items) if one is item), None)
        else:  # a name, which may have been an item `NAME=value`
            value = self._find(keys[:-1])[0] if len(keys) > 1 else None
            if not isinstance(resolved(value), Sequence):
                return None
            items = self._list(keys[:-1])
            index = next((at for at, one in enumerate(items.items) if _name(one) == keys[-1]), None)
        return (items, index) if index is not None else None

    def _list(self, keys: Keys) -> Items:
        if keys not in self._lists:
            node, own = self._find(keys)
            self._lists[keys] = Items(node, own == len(keys) and not isinstance(node, Alias))
        return self._lists[keys]

    def _elsewhere(self, where: Where) -> str:
        """Why something cannot be taken away."""
        pair = self.reading.pair(*where.keys)
        node = where.item if where.item is not None else pair[0] if pair is not None else None
        file = self.project.files.file_of(node) if node is not None else self.project.file
        if file != self.project.file:
            return f"it stands in {file}"
        value, _ = self._find(where.keys)
        return (
            "it comes from an anchor that others share"
            if value is not None
            else "it comes from a service that is extended"
        )


def _has(mapping: Mapping, key: str) -> bool:
    return any(isinstance(one, Scalar) and one.value == key for one, _ in mapping.pairs)


def _name(item: Node) -> str:
    found = resolved(item)
    return found.value.partition("=")[0] if isinstance(found, Scalar) else ""
