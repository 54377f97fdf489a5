"""Terraform state is encrypted.

The state contains every password and key of its resources in plain text. Its storage must encrypt it.

Bad, terraform:

    terraform {
      backend "s3" {
        bucket  = "state"
        key     = "shop.tfstate"
        region  = "eu-west-1"
        encrypt = false
      }
    }

Good, terraform:

    terraform {
      backend "s3" {
        bucket  = "state"
        key     = "shop.tfstate"
        region  = "eu-west-1"
        encrypt = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform_language
from ringfence.models.cloud.state import StateBackend


def faults(model: StateBackend) -> Iterator[Fault]:
    """The state must be encrypted at rest."""
    if model.encrypted is False:
        yield Fault(path="encrypted", found="the state is not encrypted", want=True)


CONTROL = Control(
    id="encrypted-state",
    title="Terraform state is encrypted",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("encrypted",),
    references=(
        terraform_language("language/backend/s3"),
        terraform_language("language/state/sensitive-data"),
        cwe(311),
        cwe(312),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StateBackend",),
    standards=frozenset({Standard.DEFAULT}),
)
