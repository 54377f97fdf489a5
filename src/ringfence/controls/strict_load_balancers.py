"""Load balancers reject ambiguous requests.

Request smuggling needs a request that two programs interpret differently. In the mode `defensive` or `strictest`,
such requests are made unambiguous or rejected; `monitor` lets them pass.

Bad, terraform:

    resource "aws_lb" "shop" {
      name                   = "shop"
      load_balancer_type     = "application"
      subnets                = [aws_subnet.a.id, aws_subnet.b.id]
      desync_mitigation_mode = "monitor"
    }

Good, terraform:

    resource "aws_lb" "shop" {
      name                   = "shop"
      load_balancer_type     = "application"
      subnets                = [aws_subnet.a.id, aws_subnet.b.id]
      desync_mitigation_mode = "defensive"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import LoadBalancer


def faults(model: LoadBalancer) -> Iterator[Fault]:
    """Ambiguous requests must not pass."""
    if model.strict_requests is False:
        yield Fault(path="strict_requests", found="ambiguous requests are passed on", want=True)


CONTROL = Control(
    id="strict-load-balancers",
    title="Load balancers reject ambiguous requests",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("strict_requests",),
    references=(
        aws_hub("ELB.12"),
        aws("elasticloadbalancing/latest/application/edit-load-balancer-attributes"),
        cwe(444),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("LoadBalancer",),
    standards=frozenset({Standard.DEFAULT}),
)
