"""Kubernetes: which function reads which type of resource of the providers kubernetes, kubectl and helm.

A resource is put together as the object that the provider sends (tree.py, names.py), and the Kubernetes format reads
that object: models and judgement are the same as for a manifest. What is written goes back into HCL (edits.py).
"""

from collections.abc import Iterator

_TYPED = "objects:typed"

#: Resources by the object that they are, without the version that a name may end with.
_KINDS = (
    "cluster_role",
    "cluster_role_binding",
    "config_map",
    "cron_job",
    "daemon_set",
    "daemonset",
    "default_service_account",
    "deployment",
    "ingress",
    "job",
    "limit_range",
    "namespace",
    "network_policy",
    "pod",
    "pod_security_policy",
    "replication_controller",
    "role",
    "role_binding",
    "secret",
    "service",
    "service_account",
    "stateful_set",
)
_VERSIONS = ("", "_v1", "_v1beta1")


def _typed() -> Iterator[str]:
    for kind in _KINDS:
        yield from (f"kubernetes_{kind}{version}" for version in _VERSIONS)


KINDS: dict[str, str] = {
    **dict.fromkeys(_typed(), _TYPED),
    "helm_release": "releases:release",
    "kubernetes_config_map_v1_data": _TYPED,
    "kubernetes_secret_v1_data": _TYPED,
    "kubernetes_manifest": "objects:manifest",
    "kubectl_manifest": "objects:text",
}
