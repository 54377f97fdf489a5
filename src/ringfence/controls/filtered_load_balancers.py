"""Public load balancers stand behind a web firewall.

A web firewall stops common attacks: known exploits, injections, floods.

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
    }

    resource "aws_wafv2_web_acl_association" "shop" {
      resource_arn = aws_lb.shop.arn
      web_acl_arn  = aws_wafv2_web_acl.shop.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import LoadBalancer


def faults(model: LoadBalancer) -> Iterator[Fault]:
    """A web firewall must be associated."""
    if model.filtered is False:
        yield Fault(path="filtered", found="no web firewall protects it", want=_QUESTION)


_QUESTION = Decision("which web firewall should protect it?")


CONTROL = Control(
    id="filtered-load-balancers",
    title="Public load balancers stand behind a web firewall",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("filtered",),
    references=(
        aws_hub("ELB.16"),
        aws("waf/latest/developerguide/how-aws-waf-works-resources"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("LoadBalancer",),
    standards=frozenset({Standard.DEFAULT}),
)
