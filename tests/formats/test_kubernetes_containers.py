"""A container of a pod as a model: every field, with what the pod says, and what Kubernetes does in silence."""

import dataclasses
from typing import Any

import pytest

from formats.kubernetes_kit import POD, load, named, only
from ringfence.formats.kubernetes import facts
from ringfence.model import Mount, Namespace, Seccomp
from ringfence.models.service import Confinement, Image, Port, SELinux, Volume, VolumeKind


def container(lines: str, pod: str = "", annotations: str = "") -> Any:
    """The subject of the only container of a pod with more lines in it."""
    text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n"
    text += f"  annotations: {annotations}\n" if annotations else ""
    image = "" if lines.startswith("image:") else "      image: example/web:1.4\n"
    text += f"spec:\n{pod}  containers:\n    - name: app\n{image}"
    text += "".join(f"      {line}\n" for line in lines.splitlines())
    return only(text)[1]


def test_a_silent_container_is_what_kubernetes_makes_of_it() -> None:
    """Every field of a pod that says nothing but its image, and what nobody can know of it."""
    subject = only(POD)[1]
    model: Any = subject.model
    assert subject.name == "Pod web, container app"
    assert subject.unknown == facts.LIMITS_ELSEWHERE | {"group"}
    assert dataclasses.asdict(model) == {
        "name": "app",
        "user": None,
        "group": None,
        "no_new_privileges": False,
        "capabilities": frozenset(),
        "seccomp": Seccomp.NODE_DEFAULT,
        "read_only_root": False,
        "host_namespaces": frozenset(),
        "network": {"reach": "any", "destinations": ()},
        "mounts": (),
        "environment": {"inherits_host": False, "variables": ()},
        "limits": dict.fromkeys(
            (
                "memory_bytes",
                "processes",
                "cpu_millis",
                "cpu_seconds",
                "wall_millis",
                "output_bytes",
                "result_bytes",
                "scratch_bytes",
                "open_files",
            )
        ),
        "role": "main",
        "namespace": "",
        "image": {"name": "example/web", "tag": "1.4", "digest": None, "built_here": False},
        "command": (),
        "labels": (),
        "privileged": False,
        "non_root_required": False,
        "dropped": frozenset(),
        "devices": (),
        "apparmor": Confinement.PLATFORM_DEFAULT,
        "selinux": {"type": "", "user": "", "role": "", "disabled": False},
        "sysctls": (),
        "proc_masked": True,
        "ports": (),
        "attachments": (),
        "network_mode": "",
        "volumes": (),
        "propagations": (),
        "requests": {"memory_bytes": None, "cpu_millis": None},
        "logging": {"driver": "kubelet", "max_bytes": None, "bounded": True},
        "health": {"live": False, "ready": False},
        "restart": "Always",
        "is_database": False,
        "token": True,
        "service_account": "default",
        "secret_environment": (),
        "probe_hosts": (),
        "checks": (),
        "windows_host_process": False,
        "cgroup_parent": "",
    }


def test_a_container_wins_over_its_pod() -> None:
    """Fields that both have: the container's counts, and the pod's where it is silent."""
    pod = "  securityContext: {runAsUser: 0, runAsGroup: 7, runAsNonRoot: false, seccompProfile: {type: Unconfined}}\n"
    subject = container("securityContext: {runAsUser: 1000, runAsNonRoot: true}", pod)
    model = subject.model
    assert (model.user, model.group, model.non_root_required, model.seccomp) == (1000, 7, True, Seccomp.UNCONFINED)
    assert subject.unknown == facts.LIMITS_ELSEWHERE


def test_a_required_user_that_is_not_said_is_unknown() -> None:
    """The kubelet refuses root, and the image says who runs."""
    subject = container("securityContext: {runAsNonRoot: true}")
    assert subject.model.non_root_required
    assert subject.unknown == facts.LIMITS_ELSEWHERE | {"user", "group"}


