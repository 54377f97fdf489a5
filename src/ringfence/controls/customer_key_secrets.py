"""Stored secrets are encrypted with a customer-managed key.

With a key of your own, a second policy decides who can read the secret, and it can be shared with other accounts.
Many do well with the provider's key, so the severity is low.

Bad, terraform:

    resource "aws_secretsmanager_secret" "db" {
      name = "db"
    }

Good, terraform:

    resource "aws_secretsmanager_secret" "db" {
      name = "db"
      kms_key_id = aws_kms_key.secrets.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.keys import StoredSecret


def faults(model: StoredSecret) -> Iterator[Fault]:
    """The key is ours."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found="it is encrypted with the provider's key", want=_QUESTION)


_QUESTION = Decision("which key should encrypt it?")


CONTROL = Control(
    id="customer-key-secrets",
    title="Stored secrets are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        aws("secretsmanager/latest/userguide/security-encryption"),
        cwe(311),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StoredSecret",),
    standards=frozenset({Standard.DEFAULT}),
)
