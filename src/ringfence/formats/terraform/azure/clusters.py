"""What runs containers in Azure: Kubernetes clusters and their nodes, registries, groups, batches, Service Fabric."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.aws.following import there
from ringfence.formats.terraform.azure.common import (
    customer_key,
    diagnosed,
    either,
    folded,
    identity,
    kept_logs,
    limited,
    lock,
    major,
    public,
    service_log,
)
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.containers import (
    ContainerService,
    KubernetesCluster,
    NodePool,
    Registry,
    TaskContainer,
    TaskDefinition,
    kubernetes_cluster,
    node_pool,
)
from ringfence.models.cloud.containers import registry as plain_registry
from ringfence.models.cloud.guarding import DeletionLock
from ringfence.models.cloud.managed import ManagedService, ServiceCluster, ServiceLog, managed_service

_RANGES = ("api_server_access_profile.authorized_ip_ranges", "api_server_authorized_ip_ranges")
_PAID = {"Standard": True, "Premium": True, "Paid": True, "Free": False}


def cluster(r: Reader) -> Iterator[KubernetesCluster | NodePool | ManagedService]:
    """A cluster of AKS, and the nodes that it comes with."""
    hidden = r.flag("public_endpoint", "private_cluster_enabled", default=False)
    r.decide("public_endpoint", "make the cluster private, or restrict who reaches its API server")
    groups = ("azure_active_directory_role_based_access_control", "role_based_access_control.azure_active_directory")
    yield replace(
        kubernetes_cluster(r.address),
        version=r.text("version", "kubernetes_version"),
        public_endpoint=not hidden,
        endpoint_ranges=_ranges(r, hidden=hidden),
        secrets_encrypted=None,  # Azure encrypts the state of its clusters by itself
        rbac=_roles(r),
        local_accounts=r.inverted("local_accounts", "local_account_disabled", default=True),
        directory_login=any(r.has("directory_login", one) for one in groups),
        network_policy=_enforced(r),
        vpc_native=_vpc_native(r),
        logging=_logged(r),
        run_command=r.flag("run_command", "run_command_enabled", default=True),
        disks_customer_key=customer_key(r, "disk_encryption_set_id", field="disks_customer_key"),
        upgrades=_upgraded(r),
        paid_tier=r.mapped("paid_tier", "sku_tier", _PAID, False, False),
        policy_addon=r.flag("policy_addon", either(r, "azure_policy_enabled", _ADDON.format("azure_policy")), False),
        dashboard=r.flag("dashboard", _ADDON.format("kube_dashboard"), default=False),
        http_routing=_http_routing(r),
        secret_rotation=_rotated(r),
        threat_detection=_watched(r),
        audit_logged=_audited(r),
    )
    yield replace(managed_service(r.address, "cluster"), managed_identity=identity(r))
    yield _first_pool(r.block("", "default_node_pool"))


_ADDON = "addon_profile.{}.enabled"


def _enforced(r: Reader) -> bool:
    """Whether policies for the network are enforced, by an engine that there is."""
    value = _given(
        r, "network_policy", "network_profile.network_policy", "which engine should enforce network policies?"
    )
    return value and folded(r, "network_profile.network_policy") in ("", "azure", "calico", "cilium")


def _given(r: Reader, field: str, attribute: str, question: str) -> bool:
    value = r.given(field, attribute)
    r.decide(field, question)
    return value


def _ranges(r: Reader, *, hidden: bool) -> tuple[str, ...]:
    """Who reaches the API server: everybody where nothing is said."""
    for attribute in _RANGES:
        if there(r, attribute) is not False or not r.view.find(attribute).known:
            r.decide("endpoint_ranges", "which addresses need the API server?")
            return r.texts("endpoint_ranges", attribute)
    r.decide("endpoint_ranges", "which addresses need the API server?")
    return () if hidden else ("0.0.0.0/0",)


def _roles(r: Reader) -> bool:
    """Whether roles decide. In version 2 that was a block, and off where it was missing."""
    if r.view.blocks("role_based_access_control")[0]:
        return r.flag("rbac", "role_based_access_control.enabled", default=True)
    name = either(r, "role_based_access_control_enabled", "role_based_access_control")
    return r.flag("rbac", name, default=major(r) > 2)


def _vpc_native(r: Reader) -> bool:
    value = r.mapped("vpc_native", "network_profile.network_plugin", {"azure": True, "kubenet": False}, False, True)
    r.decide("vpc_native", "another network plugin needs a new cluster")
    return value


def _logged(r: Reader) -> bool:
    """Whether what containers and the control plane write goes to a workspace."""
    if r.has("logging", "oms_agent") or diagnosed(r, "logging"):
        return True
    value = r.flag("logging", _ADDON.format("oms_agent"), default=False)
    r.decide("logging", "which workspace should the logs go to? add an oms_agent block")
    return value


def _upgraded(r: Reader) -> bool:
    name = either(r, "automatic_upgrade_channel", "automatic_channel_upgrade")
    value = r.given("upgrades", name) and folded(r, name) != "none"
    r.writes("upgrades", name, {True: '"patch"'})
    return value


def _rotated(r: Reader) -> bool | None:
    if not r.view.blocks("key_vault_secrets_provider")[0]:
        return None
    return r.flag("secret_rotation", "key_vault_secrets_provider.secret_rotation_enabled", default=False)


def _watched(r: Reader) -> bool:
    watched = r.has("threat_detection", "microsoft_defender")
    r.decide("threat_detection", "which workspace should the findings go to? add a microsoft_defender block")
    return watched


_AUDITS = ("kube-audit", "kube-audit-admin", "audit", "alllogs")


def _audited(r: Reader) -> bool:
    """Whether a diagnostic setting keeps who did what through the API server."""
    r.decide("audit_logged", "where should the kube-audit-admin log go? add an azurerm_monitor_diagnostic_setting")
    return any(one in _AUDITS for one in kept_logs(r, "audit_logged"))


def _http_routing(r: Reader) -> bool:
    name = either(r, "http_application_routing_enabled", _ADDON.format("http_application_routing"))
    return r.flag("http_routing", name, default=False)


def openshift(r: Reader) -> Iterator[KubernetesCluster | NodePool]:
    """A cluster of OpenShift, and its nodes."""
    reached = r.mapped(
        "public_endpoint", "api_server_profile.visibility", {"Public": True, "Private": False}, True, True
    )
    r.decide("public_endpoint", "which network is its API server used from? this needs a new cluster")
    key = customer_key(r, "worker_profile.disk_encryption_set_id", field="disks_customer_key")
    yield replace(kubernetes_cluster(r.address), public_endpoint=reached, disks_customer_key=key)
    host = "worker_profile.encryption_at_host_enabled"
    yield replace(node_pool(r.address), host_encrypted=r.flag("host_encrypted", host, default=False))


def nodes(r: Reader) -> Iterator[NodePool]:
    """More nodes of a cluster."""
    yield _pool(r)


def _pool(r: Reader) -> NodePool:
    addresses = either(r, "node_public_ip_enabled", "enable_node_public_ip")
    host = either(r, "host_encryption_enabled", "enable_host_encryption")
    ephemeral = r.mapped("ephemeral_disk", "os_disk_type", {"Ephemeral": True, "Managed": False}, False, False)
    return replace(
        node_pool(r.address),
        public_nodes=r.flag("public_nodes", addresses, default=False),
        host_encrypted=r.flag("host_encrypted", host, default=False),
        ephemeral_disk=ephemeral,
    )


def _first_pool(r: Reader) -> NodePool:
    """The pool that a cluster comes with: it runs what the cluster needs."""
    kinds = {"VirtualMachineScaleSets": True, "AvailabilitySet": False}
    only = r.flag("system_only", "only_critical_addons_enabled", default=False)
    r.decide("system_only", "is there another pool for your own pods?")
    sets = r.mapped("scale_set", "type", kinds, True, True)
    r.decide("scale_set", "when can the cluster be recreated?")
    return replace(_pool(r), system_only=only, scale_set=sets)


def registry(r: Reader) -> Iterator[Registry | DeletionLock]:
    """A registry of images. What only the dearest kind has is not asked of the others."""
    premium = folded(r, "sku") not in ("basic", "standard", "classic")
    r.rests_on("sku", "quarantine", "trust", "retention", "replicated", "multi_zone", "data_endpoints", "export")
    r.rests_on("sku", "customer_key")
    yield replace(
        plain_registry(r.address),
        admin_account=r.flag("admin_account", "admin_enabled", default=False),
        public=_registry_public(r),
        anonymous_pull=r.flag("anonymous_pull", "anonymous_pull_enabled", default=False),
        quarantine=_premium(r, premium, "quarantine", "quarantine_policy_enabled"),
        trust=_premium(r, premium, "trust", either(r, "trust_policy_enabled", "trust_policy.enabled")),
        retention=_retained(r) if premium or r.view.blocks("retention_policy")[0] else None,
        replicated=_replicated(r) if premium else None,
        multi_zone=_zones(r) if premium else None,
        data_endpoints=_premium(r, premium, "data_endpoints", "data_endpoint_enabled"),
        export=r.flag("export", "export_policy_enabled", default=True) if premium else None,
        customer_key=customer_key(r, "encryption") if premium else None,
    )
    yield lock(r, "registry")


def _premium(r: Reader, premium: bool, field: str, attribute: str) -> bool | None:
    """What only the dearest kind has; of the others only where they say that they do not."""
    return r.flag(field, attribute, default=False) if premium or there(r, attribute) else None


def _zones(r: Reader) -> bool:
    """Whether it outlives a zone wherever it is."""
    own = r.flag("multi_zone", "zone_redundancy_enabled", default=False)
    places, known = r.view.blocks("georeplications")
    if not known:
        r.unknown("multi_zone")
    for view in places:
        if not r.below("", view).flag("multi_zone", "zone_redundancy_enabled", default=False):
            r.place("multi_zone", view)
            r.decide("multi_zone", "should its replicas be in more than one zone too? each one sets this")
            return False
    return own


def _registry_public(r: Reader) -> bool:
    answer = public(r)
    closed = r.mapped("public", "network_rule_set.default_action", {"Deny": True, "Allow": False}, False, False)
    r.writes("public", "public_network_access_enabled", {False: "false"})
    return answer and not closed


def _retained(r: Reader) -> bool:
    if r.view.blocks("retention_policy")[0]:
        return r.flag("retention", "retention_policy.enabled", default=False)
    value = r.given("retention", "retention_policy_in_days") and r.number("", "retention_policy_in_days", 1) > 0
    r.writes("retention", "retention_policy_in_days", {True: "30"})
    return value


def _replicated(r: Reader) -> bool:
    some = r.has("replicated", "georeplications") or _given(
        r, "replicated", "georeplication_locations", "which other regions should it be in?"
    )
    r.decide("replicated", "which other regions should it be in?")
    return some


def group(r: Reader) -> Iterator[TaskDefinition]:
    """Containers that run together. Their address is public where nothing is said."""
    kinds = {"Public": True, "Private": False, "None": False}
    inside = r.given("public", either(r, "subnet_ids", "network_profile_id"))
    reached = r.mapped("public", "ip_address_type", kinds, not inside, True)
    r.decide("public", "which subnet is it used from?")
    yield TaskDefinition(
        name=r.address,
        network_mode=None,
        process_mode=None,
        ipc_mode=None,
        public=reached,
        customer_key=customer_key(r, "key_vault_key_id"),
        managed_identity=identity(r),
        shared_role=None,
        containers=tuple(_container(one) for one in r.blocks("containers", "container")),
        volumes=(),
    )


def _container(r: Reader) -> TaskContainer:
    return TaskContainer(
        name=r.text("name", "name"),
        privileged=r.flag("privileged", "security.privilege_enabled", default=False),
        read_only_root=None,
        user=None,
        variables=_variables(r),
        logging=None,
    )


def _variables(r: Reader) -> tuple[tuple[str, str], ...]:
    """What it is told in plain text, as far as it is known."""
    held = r.view.find("environment_variables")
    if not isinstance(held.value, dict):
        return ()
    some = [(name, value) for name, value in held.value.items() if isinstance(value, str)]
    for index in range(len(some)):
        r.place_of(f"variables[{index}]", held)
    return tuple(some)


def batch(r: Reader) -> Iterator[ContainerService | ServiceLog]:
    """An account of the batch service."""
    answer = public(r) and not limited(r, "public", "network_profile.account_access")
    r.decide("public", "which network is it used from?")
    yield ContainerService(
        name=r.address,
        public_addresses=None,
        public=answer,
        latest_platform=None,
        customer_key=customer_key(r, "encryption", "key_vault_reference"),
    )
    yield service_log(r, "batch account")


def fabric(r: Reader) -> Iterator[ServiceCluster]:
    """A cluster of Service Fabric. Its nodes' talk is sealed where a parameter of that name says so."""
    sealed = False
    some, known = r.view.blocks("fabric_settings")
    if not known:
        r.unknown("sealed")
    for view in some:
        name = view.find("name")
        if isinstance(name.value, Unknown):
            r.unknown("sealed")
        if name.value == "Security":
            parameters = view.find("parameters")
            level = parameters.value.get("ClusterProtectionLevel") if isinstance(parameters.value, dict) else None
            r.place_of("sealed", parameters)
            sealed = sealed or level == "EncryptAndSign"
            if isinstance(level, Unknown) or not isinstance(parameters.value, dict):
                r.unknown("sealed")
    r.decide("sealed", "add a Security setting with ClusterProtectionLevel = EncryptAndSign")
    login = r.given("directory_login", "azure_active_directory.tenant_id")
    r.decide("directory_login", "which directory applications represent the cluster and its clients?")
    yield ServiceCluster(name=r.address, directory_login=login, sealed=sealed)
