"""APIs accept TLS only.

Without TLS, keys, tokens and answers can be read and changed on the way.

Bad, terraform:

    resource "azurerm_api_management_api" "a" {
      name                = "orders"
      resource_group_name = "shop"
      api_management_name = "shop"
      revision            = "1"
      protocols           = ["http", "https"]
    }

Good, terraform:

    resource "azurerm_api_management_api" "a" {
      name                = "orders"
      resource_group_name = "shop"
      api_management_name = "shop"
      revision            = "1"
      protocols           = ["https"]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.edge import Api


def faults(model: Api) -> Iterator[Fault]:
    """An interface must not answer without TLS."""
    if model.plain:
        yield Fault(path="plain", found="it answers without TLS", want=_QUESTION)


_QUESTION = Decision("can all callers use TLS?")


CONTROL = Control(
    id="tls-apis",
    title="APIs accept TLS only",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("plain",),
    references=(
        terraform("azurerm/r/api_management_api"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Api",),
    standards=frozenset({Standard.DEFAULT}),
)
