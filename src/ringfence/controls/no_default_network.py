"""The account's default network is not used.

The default network gives every machine a public address, and its security group allows all outbound traffic. What
matters belongs in a network that was planned.

Bad, terraform:

    resource "aws_default_vpc" "default" {
    }

Good, terraform:

    resource "aws_vpc" "main" {
      cidr_block = "10.0.0.0/16"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cis_gcp, cwe
from ringfence.models.cloud.network import Network


def faults(model: Network) -> Iterator[Fault]:
    """A default network is not managed, and so not used."""
    if model.default:
        yield Fault(path="default", found="this is the account's default network", want=_QUESTION)


_QUESTION = Decision("create a network with private subnets for this, and remove this one")


CONTROL = Control(
    id="no-default-network",
    title="The account's default network is not used",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("default",),
    references=(
        aws("vpc/latest/userguide/default-vpc"),
        cis_gcp("3.1"),
        cwe(276),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Network",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
