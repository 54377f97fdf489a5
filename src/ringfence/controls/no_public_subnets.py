"""Machines get no public address by default.

Whatever starts in such a subnet is on the internet, whether anybody intended it or not. Assign public addresses to
load balancers and gateways explicitly.

Bad, terraform:

    resource "aws_subnet" "a" {
      vpc_id                  = aws_vpc.main.id
      cidr_block              = "10.0.1.0/24"
      map_public_ip_on_launch = true
    }

Good, terraform:

    resource "aws_subnet" "a" {
      vpc_id                  = aws_vpc.main.id
      cidr_block              = "10.0.1.0/24"
      map_public_ip_on_launch = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe
from ringfence.models.cloud.network import Subnet


def faults(model: Subnet) -> Iterator[Fault]:
    """A part of a network gives out no public addresses."""
    if model.public_addresses:
        yield Fault(path="public_addresses", found="machines here get a public address by default", want=False)


CONTROL = Control(
    id="no-public-subnets",
    title="Machines get no public address by default",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public_addresses",),
    references=(
        aws_hub("EC2.15"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Subnet",),
    standards=frozenset({Standard.DEFAULT}),
)
