"""Relational, document and graph databases of AWS: RDS, Aurora, DocumentDB, Neptune, DMS, and what stands beside them.

Defaults are those of the provider and of the API. What is restored from a snapshot or follows another database takes
its encryption from there, so that a silent file says nothing about it.
"""

import re
from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.aws.backups import backups
from ringfence.formats.terraform.aws.following import followed, said, there
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import ON
from ringfence.models.cloud.database import (
    Database,
    DatabaseAccess,
    DatabaseProfile,
    DatabaseRelease,
    DatabaseSnapshot,
    ServerSetting,
    ServerSettings,
)
from ringfence.models.cloud.database import database as plain
from ringfence.models.cloud.storage import PlannedBackups

_PORTS = frozenset({1433, 1521, 3306, 5432, 5439, 6379, 8182, 11211, 27017, 50000})
_LOGS = {
    "postgres": '["postgresql", "upgrade"]',
    "aurora-postgresql": '["postgresql"]',
    "mysql": '["audit", "error", "general", "slowquery"]',
    "mariadb": '["audit", "error", "general", "slowquery"]',
    "aurora-mysql": '["audit", "error", "general", "slowquery"]',
    "aurora": '["audit", "error", "general", "slowquery"]',
    "docdb": '["audit", "profiler"]',
    "neptune": '["audit"]',
}
#: Engines whose users can log in with tokens of IAM.
_IDENTITIES = ("", "postgres", "mysql", "mariadb", "aurora")
#: Releases before 10.6 know no tokens.
_OLD_MARIADB = re.compile(r"10\.[0-5](?![0-9])")
#: Engines that keep insights on every machine, and the machines on which MySQL and MariaDB, and Aurora MySQL, do not.
_ALWAYS_INSIGHTS = ("postgres", "aurora-postgres", "oracle", "sqlserver", "custom")
_SMALL = re.compile(r"db\.(t2|t3|t4g)\.(micro|small)$")
_BURSTING = re.compile(r"db\.(t[23]\.|t4g\.(micro|small)$)")
_EXPORTS = "enabled_cloudwatch_logs_exports"


def instance(r: Reader) -> Iterator[Database | DatabaseRelease | ServerSettings]:
    """A database instance of RDS."""
    engine = r.text("engine", "engine", lower=True)
    replica = there(r, "replicate_source_db")
    yield replace(
        plain(r.address, engine),
        public=r.flag("public", "publicly_accessible", default=False),
        private_subnets=private_subnets(r, "db_subnet_group_name", "aws_db_subnet_group"),
        default_port=default_port(r),
        encrypted=encrypted(r, "storage_encrypted", "replicate_source_db", "snapshot_identifier", "s3_import"),
        customer_key=r.given("customer_key", "kms_key_id"),
        certificate=r.text("certificate", "ca_cert_identifier"),
        identity_auth=_identities(r, engine),
        admin_user=r.text("admin_user", "username"),
        backup_days=None if replica else r.number("backup_days", "backup_retention_period", default=0),
        deletion_protection=r.flag("deletion_protection", "deletion_protection", default=False),
        final_snapshot=None if replica else r.inverted("final_snapshot", "skip_final_snapshot", default=True),
        copies_tags=r.flag("copies_tags", "copy_tags_to_snapshot", default=False),
        multi_zone=None if replica else r.flag("multi_zone", "multi_az", default=False),
        minor_upgrades=r.flag("minor_upgrades", "auto_minor_version_upgrade", default=True),
        logging=exports(r, engine),
        insights=_insights(r, engine, _SMALL),
        insights_key=insights_key(r),
        monitoring=monitoring(r),
    )
    yield from release(r, engine)
    yield from _no_settings(r, engine, "parameter_group_name")


def _no_settings(r: Reader, engine: str, attribute: str) -> Iterator[ServerSettings]:
    """What a kind of PostgreSQL is told where no group of parameters is named, or the provider's own: nothing."""
    follows = any(there(r, one) is not False for one in ("replicate_source_db", "replication_source_identifier"))
    ready = said(r, attribute).startswith("default.")
    if "postgres" in engine and (ready or there(r, attribute) is False) and not follows:
        r.rests_on("engine", "settings")
        r.rests_on(attribute, "settings")
        yield ServerSettings(name=r.address, engine="postgres", complete=True, settings=())


