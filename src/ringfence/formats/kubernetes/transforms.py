"""What a kustomization changes in all of its objects: namespace, names, labels, annotations, images."""

from ringfence.formats.kubernetes import facts
from ringfence.formats.kubernetes.nodes import Pairs, items, text
from ringfence.formats.kubernetes.trees import Forest
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, resolved

_CLUSTER_WIDE = frozenset(
    {
        "APIService",
        "ClusterRole",
        "ClusterRoleBinding",
        "CustomResourceDefinition",
        "IngressClass",
        "MutatingWebhookConfiguration",
        "Namespace",
        "Node",
        "PersistentVolume",
        "PodSecurityPolicy",
        "PriorityClass",
        "RuntimeClass",
        "StorageClass",
        "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding",
        "ValidatingWebhookConfiguration",
    }
)
MAX_LABELS = 50
_KEEP_NAME = frozenset({"APIService", "CustomResourceDefinition", "Namespace"})


class Resource:
    """One object of a build, with all the names and namespaces that it has had: a patch may use any."""

    __slots__ = ("api", "kind", "names", "namespaces", "root")

    def __init__(self, root: Mapping, pairs: Pairs, metadata: Pairs) -> None:
        self.root = root
        self.api = text(pairs, "apiVersion")
        self.kind = text(pairs, "kind")
        self.names = {text(metadata, "name")}
        self.namespaces = {text(metadata, "namespace")}


class Transforms:
    """Applies the fields of one kustomization."""

    def __init__(self, forest: Forest, said: Pairs) -> None:
        self._forest = forest
        self._nodes = forest.nodes
        self._said = said

    def names(self, resources: list[Resource]) -> None:
        """namespace, namePrefix and nameSuffix. Pods follow an account that is renamed with them."""
        space = self._said.get("namespace")
        affixes = [self._said[key] for key in ("namePrefix", "nameSuffix") if key in self._said]
        accounts = {name for one in resources if one.kind == "ServiceAccount" for name in one.names}
        for one in resources:
            if space is not None and one.kind not in _CLUSTER_WIDE:
                one.root = self._forest.put(one.root, ("metadata", "namespace"), *space)
                one.namespaces.add(text(self._said, "namespace"))
            if affixes and one.kind not in _KEEP_NAME:
                metadata = self._nodes.below(self._nodes.pairs(one.root), "metadata")
                self._rename(one, ("metadata", "name"), text(metadata, "name"), affixes[0][0])
                one.names.add(self._renamed(text(metadata, "name")))
            path = facts.TEMPLATES.get(one.kind) if affixes else None
            if path is not None:
                pairs = self._nodes.pairs(one.root)
                for key in (*path, "spec"):
                    pairs = self._nodes.below(pairs, key)
                account = text(pairs, "serviceAccountName")
                if account in accounts:
                    self._rename(one, (*path, "spec", "serviceAccountName"), account, affixes[0][0])

    def _rename(self, one: Resource, path: tuple[str, ...], name: str, shown: Node) -> None:
        one.root = self._forest.put(one.root, path, shown, self._forest.scalar(self._renamed(name), shown))

    def _renamed(self, name: str) -> str:
        return text(self._said, "namePrefix") + name + text(self._said, "nameSuffix")

    def metadata(self, resources: list[Resource]) -> None:
        """commonLabels, labels and commonAnnotations, on the objects and on their pods.

        (MAX_LABELS bounds what a hostile file can make of it; no control looks at labels for more than a secret.)
        """
        below = self._nodes.below
        self._add(resources, "labels", below(self._said, "commonLabels"), pods=True)
        self._add(resources, "annotations", below(self._said, "commonAnnotations"), pods=True)
        for item in items(self._said, "labels")[:MAX_LABELS]:
            entry = self._nodes.pairs(item)
            pods = "true" in {text(entry, "includeTemplates"), text(entry, "includeSelectors")}
            self._add(resources, "labels", below(entry, "pairs"), pods=pods)

    def _add(self, resources: list[Resource], what: str, new: Pairs, *, pods: bool) -> None:
        for name, (key, said) in list(new.items())[:MAX_LABELS]:
            for one in resources:
                one.root = self._forest.put(one.root, ("metadata", what, name), key, said)
                path = facts.TEMPLATES.get(one.kind)
                if pods and path:
                    one.root = self._forest.put(one.root, (*path, "metadata", what, name), key, said)

    def images(self, resources: list[Resource]) -> None:
        """images: a new name, tag or digest for the containers that use an image."""
        entries = {text(entry, "name"): entry for entry in map(self._nodes.pairs, items(self._said, "images"))}
        for one in resources if entries else []:
            found = self._with_images(one.root, entries)
            if isinstance(found, Mapping):
                one.root = found

    def _with_images(self, node: Node, entries: dict[str, Pairs]) -> Node:
        """The node with the images of all containers below it replaced; the same node where none is."""
        pairs = self._nodes.pairs(node)
        changed = dict(pairs)
        for name, (key, below) in pairs.items():
            if isinstance(below, Sequence) and name in {"containers", "initContainers", "ephemeralContainers"}:
                inner: Node = self._containers(below, entries)
            else:
                inner = self._with_images(below, entries) if isinstance(below, Mapping) else below
            if inner is not below and not isinstance(inner, Scalar):
                target = resolved(inner)
                changed[name] = (key, target or below)
        same = all(changed[name][1] is pairs[name][1] for name in pairs)
        return node if same else self._forest.mapping(changed, node)

    def _containers(self, node: Sequence, entries: dict[str, Pairs]) -> Sequence:
        found, changed = list[Node](), False
        for item in node.items:
            container = resolved(item)
            said = text(self._nodes.pairs(container), "image") if container is not None else ""
            new = self._image(said, entries)
            if new is not None and isinstance(container, Mapping):
                container, changed = self._forest.put(container, ("image",), *new), True
            found.append(container or item)
        return self._forest.sequence(found, node) if changed else node

    def _image(self, said: str, entries: dict[str, Pairs]) -> tuple[Node, Scalar] | None:
        name, version = _split(said)
        entry = entries.get(name)
        if entry is None:
            return None
        spot = next((entry[key] for key in ("digest", "newTag", "newName") if key in entry), None)
        if spot is None:
            return None
        if "digest" in entry:
            version = "@" + text(entry, "digest")
        elif "newTag" in entry:
            version = ":" + text(entry, "newTag")
        return spot[0], self._forest.scalar((text(entry, "newName") or name) + version, spot[1])


