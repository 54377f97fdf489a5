"""Load balancers drop invalid headers.

If the balancer and the server read a header differently, an attacker can smuggle a second request past every check.

Bad, terraform:

    resource "aws_lb" "shop" {
      name                       = "shop"
      load_balancer_type         = "application"
      subnets                    = [aws_subnet.a.id, aws_subnet.b.id]
      drop_invalid_header_fields = false
    }

Good, terraform:

    resource "aws_lb" "shop" {
      name                       = "shop"
      load_balancer_type         = "application"
      subnets                    = [aws_subnet.a.id, aws_subnet.b.id]
      drop_invalid_header_fields = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import LoadBalancer


def faults(model: LoadBalancer) -> Iterator[Fault]:
    """Invalid headers must be dropped."""
    if model.drops_invalid_headers is False:
        yield Fault(path="drops_invalid_headers", found="invalid headers are passed on", want=True)


CONTROL = Control(
    id="drops-invalid-headers",
    title="Load balancers drop invalid headers",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("drops_invalid_headers",),
    references=(
        aws_hub("ELB.4"),
        aws("elasticloadbalancing/latest/application/application-load-balancers"),
        cwe(444),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("LoadBalancer",),
    standards=frozenset({Standard.DEFAULT}),
)
