"""Tables, caches, search domains and warehouses of AWS."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.terraform.aws.databases import default_port
from ringfence.formats.terraform.aws.documents import document
from ringfence.formats.terraform.aws.following import provider_major, said, there
from ringfence.formats.terraform.aws.policies import resource_policy
from ringfence.formats.terraform.links import is_named
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import OFF, ON
from ringfence.models.cloud.database import Database, DatabaseAccess, DatabaseFirewall, DatabaseRelease, TableCapacity
from ringfence.models.cloud.database import database as plain
from ringfence.models.cloud.policy import PolicyHolder


def table(r: Reader) -> Iterator[Database | TableCapacity]:
    """A table of DynamoDB. It is always encrypted, with AWS' own key where the file says nothing."""
    replica = there(r, "restore_source_name")
    own = r.view.find("server_side_encryption.enabled").value in ON
    key = r.given("customer_key", "server_side_encryption.kms_key_arn")
    if key:
        r.rests_on("server_side_encryption.enabled", "customer_key")
    yield replace(
        plain(r.address, "dynamodb"),
        customer_key=key and own,
        point_in_time=None if replica else r.flag("point_in_time", "point_in_time_recovery.enabled", default=False),
        deletion_protection=r.flag("deletion_protection", "deletion_protection_enabled", default=False),
    )
    yield from _capacity(r)


_SCALED = "aws_appautoscaling_target"
#: What changes the capacity of a target, which does nothing by itself.
_SCALING = ("aws_appautoscaling_policy", "aws_appautoscaling_scheduled_action")


def _capacity(r: Reader) -> Iterator[TableCapacity]:
    """What a table that is not paid by request can take: what is said, or what scales it."""
    mode = r.view.find("billing_mode")
    if not mode.there or mode.value in (None, "PROVISIONED"):
        r.decide("scaled", "add an aws_appautoscaling_target with a policy, or pay by request")
        targets = r.linked(_SCALED, "resource_id")
        scales = any(_names_table(r, one) for one in _SCALING) or any(
            target.linked(one, "resource_id", "resource_id") for target in targets for one in _SCALING
        )
        hidden = [one for one in (_SCALED, *_SCALING) if r.links_unknown(one, "resource_id")]
        if not mode.known or _SCALED in hidden or (hidden and not scales):
            r.unknown("scaled")
        yield TableCapacity(name=r.address, scaled=_names_table(r, _SCALED) and scales)


def _names_table(r: Reader, kind: str) -> bool:
    """Whether some resource of a type is about this table: by reference, or by its name."""
    own = said(r, "name")
    return bool(r.linked(kind, "resource_id")) or (
        bool(own) and is_named(r.instance, kind, "resource_id", f"table/{own}")
    )


def table_replica(r: Reader) -> Iterator[Database]:
    """A copy of a table in another region."""
    yield replace(
        plain(r.address, "dynamodb"),
        customer_key=r.given("customer_key", "kms_key_arn"),
        point_in_time=r.flag("point_in_time", "point_in_time_recovery", default=False),
    )


def table_cache(r: Reader) -> Iterator[Database]:
    """A cluster of DAX, which keeps what is often asked of tables."""
    kinds = {"TLS": True, "NONE": False}
    yield replace(
        plain(r.address, "dax"),
        encrypted=r.flag("encrypted", "server_side_encryption.enabled", default=False),
        tls_required=r.mapped(
            "tls_required", "cluster_endpoint_encryption_type", kinds, default=False, otherwise=False
        ),
    )


def cache_cluster(r: Reader) -> Iterator[Database | DatabaseRelease]:
    """A cluster of ElastiCache: memcached, or one node of Redis; a member of a group is as that group is.

    Only groups can be encrypted at rest or ask for a password. Memcached keeps no backups.
    """
    engine = r.text("engine", "engine", "redis", lower=True)
    r.rests_on("engine", "backup_days", "multi_zone")
    member = there(r, "replication_group_id") is not False
    backed = not member and engine != "memcached"
    yield replace(
        plain(r.address, engine),
        in_network=None if member else r.given("in_network", "subnet_group_name"),
        default_port=None if member else default_port(r),
        backup_days=r.number("backup_days", "snapshot_retention_limit", default=0) if backed else None,
        multi_zone=_over_zones(r) if not member and engine == "memcached" else None,
        minor_upgrades=r.flag("minor_upgrades", "auto_minor_version_upgrade", default=True),
    )
    yield from _release(r, engine)


