"""Routes into peered networks name their destinations.

Networks are peered for the sake of a few machines. A route for all addresses sends everything there, including
internet traffic, and whoever is at the other end can read it.

Bad, terraform:

    resource "aws_route" "partner" {
      route_table_id            = aws_route_table.main.id
      destination_cidr_block    = "0.0.0.0/0"
      vpc_peering_connection_id = aws_vpc_peering_connection.partner.id
    }

Good, terraform:

    resource "aws_route" "partner" {
      route_table_id            = aws_route_table.main.id
      destination_cidr_block    = "10.20.30.0/24"
      vpc_peering_connection_id = aws_vpc_peering_connection.partner.id
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.network import PeeringRoute


def faults(model: PeeringRoute) -> Iterator[Fault]:
    """Some addresses lead there, not all."""
    if model.everything:
        yield Fault(path="everything", found="traffic to all addresses goes to the peered network", want=_QUESTION)


_QUESTION = Decision("which address ranges are at the other end?")


CONTROL = Control(
    id="bounded-peering-routes",
    title="Routes into peered networks name their destinations",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("everything",),
    references=(
        aws("vpc/latest/peering/vpc-peering-routing"),
        terraform("aws/r/route"),
        cwe(923),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PeeringRoute",),
    standards=frozenset({Standard.DEFAULT}),
)
