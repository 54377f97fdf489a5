"""API keys open only the services they name.

Once it leaks, a key that works for every service also opens those it was never meant for, at your cost.

Bad, terraform:

    resource "google_apikeys_key" "maps" {
      name = "maps"

      restrictions {
        browser_key_restrictions {
          allowed_referrers = ["https://shop.example.com/*"]
        }
      }
    }

Good, terraform:

    resource "google_apikeys_key" "maps" {
      name = "maps"

      restrictions {
        api_targets {
          service = "maps-backend.googleapis.com"
        }
        browser_key_restrictions {
          allowed_referrers = ["https://shop.example.com/*"]
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.project import ApiKey


def faults(model: ApiKey) -> Iterator[Fault]:
    """API keys open only the services they name."""
    if not model.services:
        yield Fault(path="services", found="the key opens every service of the project", want=_QUESTION)
    for index, service in enumerate(model.services):
        if service == _ALL:
            yield Fault(path=f"services[{index}]", found=f"{service} is every service", want=_QUESTION)


_QUESTION = Decision("which services is the key for?")
_ALL = "cloudapis.googleapis.com"


CONTROL = Control(
    id="api-keys-for-named-services",
    title="API keys open only the services they name",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("services",),
    references=(
        cis_gcp("1.14"),
        terraform("google/r/apikeys_key"),
        cwe(250),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ApiKey",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
