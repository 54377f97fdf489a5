"""Buckets are encrypted with a customer-managed key.

Use of your own key is recorded and governed by a policy that you can change; use of the provider's key is not. Many
do well without one, so the severity is low. Buckets that S3 or a load balancer writes its logs to cannot have one.

Bad, terraform:

    resource "aws_s3_bucket_server_side_encryption_configuration" "data" {
      bucket = aws_s3_bucket.data.id
      rule {
        apply_server_side_encryption_by_default {
          sse_algorithm = "AES256"
        }
      }
    }

Good, terraform:

    resource "aws_s3_bucket_server_side_encryption_configuration" "data" {
      bucket = aws_s3_bucket.data.id
      rule {
        apply_server_side_encryption_by_default {
          sse_algorithm     = "aws:kms"
          kms_master_key_id = aws_kms_key.data.arn
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_azure, cwe
from ringfence.models.cloud.storage import Bucket


def faults(model: Bucket) -> Iterator[Fault]:
    """The key is one of one's own."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found="it is encrypted with the provider's key", want=_QUESTION)


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="customer-key-buckets",
    title="Buckets are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        cis_azure("3.12"),
        aws_hub("S3.17"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Bucket",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
