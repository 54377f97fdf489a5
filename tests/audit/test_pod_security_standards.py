"""The Pod Security Standards, whole: every field of every control, with all allowed and all forbidden values.

From kubernetes.io/docs/concepts/security/pod-security-standards and the checks of the admission controller at their
newest version. A case starts from a pod that the level restricted allows and changes one field.
"""

import copy
from datetime import date
from typing import Any

import pytest
import yaml

from ringfence.audit.fix import fixed
from ringfence.audit.judge import findings
from ringfence.audit.kinds import KINDS
from ringfence.audit.select import checked
from ringfence.audit.settings import Settings
from ringfence.controls.control import Scope
from ringfence.formats import kubernetes

LEVELS = ("baseline", "restricted")
ROLES = ("initContainers", "containers", "ephemeralContainers")
ABSENT = object()


def container(name: str) -> dict[str, Any]:
    security = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
    return {"name": name, "image": "example/app:1.4", "securityContext": security}


POD: dict[str, Any] = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "web", "namespace": "shop"},
    "spec": {
        "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
        "initContainers": [container("first")],
        "containers": [container("app"), container("side")],
        "ephemeralContainers": [container("debug")],
    },
}
#: The names by which a case says where it changes something, and the way there.
HOLDERS: dict[str, tuple[Any, ...]] = {
    "pod": ("spec",),
    "initContainers": ("spec", "initContainers", 0),
    "containers": ("spec", "containers", 1),
    "ephemeralContainers": ("spec", "ephemeralContainers", 0),
}


def changed(holder: str, path: str, value: Any) -> dict[str, Any]:
    """The pod with one field set, or taken away; missing mappings are made."""
    pod = copy.deepcopy(POD)
    at: Any = pod
    for step in HOLDERS[holder]:
        at = at[step]
    *before, last = path.split("/")
    for step in before:
        at = at.setdefault(step, {})
    if value is ABSENT:
        at.pop(last, None)
    else:
        at[last] = value
    return pod


def settings(level: str) -> Settings:
    chosen = checked(level, (), ())
    return Settings(selection=chosen, today=date(2026, 1, 1), waivers=(), assume={}, exclude=(), previews=False)


def found(pod: Any, level: str) -> dict[str, list[int]]:
    """The lines at which each control finds something under a level."""
    text = pod if isinstance(pod, str) else yaml.safe_dump(pod, sort_keys=False)
    document = kubernetes.load(text, "pod.yaml", lambda path: None)
    assert document.unread == ()
    result = dict[str, list[int]]()
    for one in findings(document, "pod.yaml", settings(level)):
        result.setdefault(one.control, []).append(one.place.line)
    return result


