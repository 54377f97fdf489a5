"""Load balancers send requests to every zone.

Without cross-zone balancing, a zone that loses most of its targets fails to serve its share of the requests.

Bad, terraform:

    resource "aws_lb" "shop" {
      name                             = "shop"
      load_balancer_type               = "network"
      enable_cross_zone_load_balancing = false
    }

Good, terraform:

    resource "aws_lb" "shop" {
      name                             = "shop"
      load_balancer_type               = "network"
      enable_cross_zone_load_balancing = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import LoadBalancer


def faults(model: LoadBalancer) -> Iterator[Fault]:
    """It must balance over zones."""
    if model.cross_zone is False:
        yield Fault(path="cross_zone", found="cross-zone balancing is off", want=True)


CONTROL = Control(
    id="cross-zone-load-balancers",
    title="Load balancers send requests to every zone",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("cross_zone",),
    references=(
        aws_hub("ELB.9"),
        aws("elasticloadbalancing/latest/network/network-load-balancers"),
        cwe(1188),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("LoadBalancer",),
    standards=frozenset({Standard.DEFAULT}),
)
