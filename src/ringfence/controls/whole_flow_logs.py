"""Flow logs hold all traffic, every few seconds, with its details.

An attacker's few packets are rarely in a sample, and a record of a quarter of an hour does not say when they came.

Bad, terraform:

    resource "google_compute_subnetwork" "a" {
      name                     = "shop"
      network                  = "shop"
      ip_cidr_range            = "10.0.0.0/24"
      private_ip_google_access = true

      log_config {
        aggregation_interval = "INTERVAL_10_MIN"
        flow_sampling        = 0.5
        metadata             = "EXCLUDE_ALL_METADATA"
      }
    }

Good, terraform:

    resource "google_compute_subnetwork" "a" {
      name                     = "shop"
      network                  = "shop"
      ip_cidr_range            = "10.0.0.0/24"
      private_ip_google_access = true

      log_config {
        aggregation_interval = "INTERVAL_5_SEC"
        flow_sampling        = 1.0
        metadata             = "INCLUDE_ALL_METADATA"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.network import FlowSampling


def faults(model: FlowSampling) -> Iterator[Fault]:
    """Nothing is left out, summed up for long, or stripped of its details."""
    if model.percent < _ALL:
        yield Fault(path="percent", found=f"{model.percent} % of the traffic is recorded", want=_ALL)
    if model.seconds > _SHORT:
        yield Fault(path="seconds", found=f"traffic is summed up for {model.seconds} seconds", want=_SHORT)
    if not model.details:
        yield Fault(path="details", found="details are left out", want=True)


_ALL, _SHORT = 100, 5


CONTROL = Control(
    id="whole-flow-logs",
    title="Flow logs hold all traffic, every few seconds, with its details",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("percent", "seconds", "details"),
    references=(
        terraform("google/r/compute_subnetwork"),
        cis_gcp("3.8"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("FlowSampling",),
    standards=frozenset({Standard.CIS_GCP}),
)
