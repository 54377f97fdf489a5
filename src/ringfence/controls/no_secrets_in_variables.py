"""No variable has a secret as its default.

A default is in the file and in its history, and is used wherever nobody supplies another value: the same password
everywhere.

Bad, terraform:

    variable "db_password" {
      type    = string
      default = "vT9-kQz7.mB2x"
    }

Good, terraform:

    variable "db_password" {
      type      = string
      sensitive = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform_language
from ringfence.models.cloud.state import Variable
from ringfence.secrets import secret_in


def faults(model: Variable) -> Iterator[Fault]:
    """No default may be a secret, by its form or by the variable's name."""
    kind = secret_in(model.name, model.default)
    if kind:
        yield Fault(path="default", found=f"its default is {kind}", want=_QUESTION)


_QUESTION = Decision("remove the default, or take the value from a store")


CONTROL = Control(
    id="no-secrets-in-variables",
    title="No variable has a secret as its default",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("default",),
    references=(
        terraform_language("language/values/variables"),
        terraform_language("language/state/sensitive-data"),
        cwe(798),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Variable",),
    standards=frozenset({Standard.DEFAULT}),
)
