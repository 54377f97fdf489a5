"""Providers have a version constraint.

Without a constraint, and without a lock file, the newest provider is used, with different defaults from those that
were reviewed.

Bad, terraform:

    terraform {
      required_providers {
        aws = {
          source = "hashicorp/aws"
        }
      }
    }

Good, terraform:

    terraform {
      required_providers {
        aws = {
          source  = "hashicorp/aws"
          version = "~> 6.0"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform_language
from ringfence.models.cloud.state import Requirement


def faults(model: Requirement) -> Iterator[Fault]:
    """A required provider must have a constraint."""
    if not model.version.strip():
        yield Fault(path="version", found="it has no version constraint", want=Decision("which version did you test?"))


CONTROL = Control(
    id="provider-versions",
    title="Providers have a version constraint",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("version",),
    references=(
        terraform_language("language/providers/requirements"),
        terraform_language("language/files/dependency-lock"),
        cwe(829),
        cwe(1104),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Requirement",),
    standards=frozenset({Standard.DEFAULT}),
)
