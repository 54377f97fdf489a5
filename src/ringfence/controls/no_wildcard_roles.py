"""Roles name the actions they allow.

A role with a bare star may do everything, including what the provider invents next year; its holder owns the
subscription.

Bad, terraform:

    resource "azurerm_role_definition" "a" {
      name  = "a"
      scope = data.azurerm_subscription.main.id

      permissions {
        actions = ["*"]
      }

      assignable_scopes = ["/subscriptions/11111111-2222-3333-4444-555555555555"]
    }

Good, terraform:

    resource "azurerm_role_definition" "a" {
      name  = "a"
      scope = data.azurerm_subscription.main.id

      permissions {
        actions = ["Microsoft.Compute/virtualMachines/read"]
      }

      assignable_scopes = ["/subscriptions/11111111-2222-3333-4444-555555555555"]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.policy import RoleDefinition


def faults(model: RoleDefinition) -> Iterator[Fault]:
    """No action may be a bare star."""
    for field, actions in (("actions", model.actions), ("data_actions", model.data_actions)):
        for index, one in enumerate(actions):
            if one == "*":
                yield Fault(path=f"{field}[{index}]", found="it may do everything", want=_QUESTION)


_QUESTION = Decision("which actions are needed?")


CONTROL = Control(
    id="no-wildcard-roles",
    title="Roles name the actions they allow",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "actions",
        "data_actions",
    ),
    references=(
        terraform("azurerm/r/role_definition"),
        cis_azure("1.23"),
        cwe(250),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("RoleDefinition",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
