"""Nobody both manages keys or identities and uses them.

Somebody who can create a key or an identity and also use it needs nobody's consent: one stolen login is enough.

Bad, terraform:

    resource "google_project_iam_member" "managing" {
      project = "shop"
      role    = "roles/cloudkms.admin"
      member  = "user:ada@example.com"
    }

    resource "google_project_iam_member" "using" {
      project = "shop"
      role    = "roles/cloudkms.cryptoKeyDecrypter"
      member  = "user:ada@example.com"
    }

Good, terraform:

    resource "google_project_iam_member" "managing" {
      project = "shop"
      role    = "roles/cloudkms.admin"
      member  = "user:ada@example.com"
    }

    resource "google_project_iam_member" "using" {
      project = "shop"
      role    = "roles/cloudkms.cryptoKeyDecrypter"
      member  = "serviceAccount:orders@shop.iam.gserviceaccount.com"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.policy import SharedDuty


def faults(model: SharedDuty) -> Iterator[Fault]:
    """Nobody both manages keys or identities and uses them."""
    for index, member in enumerate(model.members):
        found = f"{member} has {model.role}, and a role that uses what it makes"
        yield Fault(path=f"members[{index}]", found=found, want=_QUESTION)


_QUESTION = Decision("who should manage them, and who should use them?")


CONTROL = Control(
    id="separate-duties",
    title="Nobody both manages keys or identities and uses them",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("members",),
    references=(
        cis_gcp("1.8"),
        cis_gcp("1.11"),
        terraform("google/r/google_project_iam"),
        cwe(250),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("SharedDuty",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
