"""Security groups are attached to something.

A security group that nothing uses protects nothing. Its forgotten rules apply again, unreviewed, as soon as somebody
picks it from the list.

Bad, terraform:

    resource "aws_security_group" "web" {
      name        = "web"
      description = "What customers see"
    }

    resource "aws_instance" "web" {
      ami                  = "ami-0a1b2c3d4e5f60718"
      instance_type        = "t3.micro"
      iam_instance_profile = "web"
    }

Good, terraform:

    resource "aws_security_group" "web" {
      name        = "web"
      description = "What customers see"
    }

    resource "aws_instance" "web" {
      ami                    = "ami-0a1b2c3d4e5f60718"
      instance_type          = "t3.micro"
      iam_instance_profile   = "web"
      vpc_security_group_ids = [aws_security_group.web.id]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.network import FirewallUse


def faults(model: FirewallUse) -> Iterator[Fault]:
    """Something must use it."""
    if not model.used:
        yield Fault(path="used", found="nothing uses it", want=_QUESTION)


_QUESTION = Decision("what should it protect? if nothing, remove it")


CONTROL = Control(
    id="attached-firewalls",
    title="Security groups are attached to something",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("used",),
    references=(
        aws("vpc/latest/userguide/security-groups"),
        terraform("aws/r/security_group"),
        cwe(1164),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("FirewallUse",),
    standards=frozenset({Standard.DEFAULT}),
)
