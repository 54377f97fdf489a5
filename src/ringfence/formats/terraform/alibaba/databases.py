"""Databases of Alibaba Cloud."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.database import Database, ServerSetting, ServerSettings
from ringfence.models.cloud.database import database as plain

_ENGINES = {"mysql": "mysql", "postgresql": "postgres", "sqlserver": "mssql", "mariadb": "mariadb", "ppas": "postgres"}
_TLS = {"Open": True, "Update": True, "Close": False}


def _allowed(r: Reader, attribute: str) -> tuple[str, ...]:
    """Which addresses may connect: an address of zeroes without a length stands for everybody."""
    said = r.texts("allowed", attribute)
    for index in range(len(said)):
        r.decide(f"allowed[{index}]", "which addresses need access?")
    return tuple(f"{one}/0" if one.strip("0.") == "" and one else one for one in said)


def relational(r: Reader) -> Iterator[Database | ServerSettings]:
    """A server for relational data. Which of them can encrypt what they keep depends on the engine."""
    engine = _ENGINES.get(r.text("engine", "engine", lower=True), "")
    own = r.given("encrypted", "encryption_key")
    sealed = r.mapped("encrypted", "tde_status", {"Enabled": True, "Disabled": False}, False, False)
    r.decide("encrypted", "turn tde_status on; it cannot be turned off again")
    yield replace(
        plain(r.address, engine),
        allowed=_allowed(r, "security_ips"),
        tls_required=r.mapped("tls_required", "ssl_action", _TLS, False, False),
        encrypted=own or sealed if engine in ("mysql", "mssql") else None,
        minor_upgrades=r.mapped("minor_upgrades", "auto_upgrade_minor_version", {"Manual": False}, True, True),
        audit_logs=r.mapped("audit_logs", "sql_collector_status", {"Enabled": True, "Disabled": False}, False, False),
        deletion_protection=r.flag("deletion_protection", "deletion_protection", default=False),
    )
    settings = list[ServerSetting]()
    for one in r.blocks("settings", "parameters"):
        key, value = one.text("key", "name", lower=True), one.text("value", "value", lower=True)
        settings.append(ServerSetting(key=key, value=value))
    yield ServerSettings(name=r.address, engine=engine, complete=False, settings=tuple(settings))


def documents(r: Reader) -> Iterator[Database]:
    """A server for documents."""
    inside = r.mapped("in_network", "network_type", {"VPC": True, "Classic": False}, False, False)
    inside = r.given("in_network", "vswitch_id") or inside
    r.decide("in_network", "which network should it be in?")
    sealed = r.mapped("encrypted", "tde_status", {"enabled": True}, False, False)
    r.decide("encrypted", "turn tde_status on; it cannot be turned off again")
    yield replace(
        plain(r.address, "mongodb"),
        allowed=_allowed(r, "security_ip_list"),
        tls_required=r.mapped("tls_required", "ssl_action", _TLS, False, False),
        encrypted=sealed,
        in_network=inside,
    )