def _release(r: Reader, engine: str) -> Iterator[DatabaseRelease]:
    """Which release of Redis a cache runs, where that is said."""
    if engine == "redis" and there(r, "engine_version") is not False:
        r.rests_on("engine", "version")
        yield DatabaseRelease(name=r.address, engine="elasticache redis", version=r.text("version", "engine_version"))


def _over_zones(r: Reader) -> bool | None:
    """Whether nodes of memcached are in several zones; None where there is one node only."""
    if r.number("multi_zone", "num_cache_nodes", default=1) < 2:
        return None
    modes = {"cross-az": True, "single-az": False}
    return r.mapped("multi_zone", "az_mode", modes, default=False, otherwise=False)


def cache_group(r: Reader) -> Iterator[Database | DatabaseRelease]:
    """A replication group of ElastiCache. One that follows a group of another region is encrypted as that is."""
    follows = there(r, "global_replication_group_id") is not False
    engine = r.text("engine", "engine", "redis", lower=True)
    valkey = engine == "valkey"
    stored = r.flag("encrypted", "at_rest_encryption_enabled", default=valkey)
    tls = r.flag("tls_required", "transit_encryption_enabled", default=False)
    if follows:
        for field, attribute in (
            ("encrypted", "at_rest_encryption_enabled"),
            ("tls_required", "transit_encryption_enabled"),
        ):
            if there(r, attribute) is False:
                r.unknown(field)
    yield replace(
        plain(r.address, engine),
        default_port=default_port(r),
        encrypted=stored,
        customer_key=r.given("customer_key", "kms_key_id"),
        tls_required=tls,
        authenticated=_authenticated(r),
        backup_days=r.number("backup_days", "snapshot_retention_limit", default=0),
        multi_zone=_spread(r),
        minor_upgrades=r.flag("minor_upgrades", "auto_minor_version_upgrade", default=True),
    )
    yield from _release(r, engine)


def _spread(r: Reader) -> bool:
    """Whether a node in another zone takes over by itself."""
    zones = r.flag("multi_zone", "multi_az_enabled", default=False)
    r.rests_on("automatic_failover_enabled", "multi_zone")
    r.decide("multi_zone", "how many nodes should it have? from two on, set automatic_failover_enabled")
    return zones or r.view.find("automatic_failover_enabled").value in ON


def _authenticated(r: Reader) -> bool:
    """Whether a password or a group of users is asked for. A variable may be null, and then it is not."""
    known = [there(r, one) for one in ("auth_token", "user_group_ids")]
    if True not in known and None in known:
        r.unknown("authenticated")
    r.given("authenticated", "auth_token" if there(r, "auth_token") is not False else "user_group_ids")
    if True in known:
        r.record.unknown.discard("authenticated")
    return True in known


def cache_security_group(r: Reader) -> Iterator[DatabaseAccess]:
    """A classic security group of ElastiCache."""
    described = r.text("described", "description", "") not in ("", "Managed by Terraform")
    yield DatabaseAccess(name=r.address, ranges=(), providers_services=None, classic=True, described=described)


def memory_cluster(r: Reader) -> Iterator[Database]:
    """A cluster of MemoryDB. It is always encrypted at rest; its list of rights "open-access" lets everybody in."""
    yield replace(
        plain(r.address, "memorydb"),
        default_port=default_port(r),
        customer_key=r.given("customer_key", "kms_key_arn"),
        tls_required=r.flag("tls_required", "tls_enabled", default=True),
        authenticated=r.text("authenticated", "acl_name") != "open-access",
        backup_days=r.number("backup_days", "snapshot_retention_limit", default=0),
        minor_upgrades=r.flag("minor_upgrades", "auto_minor_version_upgrade", default=True),
    )


def memory_snapshot(r: Reader) -> Iterator[Database]:
    """A snapshot of MemoryDB."""
    yield replace(plain(r.address, "memorydb"), customer_key=r.given("customer_key", "kms_key_arn"))


_POLICIES = {
    "Policy-Min-TLS-1-2-2019-07": "1.2",
    "Policy-Min-TLS-1-2-PFS-2023-10": "1.2",
    "Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08": "1.2",
    "Policy-Min-TLS-1-0-2019-07": "1.0",
}


