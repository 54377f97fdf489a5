"""Data services run in a private network.

A domain or cluster outside your own network answers on the internet, and only its policy keeps people out. In a
private network there is nothing to reach.

Bad, terraform:

    resource "aws_opensearch_domain" "logs" {
      domain_name = "logs"
    }

Good, terraform:

    resource "aws_opensearch_domain" "logs" {
      domain_name = "logs"
      vpc_options {
        subnet_ids = [aws_subnet.private.id]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """It must stand in a network of the account's own."""
    if model.in_network is False:
        yield Fault(path="in_network", found="it is outside a private network", want=_QUESTION)


_QUESTION = Decision("which subnets should it be in?")


CONTROL = Control(
    id="networked-databases",
    title="Data services run in a private network",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("in_network",),
    references=(
        aws_hub("ES.2"),
        aws("opensearch-service/latest/developerguide/vpc"),
        terraform("aws/r/redshift_cluster"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
