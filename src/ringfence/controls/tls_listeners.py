"""Load balancers serve HTTPS and redirect HTTP.

Over plain HTTP, anybody on the way can read passwords and cookies and modify pages. A listener on port 80 should do
nothing but redirect to HTTPS.

Bad, terraform:

    resource "aws_lb_listener" "shop" {
      load_balancer_arn = aws_lb.shop.arn
      port              = 80
      protocol          = "HTTP"
      default_action {
        type             = "forward"
        target_group_arn = aws_lb_target_group.shop.arn
      }
    }

Good, terraform:

    resource "aws_lb_listener" "shop" {
      load_balancer_arn = aws_lb.shop.arn
      port              = 80
      protocol          = "HTTP"
      default_action {
        type = "redirect"
        redirect {
          port        = "443"
          protocol    = "HTTPS"
          status_code = "HTTP_301"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import Listener


def faults(model: Listener) -> Iterator[Fault]:
    """What is not HTTPS must redirect to it; in the private network that weighs less.

    Listeners below HTTP (TCP, UDP) pass on what they do not read.
    """
    if model.protocol == "HTTP" and not model.redirects:
        found = "it takes plain HTTP and does not redirect it"
        severity = Severity.MEDIUM if model.internal else None
        yield Fault(path="protocol", found=found, want=_QUESTION, severity=severity)


_QUESTION = Decision("which certificate should it use? or should it only redirect?")


CONTROL = Control(
    id="tls-listeners",
    title="Load balancers serve HTTPS and redirect HTTP",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("protocol",),
    references=(
        aws_hub("ELB.1"),
        aws("elasticloadbalancing/latest/application/create-https-listener"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Listener",),
    standards=frozenset({Standard.DEFAULT}),
)
