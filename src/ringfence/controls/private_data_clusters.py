"""Data clusters have no public address.

The web interfaces of Hadoop, Spark and Airflow show data and run code, and their passwords are weak or missing.

Bad, terraform:

    resource "aws_mwaa_environment" "reports" {
      name                  = "reports"
      webserver_access_mode = "PUBLIC_ONLY"
    }

Good, terraform:

    resource "aws_mwaa_environment" "reports" {
      name                  = "reports"
      webserver_access_mode = "PRIVATE_ONLY"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.analytics import DataCluster


def faults(model: DataCluster) -> Iterator[Fault]:
    """It must not be reached from the internet."""
    if model.public:
        yield Fault(path="public", found="it is reachable from the internet", want=False)


CONTROL = Control(
    id="private-data-clusters",
    title="Data clusters have no public address",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public",),
    references=(
        aws_hub("EMR.1"),
        terraform("aws/r/mwaa_environment"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DataCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
