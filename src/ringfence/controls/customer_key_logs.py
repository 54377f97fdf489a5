"""Logs are encrypted with a customer-managed key.

Logs contain more than was intended. With a key of your own, a second policy decides who can read them. Many do well
with the provider's key, so the severity is low.

Bad, terraform:

    resource "aws_cloudwatch_log_group" "app" {
      name = "app"
    }

Good, terraform:

    resource "aws_cloudwatch_log_group" "app" {
      name = "app"
      kms_key_id = aws_kms_key.logs.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.record import LogGroup


def faults(model: LogGroup) -> Iterator[Fault]:
    """The key is ours."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found="it is encrypted with the provider's key", want=_QUESTION)


_QUESTION = Decision("which key should encrypt the logs?")


CONTROL = Control(
    id="customer-key-logs",
    title="Logs are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        aws("AmazonCloudWatch/latest/logs/encrypt-log-data-kms"),
        cwe(311),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("LogGroup",),
    standards=frozenset({Standard.DEFAULT}),
)
