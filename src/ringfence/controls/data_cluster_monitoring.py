"""Data clusters are monitored.

A pipeline that stalls, or that suddenly moves ten times as much, shows up in its metrics first.

Bad, terraform:

    resource "google_data_fusion_instance" "a" {
      name                        = "a"
      type                        = "BASIC"
      private_instance            = true
      enable_stackdriver_logging = true
    }

Good, terraform:

    resource "google_data_fusion_instance" "a" {
      name                        = "a"
      type                        = "BASIC"
      private_instance            = true
      enable_stackdriver_logging  = true
      enable_stackdriver_monitoring = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.analytics import DataCluster


def faults(model: DataCluster) -> Iterator[Fault]:
    """Its figures must be kept."""
    if model.monitoring is False:
        yield Fault(path="monitoring", found="monitoring is off", want=True)


CONTROL = Control(
    id="data-cluster-monitoring",
    title="Data clusters are monitored",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("monitoring",),
    references=(
        terraform("google/r/data_fusion_instance"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DataCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
