"""Query results are encrypted with a customer-managed key.

Results are copies of what the query read, in a bucket that others may read too. A key of your own says who may decrypt
them, and its use is recorded.

Bad, terraform:

    resource "aws_athena_workgroup" "reports" {
      name = "reports"
      configuration {
        enforce_workgroup_configuration = true
        result_configuration {
          output_location = "s3://example-reports/athena/"
          encryption_configuration {
            encryption_option = "SSE_S3"
          }
        }
      }
    }

Good, terraform:

    resource "aws_athena_workgroup" "reports" {
      name = "reports"
      configuration {
        enforce_workgroup_configuration = true
        result_configuration {
          output_location = "s3://example-reports/athena/"
          encryption_configuration {
            encryption_option = "SSE_KMS"
            kms_key_arn       = aws_kms_key.reports.arn
          }
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.analytics import QueryWorkgroup


def faults(model: QueryWorkgroup) -> Iterator[Fault]:
    """A key of the account's own must be named where results are encrypted at all."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found="results are not encrypted with a customer-managed key", want=_QUESTION)


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="customer-key-query-results",
    title="Query results are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        aws("athena/latest/ug/encrypting-query-results-stored-in-s3"),
        terraform("aws/r/athena_workgroup"),
        cwe(320),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("QueryWorkgroup",),
    standards=frozenset({Standard.DEFAULT}),
)
