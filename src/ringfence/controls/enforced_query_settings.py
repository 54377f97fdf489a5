"""Clients cannot override the settings of their workgroup.

If a workgroup's settings are not enforced, a client may write results unencrypted and anywhere it likes.

Bad, terraform:

    resource "aws_athena_workgroup" "reports" {
      name = "reports"
      configuration {
        enforce_workgroup_configuration = false
      }
    }

Good, terraform:

    resource "aws_athena_workgroup" "reports" {
      name = "reports"
      configuration {
        enforce_workgroup_configuration = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.analytics import QueryWorkgroup


def faults(model: QueryWorkgroup) -> Iterator[Fault]:
    """The workgroup's settings must be enforced."""
    if model.enforced is False:
        yield Fault(path="enforced", found="clients can override the workgroup's settings", want=True)


CONTROL = Control(
    id="enforced-query-settings",
    title="Clients cannot override the settings of their workgroup",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("enforced",),
    references=(
        aws("athena/latest/ug/workgroups-settings-override"),
        terraform("aws/r/athena_workgroup"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("QueryWorkgroup",),
    standards=frozenset({Standard.DEFAULT}),
)
