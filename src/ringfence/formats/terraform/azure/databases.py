"""Databases of Azure: servers of MySQL, PostgreSQL, MariaDB and SQL, single and flexible, what is said of them
apart."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.terraform.aws.following import said, there
from ringfence.formats.terraform.azure.common import (
    customer_key,
    either,
    endpoint,
    folded,
    is_unknown,
    linked,
    major,
    public,
    scanned,
    tls,
)
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.database import (
    AuditSettings,
    Database,
    DatabaseAccess,
    ServerSetting,
    ServerSettings,
)
from ringfence.models.cloud.database import database as plain
from ringfence.models.cloud.guarding import PrivateLink

_SINGLE = {
    "azurerm_mariadb_server": ("mariadb", ""),
    "azurerm_mysql_server": ("mysql", "azurerm_mysql_server_key"),
    "azurerm_postgresql_server": ("postgres", "azurerm_postgresql_server_key"),
}
_ON = {"Enabled": True, "Disabled": False}


def single_server(r: Reader) -> Iterator[Database | AuditSettings | ServerSettings | PrivateLink]:
    """A single server of MySQL, PostgreSQL or MariaDB."""
    engine, keys = _SINGLE[r.type]
    double = "infrastructure_encryption_enabled"
    yield replace(
        plain(r.address, engine),
        version=_version(r),
        public=public(r),
        tls_required=_tls_required(r),
        min_tls=_min_tls(r) if engine != "mariadb" or _says(r, "ssl_minimal_tls_version_enforced") else None,
        geo_backup=r.flag("geo_backup", either(r, "geo_redundant_backup_enabled"), default=False),
        double_encrypted=r.flag("double_encrypted", double, default=False) if keys else None,
        customer_key=bool(linked(r, "customer_key", keys, "server_id")) if keys else None,
        backup_days=_backup_days(r),
        admin_user=r.text("admin_user", "administrator_login"),
        threat_detection=_threats(r) if keys else None,
    )
    yield endpoint(r, "database")
    yield from _policies(r, "threat_detection_policy", "threats")
    if engine == "postgres":
        yield _gathered(r, "azurerm_postgresql_configuration", "server_name", "name")


def _version(r: Reader) -> str:
    version = r.text("version", "version")
    r.decide("version", "to which release can it be moved?")
    return version


def _gathered(r: Reader, kind: str, by: str, attribute: str) -> ServerSettings:
    """The parameters that resources beside a server turn on; each of these is judged where it stands."""
    some = r.linked(kind, by, attribute)
    if r.links_unknown(kind, by) or any(is_unknown(one, "name") for one in some):
        r.unknown("settings")
    r.decide("settings", "add a configuration resource for this parameter")
    keys = [said(one, "name").lower() for one in some]
    settings = tuple(ServerSetting(key=key, value="on") for key in keys if key)
    return ServerSettings(name=r.address, engine="azure-postgres", complete=True, settings=settings)


def _says(r: Reader, attribute: str) -> bool:
    return there(r, attribute) is not False


def _backup_days(r: Reader) -> int:
    return r.number("backup_days", either(r, "backup_retention_days", "storage_profile.backup_retention_days"), 7)


def _tls_required(r: Reader) -> bool:
    """It must be said. Older versions wrote a word."""
    if r.view.find("ssl_enforcement").there and not r.view.find("ssl_enforcement_enabled").there:
        return r.mapped("tls_required", "ssl_enforcement", _ON, False, False)
    return r.flag("tls_required", "ssl_enforcement_enabled", default=False)


def _min_tls(r: Reader) -> str:
    default = "1.0" if major(r, "ssl_enforcement", "storage_profile") < 3 else "1.2"
    return tls(r, "min_tls", "ssl_minimal_tls_version_enforced", default, style="TLS1_2")


def _threats(r: Reader) -> bool | None:
    """Whether somebody watches for attacks; None where a policy stands there that says more."""
    some, known = r.view.blocks("threat_detection_policy")
    if not some and not known:
        r.unknown("threat_detection")
    r.decide("threat_detection", "who should be notified? add a threat_detection_policy")
    return None if some else False


def _policies(r: Reader, block: str, kind: str) -> Iterator[AuditSettings]:
    """What auditing or threat detection does, where it stands in the resource that it is for."""
    for view in r.view.blocks(block)[0]:
        yield _settings(r.below("", view), kind)


def _settings(r: Reader, kind: str) -> AuditSettings:
    """A policy by itself, or a block of a resource: they have other names for the same."""
    threats = kind == "threats"
    emails = r.texts("emails", "email_addresses") if threats else None
    r.decide("emails", "who should be notified of attacks?")
    return AuditSettings(
        name=r.address,
        enabled=_enabled(r, threats=threats),
        retention_days=r.number("retention_days", either(r, "retention_in_days", "retention_days"), 0),
        email_admins=_admins(r) if threats else None,
        emails=emails,
        disabled_alerts=r.texts("disabled_alerts", "disabled_alerts") if threats else None,
        monitored=_monitored(r) if not threats and "policy" in r.type else None,
    )


def _monitored(r: Reader) -> bool:
    """Whether what is recorded goes to where alarms look: it does where nothing is said."""
    return r.flag("monitored", "log_monitoring_enabled", default=True)


def _admins(r: Reader) -> bool:
    name = either(r, "email_account_admins", "email_account_admins_enabled")
    value = r.mapped("email_admins", name, {"true": True, "Enabled": True}, False, False)
    r.writes("email_admins", name, {True: '"Enabled"' if "_database" in r.type else "true"})
    return value


def _enabled(r: Reader, *, threats: bool) -> bool:
    """Whether it is on. A database's own policy is off unless it says so."""
    state = either(r, "state", "policy_state")
    if r.view.find(state).there or (threats and "_database" in r.type):
        return r.mapped("enabled", state, {"Enabled": True, "Disabled": False, "New": False}, False, False)
    return r.flag("enabled", either(r, "enabled", "audit_enabled"), default=True)


