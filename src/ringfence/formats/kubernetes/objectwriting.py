"""Writers for objects that are no workload."""

from collections.abc import Callable
from typing import Any

from ringfence.formats.kubernetes import facts
from ringfence.formats.kubernetes.align import aligned
from ringfence.formats.kubernetes.held import Held
from ringfence.formats.kubernetes.nodes import Pairs, items, texts, value
from ringfence.formats.kubernetes.podcontext import PodHeld, unconfined
from ringfence.formats.kubernetes.rights import LISTS
from ringfence.formats.kubernetes.target import Edits, remove_items
from ringfence.formats.yamledit import CannotEdit
from ringfence.formats.yamltree import Mapping, Node
from ringfence.formats.yamlwrite import Data
from ringfence.model import Namespace
from ringfence.models.cluster import ExposureKind, Rule, Subject

_TYPES = {
    ExposureKind.CLUSTER: "ClusterIP",
    ExposureKind.NODE_PORT: "NodePort",
    ExposureKind.LOAD_BALANCER: "LoadBalancer",
}
#: What the API server takes only from a Service that is reached from outside.
_OUTSIDE = (
    "externalTrafficPolicy",
    "healthCheckNodePort",
    "loadBalancerIP",
    "loadBalancerClass",
    "loadBalancerSourceRanges",
    "allocateLoadBalancerNodePorts",
)


class Change:
    """One object to be written, and the edits so far."""

    def __init__(self, held: Held, edits: Edits) -> None:
        self.of = held.of
        self.root = held.of.root
        self.edits = edits
        self.pod = held.pod if isinstance(held, PodHeld) else None

    def put_in_pod(self, data: Data, *path: str) -> None:
        """Set a value of the pod's own security context."""
        if self.pod is None:
            raise CannotEdit("no pod says it")
        self.edits.put(self.pod.spec, ("securityContext", *path), data)

    def spec(self) -> Pairs:
        """The pairs of the object's spec."""
        return self.of.nodes.below(self.of.pairs, "spec")

    def remove_items(self, pairs: Pairs, path: tuple[str, ...], gone: list[Node]) -> None:
        """Drop items of the list at a path, whose last key stands in `pairs`."""
        remove_items(self.edits, self.root, path, value(pairs, path[-1]), gone)


_Write = Callable[[Change, Any, Any], None]


def _kind(change: Change, old: ExposureKind, new: ExposureKind) -> None:
    if change.of.kind != "Service" or new is not ExposureKind.CLUSTER:
        raise CannotEdit("what should be reached from outside, and how, is a decision")
    spec = change.spec()
    change.edits.put(change.root, ("spec", "type"), _TYPES[new])
    for key in _OUTSIDE:
        if key in spec:
            change.edits.remove(change.root, ("spec", key))
    for port in items(spec, "ports"):
        if isinstance(port, Mapping) and "nodePort" in change.of.nodes.pairs(port):
            change.edits.remove(port, ("nodePort",))


def _external_ips(change: Change, old: tuple[str, ...], new: tuple[str, ...]) -> None:
    kept, added = aligned(old, new, _never)
    if added:
        raise CannotEdit("an address is a decision")
    spec = change.spec()
    gone = [node for (_, node), one in zip(texts(spec, "externalIPs"), kept, strict=True) if one is None]
    change.remove_items(spec, ("spec", "externalIPs"), gone)


def _annotations(change: Change, old: tuple[tuple[str, str], ...], new: tuple[tuple[str, str], ...]) -> None:
    for name in dict(old).keys() - dict(new).keys():
        change.edits.remove(change.root, ("metadata", "annotations", name))
    for name, said in dict(new).items():
        if dict(old).get(name) != said:
            change.edits.put(change.root, ("metadata", "annotations", name), said)


def _rules(change: Change, old: tuple[Rule, ...], new: tuple[Rule, ...]) -> None:
    kept, added = aligned(old, new, _is_smaller)
    if added:
        raise CannotEdit("which rights are needed is a decision")
    nodes = items(change.of.pairs, "rules")
    for item, before, after in zip(nodes, old, kept, strict=True):
        if after is not None and isinstance(item, Mapping):
            _rule(change, item, before, after)
    gone = [item for item, after in zip(nodes, kept, strict=True) if after is None]
    if gone:
        change.remove_items(change.of.pairs, ("rules",), gone)


def _rule(change: Change, item: Mapping, old: Rule, new: Rule) -> None:
    pairs = change.of.nodes.pairs(item)
    for field, key in LISTS:
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            kept, _ = aligned(before, after, _never)
            gone = [node for (_, node), one in zip(texts(pairs, key), kept, strict=True) if one is None]
            remove_items(change.edits, item, (key,), value(pairs, key), gone)


