"""Values of one service with their places: variables filled in, and what cannot be known noted."""

from typing import NamedTuple

from ringfence.formats.compose.interpolation import Text, interpolated, is_mark, shown
from ringfence.formats.compose.merging import Fields
from ringfence.formats.compose.project import Project
from ringfence.formats.yamlread import entries, is_null
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, resolved

_TRUE, _FALSE = frozenset({"true", "yes", "on", "y", "1", "t"}), frozenset({"false", "no", "off", "n", "0", "f"})

Keys = tuple[str, ...]
Pair = tuple[Node, Node]


class Where(NamedTuple):
    """Where a service says something: at a key path, or as an item of the list at that path."""

    keys: Keys
    item: Node | None


class Named(NamedTuple):
    """A name and what it is set to (None: nothing), from a mapping or a list of `NAME=value`."""

    name: str
    value: Node | str | None
    place: Node
    where: Where


class Reading:
    """A service while it is read.

    `at` gives the nodes that a model path covers (the first and the last of them), `wheres` all the places that
    decide it, `unknown` the paths that are not known.
    """

    def __init__(self, project: Project, fields: Fields, head: Node) -> None:
        self.project = project
        self.head = head
        self.fields = fields
        self.at = dict[str, Pair]()
        self.wheres = dict[str, list[Where]]()
        self.unknown = set[str]()
        self._entries = dict[int, Fields]()

    # -- finding

    def entries(self, node: Node | None) -> Fields:
        """The pairs of a mapping; nothing for any other node."""
        found = resolved(node)
        if not isinstance(found, Mapping):
            return {}
        known = self._entries.get(id(found))
        if known is None:
            known = self._entries[id(found)] = entries(found)
        return known

    def pair(self, *keys: str) -> Pair | None:
        """The key and the value at a key path of the service; None where nothing stands there."""
        fields, pair = self.fields, None
        for key in keys:
            pair = fields.get(key)
            if pair is None or is_null(pair[1]) or getattr(pair[1], "tag", "") == "!reset":
                return None
            fields = self.entries(pair[1])
        return pair

    def node(self, *keys: str) -> Node | None:
        """The value at a key path of the service."""
        pair = self.pair(*keys)
        return pair[1] if pair is not None else None

    # -- noting

    def note(self, path: str, first: Node, last: Node | None = None, *wheres: Where) -> None:
        """A model path covers these nodes; what it says stands there."""
        self.at[path] = (first, last if last is not None else first)
        self.wheres.setdefault(path, []).extend(wheres)

    def note_at(self, path: str, *keys: str) -> bool:
        """A model path is decided at a key path; False where nothing stands there."""
        pair = self.pair(*keys)
        if pair is not None:
            self.note(path, *pair, Where(keys, None))
        return pair is not None

    def note_item(self, path: str, item: Node, *keys: str) -> None:
        """A model path is decided by an item of the list at a key path."""
        self.note(path, item, item, Where(keys, item))

    # -- reading

    def text(self, node: Node | None) -> Text | None:
        """A scalar's text with its variables filled in; None for null and for what is none."""
        found = resolved(node)
        if not isinstance(found, Scalar) or is_null(found):
            return None
        return self.project.filled(found.value)

    def word(self, node: Node | None) -> str:
        """A scalar's text with its variables filled in, what is not known as `${NAME}`; "" where there is none."""
        said = self.text(node)
        return shown(said.value) if said is not None else ""

    def said(self, path: str, *keys: str) -> str:
        """The word at a key path, which decides a model path; "" where there is none or it is not known."""
        if not self.note_at(path, *keys):
            return ""
        said = self.text(self.node(*keys))
        if said is None or said.marked:
            self.unknown.add(path)
            return ""
        return said.value

    def flag(self, path: str, *keys: str) -> bool:
        """The boolean at a key path, which decides a model path; False where there is none."""
        if not self.note_at(path, *keys):
            return False
        truth = self.truth(self.node(*keys))
        if truth is None:
            self.unknown.add(path)
        return truth is True

    def truth(self, node: Node | None) -> bool | None:
        """A boolean as Compose takes it, in quotes or not; None for what is none or not known."""
        said = self.text(node)
        word = said.value.lower() if said is not None else ""
        return True if word in _TRUE else False if word in _FALSE else None

    def words(self, node: Node | None) -> list[tuple[Text, Node]]:
        """The scalars of a list, or of a single scalar."""
        found = resolved(node)
        items = found.items if isinstance(found, Sequence) else [node] if isinstance(found, Scalar) and node else []
        return [(said, item) for item in items if (said := self.text(item)) is not None]

    def literal(self, value: Node | str | None) -> str | None:
        """A text as it stands in the file: defaults filled in, every other variable left as `${NAME}`. None where it
        comes from somewhere else whole."""
        found = value if isinstance(value, str) else resolved(value)
        if found is None or (isinstance(found, Scalar) and is_null(found)):
            return None
        said = interpolated(found if isinstance(found, str) else getattr(found, "value", ""), {}).value
        return None if is_mark(said) else shown(said)

    def named(self, *keys: str) -> list[Named]:
        """Names and values of a mapping, or of a list of `NAME=value`."""
        node = resolved(self.node(*keys))
        if isinstance(node, Mapping):
            return [
                Named(name, value, key if is_null(value) else value, Where((*keys, name), None))
                for name, (key, value) in self.entries(node).items()
            ]
        found = list[Named]()
        for item in getattr(node, "items", []):
            scalar = resolved(item)
            if isinstance(scalar, Scalar):
                name, equals, value = scalar.value.partition("=")
                found.append(Named(name, value if equals else None, item, Where(keys, item)))
        return found
