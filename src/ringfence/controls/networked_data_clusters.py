"""Data clusters run in a private network.

A cluster that names no subnet gets one of the default network, where machines have public addresses.

Bad, terraform:

    resource "aws_emr_cluster" "reports" {
      name          = "reports"
      release_label = "emr-7.1.0"
      service_role  = aws_iam_role.emr.arn
    }

Good, terraform:

    resource "aws_emr_cluster" "reports" {
      name          = "reports"
      release_label = "emr-7.1.0"
      service_role  = aws_iam_role.emr.arn
      ec2_attributes {
        subnet_id        = aws_subnet.private.id
        instance_profile = aws_iam_instance_profile.emr.arn
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.analytics import DataCluster


def faults(model: DataCluster) -> Iterator[Fault]:
    """It must name its subnets."""
    if model.in_network is False:
        yield Fault(path="in_network", found="it names no subnet", want=_QUESTION)


_QUESTION = Decision("in which subnets should it be?")


CONTROL = Control(
    id="networked-data-clusters",
    title="Data clusters run in a private network",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("in_network",),
    references=(
        aws("emr/latest/ManagementGuide/emr-plan-vpc-subnet"),
        terraform("aws/r/emr_cluster"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DataCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
