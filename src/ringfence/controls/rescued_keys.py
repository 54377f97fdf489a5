"""Deleted keys can be recovered for two weeks.

Everything that a key encrypts is lost with it. There has to be time for somebody to notice between scheduling the
deletion and carrying it out: an alarm during the holidays, a job that runs once a week.

Bad, terraform:

    resource "aws_kms_key" "orders" {
      enable_key_rotation     = true
      deletion_window_in_days = 7
    }

Good, terraform:

    resource "aws_kms_key" "orders" {
      enable_key_rotation     = true
      deletion_window_in_days = 30
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.keys import KeyDeletion


def faults(model: KeyDeletion) -> Iterator[Fault]:
    """It must wait two weeks at least."""
    if model.days < _LEAST:
        yield Fault(path="days", found=f"it is deleted after {model.days} days", want=_WANTED)


_LEAST, _WANTED = 14, 30


CONTROL = Control(
    id="rescued-keys",
    title="Deleted keys can be recovered for two weeks",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("days",),
    references=(
        aws("kms/latest/developerguide/deleting-keys"),
        terraform("aws/r/kms_key"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KeyDeletion",),
    standards=frozenset({Standard.DEFAULT}),
)
