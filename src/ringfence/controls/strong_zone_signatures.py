"""Zones are not signed with SHA-1.

Two texts with the same SHA-1 hash can be constructed, so an attacker can make a signature cover something that the
zone never said.

Bad, terraform:

    resource "google_dns_managed_zone" "a" {
      name     = "a"
      dns_name = "example.com."

      dnssec_config {
        state = "on"

        default_key_specs {
          algorithm  = "rsasha1"
          key_type   = "keySigning"
          key_length = 2048
        }
      }
    }

Good, terraform:

    resource "google_dns_managed_zone" "a" {
      name     = "a"
      dns_name = "example.com."

      dnssec_config {
        state = "on"

        default_key_specs {
          algorithm  = "rsasha256"
          key_type   = "keySigning"
          key_length = 2048
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.edge import DnsZone


def faults(model: DnsZone) -> Iterator[Fault]:
    """No key is for SHA-1."""
    for index, algorithm in enumerate(model.algorithms):
        if algorithm == "rsasha1":
            yield Fault(path=f"algorithms[{index}]", found="it signs with SHA-1", want="rsasha256")


CONTROL = Control(
    id="strong-zone-signatures",
    title="Zones are not signed with SHA-1",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("algorithms",),
    references=(
        cis_gcp("3.4"),
        cis_gcp("3.5"),
        terraform("google/r/dns_managed_zone"),
        cwe(327),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DnsZone",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