def _is_smaller(old: Rule, new: Rule) -> bool:
    """Whether a rule can have become another by losing some of its words."""
    return all(not aligned(getattr(old, field), getattr(new, field), _never)[1] for field, _ in LISTS)


def _subjects(change: Change, old: tuple[Subject, ...], new: tuple[Subject, ...]) -> None:
    kept, added = aligned(old, new, _never)
    if added:
        raise CannotEdit("who should have these rights is a decision")
    nodes = items(change.of.pairs, "subjects")
    gone = [item for item, one in zip(nodes, kept, strict=True) if one is None]
    change.remove_items(change.of.pairs, ("subjects",), gone)


def _never(one: object, other: object) -> bool:
    return False


def _put(*path: str) -> _Write:
    def write(change: Change, old: Any, new: Any) -> None:
        if new == "":
            change.edits.remove(change.root, path)
        else:
            # (A number of a budget is one, a share such as 50% is a text.)
            change.edits.put(change.root, path, int(new) if isinstance(new, str) and new.isdecimal() else new)

    return write


def _in_pod(said: Data, *path: str) -> _Write:
    """The pod's own field, with a word instead of the value where one is given."""

    def write(change: Change, old: Any, new: Any) -> None:
        change.put_in_pod(new if said is None else said, *path)

    return write


def _selinux(key: str) -> _Write:
    def write(change: Change, old: str, new: str) -> None:
        if change.pod is None or new:
            raise CannotEdit("what it should be is a decision")
        change.edits.remove(change.pod.spec, ("securityContext", "seLinuxOptions", key))

    return write


def _apparmor(change: Change, old: Any, new: Any) -> None:
    pod = change.pod
    if pod is None:
        raise CannotEdit("no pod says it")
    if "appArmorProfile" in pod.security:
        change.put_in_pod("RuntimeDefault", "appArmorProfile", "type")
    for name in unconfined(pod.annotations):
        change.edits.put(pod.template, ("metadata", "annotations", name), "runtime/default")


def _not(*path: str) -> _Write:
    def write(change: Change, old: bool, new: bool) -> None:
        change.edits.put(change.root, path, not new)

    return write


def _words(*path: str) -> _Write:
    def write(change: Change, old: frozenset[str], new: frozenset[str]) -> None:
        if new:
            change.edits.put(change.root, path, list[Data](sorted(new)))
        else:
            change.edits.remove(change.root, path)

    return write


def _host_namespaces(change: Change, old: frozenset[Namespace], new: frozenset[Namespace]) -> None:
    for namespace, key in _HOST.items():
        if namespace in old - new:
            change.edits.remove(change.root, ("spec", key))


def _refusal(change: Change, old: bool, new: bool) -> None:
    change.edits.put(change.root, ("spec", "runAsUser", "rule"), "MustRunAsNonRoot" if new else "RunAsAny")


_HOST = {Namespace.NETWORK: "hostNetwork", Namespace.PID: "hostPID", Namespace.IPC: "hostIPC"}
_WRITERS: dict[tuple[str, str], _Write] = {
    ("Exposure", "kind"): _kind,
    ("Exposure", "external_ips"): _external_ips,
    ("Exposure", "annotations"): _annotations,
    ("Role", "rules"): _rules,
    ("Binding", "subjects"): _subjects,
    ("Tenancy", "enforce"): _put("metadata", "labels", facts.ENFORCE),
    ("Account", "token"): _put("automountServiceAccountToken"),
    # A policy, which admits containers.
    ("Service", "capabilities"): _words("spec", "allowedCapabilities"),
    ("Service", "dropped"): _words("spec", "requiredDropCapabilities"),
    ("Service", "host_namespaces"): _host_namespaces,
    ("Service", "no_new_privileges"): _not("spec", "allowPrivilegeEscalation"),
    ("Service", "non_root_required"): _refusal,
    ("Service", "privileged"): _put("spec", "privileged"),
    ("Service", "read_only_root"): _put("spec", "readOnlyRootFilesystem"),
    ("PodContext", "user"): _in_pod(None, "runAsUser"),
    ("PodContext", "non_root_required"): _in_pod(None, "runAsNonRoot"),
    ("PodContext", "seccomp"): _in_pod("RuntimeDefault", "seccompProfile", "type"),
    ("PodContext", "apparmor"): _apparmor,
    ("PodContext", "windows_host_process"): _in_pod(None, "windowsOptions", "hostProcess"),
    ("PodContext", "selinux.type"): _selinux("type"),
    ("PodContext", "selinux.user"): _selinux("user"),
    ("PodContext", "selinux.role"): _selinux("role"),
}


def write(change: Change, path: str, model: object, old: Any, new: Any) -> None:
    """Write one field of a model. Raises CannotEdit."""
    writer = _WRITERS.get((type(model).__name__, path))
    if writer is None:
        raise CannotEdit("what should stand there is a decision")
    writer(change, old, new)
