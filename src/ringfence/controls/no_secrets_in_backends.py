"""Backend settings contain no secrets.

Whatever opens the place where the state is stored opens everything in it. Backends can take credentials from the
environment.

Bad, terraform:

    terraform {
      backend "s3" {
        bucket     = "state"
        key        = "shop.tfstate"
        region     = "eu-west-1"
        encrypt    = true
        secret_key = "vT9kQz7mB2xwJ4rL8nC1pS6dF3gH5jK0aZqWeRtY"
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

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform_language
from ringfence.models.cloud.state import StateBackend
from ringfence.secrets import secret_in


def faults(model: StateBackend) -> Iterator[Fault]:
    """No credentials may stand in the file."""
    for index, (name, value) in enumerate(model.secrets):
        kind = secret_in(name, value)
        if kind:
            yield Fault(path=f"secrets[{index}]", found=f"{name} holds {kind}", want=_QUESTION)


_QUESTION = Decision("which environment variable should supply it?")


CONTROL = Control(
    id="no-secrets-in-backends",
    title="Backend settings contain no secrets",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("secrets",),
    references=(
        terraform_language("language/backend"),
        terraform_language("language/state/sensitive-data"),
        cwe(798),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StateBackend",),
    standards=frozenset({Standard.DEFAULT}),
)
