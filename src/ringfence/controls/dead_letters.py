"""Functions keep events that they failed to process.

An event that makes a function fail is dropped after two retries. In a dead-letter queue it can be examined, and an
attack with crafted events is noticed.

Bad, terraform:

    resource "aws_lambda_function" "resize" {
      function_name = "resize"
      role          = aws_iam_role.resize.arn
      handler       = "main.handler"
      filename      = "resize.zip"
    }

Good, terraform:

    resource "aws_lambda_function" "resize" {
      function_name = "resize"
      role          = aws_iam_role.resize.arn
      handler       = "main.handler"
      filename      = "resize.zip"
      dead_letter_config {
        target_arn = aws_sqs_queue.dead.arn
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import Function


def faults(model: Function) -> Iterator[Fault]:
    """Failed events must go somewhere."""
    if model.dead_letters is False:
        yield Fault(path="dead_letters", found="failed events are discarded", want=_QUESTION)


_QUESTION = Decision("which queue or topic should receive them?")


CONTROL = Control(
    id="dead-letters",
    title="Functions keep events that they failed to process",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("dead_letters",),
    references=(
        aws("lambda/latest/dg/invocation-async-retain-records"),
        terraform("aws/r/lambda_function"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Function",),
    standards=frozenset({Standard.DEFAULT}),
)
