"""Clusters of GKE and their nodes. An autopilot's nodes and most of its switches are Google's."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.aws.following import followed, said
from ringfence.formats.terraform.google.common import customer_key, is_newer, is_said, switch
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import ON
from ringfence.formats.terraform.view import View
from ringfence.models.cloud.containers import KubernetesCluster, NodePool, kubernetes_cluster, node_pool

_ADDRESSED = "control_plane_endpoints_config.ip_endpoints_config.enabled"
_KUBELET = "insecure_kubelet_readonly_port_enabled"
_KUBELETS = (
    f"node_pool_defaults.node_config_defaults.{_KUBELET}",
    f"node_pool_auto_config.node_kubelet_config.{_KUBELET}",
)
_POOLS = ("workload_identity_config.workload_pool", "workload_identity_config.identity_namespace")


def cluster(r: Reader) -> Iterator[KubernetesCluster | NodePool]:
    """A cluster, and its own pools of nodes, or the one that it comes with unless that is removed at once."""
    auto = r.flag("", "enable_autopilot", default=False)
    r.rests_on("enable_autopilot", *_CHOSEN)
    found = _of_every_cluster(r)
    for field, question in _QUESTIONS.items():
        r.decide(field, question)
    yield found if auto else _with_own_nodes(r, found)
    if not auto:
        yield from _pools_of(r)


def _of_every_cluster(r: Reader) -> KubernetesCluster:
    """What is said of an autopilot, too."""
    private = r.block("", "private_cluster_config")
    named_only = not r.flag("", _ADDRESSED, default=True)
    r.rests_on(_ADDRESSED, "public_endpoint", "endpoint_ranges")
    hidden = private.flag("public_endpoint", "enable_private_endpoint", default=False) or named_only
    certificate = "master_auth.client_certificate_config.issue_client_certificate"
    return replace(
        kubernetes_cluster(r.address),
        version=r.text("version", "min_master_version") or r.text("version", "node_version"),
        public_endpoint=not hidden,
        endpoint_ranges=_ranges(r, hidden=hidden),
        private_nodes=private.flag("private_nodes", "enable_private_nodes", default=False),
        legacy_authorization=r.flag("legacy_authorization", "enable_legacy_abac", default=False),
        basic_auth=r.given("basic_auth", "master_auth.username"),
        client_certificates=r.flag("client_certificates", certificate, default=False),
        deletion_protection=r.flag("deletion_protection", "deletion_protection", default=True),
        secrets_encrypted=_secrets(r),
        logging=_kept(r, "logging"),
        monitoring=_kept(r, "monitoring"),
        binary_authorization=_signed(r),
        directory_groups=r.has("directory_groups", "authenticator_groups_config"),
        labelled=r.given("labelled", "resource_labels"),
        alpha=r.flag("alpha", "enable_kubernetes_alpha", default=False),
        open_kubelets=_open(r, *_KUBELETS),
        own_pools=_own_pools(r),
    )


def _with_own_nodes(r: Reader, found: KubernetesCluster) -> KubernetesCluster:
    """What only who runs the nodes can choose."""
    return replace(
        found,
        vpc_native=_native(r),
        intranode_visibility=r.flag("intranode_visibility", "enable_intranode_visibility", default=False),
        workload_identity=_identities(r),
        network_policy=_policy(r),
        shielded_nodes=r.flag("shielded_nodes", "enable_shielded_nodes", default=True),
        release_channel=_channel(r),
        security_posture=_watched(r),
        image_scans=_scanned(r),
        dashboard=r.inverted("dashboard", "addons_config.kubernetes_dashboard.disabled", default=False),
    )


def _pools_of(r: Reader) -> Iterator[NodePool]:
    """The pools of nodes that stand in a cluster, or the one that it comes with."""
    unsaid = any(
        isinstance(r.view.find(one).value, Unknown) for one in ("enable_autopilot", "remove_default_node_pool")
    )
    kept = not unsaid and not r.flag("", "remove_default_node_pool", default=False)
    pools, known = r.view.blocks("node_pool")
    if not pools and known and kept:
        yield _pool(r, hosting=[r])
    for view in pools:
        if kept or not _may_be_first(view):
            yield _managed(r.below("", view), hosting=[r])


def _own_pools(r: Reader) -> bool:
    """Whether pools stand in it, but for the one that it comes with where that is removed at once."""
    pools, known = r.view.blocks("node_pool")
    removed = r.view.find("remove_default_node_pool").value
    gone = removed in ON
    stays = pools if removed in (None, False, "false") else [one for one in pools if not _may_be_first(one)]
    if stays:
        r.place("own_pools", stays[0])
    elif not known or any(not gone or one.find("name").value != "default-pool" for one in pools):
        r.unknown("own_pools")
    return bool(stays)


def _may_be_first(pool: View) -> bool:
    """Whether a pool is, or may be, the one that a cluster comes with."""
    name = pool.find("name").value
    return isinstance(name, Unknown) or name == "default-pool"


#: What Google chooses where it runs the nodes, too.
_CHOSEN = (
    "vpc_native",
    "intranode_visibility",
    "workload_identity",
    "network_policy",
    "shielded_nodes",
    "release_channel",
    "security_posture",
    "image_scans",
    "dashboard",
)


_QUESTIONS = {
    "endpoint_ranges": "which addresses need the API server?",
    "public_endpoint": "make its endpoint private, or bound who reaches it",
    "private_nodes": "nodes without public addresses need a new cluster and a NAT",
    "secrets_encrypted": "which key should encrypt the secrets? add database_encryption",
    "workload_identity": "add workload_identity_config with the project's pool",
    "own_pools": "when can it be recreated, with its pools as google_container_node_pool?",
    "directory_groups": "which directory group holds the people who get permissions?",
}


def _identities(r: Reader) -> bool:
    if not r.view.blocks("workload_identity_config")[1]:
        r.unknown("workload_identity")
    return any(r.given("workload_identity", one) for one in _POOLS)


def _ranges(r: Reader, *, hidden: bool) -> tuple[str, ...]:
    networks, known = r.view.blocks("master_authorized_networks_config")
    outer = r.block("", "master_authorized_networks_config")
    ranges = tuple(one.text("endpoint_ranges", "cidr_block") for one in outer.blocks("endpoint_ranges", "cidr_blocks"))
    if not known:
        r.unknown("endpoint_ranges")
    return ranges if networks or hidden else ("0.0.0.0/0",)


def _secrets(r: Reader) -> bool:
    return r.mapped("secrets_encrypted", "database_encryption.state", {"ENCRYPTED": True}, False, False)


def _kept(r: Reader, what: str) -> bool:
    """Whether logs or metrics go anywhere: they do unless a word, or an empty list, says otherwise. The older service
    is named without Kubernetes, and no longer takes any."""
    components = r.view.find(f"{what}_config.enable_components")
    if components.there and components.value == []:
        r.place_of(what, components)
        r.decide(what, "which components should it be for?")
        return False
    value = r.mapped(what, f"{what}_service", {"none": False, f"{what}.googleapis.com": False}, True, True)
    r.writes(what, f"{what}_service", {True: f'"{what}.googleapis.com/kubernetes"'})
    return value


def _signed(r: Reader) -> bool:
    if r.flag("binary_authorization", "enable_binary_authorization", default=False):
        return True
    modes = {"DISABLED": False, "EVALUATION_MODE_UNSPECIFIED": False}
    value = r.mapped("binary_authorization", "binary_authorization.evaluation_mode", modes, False, True)
    r.decide("binary_authorization", "who signs the images? add binary_authorization")
    return value


def _native(r: Reader) -> bool:
    if r.view.blocks("ip_allocation_policy")[0]:
        return True
    modes = {"ROUTES": False, "VPC_NATIVE": True}
    value = r.mapped("vpc_native", "networking_mode", modes, is_newer(r), True)
    if not r.view.blocks("ip_allocation_policy")[1]:
        r.unknown("vpc_native")
    r.decide("vpc_native", "another network mode needs a new cluster")
    return value


def _open(r: Reader, *attributes: str) -> bool:
    """Whether any of these says that kubelets answer without a login: Google's own word is no."""
    said_so = [one for one in attributes if r.text("", one, lower=True) == "true"]
    return r.mapped("open_kubelets", (said_so or attributes)[0], {"TRUE": True, "FALSE": False}, False, False)


