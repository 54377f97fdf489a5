"""Load balancers are protected from deletion.

A load balancer that is deleted by mistake takes its name and addresses with it, and the service is down until
everything is set up again.

Bad, terraform:

    resource "aws_lb" "shop" {
      name                       = "shop"
      load_balancer_type         = "application"
      subnets                    = [aws_subnet.a.id, aws_subnet.b.id]
      enable_deletion_protection = false
    }

Good, terraform:

    resource "aws_lb" "shop" {
      name                       = "shop"
      load_balancer_type         = "application"
      subnets                    = [aws_subnet.a.id, aws_subnet.b.id]
      enable_deletion_protection = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.edge import LoadBalancer


def faults(model: LoadBalancer) -> Iterator[Fault]:
    """Deletion protection must be on."""
    if model.deletion_protection is False:
        yield Fault(path="deletion_protection", found="it is not protected from deletion", want=True)


CONTROL = Control(
    id="deletion-protected-load-balancers",
    title="Load balancers are protected from deletion",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("deletion_protection",),
    references=(
        aws_hub("ELB.6"),
        terraform("aws/r/lb"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("LoadBalancer",),
    standards=frozenset({Standard.DEFAULT}),
)
