"""Data jobs encrypt their output with a customer-managed key.

With the provider's key, anybody who may read the store may decrypt what a job wrote there. A key of your own is a
second lock, and its use is recorded.

Bad, terraform:

    resource "aws_scheduler_schedule" "nightly" {
      schedule_expression = "rate(1 days)"
    }

Good, terraform:

    resource "aws_scheduler_schedule" "nightly" {
      schedule_expression = "rate(1 days)"
      kms_key_arn         = aws_kms_key.jobs.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.analytics import DataJob, SecurityConfiguration


def faults(model: DataJob | SecurityConfiguration) -> Iterator[Fault]:
    """A key of the account's own must be named."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found="it is not encrypted with a customer-managed key", want=_QUESTION)


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="customer-key-data-jobs",
    title="Data jobs encrypt their output with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        aws("emr/latest/ManagementGuide/emr-create-security-configuration"),
        terraform("aws/r/appflow_flow"),
        cwe(320),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "DataJob",
        "SecurityConfiguration",
    ),
    standards=frozenset({Standard.DEFAULT}),
)
