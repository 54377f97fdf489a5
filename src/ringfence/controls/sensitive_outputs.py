"""Secret outputs are marked as sensitive.

An output that is not marked is printed by every run, into the pipeline's logs.

Bad, terraform:

    output "password" {
      value = random_password.database.result
    }

Good, terraform:

    output "password" {
      value     = random_password.database.result
      sensitive = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform_language
from ringfence.models.cloud.state import Output


def faults(model: Output) -> Iterator[Fault]:
    """Secret outputs are marked as sensitive."""
    if model.secret and not model.sensitive:
        yield Fault(path="sensitive", found=f"{model.secret} is shown", want=True)


CONTROL = Control(
    id="sensitive-outputs",
    title="Secret outputs are marked as sensitive",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("sensitive",),
    references=(
        terraform_language("language/values/outputs"),
        terraform_language("language/state/sensitive-data"),
        cwe(532),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Output",),
    standards=frozenset({Standard.DEFAULT}),
)
