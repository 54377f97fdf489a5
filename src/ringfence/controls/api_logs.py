"""GraphQL APIs are logged.

A single GraphQL query may ask for everything. The log says which fields were requested, and which were refused.

Bad, terraform:

    resource "aws_appsync_graphql_api" "shop" {
      name                = "shop"
      authentication_type = "AWS_IAM"
    }

Good, terraform:

    resource "aws_appsync_graphql_api" "shop" {
      name                = "shop"
      authentication_type = "AWS_IAM"
      log_config {
        cloudwatch_logs_role_arn = aws_iam_role.logs.arn
        field_log_level          = "ERROR"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import Api


def faults(model: Api) -> Iterator[Fault]:
    """Logs must be kept."""
    if model.logging is False:
        yield Fault(path="logging", found="its activity is not logged", want=_QUESTION)


_QUESTION = Decision("which role should write the logs, and at which level?")


CONTROL = Control(
    id="api-logs",
    title="GraphQL APIs are logged",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("logging",),
    references=(
        aws_hub("AppSync.2"),
        aws("appsync/latest/devguide/monitoring"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Api",),
    standards=frozenset({Standard.DEFAULT}),
)
