"""The resources of a project are inventoried.

The inventory keeps five weeks of history: what existed and who could reach it. Without it nobody can say after an
attack what was changed.

Bad, terraform:

    resource "google_project_service" "all" {
      for_each = toset(["compute.googleapis.com", "storage.googleapis.com"])
      service  = each.value
    }

Good, terraform:

    resource "google_project_service" "all" {
      for_each = toset(["compute.googleapis.com", "cloudasset.googleapis.com"])
      service  = each.value
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.project import ProjectServices


def faults(model: ProjectServices) -> Iterator[Fault]:
    """The resources of a project are inventoried."""
    if _INVENTORY not in model.services:
        yield Fault(path="services", found="its inventory is off", want=_QUESTION)


_INVENTORY = "cloudasset.googleapis.com"
_QUESTION = Decision("turn on the service cloudasset.googleapis.com")


CONTROL = Control(
    id="asset-inventory",
    title="The resources of a project are inventoried",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("services",),
    references=(
        cis_gcp("2.13"),
        terraform("google/r/google_project_service"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ProjectServices",),
    standards=frozenset({Standard.CIS_GCP}),
)