EVERYWHERE = ("pod", *ROLES)
#: (level, control, where the field may stand, the field, allowed values, forbidden values)
TABLE: list[tuple[str, str, tuple[str, ...], str, list[Any], list[Any]]] = [
    (
        "baseline",
        "no-host-process",
        EVERYWHERE,
        "securityContext/windowsOptions/hostProcess",
        [ABSENT, None, False],
        [True],
    ),
    ("baseline", "no-host-namespaces", ("pod",), "hostNetwork", [ABSENT, None, False], [True]),
    ("baseline", "no-host-namespaces", ("pod",), "hostPID", [ABSENT, None, False], [True]),
    ("baseline", "no-host-namespaces", ("pod",), "hostIPC", [ABSENT, None, False], [True]),
    ("baseline", "no-host-namespaces", ("pod",), "hostUsers", [ABSENT, None, False, True], []),
    ("baseline", "no-privileged", ROLES, "securityContext/privileged", [ABSENT, None, False], [True]),
    (
        "baseline",
        "no-added-capabilities",
        ROLES,
        "securityContext/capabilities/add",
        [ABSENT, None, [], ["NET_BIND_SERVICE"]],
        [
            ["NET_RAW"],
            ["NET_ADMIN"],
            ["SYS_ADMIN"],
            ["SYS_TIME"],
            ["SYS_PTRACE"],
            ["BPF"],
            ["ALL"],
            ["NET_BIND_SERVICE", "NET_RAW"],
            ["NET_RAW", "NET_BIND_SERVICE"],
        ],
    ),
    (
        "restricted",
        "only-bind-capability",
        ROLES,
        "securityContext/capabilities/add",
        [ABSENT, None, [], ["NET_BIND_SERVICE"]],
        [
            [one]
            for one in (
                "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD SETFCAP SETGID SETPCAP SETUID SYS_CHROOT"
            ).split()
        ]
        + [["NET_BIND_SERVICE", "CHOWN"]],
    ),
    (
        "restricted",
        "capabilities-dropped",
        ROLES,
        "securityContext/capabilities/drop",
        [["ALL"], ["CHOWN", "ALL"], ["ALL", "NET_RAW"]],
        [ABSENT, None, [], ["NET_RAW"], ["CHOWN", "SETUID"]],
    ),
    ("baseline", "no-host-path", ("pod",), "volumes", [], [[{"name": "v", "hostPath": {"path": "/a"}}]]),
    (
        "baseline",
        "no-host-ports",
        ROLES,
        "ports",
        [ABSENT, None, [], [{"containerPort": 80}], [{"containerPort": 80, "hostPort": 0}]],
        [
            [{"containerPort": 80, "hostPort": 80}],
            [{"containerPort": 81}, {"containerPort": 80, "hostPort": 12345, "hostIP": "127.0.0.1"}],
        ],
    ),
    *(
        (
            "baseline",
            "no-probe-host",
            ROLES,
            f"{handler}/{action}",
            [{"port": 80}, {"port": 80, "host": ""}, {"port": 80, "host": None}],
            [{"port": 80, "host": "127.0.0.1"}, {"port": 80, "host": "8.8.8.8"}, {"port": 80, "host": "::1"}],
        )
        for handler in ("livenessProbe", "readinessProbe", "startupProbe", "lifecycle/postStart", "lifecycle/preStop")
        for action in ("httpGet", "tcpSocket")
    ),
    (
        "baseline",
        "apparmor-confined",
        EVERYWHERE,
        "securityContext/appArmorProfile",
        [ABSENT, None, {"type": "RuntimeDefault"}, {"type": "Localhost", "localhostProfile": "a"}],
        [{"type": "Unconfined"}],
    ),
    (
        "baseline",
        "selinux-confined",
        EVERYWHERE,
        "securityContext/seLinuxOptions",
        [
            ABSENT,
            None,
            {},
            {"type": ""},
            {"type": "container_t"},
            {"type": "container_init_t"},
            {"type": "container_kvm_t"},
            {"type": "container_engine_t"},
            {"user": "", "role": ""},
            {"level": "s0:c123,c456"},
        ],
        [{"type": "spc_t"}, {"type": "container_x_t"}, {"user": "system_u"}, {"role": "system_r"}],
    ),
    ("baseline", "masked-proc", ROLES, "securityContext/procMount", [ABSENT, None, "Default"], ["Unmasked"]),
    (
        "baseline",
        "seccomp-confined",
        EVERYWHERE,
        "securityContext/seccompProfile",
        [{"type": "RuntimeDefault"}, {"type": "Localhost", "localhostProfile": "a"}],
        [{"type": "Unconfined"}],
    ),
    (
        "restricted",
        "seccomp-profile-set",
        ("pod",),
        "securityContext/seccompProfile",
        [{"type": "RuntimeDefault"}, {"type": "Localhost", "localhostProfile": "a"}],
        [ABSENT, None],
    ),
    (
        "baseline",
        "safe-sysctls",
        ("pod",),
        "securityContext/sysctls",
        [ABSENT, None, []]
        + [
            [{"name": name, "value": "1"}]
            for name in (
                "kernel.shm_rmid_forced net.ipv4.ip_local_port_range net.ipv4.ip_unprivileged_port_start"
                " net.ipv4.tcp_syncookies net.ipv4.ping_group_range net.ipv4.ip_local_reserved_ports"
                " net.ipv4.tcp_keepalive_time net.ipv4.tcp_fin_timeout net.ipv4.tcp_keepalive_intvl"
                " net.ipv4.tcp_keepalive_probes net.ipv4.tcp_rmem net.ipv4.tcp_wmem"
                " net.ipv4.tcp_slow_start_after_idle net.ipv4.tcp_notsent_lowat"
            ).split()
        ],
        [
            [{"name": "kernel.msgmax", "value": "1"}],
            [{"name": "net.ipv4.tcp_syncookies", "value": "1"}, {"name": "net.core.somaxconn", "value": "1"}],
            [{"name": "othersysctl", "value": "1"}],
        ],
    ),
    (
        "restricted",
        "restricted-volume-types",
        ("pod",),
        "volumes",
        [
            ABSENT,
            None,
            [],
            [{"name": "v"}],
            [{"name": "v", "configMap": {"name": "c"}}],
            [{"name": "v", "csi": {"driver": "d"}}],
            [{"name": "v", "downwardAPI": {"items": []}}],
            [{"name": "v", "emptyDir": {}}],
            [{"name": "v", "emptyDir": {"medium": "Memory"}}],
            [{"name": "v", "ephemeral": {"volumeClaimTemplate": {}}}],
            [{"name": "v", "persistentVolumeClaim": {"claimName": "c"}}],
            [{"name": "v", "projected": {"sources": []}}],
            [{"name": "v", "secret": {"secretName": "s"}}],
        ],
        [
            [{"name": "good", "emptyDir": {}}, {"name": "v", type_: {}}]
            for type_ in (
                "gcePersistentDisk awsElasticBlockStore gitRepo nfs iscsi glusterfs rbd flexVolume cinder cephfs"
                " flocker fc azureFile vsphereVolume quobyte azureDisk portworxVolume scaleIO storageos"
                " photonPersistentDisk"
            ).split()
        ],
    ),
    (
        "restricted",
        "no-new-privileges",
        ROLES,
        "securityContext/allowPrivilegeEscalation",
        [False],
        [ABSENT, None, True],
    ),
    ("restricted", "non-root-required", ("pod",), "securityContext/runAsNonRoot", [True], [ABSENT, None, False]),
    ("restricted", "non-root-required", ROLES, "securityContext/runAsNonRoot", [ABSENT, None, True], [False]),
    (
        "restricted",
        "non-root-user",
        EVERYWHERE,
        "securityContext/runAsUser",
        [ABSENT, None, 1, 1000, 65534],
        [0],
    ),
    ("restricted", "non-root-user", EVERYWHERE, "securityContext/runAsGroup", [ABSENT, None, 0, 1000], []),
]


