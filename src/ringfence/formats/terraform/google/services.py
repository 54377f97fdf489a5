"""Clusters, databases, buckets and keys of Google Cloud."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.containers import KubernetesCluster, NodePool, kubernetes_cluster, node_pool
from ringfence.models.cloud.database import Database
from ringfence.models.cloud.database import database as plain
from ringfence.models.cloud.keys import Key
from ringfence.models.cloud.storage import Bucket

_DAY = 86_400


def cluster(r: Reader) -> Iterator[KubernetesCluster]:
    """A cluster of GKE. An autopilot's nodes and switches are Google's."""
    auto = r.flag("", "enable_autopilot", default=False)
    private = r.block("", "private_cluster_config")
    nodes = private.flag("private_nodes", "enable_private_nodes", default=False)
    hidden = private.flag("public_endpoint", "enable_private_endpoint", default=False)
    networks, known = r.view.blocks("master_authorized_networks_config")
    ranges = tuple(
        block.text("endpoint_ranges", "cidr_block")
        for block in r.block("", "master_authorized_networks_config").blocks("endpoint_ranges", "cidr_blocks")
    )
    if not known:
        r.unknown("endpoint_ranges")
    for field, question in (
        ("endpoint_ranges", "which addresses need the API server?"),
        ("public_endpoint", "make its endpoint private, or bound who reaches it"),
        ("private_nodes", "nodes without public addresses need a new cluster and a NAT"),
    ):
        r.decide(field, question)
    certificate = r.flag(
        "client_certificates", "master_auth.client_certificate_config.issue_client_certificate", default=False
    )
    yield replace(
        kubernetes_cluster(r.address),
        public_endpoint=not hidden,
        endpoint_ranges=ranges if networks or hidden else ("0.0.0.0/0",),
        private_nodes=nodes,
        legacy_authorization=r.flag("legacy_authorization", "enable_legacy_abac", default=False),
        basic_auth=r.given("basic_auth", "master_auth.username"),
        client_certificates=certificate,
        network_policy=True if auto else _policy(r),
        shielded_nodes=None if auto else r.flag("shielded_nodes", "enable_shielded_nodes", default=True),
    )


def _policy(r: Reader) -> bool:
    """Calico, or the newer data plane, which always has it."""
    new = r.text("", "datapath_provider", lower=True) == "advanced_datapath"
    return new or r.flag("network_policy", "network_policy.enabled", default=False)


def nodes(r: Reader) -> Iterator[NodePool]:
    """A pool of nodes."""
    yield replace(
        node_pool(r.address),
        repairs=r.flag("repairs", "management.auto_repair", default=True),
        upgrades=r.flag("upgrades", "management.auto_upgrade", default=True),
    )


def sql(r: Reader) -> Iterator[Database]:
    """A database server. One that follows another is backed up there."""
    address = r.block("", "settings.ip_configuration")
    mode = address.text("tls_required", "ssl_mode", lower=True)
    strict = address.flag("tls_required", "require_ssl", default=False)
    address.writes("tls_required", "ssl_mode", {True: '"ENCRYPTED_ONLY"'})
    engine = r.text("engine", "database_version", lower=True)
    allowed = tuple(one.text("value", "value") for one in address.blocks("networks", "authorized_networks"))
    for index, one in enumerate(address.view.blocks("authorized_networks")[0]):
        r.place(f"allowed[{index}]", one)
    replica = r.given("", "master_instance_name")
    backup = r.flag("backup_days", "settings.backup_configuration.enabled", default=False)
    r.writes("backup_days", "settings.backup_configuration.enabled", {7: "true"})
    yield replace(
        plain(r.address, engine.partition("_")[0]),
        public=address.flag("public", "ipv4_enabled", default=True),
        allowed=allowed,
        tls_required=strict or mode in ("encrypted_only", "trusted_client_certificate_required"),
        backup_days=None if replica else 7 if backup else 0,
        deletion_protection=r.flag("deletion_protection", "deletion_protection", default=True),
    )


def bucket(r: Reader) -> Iterator[Bucket]:
    """A bucket: always encrypted."""
    prevention = {"enforced": True, "inherited": False, "unspecified": False}
    blocked = r.mapped("access_blocked", "public_access_prevention", prevention, False, False)
    yield Bucket(
        name=r.address,
        access=None,
        access_blocked=blocked,
        website=bool(r.view.blocks("website")[0]),
        encrypted=None,
        customer_key=None,
        versioned=r.flag("versioned", "versioning.enabled", default=False),
        mfa_delete=None,
        logged=_logged(r),
        uniform_access=r.flag("uniform_access", "uniform_bucket_level_access", default=False),
        tls_only=None,
        retained=None,
    )


def _logged(r: Reader) -> bool:
    some = r.has("logged", "logging")
    r.decide("logged", "which bucket should the access logs go to?")
    return some


def key(r: Reader) -> Iterator[Key]:
    """A key. Only those that encrypt with one secret can be rotated."""
    purpose = r.text("", "purpose", "ENCRYPT_DECRYPT", lower=True)
    period = r.text("rotates", "rotation_period").removesuffix("s")
    r.writes("rotates", "rotation_period", {True: '"7776000s"'})
    r.writes("rotation_days", "rotation_period", {365: '"7776000s"'})
    days = int(float(period)) // _DAY if period.replace(".", "", 1).isdigit() else 0
    rotates = bool(period) if purpose == "encrypt_decrypt" else None
    yield Key(name=r.address, rotates=rotates, rotation_days=days, expires=None, enabled=True, protected=None)
