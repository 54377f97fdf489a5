"""Values of one container with their places; what is there and cannot be understood becomes unknown."""

from ringfence.formats.kubernetes.held import Spot
from ringfence.formats.kubernetes.nodes import Nodes, Pairs, is_open
from ringfence.formats.kubernetes.pods import Pod
from ringfence.formats.yamlread import boolean, integer
from ringfence.formats.yamltree import Mapping, Scalar


class Reading:
    """A container while it is read. `security` is its own securityContext; `places` and `unknown` grow."""

    __slots__ = ("name", "node", "nodes", "pairs", "places", "pod", "role", "security", "unknown")

    def __init__(self, pod: Pod, node: Mapping, role: str) -> None:
        self.pod = pod
        self.node = node
        self.role = role
        self.nodes: Nodes = pod.of.nodes
        self.pairs: Pairs = self.nodes.pairs(node)
        self.security = self.nodes.below(self.pairs, "securityContext")
        self.places: dict[str, Spot] = dict(pod.places)
        self.unknown = set(pod.unknown)
        self.name = self.word(self.pairs, "name", "name")

    def inherited(self, key: str) -> Pairs:
        """The securityContext, the container's or the pod's, that says something of a key."""
        return self.security if key in self.security else self.pod.security

    def flag(self, pairs: Pairs, key: str, path: str, silent: bool) -> bool:
        """A boolean, as YAML 1.1 spells them, also in quotes."""
        pair = pairs.get(key)
        if pair is None:
            return silent
        self.places[path] = pair
        said = boolean(pair[1])
        if said is None:
            self.unknown.add(path)
            return silent
        return said

    def number(self, pairs: Pairs, key: str, path: str) -> int | None:
        """A whole number, also in quotes."""
        pair = pairs.get(key)
        if pair is None:
            return None
        self.places[path] = pair
        said = integer(pair[1])
        if said is None:
            self.unknown.add(path)
        return said

    def word(self, pairs: Pairs, key: str, path: str) -> str:
        """A text; "" where there is none."""
        pair = pairs.get(key)
        if pair is None:
            return ""
        self.places[path] = pair
        node = pair[1]
        if type(node) is not Scalar or is_open(node.value):
            self.unknown.add(path)
        return node.value if type(node) is Scalar else ""