def cases(*, allowed: bool) -> list[Any]:
    """Each value of the table in each place, with a name that says which."""
    found = list[Any]()
    for level, control, holders, path, good, bad in TABLE:
        for holder in holders:
            for value in good if allowed else bad:
                shown = "absent" if value is ABSENT else value
                found.append(pytest.param(level, control, holder, path, value, id=f"{control}-{holder}-{path}-{shown}"))
    return found


def test_the_pod_that_cases_start_from_is_allowed() -> None:
    """Under both levels, nothing at all is found."""
    assert [found(POD, level) for level in LEVELS] == [{}, {}]


@pytest.mark.parametrize(("level", "control", "holder", "path", "value"), cases(allowed=True))
def test_an_allowed_value_is_not_found(level: str, control: str, holder: str, path: str, value: object) -> None:
    """Nothing is found under either level, by any control."""
    pod = changed(holder, path, value)
    assert [found(pod, one) for one in LEVELS] == [{}, {}]


@pytest.mark.parametrize(("level", "control", "holder", "path", "value"), cases(allowed=False))
def test_a_forbidden_value_is_found_and_nothing_else(
    level: str, control: str, holder: str, path: str, value: object
) -> None:
    """By the control that it belongs to, from its level on; no control of the same level cries at it too."""
    pod = changed(holder, path, value)
    at_baseline, at_restricted = found(pod, "baseline"), found(pod, "restricted")
    if level == "baseline":
        assert set(at_baseline) == {control}
    else:
        assert at_baseline == {}
    assert control in at_restricted
    allowed = {control}
    if control == "no-host-path":
        allowed.add("restricted-volume-types")
    if control == "non-root-required":
        allowed.add("non-root-user")  # nobody is named who runs, which only counts where root is not refused
    assert set(at_restricted) <= allowed


OVERRIDDEN = """\
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  securityContext:
    {pod}
  containers:
    - name: app
      image: example/app:1.4
      securityContext:
        allowPrivilegeEscalation: false
        capabilities: {{drop: [ALL]}}
        runAsNonRoot: true
        seccompProfile: {{type: RuntimeDefault}}
        {own}
"""


@pytest.mark.parametrize(
    ("pod", "own", "control", "levels"),
    [
        ("runAsNonRoot: false", "runAsUser: 5", "non-root-required", ("restricted",)),
        ("runAsUser: 0", "runAsUser: 5", "non-root-user", ("restricted",)),
        ("seccompProfile: {type: Unconfined}", "runAsUser: 5", "seccomp-confined", LEVELS),
        (
            "appArmorProfile: {type: Unconfined}",
            "appArmorProfile: {type: RuntimeDefault}",
            "apparmor-confined",
            LEVELS,
        ),
        ("seLinuxOptions: {type: spc_t}", "seLinuxOptions: {type: container_t}", "selinux-confined", LEVELS),
        ("seLinuxOptions: {user: a}", "seLinuxOptions: {type: container_t}", "selinux-confined", LEVELS),
        (
            "windowsOptions: {hostProcess: true}",
            "windowsOptions: {hostProcess: false}",
            "no-host-process",
            LEVELS,
        ),
    ],
)
def test_what_the_pod_says_is_forbidden_though_every_container_says_otherwise(
    pod: str, own: str, control: str, levels: tuple[str, ...]
) -> None:
    """On the pod's own line, once; and it is put right there."""
    text = OVERRIDDEN.format(pod=pod, own=own)
    for level in LEVELS:
        assert found(text, level) == ({control: [8]} if level in levels else {})
    kind = next(kind for kind in KINDS if kind.scope is Scope.KUBERNETES)
    result = fixed(text, "pod.yaml", kind, lambda path: None, settings("restricted"), unsafe=True)
    assert (found(result.text, "restricted"), result.made) == ({}, 1)
    assert [one for one in result.text.splitlines() if one not in text.splitlines()] in (
        [],
        [result.text.splitlines()[7]],
    )


