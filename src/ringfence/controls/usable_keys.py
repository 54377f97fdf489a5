"""Keys can be used.

A disabled key opens nothing: what it encrypts cannot be read by anybody, and what should be encrypted with it fails, or
is left unencrypted by whoever needs it to work today. Enable the key, or remove it once nothing depends on it.

Bad, terraform:

    resource "aws_kms_key" "orders" {
      enable_key_rotation = true
      is_enabled          = false
    }

Good, terraform:

    resource "aws_kms_key" "orders" {
      enable_key_rotation = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.keys import Key


def faults(model: Key) -> Iterator[Fault]:
    """It must be enabled."""
    if not model.enabled:
        yield Fault(path="enabled", found="the key is disabled", want=_QUESTION)


_QUESTION = Decision("should it be enabled, or be removed?")


CONTROL = Control(
    id="usable-keys",
    title="Keys can be used",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("enabled",),
    references=(
        aws("kms/latest/developerguide/enabling-keys"),
        terraform("aws/r/kms_key"),
        cwe(320),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Key",),
    standards=frozenset({Standard.DEFAULT}),
)
