"""Web firewalls have rules.

A web firewall without rules lets everything pass, and looks as if it did not.

Bad, terraform:

    resource "aws_wafv2_web_acl" "shop" {
      name  = "shop"
      scope = "REGIONAL"
      default_action {
        allow {}
      }
    }

Good, terraform:

    resource "aws_wafv2_web_acl" "shop" {
      name  = "shop"
      scope = "REGIONAL"
      default_action {
        allow {}
      }
      rule {
        name     = "known"
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
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.edge import WebFirewall


def faults(model: WebFirewall) -> Iterator[Fault]:
    """It must have rules."""
    if model.rules is False:
        yield Fault(path="rules", found="it has no rules", want=_QUESTION)


_QUESTION = Decision("which rules should it have?")


CONTROL = Control(
    id="web-firewall-rules",
    title="Web firewalls have rules",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("rules",),
    references=(
        aws_hub("WAF.3"),
        aws_hub("WAF.7"),
        aws_hub("WAF.10"),
        terraform("aws/r/wafv2_web_acl"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WebFirewall",),
    standards=frozenset({Standard.DEFAULT}),
)
