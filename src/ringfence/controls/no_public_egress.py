"""Outbound traffic is limited to known addresses.

An intruder sends data out and fetches tools. If outbound traffic is limited to what the machine needs, that fails or
is noticed. Many networks do without, so the severity is low.

Bad, terraform:

    resource "aws_security_group" "app" {
      name        = "app"
      description = "Application"

      egress {
        description = "Everything"
        from_port   = 0
        to_port     = 0
        protocol    = "-1"
        cidr_blocks = ["0.0.0.0/0"]
      }
    }

Good, terraform:

    resource "aws_security_group" "app" {
      name        = "app"
      description = "Application"

      egress {
        description = "HTTPS within the network"
        from_port   = 443
        to_port     = 443
        protocol    = "tcp"
        cidr_blocks = ["10.0.0.0/8"]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.firewalls import open_peers, rules, shown
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.network import Firewall, FirewallRule


def faults(model: Firewall | FirewallRule) -> Iterator[Fault]:
    """No rule may let everything out to everybody."""
    for path, rule in rules(model):
        if not rule.inbound and not rule.stateless:
            for index in open_peers(rule):
                yield Fault(
                    path=f"{path}peers[{index}]", found=f"{shown(rule)} goes out to the whole internet", want=_QUESTION
                )


_QUESTION = Decision("which addresses need access?")


CONTROL = Control(
    id="no-public-egress",
    title="Outbound traffic is limited to known addresses",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "rules.peers",
        "peers",
    ),
    references=(
        cwe(284),
        aws("vpc/latest/userguide/vpc-security-groups"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Firewall",
        "FirewallRule",
    ),
    standards=frozenset({Standard.DEFAULT}),
)
