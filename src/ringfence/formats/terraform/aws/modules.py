"""Modules of the public registry that are one resource of AWS with more around it, judged by what a call passes.

What a call does not pass is the module's own default: a finding only where the version that is asked for decides it.
"""

import re
from collections.abc import Iterator, Mapping

from ringfence.dataclasses import dataclass, field
from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform import kinds
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.view import Found, View

_SOURCE = re.compile(r"(?:registry\.(?:terraform\.io|opentofu\.org)/)?terraform-aws-modules/([a-z0-9-]+)/aws(?://.*)?")
#: A version that cannot be a later major one.
_VERSION = re.compile(r"\s*(?:~>\s*v?([0-9]{1,4})(?:\.[0-9]+)+|=?\s*v?([0-9]{1,4})\.[0-9]+\.[0-9]+)\s*")


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
        kind="aws_lb",
        before=9,
        null_before=frozenset({"drop_invalid_header_fields", "enable_deletion_protection"}),
    ),
    "cloudfront": Passed(kind="aws_cloudfront_distribution", names={}),
    "dynamodb-table": Passed(
        kind="aws_dynamodb_table",
        names={
            "point_in_time_recovery.enabled": "point_in_time_recovery_enabled",
            "server_side_encryption.enabled": "server_side_encryption_enabled",
            "server_side_encryption.kms_key_arn": "server_side_encryption_kms_key_arn",
        },
    ),
    "ec2-instance": Passed(kind="aws_instance", names={}),
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
            "version": "cluster_version",
            "enabled_cluster_log_types": "cluster_enabled_log_types",
            "vpc_config.endpoint_public_access": "cluster_endpoint_public_access",
            "vpc_config.public_access_cidrs": "cluster_endpoint_public_access_cidrs",
        },
    ),
    "elasticache": Passed(kind="aws_elasticache_replication_group", names={}),
    "kms": Passed(kind="aws_kms_key", names={}),
    "lambda": Passed(
        kind="aws_lambda_function",
        names={"tracing_config.mode": "tracing_mode", "environment.variables": "environment_variables"},
    ),
    "rds": Passed(kind="aws_db_instance", names={}),
    "rds-aurora": Passed(kind="aws_rds_cluster", names={}),
    "redshift": Passed(kind="aws_redshift_cluster", names={}),
    "s3-bucket": Passed(several="bucket"),
    "security-group": Passed(several="security_group"),
    "sns": Passed(kind="aws_sns_topic", names={"policy": "topic_policy"}, null=frozenset({"kms_master_key_id"})),
    "sqs": Passed(
        kind="aws_sqs_queue",
        null=frozenset({"kms_master_key_id"}),
        before=4,
        null_before=frozenset({"sqs_managed_sse_enabled"}),
    ),
    "vpc": Passed(several="network"),
}


class _Inputs(View):
    """A module call, as if it were the resource: attributes are inputs, and what is not passed is not known."""

    __slots__ = ("known", "null")

    def __init__(self, view: View, known: Passed) -> None:
        super().__init__(view.file, view.start, view.end, view.names, body=view.body)
        self.known = known
        version = super().find("version").value
        match = _VERSION.fullmatch(version) if isinstance(version, str) else None
        older = match is not None and int(match[1] or match[2]) < known.before
        self.null = known.null | known.null_before if older else known.null

    def find(self, path: str) -> Found:
        """An input; not known where it is not passed."""
        found = super().find(self.known.names.get(path, path))
        if found.there or path in self.null:
            return found
        return Found(Unknown(), False, False, -1, -1, None)

    def blocks(self, kind: str) -> tuple[list[View], bool]:
        """Blocks are passed as objects, under names of the module's own."""
        passed = self.body is not None and kind.partition(".")[0] in self.body.attributes
        return super().blocks(kind) if passed else ([], kind in self.null)


def _several(name: str) -> kinds.Kind:
    from ringfence.formats.terraform.aws import called

    found: kinds.Kind = getattr(called, name)
    return found


def passed(r: Reader, source: str) -> Iterator[object]:
    """The models of what a call passes to a known module."""
    match = _SOURCE.fullmatch(source)
    known = MODULES.get(match[1]) if match else None
    if known is None:
        return
    read = _several(known.several) if known.several else kinds.reader_of(known.kind)
    if read is None:
        return
    inner = Reader(r.instance, _Inputs(View.of(r.instance), known), r.record)
    for model in read(inner):
        yield model
        inner.record = r.record  # each model has a record of its own
