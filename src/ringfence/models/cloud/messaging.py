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
    """What a topic sends to. `plain`: to an address over HTTP without TLS."""

    name: str
    plain: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Stream:
    """A stream of records, or what delivers them to a store."""

    name: str
    encrypted: bool | None
    customer_key: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Broker:
    """A broker or namespace: Kafka, RabbitMQ, ActiveMQ, service bus, event hubs, event grid.

    `public`: it takes connections from the internet. `tls_required` towards clients, `node_tls` between its nodes.
    `authenticated`: clients must prove who they are. `logging` of what it does, `audit_logs` of what its
    administrators do."""

    name: str
    public: bool | None
    customer_key: bool | None
    tls_required: bool | None
    node_tls: bool | None
    authenticated: bool | None
    logging: bool | None
    audit_logs: bool | None
    monitoring: bool | None
    minor_upgrades: bool | None
    multi_zone: bool | None


def broker(name: str) -> Broker:
    """One that has nothing of what not every broker has: a kind replaces what its own has."""
    return Broker(
        name=name,
        public=None,
        customer_key=None,
        tls_required=None,
        node_tls=None,
        authenticated=None,
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
