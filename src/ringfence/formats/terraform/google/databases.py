"""Databases of Google Cloud: Cloud SQL, Redis, Spanner, Bigtable, BigQuery."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.terraform.aws.following import followed, said, there
from ringfence.formats.terraform.google.common import customer_key
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.analytics import Dataset
from ringfence.models.cloud.database import Database, DatabaseLogin, ServerSetting
from ringfence.models.cloud.database import database as plain
from ringfence.models.cloud.flags import DatabaseFlags


def sql(r: Reader) -> Iterator[Database | DatabaseFlags]:
    """A database server, and its flags. One that follows another is backed up there."""
    address = r.block("", "settings.ip_configuration")
    mode = address.text("tls_required", "ssl_mode", lower=True)
    strict = not mode and address.flag("tls_required", "require_ssl", default=False)
    address.writes("tls_required", "ssl_mode", {True: '"ENCRYPTED_ONLY"'})
    engine, _, version = r.text("engine", "database_version", lower=True).partition("_")
    r.value("version", "database_version")
    r.decide("version", "to which release can it be moved?")
    allowed = tuple(one.text("value", "value") for one in address.blocks("networks", "authorized_networks"))
    for index, one in enumerate(address.view.blocks("authorized_networks")[0]):
        r.place(f"allowed[{index}]", one)
    replica = r.given("", "master_instance_name")
    r.rests_on("master_instance_name", "backup_days", "multi_zone", "customer_key", "identity_auth")
    backup = r.flag("backup_days", "settings.backup_configuration.enabled", default=False)
    r.writes("backup_days", "settings.backup_configuration.enabled", {7: "true"})
    _cloned(r)
    yield replace(
        plain(r.address, engine),
        version=version.replace("_", "."),
        public=address.flag("public", "ipv4_enabled", default=True),
        allowed=allowed,
        tls_required=strict or mode in ("encrypted_only", "trusted_client_certificate_required"),
        customer_key=None if replica else customer_key(r, "encryption_key_name"),
        identity_auth=None if replica else _identities(r, engine),
        backup_days=None if replica else 7 if backup else 0,
        deletion_protection=r.flag("deletion_protection", "deletion_protection", default=True),
        multi_zone=None if replica else _standby(r),
        point_in_time=None if replica else _point_in_time(r, engine),
    )
    if engine in ("postgres", "mysql", "sqlserver"):
        yield _flags(r, engine)


_LOGINS = {"postgres": "cloudsql.iam_authentication", "mysql": "cloudsql_iam_authentication"}


def _identities(r: Reader, engine: str) -> bool | None:
    """Whether identities of the cloud can log in: a flag says it."""
    if engine not in _LOGINS:
        return None
    name, flags = _LOGINS[engine], _flags(r, engine)
    values = [one.value for one in flags.settings if one.key == name]
    if not flags.complete or "" in values:
        r.unknown("identity_auth")
    r.decide("identity_auth", f"add the flag {name} with the value on")
    return "on" in values


def _cloned(r: Reader) -> None:
    """What a copy of another server does not say itself, that one says."""
    some, known = r.view.blocks("clone")
    if (some or not known) and not r.view.blocks("settings")[0]:
        for field in (
            "public",
            "allowed",
            "tls_required",
            "backup_days",
            "multi_zone",
            "point_in_time",
            "customer_key",
            "identity_auth",
        ):
            r.unknown(field)


def _standby(r: Reader) -> bool:
    words = {"REGIONAL": True, "ZONAL": False}
    return r.mapped("multi_zone", "settings.availability_type", words, False, False)


_POINTS = {"mysql": "binary_log_enabled", "postgres": "point_in_time_recovery_enabled"}


def _point_in_time(r: Reader, engine: str) -> bool | None:
    """The larger edition has it where nothing is said."""
    if engine not in _POINTS:
        return None
    if not r.view.find(f"settings.backup_configuration.{_POINTS[engine]}").there:
        r.rests_on("settings.edition", "point_in_time")
    larger = r.text("", "settings.edition").upper() == "ENTERPRISE_PLUS"
    return r.flag("point_in_time", f"settings.backup_configuration.{_POINTS[engine]}", default=larger)


def user(r: Reader) -> Iterator[DatabaseLogin]:
    """Who logs in to a server of Cloud SQL: in MySQL without a password where none is given."""
    servers = followed(r, "instance", "google_sql_database_instance", "name")
    versions = [one.text("", "database_version").lower() for one in servers]
    built_in = r.text("", "type", "BUILT_IN").upper() == "BUILT_IN"
    if not versions or not built_in or not all(one.startswith("mysql") for one in versions):
        return
    answers = [there(r, one) for one in ("password", "password_wo")]
    if None in answers:
        r.unknown("password")
    r.place_of("password", r.view.find("name"))
    r.decide("password", "where does its password come from?")
    admin = r.text("admin", "name", lower=True).startswith("root")
    yield DatabaseLogin(name=r.address, admin=admin, password=any(answers))


def _flags(r: Reader, engine: str) -> DatabaseFlags:
    settings = r.block("", "settings")
    found = list[ServerSetting]()
    for one in settings.blocks("settings", "database_flags"):
        key, value = one.text("key", "name", lower=True), one.text("value", "value", lower=True)
        found.append(ServerSetting(key=key, value=value))
    copied, sure = r.view.blocks("clone")
    whole = sure and not (copied and not settings.view.there)
    complete = whole and settings.view.blocks("database_flags")[1] and all(one.key for one in found)
    return DatabaseFlags(name=r.address, engine=engine, complete=complete, settings=tuple(found))


def redis(r: Reader) -> Iterator[Database]:
    """A Redis. It asks for nothing and encrypts nothing on its way unless that is said."""
    value = r.mapped("tls_required", "transit_encryption_mode", {"SERVER_AUTHENTICATION": True}, False, False)
    zones = r.mapped("multi_zone", "tier", {"STANDARD_HA": True, "BASIC": False}, False, False)
    r.decide("multi_zone", "use the tier STANDARD_HA, which has a standby in another zone; this needs a new instance")
    yield replace(
        plain(r.address, "redis"),
        authenticated=r.flag("authenticated", "auth_enabled", default=False),
        tls_required=value,
        multi_zone=zones,
    )


_SEALED = {
    "TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION": True,
    "SERVER_AUTHENTICATION": True,
}
_ASKING = {"AUTH_MODE_IAM_AUTH": True, "IAM_AUTH": True}


def newer_redis(r: Reader) -> Iterator[Database]:
    """A cluster of Redis or Valkey. It asks for nothing and encrypts nothing on its way unless that is said."""
    yield replace(
        plain(r.address, "redis"),
        authenticated=r.mapped("authenticated", "authorization_mode", _ASKING, False, False),
        tls_required=r.mapped("tls_required", "transit_encryption_mode", _SEALED, False, False),
    )


def firestore(r: Reader) -> Iterator[Database]:
    """A database of documents."""
    points = {"POINT_IN_TIME_RECOVERY_ENABLED": True}
    held = {"DELETE_PROTECTION_ENABLED": True}
    yield replace(
        plain(r.address, "firestore"),
        customer_key=customer_key(r, "cmek_config.kms_key_name"),
        point_in_time=r.mapped("point_in_time", "point_in_time_recovery_enablement", points, False, False),
        drop_protected=r.mapped("drop_protected", "delete_protection_state", held, False, False),
    )


def alloy(r: Reader) -> Iterator[Database]:
    """A cluster of AlloyDB: backed up where nothing is said."""
    backup = r.flag("backup_days", "automated_backup_policy.enabled", default=True)
    r.writes("backup_days", "automated_backup_policy.enabled", {7: "true"})
    secondary = r.text("", "cluster_type", "PRIMARY").upper() == "SECONDARY"
    yield replace(
        plain(r.address, "postgres"),
        customer_key=customer_key(r, "encryption_config.kms_key_name"),
        backup_days=None if secondary else 7 if backup else 0,
        point_in_time=None if secondary else r.flag("point_in_time", "continuous_backup_config.enabled", default=True),
    )


def alloy_instance(r: Reader) -> Iterator[Database]:
    """A machine of AlloyDB: inside, and encrypted on its way, where nothing is said."""
    address = r.block("", "network_config")
    modes = {"ENCRYPTED_ONLY": True, "ALLOW_UNENCRYPTED_AND_ENCRYPTED": False}
    ranges = [one.text("value", "cidr_range") for one in address.blocks("networks", "authorized_external_networks")]
    for index, one in enumerate(address.view.blocks("authorized_external_networks")[0]):
        r.place(f"allowed[{index}]", one)
    yield replace(
        plain(r.address, "postgres"),
        public=address.flag("public", "enable_public_ip", default=False),
        allowed=tuple(ranges),
        tls_required=r.mapped("tls_required", "client_connection_config.ssl_config.ssl_mode", modes, True, True),
    )


def spanner(r: Reader) -> Iterator[Database]:
    """A database of Spanner. Terraform's own protection is on where nothing is said, the provider's is not."""
    yield replace(
        plain(r.address, "spanner"),
        customer_key=customer_key(r, "encryption_config.kms_key_name", "encryption_config.kms_key_names"),
        deletion_protection=r.flag("deletion_protection", "deletion_protection", default=True),
        drop_protected=r.flag("drop_protected", "enable_drop_protection", default=False),
    )


def bigtable_table(r: Reader) -> Iterator[Database]:
    """A table of Bigtable."""
    words = {"PROTECTED": True, "UNPROTECTED": False}
    held = r.mapped("drop_protected", "deletion_protection", words, False, False)
    yield replace(plain(r.address, "bigtable"), drop_protected=held)


def bigtable(r: Reader) -> Iterator[Database]:
    """An instance of Bigtable: a key is each cluster's."""
    some, known = r.view.blocks("cluster")
    clusters = [r.below("", one) for one in some]
    if not known:
        r.unknown("customer_key")
    yield replace(
        plain(r.address, "bigtable"),
        customer_key=all(customer_key(one, "kms_key_name") for one in clusters) and bool(clusters),
        deletion_protection=r.flag("deletion_protection", "deletion_protection", default=True),
    )


