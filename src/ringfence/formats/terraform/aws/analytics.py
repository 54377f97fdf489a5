"""What looks through data at AWS: EMR, Glue, Athena, SageMaker, MWAA, WorkSpaces."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.aws.documents import Node, document
from ringfence.formats.terraform.aws.following import said
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import ON
from ringfence.models.cloud.analytics import (
    AgentGuard,
    DataCatalog,
    DataCluster,
    DataJob,
    Desktop,
    ModelEndpoint,
    Notebook,
    QueryWorkgroup,
    SecurityConfiguration,
    data_cluster,
)
from ringfence.models.cloud.managed import ManagedService, managed_service


def cluster(r: Reader) -> Iterator[DataCluster]:
    """A cluster of EMR."""
    yield replace(
        data_cluster(r.address),
        secured=r.given("secured", "security_configuration"),
        logging=r.given("logging", "log_uri"),
        authenticated=r.has("authenticated", "kerberos_attributes"),
        in_network=r.given("in_network", "ec2_attributes.subnet_id")
        or r.given("in_network", "ec2_attributes.subnet_ids")
        or r.given("in_network", "subnet_id"),
    )


def configuration(r: Reader) -> Iterator[SecurityConfiguration]:
    """A security configuration of EMR: a document."""
    whole = document(r, "whole", "configuration")
    if "whole" in r.record.unknown:
        for field in ("at_rest", "local_disks", "system_disks", "in_transit", "customer_key"):
            r.unknown(field)
    part = whole.get("EncryptionConfiguration")
    rest = part.get("AtRestEncryptionConfiguration")
    disks = rest.get("LocalDiskEncryptionConfiguration")
    on = part.get("EnableAtRestEncryption").flag("at_rest", default=False)
    yield SecurityConfiguration(
        name=r.address,
        at_rest=on,
        local_disks=disks.there and on,
        system_disks=disks.get("EnableEbsEncryption").flag("system_disks", default=False) and on,
        in_transit=part.get("EnableInTransitEncryption").flag("in_transit", default=False),
        logs=None,
        bookmarks=None,
        customer_key=_keyed(rest.get("S3EncryptionConfiguration")) if on else None,
    )


def _keyed(stores: Node) -> bool:
    mode = stores.get("EncryptionMode").text("customer_key")
    return mode.upper() in ("SSE-KMS", "CSE-KMS", "CSE-CUSTOM")


def glue_configuration(r: Reader) -> Iterator[SecurityConfiguration]:
    """A security configuration of Glue."""
    part = r.block("", "encryption_configuration")
    modes = {"DISABLED": False}
    yield SecurityConfiguration(
        name=r.address,
        at_rest=part.mapped("at_rest", "s3_encryption.s3_encryption_mode", modes, default=False, otherwise=True),
        local_disks=None,
        system_disks=None,
        in_transit=None,
        logs=part.mapped(
            "logs", "cloudwatch_encryption.cloudwatch_encryption_mode", modes, default=False, otherwise=True
        ),
        bookmarks=part.mapped(
            "bookmarks", "job_bookmarks_encryption.job_bookmarks_encryption_mode", modes, default=False, otherwise=True
        ),
        customer_key=_own_keys(part),
    )


def _own_keys(part: Reader) -> bool | None:
    """Whether each part that is encrypted with KMS names a key; None where none is."""
    asked = [
        part.given("customer_key", f"{block}.kms_key_arn")
        for block, mode in _GLUE
        if said(part, f"{block}.{mode}").endswith("-KMS")
    ]
    return all(asked) if asked else None


_GLUE = (
    ("cloudwatch_encryption", "cloudwatch_encryption_mode"),
    ("job_bookmarks_encryption", "job_bookmarks_encryption_mode"),
    ("s3_encryption", "s3_encryption_mode"),
)


_CATALOG_KEYS = ("connection_password_encryption.aws_kms_key_id", "encryption_at_rest.sse_aws_kms_key_id")


def catalog(r: Reader) -> Iterator[DataCatalog | ManagedService]:
    """How Glue's catalogue is encrypted."""
    part = r.block("", "data_catalog_encryption_settings")
    modes = {"DISABLED": False}
    password = "connection_password_encryption"  # noqa: S105 - a block's name
    yield DataCatalog(
        name=r.address,
        encrypted=part.mapped(
            "encrypted", "encryption_at_rest.catalog_encryption_mode", modes, default=False, otherwise=True
        ),
        passwords_encrypted=part.flag(
            "passwords_encrypted", f"{password}.return_connection_password_encrypted", default=False
        ),
    )
    part = r.block("", "data_catalog_encryption_settings")
    keys = [part.given("customer_key", one) for one in _CATALOG_KEYS]
    r.decide("customer_key", "which key should it use?")
    yield replace(managed_service(r.address, "catalogue of data"), customer_key=all(keys))


