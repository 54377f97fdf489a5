"""Every access to data is recorded.

Who only reads leaves no trace, unless reading is recorded too, for all services and for everybody.

Bad, terraform:

    resource "google_project_iam_audit_config" "a" {
      project = "shop"
      service = "allServices"

      audit_log_config {
        log_type = "ADMIN_READ"
      }
    }

Good, terraform:

    resource "google_project_iam_audit_config" "a" {
      project = "shop"
      service = "allServices"

      audit_log_config {
        log_type = "ADMIN_READ"
      }

      audit_log_config {
        log_type = "DATA_READ"
      }

      audit_log_config {
        log_type = "DATA_WRITE"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.policy import AuditPolicy


def faults(model: AuditPolicy) -> Iterator[Fault]:
    """What holds for all services records all types, and leaves nobody out."""
    if "allServices" in model.services and not set(model.types) >= _TYPES:
        missing = ", ".join(sorted(_TYPES - set(model.types)))
        yield Fault(path="types", found=f"it leaves out {missing}", want=_QUESTION)
    for index, _ in enumerate(model.exempted):
        yield Fault(path=f"exempted[{index}]", found="what this one does is not recorded", want=_QUESTION)


_TYPES = frozenset({"ADMIN_READ", "DATA_READ", "DATA_WRITE"})
_QUESTION = Decision("name all three types of access, and exempt nobody")


CONTROL = Control(
    id="whole-audit-logs",
    title="Every access to data is recorded",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "services",
        "types",
        "exempted",
    ),
    references=(
        cis_gcp("2.1"),
        terraform("google/r/google_project_iam"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("AuditPolicy",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
