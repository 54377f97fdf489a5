"""Services of Azure of which the same few things are asked: one table says how each of them calls these."""

from collections.abc import Iterator

from ringfence.dataclasses import dataclass, replace
from ringfence.formats.terraform.aws.following import there
from ringfence.formats.terraform.azure.common import (
    customer_key,
    either,
    folded,
    identity,
    is_unknown,
    kept_logs,
    linked,
    lock,
    major,
    names_everybody,
    public,
    service_log,
    tls,
)
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import OFF
from ringfence.models.cloud.analytics import DataCluster, data_cluster
from ringfence.models.cloud.guarding import DeletionLock
from ringfence.models.cloud.managed import ManagedService, ServiceLog, managed_service


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """How a type of resource calls what is asked of all of them; "" where it has no such thing.

    `public` is the switch for the internet, `bounds` are blocks or lists that name who may come in all the same,
    `auth` is the switch for keys of its own, `keys` are where a key of ours stands, `linked` a type that gives it
    one, `tier` the attribute that says how dear it is, `logs` whether its logs are asked for."""

    kind: str
    public: str = "public_network_access_enabled"
    bounds: tuple[str, ...] = ()
    auth: str = ""
    keys: tuple[str, ...] = ()
    linked: tuple[str, str] = ("", "")
    identity: bool = True
    tls: str = ""
    double: str = ""
    purge: str = ""
    tier: str = ""
    logs: bool = False


