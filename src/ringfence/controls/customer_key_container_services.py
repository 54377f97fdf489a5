"""Container services are encrypted with a customer-managed key.

The service keeps copies of your code and your logs. A key of your own controls who may read them.

Bad, terraform:

    resource "aws_apprunner_service" "shop" {
      service_name = "shop"
    }

Good, terraform:

    resource "aws_apprunner_service" "shop" {
      service_name = "shop"
      encryption_configuration {
        kms_key = aws_kms_key.shop.arn
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import ContainerService, TaskDefinition


def faults(model: ContainerService | TaskDefinition) -> Iterator[Fault]:
    """A key of the account's own must be named."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found="it is not encrypted with a customer-managed key", want=_QUESTION)


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="customer-key-container-services",
    title="Container services are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        aws("apprunner/latest/dg/security-data-protection-encryption"),
        terraform("aws/r/apprunner_service"),
        cwe(320),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ContainerService", "TaskDefinition"),
    standards=frozenset({Standard.DEFAULT}),
)
