"""A `Service`: a workload that is deployed from an image, as Compose and Kubernetes describe one."""

from enum import StrEnum

from ringfence.dataclasses import dataclass
from ringfence.model import Workload


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """An image reference, taken apart: `registry.example.com/team/app:1.2@sha256:…`.

    `name` has the registry and path as written; `tag` and `digest` (`sha256:…`) are None where the
    reference has none. `built_here`: the file also says how to build it, so no registry is asked.
    """

    name: str
    tag: str | None
    digest: str | None
    built_here: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Port:
    """A port published on the machine that runs the workload.

    `host` is the address it is bound to: "" or "0.0.0.0" or "::" is every interface. `published` and `target`
    are ranges as written ("8080" or "8000-8010"; `published` is "" where the platform chooses).
    """

    host: str
    published: str
    target: str
    protocol: str


class VolumeKind(StrEnum):
    """What stands behind a mount that is not a path of the host."""

    NAMED = "named"
    ANONYMOUS = "anonymous"
    TMPFS = "tmpfs"
    CONFIG = "config"
    SECRET = "secret"  # noqa: S105 - the name of a kind
    CLAIM = "claim"
    PROJECTED = "projected"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Volume:
    """A mount that is not a path of the host. `type` is the platform's own word (`emptyDir`, `nfs`, `volume`); for
    what is only memory it is "tmpfs" everywhere, and `name` is ""."""

    name: str
    kind: VolumeKind
    type: str
    target: str
    writable: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A network that the workload joins. `internal`: it has no way out to other networks."""

    name: str
    internal: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """Which checks the platform makes: one that finds a dead workload, one that finds it not ready to serve.

    Compose has one check, which counts as both.
    """

    live: bool
    ready: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Requests:
    """What a scheduler sets aside; None is nothing asked for."""

    memory_bytes: int | None
    cpu_millis: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Logging:
    """Where output goes. `max_bytes`: at which size a log file is rotated; None is never. `bounded`: the driver
    bounds by itself (journald, a remote driver, or a platform that rotates for everybody)."""

    driver: str
    max_bytes: int | None
    bounded: bool


class Confinement(StrEnum):
    """What AppArmor does to it."""

    PLATFORM_DEFAULT = "platform-default"
    PROFILE = "profile"
    UNCONFINED = "unconfined"


@dataclass(frozen=True, kw_only=True, slots=True)
class SELinux:
    """SELinux options as set by the file; "" is not set. `disabled`: label separation is switched off."""

    type: str
    user: str
    role: str
    disabled: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Service(Workload):
    """One container that a Compose service or a Kubernetes pod describes.

    Read for a `Service`: `user`/`group` None are what the image says. `capabilities` are those added by name
    ("ALL", or without the prefix `CAP_`, upper case: "NET_ADMIN") on top of what is left of the engine's default set
    after `dropped` (the same spelling). `mounts` are paths of the host only, `source` as written with variables
    filled in. `network.reach` is ANY but for network mode "none". `environment.inherits_host` is False.

    `role` is "main", "init" (ends before the others start) or "ephemeral". `namespace` is the cluster's namespace
    ("" where none is written). `command` holds entry point and arguments, each as one word, or one word that a shell
    splits. `is_database`: image or name say that it is a data store. `sysctls` are (name, value) pairs.
    `token`: a service account's token is mounted. `probe_hosts`: the host fields of probes and hooks that are set.
    `windows_host_process` is Kubernetes' field of that name. `propagations` are mount propagation modes that are set
    (lower case: "rshared", "bidirectional"). `secret_environment`: names of variables filled from a secret store.
    `checks` are the commands of health checks and hooks, as words.
    """

    role: str
    namespace: str
    image: Image | None
    command: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]
    privileged: bool
    non_root_required: bool
    dropped: frozenset[str]
    devices: tuple[str, ...]
    apparmor: Confinement
    selinux: SELinux
    sysctls: tuple[tuple[str, str], ...]
    proc_masked: bool
    ports: tuple[Port, ...]
    attachments: tuple[Attachment, ...]
    network_mode: str
    volumes: tuple[Volume, ...]
    propagations: tuple[str, ...]
    requests: Requests
    logging: Logging
    health: Health
    restart: str
    is_database: bool
    token: bool
    service_account: str
    secret_environment: tuple[str, ...]
    probe_hosts: tuple[str, ...]
    checks: tuple[tuple[str, ...], ...]
    windows_host_process: bool
    cgroup_parent: str