def _members(r: Reader, offset: int) -> tuple[str, ...]:
    """Who a block lets in: everybody with an account, by one of two names."""
    for attribute in ("special_group", "iam_member"):
        value = said(r, attribute)
        if value:
            r.place_of(f"members[{offset}]", r.view.find(attribute))
            r.decide(f"members[{offset}]", "who needs access?")
            return (value,)
    if not any(_is_named(r, one) for one in _PRINCIPALS):
        r.place(f"members[{offset}]", r.view)
        r.decide(f"members[{offset}]", "who needs access?")
        return ("",)
    return ()


#: What says who or what an entry is for. One that says nothing of it stands for everybody.
_PRINCIPALS = ("user_by_email", "group_by_email", "domain", "special_group", "iam_member", "view", "routine", "dataset")


def _is_named(r: Reader, name: str) -> bool:
    found, (some, known) = r.view.find(name), r.view.blocks(name)
    return found.there or not found.known or bool(some) or not known


def dataset(r: Reader) -> Iterator[Dataset]:
    """A dataset of BigQuery, with who may read it as far as that stands in it."""
    found = list[str]()
    for view in r.view.blocks("access")[0]:
        found += _members(r.below("", view), len(found))
    key = "default_encryption_configuration.kms_key_name"
    yield Dataset(name=r.address, members=tuple(found), customer_key=customer_key(r, key), deletion_protection=None)


def dataset_access(r: Reader) -> Iterator[Dataset]:
    """Somebody who may read a dataset, by itself."""
    members = tuple(one for one in _members(r, 0) if one)
    yield Dataset(name=r.address, members=members, customer_key=None, deletion_protection=None)


def table(r: Reader) -> Iterator[Dataset]:
    """A table of BigQuery."""
    yield Dataset(
        name=r.address,
        members=(),
        customer_key=customer_key(r, "encryption_configuration.kms_key_name"),
        deletion_protection=r.flag("deletion_protection", "deletion_protection", default=True),
    )
