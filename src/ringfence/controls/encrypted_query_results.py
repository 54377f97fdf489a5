"""Query results are encrypted.

Each query writes its result to a bucket, where it stays: the most interesting part of the data, as plain files.

Bad, terraform:

    resource "aws_athena_workgroup" "reports" {
      name = "reports"
      configuration {
        result_configuration {
          output_location = "s3://results/"
        }
      }
    }

Good, terraform:

    resource "aws_athena_workgroup" "reports" {
      name = "reports"
      configuration {
        result_configuration {
          output_location = "s3://results/"
          encryption_configuration {
            encryption_option = "SSE_S3"
          }
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.analytics import QueryWorkgroup


def faults(model: QueryWorkgroup) -> Iterator[Fault]:
    """Results must be encrypted."""
    if model.encrypted is False:
        yield Fault(path="encrypted", found="results are not encrypted", want=_QUESTION)


_QUESTION = Decision("which key should encrypt the results?")


CONTROL = Control(
    id="encrypted-query-results",
    title="Query results are encrypted",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("encrypted",),
    references=(
        aws_hub("Athena.1"),
        aws("athena/latest/ug/encryption"),
        cwe(311),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("QueryWorkgroup",),
    standards=frozenset({Standard.DEFAULT}),
)
