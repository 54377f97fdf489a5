"""Notebook users do not have root access.

Root on a notebook machine can read what others left there and the role's credentials, and can turn off its
restrictions.

Bad, terraform:

    resource "aws_sagemaker_notebook_instance" "lab" {
      name          = "lab"
      role_arn      = aws_iam_role.lab.arn
      instance_type = "ml.t3.medium"
      root_access   = "Enabled"
    }

Good, terraform:

    resource "aws_sagemaker_notebook_instance" "lab" {
      name          = "lab"
      role_arn      = aws_iam_role.lab.arn
      instance_type = "ml.t3.medium"
      root_access   = "Disabled"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.analytics import Notebook


def faults(model: Notebook) -> Iterator[Fault]:
    """Users must not be root."""
    if model.root:
        yield Fault(path="root", found="its users have root access", want=False)


CONTROL = Control(
    id="no-notebook-root",
    title="Notebook users do not have root access",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("root",),
    references=(
        aws_hub("SageMaker.3"),
        aws("sagemaker/latest/dg/nbi-root-access"),
        cwe(250),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Notebook",),
    standards=frozenset({Standard.DEFAULT}),
)
