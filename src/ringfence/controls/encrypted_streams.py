"""Streams are encrypted at rest.

A stream keeps everything that happened in the past day, or year. Server-side encryption takes one line and is free
with the provider's key.

Bad, terraform:

    resource "aws_kinesis_stream" "clicks" {
      name            = "clicks"
      shard_count     = 1
      encryption_type = "NONE"
    }

Good, terraform:

    resource "aws_kinesis_stream" "clicks" {
      name            = "clicks"
      shard_count     = 1
      encryption_type = "KMS"
      kms_key_id      = "alias/aws/kinesis"
    }

Bad, terraform:

    resource "aws_kinesis_firehose_delivery_stream" "clicks" {
      name        = "clicks"
      destination = "extended_s3"
    }

Good, terraform:

    resource "aws_kinesis_firehose_delivery_stream" "clicks" {
      name        = "clicks"
      destination = "extended_s3"
      server_side_encryption {
        enabled = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.messaging import Stream


def faults(model: Stream) -> Iterator[Fault]:
    """Records must be encrypted while they are kept."""
    if model.encrypted is False:
        yield Fault(path="encrypted", found="records are not encrypted", want=True)


CONTROL = Control(
    id="encrypted-streams",
    title="Streams are encrypted at rest",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("encrypted",),
    references=(
        aws_hub("Kinesis.1"),
        aws("streams/latest/dg/server-side-encryption"),
        cwe(311),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Stream",),
    standards=frozenset({Standard.DEFAULT}),
)
