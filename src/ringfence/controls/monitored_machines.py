"""Machines have detailed monitoring.

Crypto-miners and floods show up in the load, to anybody who looks often enough.

Bad, terraform:

    resource "aws_instance" "a" {
      ami           = "ami-0123456789abcdef0"
      instance_type = "t3.small"
      monitoring    = false
    }

Good, terraform:

    resource "aws_instance" "a" {
      ami           = "ami-0123456789abcdef0"
      instance_type = "t3.small"
      monitoring    = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.compute import Machine


def faults(model: Machine) -> Iterator[Fault]:
    """Machines have detailed monitoring."""
    if model.detailed_monitoring is False:
        yield Fault(path="detailed_monitoring", found="it is measured every five minutes only", want=True)


CONTROL = Control(
    id="monitored-machines",
    title="Machines have detailed monitoring",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("detailed_monitoring",),
    references=(
        terraform("aws/r/instance"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Machine",),
    standards=frozenset({Standard.DEFAULT}),
)
