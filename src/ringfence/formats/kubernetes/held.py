"""What is kept of a subject beside its model: where its parts stand, and the nodes that a patch writes to."""

from collections.abc import Iterable

from ringfence.controls.control import Scope
from ringfence.formats.document import Place, Subject
from ringfence.formats.kubernetes.nodes import Nodes, Pairs, text
from ringfence.formats.yamltree import Mapping, Node, Scalar

#: Where something stands: its key or its own node, and the value that belongs to it, if that is shown too.
Spot = tuple[Node, Node | None]


class Object:
    """One object of a cluster: its tree, and what its metadata says."""

    __slots__ = ("annotations", "api", "kind", "metadata", "name", "namespace", "nodes", "pairs", "root")

    def __init__(self, nodes: Nodes, root: Mapping, pairs: Pairs, api: str, kind: str) -> None:
        self.nodes = nodes
        self.root = root
        self.pairs = pairs
        self.kind = kind
        self.api = api
        self.metadata = nodes.below(pairs, "metadata")
        self.name = text(self.metadata, "name") or text(self.metadata, "generateName")
        self.namespace = text(self.metadata, "namespace")
        self.annotations = nodes.below(self.metadata, "annotations")

    @property
    def group(self) -> str:
        """The API's group; "" for the core."""
        return self.api.rpartition("/")[0]

    @property
    def title(self) -> str:
        """What to call it: `Deployment shop/web`."""
        inside = f"{self.namespace}/" if self.namespace else ""
        return f"{self.kind} {inside}{self.name or '(no name)'}"


class Held:
    """A subject and where it came from. `anchor` is where anything stands that the file does not say."""

    __slots__ = ("anchor", "of", "places", "subject")

    def __init__(
        self, of: Object, model: object, places: dict[str, Spot], unknown: frozenset[str], anchor: Spot, title: str
    ) -> None:
        self.of = of
        self.places = places
        self.anchor = anchor
        self.subject = Subject(scope=Scope.KUBERNETES, name=title, model=model, unknown=unknown)

    @classmethod
    def whole(cls, of: Object, model: object, places: dict[str, Spot], unknown: Iterable[str] = ()) -> "Held":
        """What is the object itself: what the file does not say stands at its name, else at its first line."""
        anchor = of.metadata.get("name") or of.pairs.get("kind") or (of.root, None)
        return cls(of, model, places, frozenset(unknown), anchor, of.title)

    def spot(self, path: str) -> Spot:
        """The spot of a model path, else that of the nearest thing around it that stands in the file."""
        while path:
            found = self.places.get(path)
            if found is not None:
                return found
            cut = max(path.rfind("."), path.rfind("["))
            path = path[:cut] if cut > 0 else ""
        return self.anchor


def place_of(spot: Spot, text: str, file: str) -> Place:
    """The stretch at which a spot stands; `text` is the file that its nodes are offsets of.

    It is of one line, unless a scalar goes over several.
    """
    first, last = spot
    scalar = first if last is None else last
    if isinstance(scalar, Scalar) and scalar.start >= first.start and "\n" in text[scalar.start : scalar.end]:
        end = first.start + len(text[first.start : scalar.end].rstrip())
        lines = text.count("\n", first.start, end)
        behind = end - text.rfind("\n", 0, end)
        return Place(file=file, line=first.line, column=first.column, end_line=first.line + lines, end_column=behind)
    line_end = text.find("\n", first.start)
    line_end = len(text) if line_end < 0 else line_end
    end = first.end
    if last is not None and last.line == first.line and last.start >= first.start:
        end = last.end
    elif isinstance(first, Mapping) and not first.flow and first.pairs and first.pairs[0][0].start == first.start:
        key, value = first.pairs[0]  # a container is shown by its first pair
        end = value.end if value.line == key.line and value.end > key.end else key.end
    end = first.start + len(text[first.start : min(end, line_end)].rstrip())
    column = first.column + max(end - first.start, 1)
    return Place(file=file, line=first.line, column=first.column, end_line=first.line, end_column=column)