def _policy(r: Reader) -> bool:
    """Calico, or the newer data plane, which always has it."""
    new = r.text("", "datapath_provider", lower=True) == "advanced_datapath"
    r.rests_on("datapath_provider", "network_policy")
    return new or r.flag("network_policy", "network_policy.enabled", default=False)


def _channel(r: Reader) -> bool:
    value = r.mapped("release_channel", "release_channel.channel", {"UNSPECIFIED": False}, False, True)
    r.decide("release_channel", "which channel should it follow?")
    return value


def _watched(r: Reader) -> bool:
    modes = {"BASIC": True, "ENTERPRISE": True, "DISABLED": False, "MODE_UNSPECIFIED": False}
    return r.mapped("security_posture", "security_posture_config.mode", modes, False, True)


def _scanned(r: Reader) -> bool:
    modes = {"VULNERABILITY_BASIC": True, "VULNERABILITY_ENTERPRISE": True}
    return r.mapped("image_scans", "security_posture_config.vulnerability_mode", modes, False, False)


def nodes(r: Reader) -> Iterator[NodePool]:
    """A pool of nodes."""
    yield _managed(r, hosting=followed(r, "cluster", "google_container_cluster", "name"))


def _managed(r: Reader, hosting: list[Reader]) -> NodePool:
    """A pool that says how it is kept up."""
    return replace(
        _pool(r, hosting),
        repairs=r.flag("repairs", "management.auto_repair", default=is_newer(r)),
        upgrades=r.flag("upgrades", "management.auto_upgrade", default=is_newer(r)),
    )


