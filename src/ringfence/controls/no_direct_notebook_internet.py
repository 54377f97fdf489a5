"""Notebooks reach the internet only through the network.

With direct access, code in a notebook can send data anywhere, past every rule and log of the network.

Bad, terraform:

    resource "aws_sagemaker_notebook_instance" "lab" {
      name                   = "lab"
      role_arn               = aws_iam_role.lab.arn
      instance_type          = "ml.t3.medium"
      direct_internet_access = "Enabled"
    }

Good, terraform:

    resource "aws_sagemaker_notebook_instance" "lab" {
      name                   = "lab"
      role_arn               = aws_iam_role.lab.arn
      instance_type          = "ml.t3.medium"
      direct_internet_access = "Disabled"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.analytics import Notebook


def faults(model: Notebook) -> Iterator[Fault]:
    """Direct access must be off."""
    if model.direct_internet:
        yield Fault(path="direct_internet", found="it has direct internet access", want=False)


CONTROL = Control(
    id="no-direct-notebook-internet",
    title="Notebooks reach the internet only through the network",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("direct_internet",),
    references=(
        aws_hub("SageMaker.1"),
        aws("sagemaker/latest/dg/appendix-additional-considerations"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Notebook",),
    standards=frozenset({Standard.DEFAULT}),
)
