"""Terraform state is locked while it is written.

Two simultaneous runs overwrite each other's state, and resources that one of them created are forgotten: they keep
running, unseen and unmanaged.

Bad, terraform:

    terraform {
      backend "s3" {
        bucket  = "state"
        key     = "shop.tfstate"
        region  = "eu-west-1"
        encrypt = true
      }
    }

Good, terraform:

    terraform {
      backend "s3" {
        bucket       = "state"
        key          = "shop.tfstate"
        region       = "eu-west-1"
        encrypt      = true
        use_lockfile = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform_language
from ringfence.models.cloud.state import StateBackend


def faults(model: StateBackend) -> Iterator[Fault]:
    """The state must be locked while it is written."""
    if model.locked is False:
        yield Fault(path="locked", found="the state is not locked", want=True)


CONTROL = Control(
    id="locked-state",
    title="Terraform state is locked while it is written",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("locked",),
    references=(
        terraform_language("language/state/locking"),
        terraform_language("language/backend/s3"),
        cwe(362),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("StateBackend",),
    standards=frozenset({Standard.DEFAULT}),
)