def flexible_server(r: Reader) -> Iterator[Database | ServerSettings | PrivateLink]:
    """A flexible server of MySQL or PostgreSQL: in a network of ours it has no public address."""
    engine = "mysql" if "mysql" in r.type else "postgres"
    inside = there(r, "delegated_subnet_id")
    reached = _reached(r)
    if inside is None:
        r.unknown("public")
    yield replace(
        plain(r.address, engine),
        version=_version(r),
        public=reached and not inside,
        geo_backup=_copied(r),
        customer_key=customer_key(r, "customer_managed_key"),
        backup_days=r.number("backup_days", "backup_retention_days", 7),
        admin_user=r.text("admin_user", "administrator_login"),
        multi_zone=_standby(r),
        local_auth=_by_passwords(r) if engine == "postgres" else None,
    )
    if inside is False:
        yield endpoint(r, "database")
    if engine == "postgres":
        yield _gathered(r, "azurerm_postgresql_flexible_server_configuration", "server_id", "")
    else:
        gathered = _gathered(r, "azurerm_mysql_flexible_server_configuration", "server_name", "name")
        yield replace(gathered, engine="azure-mysql")


def _copied(r: Reader) -> bool | None:
    """Whether its backups lie in another region, too; a copy has none of its own."""
    if is_unknown(r, "create_mode"):
        r.unknown("geo_backup")
    return None if _is_copy(r) else r.flag("geo_backup", "geo_redundant_backup_enabled", default=False)


def _is_copy(r: Reader) -> bool:
    return there(r, "create_mode") is not False and folded(r, "create_mode") not in ("", "default")


_ZONES = "another kind of machine or place may be needed for that: which?"


def _by_passwords(r: Reader) -> bool:
    """Whether passwords open it, beside the directory's identities: they do where nothing is said."""
    value = r.flag("local_auth", "authentication.password_auth_enabled", default=True)
    r.decide("local_auth", "can all clients use cloud identities? then turn local authentication off")
    return value


def _standby(r: Reader) -> bool | None:
    """Whether a standby in another zone takes over; a copy has none. The smallest machines cannot have one."""
    if _is_copy(r):
        return None
    r.rests_on("create_mode", "multi_zone")
    words = {"ZoneRedundant": True, "SameZone": False}
    zones = r.mapped("multi_zone", "high_availability.mode", words, False, False)
    if folded(r, "sku_name").startswith("b_"):
        r.decide("multi_zone", _ZONES)
    return zones


