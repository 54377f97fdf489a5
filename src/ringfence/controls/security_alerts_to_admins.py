"""Security alerts go to the subscription's owners.

The owners of the subscription can stop what others can only see.

Bad, terraform:

    resource "azurerm_security_center_contact" "a" {
      email            = "security@example.com"
      alerts_to_admins = false
    }

Good, terraform:

    resource "azurerm_security_center_contact" "a" {
      email            = "security@example.com"
      alerts_to_admins = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, terraform
from ringfence.models.cloud.watching import SecurityContact


def faults(model: SecurityContact) -> Iterator[Fault]:
    """Security alerts go to the subscription's owners."""
    if not model.admins:
        yield Fault(path="admins", found="the owners of the subscription are not notified", want=True)


CONTROL = Control(
    id="security-alerts-to-admins",
    title="Security alerts go to the subscription's owners",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("admins",),
    references=(
        terraform("azurerm/r/security_center_contact"),
        cis_azure("2.1.18"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("SecurityContact",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