def job(r: Reader) -> Iterator[DataJob]:
    """A job, a crawler or a machine for development of Glue."""
    secured = r.given("secured", "security_configuration")
    yield DataJob(name=r.address, secured=secured, customer_key=None, private=None)


def flow(r: Reader) -> Iterator[DataJob]:
    """What moves data between services, and is encrypted with the provider's key where none is named."""
    attribute = _KEYS.get(r.type, "kms_arn")
    yield DataJob(name=r.address, secured=None, customer_key=r.given("customer_key", attribute), private=None)


_KEYS = {
    "aws_scheduler_schedule": "kms_key_arn",
}


def contact_storage(r: Reader) -> Iterator[DataJob]:
    """Where Connect keeps calls and chats. Only for buckets and streams of video a key is named here."""
    for path in ("storage_config.s3_config", "storage_config.kinesis_video_stream_config"):
        some, known = r.view.blocks(path)
        if not known:
            r.unknown("customer_key")
        if some:
            given = r.given("customer_key", f"{path}.encryption_config.key_id")
            r.decide("customer_key", "which key should encrypt it?")
            yield DataJob(name=r.address, secured=None, customer_key=given, private=None)


def public_block(r: Reader) -> Iterator[DataCluster]:
    """Whether an account's clusters may be made public."""
    blocked = r.inverted("public", "block_public_security_group_rules", default=False)
    yield replace(data_cluster(r.address), public=blocked)


def agent(r: Reader) -> Iterator[ModelEndpoint | AgentGuard]:
    """An agent of Bedrock."""
    key = r.given("customer_key", "customer_encryption_key_arn")
    yield ModelEndpoint(name=r.address, customer_key=key, isolated=None)
    yield AgentGuard(name=r.address, guarded=r.given("guarded", "guardrail_configuration.guardrail_identifier"))


def workgroup(r: Reader) -> Iterator[QueryWorkgroup]:
    """A workgroup of Athena. One that keeps results itself encrypts them."""
    kept = r.view.find("configuration.managed_query_results_configuration.enabled").value
    if isinstance(kept, Unknown):
        r.unknown("encrypted")
        r.unknown("customer_key")
    part = r.block("", "configuration")
    results, keeps = "result_configuration.encryption_configuration", kept in ON
    encrypted = part.given("encrypted", f"{results}.encryption_option")
    managed = "managed_query_results_configuration.encryption_configuration.kms_key"
    key = part.given("customer_key", managed if keeps else f"{results}.kms_key_arn")
    part.rests_on(f"{results}.encryption_option", "customer_key")
    yield QueryWorkgroup(
        name=r.address,
        encrypted=None if keeps else encrypted,
        customer_key=key if keeps or encrypted else None,
        enforced=part.flag("enforced", "enforce_workgroup_configuration", default=True),
        metrics=part.flag("metrics", "publish_cloudwatch_metrics_enabled", default=True),
    )


