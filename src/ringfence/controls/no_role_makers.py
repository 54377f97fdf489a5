"""Roles do not let their holders create roles.

Anybody who may write or assign roles can grant themselves whatever they want.

Bad, terraform:

    resource "azurerm_role_definition" "a" {
      name  = "a"
      scope = data.azurerm_subscription.main.id

      permissions {
        actions = ["Microsoft.Authorization/roleDefinitions/write"]
      }

      assignable_scopes = ["/subscriptions/11111111-2222-3333-4444-555555555555"]
    }

Good, terraform:

    resource "azurerm_role_definition" "a" {
      name  = "a"
      scope = data.azurerm_subscription.main.id

      permissions {
        actions = ["Microsoft.Authorization/roleDefinitions/read"]
      }

      assignable_scopes = ["/subscriptions/11111111-2222-3333-4444-555555555555"]
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.statements import covers
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.policy import RoleDefinition


def faults(model: RoleDefinition) -> Iterator[Fault]:
    """No action lets one change who may do what."""
    for index, action in enumerate(model.actions):
        if any(covers(action, one) for one in _RIGHTS if not any(covers(not_, one) for not_ in model.not_actions)):
            yield Fault(path=f"actions[{index}]", found="it may change roles", want=_QUESTION)


_RIGHTS = (
    "Microsoft.Authorization/roleDefinitions/write",
    "Microsoft.Authorization/roleAssignments/write",
    "Microsoft.Authorization/elevateAccess/Action",
)
_QUESTION = Decision("which actions are needed?")


CONTROL = Control(
    id="no-role-makers",
    title="Roles do not let their holders create roles",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("actions",),
    references=(
        terraform("azurerm/r/role_definition"),
        cis_azure("1.23"),
        cwe(269),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("RoleDefinition",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
