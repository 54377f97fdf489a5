"""What a model does not let us know where a part of the object is unknown: model paths by keys of the object.

A field that is unknown itself needs no word here: its place tells.
"""

from collections.abc import Iterator

from ringfence.formats.hcl.scope import references_of
from ringfence.formats.hcl.syntax import Expression
from ringfence.formats.kubernetes.containers import Container
from ringfence.formats.kubernetes.held import Held
from ringfence.formats.kubernetes.nodes import Nodes, Pairs, items
from ringfence.formats.kubernetes.podcontext import PodHeld
from ringfence.formats.terraform.kubernetes.tree import Tree
from ringfence.formats.yamltree import Mapping, Node
from ringfence.models import cluster

Table = dict[tuple[str, ...], tuple[str, ...]]

_LIMITS = ("limits.memory_bytes", "limits.cpu_millis", "limits.scratch_bytes")
_REQUESTS = ("requests.memory_bytes", "requests.cpu_millis")
_SHARED = ("user", "group", "non_root_required", "seccomp", "selinux", "windows_host_process")
_CONTAINER: Table = {
    ("env",): ("environment.variables", "secret_environment"),
    ("resources",): (*_LIMITS, *_REQUESTS),
    ("resources", "limits"): _LIMITS,
    ("resources", "requests"): _REQUESTS,
    ("securityContext",): (
        *_SHARED,
        "no_new_privileges",
        "capabilities",
        "dropped",
        "apparmor",
        "read_only_root",
        "privileged",
        "proc_masked",
    ),
    ("securityContext", "capabilities"): ("capabilities", "dropped"),
    ("securityContext", "seLinuxOptions"): ("selinux",),
}
#: What a container does not say itself.
_POD: Table = {
    ("securityContext",): (*_SHARED, "sysctls"),
    ("securityContext", "seLinuxOptions"): ("selinux",),
}
_OBJECTS: dict[type, Table] = {
    cluster.Exposure: {
        ("metadata", "annotations"): ("internal", "annotations", "tls_hosts"),
        ("spec",): ("kind", "internal", "external_ips", "hosts", "tls_hosts"),
        ("spec", "loadBalancerSourceRanges"): ("internal", "sources"),
        ("spec", "ingressClassName"): ("internal",),
        ("spec", "rules"): ("hosts",),
        ("spec", "tls"): ("tls_hosts",),
    },
    cluster.Tenancy: {("metadata", "labels"): ("enforce", "warn", "audit", "version")},
    cluster.TrafficPolicy: {
        ("spec",): ("selects_all", "ingress", "egress", "allows_all_ingress", "allows_all_egress"),
        ("spec", "podSelector", "matchLabels"): ("selects_all",),
        ("spec", "podSelector", "matchExpressions"): ("selects_all",),
        ("spec", "policyTypes"): ("ingress", "egress", "allows_all_ingress", "allows_all_egress"),
    },
}


def unknown_of(tree: Tree, held: Held) -> frozenset[str]:
    """All model paths of a subject that the configuration does not let us know."""
    found = set(held.subject.unknown)
    for path, (key, value) in held.places.items():
        if id(key if value is None else value) in tree.unknown:
            found.add(path)
    if isinstance(held, Container):
        found.update(_silent(tree, tree.nodes.pairs(held.node), _CONTAINER))
        found.update(set(_silent(tree, held.pod.pairs, _POD)) - held.places.keys())
    elif not isinstance(held, PodHeld):
        found.update(_silent(tree, held.of.pairs, _OBJECTS.get(type(held.subject.model), {})))
        if isinstance(held.subject.model, cluster.TrafficPolicy):
            found.update(_open_rules(tree, held))
        if isinstance(held.subject.model, cluster.Data) and held.subject.model.secret:
            found.update(_from_elsewhere(tree, held))
    return frozenset(found)


def _from_elsewhere(tree: Tree, held: Held) -> Iterator[str]:
    """The values of a secret that are not written there. Whoever writes them out is shown; that every value of a
    secret is one holds for those that stand in it."""
    for path, (_, value) in held.places.items():
        origin = tree.origins.get(id(value))
        if not isinstance(origin, Expression) or references_of(origin):
            yield path


def _silent(tree: Tree, pairs: Pairs, table: Table) -> Iterator[str]:
    for path, fields in table.items():
        if _is_unknown(tree, pairs, path):
            yield from fields


def _is_unknown(tree: Tree, pairs: Pairs, path: tuple[str, ...]) -> bool:
    """Whether something at a path, or what holds it, is unknown."""
    for key in path:
        pair = pairs.get(key)
        if pair is None:
            return False
        if id(pair[1]) in tree.unknown:
            return True
        pairs = tree.nodes.pairs(pair[1])
    return False


def _open_rules(tree: Tree, held: Held) -> Iterator[str]:
    """A rule that lets everything through, as far as we know."""
    for path, peers in (("allows_all_ingress", "from"), ("allows_all_egress", "to")):
        rule, _ = held.places.get(path, (None, None))
        if isinstance(rule, Mapping) and any(id(one) in tree.unknown for one in _asked(tree.nodes, rule, peers)):
            yield path


def _asked(nodes: Nodes, rule: Mapping, peers: str) -> Iterator[Node]:
    said = nodes.pairs(rule)
    for key in ("ports", peers):
        if key in said:
            yield said[key][1]
    for peer in items(said, peers):
        block = nodes.below(nodes.pairs(peer), "ipBlock")
        if "except" in block:
            yield block["except"][1]
