"""Modules of the public registry that are one resource of AWS with more around it, judged by what a call passes.

What a call does not pass is the module's own default: a finding only where that was the same in every version, or where
the version that is asked for decides it.
"""

import re
from collections.abc import Iterator, Mapping

from ringfence.dataclasses import dataclass, field
from ringfence.formats.terraform import kinds
from ringfence.formats.terraform.aws.inputs import Inputs
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.view import View

_PART = r"(?://modules/([a-z0-9_-]+))?"
_SOURCE = re.compile(
    rf"(?:registry\.(?:terraform\.io|opentofu\.org)/)?terraform-aws-modules/([a-z0-9-]+)/aws{_PART}()"
    rf"|(?:git::)?(?:https://"
    rf"|ssh://git@)?github\.com/terraform-aws-modules/terraform-aws-([a-z0-9-]+?)(?:\.git)?{_PART}"
    r"(?:\?ref=([A-Za-z0-9._-]+))?"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Passed:
    """Which resource a module makes, the inputs whose names are not those of the resource's attributes, and the
    attributes that are null where they are not passed: in every version, or in those before one. One that makes several
    has a function in `called`."""

    kind: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    null: frozenset[str] = frozenset()
    before: int = 0
    null_before: frozenset[str] = frozenset()
    several: str = ""


MODULES: Mapping[str, Passed] = {
    "acm": Passed(kind="aws_acm_certificate", names={}),
    "alb": Passed(
        several="balancer",
        null=frozenset({"access_logs", "internal", "load_balancer_type"}),
        before=9,
        null_before=frozenset({"drop_invalid_header_fields", "enable_deletion_protection"}),
    ),
    "autoscaling": Passed(
        several="template",
        before=5,
        null_before=frozenset({"ebs_block_device", "root_block_device"}),
    ),
    "cloudfront": Passed(kind="aws_cloudfront_distribution", null=frozenset({"logging_config", "web_acl_id"})),
    "dynamodb-table": Passed(
        kind="aws_dynamodb_table",
        names={
            "point_in_time_recovery.enabled": "point_in_time_recovery_enabled",
            "server_side_encryption.enabled": "server_side_encryption_enabled",
            "server_side_encryption.kms_key_arn": "server_side_encryption_kms_key_arn",
        },
        null=frozenset({"point_in_time_recovery", "server_side_encryption"}),
    ),
    "ec2-instance": Passed(
        kind="aws_instance",
        null=frozenset(
            {
                "associate_public_ip_address",
                "ebs_block_device",
                "launch_template",
                "monitoring",
                "root_block_device",
            }
        ),
        before=6,
        null_before=frozenset(
            {
                "metadata_options",
                "network_interface",
                "primary_network_interface",
                "security_groups",
                "vpc_security_group_ids",
            }
        ),
    ),
    "ecr": Passed(
        kind="aws_ecr_repository",
        names={
            "image_tag_mutability": "repository_image_tag_mutability",
            "image_scanning_configuration.scan_on_push": "repository_image_scan_on_push",
            "encryption_configuration.encryption_type": "repository_encryption_type",
        },
    ),
    "eks": Passed(
        kind="aws_eks_cluster",
        names={
            "version": "cluster_version kubernetes_version",
            "enabled_cluster_log_types": "cluster_enabled_log_types enabled_log_types",
            "vpc_config.endpoint_public_access": "cluster_endpoint_public_access endpoint_public_access",
            "vpc_config.public_access_cidrs": "cluster_endpoint_public_access_cidrs endpoint_public_access_cidrs",
        },
        null=frozenset({"vpc_config.public_access_cidrs"}),
        before=19,
        null_before=frozenset({"vpc_config"}),
    ),
    "efs": Passed(several="share", names={"kms_key_id": "kms_key_arn"}),
    "elasticache": Passed(kind="aws_elasticache_replication_group", names={}),
    "elb": Passed(kind="aws_elb", null=frozenset({"access_logs"})),
    "iam//iam-policy": Passed(kind="aws_iam_policy"),
    "kms": Passed(
        kind="aws_kms_key",
        names={},
        null=frozenset({"custom_key_store_id", "customer_master_key_spec", "is_enabled", "key_spec", "key_usage"}),
    ),
    "lambda": Passed(
        several="function",
        names={"tracing_config.mode": "tracing_mode", "environment.variables": "environment_variables"},
        null=frozenset({"tracing_config"}),
    ),
    "msk-kafka-cluster": Passed(
        kind="aws_msk_cluster",
        names={
            "encryption_info.encryption_in_transit.client_broker": "encryption_in_transit_client_broker",
            "encryption_info.encryption_in_transit.in_cluster": "encryption_in_transit_in_cluster",
            "encryption_info.encryption_at_rest_kms_key_arn": "encryption_at_rest_kms_key_arn",
        },
    ),
    "opensearch": Passed(kind="aws_opensearch_domain"),
    "rds": Passed(
        kind="aws_db_instance",
        null=frozenset(
            {
                "backup_retention_period",
                "copy_tags_to_snapshot",
                "deletion_protection",
                "enabled_cloudwatch_logs_exports",
                "iam_database_authentication_enabled",
                "kms_key_id",
                "monitoring_interval",
                "multi_az",
                "performance_insights_enabled",
                "replicate_source_db",
                "s3_import",
                "snapshot_identifier",
            }
        ),
    ),
    "rds-aurora": Passed(kind="aws_rds_cluster", names={}),
    "redshift": Passed(kind="aws_redshift_cluster", names={}),
    "s3-bucket": Passed(
        several="bucket",
        null=frozenset(
            {
                "cors_rule",
                "lifecycle_rule",
                "logging",
                "server_side_encryption_configuration",
                "versioning",
                "website",
            }
        ),
    ),
    "security-group": Passed(several="security_group"),
    "security-group//": Passed(several="ready_group"),
    "sns": Passed(kind="aws_sns_topic", names={"policy": "topic_policy"}, null=frozenset({"kms_master_key_id"})),
    "sqs": Passed(
        kind="aws_sqs_queue",
        null=frozenset({"kms_master_key_id"}),
        before=4,
        null_before=frozenset({"sqs_managed_sse_enabled"}),
    ),
    "vpc": Passed(
        several="network",
        null=frozenset({"enable_flow_log"}),
        before=4,
        null_before=frozenset({"map_public_ip_on_launch"}),
    ),
}


def _several(name: str) -> kinds.Kind:
    from ringfence.formats.terraform.aws import called

    found: kinds.Kind = getattr(called, name)
    return found


def passed(r: Reader, source: str) -> Iterator[object]:
    """The models of what a call passes to a known module."""
    match = _SOURCE.fullmatch(source)
    if match is None:
        return
    name, part = match[1] or match[4], match[2] or match[5] or ""
    known = MODULES.get(f"{name}//{part}", MODULES.get(f"{name}//")) if part else MODULES.get(name)
    if known is None:
        return
    read = _several(known.several) if known.several else kinds.reader_of(known.kind)
    if read is None:
        return
    view = Inputs(View.of(r.instance), known.names, known.null, part=part, asked=match[6] or "")
    if view.older(known.before):
        view.null = known.null | known.null_before
    inner = Reader(r.instance, view, r.record)
    for model in read(inner):
        yield model
        inner.record = r.record  # each model has a record of its own