@pytest.mark.parametrize("word", ["true", "yes", "on", "True", '"true"', "'yes'"])
def test_booleans_are_those_of_yaml_1_1(word: str) -> None:
    """`privileged: yes` is privileged."""
    assert container(f"securityContext: {{privileged: {word}}}").model.privileged


def test_what_cannot_be_understood_is_unknown() -> None:
    """A variable, a word that is no boolean, a list where a number belongs."""
    subject = container(
        "image: ${IMAGE}\nsecurityContext: {privileged: maybe, runAsUser: [1], procMount: Some}\n"
        "resources: {limits: {memory: lots}}",
    )
    assert subject.unknown == facts.LIMITS_ELSEWHERE | {
        "image",
        "privileged",
        "user",
        "group",
        "proc_masked",
        "limits.memory_bytes",
    }


def test_capabilities_are_named_as_the_kernel_names_them() -> None:
    """Upper case, without the prefix; each list on its own."""
    model = container("securityContext: {capabilities: {add: [CAP_NET_ADMIN, sys_admin], drop: [all]}}").model
    assert (model.capabilities, model.dropped) == ({"NET_ADMIN", "SYS_ADMIN"}, {"ALL"})
    subject = container("securityContext: {capabilities: {add: ['${CAP}', SYS_ADMIN], drop: ['{{ cap }}', KILL]}}")
    assert (subject.model.capabilities, subject.model.dropped) == ({"SYS_ADMIN"}, {"KILL"})
    assert "dropped" in subject.unknown


def test_no_new_privileges_is_what_the_field_says() -> None:
    """Only an explicit false sets the kernel's flag."""
    assert container("securityContext: {allowPrivilegeEscalation: false}").model.no_new_privileges
    assert not container("securityContext: {allowPrivilegeEscalation: true}").model.no_new_privileges
    assert not container("securityContext: {privileged: true}").model.no_new_privileges


@pytest.mark.parametrize(
    ("lines", "pod", "annotations", "seccomp"),
    [
        ("securityContext: {seccompProfile: {type: Localhost, localhostProfile: a}}", "", "", Seccomp.CUSTOM),
        ("", "", "{seccomp.security.alpha.kubernetes.io/pod: runtime/default}", Seccomp.RUNTIME_DEFAULT),
        ("", "", "{container.seccomp.security.alpha.kubernetes.io/app: unconfined}", Seccomp.UNCONFINED),
        ("", "", "{container.seccomp.security.alpha.kubernetes.io/other: unconfined}", Seccomp.NODE_DEFAULT),
        (
            "securityContext: {seccompProfile: {type: RuntimeDefault}}",
            "",
            "{container.seccomp.security.alpha.kubernetes.io/app: unconfined}",
            Seccomp.RUNTIME_DEFAULT,
        ),
        (
            "",
            "  securityContext: {seccompProfile: {type: RuntimeDefault}}\n",
            "{container.seccomp.security.alpha.kubernetes.io/app: localhost/a}",
            Seccomp.CUSTOM,
        ),
    ],
)
def test_seccomp_fields_and_annotations(lines: str, pod: str, annotations: str, seccomp: Seccomp) -> None:
    """The nearest that speaks counts: field of the container, its annotation, field of the pod, its annotation."""
    assert container(lines, pod, annotations).model.seccomp is seccomp


@pytest.mark.parametrize(
    ("lines", "pod", "annotations", "apparmor"),
    [
        ("securityContext: {appArmorProfile: {type: Unconfined}}", "", "", Confinement.UNCONFINED),
        ("", "  securityContext: {appArmorProfile: {type: Unconfined}}\n", "", Confinement.UNCONFINED),
        ("", "", "{container.apparmor.security.beta.kubernetes.io/app: unconfined}", Confinement.UNCONFINED),
        ("", "", "{container.apparmor.security.beta.kubernetes.io/app: localhost/a}", Confinement.PROFILE),
        (
            "securityContext: {appArmorProfile: {type: RuntimeDefault}}",
            "  securityContext: {appArmorProfile: {type: Unconfined}}\n",
            "",
            Confinement.PLATFORM_DEFAULT,
        ),
    ],
)
def test_apparmor_fields_and_annotations(lines: str, pod: str, annotations: str, apparmor: Confinement) -> None:
    """The nearest that speaks counts."""
    assert container(lines, pod, annotations).model.apparmor is apparmor


