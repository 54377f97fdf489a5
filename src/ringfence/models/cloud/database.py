"""Data services of a cloud: databases of every kind, caches, search domains, warehouses, and what stands beside them.

Where a field is `… | None`, None says that this kind of service does not have it (a cache without backups, a table
service without addresses), or that it is said elsewhere. A provider's default is the loading format's business.
"""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Database:
    """A database, cache, search domain, table or warehouse: a server, a cluster, or one of its instances.

    `engine` is lower case ("postgres", "aurora-mysql", "redis", "opensearch", "dynamodb", "mssql", "cosmosdb",
    "spanner"; "" where it is not said), `version` as written.

    Reach: `public`: it has an address on the internet, or takes connections from it. `allowed` are the address ranges
    that may connect. `in_network`: it stands in a private network of ours. `private_subnets`: no subnet that it is in
    has a way to the internet by a gateway. `private_routing`: copies to and from stores stay in our network.
    `default_port`: it listens on the engine's usual one.

    Encryption: `encrypted` at rest, `customer_key` with a key of ours, `double_encrypted` on two layers, `tls_required`
    towards clients, `min_tls` "1.0" to "1.3" ("" where the service does not bound it), `node_tls` between its nodes,
    `certificate` is the authority's name ("rds-ca-2019").

    Who: `identity_auth`: the cloud's identities can log in. `local_auth`: passwords or keys of its own still can.
    `authenticated`: a client must prove who it is at all. `key_writes`: a key changes what databases there are.
    `admin_user` ("" where not said). `default_name`: the database has the name that everybody's has. `identity_admin`:
    a directory's user or group administers it. `fine_grained`: rights within it are bounded for each user.

    Keeping: `backup_days` (0: no backups), `point_in_time` recovery, `backtrack`: it can be turned back in place,
    `geo_backup` in another region, `deletion_protection`, by Terraform or the provider, `drop_protected`: the provider
    itself refuses, `final_snapshot` before it is deleted, `copies_tags` to snapshots, `multi_zone`,
    `dedicated_masters`: three nodes only lead, `minor_upgrades` are installed by themselves.

    Watching: `logging` of what it does, `audit_logs` of who did what, `insights` into its performance, `insights_key`:
    those with a key of ours, `monitoring` of the machine in detail, `threat_detection`, `vulnerability_scans`.
    `ledger`: it can be proved that rows were not changed.
    """

    name: str
    engine: str
    version: str | None
    public: bool | None
    allowed: tuple[str, ...] | None
    in_network: bool | None
    private_subnets: bool | None
    private_routing: bool | None
    default_port: bool | None
    encrypted: bool | None
    customer_key: bool | None
    double_encrypted: bool | None
    tls_required: bool | None
    min_tls: str | None
    node_tls: bool | None
    certificate: str | None
    identity_auth: bool | None
    local_auth: bool | None
    authenticated: bool | None
    key_writes: bool | None
    admin_user: str | None
    default_name: bool | None
    identity_admin: bool | None
    fine_grained: bool | None
    backup_days: int | None
    point_in_time: bool | None
    backtrack: bool | None
    geo_backup: bool | None
    deletion_protection: bool | None
    drop_protected: bool | None
    final_snapshot: bool | None
    copies_tags: bool | None
    multi_zone: bool | None
    dedicated_masters: bool | None
    minor_upgrades: bool | None
    logging: bool | None
    audit_logs: bool | None
    insights: bool | None
    insights_key: bool | None
    monitoring: bool | None
    threat_detection: bool | None
    vulnerability_scans: bool | None
    ledger: bool | None


def database(name: str, engine: str) -> Database:
    """One that has nothing of what not every database has: a kind replaces what its own has."""
    return Database(
        name=name,
        engine=engine,
        version=None,
        public=None,
        allowed=None,
        in_network=None,
        private_subnets=None,
        private_routing=None,
        default_port=None,
        encrypted=None,
        customer_key=None,
        double_encrypted=None,
        tls_required=None,
        min_tls=None,
        node_tls=None,
        certificate=None,
        identity_auth=None,
        local_auth=None,
        authenticated=None,
        key_writes=None,
        admin_user=None,
        default_name=None,
        identity_admin=None,
        fine_grained=None,
        backup_days=None,
        point_in_time=None,
        backtrack=None,
        geo_backup=None,
        deletion_protection=None,
        drop_protected=None,
        final_snapshot=None,
        copies_tags=None,
        multi_zone=None,
        dedicated_masters=None,
        minor_upgrades=None,
        logging=None,
        audit_logs=None,
        insights=None,
        insights_key=None,
        monitoring=None,
        threat_detection=None,
        vulnerability_scans=None,
        ledger=None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class DatabaseAccess:
    """A resource of its own that lets addresses into a database: a firewall rule, a classic security group.

    `ranges` are CIDR ranges, addresses, or "FIRST-LAST"; `providers_services`: every service of the provider may
    connect, also other customers'. `classic`: it belongs to the provider's old shared network. `described`: it says
    what it is for."""

    name: str
    ranges: tuple[str, ...]
    providers_services: bool | None
    classic: bool | None
    described: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DatabaseLogin:
    """Somebody who logs in to a database. `admin`: as who may do everything; `password`: one is needed."""

    name: str
    admin: bool
    password: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DatabaseSnapshot:
    """A copy of a database. `shared` are the accounts that may restore it ("all": everybody)."""

    name: str
    encrypted: bool | None
    shared: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ServerSetting:
    """A parameter of a database server. Both are lower case."""

    key: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ServerSettings:
    """The parameters of a database server: a parameter group, flags of an instance, a configuration of its own.

    `engine` as in Database ("azure-postgres" and "azure-mysql" where all that is said of a server is gathered).
    `complete`: what is not listed has the engine's default; else it may be set elsewhere.
    """

    name: str
    engine: str
    complete: bool
    settings: tuple[ServerSetting, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditSettings:
    """What a database's auditing or threat detection does, where that is a resource of its own.

    `retention_days` is 0 for ever. `email_admins` and `emails`: whether somebody is told. `disabled_alerts` are the
    kinds that are not raised. `monitored`: what is recorded goes to where alarms look."""

    name: str
    enabled: bool
    retention_days: int | None
    email_admins: bool | None
    emails: tuple[str, ...] | None
    disabled_alerts: tuple[str, ...] | None
    monitored: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TableCapacity:
    """How much a table that is not paid by request can take. `scaled`: more when more is asked."""

    name: str
    scaled: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DatabaseRelease:
    """What a database server runs: `engine` lower case, `version` as written."""

    name: str
    engine: str
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DatabaseFirewall:
    """What stands before a database in a network of ours. `named`: firewalls of its own, and not the network's
    default."""

    name: str
    named: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DatabaseProfile:
    """Whether a document database sends the log of what took long. `profiled`: it does."""

    name: str
    profiled: bool
