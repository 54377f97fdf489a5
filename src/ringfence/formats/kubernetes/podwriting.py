"""Writers for the other fields of a container, and for those of its pod."""

import itertools
import re

from ringfence.formats import imageref, quantity
from ringfence.formats.kubernetes.align import aligned
from ringfence.formats.kubernetes.containers import host_ports, plain_variables, probe_actions
from ringfence.formats.kubernetes.nodes import items, text, value
from ringfence.formats.kubernetes.target import Target, Write, remove_items
from ringfence.formats.yamledit import CannotEdit
from ringfence.formats.yamltree import Mapping
from ringfence.formats.yamlwrite import Data
from ringfence.model import Mount, Namespace
from ringfence.models.service import Image, Port, Volume, VolumeKind

_DATA = "where the program's data should stand instead is a decision"
#: How much memory a new volume takes at most; it counts as the container's own.
_SCRATCH = "64Mi"
_HOST = {
    Namespace.NETWORK: "hostNetwork",
    Namespace.PID: "hostPID",
    Namespace.IPC: "hostIPC",
    Namespace.USER: "hostUsers",
}


def _image(target: Target, old: Image | None, new: Image | None) -> None:
    if new is None:
        raise CannotEdit("a container needs an image")
    target.put(imageref.dump(new), "image")


def _amount(part: str, resource: str) -> Write:
    """A limit or a request. Kubernetes takes no request above its limit, so what would make one is refused."""
    field = {"memory": "memory_bytes", "cpu": "cpu_millis", "ephemeral-storage": "scratch_bytes"}[resource]

    def write(target: Target, old: int | None, new: int | None) -> None:
        if new is None:
            target.remove("resources", part, resource)
            return
        limit = getattr(target.wanted.limits, field)
        request = getattr(target.wanted.requests, field, None)
        if limit is not None and request is not None and request > limit:
            raise CannotEdit("the request would be above the limit")
        target.put(_written(resource, new), "resources", part, resource)

    return write


