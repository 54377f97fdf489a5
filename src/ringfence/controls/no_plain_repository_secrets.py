"""Repository secrets are not written in a file.

Anybody who can read the file, or any old commit of it, can do whatever the repository's workflows may do.

Bad, terraform:

    resource "github_actions_secret" "token" {
      repository      = "shop"
      secret_name     = "TOKEN"
      plaintext_value = "shop-token-of-2024"
    }

Good, terraform:

    resource "github_actions_secret" "token" {
      repository      = "shop"
      secret_name     = "TOKEN"
      encrypted_value = var.sealed
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, github
from ringfence.models.cloud.code import RepositorySecret


def faults(model: RepositorySecret) -> Iterator[Fault]:
    """Repository secrets are not written in a file."""
    if model.plain:
        yield Fault(path="plain", found="the secret is written here", want=_QUESTION)


_QUESTION = Decision("rotate it, and pass it in from outside the file")


CONTROL = Control(
    id="no-plain-repository-secrets",
    title="Repository secrets are not written in a file",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("plain",),
    references=(
        github("actions_secret"),
        cwe(798),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("RepositorySecret",),
    standards=frozenset({Standard.DEFAULT}),
)
