"""Network firewalls log what they block.

What was blocked shows what attackers try, and from where.

Bad, terraform:

    resource "aws_networkfirewall_firewall" "a" {
      name                = "main"
      firewall_policy_arn = aws_networkfirewall_firewall_policy.main.arn
      vpc_id              = aws_vpc.main.id
    }

Good, terraform:

    resource "aws_networkfirewall_firewall" "a" {
      name                = "main"
      firewall_policy_arn = aws_networkfirewall_firewall_policy.main.arn
      vpc_id              = aws_vpc.main.id
    }

    resource "aws_networkfirewall_logging_configuration" "a" {
      firewall_arn = aws_networkfirewall_firewall.a.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.guarding import NetworkFirewall


def faults(model: NetworkFirewall) -> Iterator[Fault]:
    """Network firewalls log what they block."""
    if model.logged is False:
        yield Fault(path="logged", found="blocked traffic is not logged", want=_QUESTION)


_QUESTION = Decision("where should its log go?")


CONTROL = Control(
    id="network-firewall-logs",
    title="Network firewalls log what they block",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("logged",),
    references=(
        aws_hub("NetworkFirewall.2"),
        terraform("aws/r/networkfirewall_logging_configuration"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("NetworkFirewall",),
    standards=frozenset({Standard.DEFAULT}),
)
