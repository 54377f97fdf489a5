"""Parameters are encrypted, or declared not to be secret.

A parameter of type String is plain text to anybody who may read parameters, and nobody notices when a secret ends up
in one. Make it a SecureString, or say with `insecure_value` that it is no secret.

Bad, terraform:

    resource "aws_ssm_parameter" "greeting" {
      name  = "/shop/greeting"
      type  = "String"
      value = "welcome"
    }

Good, terraform:

    resource "aws_ssm_parameter" "greeting" {
      name           = "/shop/greeting"
      type           = "String"
      insecure_value = "welcome"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.keys import Parameter


def faults(model: Parameter) -> Iterator[Fault]:
    """It must be sealed."""
    if not model.sealed:
        yield Fault(path="sealed", found="it is stored as plain text", want=_QUESTION)


_QUESTION = Decision("is it a secret? then use SecureString, otherwise insecure_value")


CONTROL = Control(
    id="sealed-parameters",
    title="Parameters are encrypted, or declared not to be secret",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("sealed",),
    references=(
        aws("systems-manager/latest/userguide/sysman-paramstore-securestring"),
        terraform("aws/r/ssm_parameter"),
        cwe(312),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Parameter",),
    standards=frozenset(),
)
