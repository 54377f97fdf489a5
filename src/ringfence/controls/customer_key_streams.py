"""Streams are encrypted with a customer-managed key.

With the provider's key, anybody who may read the stream may decrypt it. A key of your own is a second lock, and its
use is recorded.

Bad, terraform:

    resource "aws_kinesis_stream" "clicks" {
      name            = "clicks"
      shard_count     = 1
      encryption_type = "KMS"
      kms_key_id      = "alias/aws/kinesis"
    }

Good, terraform:

    resource "aws_kinesis_stream" "clicks" {
      name            = "clicks"
      shard_count     = 1
      encryption_type = "KMS"
      kms_key_id      = aws_kms_key.clicks.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.messaging import Stream


def faults(model: Stream) -> Iterator[Fault]:
    """A key of the account's own must be named."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found="records are not encrypted with a customer-managed key", want=_QUESTION)


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="customer-key-streams",
    title="Streams are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        aws("streams/latest/dg/server-side-encryption"),
        terraform("aws/r/kinesis_stream"),
        cwe(320),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Stream",),
    standards=frozenset({Standard.DEFAULT}),
)
