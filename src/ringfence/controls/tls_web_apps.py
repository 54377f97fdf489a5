"""Web applications answer over current TLS only.

Sessions and passwords can be read on their way without TLS, and with its old versions.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name = "shop"
      site_config {
      }
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name = "shop"
      https_only = true

      site_config {
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """Web applications answer over current TLS only."""
    if model.https_only is False:
        yield Fault(path="https_only", found="it answers without TLS", want=True)
    if model.min_tls in _OLD:
        yield Fault(path="min_tls", found="it takes old versions of TLS", want="1.2")


_OLD = ("1.0", "1.1")

CONTROL = Control(
    id="tls-web-apps",
    title="Web applications answer over current TLS only",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "https_only",
        "min_tls",
    ),
    references=(
        cis_azure("9.2"),
        cis_azure("9.3"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