def test_selinux_options_of_a_container_win_over_the_pods() -> None:
    """What a container leaves empty is the pod's, whose sandbox runs with it."""
    pod = "  securityContext: {seLinuxOptions: {type: spc_t, user: root}}\n"
    inherited = SELinux(type="spc_t", user="root", role="", disabled=False)
    assert container("", pod).model.selinux == inherited
    assert container("securityContext: {seLinuxOptions: {}}", pod).model.selinux == inherited
    own = container("securityContext: {seLinuxOptions: {type: container_t, role: r}}", pod).model.selinux
    assert own == SELinux(type="container_t", user="root", role="r", disabled=False)


def test_host_namespaces_sysctls_and_what_else_a_pod_says() -> None:
    """Pod-level fields are every container's."""
    pod = (
        "  hostNetwork: true\n  hostPID: false\n  hostIPC: 'true'\n  serviceAccountName: worker\n"
        "  automountServiceAccountToken: false\n  restartPolicy: OnFailure\n"
        "  securityContext: {sysctls: [{name: kernel.msgmax, value: '1'}, {name: net.core.somaxconn, value: '2'}]}\n"
    )
    subject = container("", pod)
    model = subject.model
    assert model.host_namespaces == {Namespace.NETWORK, Namespace.IPC}
    assert model.sysctls == (("kernel.msgmax", "1"), ("net.core.somaxconn", "2"))
    assert (model.token, model.service_account, model.restart) == (False, "worker", "OnFailure")
    assert "health" in subject.unknown


def test_a_user_namespace_of_its_own() -> None:
    """hostUsers: false leaves open who uid 0 is outside; true shares the host's."""
    subject = container("securityContext: {runAsUser: 0}", "  hostUsers: false\n")
    assert {"user", "group", "non_root_required"} < subject.unknown
    assert container("", "  hostUsers: true\n").model.host_namespaces == {Namespace.USER}


def test_what_is_linux_alone_is_unknown_on_windows() -> None:
    """By os.name, and by the node selector; a host process is said by the pod or by the container."""
    for pod in ("  os: {name: windows}\n", "  nodeSelector: {kubernetes.io/os: windows}\n"):
        assert container("", pod).unknown > facts.WINDOWS_UNKNOWN
    pod = "  securityContext: {windowsOptions: {hostProcess: true}}\n"
    assert container("", pod).model.windows_host_process
    assert not container("securityContext: {windowsOptions: {hostProcess: false}}", pod).model.windows_host_process


def test_ports_of_the_node() -> None:
    """A hostPort, good then bad; 0 is none."""
    lines = (
        "ports: [{containerPort: 80}, {containerPort: 81, hostPort: 0},"
        " {containerPort: 53, hostPort: 5353, protocol: UDP, hostIP: 127.0.0.1}, {containerPort: 9, hostPort: 9}]"
    )
    assert container(lines).model.ports == (
        Port(host="127.0.0.1", published="5353", target="53", protocol="udp"),
        Port(host="", published="9", target="9", protocol="tcp"),
    )


