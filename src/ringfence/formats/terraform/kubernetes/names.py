"""How the provider names what Kubernetes names, and what it does where a block is silent.

From the provider's schemas and documentation (hashicorp/kubernetes 2.x). Names are Kubernetes' in snake case but for
those that stand here; a list of objects is one block an item, in the singular.
"""

import re
from typing import NamedTuple


class Kind(NamedTuple):
    """An object's API and kind. `namespaced`: it lives in a namespace, which is `default` where none is said."""

    api: str
    kind: str
    namespaced: bool = True


_RIGHTS = "rbac.authorization.k8s.io/v1"
KINDS: dict[str, Kind] = {
    "cluster_role": Kind(_RIGHTS, "ClusterRole", False),
    "cluster_role_binding": Kind(_RIGHTS, "ClusterRoleBinding", False),
    "config_map": Kind("v1", "ConfigMap"),
    "cron_job": Kind("batch/v1", "CronJob"),
    "daemon_set": Kind("apps/v1", "DaemonSet"),
    "daemonset": Kind("apps/v1", "DaemonSet"),
    "default_service_account": Kind("v1", "ServiceAccount"),
    "deployment": Kind("apps/v1", "Deployment"),
    "ingress": Kind("networking.k8s.io/v1", "Ingress"),
    "job": Kind("batch/v1", "Job"),
    "limit_range": Kind("v1", "LimitRange"),
    "namespace": Kind("v1", "Namespace", False),
    "network_policy": Kind("networking.k8s.io/v1", "NetworkPolicy"),
    "pod": Kind("v1", "Pod"),
    "pod_security_policy": Kind("policy/v1beta1", "PodSecurityPolicy", False),
    "replication_controller": Kind("v1", "ReplicationController"),
    "role": Kind(_RIGHTS, "Role"),
    "role_binding": Kind(_RIGHTS, "RoleBinding"),
    "secret": Kind("v1", "Secret"),
    "service": Kind("v1", "Service"),
    "service_account": Kind("v1", "ServiceAccount"),
    "stateful_set": Kind("apps/v1", "StatefulSet"),
}
_VERSION = re.compile(r"_v[0-9]+(?:(?:alpha|beta)[0-9]+)?(?:_data)?\Z")


def kind_of(type_: str) -> Kind:
    """What a type of resource is: `kubernetes_pod_v1` is a Pod."""
    return KINDS[_VERSION.sub("", type_.removeprefix("kubernetes_"))]


# ---- what the provider sends where nothing is written -------------------------------------------------------------

NAMESPACE = "default"
#: seccomp_profile.type.
SECCOMP = "Unconfined"
#: metadata.name of a default service account.
DEFAULT_ACCOUNT = "default"

# (automount_service_account_token of a pod is sent as true where it is silent, so no service account decides it; the
# other defaults are Kubernetes' own. A job's restart_policy is Never, which no control asks of what ends by itself.)

# ---- names --------------------------------------------------------------------------------------------------------

#: Blocks of which there may be several: the list that they are items of.
LISTS: dict[str, str] = {
    "container": "containers",
    "egress": "egress",
    "env": "env",
    "env_from": "envFrom",
    "from": "from",
    "host_aliases": "hostAliases",
    "http_header": "httpHeaders",
    "image_pull_secret": "imagePullSecrets",
    "image_pull_secrets": "imagePullSecrets",
    "ingress": "ingress",
    "init_container": "initContainers",
    "items": "items",
    "limit": "limits",
    "match_expressions": "matchExpressions",
    "path": "paths",
    "port": "ports",
    "ports": "ports",
    "range": "ranges",
    "rule": "rules",
    "sources": "sources",
    "subject": "subjects",
    "sysctl": "sysctls",
    "tls": "tls",
    "to": "to",
    "toleration": "tolerations",
    "topology_spread_constraint": "topologySpreadConstraints",
    "volume": "volumes",
    "volume_claim_template": "volumeClaimTemplates",
    "volume_mount": "volumeMounts",
}
#: Blocks of which there is one, where an attribute of that name that nobody knows would be one of them.
BLOCKS = frozenset(
    {
        "capabilities",
        "http",
        "job_template",
        "lifecycle",
        "liveness_probe",
        "metadata",
        "pod_selector",
        "readiness_probe",
        "resources",
        "role_ref",
        "se_linux_options",
        "seccomp_profile",
        "security_context",
        "spec",
        "startup_probe",
        "template",
        "value_from",
    }
)
#: Attributes that hold names of the user's own.
MAPS = frozenset(
    {
        "annotations",
        "binary_data",
        "data",
        "default",
        "default_request",
        "labels",
        "limits",
        "match_labels",
        "max",
        "min",
        "node_selector",
        "requests",
        "selector",
    }
)
#: Arguments of Terraform, not of the object.
META = frozenset({"connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner", "timeouts"})
#: What no resource of the provider can say.
MISSING = frozenset({"appArmorProfile", "hostUsers", "procMount"})

_SPELLINGS = {
    "cluster_ip": "clusterIP",
    "cluster_ips": "clusterIPs",
    "downward_api": "downwardAPI",
    "external_ips": "externalIPs",
    "host_ip": "hostIP",
    "host_ipc": "hostIPC",
    "host_pid": "hostPID",
    "load_balancer_ip": "loadBalancerIP",
    "non_resource_urls": "nonResourceURLs",
}
_WRITTEN = {one: other for other, one in _SPELLINGS.items()}
_SINGULAR = {many: one for one, many in LISTS.items() if one not in ("image_pull_secret", "ports")}
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def camel(name: str) -> str:
    """Kubernetes' name of an attribute or of a block that stands alone."""
    known = _SPELLINGS.get(name)
    if known is not None:
        return known
    first, *others = name.split("_")
    return first + "".join(one[:1].upper() + one[1:] for one in others)


def snake(key: str) -> str:
    """The provider's name of a field."""
    return _WRITTEN.get(key) or _HUMP.sub("_", key).lower()


def singular(key: str) -> str:
    """The block that is one item of a list."""
    return _SINGULAR.get(key) or snake(key)
