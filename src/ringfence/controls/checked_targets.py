"""Load balancers check a path that shows the target works.

The default check requests `/` and accepts whatever comes. A path that shows whether the program works keeps requests
away from broken targets.

Bad, terraform:

    resource "aws_lb_target_group" "shop" {
      name     = "shop"
      port     = 8443
      protocol = "HTTPS"
      vpc_id   = aws_vpc.main.id
    }

Good, terraform:

    resource "aws_lb_target_group" "shop" {
      name     = "shop"
      port     = 8443
      protocol = "HTTPS"
      vpc_id   = aws_vpc.main.id
      health_check {
        path = "/healthz"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import TargetGroup


def faults(model: TargetGroup) -> Iterator[Fault]:
    """A health check must be written."""
    if model.health_checked is False:
        yield Fault(path="health_checked", found="it has no health check of its own", want=_QUESTION)


_QUESTION = Decision("which path shows that a target works?")


CONTROL = Control(
    id="checked-targets",
    title="Load balancers check a path that shows the target works",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("health_checked",),
    references=(
        aws("elasticloadbalancing/latest/application/target-group-health-checks"),
        terraform("aws/r/lb_target_group"),
        cwe(1188),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("TargetGroup",),
    standards=frozenset({Standard.DEFAULT}),
)