def test_volumes_are_joined_to_their_mounts() -> None:
    """Paths of the node with their sub-path; others by their own word; what the API server would make of a name."""
    pod = (
        "  volumes:\n    - {name: run, hostPath: {path: /run/}}\n    - {name: tmp}\n"
        "    - {name: mem, emptyDir: {medium: Memory}}\n    - {name: conf, configMap: {name: c}}\n"
        "    - {name: share, nfs: {server: s, path: /}}\n    - {name: unused, hostPath: {path: /etc}}\n"
        "    - {name: disk, persistentVolumeClaim: {claimName: d}}\n"
    )
    lines = (
        "volumeMounts:\n  - {name: run, mountPath: /a, subPath: x, mountPropagation: Bidirectional}\n"
        "  - {name: run, mountPath: /b, readOnly: true, mountPropagation: None}\n  - {name: tmp, mountPath: /tmp}\n"
        "  - {name: mem, mountPath: /m}\n  - {name: conf, mountPath: /c}\n  - {name: share, mountPath: /s}\n"
        "  - {name: gone, mountPath: /g}\nvolumeDevices: [{name: disk, devicePath: /dev/xvda}]"
    )
    subject = container(lines, pod)
    assert subject.model.mounts == (
        Mount(source="/etc", target="", writable=False, grant=None),
        Mount(source="/run/x", target="/a", writable=True, grant=None),
        Mount(source="/run/", target="/b", writable=False, grant=None),
    )
    claim = VolumeKind.CLAIM
    assert subject.model.volumes == (
        Volume(name="tmp", kind=VolumeKind.ANONYMOUS, type="emptyDir", target="/tmp", writable=True),
        Volume(name="", kind=VolumeKind.TMPFS, type="tmpfs", target="/m", writable=True),
        Volume(name="conf", kind=VolumeKind.CONFIG, type="configMap", target="/c", writable=False),
        Volume(name="share", kind=VolumeKind.OTHER, type="nfs", target="/s", writable=True),
        Volume(name="gone", kind=claim, type="persistentVolumeClaim", target="/g", writable=True),
    )
    assert subject.model.propagations == ("bidirectional",)
    assert "volumes[4]" in subject.unknown


def test_resources_and_what_stands_in_for_them() -> None:
    """A container's own, else the whole pod's."""
    pod = "  resources: {limits: {memory: 1Gi, cpu: '2'}}\n"
    lines = "resources: {limits: {memory: 64Mi, ephemeral-storage: 1Gi}, requests: {cpu: 0.1}}"
    model = container(lines, pod).model
    limits = model.limits
    assert (limits.memory_bytes, limits.cpu_millis, limits.scratch_bytes) == (64 * 2**20, 2000, 2**30)
    assert (model.requests.memory_bytes, model.requests.cpu_millis) == (None, 100)


def test_a_limit_range_gives_defaults_in_its_namespace() -> None:
    """`default`, else `max`; `defaultRequest`, else the limit. A pod elsewhere gets nothing."""
    ranges = (
        "apiVersion: v1\nkind: LimitRange\nmetadata: {name: l, namespace: shop}\nspec:\n  limits:\n"
        "    - {type: Pod, max: {memory: 1Ti}}\n"
        "    - {type: Container, default: {memory: 64Mi}, max: {memory: 1Gi, cpu: 1}, defaultRequest: {cpu: 100m}}\n"
        "---\n"
    )
    inside = POD.replace("name: web", "name: in\n  namespace: shop", 1)
    document = load(ranges + inside + "---\n" + POD)
    model: Any = named(document, "Pod shop/in, container app").model
    assert (model.limits.memory_bytes, model.limits.cpu_millis) == (64 * 2**20, 1000)
    assert (model.requests.memory_bytes, model.requests.cpu_millis) == (64 * 2**20, 100)
    assert named(document, "Pod web, container app").model.limits.memory_bytes is None  # type: ignore[attr-defined]


def test_an_account_in_the_file_speaks_for_its_pods() -> None:
    """A token that the account refuses is not mounted, unless the pod asks for it."""
    account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: w}\nautomountServiceAccountToken: false\n---\n"
    silent = POD.replace("spec:", "spec:\n  serviceAccountName: w")
    asking = silent.replace("name: web", "name: asks", 1).replace(
        "spec:", "spec:\n  automountServiceAccountToken: true"
    )
    other = POD.replace("name: web", "name: other", 1)
    document = load("---\n".join((account + silent, asking, other)))
    tokens = {one.name: getattr(one.model, "token", None) for one in document.subjects}
    assert tokens == {
        "ServiceAccount w": False,
        "Pod web, container app": False,
        "Pod asks, container app": True,
        "Pod other, container app": True,
    }