def release(r: Reader, engine: str) -> Iterator[DatabaseRelease]:
    """Which release of a kind of PostgreSQL it runs, where that is said."""
    if "postgres" in engine and there(r, "engine_version") is not False:
        r.rests_on("engine", "version")
        yield DatabaseRelease(name=r.address, engine=engine, version=r.text("version", "engine_version"))


def cluster(r: Reader) -> Iterator[Database | PlannedBackups | DatabaseRelease | ServerSettings]:
    """A cluster of RDS, mostly Aurora. Its instances stand by themselves."""
    engine = r.text("engine", "engine", "aurora", lower=True)
    replica = there(r, "replication_source_identifier")
    serverless = said(r, "engine_mode") == "serverless"
    r.rests_on("engine_mode", "identity_auth")
    if there(r, "storage_encrypted") is False:
        r.rests_on("engine_mode", "encrypted")
    yield replace(
        plain(r.address, engine),
        default_port=default_port(r),
        encrypted=True
        if serverless and there(r, "storage_encrypted") is False
        else encrypted(r, "storage_encrypted", "replication_source_identifier", "snapshot_identifier", "s3_import"),
        customer_key=r.given("customer_key", "kms_key_id"),
        identity_auth=None if serverless else _identities(r, engine),
        admin_user=r.text("admin_user", "master_username"),
        backup_days=None if replica else r.number("backup_days", "backup_retention_period", default=1),
        backtrack=_backtrack(r, engine),
        deletion_protection=r.flag("deletion_protection", "deletion_protection", default=False),
        final_snapshot=r.inverted("final_snapshot", "skip_final_snapshot", default=True),
        copies_tags=r.flag("copies_tags", "copy_tags_to_snapshot", default=False),
        logging=exports(r, engine),
        audit_logs=audited(r) if "mysql" in engine or engine == "aurora" else None,
    )
    yield backups(r, "cluster")
    yield from release(r, engine)
    yield from _no_settings(r, engine, "db_cluster_parameter_group_name")


def _backtrack(r: Reader, engine: str) -> bool | None:
    r.rests_on("engine", "backtrack")
    r.rests_on("engine_mode", "backtrack")
    if engine not in ("aurora", "aurora-mysql") or said(r, "engine_mode") == "serverless":
        return None
    return r.number("backtrack", "backtrack_window", default=0) > 0


def cluster_instance(r: Reader) -> Iterator[Database]:
    """An instance of an RDS cluster: what belongs to the cluster is said there."""
    engine = r.text("engine", "engine", "aurora", lower=True)
    yield replace(
        plain(r.address, engine),
        public=r.flag("public", "publicly_accessible", default=False),
        certificate=r.text("certificate", "ca_cert_identifier"),
        minor_upgrades=r.flag("minor_upgrades", "auto_minor_version_upgrade", default=True),
        insights=_insights(r, engine, _BURSTING),
        insights_key=insights_key(r),
        monitoring=monitoring(r),
    )


def global_cluster(r: Reader) -> Iterator[Database]:
    """A cluster over regions. Made from a cluster, it is encrypted as that is."""
    yield replace(
        plain(r.address, r.text("engine", "engine", lower=True)),
        encrypted=encrypted(r, "storage_encrypted", "source_db_cluster_identifier"),
        deletion_protection=r.flag("deletion_protection", "deletion_protection", default=False),
    )


def document_cluster(r: Reader) -> Iterator[Database | DatabaseProfile]:
    """A cluster of DocumentDB."""
    yield replace(
        _clustered(r, "docdb"),
        admin_user=r.text("admin_user", "master_username"),
    )
    kinds = r.texts("profiled", _EXPORTS)
    if any(one.startswith("profiled[") for one in r.record.unknown):
        r.unknown("profiled")
    r.record.elements.pop("profiled", None)
    r.writes("profiled", _EXPORTS, {True: "[" + ", ".join(f'"{one}"' for one in sorted({*kinds, "profiler"})) + "]"})
    yield DatabaseProfile(name=r.address, profiled="profiler" in kinds)


