"""API keys work only for known clients.

An API key sits in web pages and apps where anybody can read it. Restricted to your own pages, addresses or apps, it
is useless to others.

Bad, terraform:

    resource "google_apikeys_key" "maps" {
      name = "maps"

      restrictions {
        api_targets {
          service = "maps-backend.googleapis.com"
        }
        browser_key_restrictions {
          allowed_referrers = ["*"]
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

import re
from collections.abc import Iterator

from ringfence.controls.cloud.ranges import is_everybody
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.project import ApiKey


def faults(model: ApiKey) -> Iterator[Fault]:
    """API keys work only for known clients."""
    if not model.bound:
        yield Fault(path="bound", found="anybody with the key can use it", want=_QUESTION)
    for index, client in enumerate(model.clients):
        if _is_anybody(client):
            yield Fault(path=f"clients[{index}]", found=f"{client} means everybody", want=_QUESTION)


_QUESTION = Decision("which pages, addresses or apps use the key?")
#: A scheme, stars, and at most the last word of a name: `*`, `*.com`, `https://*/*`.
_EVERY_PAGE = re.compile(r"(\*|https?)?(://)?\*(\.\*)*(\.[a-z]{2,6})?(/\*?)?")


def _is_anybody(client: str) -> bool:
    """Whether a page with stars, or a range, stands for the whole internet."""
    return is_everybody(client) or _EVERY_PAGE.fullmatch(client.lower()) is not None


CONTROL = Control(
    id="api-keys-for-known-clients",
    title="API keys work only for known clients",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "bound",
        "clients",
    ),
    references=(
        cis_gcp("1.13"),
        terraform("google/r/apikeys_key"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ApiKey",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
