"""The security contact has a telephone number.

Mail is read in the morning.

Bad, terraform:

    resource "azurerm_security_center_contact" "a" {
      email = "security@example.com"
    }

Good, terraform:

    resource "azurerm_security_center_contact" "a" {
      email = "security@example.com"
      phone = "+49 30 901820"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.watching import SecurityContact


def faults(model: SecurityContact) -> Iterator[Fault]:
    """The security contact has a telephone number."""
    if not model.phone:
        yield Fault(path="phone", found="no telephone number is set", want=_QUESTION)


_QUESTION = Decision("whose number can be called at night?")


CONTROL = Control(
    id="security-contact-phones",
    title="The security contact has a telephone number",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("phone",),
    references=(
        terraform("azurerm/r/security_center_contact"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("SecurityContact",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
