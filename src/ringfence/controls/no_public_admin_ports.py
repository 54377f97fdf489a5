"""Administration ports are not open to the internet.

SSH, RDP, WinRM, VNC and the ports of container engines and clusters give the whole machine to anybody with a
password, a key, or an exploit. Internet-wide scanners try them within minutes. Reach them through a VPN, a bastion,
or the provider's session manager.

Bad, terraform:

    resource "aws_security_group" "admin" {
      name        = "admin"
      description = "Administration"

      ingress {
        description = "SSH"
        from_port   = 22
        to_port     = 22
        protocol    = "tcp"
        cidr_blocks = ["0.0.0.0/0"]
      }
    }

Bad, terraform:

    resource "aws_vpc_security_group_ingress_rule" "all" {
      security_group_id = aws_security_group.admin.id
      description       = "Everything"
      ip_protocol       = "-1"
      cidr_ipv6         = "::/0"
    }

Good, terraform:

    resource "aws_security_group" "admin" {
      name        = "admin"
      description = "Administration"

      ingress {
        description = "SSH from the office"
        from_port   = 22
        to_port     = 22
        protocol    = "tcp"
        cidr_blocks = ["203.0.113.0/28"]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.firewalls import ADMIN, covered, open_peers, rules, shown
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cis_azure, cis_gcp, cwe
from ringfence.models.cloud.network import Firewall, FirewallRule


def faults(model: Firewall | FirewallRule) -> Iterator[Fault]:
    """No rule for what comes in may open a port of administration to everybody."""
    for path, rule in rules(model):
        if rule.inbound and covered(rule, ADMIN):
            for index in open_peers(rule):
                yield Fault(
                    path=f"{path}peers[{index}]",
                    found=f"{shown(rule, ADMIN)} is open to the internet",
                    want=_QUESTION,
                    rests_on=(f"{path}ports", f"{path}protocol"),
                )


_QUESTION = Decision("which addresses need access?")


CONTROL = Control(
    id="no-public-admin-ports",
    title="Administration ports are not open to the internet",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "rules.peers",
        "peers",
    ),
    references=(
        cis_gcp("3.7"),
        cis_azure("6.2"),
        cis_aws("5.2"),
        cis_aws("5.3"),
        aws_hub("EC2.13"),
        aws_hub("EC2.14"),
        cis_gcp("3.6"),
        cis_azure("6.1"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Firewall",
        "FirewallRule",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS, Standard.CIS_AZURE, Standard.CIS_GCP}),
)
