"""Machines have no public address.

A machine with a public address is one open port away from an attack. Put load balancers and gateways in front; keep
machines behind them.

Bad, terraform:

    resource "aws_instance" "web" {
      ami           = data.aws_ami.debian.id
      instance_type = "t3.small"
      associate_public_ip_address = true
    }

Good, terraform:

    resource "aws_instance" "web" {
      ami           = data.aws_ami.debian.id
      instance_type = "t3.small"
      associate_public_ip_address = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_gcp, cwe
from ringfence.models.cloud.compute import Machine


def faults(model: Machine) -> Iterator[Fault]:
    """A machine has only private addresses."""
    if model.public:
        yield Fault(path="public", found="it gets a public address", want=False)


CONTROL = Control(
    id="no-public-machines",
    title="Machines have no public address",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public",),
    references=(
        aws_hub("EC2.9"),
        cis_gcp("4.9"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Machine",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
