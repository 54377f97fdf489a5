"""Messages between parts of a system: queues, topics, streams, brokers. None: it does not have that."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Queue:
    """A queue. `encrypted` at rest, `customer_key` with a key of ours."""

    name: str
    encrypted: bool | None
    customer_key: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """A topic to which others subscribe. `encrypted` at rest, `customer_key` with a key of ours."""

    name: str
    encrypted: bool | None
    customer_key: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Subscription:
    """What a topic sends to. `protocol` lower case; `plain`: to an address over HTTP without TLS."""

    name: str
    protocol: str
    plain: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Stream:
    """A stream of records, or what delivers them to a store."""

    name: str
    encrypted: bool | None
    customer_key: bool | None
    logging: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Broker:
    """A broker or namespace: Kafka, RabbitMQ, ActiveMQ, service bus, event hubs, event grid.

    `engine` is lower case. `public`: it takes connections from the internet, `allowed` from these ranges.
    `tls_required` towards clients, `node_tls` between its nodes, `min_tls` "1.0" to "1.3" ("": not bounded).
    `authenticated`: clients must prove who they are. `local_auth`: keys of its own are taken beside the cloud's
    identities. `managed_identity`: it has an identity of its own. `logging` of what it does, `audit_logs` of what its
    administrators do."""

    name: str
    engine: str
    public: bool | None
    allowed: tuple[str, ...] | None
    encrypted: bool | None
    customer_key: bool | None
    double_encrypted: bool | None
    tls_required: bool | None
    node_tls: bool | None
    min_tls: str | None
    authenticated: bool | None
    local_auth: bool | None
    managed_identity: bool | None
    logging: bool | None
    audit_logs: bool | None
    monitoring: bool | None
    minor_upgrades: bool | None
    multi_zone: bool | None


def broker(name: str, engine: str) -> Broker:
    """One that has nothing of what not every broker has: a kind replaces what its own has."""
    return Broker(
        name=name,
        engine=engine,
        public=None,
        allowed=None,
        encrypted=None,
        customer_key=None,
        double_encrypted=None,
        tls_required=None,
        node_tls=None,
        min_tls=None,
        authenticated=None,
        local_auth=None,
        managed_identity=None,
        logging=None,
        audit_logs=None,
        monitoring=None,
        minor_upgrades=None,
        multi_zone=None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class MailSetting:
    """How mail is sent. `tls_required`: not at all where the receiver does not speak TLS."""

    name: str
    tls_required: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokerRelease:
    """What a broker runs: `engine` lower case, `version` as written."""

    name: str
    engine: str
    version: str
