"""Provider settings contain no secrets.

Keys written in a file stay in its history for ever, and in every clone. Providers can take credentials from the
environment, a role or a store.

Bad, terraform:

    provider "aws" {
      region     = "eu-west-1"
      access_key = "AKIA2E0A8F3B4C5D6E7F"
      secret_key = "vT9kQz7mB2xwJ4rL8nC1pS6dF3gH5jK0aZqWeRtY"
    }

Good, terraform:

    provider "aws" {
      region  = "eu-west-1"
      profile = "shop"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform, terraform_language
from ringfence.models.cloud.state import ProviderConfig
from ringfence.secrets import secret_in


def faults(model: ProviderConfig) -> Iterator[Fault]:
    """No credentials may stand in the file."""
    for index, (name, value) in enumerate(model.secrets):
        kind = secret_in(name, value)
        if kind:
            yield Fault(path=f"secrets[{index}]", found=f"{name} holds {kind}", want=_QUESTION)


_QUESTION = Decision("should it come from the environment, or from a role?")


CONTROL = Control(
    id="no-secrets-in-providers",
    title="Provider settings contain no secrets",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("secrets",),
    references=(
        terraform("aws/d/caller_identity"),
        terraform_language("language/providers/configuration"),
        cwe(798),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ProviderConfig",),
    standards=frozenset({Standard.DEFAULT}),
)
