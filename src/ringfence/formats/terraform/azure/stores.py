"""Data services of Azure beside SQL: Cosmos DB, Redis, Data Explorer, Synapse."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.terraform.azure.common import (
    customer_key,
    diagnosed,
    either,
    endpoint,
    folded,
    identity,
    is_unknown,
    linked,
    major,
    public,
    scanned,
    tls,
)
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.analytics import DataCluster, data_cluster
from ringfence.models.cloud.database import Database
from ringfence.models.cloud.database import database as plain
from ringfence.models.cloud.guarding import PrivateLink
from ringfence.models.cloud.managed import ManagedService, ServiceLog, managed_service


def cosmos(r: Reader) -> Iterator[Database | PrivateLink]:
    """An account of Cosmos DB: filters of addresses or networks bound who reaches it."""
    places, known = r.view.blocks("geo_location")
    if not known:
        r.unknown("multi_zone")
    spread = len(places) > 1 or any(r.below("", one).flag("multi_zone", "zone_redundant", False) for one in places)
    r.decide("multi_zone", "can it be in a region with zones? then add zone_redundant, or a second location")
    yield replace(
        plain(r.address, "cosmosdb"),
        public=public(r) and not _filtered(r),
        min_tls=tls(r, "min_tls", "minimal_tls_version", "1.2", style="Tls12"),
        local_auth=_keys(r),
        key_writes=r.flag("key_writes", "access_key_metadata_writes_enabled", default=True),
        customer_key=customer_key(r, "key_vault_key_id", "managed_hsm_key_id"),
        multi_zone=spread if places or not known else None,
    )
    yield endpoint(r, "database")


def _filtered(r: Reader) -> bool:
    """Whether it names the addresses or networks that may connect."""
    addresses = r.view.find("ip_range_filter")
    for attribute in ("ip_range_filter", "is_virtual_network_filter_enabled"):
        if is_unknown(r, attribute):
            r.unknown("public")
    networks = r.flag("", "is_virtual_network_filter_enabled", default=False)
    return networks or (addresses.there and addresses.value not in ("", []))


def _keys(r: Reader) -> bool:
    """Whether keys of its own open it. Only its interface for documents can do without."""
    if r.view.find("local_authentication_enabled").there:
        return r.flag("local_auth", "local_authentication_enabled", default=True)
    return r.inverted("local_auth", "local_authentication_disabled", default=True)


def redis(r: Reader) -> Iterator[Database | ManagedService]:
    """A Redis. Before version 4 old versions of TLS were taken where nothing was said."""
    plain_port = either(r, "non_ssl_port_enabled", "enable_non_ssl_port")
    old = major(r) < 4 or plain_port == "enable_non_ssl_port"
    inside = r.given("public", "subnet_id")
    asks = either(r, "redis_configuration.authentication_enabled", "redis_configuration.enable_authentication")
    yield replace(
        plain(r.address, "redis"),
        tls_required=r.inverted("tls_required", plain_port, default=True),
        min_tls=tls(r, "min_tls", "minimum_tls_version", "1.0" if old else "1.2"),
        public=public(r) and not inside,
        authenticated=r.flag("authenticated", asks, default=True),
        multi_zone=_over_zones(r),
    )
    pair = r.mapped("replicated", "sku_name", {"Basic": False, "Standard": True}, True, True)
    r.writes("replicated", "sku_name", {True: '"Standard"'})
    window = r.has("update_window", "patch_schedule")
    r.decide("update_window", "when may it be updated? add a patch_schedule")
    yield replace(
        managed_service(r.address, "cache"),
        replicated=pair,
        managed_identity=identity(r),
        update_window=window,
        local_auth=_by_keys(r),
    )


def _by_keys(r: Reader) -> bool:
    """Whether its keys open it: they do unless the directory's identities may log in, and keys may not."""
    value = r.flag("local_auth", "access_keys_authentication_enabled", default=True)
    r.decide("local_auth", "can all clients use cloud identities? then turn local authentication off")
    return value


def _over_zones(r: Reader) -> bool:
    zones = r.texts("multi_zone", "zones")
    if is_unknown(r, "zones"):
        r.unknown("multi_zone")
    r.decide("multi_zone", "which zones should it be in? this needs Premium and a new cache")
    return len(zones) > 1


def redis_enterprise(r: Reader) -> Iterator[Database]:
    """A Redis of the enterprise kind."""
    version = tls(r, "min_tls", "minimum_tls_version", "1.2")
    yield replace(plain(r.address, "redis"), min_tls=version, multi_zone=_over_zones(r))


def managed_redis(r: Reader) -> Iterator[Database | ManagedService]:
    """A Redis of the newest kind: it speaks TLS, has no keys and runs twice where nothing is said."""
    reached = r.mapped("public", "public_network_access", {"Enabled": True, "Disabled": False}, True, True)
    protocols = {"Encrypted": True, "Plaintext": False}
    yield replace(
        plain(r.address, "redis"),
        public=reached,
        tls_required=r.mapped("tls_required", "default_database.client_protocol", protocols, True, True),
        customer_key=customer_key(r, "customer_managed_key"),
    )
    by_keys = r.flag("local_auth", "default_database.access_keys_authentication_enabled", default=False)
    twice = r.flag("replicated", "high_availability_enabled", default=True)
    yield replace(
        managed_service(r.address, "cache"), local_auth=by_keys, replicated=twice, managed_identity=identity(r)
    )


