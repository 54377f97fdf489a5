"""Disks are encrypted with a customer-managed key.

Use of your own key is recorded, governed by a policy, and ended by disabling the key. Many do well with the
provider's key, so the severity is low.

Bad, terraform:

    resource "aws_ebs_volume" "data" {
      availability_zone = "eu-central-1a"
      size              = 40
      encrypted         = true
    }

Good, terraform:

    resource "aws_ebs_volume" "data" {
      availability_zone = "eu-central-1a"
      size              = 40
      encrypted         = true
      kms_key_id        = aws_kms_key.disks.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cis_azure, cis_gcp, cwe
from ringfence.models.cloud.care import MachineCare
from ringfence.models.cloud.storage import Volume


def faults(model: MachineCare | Volume) -> Iterator[Fault]:
    """The key is ours."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found="it is encrypted with the provider's key", want=_QUESTION)


_QUESTION = Decision("which key should encrypt it?")


CONTROL = Control(
    id="customer-key-volumes",
    title="Disks are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        cis_gcp("4.7"),
        cis_azure("7.3"),
        aws("ebs/latest/userguide/ebs-encryption"),
        cwe(311),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("MachineCare", "Volume"),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP, Standard.CIS_AZURE}),
)