def _split(image: str) -> tuple[str, str]:
    """The name of an image, and what follows: `:1.2`, `@sha256:…`, both, or nothing."""
    name, at, digest = image.partition("@")
    head, colon, tag = name.rpartition(":")
    if colon and "/" not in tag:
        return head, colon + tag + at + digest
    return name, at + digest


def selected(resources: list[Resource], said: Pairs) -> list[Resource]:
    """The resources that a patch's target names: group, version, kind, name and namespace, where it says them."""
    found = []
    for one in resources:
        group, _, version = one.api.rpartition("/")
        wanted = (
            ("group", {group}),
            ("version", {version}),
            ("kind", {one.kind}),
            ("name", one.names),
            ("namespace", one.namespaces),
        )
        if all(key not in said or any(matches(text(said, key), value) for value in values) for key, values in wanted):
            found.append(one)
    return found


def matches(pattern: str, word: str) -> bool:
    """Whether a pattern covers a whole word: alternatives (`|`) of text with `.*`. Linear, as both are untrusted."""
    return any(_glob(one.strip("^$()").split(".*"), word) for one in pattern.split("|"))


def _glob(parts: list[str], word: str) -> bool:
    if len(parts) == 1:
        return parts[0] == word
    if not word.startswith(parts[0]) or not word.endswith(parts[-1]) or len(word) < len(parts[0]) + len(parts[-1]):
        return False
    at, end = len(parts[0]), len(word) - len(parts[-1])
    for part in parts[1:-1]:
        found = word.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True
