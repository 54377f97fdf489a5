"""Data clusters keep their logs.

A cluster lives for hours, and its logs go with it unless they are sent elsewhere.

Bad, terraform:

    resource "aws_emr_cluster" "reports" {
      name          = "reports"
      release_label = "emr-7.1.0"
      service_role  = aws_iam_role.emr.arn
    }

Good, terraform:

    resource "aws_emr_cluster" "reports" {
      name          = "reports"
      release_label = "emr-7.1.0"
      service_role  = aws_iam_role.emr.arn
      log_uri       = "s3://logs/emr/"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.analytics import DataCluster


def faults(model: DataCluster) -> Iterator[Fault]:
    """Logs must be sent away."""
    if model.logging is False:
        yield Fault(path="logging", found="its logs are not kept", want=_QUESTION)


_QUESTION = Decision("where should its logs go?")


CONTROL = Control(
    id="data-cluster-logs",
    title="Data clusters keep their logs",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("logging",),
    references=(
        aws("emr/latest/ManagementGuide/emr-plan-debugging"),
        terraform("aws/r/mwaa_environment"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DataCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
