"""A container's security context, with what the pod says where the container is silent."""

import re
from typing import TypeVar

from ringfence.formats.kubernetes import facts
from ringfence.formats.kubernetes.nodes import Pairs, text, texts
from ringfence.formats.kubernetes.reading import Reading
from ringfence.formats.yamltree import Node
from ringfence.model import Seccomp
from ringfence.models.service import Confinement, SELinux

_T = TypeVar("_T")
_NAME = re.compile("[A-Z][A-Z0-9_]*")
_SILENT_SELINUX = SELinux(type="", user="", role="", disabled=False)


def user(reading: Reading) -> tuple[int | None, int | None, bool]:
    """The user, the group, and whether root is refused.

    Where root is refused and no user is said, the image names one and the kubelet looks: it is unknown, and not root.
    A group that is not said is the image's.
    """
    refused = reading.flag(
        reading.inherited("runAsNonRoot"), "runAsNonRoot", "non_root_required", facts.NON_ROOT_REQUIRED
    )
    uid = reading.number(reading.inherited("runAsUser"), "runAsUser", "user")
    gid = reading.number(reading.inherited("runAsGroup"), "runAsGroup", "group")
    if uid is None and refused:
        reading.unknown.add("user")
    if gid is None:
        reading.unknown.add("group")
    return uid, gid, refused


def capabilities(reading: Reading, key: str, path: str) -> frozenset[str]:
    """The capabilities of `add` or `drop`."""
    pairs = reading.nodes.below(reading.security, "capabilities")
    pair = pairs.get(key)
    if pair is None:
        return frozenset()
    reading.places[path] = pair
    found = capability_names(pairs, key)
    for name, node in found:
        reading.places[f"{path}[{name}]"] = node, None
    if key == "drop" and len(found) < len(texts(pairs, key)):
        reading.unknown.add(path)
    return frozenset([name for name, _ in found])


def capability_names(pairs: Pairs, key: str) -> list[tuple[str, Node]]:
    """The names of `add` or `drop`, upper case and without `CAP_` (runtimes take them so), with their nodes.

    What can be no name (a variable, say) is passed over.
    """
    names = ((said.upper().removeprefix("CAP_"), node) for said, node in texts(pairs, key))
    return [(name, node) for name, node in names if _NAME.fullmatch(name)]


def seccomp(reading: Reading) -> Seccomp:
    """The field of the container, its annotation, the field of the pod, the pod's annotation: the first that speaks.

    (The API server copied annotations into fields that were not there.)
    """
    for pairs, annotation in (
        (reading.security, facts.SECCOMP_CONTAINER + reading.name),
        (reading.pod.security, facts.SECCOMP_POD),
    ):
        said = _profile(reading, pairs, "seccompProfile", facts.SECCOMP_TYPES, "seccomp")
        if said is not None:
            return said
        pair = reading.pod.annotations.get(annotation)
        if pair is not None:
            reading.places["seccomp"] = pair
            old = facts.seccomp_annotation(text(reading.pod.annotations, annotation))
            return _known(reading, "seccomp", old, facts.SECCOMP)
    return facts.SECCOMP


def apparmor(reading: Reading) -> Confinement:
    """The field of the container, its annotation, the field of the pod: the first that speaks."""
    said = _profile(reading, reading.security, "appArmorProfile", facts.APPARMOR_TYPES, "apparmor")
    if said is not None:
        return said
    annotation = facts.APPARMOR_CONTAINER + reading.name
    pair = reading.pod.annotations.get(annotation)
    if pair is not None:
        reading.places["apparmor"] = pair
        old = facts.apparmor_annotation(text(reading.pod.annotations, annotation))
        return _known(reading, "apparmor", old, facts.APPARMOR)
    said = _profile(reading, reading.pod.security, "appArmorProfile", facts.APPARMOR_TYPES, "apparmor")
    return facts.APPARMOR if said is None else said


def selinux(reading: Reading) -> SELinux:
    """The options of the container. Where it leaves one empty, the pod's: that is what the pod's sandbox runs with."""
    if "seLinuxOptions" not in reading.security and "seLinuxOptions" not in reading.pod.security:
        return _SILENT_SELINUX
    own = reading.nodes.below(reading.security, "seLinuxOptions")
    pod = reading.nodes.below(reading.pod.security, "seLinuxOptions")
    return SELinux(
        type=reading.word(own if text(own, "type") else pod, "type", "selinux.type"),
        user=reading.word(own if text(own, "user") else pod, "user", "selinux.user"),
        role=reading.word(own if text(own, "role") else pod, "role", "selinux.role"),
        disabled=False,
    )


def proc_masked(reading: Reading) -> bool:
    """Whether procMount is silent or Default."""
    said = reading.word(reading.security, "procMount", "proc_masked")
    if said not in {"", "Default", "Unmasked"}:
        reading.unknown.add("proc_masked")
    return False if said == "Unmasked" else facts.PROC_MASKED


def host_process(reading: Reading) -> bool:
    """windowsOptions.hostProcess of the container, else of the pod."""
    for pairs in (reading.security, reading.pod.security):
        options = reading.nodes.below(pairs, "windowsOptions")
        if "hostProcess" in options:
            return reading.flag(options, "hostProcess", "windows_host_process", facts.HOST_PROCESS)
    return facts.HOST_PROCESS


def _profile(reading: Reading, pairs: Pairs, key: str, types: dict[str, _T], path: str) -> _T | None:
    pair = pairs.get(key)
    if pair is None:
        return None
    below = reading.nodes.pairs(pair[1])
    reading.places[path] = below.get("type", pair)
    said = types.get(text(below, "type"))
    if said is None:
        reading.unknown.add(path)
    return said


def _known(reading: Reading, path: str, said: _T | None, silent: _T) -> _T:
    if said is None:
        reading.unknown.add(path)
        return silent
    return said
