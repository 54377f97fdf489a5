"""Sessions of permission sets last one hour at most.

Stolen credentials of a session work for as long as the session lasts. Many teams choose a working day, so only the
profile `all` checks this.

Bad, terraform:

    resource "aws_ssoadmin_permission_set" "admins" {
      name             = "admins"
      instance_arn     = local.directory
      session_duration = "PT12H"
    }

Good, terraform:

    resource "aws_ssoadmin_permission_set" "admins" {
      name             = "admins"
      instance_arn     = local.directory
      session_duration = "PT1H"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.policy import PermissionSet


def faults(model: PermissionSet) -> Iterator[Fault]:
    """Sessions end within an hour."""
    if model.minutes > 60:
        yield Fault(path="minutes", found=f"sessions last {model.minutes} minutes", want=60)


CONTROL = Control(
    id="short-sessions",
    title="Sessions of permission sets last one hour at most",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("minutes",),
    references=(
        aws("singlesignon/latest/userguide/howtosessionduration"),
        cwe(613),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PermissionSet",),
    standards=frozenset(),
)
