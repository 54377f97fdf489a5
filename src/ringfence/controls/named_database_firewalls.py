"""Databases in a network have security groups of their own.

A domain that names no security group gets the network's default one, and shares it with everything else that named
none.

Bad, terraform:

    resource "aws_opensearch_domain" "catalogue" {
      domain_name = "catalogue"
      vpc_options {
        subnet_ids = [aws_subnet.data.id]
      }
    }

Good, terraform:

    resource "aws_opensearch_domain" "catalogue" {
      domain_name = "catalogue"
      vpc_options {
        subnet_ids         = [aws_subnet.data.id]
        security_group_ids = [aws_security_group.data.id]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.database import DatabaseFirewall


def faults(model: DatabaseFirewall) -> Iterator[Fault]:
    """Security groups must be named."""
    if not model.named:
        yield Fault(path="named", found="it uses the network's default security group", want=_QUESTION)


_QUESTION = Decision("which security group should it have?")


CONTROL = Control(
    id="named-database-firewalls",
    title="Databases in a network have security groups of their own",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("named",),
    references=(
        aws("opensearch-service/latest/developerguide/vpc"),
        terraform("aws/r/opensearch_domain"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DatabaseFirewall",),
    standards=frozenset({Standard.DEFAULT}),
)
