"""Nobody debugs what runs.

Ways in that were for development are ways in.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name = "shop"
      https_only = true

      site_config {
        remote_debugging_enabled = true
      }
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name = "shop"
      https_only = true

      site_config {
        remote_debugging_enabled = false
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """Nobody debugs what runs."""
    if model.remote_debugging:
        yield Fault(path="remote_debugging", found="a debugger can attach from outside", want=False)
    if model.plain_ftp:
        yield Fault(
            path="plain_ftp", found="files can be changed by FTP without TLS", want=False, severity=Severity.MEDIUM
        )


CONTROL = Control(
    id="no-remote-debugging",
    title="Nobody debugs what runs",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "plain_ftp",
        "remote_debugging",
    ),
    references=(
        cwe(489),
        cis_azure("9.10"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