def query_database(r: Reader) -> Iterator[QueryWorkgroup]:
    """A database of Athena."""
    encrypted = r.given("encrypted", "encryption_configuration.encryption_option")
    key = r.given("customer_key", "encryption_configuration.kms_key")
    r.rests_on("encryption_configuration.encryption_option", "customer_key")
    yield QueryWorkgroup(
        name=r.address, encrypted=encrypted, customer_key=key if encrypted else None, enforced=None, metrics=None
    )


def notebook(r: Reader) -> Iterator[Notebook]:
    """A notebook of SageMaker: with a direct way to the internet, and root for its users, where nothing is said."""
    switch = {"Enabled": True, "Disabled": False}
    version = "instance_metadata_service_configuration.minimum_instance_metadata_service_version"
    yield Notebook(
        name=r.address,
        customer_key=r.given("customer_key", "kms_key_id"),
        direct_internet=r.mapped("direct_internet", "direct_internet_access", switch, default=True, otherwise=True),
        root=r.mapped("root", "root_access", switch, default=True, otherwise=True),
        in_network=r.given("in_network", "subnet_id"),
        public=None,
        old_metadata=r.mapped("old_metadata", version, {"1": True, "2": False}, default=True, otherwise=False),
    )


def studio(r: Reader) -> Iterator[Notebook]:
    """A domain of SageMaker's studio."""
    ways = {"PublicInternetOnly": True, "VpcOnly": False}
    yield Notebook(
        name=r.address,
        customer_key=r.given("customer_key", "kms_key_id"),
        direct_internet=r.mapped("direct_internet", "app_network_access_type", ways, default=True, otherwise=True),
        root=None,
        in_network=None,
        public=None,
        old_metadata=None,
    )


def endpoint(r: Reader) -> Iterator[ModelEndpoint]:
    """What serves a model of SageMaker."""
    key = r.given("customer_key", "kms_key_arn")
    yield ModelEndpoint(name=r.address, customer_key=key, isolated=None)


def model(r: Reader) -> Iterator[ModelEndpoint]:
    """A model of SageMaker."""
    isolated = r.flag("isolated", "enable_network_isolation", default=False)
    yield ModelEndpoint(name=r.address, customer_key=None, isolated=isolated)


def recogniser(r: Reader) -> Iterator[ModelEndpoint]:
    """A model of Comprehend: what it learned, and the disks on which it did."""
    keys = [r.given("customer_key", attribute) for attribute in ("model_kms_key_id", "volume_kms_key_id")]
    yield ModelEndpoint(name=r.address, customer_key=all(keys), isolated=None)


def index(r: Reader) -> Iterator[ModelEndpoint]:
    """An index of Kendra."""
    key = r.given("customer_key", "server_side_encryption_configuration.kms_key_id")
    yield ModelEndpoint(name=r.address, customer_key=key, isolated=None)


#: The logs of Airflow that tell who did what.
_AIRFLOW = ("scheduler_logs", "webserver_logs", "worker_logs")


def airflow(r: Reader) -> Iterator[DataCluster]:
    """An environment of MWAA: private, and without most logs, where nothing is said."""
    modes = {"PUBLIC_ONLY": True, "PRIVATE_ONLY": False}
    some = [r.flag("logging", f"logging_configuration.{kind}.enabled", default=False) for kind in _AIRFLOW]
    r.record.writings.pop("logging", None)
    yield replace(
        data_cluster(r.address),
        public=r.mapped("public", "webserver_access_mode", modes, default=False, otherwise=False),
        logging=all(some),
    )


def desktop(r: Reader) -> Iterator[Desktop]:
    """A desktop of WorkSpaces."""
    yield Desktop(
        name=r.address,
        root_encrypted=r.flag("root_encrypted", "root_volume_encryption_enabled", default=False),
        user_encrypted=r.flag("user_encrypted", "user_volume_encryption_enabled", default=False),
    )
