"""From the documents of a text to the objects in it (lists unpacked), and from an object to what is judged.

Documents that are no Kubernetes objects are passed over. An object whose pod is not shaped like one is unread.
"""

from collections.abc import Iterator
from collections.abc import Sequence as Known

from ringfence.formats.kubernetes import facts
from ringfence.formats.kubernetes.containers import Container, held_containers
from ringfence.formats.kubernetes.held import Held, Object, Spot
from ringfence.formats.kubernetes.nodes import Nodes, Pairs, items, text
from ringfence.formats.kubernetes.objects import reader_of
from ringfence.formats.kubernetes.podcontext import held_context
from ringfence.formats.kubernetes.podlike import pods_of
from ringfence.formats.kubernetes.pods import Defaults, Pod
from ringfence.formats.yamlread import boolean
from ringfence.formats.yamltree import Mapping, Node, Sequence, resolved

#: How deep below a custom resource's `spec` a pod template is looked for.
_SEARCH_DEPTH = 6
_CONTAINERS = ("initContainers", "containers", "ephemeralContainers")

#: Something that could not be read: where, and why.
Problem = tuple[Spot, str]


def objects(nodes: Nodes, root: Node | None, api: str = "", kind: str = "") -> Iterator[Object]:
    """The objects of one document. `api` and `kind` are those of an item of a typed list that does not say them."""
    root = resolved(root)
    if not isinstance(root, Mapping):
        return
    pairs = nodes.pairs(root)
    api, kind = text(pairs, "apiVersion") or api, text(pairs, "kind") or kind
    if not kind or not api:
        return
    listed = "items" if kind.endswith("List") else "objects" if kind == "Template" else ""
    if listed and isinstance(pairs.get(listed, (None, None))[1], Sequence):
        inner = kind.removesuffix("List") if kind not in {"List", "Template"} else ""
        for item in items(pairs, listed):
            yield from objects(nodes, item, api if inner else "", inner)
    else:
        yield Object(nodes, root, pairs, api, kind)


class Reader:
    """Reads the objects of one text, which know of each other: accounts and limit ranges hold for pods. Those `around`
    them are known, and not read.

    `partial`: a workload lacks what Kubernetes demands of one, so the text may be a patch of something else.
    """

    def __init__(self, found: list[Object], around: Known[Object] = ()) -> None:
        self.partial = False
        self.held = list[Held]()
        self.problems = list[Problem]()
        self._tokens = dict[str, dict[str, bool]]()
        self._defaults = dict[str, Defaults]()
        for of in (*around, *found):
            if of.kind == "ServiceAccount":
                self._note_account(of)
            elif of.kind == "LimitRange":
                self._note_limits(of)
        for of in found:
            self._read(of)

    def _read(self, of: Object) -> None:
        reader = reader_of(of)
        if reader is not None:
            self.held.append(reader(of))
        elif of.kind in facts.TEMPLATES:
            self._read_workload(of)
        elif (pods := pods_of(of)) is not None:
            for like in pods:
                self._judge(Pod(of, like.holder, like.holder, self._limits(of), self._accounts(of), like))
        elif of.kind != "CustomResourceDefinition":
            spec = of.pairs.get("spec")
            for template in _templates(of.nodes, spec[1] if spec else None, _SEARCH_DEPTH):
                self._read_pod(of, template)

    def _read_workload(self, of: Object) -> None:
        node: Node = of.root
        for key in facts.TEMPLATES[of.kind]:
            pair = of.nodes.pairs(node).get(key)
            if pair is None:
                self.partial = True
                return
            if not isinstance(pair[1], Mapping):
                self._refuse(of, pair, key, "mapping")
                return
            node = pair[1]
        if of.group == "apps" and "selector" not in of.nodes.below(of.pairs, "spec"):
            self.partial = True
        if isinstance(node, Mapping):
            self._read_pod(of, node)

    def _read_pod(self, of: Object, template: Mapping) -> None:
        pair = of.nodes.pairs(template).get("spec")
        if pair is None:
            self.partial = True
            return
        spec = pair[1]
        if not isinstance(spec, Mapping):
            self._refuse(of, pair, "spec", "mapping")
            return
        pairs = of.nodes.pairs(spec)
        for key in _CONTAINERS:
            if key in pairs:
                self._check_list(of, pairs, key)
        found = self._judge(Pod(of, template, spec, self._limits(of), self._accounts(of)))
        self.partial = self.partial or not found or any("image" not in of.nodes.pairs(one.node) for one in found)

    def _judge(self, pod: Pod) -> list[Container]:
        found = held_containers(pod)
        self.held += found
        context = held_context(pod, found)
        if context is not None:
            self.held.append(context)
        return found

    def _limits(self, of: Object) -> Defaults:
        return self._defaults.get(of.namespace, {})

    def _accounts(self, of: Object) -> dict[str, bool]:
        return self._tokens.get(of.namespace, {})

    def _check_list(self, of: Object, pairs: Pairs, key: str) -> None:
        pair = pairs[key]
        if not isinstance(pair[1], Sequence):
            self._refuse(of, pair, key, "list")
        for item in items(pairs, key):
            if not isinstance(item, Mapping):
                self._refuse(of, (item, None), f"an item of {key}", "mapping")

    def _refuse(self, of: Object, spot: Spot, what: str, wanted: str) -> None:
        self.problems.append((spot, f"{of.title}: {what} is no {wanted}, so this pod could not be judged"))

    def _note_account(self, of: Object) -> None:
        pair = of.pairs.get("automountServiceAccountToken")
        said = boolean(pair[1]) if pair is not None else None
        if said is not None:
            self._tokens.setdefault(of.namespace, {})[of.name] = said

    def _note_limits(self, of: Object) -> None:
        """What a container gets that says nothing: `default`, else `max`; `defaultRequest`, else the default limit."""
        nodes = of.nodes
        for item in items(nodes.below(of.pairs, "spec"), "limits"):
            one = nodes.pairs(item)
            if text(one, "type") == "Container":
                given = {**nodes.below(one, "max"), **nodes.below(one, "default")}
                asked = {**nodes.below(one, "min"), **given, **nodes.below(one, "defaultRequest")}
                self._defaults[of.namespace] = {"limits": given, "requests": asked}


def _templates(nodes: Nodes, node: Node | None, deeper: int) -> Iterator[Mapping]:
    """Mappings below a custom resource's spec that are shaped like a pod template."""
    if isinstance(node, Sequence) and deeper:
        for item in map(resolved, node.items):
            if isinstance(item, Mapping):
                yield from _templates(nodes, item, deeper - 1)
        return
    if not isinstance(node, Mapping) or not deeper:
        return
    pairs = nodes.pairs(node)
    if _is_template(nodes, pairs):
        yield node
        return
    for _, below in pairs.values():
        if isinstance(below, Mapping | Sequence):
            yield from _templates(nodes, below, deeper - 1)


def _is_template(nodes: Nodes, pairs: Pairs) -> bool:
    spec = nodes.below(pairs, "spec")
    said = nodes.pairs(next(iter(items(spec, "containers")), None))
    return "name" in said or "image" in said
