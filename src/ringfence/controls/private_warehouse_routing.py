"""Warehouses copy data over the private network.

Without enhanced routing, COPY and UNLOAD go over the internet, where no network rule limits where data is copied to,
and no flow log records it.

Bad, terraform:

    resource "aws_redshift_cluster" "reports" {
      cluster_identifier   = "reports"
      node_type            = "ra3.large"
      enhanced_vpc_routing = false
    }

Good, terraform:

    resource "aws_redshift_cluster" "reports" {
      cluster_identifier   = "reports"
      node_type            = "ra3.large"
      enhanced_vpc_routing = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Copies must go over the network of the account."""
    if model.private_routing is False:
        yield Fault(path="private_routing", found="COPY and UNLOAD go over the internet", want=True)


CONTROL = Control(
    id="private-warehouse-routing",
    title="Warehouses copy data over the private network",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("private_routing",),
    references=(
        aws_hub("Redshift.7"),
        aws("redshift/latest/mgmt/enhanced-vpc-routing"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