def document_instance(r: Reader) -> Iterator[Database]:
    """An instance of DocumentDB."""
    yield replace(
        plain(r.address, "docdb"),
        certificate=r.text("certificate", "ca_cert_identifier"),
        minor_upgrades=r.flag("minor_upgrades", "auto_minor_version_upgrade", default=True),
    )


def graph_cluster(r: Reader) -> Iterator[Database]:
    """A cluster of Neptune, which then takes signed requests only."""
    identities = r.flag("identity_auth", "iam_database_authentication_enabled", default=False)
    r.decide("identity_auth", "do all clients sign their requests? then set iam_database_authentication_enabled")
    yield replace(
        _clustered(r, "neptune"),
        identity_auth=identities,
        copies_tags=r.flag("copies_tags", "copy_tags_to_snapshot", default=False),
    )


def graph_instance(r: Reader) -> Iterator[Database]:
    """An instance of Neptune."""
    yield replace(
        plain(r.address, "neptune"),
        public=r.flag("public", "publicly_accessible", default=False),
        minor_upgrades=r.flag("minor_upgrades", "auto_minor_version_upgrade", default=True),
    )


def _clustered(r: Reader, engine: str) -> Database:
    """What DocumentDB and Neptune have alike."""
    return replace(
        plain(r.address, engine),
        default_port=default_port(r),
        encrypted=encrypted(r, "storage_encrypted", "snapshot_identifier", "global_cluster_identifier"),
        customer_key=r.given("customer_key", "kms_key_id" if engine == "docdb" else "kms_key_arn"),
        backup_days=r.number("backup_days", "backup_retention_period", default=1),
        deletion_protection=r.flag("deletion_protection", "deletion_protection", default=False),
        final_snapshot=r.inverted("final_snapshot", "skip_final_snapshot", default=True),
        logging=exports(r, engine, _logs_of(r, engine)),
        audit_logs=audited(r, _logs_of(r, engine)),
    )


def _logs_of(r: Reader, engine: str) -> str:
    """Neptune's attribute has another name."""
    return "enable_cloudwatch_logs_exports" if engine == "neptune" else _EXPORTS


def default_port(r: Reader) -> bool:
    """Whether it listens on an engine's usual port, as it does where none is said."""
    port = r.number("default_port", "port", default=0)
    return port == 0 or port in _PORTS


def encrypted(r: Reader, attribute: str, *sources: str) -> bool:
    """Whether it is encrypted; not known where it is silent and made from one of `sources`."""
    value = r.flag("encrypted", attribute, default=False)
    if there(r, attribute) is False and any(there(r, one) is not False or r.view.blocks(one)[0] for one in sources):
        r.unknown("encrypted")
    return value


def exports(r: Reader, engine: str, attribute: str = _EXPORTS) -> bool:
    """Whether logs are sent to CloudWatch."""
    value = r.given("logging", attribute)
    if engine in _LOGS:
        r.writes("logging", attribute, {True: _LOGS[engine]})
    return value


def audited(r: Reader, attribute: str = _EXPORTS) -> bool:
    """Whether the audit log is among those that are sent."""
    r.rests_on("engine", "audit_logs")
    kinds = r.texts("audit_logs", attribute)
    if any(f"audit_logs[{index}]" in r.record.unknown for index in range(len(kinds))):
        r.unknown("audit_logs")
    r.writes("audit_logs", attribute, {True: "[" + ", ".join(f'"{one}"' for one in sorted({*kinds, "audit"})) + "]"})
    return "audit" in kinds


def _insights(r: Reader, engine: str, too_small: re.Pattern[str]) -> bool | None:
    """Whether it keeps insights; None for the kinds of MySQL on machines that are too small for them."""
    kept = r.flag("insights", "performance_insights_enabled", default=False)
    if engine.startswith(_ALWAYS_INSIGHTS):
        return kept
    r.rests_on("instance_class", "insights")
    return None if too_small.match(said(r, "instance_class")) else kept


