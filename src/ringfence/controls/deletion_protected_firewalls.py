"""Network firewalls are protected from deletion.

Without the firewall nothing stands between the network and the internet.

Bad, terraform:

    resource "aws_networkfirewall_firewall" "a" {
      name                = "main"
      firewall_policy_arn = aws_networkfirewall_firewall_policy.main.arn
      vpc_id              = aws_vpc.main.id
      delete_protection   = false
    }

Good, terraform:

    resource "aws_networkfirewall_firewall" "a" {
      name                = "main"
      firewall_policy_arn = aws_networkfirewall_firewall_policy.main.arn
      vpc_id              = aws_vpc.main.id
      delete_protection   = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.guarding import NetworkFirewall


def faults(model: NetworkFirewall) -> Iterator[Fault]:
    """Network firewalls are protected from deletion."""
    if model.deletion_protection is False:
        yield Fault(path="deletion_protection", found="a single apply can delete it", want=True)


CONTROL = Control(
    id="deletion-protected-firewalls",
    title="Network firewalls are protected from deletion",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("deletion_protection",),
    references=(
        aws_hub("NetworkFirewall.9"),
        terraform("aws/r/networkfirewall_firewall"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("NetworkFirewall",),
    standards=frozenset({Standard.DEFAULT}),
)
