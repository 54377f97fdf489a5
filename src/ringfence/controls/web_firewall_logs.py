"""Web firewalls log what they see.

The log says which requests were blocked and why: without it nobody knows that an attack is under way, or that
customers are blocked by mistake.

Bad, terraform:

    resource "aws_wafv2_web_acl" "shop" {
      name  = "shop"
      scope = "REGIONAL"
    }

Good, terraform:

    resource "aws_wafv2_web_acl" "shop" {
      name  = "shop"
      scope = "REGIONAL"
    }

    resource "aws_wafv2_web_acl_logging_configuration" "shop" {
      resource_arn            = aws_wafv2_web_acl.shop.arn
      log_destination_configs = [aws_cloudwatch_log_group.waf.arn]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import WebFirewall


def faults(model: WebFirewall) -> Iterator[Fault]:
    """Logs must be kept."""
    if model.logging is False:
        yield Fault(path="logging", found="requests are not logged", want=_QUESTION)


_QUESTION = Decision("where should its logs go?")


CONTROL = Control(
    id="web-firewall-logs",
    title="Web firewalls log what they see",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("logging",),
    references=(
        aws_hub("WAF.11"),
        aws("waf/latest/developerguide/logging"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WebFirewall",),
    standards=frozenset({Standard.DEFAULT}),
)
