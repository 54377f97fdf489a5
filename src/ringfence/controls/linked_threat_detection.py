"""Threat detection learns from the provider's other products.

What runs on machines, and who uses which application, other products of the provider see. Unless they are linked, an
attack that they notice raises no alert here.

Bad, terraform:

    resource "azurerm_security_center_setting" "a" {
      setting_name = "WDATP"
      enabled      = false
    }

Good, terraform:

    resource "azurerm_security_center_setting" "a" {
      setting_name = "WDATP"
      enabled      = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.watching import DetectionLink


def faults(model: DetectionLink) -> Iterator[Fault]:
    """Threat detection learns from other products."""
    if not model.enabled:
        yield Fault(path="enabled", found=f"the link with {model.product} is off", want=True)


CONTROL = Control(
    id="linked-threat-detection",
    title="Threat detection learns from the provider's other products",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("enabled",),
    references=(
        terraform("azurerm/r/security_center_setting"),
        cis_azure("2.1.21"),
        cis_azure("2.1.22"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DetectionLink",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
