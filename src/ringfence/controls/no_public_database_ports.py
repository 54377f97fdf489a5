"""Database ports are not open to the internet.

Databases, caches and search engines are made for a trusted network; many have no password by default. Exposed ones
are found, copied and held to ransom within hours. Admit only the security groups of the machines that need them.

Bad, terraform:

    resource "aws_security_group" "db" {
      name        = "db"
      description = "Database"

      ingress {
        description = "PostgreSQL"
        from_port   = 5432
        to_port     = 5432
        protocol    = "tcp"
        cidr_blocks = ["0.0.0.0/0"]
      }
    }

Good, terraform:

    resource "aws_security_group" "db" {
      name        = "db"
      description = "Database"

      ingress {
        description = "PostgreSQL"
        from_port   = 5432
        to_port     = 5432
        protocol    = "tcp"
        cidr_blocks = ["10.0.0.0/16"]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.firewalls import DATABASES, covered, open_peers, rules, shown
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe
from ringfence.models.cloud.network import Firewall, FirewallRule


def faults(model: Firewall | FirewallRule) -> Iterator[Fault]:
    """No rule for what comes in may open a database's port to everybody."""
    for path, rule in rules(model):
        if rule.inbound and covered(rule, DATABASES):
            for index in open_peers(rule):
                yield Fault(
                    path=f"{path}peers[{index}]",
                    found=f"{shown(rule, DATABASES)} is open to the internet",
                    want=_QUESTION,
                    rests_on=(f"{path}ports", f"{path}protocol"),
                )


_QUESTION = Decision("which addresses need access?")


CONTROL = Control(
    id="no-public-database-ports",
    title="Database ports are not open to the internet",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "rules.peers",
        "peers",
    ),
    references=(
        aws_hub("EC2.19"),
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