def insights_key(r: Reader) -> bool | None:
    """Whether insights have a key of one's own; None where there are none."""
    value = r.view.find("performance_insights_enabled").value
    return r.given("insights_key", "performance_insights_kms_key_id") if value in ON else None


def monitoring(r: Reader) -> bool:
    """Whether the machine is watched."""
    return r.number("monitoring", "monitoring_interval", default=0) > 0


def _identities(r: Reader, engine: str) -> bool | None:
    if not engine.startswith(_IDENTITIES[1:]) and engine:
        return None
    r.rests_on("engine", "identity_auth")
    version = r.view.find("engine_version").value
    if engine == "mariadb" and (isinstance(version, Unknown) or _OLD_MARIADB.match(said(r, "engine_version"))):
        r.unknown("identity_auth")
    return r.flag("identity_auth", "iam_database_authentication_enabled", default=False)


def private_subnets(r: Reader, attribute: str, group: str) -> bool | None:
    """Whether no subnet of its group has a way to the internet; None where the module does not show them."""
    some = [
        subnet for one in followed(r, attribute, group, "name") for subnet in followed(one, "subnet_ids", "aws_subnet")
    ]
    if not some:
        return None
    return not any(_is_public(subnet) for subnet in some)


def _is_public(subnet: Reader) -> bool:
    if said(subnet, "cidr_block") == "0.0.0.0/0":
        return True
    for association in subnet.linked("aws_route_table_association", "subnet_id"):
        for table in followed(association, "route_table_id", "aws_route_table"):
            routes = [*(Reader(table.instance, one) for one in table.view.blocks("route")[0])]
            routes += table.linked("aws_route", "route_table_id")
            if any(_to_internet(route) for route in routes):
                return True
    return False


def _to_internet(route: Reader) -> bool:
    if said(route, "cidr_block") != "0.0.0.0/0" and said(route, "destination_cidr_block") != "0.0.0.0/0":
        return False
    return (
        bool(followed(route, "gateway_id", "aws_internet_gateway"))
        or said(route, "gateway_id").startswith("igw-")
        or any("aws_internet_gateway." in one for one in _references(route))
    )


def _references(route: Reader) -> frozenset[str]:
    value = route.view.find("gateway_id").value
    return getattr(value, "references", frozenset())


def replication_instance(r: Reader) -> Iterator[Database]:
    """A machine of DMS that copies databases."""
    yield replace(
        plain(r.address, "dms"),
        public=r.flag("public", "publicly_accessible", default=False),
        customer_key=r.given("customer_key", "kms_key_arn"),
        multi_zone=r.flag("multi_zone", "multi_az", default=False),
        minor_upgrades=r.flag("minor_upgrades", "auto_minor_version_upgrade", default=False),
    )


def replication_endpoint(r: Reader) -> Iterator[Database]:
    """A database that DMS copies from or to."""
    engine = r.text("engine", "engine_name", lower=True)
    r.rests_on("engine_name", "customer_key", "tls_required")
    yield replace(
        plain(r.address, f"dms {engine}".strip()),
        customer_key=r.given("customer_key", "kms_key_arn")
        or (engine == "s3" and r.given("customer_key", "s3_settings.server_side_encryption_kms_key_id")),
        tls_required=_endpoint_tls(r, engine),
    )


def _endpoint_tls(r: Reader, engine: str) -> bool | None:
    """Whether DMS speaks TLS with a database; None for services that it calls by their API, always with TLS."""
    if engine in ("s3", "dynamodb", "kinesis", "opensearch", "elasticsearch", "redshift", "neptune"):
        return None
    own = {"redis": "redis_settings.ssl_security_protocol", "kafka": "kafka_settings.security_protocol"}.get(engine)
    if own is not None:
        protocols = {"ssl-encryption": True, "plaintext": False}
        return r.mapped("tls_required", own, protocols, default=True, otherwise=True)
    modes = {"require": True, "verify-ca": True, "verify-full": True, "none": False}
    return r.mapped("tls_required", "ssl_mode", modes, default=False, otherwise=True)


def proxy(r: Reader) -> Iterator[Database]:
    """A proxy before databases."""
    yield replace(plain(r.address, "proxy"), tls_required=r.flag("tls_required", "require_tls", default=False))


