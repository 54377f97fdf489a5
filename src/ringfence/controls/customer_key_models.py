"""Disks of model servers are encrypted with a customer-managed key.

What a model was trained on, and what it is asked, is on the disks of the machines that serve it.

Bad, terraform:

    resource "aws_sagemaker_endpoint_configuration" "ranking" {
      name = "ranking"
      production_variants {
        variant_name           = "main"
        model_name             = aws_sagemaker_model.ranking.name
        initial_instance_count = 1
        instance_type          = "ml.m5.large"
      }
    }

Good, terraform:

    resource "aws_sagemaker_endpoint_configuration" "ranking" {
      name = "ranking"
      production_variants {
        variant_name           = "main"
        model_name             = aws_sagemaker_model.ranking.name
        initial_instance_count = 1
        instance_type          = "ml.m5.large"
      }
      kms_key_arn = aws_kms_key.models.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.analytics import ModelEndpoint


def faults(model: ModelEndpoint) -> Iterator[Fault]:
    """A key of the account's own must be named."""
    if model.customer_key is False:
        yield Fault(
            path="customer_key", found="its disks are not encrypted with a customer-managed key", want=_QUESTION
        )


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="customer-key-models",
    title="Disks of model servers are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        aws("sagemaker/latest/dg/encryption-at-rest"),
        terraform("aws/r/sagemaker_endpoint_configuration"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ModelEndpoint",),
    standards=frozenset({Standard.DEFAULT}),
)
