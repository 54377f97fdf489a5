"""Queues, topics, streams and brokers of AWS."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.terraform.aws.following import there
from ringfence.formats.terraform.aws.policies import resource_policy
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import ON
from ringfence.models.cloud.messaging import Broker, BrokerRelease, Queue, Stream, Subscription, Topic
from ringfence.models.cloud.messaging import broker as plain
from ringfence.models.cloud.policy import PolicyHolder


def queue(r: Reader) -> Iterator[Queue | PolicyHolder]:
    """A queue of SQS. AWS encrypts new queues by itself where the file says nothing, and leaves older ones as they
    are."""
    key = there(r, "kms_master_key_id")
    stored = r.flag("encrypted", "sqs_managed_sse_enabled", default=False)
    if key is None and not stored:
        r.unknown("encrypted")
    yield Queue(
        name=r.address,
        encrypted=stored or key is True,
        customer_key=r.given("customer_key", "kms_master_key_id"),
    )
    yield from resource_policy(r, "queue", "policy")


def queue_policy(r: Reader) -> Iterator[PolicyHolder]:
    """Who may use a queue."""
    yield from resource_policy(r, "queue", "policy")


def topic(r: Reader) -> Iterator[Topic | PolicyHolder]:
    """A topic of SNS."""
    stored = r.given("encrypted", "kms_master_key_id")
    r.writes("encrypted", "kms_master_key_id", {True: '"alias/aws/sns"'})
    yield Topic(
        name=r.address,
        encrypted=stored,
        customer_key=r.given("customer_key", "kms_master_key_id"),
    )
    yield from resource_policy(r, "topic", "policy")


def topic_policy(r: Reader) -> Iterator[PolicyHolder]:
    """Who may use a topic."""
    yield from resource_policy(r, "topic", "policy")


def subscription(r: Reader) -> Iterator[Subscription]:
    """What a topic sends to."""
    yield Subscription(name=r.address, plain=r.text("plain", "protocol", lower=True) == "http")


def stream(r: Reader) -> Iterator[Stream]:
    """A stream of Kinesis, which is not encrypted where nothing is said."""
    kinds = {"KMS": True, "NONE": False}
    stored = r.mapped("encrypted", "encryption_type", kinds, default=False, otherwise=False)
    if not r.view.find("kms_key_id").there:  # without one the provider refuses KMS
        r.decide("encrypted", 'which key should it use? "alias/aws/kinesis" is the provider\'s')
    yield Stream(
        name=r.address,
        encrypted=stored,
        customer_key=r.given("customer_key", "kms_key_id"),
    )


def video(r: Reader) -> Iterator[Stream]:
    """A stream of pictures, always encrypted."""
    yield Stream(
        name=r.address,
        encrypted=None,
        customer_key=r.given("customer_key", "kms_key_id"),
    )


def delivery(r: Reader) -> Iterator[Stream]:
    """A delivery of Firehose. What it takes from a stream is encrypted there and nowhere else."""
    sources = [r.view.blocks(f"{one}_source_configuration") for one in ("kinesis", "msk")]
    fed = any(some for some, _ in sources)
    if not all(known for _, known in sources):
        r.unknown("encrypted")
        r.unknown("customer_key")
    kinds = {"CUSTOMER_MANAGED_CMK": True, "AWS_OWNED_CMK": False}
    stored = r.flag("encrypted", "server_side_encryption.enabled", default=False)
    own = r.mapped("customer_key", "server_side_encryption.key_type", kinds, default=False, otherwise=False)
    own = own and r.given("customer_key", "server_side_encryption.key_arn")
    yield Stream(
        name=r.address,
        encrypted=None if fed else stored,
        customer_key=None if fed else own,
    )


def kafka(r: Reader) -> Iterator[Broker]:
    """A cluster of MSK. It is always encrypted at rest; clients speak TLS where nothing else is said."""
    transit = "encryption_info.encryption_in_transit"
    clients = {"TLS": True, "TLS_PLAINTEXT": False, "PLAINTEXT": False}
    public = {"SERVICE_PROVIDED_EIPS": True, "DISABLED": False}
    metrics = {"PER_BROKER": True, "DEFAULT": False}
    access = "broker_node_group_info.connectivity_info.public_access.type"
    yield replace(
        plain(r.address),
        public=r.mapped("public", access, public, default=False, otherwise=False),
        customer_key=r.given("customer_key", "encryption_info.encryption_at_rest_kms_key_arn"),
        tls_required=r.mapped("tls_required", f"{transit}.client_broker", clients, default=True, otherwise=True),
        node_tls=r.flag("node_tls", f"{transit}.in_cluster", default=True),
        authenticated=r.inverted("authenticated", "client_authentication.unauthenticated", default=True),
        logging=_kafka_logs(r),
        monitoring=r.mapped("monitoring", "enhanced_monitoring", metrics, default=False, otherwise=True),
    )


def _kafka_logs(r: Reader) -> bool:
    """Whether any of the three places gets the logs."""
    on, known = False, True
    r.has("logging", "logging_info")
    r.decide("logging", "which log group, bucket or delivery stream should its logs go to?")
    outer, complete = r.view.blocks("logging_info.broker_logs")
    for one in outer:
        for kind in ("cloudwatch_logs", "firehose", "s3"):
            value = one.find(f"{kind}.enabled").value
            on = on or value in ON
            known = known and (value is None or isinstance(value, bool | str))
    if not on and not (known and complete):
        r.unknown("logging")
    return on


def broker(r: Reader) -> Iterator[Broker | BrokerRelease]:
    """A broker of MQ: always encrypted, with AWS' own key where nothing is said. RabbitMQ has no audit log."""
    engine = r.text("engine", "engine_type", lower=True)
    r.rests_on("engine_type", "audit_logs")
    owned = r.view.find("encryption_options.use_aws_owned_key").value in ON
    key = r.given("customer_key", "encryption_options.kms_key_id") and not owned
    modes = {"SINGLE_INSTANCE": False, "ACTIVE_STANDBY_MULTI_AZ": True, "CLUSTER_MULTI_AZ": True}
    yield replace(
        plain(r.address),
        public=r.flag("public", "publicly_accessible", default=False),
        customer_key=key,
        logging=r.flag("logging", "logs.general", default=False),
        audit_logs=None if engine == "rabbitmq" else r.flag("audit_logs", "logs.audit", default=False),
        minor_upgrades=r.flag("minor_upgrades", "auto_minor_version_upgrade", default=False),
        multi_zone=_standby(r, engine, modes),
    )
    yield from broker_settings(r)


def broker_settings(r: Reader) -> Iterator[BrokerRelease]:
    """Which release a broker of MQ, or settings for some, are for."""
    engine = r.text("", "engine_type", lower=True)
    r.rests_on("engine_type", "version")
    if there(r, "engine_version") is not False:
        yield BrokerRelease(name=r.address, engine=engine, version=r.text("version", "engine_version"))


def _standby(r: Reader, engine: str, modes: dict[str, bool]) -> bool:
    found = r.mapped("multi_zone", "deployment_mode", modes, default=False, otherwise=True)
    mode = "CLUSTER_MULTI_AZ" if engine == "rabbitmq" else "ACTIVE_STANDBY_MULTI_AZ"
    r.writes("multi_zone", "deployment_mode", {True: f'"{mode}"'})
    return found
