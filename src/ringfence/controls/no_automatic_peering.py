"""Peering requests are not accepted automatically.

If every request is accepted, another account can join the network without anybody noticing.

Bad, terraform:

    resource "aws_ec2_transit_gateway" "main" {
      auto_accept_shared_attachments = "enable"
    }

Good, terraform:

    resource "aws_ec2_transit_gateway" "main" {
      auto_accept_shared_attachments = "disable"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe
from ringfence.models.cloud.network import Peering


def faults(model: Peering) -> Iterator[Fault]:
    """Whoever wants to join waits for a yes."""
    if model.accepts_all:
        yield Fault(path="accepts_all", found="every request is accepted", want=False)


CONTROL = Control(
    id="no-automatic-peering",
    title="Peering requests are not accepted automatically",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("accepts_all",),
    references=(
        aws_hub("EC2.23"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Peering",),
    standards=frozenset({Standard.DEFAULT}),
)
