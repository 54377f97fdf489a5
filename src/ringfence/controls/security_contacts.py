"""A security contact is set.

Whoever discovers that an account is being misused must be able to reach somebody.

Bad, terraform:

    resource "azurerm_security_center_contact" "a" {
      phone = "+49 30 901820"
    }

Good, terraform:

    resource "azurerm_security_center_contact" "a" {
      email = "security@example.com"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, terraform
from ringfence.models.cloud.watching import SecurityContact


def faults(model: SecurityContact) -> Iterator[Fault]:
    """A security contact is set."""
    if not model.email:
        yield Fault(path="email", found="no e-mail address is set", want=_QUESTION)


_QUESTION = Decision("who should be notified?")


CONTROL = Control(
    id="security-contacts",
    title="A security contact is set",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("email",),
    references=(
        terraform("azurerm/r/security_center_contact"),
        cis_azure("2.1.19"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("SecurityContact",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
