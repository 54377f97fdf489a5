"""Secret parameters are encrypted.

A parameter of type String is plain text to anybody who may read parameters. SecureString encrypts it with a key that
has its own policy.

Bad, terraform:

    resource "aws_ssm_parameter" "password" {
      name  = "/app/db/password"
      type  = "String"
      value = var.password
    }

Good, terraform:

    resource "aws_ssm_parameter" "password" {
      name  = "/app/db/password"
      type  = "SecureString"
      value = var.password
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.keys import StoredSecret


def faults(model: StoredSecret) -> Iterator[Fault]:
    """What is called a secret is stored as one."""
    if model.encrypted is False:
        yield Fault(path="encrypted", found="a secret is stored as plain text", want=True)


CONTROL = Control(
    id="encrypted-parameters",
    title="Secret parameters are encrypted",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("encrypted",),
    references=(
        aws("systems-manager/latest/userguide/sysman-paramstore-securestring"),
        cwe(312),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("StoredSecret",),
    standards=frozenset({Standard.DEFAULT}),
)
