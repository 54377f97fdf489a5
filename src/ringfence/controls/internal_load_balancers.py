"""Load balancers are internal unless they must be public.

A load balancer that only other services call needs no address on the internet. One that must be public says so with a
waiver and its reason.

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
      internal           = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import LoadBalancer


def faults(model: LoadBalancer) -> Iterator[Fault]:
    """It must be internal."""
    if model.internal is False:
        yield Fault(path="internal", found="it has a public address", want=True)


CONTROL = Control(
    id="internal-load-balancers",
    title="Load balancers are internal unless they must be public",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("internal",),
    references=(
        aws("elasticloadbalancing/latest/application/application-load-balancers"),
        terraform("aws/r/lb"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("LoadBalancer",),
    standards=frozenset({Standard.DEFAULT}),
)
