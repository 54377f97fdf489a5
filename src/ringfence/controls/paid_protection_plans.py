"""Threat detection is on for each kind of service.

The free plan only gives advice; the paid one looks for attacks.

Bad, terraform:

    resource "azurerm_security_center_subscription_pricing" "a" {
      tier          = "Free"
      resource_type = "VirtualMachines"
    }

Good, terraform:

    resource "azurerm_security_center_subscription_pricing" "a" {
      tier          = "Standard"
      resource_type = "VirtualMachines"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, terraform
from ringfence.models.cloud.watching import ProtectionPlan


def faults(model: ProtectionPlan) -> Iterator[Fault]:
    """Threat detection is on for each kind of service."""
    if not model.paid:
        yield Fault(path="paid", found=f"threat detection for {model.plan} is off", want=_QUESTION)


_QUESTION = Decision("is it worth its price? then set the tier to Standard")


CONTROL = Control(
    id="paid-protection-plans",
    title="Threat detection is on for each kind of service",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("paid",),
    references=(
        terraform("azurerm/r/security_center_subscription_pricing"),
        cis_azure("2.1.1"),
        cis_azure("2.1.7"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ProtectionPlan",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
