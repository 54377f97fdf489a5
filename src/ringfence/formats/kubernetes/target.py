"""What a writer of one field has: the container that was read, the model that is wanted, and the edits so far."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from ringfence.formats.document import Edit
from ringfence.formats.kubernetes.containers import Container
from ringfence.formats.kubernetes.nodes import Pairs
from ringfence.formats.yamledit import CannotEdit
from ringfence.formats.yamltree import Mapping, Node, Sequence, resolved
from ringfence.formats.yamlwrite import Data
from ringfence.models.service import Service


class Edits(Protocol):
    """Wishes for the text that an object stands in: YAML (`YamlEdits`), or something that is read as an object."""

    def put(self, mapping: Mapping, path: tuple[str, ...], data: Data) -> None:
        """Set the value at a key path below a mapping; levels that are missing are made."""
        ...

    def append(self, mapping: Mapping, path: tuple[str, ...], item: Data) -> None:
        """Add an item to the list at a key path below a mapping; a missing list is made."""
        ...

    def remove(self, mapping: Mapping, path: tuple[str, ...]) -> None:
        """Drop a key with its value; a mapping that becomes empty goes too."""
        ...

    def remove_item(self, sequence: Sequence, index: int) -> None:
        """Drop an item of a list."""
        ...

    def done(self) -> tuple[Edit, ...]:
        """All edits. Raises CannotEdit."""
        ...


class Target:
    """A container to be written."""

    def __init__(self, held: Container, wanted: Service, edits: Edits) -> None:
        self.held = held
        self.wanted = wanted
        self.edits = edits
        self.pod = held.pod
        self.nodes = held.of.nodes
        self.pairs: Pairs = self.nodes.pairs(held.node)
        self.security = self.nodes.below(self.pairs, "securityContext")

    def put(self, data: Data, *path: str) -> None:
        """Set a value of the container."""
        self.edits.put(self.held.node, path, data)

    def remove(self, *path: str) -> None:
        """Drop a key of the container."""
        self.edits.remove(self.held.node, path)

    def put_in_pod(self, data: Data, *path: str) -> None:
        """Set a value of the pod's spec."""
        self.edits.put(self.pod.spec, path, data)

    def remove_from_pod(self, *path: str) -> None:
        """Drop a key of the pod's spec."""
        self.edits.remove(self.pod.spec, path)


#: Writes one field: from the old value to the new. Raises CannotEdit.
Write = Callable[[Target, Any, Any], None]


def remove_items(
    edits: Edits, holder: Mapping, path: tuple[str, ...], sequence: Node | None, gone: Iterable[Node]
) -> None:
    """Drop items of the list that stands at a path below `holder`; the key too where nothing would be left."""
    if not isinstance(sequence, Sequence):
        raise CannotEdit("it is no list")
    lost = {id(one) for one in gone}
    indices = [index for index, item in enumerate(sequence.items) if id(resolved(item)) in lost]
    if len(indices) == len(sequence.items):
        edits.remove(holder, path)
        return
    for index in reversed(indices):
        edits.remove_item(sequence, index)
