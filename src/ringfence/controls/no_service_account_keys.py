"""Service accounts have no keys.

A key works from anywhere, for anybody who has it, until somebody revokes it. Whatever runs in the cloud, or in a
pipeline, can be given an identity without a key.

Bad, terraform:

    resource "google_service_account_key" "a" {
      service_account_id = google_service_account.build.name
    }

Good, terraform:

    resource "google_service_account_iam_member" "a" {
      service_account_id = google_service_account.build.name
      role               = "roles/iam.workloadIdentityUser"
      member             = "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/attribute.repository/example/shop"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.policy import AccessKey


def faults(model: AccessKey) -> Iterator[Fault]:
    """Service accounts have no keys."""
    if model.active and model.owner_kind == "service account":
        yield Fault(path="active", found="a long-lived key is created", want=_QUESTION)


_QUESTION = Decision("let whatever uses the key use an attached identity instead")


CONTROL = Control(
    id="no-service-account-keys",
    title="Service accounts have no keys",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("active",),
    references=(
        cis_gcp("1.4"),
        terraform("google/r/service_account_key"),
        cwe(798),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("AccessKey",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
