"""Inbound traffic is limited to known addresses.

Everybody tries a port that is open to 0.0.0.0/0. Only what is meant for everybody, such as a public web server behind
its load balancer, should be; and that says so with a waiver. Ports 80 and 443 have a lower severity; administration
and database ports have controls of their own as well.

Bad, terraform:

    resource "aws_security_group" "app" {
      name        = "app"
      description = "Application"

      ingress {
        description = "Application"
        from_port   = 8080
        to_port     = 8080
        protocol    = "tcp"
        cidr_blocks = ["0.0.0.0/0"]
      }
    }

Good, terraform:

    resource "aws_security_group" "app" {
      name        = "app"
      description = "Application"

      ingress {
        description = "Application"
        from_port   = 8080
        to_port     = 8080
        protocol    = "tcp"
        cidr_blocks = ["10.1.0.0/16"]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.firewalls import open_peers, rules, shown
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_azure, cwe
from ringfence.models.cloud.network import Firewall, FirewallRule


def faults(model: Firewall | FirewallRule) -> Iterator[Fault]:
    """No rule may let everybody in."""
    for path, rule in rules(model):
        if rule.inbound and not rule.stateless:
            for index in open_peers(rule):
                yield Fault(
                    path=f"{path}peers[{index}]",
                    found=f"{shown(rule)} is open to the internet",
                    want=_QUESTION,
                    severity=_weight(rule),
                )


def _weight(rule: FirewallRule) -> Severity | None:
    """A web server's ports are often meant for everybody."""
    return Severity.LOW if rule.ports and all(one in ((80, 80), (443, 443)) for one in rule.ports) else None


_QUESTION = Decision("which addresses need access?")


CONTROL = Control(
    id="no-public-ingress",
    title="Inbound traffic is limited to known addresses",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "rules.peers",
        "peers",
    ),
    references=(
        cis_azure("6.3"),
        cis_azure("6.4"),
        aws_hub("EC2.18"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Firewall",
        "FirewallRule",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
