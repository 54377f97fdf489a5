"""Network access lists admit known addresses only.

An access list applies to every machine on a network, whatever its own security group says. Rules that open
administration ports, or all ports, to everybody remove that second wall.

Bad, terraform:

    resource "aws_network_acl_rule" "in" {
      network_acl_id = aws_network_acl.main.id
      rule_number    = 100
      rule_action    = "allow"
      protocol       = "tcp"
      from_port      = 22
      to_port        = 22
      cidr_block     = "0.0.0.0/0"
    }

Good, terraform:

    resource "aws_network_acl_rule" "in" {
      network_acl_id = aws_network_acl.main.id
      rule_number    = 100
      rule_action    = "allow"
      protocol       = "tcp"
      from_port      = 443
      to_port        = 443
      cidr_block     = "10.0.0.0/16"
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.firewalls import open_peers, rules, shown
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cwe
from ringfence.models.cloud.network import Firewall, FirewallRule


def faults(model: Firewall | FirewallRule) -> Iterator[Fault]:
    """No rule of an access list may let everybody in."""
    for path, rule in rules(model):
        if rule.inbound and rule.stateless:
            for index in open_peers(rule):
                yield Fault(
                    path=f"{path}peers[{index}]", found=f"{shown(rule)} is open to the internet", want=_QUESTION
                )


_QUESTION = Decision("which addresses need access?")


CONTROL = Control(
    id="no-public-access-lists",
    title="Network access lists admit known addresses only",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "rules.peers",
        "peers",
    ),
    references=(
        cis_aws("5.1"),
        aws_hub("EC2.21"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Firewall",
        "FirewallRule",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
