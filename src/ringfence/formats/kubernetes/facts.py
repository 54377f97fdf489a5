"""What Kubernetes does where a manifest is silent, and the words that its API uses.

From the API reference (pod-v1, the defaults of its fields), the Pod Security Standards and the kubelet. What is
secure does not stand here: controls know that.
"""

from ringfence.model import Seccomp
from ringfence.models.service import Confinement, Logging, VolumeKind

# ---- a silent pod -------------------------------------------------------------------------------------------------

PRIVILEGED = False
#: allowPrivilegeEscalation is true, so no_new_privs is not set.
NO_NEW_PRIVILEGES = False
#: runAsNonRoot: nothing is required, and the image says who runs.
NON_ROOT_REQUIRED = False
READ_ONLY_ROOT = False
#: The kubelet's --seccomp-default is off unless a node was set up otherwise.
SECCOMP = Seccomp.NODE_DEFAULT
#: Where the node has AppArmor, the runtime applies its own profile.
APPARMOR = Confinement.PLATFORM_DEFAULT
PROC_MASKED = True
#: automountServiceAccountToken.
TOKEN = True
SERVICE_ACCOUNT = "default"
RESTART = "Always"
PROTOCOL = "TCP"
MOUNT_WRITABLE = True
HOST_PROCESS = False
#: The kubelet rotates the logs of every container.
LOGGING = Logging(driver="kubelet", max_bytes=None, bounded=True)
#: A volume of which only the name is said.
VOLUME = "emptyDir"
#: No field of a pod sets these: nothing can be known of them.
LIMITS_ELSEWHERE = frozenset(
    {
        "limits.processes",
        "limits.cpu_seconds",
        "limits.wall_millis",
        "limits.output_bytes",
        "limits.result_bytes",
        "limits.open_files",
    }
)
#: An ephemeral container can have none of these.
EPHEMERAL_UNKNOWN = frozenset({"health", "limits", "requests"})
#: A pod for Windows: these are Linux's, and the Pod Security Standards do not ask for them.
WINDOWS_UNKNOWN = frozenset(
    {
        "user",
        "group",
        "no_new_privileges",
        "capabilities",
        "dropped",
        "seccomp",
        "apparmor",
        "selinux",
        "proc_masked",
        "read_only_root",
        "sysctls",
    }
)
#: A user namespace of its own (hostUsers: false): uid 0 is then somebody else outside, and no file says who. The Pod
#: Security Standards leave these fields free from version 1.35 on (but for an unmasked /proc at the level restricted).
OWN_USERS_UNKNOWN = frozenset({"user", "group", "non_root_required", "proc_masked"})

# ---- words of the API ---------------------------------------------------------------------------------------------

SECCOMP_TYPES = {
    "RuntimeDefault": Seccomp.RUNTIME_DEFAULT,
    "Localhost": Seccomp.CUSTOM,
    "Unconfined": Seccomp.UNCONFINED,
}
APPARMOR_TYPES = {
    "RuntimeDefault": Confinement.PLATFORM_DEFAULT,
    "Localhost": Confinement.PROFILE,
    "Unconfined": Confinement.UNCONFINED,
}
SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod"
SECCOMP_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/"
APPARMOR_CONTAINER = "container.apparmor.security.beta.kubernetes.io/"
READ_ANNOTATIONS = (SECCOMP_POD, SECCOMP_CONTAINER, APPARMOR_CONTAINER)
ENFORCE = "pod-security.kubernetes.io/enforce"

VOLUME_KINDS = {
    "emptyDir": VolumeKind.ANONYMOUS,
    "configMap": VolumeKind.CONFIG,
    "secret": VolumeKind.SECRET,
    "persistentVolumeClaim": VolumeKind.CLAIM,
    "ephemeral": VolumeKind.CLAIM,
    "projected": VolumeKind.PROJECTED,
    "downwardAPI": VolumeKind.PROJECTED,
}
#: Mounted read-only whatever the mount says.
READ_ONLY_VOLUMES = frozenset({"configMap", "secret", "projected", "downwardAPI", "image"})

#: Where an object keeps its pod template (a mapping with `metadata` and `spec`).
TEMPLATES: dict[str, tuple[str, ...]] = {
    "Pod": (),
    "PodTemplate": ("template",),
    "Deployment": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
    "DaemonSet": ("spec", "template"),
    "ReplicaSet": ("spec", "template"),
    "ReplicationController": ("spec", "template"),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}
#: Their pods end by themselves, so that no probe has to find them dead.
ENDING = frozenset({"Job", "CronJob"})


def seccomp_annotation(said: str) -> Seccomp | None:
    """What the value of an old annotation means; None for a word that it does not know."""
    if said.startswith("localhost/"):
        return Seccomp.CUSTOM
    known = {"runtime/default": Seccomp.RUNTIME_DEFAULT, "docker/default": Seccomp.RUNTIME_DEFAULT}
    return Seccomp.UNCONFINED if said == "unconfined" else known.get(said)


def apparmor_annotation(said: str) -> Confinement | None:
    """What the value of the old annotation means; None for a word that it does not know."""
    if said.startswith("localhost/"):
        return Confinement.PROFILE
    known = {"unconfined": Confinement.UNCONFINED, "runtime/default": Confinement.PLATFORM_DEFAULT}
    return known.get(said)
