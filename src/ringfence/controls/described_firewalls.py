"""Security groups and their rules have a description.

Nobody dares to remove a rule whose reason is not known. One sentence says who asked for it and why.

Bad, terraform:

    resource "aws_security_group" "app" {
      name = "app"
    }

Good, terraform:

    resource "aws_security_group" "app" {
      name        = "app"
      description = "Machines of the application"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.network import Firewall, FirewallRule


def faults(model: Firewall | FirewallRule) -> Iterator[Fault]:
    """A group and each of its rules has a description."""
    if model.described is False:
        yield Fault(path="described", found="it has no description", want=_QUESTION)
    if isinstance(model, Firewall):
        for index, rule in enumerate(model.rules):
            if rule.described is False:
                yield Fault(path=f"rules[{index}].described", found="a rule has no description", want=_QUESTION)


_QUESTION = Decision("what is it for? add a description")


CONTROL = Control(
    id="described-firewalls",
    title="Security groups and their rules have a description",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "described",
        "rules.described",
    ),
    references=(
        aws("vpc/latest/userguide/vpc-security-groups"),
        cwe(1059),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Firewall",
        "FirewallRule",
    ),
    standards=frozenset({Standard.DEFAULT}),
)
