"""Load balancers use TLS to their targets.

If the target group's protocol is HTTP, everything between the balancer and the servers is in plain text again.

Bad, terraform:

    resource "aws_lb_target_group" "shop" {
      name     = "shop"
      port     = 8080
      protocol = "HTTP"
      vpc_id   = aws_vpc.main.id
    }

Good, terraform:

    resource "aws_lb_target_group" "shop" {
      name     = "shop"
      port     = 8080
      protocol = "HTTPS"
      vpc_id   = aws_vpc.main.id
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import TargetGroup


def faults(model: TargetGroup) -> Iterator[Fault]:
    """Targets must not be called over HTTP."""
    if model.protocol == "HTTP":
        yield Fault(path="protocol", found="targets are called over plain HTTP", want="HTTPS")


CONTROL = Control(
    id="tls-targets",
    title="Load balancers use TLS to their targets",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("protocol",),
    references=(
        aws("elasticloadbalancing/latest/application/load-balancer-target-groups"),
        terraform("aws/r/lb_target_group"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("TargetGroup",),
    standards=frozenset({Standard.DEFAULT}),
)
