"""Functions are private unless they must be public.

A function that only your own programs call need not be exposed to everybody.

Bad, terraform:

    resource "google_cloudfunctions_function" "a" {
      name         = "a"
      runtime      = "python313"
      trigger_http = true
    }

Good, terraform:

    resource "google_cloudfunctions_function" "a" {
      name             = "a"
      runtime          = "python313"
      trigger_http     = true
      ingress_settings = "ALLOW_INTERNAL_ONLY"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import Function


def faults(model: Function) -> Iterator[Fault]:
    """Functions are private unless they must be public."""
    if model.public:
        yield Fault(path="public", found="it is reachable from the internet", want=False)


CONTROL = Control(
    id="private-functions",
    title="Functions are private unless they must be public",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public",),
    references=(
        terraform("google/r/cloudfunctions_function"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Function",),
    standards=frozenset({Standard.DEFAULT}),
)
