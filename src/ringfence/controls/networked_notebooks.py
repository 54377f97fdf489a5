"""Notebooks run in a private network.

Inside your own network, security rules limit what a notebook can reach, and flow logs record it.

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
      subnet_id     = aws_subnet.private.id
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.analytics import Notebook


def faults(model: Notebook) -> Iterator[Fault]:
    """It must be in a network of the account's own."""
    if model.in_network is False:
        yield Fault(path="in_network", found="it is outside a private network", want=_QUESTION)


_QUESTION = Decision("in which subnet should it be?")


CONTROL = Control(
    id="networked-notebooks",
    title="Notebooks run in a private network",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("in_network",),
    references=(
        aws_hub("SageMaker.2"),
        aws("sagemaker/latest/dg/infrastructure-connect-to-resources"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Notebook",),
    standards=frozenset({Standard.DEFAULT}),
)
