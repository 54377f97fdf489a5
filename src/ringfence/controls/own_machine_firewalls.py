"""Machines have a security group of their own.

Without one a machine gets the network's default group, in which everything that has no group of its own may talk to
everything else.

Bad, terraform:

    resource "aws_instance" "shop" {
      ami           = "ami-0123456789abcdef0"
      instance_type = "t3.micro"
      subnet_id     = aws_subnet.private.id
    }

Good, terraform:

    resource "aws_instance" "shop" {
      ami                    = "ami-0123456789abcdef0"
      instance_type          = "t3.micro"
      subnet_id              = aws_subnet.private.id
      vpc_security_group_ids = [aws_security_group.shop.id]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.compute import Machine


def faults(model: Machine) -> Iterator[Fault]:
    """A group of rules other than the network's default one must be named."""
    if model.own_firewall is False:
        yield Fault(path="own_firewall", found="it has only the network's default security group", want=_QUESTION)


_QUESTION = Decision("who needs to reach it? create an aws_security_group for that")


CONTROL = Control(
    id="own-machine-firewalls",
    title="Machines have a security group of their own",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("own_firewall",),
    references=(
        aws("vpc/latest/userguide/default-security-group"),
        terraform("aws/r/instance"),
        cwe(276),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Machine",),
    standards=frozenset({Standard.DEFAULT}),
)