def _spread(r: Reader, attribute: str = "zone_redundant") -> bool:
    """Whether a database is in more than one zone. Kinds that are paid by a fixed size can mostly not be."""
    zones = r.flag("multi_zone", attribute, default=False)
    if folded(r, "sku_name").startswith(("basic", "s", "elasticpool")):
        r.decide("multi_zone", _ZONES)
    return zones


def _reached(r: Reader) -> bool:
    if _says(r, "public_network_access"):
        return r.mapped("public", "public_network_access", _ON, True, True)
    return public(r)


def setting(r: Reader) -> Iterator[ServerSettings]:
    """One parameter of a server, by itself."""
    key = r.text("settings[0].key", "name", lower=True)
    value = r.text("settings[0].value", "value", lower=True)
    engine = "postgres" if "postgresql" in r.type else "mysql"
    yield ServerSettings(
        name=r.address, engine=engine, complete=False, settings=(ServerSetting(key=key, value=value),) if key else ()
    )


def sql_server(r: Reader) -> Iterator[Database | AuditSettings | PrivateLink]:
    """A server of SQL databases, with what separate resources say of it."""
    older = r.type == "azurerm_sql_server"
    yield replace(
        plain(r.address, "mssql"),
        public=None if older else public(r),
        min_tls=None if older else tls(r, "min_tls", "minimum_tls_version", "1.2"),
        customer_key=None if older else _own_key(r),
        audit_logs=_audited(r),
        admin_user=r.text("admin_user", "administrator_login"),
        identity_admin=_directory(r),
        local_auth=None if older else _passwords(r),
        threat_detection=_alerted(r),
        vulnerability_scans=_scanned(r),
    )
    yield endpoint(r, "database")
    yield from _policies(r, "extended_auditing_policy", "audit")
    yield from _policies(r, "threat_detection_policy", "threats")


def _own_key(r: Reader) -> bool:
    """Whether its databases are encrypted with a key of ours: here, or by a resource beside it."""
    beside = linked(r, "customer_key", "azurerm_mssql_server_transparent_data_encryption", "server_id")
    if any(there(one, "key_vault_key_id") is not False for one in beside):
        return True
    return customer_key(r, "transparent_data_encryption_key_vault_key_id")


def _audited(r: Reader) -> bool | None:
    """Whether an auditing policy is there; what it says is judged where it stands."""
    r.decide("audit_logs", "where should the audit log go? add an azurerm_mssql_server_extended_auditing_policy")
    if r.view.blocks("extended_auditing_policy")[0]:
        return None
    if not r.view.blocks("extended_auditing_policy")[1]:
        r.unknown("audit_logs")
    kinds = ("azurerm_mssql_server_extended_auditing_policy", "azurerm_mssql_server_microsoft_support_auditing_policy")
    if any(linked(r, "audit_logs", kind, "server_id") for kind in kinds):
        return None
    return False


def _directory(r: Reader) -> bool:
    r.decide("identity_admin", "which directory group should administer it?")
    apart = linked(r, "identity_admin", "azurerm_sql_active_directory_administrator", "server_name", "name")
    return bool(apart) or r.has("identity_admin", "azuread_administrator")


def _passwords(r: Reader) -> bool:
    only = "azuread_administrator.azuread_authentication_only"
    answer = r.inverted("local_auth", only, default=True)
    r.decide("local_auth", "can all applications use cloud identities? then turn local authentication off")
    return answer


def _alerted(r: Reader) -> bool | None:
    r.decide("threat_detection", "who should be notified? add an azurerm_mssql_server_security_alert_policy")
    if r.view.blocks("threat_detection_policy")[0]:
        return None
    by_name = linked(r, "threat_detection", "azurerm_mssql_server_security_alert_policy", "server_name", "name")
    return None if by_name else False


def _scanned(r: Reader) -> bool | None:
    answer = scanned(r, "azurerm_mssql_server", "server_name", "name")
    return answer if answer is None else r.flag("", "express_vulnerability_assessment_enabled", default=False)


