"""No stored secret is sent to a server during a plan.

A plan queries the server that a data source names. A secret in that request's address or headers leaves the account
with every plan, sent by anybody who may open a change request, and ends up in logs on the way.

Bad, terraform:

    data "http" "notice" {
      url = "https://hooks.example.com/?token=${aws_ssm_parameter.hook.value}"
    }

Good, terraform:

    data "http" "notice" {
      url = "https://hooks.example.com/releases.json"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform_language
from ringfence.models.cloud.state import OutsideRequest


def faults(model: OutsideRequest) -> Iterator[Fault]:
    """It carries nothing of what is stored as a secret."""
    if model.secrets:
        yield Fault(path="secrets", found=f"it sends {model.secrets[0]} away", want=_QUESTION)


_QUESTION = Decision("rotate the secret; what should the server know instead?")


CONTROL = Control(
    id="no-secrets-in-requests",
    title="No stored secret is sent to a server during a plan",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("secrets",),
    references=(
        terraform_language("language/data-sources"),
        cwe(200),
        cwe(598),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("OutsideRequest",),
    standards=frozenset({Standard.DEFAULT}),
)
