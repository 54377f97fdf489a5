"""The provider knows whom to tell of attacks.

Who finds that an account is misused must reach somebody, at night too.

Bad, terraform:

    resource "azurerm_security_center_contact" "a" {
      email               = "security@example.com"
      alert_notifications = false
      alerts_to_admins    = false
    }

Good, terraform:

    resource "azurerm_security_center_contact" "a" {
      email               = "security@example.com"
      phone               = "+49 30 901820"
      alert_notifications = true
      alerts_to_admins    = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, terraform
from ringfence.models.cloud.watching import SecurityContact


def faults(model: SecurityContact) -> Iterator[Fault]:
    """The provider knows whom to tell of attacks."""
    if not model.email:
        yield Fault(path="email", found="nobody is told by mail", want=_QUESTION)
    if not model.phone:
        yield Fault(path="phone", found="nobody can be called", want=_QUESTION)
    if not model.alerts:
        yield Fault(path="alerts", found="alerts are not sent", want=True)
    if not model.admins:
        yield Fault(path="admins", found="those who own the subscription are not told", want=True)


_QUESTION = Decision("who should be told?")


CONTROL = Control(
    id="security-contacts",
    title="The provider knows whom to tell of attacks",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "admins",
        "alerts",
        "email",
        "phone",
    ),
    references=(
        terraform("azurerm/r/security_center_contact"),
        cis_azure("2.1.19"),
        cis_azure("2.1.20"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("SecurityContact",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
