"""Notebook disks are encrypted with a customer-managed key.

A notebook's disk holds samples of all the data that somebody looked at, and often keys.

Bad, terraform:

    resource "aws_sagemaker_notebook_instance" "lab" {
      name          = "lab"
      role_arn      = aws_iam_role.lab.arn
      instance_type = "ml.t3.medium"
    }

Good, terraform:

    resource "aws_sagemaker_notebook_instance" "lab" {
      name          = "lab"
      role_arn      = aws_iam_role.lab.arn
      instance_type = "ml.t3.medium"
      kms_key_id    = aws_kms_key.lab.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.analytics import Notebook


def faults(model: Notebook) -> Iterator[Fault]:
    """A key of the account's own must be named."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found="its disk is not encrypted with a customer-managed key", want=_QUESTION)


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="customer-key-notebooks",
    title="Notebook disks are encrypted with a customer-managed key",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        aws("sagemaker/latest/dg/encryption-at-rest"),
        terraform("aws/r/sagemaker_notebook_instance"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Notebook",),
    standards=frozenset({Standard.DEFAULT}),
)
