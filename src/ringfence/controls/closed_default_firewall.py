"""The default security group allows nothing.

A resource that names no security group gets the network's default one. If that allows nothing, nothing is open by
oversight.

Bad, terraform:

    resource "aws_default_security_group" "default" {
      vpc_id = aws_vpc.main.id

      ingress {
        description = "Everything among us"
        from_port   = 0
        to_port     = 0
        protocol    = "-1"
        self        = true
      }
    }

Bad, terraform:

    resource "aws_vpc" "main" {
      cidr_block = "10.0.0.0/16"
    }

Good, terraform:

    resource "aws_vpc" "main" {
      cidr_block = "10.0.0.0/16"
    }

    resource "aws_default_security_group" "default" {
      vpc_id = aws_vpc.main.id
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cwe
from ringfence.models.cloud.network import Firewall, Network


def faults(model: Firewall | Network) -> Iterator[Fault]:
    """The default group has no rules, and a network says that its own has none."""
    if isinstance(model, Network):
        if model.closed_default is False:
            found = "its default security group lets its machines reach each other and the internet"
            yield Fault(path="closed_default", found=found, want=True)
    elif model.default:
        for index, rule in enumerate(model.rules):
            way = "in" if rule.inbound else "out"
            yield Fault(path=f"rules[{index}]", found=f"the default security group allows traffic {way}", want=REMOVE)


CONTROL = Control(
    id="closed-default-firewall",
    title="The default security group allows nothing",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("rules", "closed_default"),
    references=(
        cis_aws("5.4"),
        aws_hub("EC2.2"),
        cwe(276),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Firewall", "Network"),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