_SERVICES = {
    "azurerm_ai_foundry": Names(kind="AI service", public="public_network_access", keys=("encryption",)),
    "azurerm_ai_services": Names(
        kind="AI service",
        public="public_network_access",
        bounds=("network_acls",),
        auth="local_authentication_enabled",
        keys=("customer_managed_key",),
    ),
    "azurerm_app_configuration": Names(
        kind="configuration store",
        public="public_network_access",
        auth="local_auth_enabled",
        keys=("encryption.key_vault_key_identifier",),
        purge="purge_protection_enabled",
        tier="sku",
    ),
    "azurerm_automation_account": Names(
        kind="automation account", auth="local_authentication_enabled", keys=("encryption",)
    ),
    "azurerm_bot_service_azure_bot": Names(kind="bot", auth="local_authentication_enabled", identity=False),
    "azurerm_cognitive_account": Names(
        kind="AI service",
        bounds=("network_acls",),
        auth="local_auth_enabled",
        keys=("customer_managed_key",),
        linked=("azurerm_cognitive_account_customer_managed_key", "cognitive_account_id"),
        tier="sku_name",
    ),
    "azurerm_dashboard_grafana": Names(kind="dashboard"),
    "azurerm_data_factory": Names(
        kind="data factory", public="public_network_enabled", keys=("customer_managed_key_id",)
    ),
    "azurerm_data_lake_analytics_account": Names(kind="data analysis", public="", identity=False, logs=True),
    "azurerm_data_protection_backup_vault": Names(
        kind="backup vault",
        public="",
        linked=("azurerm_data_protection_backup_vault_customer_managed_key", "data_protection_backup_vault_id"),
    ),
    "azurerm_databricks_workspace": Names(
        kind="data workspace",
        identity=False,
        keys=("managed_services_cmk_key_vault_key_id", "managed_disk_cmk_key_vault_key_id"),
        linked=("azurerm_databricks_workspace_root_dbfs_customer_managed_key", "workspace_id"),
        double="infrastructure_encryption_enabled",
    ),
    "azurerm_elastic_san_volume_group": Names(kind="disk service", public="", keys=("encryption",), identity=False),
    "azurerm_eventgrid_domain": Names(kind="event grid", bounds=("inbound_ip_rule",), auth="local_auth_enabled"),
    "azurerm_eventgrid_namespace": Names(
        kind="event grid", public="public_network_access", bounds=("inbound_ip_rule",)
    ),
    "azurerm_eventgrid_topic": Names(kind="event grid", bounds=("inbound_ip_rule",), auth="local_auth_enabled"),
    "azurerm_eventhub_namespace": Names(
        kind="event hub",
        logs=True,
        bounds=("network_rulesets",),
        auth="local_authentication_enabled",
        linked=("azurerm_eventhub_namespace_customer_managed_key", "eventhub_namespace_id"),
        tls="minimum_tls_version",
    ),
    "azurerm_healthcare_service": Names(kind="health data service", identity=False),
    "azurerm_iotcentral_application": Names(kind="IoT hub"),
    "azurerm_iothub": Names(
        kind="IoT hub",
        auth="local_authentication_enabled",
        bounds=("network_rule_set",),
        tls="min_tls_version",
        logs=True,
    ),
    "azurerm_iothub_dps": Names(kind="IoT hub", bounds=("ip_filter_rule",), identity=False),
    "azurerm_log_analytics_cluster": Names(
        kind="log cluster",
        public="",
        linked=("azurerm_log_analytics_cluster_customer_managed_key", "log_analytics_cluster_id"),
        identity=False,
    ),
    "azurerm_logic_app_workflow": Names(kind="workflow", public="", identity=False, logs=True),
    "azurerm_machine_learning_compute_cluster": Names(
        kind="machine learning cluster", public="", auth="local_auth_enabled"
    ),
    "azurerm_machine_learning_workspace": Names(kind="machine learning workspace", keys=("encryption",)),
    "azurerm_managed_lustre_file_system": Names(
        kind="file system", public="", keys=("encryption_key",), identity=False
    ),
    "azurerm_monitor_workspace": Names(kind="workspace for metrics", identity=False),
    "azurerm_netapp_account": Names(
        kind="file service",
        public="",
        linked=("azurerm_netapp_account_encryption", "netapp_account_id"),
        identity=False,
    ),
    "azurerm_purview_account": Names(kind="data catalogue", public="public_network_enabled"),
    "azurerm_recovery_services_vault": Names(
        kind="backup vault", keys=("encryption",), double="encryption.infrastructure_encryption_enabled"
    ),
    "azurerm_search_service": Names(
        kind="search service", bounds=("allowed_ips",), auth="local_authentication_enabled", logs=True
    ),
    "azurerm_servicebus_namespace": Names(
        kind="service bus",
        logs=True,
        bounds=("network_rule_set",),
        auth="local_auth_enabled",
        keys=("customer_managed_key",),
        linked=("azurerm_servicebus_namespace_customer_managed_key", "namespace_id"),
        tls="minimum_tls_version",
        double="customer_managed_key.infrastructure_encryption_enabled",
    ),
    "azurerm_signalr_service": Names(kind="message service", auth="local_auth_enabled", tier="sku.name"),
    "azurerm_stream_analytics_job": Names(kind="stream job", public="", logs=True),
    "azurerm_static_web_app": Names(kind="static web app"),
    "azurerm_storage_sync": Names(kind="file synchronisation", public="incoming_traffic_policy", identity=False),
    "azurerm_virtual_desktop_host_pool": Names(kind="virtual desktop", public="public_network_access", identity=False),
    "azurerm_virtual_desktop_workspace": Names(kind="virtual desktop", identity=False),
    "azurerm_web_pubsub": Names(kind="message service", auth="local_auth_enabled", tier="sku"),
}
_WORDS = {"Disabled": False, "Enabled": True, "AllowVirtualNetworksOnly": False, "AllowAllTraffic": True}


def service(r: Reader) -> Iterator[ManagedService | ServiceLog | DataCluster]:
    """A service of the table."""
    names = _SERVICES[r.type]
    yield replace(
        managed_service(r.address, names.kind),
        public=_public(r, names),
        local_auth=r.flag("local_auth", _auth(r, names), default=True) if names.auth else None,
        managed_identity=identity(r) if names.identity else None,
        customer_key=_key(r, names),
        double_encrypted=r.flag("double_encrypted", names.double, default=False) if names.double else None,
        min_tls=_tls(r, names),
        purge_protected=_recoverable(r, names),
        replicated=_replicas(r),
        multi_zone=_zones(r),
        production_tier=_tier(r, names.tier) if names.tier else None,
        egress_limited=_egress(r),
        immutable=_immutable(r),
        elsewhere=_elsewhere(r),
        watched=_watched(r),
        own_network=_own_network(r),
        kept_nodes=_kept_nodes(r),
    )
    if names.logs:
        yield service_log(r, names.kind)
    if r.type == "azurerm_databricks_workspace":
        kept = kept_logs(r, "logged")
        r.decide("logged", "where should the logs go? add an azurerm_monitor_diagnostic_setting")
        yield ServiceLog(name=r.address, kind=names.kind, logged="alllogs" in kept or kept >= _WORK)
        yield _machines(r)


