"""Network access lists are attached to subnets.

An access list without subnets protects nothing: the subnets that it was written for use the network's default list,
which lets everything pass.

Bad, terraform:

    resource "aws_network_acl" "databases" {
      vpc_id = aws_vpc.main.id

      ingress {
        rule_no    = 100
        action     = "allow"
        protocol   = "tcp"
        cidr_block = "10.0.0.0/16"
        from_port  = 5432
        to_port    = 5432
      }
    }

Good, terraform:

    resource "aws_network_acl" "databases" {
      vpc_id     = aws_vpc.main.id
      subnet_ids = [aws_subnet.databases.id]

      ingress {
        rule_no    = 100
        action     = "allow"
        protocol   = "tcp"
        cidr_block = "10.0.0.0/16"
        from_port  = 5432
        to_port    = 5432
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.network import AccessListUse


def faults(model: AccessListUse) -> Iterator[Fault]:
    """Some subnet must use it."""
    if not model.used:
        yield Fault(path="used", found="no subnet uses it", want=_QUESTION)


_QUESTION = Decision("which subnets should it protect? if none, remove it")


CONTROL = Control(
    id="attached-access-lists",
    title="Network access lists are attached to subnets",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("used",),
    references=(
        aws_hub("EC2.16"),
        terraform("aws/r/network_acl"),
        cwe(1164),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("AccessListUse",),
    standards=frozenset({Standard.DEFAULT}),
)