def test_a_value_that_containers_inherit_is_found_once_each() -> None:
    """The pod's own finding stands where theirs stands, and is not shown again."""
    text = OVERRIDDEN.format(pod="runAsUser: 0", own="privileged: false")
    assert found(text, "restricted") == {"non-root-user": [8]}


def test_the_default_profile_looks_at_what_runs() -> None:
    """What no container runs with is a matter of the standard alone."""
    text = OVERRIDDEN.format(pod="runAsUser: 0", own="runAsUser: 5")
    assert "non-root-user" not in found(text, "default")
    assert "non-root-user" in found(text, "all")


def test_the_default_profile_asks_for_more() -> None:
    """A group of root and the users of the host are found there, as they always were."""
    pod = changed("pod", "securityContext/runAsGroup", 0)
    pod["spec"]["hostUsers"] = True
    assert {"non-root-user", "no-host-namespaces"} <= set(found(pod, "default"))


@pytest.mark.parametrize(
    ("annotation", "levels"),
    [
        ("runtime/default", ()),
        ("localhost/a", ()),
        ("", ()),
        ("unconfined", LEVELS),
    ],
)
@pytest.mark.parametrize("name", ["app", "nobody"])
def test_the_annotation_of_apparmor_counts(annotation: str, levels: tuple[str, ...], name: str) -> None:
    """Also one for a container that is not there, and beside a field that says otherwise."""
    pod = copy.deepcopy(POD)
    pod["metadata"]["annotations"] = {f"container.apparmor.security.beta.kubernetes.io/{name}": annotation}
    pod["spec"]["containers"][0]["securityContext"]["appArmorProfile"] = {"type": "RuntimeDefault"}
    for level in LEVELS:
        assert set(found(pod, level)) == ({"apparmor-confined"} if level in levels else set())


def test_an_annotation_of_seccomp_is_no_profile() -> None:
    """No cluster since 1.27 reads it; the level restricted wants the field."""
    pod = changed("pod", "securityContext/seccompProfile", ABSENT)
    pod["metadata"]["annotations"] = {"seccomp.security.alpha.kubernetes.io/pod": "runtime/default"}
    assert (found(pod, "baseline"), set(found(pod, "restricted"))) == ({}, {"seccomp-profile-set"})


WINDOWS = {"no-new-privileges", "capabilities-dropped", "seccomp-profile-set"}


def test_a_pod_for_windows_is_free_of_what_only_linux_has() -> None:
    """By spec.os.name; root is refused there, too."""
    pod = copy.deepcopy(POD)
    pod["spec"]["securityContext"] = {"runAsNonRoot": True}
    for role in ROLES:
        for one in pod["spec"][role]:
            del one["securityContext"]
    assert set(found(pod, "restricted")) == WINDOWS
    pod["spec"]["os"] = {"name": "linux"}
    assert set(found(pod, "restricted")) == WINDOWS
    pod["spec"]["os"] = {"name": "windows"}
    assert found(pod, "restricted") == {}
    del pod["spec"]["securityContext"]
    assert set(found(pod, "restricted")) == {"non-root-required"}


def test_users_of_its_own_relax_a_pod() -> None:
    """From version 1.35 on: who runs inside is free; an unmasked /proc only at the level baseline."""
    pod = copy.deepcopy(POD)
    pod["spec"]["hostUsers"] = False
    pod["spec"]["securityContext"] |= {"runAsNonRoot": False, "runAsUser": 0}
    assert [found(pod, level) for level in LEVELS] == [{}, {}]
    pod["spec"]["containers"][0]["securityContext"]["procMount"] = "Unmasked"
    assert [set(found(pod, level)) for level in LEVELS] == [set(), {"masked-proc"}]
    pod["spec"]["hostUsers"] = True
    assert set(found(pod, "baseline")) == {"masked-proc"}


@pytest.mark.parametrize("role", ROLES)
def test_the_second_container_is_looked_at_as_well(role: str) -> None:
    """A good one before it hides nothing."""
    pod = copy.deepcopy(POD)
    bad = container("bad")
    bad["securityContext"]["privileged"] = True
    pod["spec"][role] = [container("good"), bad, container("last")]
    assert set(found(pod, "baseline")) == {"no-privileged"}