def _machines(r: Reader) -> DataCluster:
    """The machines of a workspace of Databricks: where nothing is said, the provider's versions differ."""
    own = r.block("", "custom_parameters")
    said = there(own, "no_public_ip") is not False
    outside = own.inverted("public", "no_public_ip", default=False) if said else None
    return replace(data_cluster(r.address), public=outside)


#: What people do in a workspace of Databricks, as its logs call it.
_WORK = frozenset("accounts clusters filesystem jobs notebook".split())
_SUBNETS = ("virtual_network_id", "public_subnet_name", "private_subnet_name")


def _own_network(r: Reader) -> bool | None:
    """Whether its machines stand in a network of ours: a workspace of Databricks names that and two parts of it."""
    if r.type != "azurerm_databricks_workspace":
        return None
    answers = [there(r, f"custom_parameters.{one}") for one in _SUBNETS]
    if None in answers or not r.view.blocks("custom_parameters")[1]:
        r.unknown("own_network")
    r.decide("own_network", "which network and subnets should its machines be in? this needs a new workspace")
    return all(answers)


def records(r: Reader) -> Iterator[ManagedService]:
    """A workspace for logs, or what an application tells of itself: each may be written and asked from everywhere."""
    ways = [r.flag("public", f"internet_{one}_enabled", default=True) for one in ("ingestion", "query")]
    for one in ("ingestion", "query"):
        if r.view.find(f"internet_{one}_enabled").value in (True, "true", None):
            r.place_of("public", r.view.find(f"internet_{one}_enabled"))
    r.decide("public", "which network is it used from? turn internet_ingestion_enabled and internet_query_enabled off")
    older = not r.view.find("local_authentication_enabled").there
    auth = "local_authentication_disabled" if older else "local_authentication_enabled"
    local = r.inverted("local_auth", auth, default=True) if older else r.flag("local_auth", auth, default=True)
    yield replace(managed_service(r.address, "log workspace"), public=any(ways), local_auth=local)


def container_environment(r: Reader) -> Iterator[ManagedService]:
    """Where container apps run."""
    inside = r.given("own_network", "infrastructure_subnet_id")
    r.decide("own_network", "which subnet should it be in? this needs a new environment")
    reached = not r.flag("public", "internal_load_balancer_enabled", default=False)
    r.decide("public", "must its apps be public? an internal load balancer needs a new environment")
    zones = r.flag("multi_zone", "zone_redundancy_enabled", default=False)
    r.decide("multi_zone", "should it be in more than one zone? this needs a new environment")
    yield replace(
        managed_service(r.address, "container environment"), own_network=inside, public=reached, multi_zone=zones
    )


def spring(r: Reader) -> Iterator[ManagedService]:
    """A service that runs applications of Spring."""
    inside = r.block("", "network").given("own_network", "service_runtime_subnet_id")
    r.decide("own_network", "which subnets should it be in? this needs a new service")
    yield replace(managed_service(r.address, "Spring service"), own_network=inside)


def group(r: Reader) -> Iterator[DeletionLock]:
    """A group of resources."""
    yield lock(r, "group of resources")


#: How attributes say that a service is for trials.
_TRIALS = ("free", "dev", "f0", "f1", "d1", "b1", "b2", "b3", "shared", "basic")


