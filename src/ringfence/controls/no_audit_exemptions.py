"""Nobody is exempt from audit logging.

An attacker who takes over an exempt account works unseen.

Bad, terraform:

    resource "google_project_iam_audit_config" "a" {
      project = "shop"
      service = "allServices"

      audit_log_config {
        log_type         = "DATA_READ"
        exempted_members = ["user:ann@example.com"]
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
    """Nobody is exempted."""
    for index, _ in enumerate(model.exempted):
        yield Fault(path=f"exempted[{index}]", found="this member's access is not logged", want=_QUESTION)


_QUESTION = Decision("why should it be exempt? remove the exemption, or waive this")


CONTROL = Control(
    id="no-audit-exemptions",
    title="Nobody is exempt from audit logging",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("exempted",),
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
