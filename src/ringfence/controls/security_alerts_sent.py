"""Security alerts are sent.

An alert that nobody receives is worth nothing.

Bad, terraform:

    resource "azurerm_security_center_contact" "a" {
      email               = "security@example.com"
      alert_notifications = false
    }

Good, terraform:

    resource "azurerm_security_center_contact" "a" {
      email               = "security@example.com"
      alert_notifications = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, terraform
from ringfence.models.cloud.watching import SecurityContact


def faults(model: SecurityContact) -> Iterator[Fault]:
    """Security alerts are sent."""
    if not model.alerts:
        yield Fault(path="alerts", found="alerts are not sent", want=True)


CONTROL = Control(
    id="security-alerts-sent",
    title="Security alerts are sent",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("alerts",),
    references=(
        terraform("azurerm/r/security_center_contact"),
        cis_azure("2.1.20"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("SecurityContact",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
