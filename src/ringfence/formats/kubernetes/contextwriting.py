"""Writers for a container's security context. What the pod says for all is overridden in the container."""

from typing import Any

from ringfence.formats.kubernetes import facts
from ringfence.formats.kubernetes.nodes import Pairs
from ringfence.formats.kubernetes.security import capability_names
from ringfence.formats.kubernetes.target import Target, Write, remove_items
from ringfence.formats.yamledit import CannotEdit
from ringfence.formats.yamlwrite import Data
from ringfence.model import Seccomp
from ringfence.models.service import Confinement

_CONTEXT = "securityContext"
_OF_THE_POD = "the pod says it for all of its containers"
_WHICH_PROFILE = "which profile is a decision"


def _plain(key: str) -> Write:
    """A writer for a number or a boolean, None of which is not said."""

    def write(target: Target, old: Any, new: Any) -> None:
        if new is not None:
            target.put(new, _CONTEXT, key)
        elif key in target.pod.security:
            raise CannotEdit(_OF_THE_POD)
        else:
            target.remove(_CONTEXT, key)

    return write


def _escalation(target: Target, old: Any, new: bool) -> None:
    wanted = target.wanted
    if new and (wanted.privileged or "SYS_ADMIN" in wanted.capabilities):
        raise CannotEdit("Kubernetes takes it from no container that is privileged or has SYS_ADMIN")
    target.put(not new, _CONTEXT, "allowPrivilegeEscalation")


def _proc(target: Target, old: Any, new: bool) -> None:
    target.put("Default" if new else "Unmasked", _CONTEXT, "procMount")


def _capabilities(key: str) -> Write:
    def write(target: Target, old: frozenset[str], new: frozenset[str]) -> None:
        path = (_CONTEXT, "capabilities", key)
        below = target.nodes.below(target.security, "capabilities")
        if not new:
            target.remove(*path)
        elif new < old:
            gone = [node for name, node in capability_names(below, key) if name not in new]
            remove_items(target.edits, target.held.node, path, below[key][1], gone)
        else:
            target.put(list[Data](sorted(new)), *path)

    return write


def _seccomp(target: Target, old: Any, new: Seccomp) -> None:
    word = next((word for word, one in facts.SECCOMP_TYPES.items() if one is new), "")
    if new is Seccomp.CUSTOM or not word:
        raise CannotEdit(_WHICH_PROFILE)
    _put_profile(target, "seccompProfile", word)


def _apparmor(target: Target, old: Any, new: Confinement) -> None:
    if new is Confinement.PROFILE:
        raise CannotEdit(_WHICH_PROFILE)
    word = next(word for word, one in facts.APPARMOR_TYPES.items() if one is new)
    annotation = facts.APPARMOR_CONTAINER + target.wanted.name
    said = annotation in target.pod.annotations
    if said:  # the two may not contradict each other
        old_word = "runtime/default" if new is Confinement.PLATFORM_DEFAULT else "unconfined"
        target.edits.put(target.pod.template, ("metadata", "annotations", annotation), old_word)
    if not said or "appArmorProfile" in target.security:
        _put_profile(target, "appArmorProfile", word)


def _put_profile(target: Target, key: str, word: str) -> None:
    """The type of a profile, without the name of a file that belongs to another type."""
    target.put(word, _CONTEXT, key, "type")
    if "localhostProfile" in target.nodes.below(target.security, key):
        target.remove(_CONTEXT, key, "localhostProfile")


def _selinux(key: str) -> Write:
    """Set in the container; taken from the container and from the pod, whose sandbox has it, too."""

    def write(target: Target, old: str, new: str) -> None:
        path = (_CONTEXT, "seLinuxOptions", key)
        if new:
            target.put(new, *path)
            return
        if key in target.nodes.below(target.security, "seLinuxOptions"):
            target.remove(*path)
        if key in target.nodes.below(target.pod.security, "seLinuxOptions"):
            target.remove_from_pod(*path)

    return write


def _host_process(target: Target, old: Any, new: bool) -> None:
    """All containers of a pod must agree, so it is changed where it stands."""
    path = (_CONTEXT, "windowsOptions", "hostProcess")
    own: Pairs = target.nodes.below(target.security, "windowsOptions")
    pod: Pairs = target.nodes.below(target.pod.security, "windowsOptions")
    if "hostProcess" in pod:
        target.put_in_pod(new, *path)
    if "hostProcess" in own or "hostProcess" not in pod:
        target.put(new, *path)


WRITERS: dict[str, Write] = {
    "user": _plain("runAsUser"),
    "group": _plain("runAsGroup"),
    "non_root_required": _plain("runAsNonRoot"),
    "read_only_root": _plain("readOnlyRootFilesystem"),
    "privileged": _plain("privileged"),
    "no_new_privileges": _escalation,
    "proc_masked": _proc,
    "capabilities": _capabilities("add"),
    "dropped": _capabilities("drop"),
    "seccomp": _seccomp,
    "apparmor": _apparmor,
    "selinux.type": _selinux("type"),
    "selinux.user": _selinux("user"),
    "selinux.role": _selinux("role"),
    "windows_host_process": _host_process,
}
