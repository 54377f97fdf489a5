"""Data processing machines encrypt their traffic.

What the machines of a cluster send each other is the data itself. Anybody on their network can read it, and may be
able to change it.

Bad, terraform:

    resource "azurerm_hdinsight_kafka_cluster" "a" {
      name                = "events"
      resource_group_name = "shop"
      location            = "westeurope"
      cluster_version     = "5.1"
      tier                = "Standard"
      encryption_in_transit_enabled = false
    }

Good, terraform:

    resource "azurerm_hdinsight_kafka_cluster" "a" {
      name                = "events"
      resource_group_name = "shop"
      location            = "westeurope"
      cluster_version     = "5.1"
      tier                = "Standard"
      encryption_in_transit_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.analytics import DataCluster


def faults(model: DataCluster) -> Iterator[Fault]:
    """Data processing machines encrypt their traffic."""
    if model.tls is False:
        yield Fault(path="tls", found="traffic between its machines is not encrypted", want=True)


CONTROL = Control(
    id="tls-data-clusters",
    title="Data processing machines encrypt their traffic",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("tls",),
    references=(
        terraform("azurerm/r/hdinsight_kafka_cluster"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DataCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