def _written(resource: str, amount: int) -> Data:
    if resource != "cpu":
        return quantity.kubernetes_text(amount)
    return f"{amount}m" if amount % 1000 else str(amount // 1000)


def _ports(target: Target, old: tuple[Port, ...], new: tuple[Port, ...]) -> None:
    kept, added = aligned(old, new, lambda one, other: one.published == other.published and one.target == other.target)
    if added:
        raise CannotEdit("which port of the container it should be is a decision")
    for item, one, port in zip(host_ports(target.pairs, target.nodes), old, kept, strict=True):
        if port is None:
            target.edits.remove(item, ("hostPort",))
            if "hostIP" in target.nodes.pairs(item):
                target.edits.remove(item, ("hostIP",))
        elif port.host != one.host:
            _set_host(target, item, port.host)
        if port is not None and port.protocol != one.protocol:
            target.edits.put(item, ("protocol",), port.protocol.upper())


def _set_host(target: Target, item: Mapping, host: str) -> None:
    if host:
        target.edits.put(item, ("hostIP",), host)
    else:
        target.edits.remove(item, ("hostIP",))


def _mounts(target: Target, old: tuple[Mount, ...], new: tuple[Mount, ...]) -> None:
    kept, added = aligned(old, new, lambda one, other: one.source == other.source and one.target == other.target)
    if added or None in kept:
        raise CannotEdit(_DATA)
    for index, (one, mount) in enumerate(zip(old, kept, strict=True)):
        if mount is not None and mount.writable != one.writable:
            _set_writable(target, f"mounts[{index}]", mount.writable)


def _set_writable(target: Target, base: str, writable: bool) -> None:
    spot = target.held.places.get(base + ".target")
    if spot is None or not isinstance(spot[0], Mapping):
        raise CannotEdit("no container mounts it")
    target.edits.put(spot[0], ("readOnly",), not writable)


def _volumes(target: Target, old: tuple[Volume, ...], new: tuple[Volume, ...]) -> None:
    kept, added = aligned(old, new, lambda one, other: one.name == other.name and one.target == other.target)
    if None in kept:
        raise CannotEdit(_DATA)
    for index, (one, volume) in enumerate(zip(old, kept, strict=True)):
        if volume is not None and (volume.type, volume.kind) != (one.type, one.kind):
            raise CannotEdit(_DATA)
        if volume is not None and volume.writable != one.writable:
            _set_writable(target, f"volumes[{index}]", volume.writable)
    taken = {*target.pod.volumes, *target.pod.claims}
    for volume in added:
        if volume.kind is not VolumeKind.TMPFS or not volume.writable:
            raise CannotEdit(_DATA)
        name = _free(volume.target, taken)
        taken.add(name)
        source: dict[str, Data] = {"medium": "Memory", "sizeLimit": _SCRATCH}
        target.edits.append(target.pod.spec, ("volumes",), {"name": name, "emptyDir": source})
        target.edits.append(target.held.node, ("volumeMounts",), {"name": name, "mountPath": volume.target})


def _free(path: str, taken: set[str]) -> str:
    """A name for the volume at a path: a DNS label that no other volume of the pod has."""
    plain = re.sub("[^a-z0-9]+", "-", path.lower()).strip("-")[:56].strip("-") or "scratch"
    numbered = (f"{plain}-{number}" for number in itertools.count(2))
    return next(name for name in itertools.chain([plain], numbered) if name not in taken)


def _propagations(target: Target, old: tuple[str, ...], new: tuple[str, ...]) -> None:
    kept, added = aligned(old, new, lambda one, other: False)
    if added:
        raise CannotEdit(_DATA)
    holders = [
        item
        for item in items(target.pairs, "volumeMounts")
        if isinstance(item, Mapping) and text(target.nodes.pairs(item), "mountPropagation") not in {"", "None"}
    ]
    for item, mode in zip(holders, kept, strict=True):
        if mode is None:
            target.edits.remove(item, ("mountPropagation",))


def _probe_hosts(target: Target, old: tuple[str, ...], new: tuple[str, ...]) -> None:
    kept, added = aligned(old, new, lambda one, other: False)
    if added:
        raise CannotEdit("which probe it should be is a decision")
    holders = [one for one in probe_actions(target.pairs, target.nodes) if text(target.nodes.pairs(one), "host")]
    for action, host in zip(holders, kept, strict=True):
        if host is None:
            target.edits.remove(action, ("host",))


def _variables(target: Target, old: tuple[tuple[str, str], ...], new: tuple[tuple[str, str], ...]) -> None:
    kept, added = aligned(old, new, lambda one, other: one[0] == other[0])
    holders = plain_variables(target.pairs, target.nodes)
    gone = [item for item, one in zip(holders, kept, strict=True) if one is None]
    if gone:
        remove_items(target.edits, target.held.node, ("env",), value(target.pairs, "env"), gone)
    for item, before, one in zip(holders, old, kept, strict=True):
        if one is not None and one != before and isinstance(item, Mapping):
            target.edits.put(item, ("value",), one[1])
    for name, said in added:
        target.edits.append(target.held.node, ("env",), {"name": name, "value": said})


def _host_namespaces(target: Target, old: frozenset[Namespace], new: frozenset[Namespace]) -> None:
    if not new <= set(_HOST):
        raise CannotEdit("no field of a pod says it")
    for namespace in sorted(old - new):
        target.remove_from_pod(_HOST[namespace])
    for namespace in sorted(new - old):
        target.put_in_pod(True, _HOST[namespace])


def _sysctls(target: Target, old: tuple[tuple[str, str], ...], new: tuple[tuple[str, str], ...]) -> None:
    kept, added = aligned(old, new, lambda one, other: False)
    holders = items(target.pod.security, "sysctls")
    gone = [item for item, one in zip(holders, kept, strict=True) if one is None]
    path = ("securityContext", "sysctls")
    if gone:
        remove_items(target.edits, target.pod.spec, path, value(target.pod.security, "sysctls"), gone)
    for name, said in added:
        target.edits.append(target.pod.spec, path, {"name": name, "value": said})


def _token(target: Target, old: bool, new: bool) -> None:
    target.put_in_pod(new, "automountServiceAccountToken")


def _word_of_pod(key: str) -> Write:
    def write(target: Target, old: str, new: str) -> None:
        target.put_in_pod(new, key)

    return write


def _namespace(target: Target, old: str, new: str) -> None:
    target.edits.put(target.held.of.root, ("metadata", "namespace"), new)


WRITERS: dict[str, Write] = {
    "image": _image,
    "limits.memory_bytes": _amount("limits", "memory"),
    "limits.cpu_millis": _amount("limits", "cpu"),
    "limits.scratch_bytes": _amount("limits", "ephemeral-storage"),
    "requests.memory_bytes": _amount("requests", "memory"),
    "requests.cpu_millis": _amount("requests", "cpu"),
    "ports": _ports,
    "mounts": _mounts,
    "volumes": _volumes,
    "propagations": _propagations,
    "probe_hosts": _probe_hosts,
    "environment.variables": _variables,
    "host_namespaces": _host_namespaces,
    "sysctls": _sysctls,
    "token": _token,
    "service_account": _word_of_pod("serviceAccountName"),
    "restart": _word_of_pod("restartPolicy"),
    "namespace": _namespace,
}
