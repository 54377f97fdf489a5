"""Essential contacts are set.

The provider sends notices about attacks, legal matters, suspension and outages. Without contacts they go to the
account's owner, who may have left.

Bad, terraform:

    resource "google_essential_contacts_contact" "security" {
      parent       = "organizations/123456789012"
      email        = "security@example.com"
      language_tag = "en"

      notification_category_subscriptions = ["SECURITY", "LEGAL"]
    }

Good, terraform:

    resource "google_essential_contacts_contact" "security" {
      parent       = "organizations/123456789012"
      email        = "security@example.com"
      language_tag = "en"

      notification_category_subscriptions = ["SECURITY", "LEGAL", "SUSPENSION", "TECHNICAL"]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.watching import EssentialContacts


def faults(model: EssentialContacts) -> Iterator[Fault]:
    """Essential contacts are set."""
    if model.missing:
        yield Fault(path="missing", found=f"no contact for: {', '.join(model.missing)}", want=_QUESTION)


_QUESTION = Decision("who should be notified?")


CONTROL = Control(
    id="essential-contacts",
    title="Essential contacts are set",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("missing",),
    references=(
        cis_gcp("1.16"),
        terraform("google/r/essential_contacts_contact"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("EssentialContacts",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