def search_domain(r: Reader) -> Iterator[Database | DatabaseFirewall | PolicyHolder]:
    """A domain of OpenSearch or Elasticsearch.

    In a network of one's own, security groups bound who reaches it, so that an open access policy is usual there.
    """
    inside = r.has("in_network", "vpc_options")
    tls = r.view.find("domain_endpoint_options").there
    logs, audit = _search_logs(r)
    yield replace(
        plain(r.address, "opensearch"),
        in_network=inside,
        encrypted=r.flag("encrypted", "encrypt_at_rest.enabled", default=False),
        customer_key=r.given("customer_key", "encrypt_at_rest.kms_key_id"),
        tls_required=r.flag("tls_required", "domain_endpoint_options.enforce_https", default=tls),
        min_tls=r.mapped("min_tls", "domain_endpoint_options.tls_security_policy", _POLICIES, "1.0", otherwise=""),
        node_tls=_node_tls(r),
        fine_grained=r.flag("fine_grained", "advanced_security_options.enabled", default=False),
        multi_zone=r.flag("multi_zone", "cluster_config.zone_awareness_enabled", default=False),
        dedicated_masters=_masters(r),
        logging=logs,
        audit_logs=audit,
    )
    if not inside:
        yield from search_policy(r)
    elif r.view.blocks("vpc_options")[0]:
        yield DatabaseFirewall(name=r.address, named=r.given("named", "vpc_options.security_group_ids"))


def _node_tls(r: Reader) -> bool | None:
    """Whether nodes encrypt what they tell each other; None where one node is all there is and nothing is said."""
    said_so = r.view.find("node_to_node_encryption.enabled").there
    alone = not said_so and r.number("node_tls", "cluster_config.instance_count", default=1) < 2
    unsure = "node_tls" in r.record.unknown
    value = r.flag("node_tls", "node_to_node_encryption.enabled", default=False)
    if unsure and not said_so:
        r.unknown("node_tls")
    return None if alone and not unsure else value


def _search_logs(r: Reader) -> tuple[bool, bool]:
    kinds, known = set[str](), True
    some, complete = r.view.blocks("log_publishing_options")
    for one in some:
        if one.find("enabled").value not in OFF:
            kind = one.find("log_type").value
            known = known and isinstance(kind, str)
            kinds.add(kind.upper() if isinstance(kind, str) else "")
    r.has("logging", "log_publishing_options")
    if not complete or not known:
        r.unknown("audit_logs")
        if not kinds:
            r.unknown("logging")
    return bool(kinds), "AUDIT_LOGS" in kinds


def _masters(r: Reader) -> bool:
    on = r.flag("dedicated_masters", "cluster_config.dedicated_master_enabled", default=False)
    count = r.view.find("cluster_config.dedicated_master_count").value
    return on and not (isinstance(count, int) and count < 3)


def search_policy(r: Reader) -> Iterator[PolicyHolder]:
    """Who may use a search domain."""
    yield from resource_policy(r, "search domain", "access_policies")


def warehouse(r: Reader) -> Iterator[Database]:
    """A cluster of Redshift. From version 6 the provider encrypts and hides it where nothing is said, not before."""
    safe = provider_major(r) >= 6
    restored = there(r, "snapshot_identifier") is not False or there(r, "snapshot_arn") is not False
    stored = r.flag("encrypted", "encrypted", default=safe)
    if restored and there(r, "encrypted") is False:
        r.unknown("encrypted")
    yield replace(
        plain(r.address, "redshift"),
        public=r.flag("public", "publicly_accessible", default=not safe),
        in_network=r.given("in_network", "cluster_subnet_group_name"),
        private_routing=r.flag("private_routing", "enhanced_vpc_routing", default=False),
        default_port=default_port(r),
        encrypted=stored,
        customer_key=r.given("customer_key", "kms_key_id"),
        admin_user=r.text("admin_user", "master_username"),
        default_name=r.text("default_name", "database_name", "dev") == "dev",
        backup_days=r.number("backup_days", "automated_snapshot_retention_period", default=1),
        final_snapshot=r.inverted("final_snapshot", "skip_final_snapshot", default=True),
        minor_upgrades=r.flag("minor_upgrades", "allow_version_upgrade", default=True),
        logging=_warehouse_logs(r),
    )


