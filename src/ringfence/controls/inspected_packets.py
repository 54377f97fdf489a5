"""Network firewalls let no packet pass that they have not looked into.

A packet that no stateless rule names is dropped, let through, or handed to the stateful rules. What is let through here
never reaches the rules that would have stopped it. Fragments of packets have a setting of their own.

Bad, terraform:

    resource "aws_networkfirewall_firewall_policy" "main" {
      name = "main"
      firewall_policy {
        stateless_default_actions          = ["aws:pass"]
        stateless_fragment_default_actions = ["aws:drop"]
      }
    }

Good, terraform:

    resource "aws_networkfirewall_firewall_policy" "main" {
      name = "main"
      firewall_policy {
        stateless_default_actions          = ["aws:forward_to_sfe"]
        stateless_fragment_default_actions = ["aws:drop"]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.guarding import PacketPolicy


def faults(model: PacketPolicy) -> Iterator[Fault]:
    """What no rule names is dropped or looked into."""
    if not model.inspects:
        yield Fault(path="inspects", found="packets that no rule names are let through", want=True)
    if not model.inspects_fragments:
        yield Fault(path="inspects_fragments", found="fragments that no rule names are let through", want=True)


CONTROL = Control(
    id="inspected-packets",
    title="Network firewalls let no packet pass that they have not looked into",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "inspects",
        "inspects_fragments",
    ),
    references=(
        aws_hub("NetworkFirewall.4"),
        aws_hub("NetworkFirewall.5"),
        terraform("aws/r/networkfirewall_firewall_policy"),
        cwe(693),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PacketPolicy",),
    standards=frozenset({Standard.DEFAULT}),
)
