"""Manifests written as Terraform: as resources with a schema, and as objects in HCL."""

from typing import Any

from ringfence.formats.kubernetes.nodes import Nodes
from ringfence.formats.terraform.kubernetes import names
from ringfence.formats.terraform.kubernetes.objecttext import inline, said
from ringfence.formats.terraform.writing import hcl
from ringfence.formats.yamltree import parse
from ringfence.formats.yamlwrite import plain

#: Kinds that the examples of pages are about, as resources.
TYPES = {
    "ClusterRole": "kubernetes_cluster_role",
    "ClusterRoleBinding": "kubernetes_cluster_role_binding",
    "ConfigMap": "kubernetes_config_map_v1",
    "CronJob": "kubernetes_cron_job_v1",
    "Deployment": "kubernetes_deployment",
    "Ingress": "kubernetes_ingress_v1",
    "Namespace": "kubernetes_namespace",
    "NetworkPolicy": "kubernetes_network_policy_v1",
    "Pod": "kubernetes_pod",
    "PodSecurityPolicy": "kubernetes_pod_security_policy_v1beta1",
    "Role": "kubernetes_role_v1",
    "RoleBinding": "kubernetes_role_binding",
    "Secret": "kubernetes_secret",
    "Service": "kubernetes_service_v1",
    "ServiceAccount": "kubernetes_service_account",
}
#: What the provider has no field for.
UNSAYABLE = names.MISSING | {"ephemeralContainers", "hostProcess"}


def objects(text: str) -> list[dict[str, Any]]:
    """The objects of a manifest, as data."""
    assert Nodes().repeated == []
    found = [plain(root) for root in parse(text).documents]
    return [one for one in found if isinstance(one, dict)]


def whole(objects_: list[dict[str, Any]]) -> str:
    """Each as a `kubernetes_manifest`."""
    return "\n".join(
        f'resource "kubernetes_manifest" "it{number}" {{\n  manifest = {said(one, "  ", chr(10))}\n}}\n'
        for number, one in enumerate(objects_)
    )


def lined(objects_: list[dict[str, Any]]) -> str:
    """Each as a `kubernetes_manifest` in one line."""
    return "\n".join(
        f'resource "kubernetes_manifest" "it{number}" {{\n  manifest = {inline(one)}\n}}\n'
        for number, one in enumerate(objects_)
    )


def typed(objects_: list[dict[str, Any]]) -> str | None:
    """Each as a resource of its kind; None where the provider cannot say it."""
    if any(one["kind"] not in TYPES or not _keys(one).isdisjoint(UNSAYABLE) for one in objects_):
        return None
    return "\n".join(
        f'resource "{TYPES[one["kind"]]}" "it{number}" {{\n{"".join(_body(_fields(one), "  "))}}}\n'
        for number, one in enumerate(objects_)
    )


def _fields(one: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in one.items() if key not in ("apiVersion", "kind")}
    if one["kind"] == "Secret":
        renamed = {"data": "binaryData", "stringData": "data"}
        return {renamed.get(key, key): value for key, value in kept.items()}
    return kept


def _keys(data: Any) -> set[str]:
    if isinstance(data, dict):
        return set(data) | {key for value in data.values() for key in _keys(value)}
    return {key for one in data for key in _keys(one)} if isinstance(data, list) else set()


def _body(data: dict[str, Any], indent: str) -> list[str]:
    lines = list[str]()
    for key, value in data.items():
        name = names.snake(key)
        if isinstance(value, dict) and name not in names.MAPS:
            lines += [f"{indent}{name} {{\n", *_body(value, indent + "  "), f"{indent}}}\n"]
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            for one in value:
                lines += [f"{indent}{names.singular(key)} {{\n", *_body(one, indent + "  "), f"{indent}}}\n"]
        elif isinstance(value, dict):
            lines.append(f"{indent}{name} = {said(value, indent, chr(10))}\n")
        else:
            lines.append(f"{indent}{name} = {hcl(tuple(value) if isinstance(value, list) else value)}\n")
    return lines
