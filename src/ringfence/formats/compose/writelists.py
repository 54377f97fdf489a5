"""What becomes of one list of a service: items that go, change, or are added."""

from collections.abc import Callable

from ringfence.formats.compose.scalars import Keys
from ringfence.formats.yamledit import CannotEdit, Data, YamlEdits
from ringfence.formats.yamlread import is_null
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, resolved
from ringfence.formats.yamlwrite import plain


class Items:
    """A list, or the one word that stands for a list. `direct`: it stands right there, and is nobody else's."""

    def __init__(self, node: Node | None, direct: bool) -> None:
        self._node = node
        self._direct = direct
        found = resolved(node)
        self.items: list[Node] = []
        if isinstance(found, Sequence):
            self.items = found.items
        elif isinstance(found, Scalar) and not is_null(found):
            self.items = [found]
        self.gone = set[int]()
        self.changed = dict[int, Data]()
        self.added = list[Data]()
        self._amended = dict[int, list[tuple[Keys, Data]]]()

    def amend(self, index: int, keys: Keys, value: Data) -> None:
        """Set a value inside of an item that is a mapping; None takes the key away."""
        self._amended.setdefault(index, []).append((keys, value))

    def write(self, edits: YamlEdits, base: Mapping, keys: Keys, put: Callable[[Data], None]) -> None:
        """Note the edits of the list at a key path below `base`; `put` sets all of it anew."""
        if not (self.gone or self.changed or self.added or self._amended):
            return
        if self._node is not None and not (self._direct and isinstance(self._node, Sequence)):
            self._whole(edits, base, keys, put)
        elif isinstance(self._node, Sequence):
            self._in_place(self._node, edits, base, keys)
        else:
            for item in self.added:
                edits.append(base, keys, item)

    def _whole(self, edits: YamlEdits, base: Mapping, keys: Keys, put: Callable[[Data], None]) -> None:
        """Write the list out: what stood there is an alias, merged in, or one word."""
        left: list[Data] = [self._data(index) for index in range(len(self.items)) if index not in self.gone]
        left += self.added
        if not left and self._direct and isinstance(self._node, Scalar):
            edits.remove(base, keys)
        else:
            put(left)

    def _data(self, index: int) -> Data:
        data = self.changed.get(index, plain(self.items[index]))
        for keys, value in self._amended.get(index, ()):
            data = amended(data, keys, value)
        return data

    def _in_place(self, sequence: Sequence, edits: YamlEdits, base: Mapping, keys: Keys) -> None:
        if len(self.gone) == len(sequence.items) and not self.added:
            edits.remove(base, keys)
            return
        for index, data in self.changed.items():
            edits.put_item(sequence, index, data)
        for index in self._amended:
            if index not in self.gone:
                self._amend_in_place(sequence.items[index], edits, index)
        for index in self.gone:
            edits.remove_item(sequence, index)
        for item in self.added:
            edits.append(base, keys, item)

    def _amend_in_place(self, item: Node, edits: YamlEdits, index: int) -> None:
        if not isinstance(item, Mapping):
            edits.put_node(item, self._data(index))
            return
        for keys, value in self._amended[index]:
            if value is None:
                edits.remove(item, keys)
            else:
                edits.put(item, keys, value)


def amended(data: Data, keys: Keys, value: Data) -> Data:
    """Data with a value set at a key path; None takes the key away. Raises CannotEdit for what has no keys."""
    if not isinstance(data, dict):
        raise CannotEdit("what stands there is no mapping")
    result = dict(data)
    if len(keys) > 1:
        result[keys[0]] = amended(result.get(keys[0], {}), keys[1:], value)
    elif value is None:
        result.pop(keys[0], None)
    else:
        result[keys[0]] = value
    return result
