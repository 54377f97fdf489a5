"""Web firewalls block known malicious requests.

The provider's rule set for known bad inputs stops Log4Shell and the like. Merely counting them, or leaving the rule
set out, lets them pass.

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

Bad, terraform:

    resource "google_compute_security_policy" "shop" {
      name = "shop"
      rule {
        action   = "deny(403)"
        priority = 1000
        preview  = true
        match {
          expr {
            expression = "evaluatePreconfiguredWaf('cve-canary')"
          }
        }
      }
    }

Good, terraform:

    resource "google_compute_security_policy" "shop" {
      name = "shop"
      rule {
        action   = "deny(403)"
        priority = 1000
        match {
          expr {
            expression = "evaluatePreconfiguredWaf('cve-canary')"
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
    if model.known_attacks is False:
        yield Fault(path="known_attacks", found="known bad inputs are not blocked", want=_QUESTION)


_QUESTION = Decision("add the provider's rule set: AWSManagedRulesKnownBadInputsRuleSet, OWASP 3.2, or cve-canary")


CONTROL = Control(
    id="known-bad-inputs-stopped",
    title="Web firewalls block known malicious requests",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("known_attacks",),
    references=(
        aws("waf/latest/developerguide/aws-managed-rule-groups-baseline"),
        terraform("aws/r/wafv2_web_acl"),
        terraform("azurerm/r/web_application_firewall_policy"),
        terraform("google/r/compute_security_policy"),
        cwe(502),
        cwe(917),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WebFirewall",),
    standards=frozenset({Standard.DEFAULT}),
)