def spread_postgres(r: Reader) -> Iterator[Database]:
    """PostgreSQL over many machines: the one that is called has a public address where nothing is said."""
    reached = r.flag("public", "coordinator_public_ip_access_enabled", default=True)
    standby = r.flag("multi_zone", "ha_enabled", default=False)
    yield replace(plain(r.address, "postgres"), public=reached, multi_zone=standby)


def mongo(r: Reader) -> Iterator[Database]:
    """A cluster that speaks MongoDB's language."""
    reached = r.mapped("public", "public_network_access", {"Enabled": True, "Disabled": False}, True, True)
    zones = r.mapped("multi_zone", "high_availability_mode", {"ZoneRedundantPreferred": True}, False, False)
    yield replace(plain(r.address, "cosmosdb"), public=reached, multi_zone=zones)


def processing(r: Reader) -> Iterator[DataCluster]:
    """Machines of HDInsight."""
    yield replace(
        data_cluster(r.address),
        tls=r.flag("tls", "encryption_in_transit_enabled", default=False),
        customer_key=customer_key(r, "disk_encryption.key_vault_key_id"),
        logging=r.has("logging", "monitor") or diagnosed(r, "logging"),
    )


def kusto(r: Reader) -> Iterator[Database | ManagedService]:
    """A cluster of Data Explorer."""
    disks = either(r, "disk_encryption_enabled", "enable_disk_encryption")
    yield replace(
        plain(r.address, "kusto"),
        public=public(r),
        encrypted=r.flag("encrypted", disks, default=False),
        double_encrypted=r.flag(
            "double_encrypted",
            either(r, "double_encryption_enabled", "enable_double_encryption"),
            default=False,
        ),
        customer_key=bool(linked(r, "customer_key", "azurerm_kusto_cluster_customer_managed_key", "cluster_id")),
    )
    trial = folded(r, "sku.name").startswith("dev(no sla)")
    if is_unknown(r, "sku.name"):
        r.unknown("production_tier")
    r.place_of("production_tier", r.view.find("sku.name"))
    r.decide("production_tier", "is it used in production? then which machine type should it use?")
    made = managed_service(r.address, "data explorer")
    yield replace(made, managed_identity=identity(r), production_tier=not trial)


def synapse(r: Reader) -> Iterator[DataCluster | Database | ManagedService | ServiceLog]:
    """A workspace of Synapse."""
    exfiltration = "data_exfiltration_protection_enabled"
    yield replace(
        data_cluster(r.address),
        in_network=r.flag("in_network", "managed_virtual_network_enabled", default=False),
        exfiltration_protection=r.flag("exfiltration_protection", exfiltration, default=False),
    )
    only = "azuread_authentication_only"
    yield replace(
        managed_service(r.address, "data workspace"),
        public=public(r),
        customer_key=customer_key(r, "customer_managed_key"),
        local_auth=r.inverted("local_auth", only, default=True),
    )
    scans = scanned(r, "azurerm_synapse_workspace", "synapse_workspace_id")
    yield replace(plain(r.address, "mssql"), vulnerability_scans=scans)
    audited = linked(r, "logged", "azurerm_synapse_workspace_extended_auditing_policy", "synapse_workspace_id")
    logged = bool(audited) or diagnosed(r, "logged")
    r.decide("logged", "where should the logs go? add an azurerm_synapse_workspace_extended_auditing_policy")
    yield ServiceLog(name=r.address, kind="data workspace", logged=logged)


def synapse_pool(r: Reader) -> Iterator[Database]:
    """A pool of SQL in a workspace of Synapse."""
    yield replace(
        plain(r.address, "mssql"),
        encrypted=r.flag("encrypted", "data_encrypted", default=False),
        audit_logs=_beside(r, "audit_logs", "extended_auditing_policy"),
        threat_detection=_beside(r, "threat_detection", "security_alert_policy"),
        vulnerability_scans=scanned(r, "azurerm_synapse_sql_pool", "sql_pool_id"),
    )


def _beside(r: Reader, field: str, what: str) -> bool | None:
    """None where a policy stands beside it, which is judged where it stands."""
    r.decide(field, f"who should be notified, and where should it be kept? add an {r.type}_{what}")
    return None if linked(r, field, f"{r.type}_{what}", "sql_pool_id") else False


def spark_pool(r: Reader) -> Iterator[DataCluster]:
    """Machines for Spark in a workspace of Synapse."""
    alone = r.flag("isolated", "compute_isolation_enabled", default=False)
    r.decide("isolated", "may its machines be larger? only the largest ones run on dedicated hosts")
    yield replace(data_cluster(r.address), isolated=alone)
