"""Functions accept HTTPS only.

Over plain HTTP, callers' tokens can be read on the way.

Bad, terraform:

    resource "google_cloudfunctions_function" "a" {
      name         = "a"
      runtime      = "python313"
      trigger_http = true
    }

Good, terraform:

    resource "google_cloudfunctions_function" "a" {
      name                         = "a"
      runtime                      = "python313"
      trigger_http                 = true
      https_trigger_security_level = "SECURE_ALWAYS"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import Function


def faults(model: Function) -> Iterator[Fault]:
    """Functions accept HTTPS only."""
    if model.https_only is False:
        yield Fault(path="https_only", found="it also accepts connections without TLS", want=True)


CONTROL = Control(
    id="https-only-functions",
    title="Functions accept HTTPS only",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("https_only",),
    references=(
        terraform("google/r/cloudfunctions_function"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Function",),
    standards=frozenset({Standard.DEFAULT}),
)
