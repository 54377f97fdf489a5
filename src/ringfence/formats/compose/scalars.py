"""Values of one service with their places: variables filled in, and what cannot be known noted."""

from ringfence.formats.compose.interpolation import Text, interpolated, marked_names
from ringfence.formats.compose.merging import Fields
from ringfence.formats.compose.project import Project
from ringfence.formats.yamlread import entries, is_null
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, resolved

_TRUE, _FALSE = frozenset({"true", "yes", "on", "y"}), frozenset({"false", "no", "off", "n"})


class Reading:
    """A service while it is read. `at` gives the node of a model path, `unknown` the paths that are not known."""

    def __init__(self, project: Project, fields: Fields) -> None:
        self.project = project
        self.fields = fields
        self.at = dict[str, Node]()
        self.unknown = set[str]()

    def node(self, key: str, path: str = "") -> Node | None:
        """What stands under a key; `path` is placed at the key."""
        pair = self.fields.get(key)
        if pair is None or is_null(pair[1]):
            return None
        if path:
            self.at[path] = pair[0]
        return pair[1]

    def text(self, node: Node | None, path: str = "") -> Text | None:
        """A scalar's text with its variables filled in; None for what is none. `path` is unknown if it is marked."""
        found = resolved(node)
        if not isinstance(found, Scalar) or (is_null(found) and not found.style):
            return None
        said = interpolated(found.value, self.project.env)
        if path and node is not None:
            self.at.setdefault(path, node)
            if said.marked:
                self.unknown.add(path)
        return said

    def word(self, key: str, path: str) -> str:
        """The text under a key; "" where there is none or it is not known."""
        said = self.text(self.node(key, path), path)
        return "" if said is None or said.marked else said.value

    def flag(self, key: str, path: str) -> bool:
        """The boolean under a key; False where there is none."""
        node = self.node(key, path)
        if node is None:
            return False
        said = self.text(node, path)
        word = said.value.lower() if said is not None and not said.marked else ""
        if word not in _TRUE | _FALSE:
            self.unknown.add(path)
        return word in _TRUE

    def words(self, node: Node | None) -> list[tuple[Text, Node]]:
        """The scalars of a list, or of a single scalar."""
        found = resolved(node)
        items = found.items if isinstance(found, Sequence) else [node] if isinstance(found, Scalar) and node else []
        return [(said, item) for item in items if (said := self.text(item)) is not None]

    def pairs(self, node: Node | None) -> list[tuple[str, Text | None, Node]]:
        """Names and values of a mapping, or of a list of `NAME=value`, each with the node of its value or item."""
        found = resolved(node)
        if isinstance(found, Mapping):
            return [
                (name, self.text(value), key if is_null(value) else value)
                for name, (key, value) in entries(found).items()
            ]
        result = list[tuple[str, Text | None, Node]]()
        for said, item in self.words(found if isinstance(found, Sequence) else None):
            name, equals, value = said.value.partition("=")
            known = Text(value, bool(marked_names(value)), said.foreign)
            result.append((name, known if equals else None, item))
        return result
