"""Objects of a cluster that are not workloads: what exposes, who may do what, what a namespace demands, plain data."""

from enum import StrEnum

from ringfence.dataclasses import dataclass
from ringfence.model import Seccomp
from ringfence.models.service import Confinement, SELinux


class ExposureKind(StrEnum):
    """How something inside is reached from outside."""

    CLUSTER = "cluster"
    NODE_PORT = "node-port"
    LOAD_BALANCER = "load-balancer"
    EXTERNAL_NAME = "external-name"
    INGRESS = "ingress"


@dataclass(frozen=True, kw_only=True, slots=True)
class Exposure:
    """A Service or an Ingress.

    `internal`: an annotation or class makes the load balancer reachable from the private network only, or
    `sources` (address ranges, loadBalancerSourceRanges) bound it. `hosts` are an Ingress' host names ("" matches
    every name), `tls_hosts` those with a certificate ("*" where a TLS entry lists none). `annotations` are all of them.
    """

    name: str
    kind: ExposureKind
    internal: bool
    external_ips: tuple[str, ...]
    sources: tuple[str, ...]
    hosts: tuple[str, ...]
    tls_hosts: tuple[str, ...]
    annotations: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule of a role; lower case. Resources have their subresource (`pods/exec`)."""

    groups: tuple[str, ...]
    resources: tuple[str, ...]
    names: tuple[str, ...]
    urls: tuple[str, ...]
    verbs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    """A Role or a ClusterRole."""

    name: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """Who a binding gives a role to: kind "User", "Group" or "ServiceAccount"."""

    kind: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Binding:
    """A RoleBinding or (`cluster_wide`) a ClusterRoleBinding."""

    name: str
    cluster_wide: bool
    role_kind: str
    role: str
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tenancy:
    """A Namespace. `enforce`: its Pod Security label of that name ("" where there is none)."""

    name: str
    enforce: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """A ServiceAccount. `token`: its token is mounted into pods that do not say otherwise."""

    name: str
    token: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TrafficPolicy:
    """A NetworkPolicy. `selects_all`: it holds for every pod of the namespace. `allows_all_*`: that direction is
    limited, and a rule lets everything through again."""

    name: str
    namespace: str
    selects_all: bool
    allows_all_ingress: bool
    allows_all_egress: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Data:
    """A ConfigMap or (`secret`) a Secret whose values stand in the file: (key, value) pairs, base64 decoded.

    `sealed`: what stands there is encrypted (SealedSecret, SOPS) or a reference."""

    name: str
    secret: bool
    sealed: bool
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PodContext:
    """What a pod says for all of its containers, as far as the Pod Security Standards forbid to say it.

    They forbid the words themselves, also where every container says something else. `own_users_proc_masked`: no
    container with a user namespace of its own has an unmasked /proc, which only the level restricted asks.
    """

    name: str
    user: int | None
    non_root_required: bool
    seccomp: Seccomp
    apparmor: Confinement
    selinux: SELinux
    own_users_proc_masked: bool
    windows_host_process: bool