def security_group(r: Reader) -> Iterator[DatabaseAccess]:
    """A classic security group of RDS or Redshift."""
    ranges = tuple(one.text("", "cidr") for one in r.blocks("ranges", "ingress"))
    described = r.text("described", "description", "") not in ("", "Managed by Terraform")
    yield DatabaseAccess(name=r.address, ranges=ranges, providers_services=None, classic=True, described=described)


def snapshot(r: Reader) -> Iterator[DatabaseSnapshot]:
    """A snapshot of an instance."""
    yield _snapshot(r, "db_instance_identifier", "aws_db_instance", "identifier")


def cluster_snapshot(r: Reader) -> Iterator[DatabaseSnapshot]:
    """A snapshot of a cluster."""
    kind = {"aws_db_cluster_snapshot": "aws_rds_cluster", "aws_neptune_cluster_snapshot": "aws_neptune_cluster"}
    yield _snapshot(r, "db_cluster_identifier", kind.get(r.type, "aws_docdb_cluster"), "cluster_identifier")


def _snapshot(r: Reader, attribute: str, kind: str, name: str) -> DatabaseSnapshot:
    """A snapshot is encrypted as its database is."""
    shared = r.texts("shared", "shared_accounts")
    stored: bool | None = None
    if there(r, "storage_encrypted") is not False:
        stored = r.flag("encrypted", "storage_encrypted", default=False)
        return DatabaseSnapshot(name=r.address, encrypted=stored, shared=shared)
    for one in followed(r, attribute, kind, name):
        stored = encrypted(one, "storage_encrypted", "replicate_source_db", "snapshot_identifier")
        if "encrypted" in one.record.unknown:
            r.unknown("encrypted")
    return DatabaseSnapshot(name=r.address, encrypted=stored, shared=shared)


def snapshot_copy(r: Reader) -> Iterator[Database | DatabaseSnapshot]:
    """A copy of a snapshot."""
    yield replace(plain(r.address, "snapshot"), customer_key=r.given("customer_key", "kms_key_id"))


def keyed_copy(r: Reader) -> Iterator[Database]:
    """Backups and copies that are sent to another region, with a key of that."""
    yield replace(plain(r.address, "copy"), customer_key=r.given("customer_key", "kms_key_id"))


def parameters(r: Reader) -> Iterator[ServerSettings]:
    """A group of parameters: what it does not list has the engine's default. Those of MySQL differ by version."""
    engine, complete = _FAMILIES.get(r.type, ("", False))
    if "postgres" in said(r, "family"):
        engine, complete = "postgres", True
    settings = tuple(
        ServerSetting(key=one.text("key", "name", lower=True), value=one.text("value", "value", lower=True))
        for one in r.blocks("settings", "parameter")
    )
    # One whose name is not known may be any that is missed.
    certain = not any(isinstance(one.find("name").value, Unknown) for one in r.view.blocks("parameter")[0])
    complete = complete and certain
    yield ServerSettings(name=r.address, engine=engine, complete=complete, settings=settings)
    certain = certain and r.view.blocks("parameter")[1]
    plain_engine = _PLAIN.match(said(r, "family"))
    if plain_engine and certain and not any(one.key in _ASKING_TLS for one in settings):
        yield ServerSettings(name=r.address, engine=f"plain-{plain_engine.lastgroup}", complete=True, settings=())


_ASKING_TLS = ("rds.force_ssl", "require_secure_transport", "db2comm")
#: Families that take plain connections where nothing is set; newer ones do not.
_PLAIN = re.compile(
    r"(?P<postgres>postgres(?:9|1[0-4])(?![0-9]))|(?P<mysql>mysql(?:5|8\.0)|mariadb1(?!1\.8))"
    r"|(?P<sqlserver>sqlserver-)|(?P<db2>db2-)"
)
_FAMILIES = {
    "aws_docdb_cluster_parameter_group": ("docdb", True),
    "aws_neptune_cluster_parameter_group": ("neptune", True),
    "aws_redshift_parameter_group": ("redshift", True),
}
