"""Web firewalls stop requests that are known to attack.

The provider's set of known bad inputs stops Log4Shell and its like. Only counting them, or leaving the set out,
lets them pass.

Bad, terraform:

    resource "aws_wafv2_web_acl" "shop" {
      name  = "shop"
      scope = "REGIONAL"
      rule {
        name     = "common"
        priority = 1
        override_action {
          none {}
        }
        statement {
          managed_rule_group_statement {
            name        = "AWSManagedRulesCommonRuleSet"
            vendor_name = "AWS"
          }
        }
      }
    }

Good, terraform:

    resource "aws_wafv2_web_acl" "shop" {
      name  = "shop"
      scope = "REGIONAL"
      rule {
        name     = "common"
        priority = 1
        override_action {
          none {}
        }
        statement {
          managed_rule_group_statement {
            name        = "AWSManagedRulesKnownBadInputsRuleSet"
            vendor_name = "AWS"
          }
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import WebFirewall


def faults(model: WebFirewall) -> Iterator[Fault]:
    """The provider's set against known attacks must be on where sets can be used."""
    if model.rule_sets is not None and not any("KnownBadInputs" in one for one in model.rule_sets):
        yield Fault(path="rule_sets", found="known attacks are not stopped", want=_QUESTION)


_QUESTION = Decision("may AWSManagedRulesKnownBadInputsRuleSet be added?")


CONTROL = Control(
    id="known-bad-inputs-stopped",
    title="Web firewalls stop requests that are known to attack",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("rule_sets",),
    references=(
        aws("waf/latest/developerguide/aws-managed-rule-groups-baseline"),
        terraform("aws/r/wafv2_web_acl"),
        cwe(502),
        cwe(917),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WebFirewall",),
    standards=frozenset({Standard.DEFAULT}),
)
