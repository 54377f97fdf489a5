"""All access to data is logged.

Somebody who only reads leaves no trace unless reads are logged too, for all services.

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
    """Something holds for all services, and what does records all types."""
    if "allServices" not in model.services:
        yield Fault(path="services", found="not all services are recorded", want=_QUESTION)
    elif not set(model.types) >= _TYPES:
        missing = ", ".join(sorted(_TYPES - set(model.types)))
        yield Fault(path="types", found=f"it leaves out {missing}", want=_QUESTION)


_TYPES = frozenset({"ADMIN_READ", "DATA_READ", "DATA_WRITE"})
_QUESTION = Decision("record allServices, with all three types of access")


CONTROL = Control(
    id="whole-audit-logs",
    title="All access to data is logged",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "services",
        "types",
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