def _pool(r: Reader, hosting: list[Reader]) -> NodePool:
    """What nodes are; `hosting` is their cluster, where the module has it."""
    node = r.block("", "node_config")
    shield = "shielded_instance_config"
    account = node.text("service_account", "service_account")
    sandboxed = node.has("sandboxed", "sandbox_config")
    node.decide("sandboxed", "does it run untrusted code? then it needs a new pool with a sandbox_config")
    node.decide("service_account", "which service account with few permissions should the nodes use?")
    return replace(
        node_pool(r.address),
        image=node.text("image", "image_type", lower=True),
        secure_boot=node.flag("secure_boot", f"{shield}.enable_secure_boot", default=False),
        integrity_monitoring=node.flag("integrity_monitoring", f"{shield}.enable_integrity_monitoring", default=True),
        metadata_protected=_metadata(r, node, hosting),
        legacy_metadata=_legacy(node),
        open_kubelets=_open(node, f"kubelet_config.{_KUBELET}"),
        sandboxed=sandboxed,
        service_account="" if account == "default" else account,
        customer_key=customer_key(node, "boot_disk_kms_key"),
    )


_MODES = {"GKE_METADATA": True, "GKE_METADATA_SERVER": True, "SECURE": True}


def _metadata(r: Reader, node: Reader, hosting: list[Reader]) -> bool:
    """Where nothing is said, pods see the node's own unless the cluster gives them identities."""
    name = "mode" if node.view.find("workload_metadata_config.mode").there else "node_metadata"
    attribute = f"workload_metadata_config.{name}"
    value = node.mapped("metadata_protected", attribute, _MODES, False, False)
    node.decide("metadata_protected", "set the mode to GKE_METADATA, and give pods identities of their own")
    if node.view.find(attribute).there:
        return value
    if not hosting and isinstance(r.view.find("cluster").value, Unknown):
        r.unknown("metadata_protected")
    if not all(one.view.blocks("workload_identity_config")[1] for one in hosting):
        r.unknown("metadata_protected")
    return value or any(bool(said(one, path)) or _refers(one, path) for one in hosting for path in _POOLS)


def _refers(r: Reader, path: str) -> bool:
    found = r.view.find(path)
    return found.there and isinstance(found.value, Unknown)


def _legacy(node: Reader) -> bool | None:
    if not is_said(node, "disable-legacy-endpoints"):
        return False
    off = switch(node, "legacy_metadata", "disable-legacy-endpoints")
    node.decide("legacy_metadata", "set disable-legacy-endpoints to true")
    return None if off is None else not off