def test_environment_command_and_labels() -> None:
    """Values that stand there; names of what a secret fills; words of command and args; labels and annotations."""
    lines = (
        "command: [run, --port]\nargs: ['80']\nenv:\n  - {name: A, value: b}\n  - {name: N, value: 5}\n"
        "  - {name: S, valueFrom: {secretKeyRef: {name: s, key: k}}}\n"
        "  - {name: C, valueFrom: {configMapKeyRef: {name: c, key: k}}}\n  - {name: E}\n"
        "envFrom: [{configMapRef: {name: c}}, {secretRef: {name: all}}]"
    )
    model = container(lines, annotations="{note: x}").model
    assert model.command == ("run", "--port", "80")
    assert model.environment.variables == (("A", "b"), ("N", "5"), ("E", ""))
    assert model.secret_environment == ("S", "all")
    assert model.labels == (("note", "x"),)


def test_probes_and_hooks_that_name_a_host() -> None:
    """All five places, good then bad; an empty host is none."""
    lines = (
        "livenessProbe: {httpGet: {port: 80}}\nreadinessProbe: {tcpSocket: {port: 80, host: 10.0.0.1}}\n"
        "startupProbe: {httpGet: {port: 80, host: ''}}\n"
        "lifecycle: {postStart: {httpGet: {host: a, port: 1}}, preStop: {tcpSocket: {host: b, port: 1}}}"
    )
    model = container(lines).model
    assert model.probe_hosts == ("10.0.0.1", "a", "b")
    assert (model.health.live, model.health.ready) == (True, True)


def test_a_database_is_known_by_its_image_or_name() -> None:
    """The last part of the image's path, or the container's name."""
    assert container("image: docker.io/library/postgres:16").model.is_database
    assert only(POD.replace("name: app", "name: redis"))[1].model.is_database  # type: ignore[attr-defined]
    assert not container("").model.is_database


def test_every_container_of_a_pod_is_judged() -> None:
    """Init, sidecar, main and ephemeral ones, with their roles; what cannot be said of some is unknown."""
    document = load(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec:\n"
        "  initContainers: [{name: a, image: x}, {name: b, image: x, restartPolicy: Always}]\n"
        "  containers: [{name: c, image: x}, {name: d, image: x, securityContext: {privileged: true}}]\n"
        "  ephemeralContainers: [{name: e, image: x}]\n"
    )
    found = [(one.name, one.model.role, "health" in one.unknown) for one in document.subjects]  # type: ignore[attr-defined]
    assert found == [
        ("Pod shop/web, init container a", "init", True),
        ("Pod shop/web, container b", "main", False),
        ("Pod shop/web, container c", "main", False),
        ("Pod shop/web, container d", "main", False),
        ("Pod shop/web, ephemeral container e", "ephemeral", True),
    ]
    assert [one.model.privileged for one in document.subjects] == [False, False, False, True, False]  # type: ignore[attr-defined]
    assert document.subjects[4].unknown > facts.EPHEMERAL_UNKNOWN


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("${REGISTRY}/a:latest", "latest"),
        ("$(REGISTRY)/team/a:1.2-b", "1.2-b"),
        ("'{{ image }}:7'", "7"),
        ("${IMAGE}", None),
        ("${IMAGE:-a:latest}", None),
        ("example/a:${TAG}", None),
        ("${REGISTRY}:5000/a", None),
        ("${REGISTRY}/a:1@sha256:${DIGEST}", None),
    ],
)
def test_a_tag_is_known_where_it_is_written(said: str, tag: str | None) -> None:
    """Also behind a name that is filled in elsewhere; whatever else is filled in makes the image unknown."""
    subject = container(f"image: {said}")
    assert ("image" in subject.unknown) is (tag is None)
    assert tag is None or subject.model.image.tag == tag  # type: ignore[attr-defined]


def test_an_image_is_taken_apart() -> None:
    """Registry and path, tag, digest."""
    digest = "sha256:" + "a" * 64
    model = container(f"image: localhost:5000/a/b:1.2@{digest}").model
    assert model.image == Image(name="localhost:5000/a/b", tag="1.2", digest=digest, built_here=False)
