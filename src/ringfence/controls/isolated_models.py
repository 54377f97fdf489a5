"""Hosted models have no network access.

A model from somewhere else runs code. Isolated, it cannot send what it is asked to anybody.

Bad, terraform:

    resource "aws_sagemaker_model" "ranking" {
      name                     = "ranking"
      execution_role_arn       = aws_iam_role.ranking.arn
      enable_network_isolation = false
    }

Good, terraform:

    resource "aws_sagemaker_model" "ranking" {
      name                     = "ranking"
      execution_role_arn       = aws_iam_role.ranking.arn
      enable_network_isolation = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.analytics import ModelEndpoint


def faults(model: ModelEndpoint) -> Iterator[Fault]:
    """Its network must be isolated."""
    if model.isolated is False:
        yield Fault(path="isolated", found="it may send data anywhere", want=True)


CONTROL = Control(
    id="isolated-models",
    title="Hosted models have no network access",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("isolated",),
    references=(
        aws_hub("SageMaker.5"),
        aws("sagemaker/latest/dg/mkt-algo-model-internet-free"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ModelEndpoint",),
    standards=frozenset({Standard.DEFAULT}),
)
