"""Notebooks require version 2 of the metadata service.

Version 1 of the metadata service gives the role's credentials to anybody who can make the machine send a single
request.

Bad, terraform:

    resource "aws_sagemaker_notebook_instance" "lab" {
      name          = "lab"
      role_arn      = aws_iam_role.lab.arn
      instance_type = "ml.t3.medium"
      instance_metadata_service_configuration {
        minimum_instance_metadata_service_version = "1"
      }
    }

Good, terraform:

    resource "aws_sagemaker_notebook_instance" "lab" {
      name          = "lab"
      role_arn      = aws_iam_role.lab.arn
      instance_type = "ml.t3.medium"
      instance_metadata_service_configuration {
        minimum_instance_metadata_service_version = "2"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.analytics import Notebook


def faults(model: Notebook) -> Iterator[Fault]:
    """The first version of the metadata service must be off."""
    if model.old_metadata:
        yield Fault(path="old_metadata", found="version 1 of its metadata service is on", want=False)


CONTROL = Control(
    id="current-notebook-metadata",
    title="Notebooks require version 2 of the metadata service",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("old_metadata",),
    references=(
        aws("sagemaker/latest/dg/nbi-imds"),
        terraform("aws/r/sagemaker_notebook_instance"),
        cwe(918),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Notebook",),
    standards=frozenset({Standard.DEFAULT}),
)