def _warehouse_logs(r: Reader) -> bool:
    """A block of its own until version 6 of the provider, a resource since."""
    inside = r.flag("logging", "logging.enable", default=False)
    if r.linked("aws_redshift_logging", "cluster_identifier", "cluster_identifier"):
        r.record.unknown.discard("logging")
        return True
    if r.links_unknown("aws_redshift_logging", "cluster_identifier"):
        r.unknown("logging")
    r.record.writings.pop("logging", None)
    return inside


def serverless_workgroup(r: Reader) -> Iterator[Database]:
    """A workgroup of Redshift without clusters."""
    yield replace(
        plain(r.address, "redshift"),
        public=r.flag("public", "publicly_accessible", default=False),
        private_routing=r.flag("private_routing", "enhanced_vpc_routing", default=False),
    )


def serverless_namespace(r: Reader) -> Iterator[Database]:
    """What a workgroup of Redshift knows."""
    logs = r.given("logging", "log_exports")
    r.writes("logging", "log_exports", {True: '["connectionlog", "useractivitylog", "userlog"]'})
    yield replace(
        plain(r.address, "redshift"),
        customer_key=r.given("customer_key", "kms_key_id"),
        admin_user=r.text("admin_user", "admin_username"),
        logging=logs,
    )


def time_series(r: Reader) -> Iterator[Database]:
    """A database of Timestream."""
    yield replace(plain(r.address, "timestream"), customer_key=r.given("customer_key", "kms_key_id"))


def reached_directly(r: Reader) -> Iterator[Database]:
    """A database of which only the way to it is judged."""
    engine = {"aws_lightsail_database": "lightsail"}.get(r.type, "influxdb")
    yield replace(plain(r.address, engine), public=r.flag("public", "publicly_accessible", default=False))


def ledger(r: Reader) -> Iterator[Database]:
    """A ledger of QLDB. Old ones let everybody who may use it do everything."""
    modes = {"STANDARD": True, "ALLOW_ALL": False}
    key = said(r, "kms_key")
    yield replace(
        plain(r.address, "qldb"),
        customer_key=r.given("customer_key", "kms_key") and key != "AWS_OWNED_KMS_KEY",
        fine_grained=r.mapped("fine_grained", "permissions_mode", modes, default=False, otherwise=True),
        deletion_protection=r.flag("deletion_protection", "deletion_protection", default=True),
    )


def key_table(r: Reader) -> Iterator[Database]:
    """A table of Keyspaces."""
    keys = {"CUSTOMER_MANAGED_KMS_KEY": True, "AWS_OWNED_KMS_KEY": False}
    times = {"ENABLED": True, "DISABLED": False}
    yield replace(
        plain(r.address, "keyspaces"),
        customer_key=r.mapped("customer_key", "encryption_specification.type", keys, default=False, otherwise=False),
        point_in_time=r.mapped("point_in_time", "point_in_time_recovery.status", times, default=False, otherwise=False),
    )


def text_domain(r: Reader) -> Iterator[Database]:
    """A domain of CloudSearch, which takes plain HTTP and TLS 1.0 where nothing is said."""
    policies = {"Policy-Min-TLS-1-2-2019-07": "1.2", "Policy-Min-TLS-1-0-2019-07": "1.0"}
    yield replace(
        plain(r.address, "cloudsearch"),
        tls_required=r.flag("tls_required", "endpoint_options.enforce_https", default=False),
        min_tls=r.mapped("min_tls", "endpoint_options.tls_security_policy", policies, "1.0", otherwise=""),
    )


def serverless_policy(r: Reader) -> Iterator[Database]:
    """Who reaches collections of OpenSearch without servers, or what encrypts them."""
    whole = document(r, "policy", "policy")
    found = plain(r.address, "opensearch")
    if said(r, "type") == "network":
        doors = [one.get("AllowFromPublic") for one in whole.items()]
        door = next((one for one in doors if one.value in ON), None)
        if door is not None:
            yield replace(found, public=door.flag("public", default=False))
    if said(r, "type") == "encryption":
        own = whole.get("AWSOwnedKey")
        own.stands("customer_key")
        r.decide("customer_key", "which key of KMS should encrypt it? name it as KmsARN")
        if own.value in ON:
            yield replace(found, customer_key=False)