def _tier(r: Reader, attribute: str) -> bool:
    """Whether it is on a tier that is made for use; the cheapest where nothing is said."""
    kind = folded(r, attribute)
    if is_unknown(r, attribute):
        r.unknown("production_tier")
    r.place_of("production_tier", r.view.find(attribute))
    r.decide("production_tier", "is it used in production? then which tier should it use?")
    return not kind.startswith(_TRIALS) if kind else r.type != "azurerm_app_configuration"


def _recoverable(r: Reader, names: Names) -> bool | None:
    """Whether what was deleted can be had again; vaults of copies can do that unless it is turned off."""
    if r.type == "azurerm_recovery_services_vault":
        return r.flag("purge_protected", "soft_delete_enabled", default=True)
    if r.type == "azurerm_data_protection_backup_vault":
        words = {"On": True, "AlwaysOn": True, "Off": False}
        return r.mapped("purge_protected", "soft_delete", words, True, True)
    return r.flag("purge_protected", names.purge, default=False) if names.purge else None


def _immutable(r: Reader) -> bool | None:
    """Whether nobody can delete copies before their time; None for what holds none."""
    if not r.type.endswith(("_recovery_services_vault", "_data_protection_backup_vault")):
        return None
    words = {"Unlocked": True, "Locked": True, "Disabled": False}
    return r.mapped("immutable", "immutability", words, False, False)


#: Where vaults of copies say how these are kept.
_KEPT = {
    "azurerm_recovery_services_vault": ("storage_mode_type", "georedundant"),
    "azurerm_data_protection_backup_vault": ("redundancy", ""),
}


def _elsewhere(r: Reader) -> bool | None:
    """Whether copies that lie in two regions can be had in the other one; None where they lie in one, or are none."""
    if r.type not in _KEPT:
        return None
    attribute, default = _KEPT[r.type]
    r.rests_on(attribute, "elsewhere")
    if (folded(r, attribute) or default) != "georedundant":
        return None
    return r.flag("elsewhere", "cross_region_restore_enabled", default=False)


def _watched(r: Reader) -> bool | None:
    """Whether a solution looks for attacks on a hub of things; other services are watched by plans."""
    if r.type != "azurerm_iothub":
        return None
    r.decide("watched", "which workspace should the findings go to? add an azurerm_iot_security_solution")
    return bool(linked(r, "watched", "azurerm_iot_security_solution", "iothub_ids"))


def _egress(r: Reader) -> bool | None:
    """Whether a model that is called sends data only to named hosts; other services of AI have no such risk."""
    if r.type != "azurerm_cognitive_account" or folded(r, "kind") != "openai":
        return None
    bounded = r.flag("egress_limited", "outbound_network_access_restricted", default=False)
    r.decide("egress_limited", "which hosts may it send data to? list them in fqdns")
    return bounded and r.given("egress_limited", "fqdns")


def _kept_nodes(r: Reader) -> int | None:
    """How many machines of a cluster for machine learning run though nobody uses them."""
    if r.type != "azurerm_machine_learning_compute_cluster":
        return None
    return r.number("kept_nodes", "scale_settings.min_node_count", 0)


def _auth(r: Reader, names: Names) -> str:
    return either(r, names.auth, "local_auth_enabled", "local_authentication_enabled")


def _public(r: Reader, names: Names) -> bool | None:
    """Whether the internet reaches it; not where rules name who may come in and the rest is refused."""
    if not names.public:
        return None
    if names.public in ("public_network_access", "incoming_traffic_policy"):
        value = r.mapped("public", names.public, _WORDS, True, True)
        word = "AllowVirtualNetworksOnly" if names.public == "incoming_traffic_policy" else "Disabled"
        r.writes("public", names.public, {False: f'"{word}"'})
    else:
        value = public(r, "public", names.public)
    return value and not any(_bounded(r, one) for one in names.bounds)


def _bounded(r: Reader, bound: str) -> bool:
    """A list or block that names who may come in. One with a default for the rest must deny that."""
    some, known = r.view.blocks(bound)
    answer = there(r, bound)
    if answer is None or not known:
        r.unknown("public")
    if not some:
        return bool(answer) and not names_everybody(r, bound)
    r.rests_on(f"{bound}.default_action", "public")
    default = some[0].find("default_action")
    if not default.there:
        return default.known and bound != "network_rule_set"
    return isinstance(default.value, str) and default.value.lower() == "deny"