def sql_instance(r: Reader) -> Iterator[Database]:
    """A managed instance of SQL: it stands in a network of ours."""
    endpoint = r.flag("public", "public_data_endpoint_enabled", default=False)
    yield replace(
        plain(r.address, "mssql"),
        public=endpoint,
        min_tls=tls(r, "min_tls", "minimum_tls_version", "1.2"),
        admin_user=r.text("admin_user", "administrator_login"),
        multi_zone=_spread(r, "zone_redundant_enabled"),
    )


def sql_database(r: Reader) -> Iterator[Database | AuditSettings]:
    """One database of a server."""
    yield replace(
        plain(r.address, "mssql"),
        encrypted=r.flag("encrypted", "transparent_data_encryption_enabled", default=True),
        geo_backup=None
        if r.type == "azurerm_sql_database"
        else r.flag("geo_backup", "geo_backup_enabled", default=True),
        multi_zone=_database_zones(r),
        ledger=_ledger(r),
    )
    yield from _policies(r, "extended_auditing_policy", "audit")
    yield from _policies(r, "threat_detection_policy", "threats")


def _ledger(r: Reader) -> bool | None:
    """Whether it can be proved that rows were not changed. The older resource cannot say that."""
    if r.type == "azurerm_sql_database":
        return None
    value = r.flag("ledger", "ledger_enabled", default=False)
    r.decide("ledger", "must changes be provable? then it needs a new database")
    return value


def _database_zones(r: Reader) -> bool | None:
    """Warehouses and copies have no zones, and what is in a pool has those of the pool."""
    pooled = there(r, "elastic_pool_id") is not False
    for attribute in ("sku_name", "create_mode"):
        r.rests_on(attribute, "multi_zone")
    if pooled or folded(r, "sku_name").startswith("dw") or folded(r, "create_mode") not in ("", "default"):
        return None
    return _spread(r)


def pool(r: Reader) -> Iterator[Database]:
    """A pool of SQL databases."""
    yield replace(plain(r.address, "mssql"), multi_zone=_spread(r))


def directory_admin(r: Reader) -> Iterator[Database]:
    """Who of a directory administers a server."""
    yield replace(plain(r.address, "mssql"), admin_user=r.text("admin_user", "login"))


def auditing(r: Reader) -> Iterator[AuditSettings]:
    """What is audited, by itself."""
    yield _settings(r, "audit")


def alerting(r: Reader) -> Iterator[AuditSettings]:
    """Which attacks are reported and to whom, by itself."""
    yield _settings(r, "threats")


def assessment(r: Reader) -> Iterator[AuditSettings]:
    """Scans for weaknesses, by themselves."""
    scans = r.block("", "recurring_scans")
    admins = either(scans, "email_subscription_admins", "email_subscription_admins_enabled")
    emails = scans.texts("emails", "emails")
    r.decide("emails", "who should get the results?")
    yield AuditSettings(
        name=r.address,
        enabled=scans.flag("enabled", "enabled", default=False),
        retention_days=None,
        email_admins=scans.flag("email_admins", admins, default=False),
        emails=emails,
        disabled_alerts=None,
        monitored=None,
    )


def access(r: Reader) -> Iterator[DatabaseAccess]:
    """A range of addresses that may connect. 0.0.0.0 alone stands for every service of the provider."""
    short = r.type == "azurerm_redis_firewall_rule"
    names = ("start_ip", "end_ip") if short else ("start_ip_address", "end_ip_address")
    first, last = r.text("ranges[0]", names[0]).strip(), r.text("ranges[0]", names[1]).strip()
    services = first == last == "0.0.0.0"  # noqa: S104 - what is looked for
    r.place_of("ranges[0]", r.view.find(names[0]))
    r.place_of("providers_services", r.view.find(names[0]))
    for field in ("ranges[0]", "providers_services"):
        r.decide(field, "which addresses need access?")
    if first and last and "$" not in first + last:
        yield DatabaseAccess(
            name=r.address,
            ranges=() if services else (f"{first}-{last}",),
            providers_services=services,
            classic=None,
            described=None,
        )
