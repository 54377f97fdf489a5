"""File systems are encrypted with a customer-managed key.

Use of your own key is recorded, governed by a policy, and ended by disabling the key. Many do well with the
provider's key, so the severity is low.

Bad, terraform:

    resource "aws_efs_file_system" "data" {
      creation_token = "data"
      encrypted      = true
    }

Good, terraform:

    resource "aws_efs_file_system" "data" {
      creation_token = "data"
      encrypted      = true
      kms_key_id     = aws_kms_key.data.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.storage import FileShare


def faults(model: FileShare) -> Iterator[Fault]:
    """The key is ours."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found="it is encrypted with the provider's key", want=_QUESTION)


_QUESTION = Decision("which key should encrypt it?")


CONTROL = Control(
    id="customer-key-file-shares",
    title="File systems are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        aws("efs/latest/ug/encryption-at-rest"),
        cwe(311),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("FileShare",),
    standards=frozenset({Standard.DEFAULT}),
)
