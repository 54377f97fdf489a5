"""The provider's staff need approval to see data.

Support staff at the provider may look into a project. With access approval, one of your own people agrees first, and
knows.

Bad, terraform:

    resource "google_project" "shop" {
      name                = "shop"
      project_id          = "shop"
      auto_create_network = false
    }

Good, terraform:

    resource "google_project" "shop" {
      name                = "shop"
      project_id          = "shop"
      auto_create_network = false
    }

    resource "google_project_access_approval_settings" "shop" {
      project_id          = google_project.shop.project_id
      notification_emails = ["security@example.com"]

      enrolled_services {
        cloud_product = "all"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, terraform
from ringfence.models.cloud.project import AccessApproval


def faults(model: AccessApproval) -> Iterator[Fault]:
    """The provider's staff need approval to see data."""
    if not model.approved:
        yield Fault(path="approved", found="the provider's staff can look at it without approval", want=_QUESTION)


_QUESTION = Decision("who may approve access by the provider's staff?")


CONTROL = Control(
    id="approved-provider-access",
    title="The provider's staff need approval to see data",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("approved",),
    references=(
        cis_gcp("2.15"),
        terraform("google/r/project_access_approval_settings"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("AccessApproval",),
    standards=frozenset({Standard.CIS_GCP}),
)
