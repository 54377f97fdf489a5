"""Stored secrets are not written in a file.

A store keeps a secret from people who need not know it. Written in the file that fills the store, it is known to
everybody who may read the file, an old commit of it, or the state.

Bad, terraform:

    resource "aws_ssm_parameter" "database" {
      name   = "/shop/database/password"
      type   = "SecureString"
      key_id = aws_kms_key.shop.arn
      value  = "vT9-kQz7.mB2x"
    }

Good, terraform:

    resource "aws_ssm_parameter" "database" {
      name   = "/shop/database/password"
      type   = "SecureString"
      key_id = aws_kms_key.shop.arn
      value  = random_password.database.result
    }
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.keys import WrittenSecret
from ringfence.secrets import secret_in

#: What stands there until somebody puts the secret in.
_TO_BE_REPLACED = re.compile(r"change|dummy|example|fake|initial|sample|temp|test", re.IGNORECASE)


def faults(model: WrittenSecret) -> Iterator[Fault]:
    """What is a secret by its name in the store, or by its form, must not stand in the file."""
    kind = secret_in(model.called.rpartition("/")[2], model.value)
    if kind and not _TO_BE_REPLACED.search(model.value):
        yield Fault(path="value", found=f"{kind} stands here", want=_QUESTION)


_QUESTION = Decision("rotate it, and pass it in from outside the file")


CONTROL = Control(
    id="no-plain-stored-secrets",
    title="Stored secrets are not written in a file",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("value",),
    references=(
        aws("systems-manager/latest/userguide/sysman-paramstore-securestring"),
        terraform("azurerm/r/key_vault_secret"),
        cwe(798),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WrittenSecret",),
    standards=frozenset({Standard.DEFAULT}),
)
