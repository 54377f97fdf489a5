"""Network access lists name the ports they open.

A rule that allows every protocol and port restricts nothing. Name the ports that the machines on this network serve.

Bad, terraform:

    resource "aws_network_acl_rule" "in" {
      network_acl_id = aws_network_acl.main.id
      rule_number    = 100
      rule_action    = "allow"
      protocol       = "-1"
      cidr_block     = "10.0.0.0/8"
    }

Good, terraform:

    resource "aws_network_acl_rule" "in" {
      network_acl_id = aws_network_acl.main.id
      rule_number    = 100
      rule_action    = "allow"
      protocol       = "tcp"
      from_port      = 443
      to_port        = 443
      cidr_block     = "10.0.0.0/8"
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.firewalls import rules
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.network import Firewall, FirewallRule


def faults(model: Firewall | FirewallRule) -> Iterator[Fault]:
    """A rule that lets something in names its ports."""
    for path, rule in rules(model):
        if rule.allow and rule.stateless and rule.inbound and rule.protocol == "all":
            yield Fault(
                path=f"{path}ports",
                found="every protocol and port is allowed",
                want=_QUESTION,
                rests_on=(f"{path}protocol",),
            )


_QUESTION = Decision("which ports do the machines of this network serve?")


CONTROL = Control(
    id="bounded-access-lists",
    title="Network access lists name the ports they open",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "rules.ports",
        "ports",
    ),
    references=(
        aws("vpc/latest/userguide/vpc-network-acls"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Firewall",
        "FirewallRule",
    ),
    standards=frozenset({Standard.DEFAULT}),
)