def _key(r: Reader, names: Names) -> bool | None:
    kind, by = names.linked
    if not names.keys and not kind:
        return None
    if kind and r.linked(kind, by):
        return True
    if kind and r.links_unknown(kind, by):
        r.unknown("customer_key")
    if r.type == "azurerm_databricks_workspace" and folded(r, "sku") in ("standard", "trial"):
        return None
    found = customer_key(r, *names.keys)
    switch = names.keys[0] if names.keys and names.keys[0].endswith("_enabled") else ""
    return found and not (switch and r.view.find(switch).value in OFF and len(names.keys) == 1)


def _tls(r: Reader, names: Names) -> str | None:
    """Before version 4 old versions of TLS were taken where nothing was said, but for hubs, which take no word for
    that."""
    if not names.tls:
        return None
    if r.type == "azurerm_iothub" and there(r, names.tls) is False:
        return None
    return tls(r, "min_tls", names.tls, "1.0" if major(r) < 3 else "1.2")


def _replicas(r: Reader) -> bool | None:
    """Whether a search service runs more than once: with two it answers while one is brought up to date. A store of
    settings has copies; only the kind that is paid can."""
    if r.type == "azurerm_app_configuration":
        copied = r.has("replicated", "replica")
        r.decide("replicated", "which region should have a replica?")
        r.rests_on("sku", "replicated")
        return copied if folded(r, "sku") != "free" else None
    if r.type != "azurerm_search_service":
        return None
    if is_unknown(r, "replica_count"):
        r.unknown("replicated")
    count = r.number("replicated", "replica_count", 1)
    r.writes("replicated", "replica_count", {True: "2"})
    return count > 1


def _zones(r: Reader) -> bool | None:
    """Whether a bus or hub is in more than one zone: since version 4 each is where there are some."""
    if r.type not in ("azurerm_eventhub_namespace", "azurerm_servicebus_namespace"):
        return None
    if not r.view.find("zone_redundant").there and major(r) > 3:
        return None
    return r.flag("multi_zone", "zone_redundant", default=False)


#: Kinds of plans that run nothing of ours alone, or only when it is called.
_SHARED = ("y", "fc", "f1", "d1", "free", "shared", "dynamic")
_ZONED = ("p", "i", "ws")


def plan(r: Reader) -> Iterator[ManagedService]:
    """Machines that applications run on."""
    older = r.type == "azurerm_app_service_plan"
    kind, count = ("sku.tier", "sku.capacity") if older else ("sku_name", "worker_count")
    size = folded(r, kind)
    zones = r.flag("multi_zone", "zone_redundant" if older else "zone_balancing_enabled", default=False)
    workers = r.number("replicated", count, 1)
    r.writes("replicated", count, {True: "2"})
    if is_unknown(r, kind):
        r.unknown("multi_zone")
        r.unknown("replicated")
    if not size.startswith(_ZONED):
        r.decide("multi_zone", "which plan should it use? only premium and isolated plans support zones")
    shared = size.startswith(_SHARED)
    yield replace(
        managed_service(r.address, "app plan"),
        multi_zone=None if shared else zones,
        production_tier=True if size.startswith(("y", "fc", "dynamic")) else _tier(r, kind),
        replicated=None if shared or _scales(r, size) else workers > 1,
    )


def _scales(r: Reader, size: str) -> bool:
    """Whether it grows by itself: an elastic plan, or one with a setting that says so."""
    setting, by = "azurerm_monitor_autoscale_setting", "target_resource_id"
    if r.links_unknown(setting, by):
        r.unknown("replicated")
    elastic = size.startswith(("e", "ws")) or there(r, "maximum_elastic_worker_count") is not False
    return elastic or bool(r.linked(setting, by))


def environment(r: Reader) -> Iterator[ManagedService]:
    """A place of our own for such machines."""
    zones = r.flag("multi_zone", "zone_redundant", default=False)
    yield replace(managed_service(r.address, "app environment"), multi_zone=zones)
