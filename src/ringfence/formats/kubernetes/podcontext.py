"""What a pod itself says that the Pod Security Standards forbid, whether or not a container runs with it."""

from collections.abc import Sequence

from ringfence.formats.kubernetes import facts
from ringfence.formats.kubernetes.containers import Container
from ringfence.formats.kubernetes.held import Held, Spot
from ringfence.formats.kubernetes.nodes import Pairs, text
from ringfence.formats.kubernetes.pods import Pod
from ringfence.formats.yamlread import boolean, integer
from ringfence.model import Seccomp
from ringfence.models.cluster import PodContext
from ringfence.models.service import Confinement, SELinux

_FIELDS = ("user", "non_root_required", "seccomp", "apparmor", "own_users_proc_masked", "windows_host_process")
_SELINUX = ("type", "user", "role")


class PodHeld(Held):
    """A pod's own words, with the pod to which a patch writes."""

    __slots__ = ("pod",)

    def __init__(self, pod: Pod, model: PodContext, places: dict[str, Spot], unknown: frozenset[str]) -> None:
        anchor = next(iter(places.values()))
        super().__init__(pod.of, model, places, unknown, anchor, f"{pod.of.title}, pod")
        self.pod = pod


def held_context(pod: Pod, containers: Sequence[Container]) -> PodHeld | None:
    """What the pod says for all; None where it says nothing that any level forbids."""
    places = dict[str, Spot]()
    if not pod.has_own_users:
        _look_at_user(pod, places)
    seccomp = _look_at_seccomp(pod, containers, places)
    _look_at_apparmor(pod, places)
    _look_at_proc(pod, containers, places)
    options = pod.of.nodes.below(pod.security, "windowsOptions")
    if "hostProcess" in options and boolean(options["hostProcess"][1]):
        places["windows_host_process"] = options["hostProcess"]
    selinux = pod.of.nodes.below(pod.security, "seLinuxOptions")
    for key in _SELINUX:
        if text(selinux, key):
            places[f"selinux.{key}"] = selinux[key]
    if not places:
        return None
    model = PodContext(
        name=pod.of.name,
        user=0,
        non_root_required=False,
        seccomp=seccomp,
        apparmor=Confinement.UNCONFINED if "apparmor" in places else facts.APPARMOR,
        selinux=SELinux(
            type=text(selinux, "type"), user=text(selinux, "user"), role=text(selinux, "role"), disabled=False
        ),
        own_users_proc_masked="own_users_proc_masked" not in places,
        windows_host_process="windows_host_process" in places,
    )
    return PodHeld(pod, model, places, frozenset(_FIELDS) - places.keys())


def _look_at_user(pod: Pod, places: dict[str, Spot]) -> None:
    refusal, user = pod.security.get("runAsNonRoot"), pod.security.get("runAsUser")
    if refusal is not None and boolean(refusal[1]) is False:
        places["non_root_required"] = refusal
    if user is not None and integer(user[1]) == 0:
        places["user"] = user


def _look_at_seccomp(pod: Pod, containers: Sequence[Container], places: dict[str, Spot]) -> Seccomp:
    """Unconfined, or only an annotation, which no cluster since 1.27 reads."""
    below = pod.of.nodes.below(pod.security, "seccompProfile")
    if facts.SECCOMP_TYPES.get(text(below, "type")) is Seccomp.UNCONFINED:
        places["seccomp"] = below["type"]
        return Seccomp.UNCONFINED
    annotations = {id(pair[0]): pair for pair in pod.annotations.values()}
    for one in containers:
        spot = one.places.get("seccomp")
        if spot is not None and id(spot[0]) in annotations:
            places["seccomp"] = spot
    return facts.SECCOMP


def _look_at_apparmor(pod: Pod, places: dict[str, Spot]) -> None:
    below = pod.of.nodes.below(pod.security, "appArmorProfile")
    if facts.APPARMOR_TYPES.get(text(below, "type")) is Confinement.UNCONFINED:
        places["apparmor"] = below["type"]
        return
    for name in unconfined(pod.annotations):
        places.setdefault("apparmor", pod.annotations[name])


def unconfined(annotations: Pairs) -> list[str]:
    """The annotations that switch AppArmor off, of whatever container."""
    said = (name for name in annotations if name.startswith(facts.APPARMOR_CONTAINER))
    return [name for name in said if facts.apparmor_annotation(text(annotations, name)) is Confinement.UNCONFINED]


def _look_at_proc(pod: Pod, containers: Sequence[Container], places: dict[str, Spot]) -> None:
    for one in containers if pod.has_own_users else ():
        if text(one.of.nodes.below(one.of.nodes.pairs(one.node), "securityContext"), "procMount") == "Unmasked":
            places.setdefault("own_users_proc_masked", one.places["proc_masked"])
