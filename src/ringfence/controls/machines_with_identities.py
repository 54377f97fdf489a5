"""Machines have an instance role.

A machine that calls the provider without a role is given a key, which sits on its disk and never expires.

Bad, terraform:

    resource "aws_instance" "a" {
      ami           = "ami-0123456789abcdef0"
      instance_type = "t3.small"
    }

Good, terraform:

    resource "aws_instance" "a" {
      ami                  = "ami-0123456789abcdef0"
      instance_type        = "t3.small"
      iam_instance_profile = aws_iam_instance_profile.web.name
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.compute import Machine


def faults(model: Machine) -> Iterator[Fault]:
    """Machines have an instance role."""
    if model.has_identity is False:
        yield Fault(path="has_identity", found="it has no role", want=_QUESTION)


_QUESTION = Decision("what does it need to call? give it a role that allows that and no more")


CONTROL = Control(
    id="machines-with-identities",
    title="Machines have an instance role",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("has_identity",),
    references=(
        terraform("aws/r/instance"),
        cwe(522),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Machine",),
    standards=frozenset({Standard.DEFAULT}),
)
