"""Load balancers log every request.

Access logs say who asked for what, from where and when. An investigation needs them first.

Bad, terraform:

    resource "aws_lb" "shop" {
      name               = "shop"
      load_balancer_type = "application"
      subnets            = [aws_subnet.a.id, aws_subnet.b.id]
    }

Good, terraform:

    resource "aws_lb" "shop" {
      name               = "shop"
      load_balancer_type = "application"
      subnets            = [aws_subnet.a.id, aws_subnet.b.id]
      access_logs {
        bucket  = "shop-logs"
        enabled = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cis_gcp, cwe
from ringfence.models.cloud.edge import LoadBalancer


def faults(model: LoadBalancer) -> Iterator[Fault]:
    """Access logs must be kept."""
    if model.access_logs is False:
        yield Fault(path="access_logs", found="requests are not logged", want=_QUESTION)


_QUESTION = Decision("which bucket should the logs go to?")


CONTROL = Control(
    id="load-balancer-logs",
    title="Load balancers log every request",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("access_logs",),
    references=(
        cis_gcp("2.16"),
        aws_hub("ELB.5"),
        aws("elasticloadbalancing/latest/application/load-balancer-access-logs"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("LoadBalancer",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
