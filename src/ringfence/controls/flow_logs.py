"""Network traffic is recorded in flow logs.

Without a record of connections nobody can say after an incident what was reached and where data went.

Bad, terraform:

    resource "aws_vpc" "main" {
      cidr_block = "10.0.0.0/16"
    }

Good, terraform:

    resource "aws_vpc" "main" {
      cidr_block = "10.0.0.0/16"
    }

    resource "aws_flow_log" "main" {
      vpc_id          = aws_vpc.main.id
      traffic_type    = "ALL"
      log_destination = aws_s3_bucket.logs.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cis_gcp, cwe
from ringfence.models.cloud.network import Network, Subnet


def faults(model: Network | Subnet) -> Iterator[Fault]:
    """A network, or each of its parts, has flow logs."""
    if model.flow_logs is False:
        yield Fault(path="flow_logs", found="connections are not recorded", want=_QUESTION)


_QUESTION = Decision("where should the flow logs go?")


CONTROL = Control(
    id="flow-logs",
    title="Network traffic is recorded in flow logs",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("flow_logs",),
    references=(
        cis_aws("3.7"),
        aws_hub("EC2.6"),
        cis_gcp("3.8"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Network",
        "Subnet",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS, Standard.CIS_GCP}),
)
