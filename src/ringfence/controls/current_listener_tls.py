"""Load balancers accept TLS 1.2 and newer only.

TLS 1.0 and 1.1 are broken and withdrawn (RFC 8996). The policy that a listener gets by default still accepts them.

Bad, terraform:

    resource "aws_lb_listener" "shop" {
      load_balancer_arn = aws_lb.shop.arn
      port              = 443
      protocol          = "HTTPS"
      ssl_policy        = "ELBSecurityPolicy-2016-08"
      certificate_arn   = aws_acm_certificate.shop.arn
      default_action {
        type             = "forward"
        target_group_arn = aws_lb_target_group.shop.arn
      }
    }

Good, terraform:

    resource "aws_lb_listener" "shop" {
      load_balancer_arn = aws_lb.shop.arn
      port              = 443
      protocol          = "HTTPS"
      ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
      certificate_arn   = aws_acm_certificate.shop.arn
      default_action {
        type             = "forward"
        target_group_arn = aws_lb_target_group.shop.arn
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.tls import is_old_tls, taken
from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import Listener


def faults(model: Listener) -> Iterator[Fault]:
    """The oldest version that is taken must be 1.2 or newer."""
    if model.min_tls is not None and is_old_tls(model.min_tls):
        yield Fault(path="min_tls", found=taken(model.min_tls), want="1.2")


CONTROL = Control(
    id="current-listener-tls",
    title="Load balancers accept TLS 1.2 and newer only",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("min_tls",),
    references=(
        aws_hub("ELB.17"),
        aws("elasticloadbalancing/latest/application/describe-ssl-policies"),
        cwe(326),
        cwe(327),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Listener",),
    standards=frozenset({Standard.DEFAULT}),
)
