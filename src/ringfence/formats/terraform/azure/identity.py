"""Who may do what in Azure: roles that are made, and roles that are given."""

import re
from collections.abc import Iterator

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.azure.common import is_unknown
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.policy import FederatedTrust, Reach, RoleBinding, RoleDefinition

_SUBSCRIPTION = re.compile(r"/?subscriptions/[^/]+/?")
_GROUP = re.compile(r"/?subscriptions/[^/]+/resource_?groups/[^/]+/?", re.IGNORECASE)
#: Data sources whose `id` is a subscription or what holds some.
_WHOLE = {
    "azurerm_subscription.": Reach.PROJECT,
    "azurerm_management_group.": Reach.ORGANIZATION,
    "azurerm_management_groups.": Reach.ORGANIZATION,
    "azurerm_resource_group.": Reach.FOLDER,
}


def role(r: Reader) -> Iterator[RoleDefinition]:
    """A role that is made here."""
    given = r.block("", "permissions")
    given.rests_on("not_actions", "actions")
    given.rests_on("not_data_actions", "data_actions")
    for field in ("actions", "data_actions"):
        r.decide(field, "which actions are needed?")
    yield RoleDefinition(
        name=r.address,
        actions=given.texts("actions", "actions"),
        not_actions=given.texts("not_actions", "not_actions"),
        data_actions=given.texts("data_actions", "data_actions"),
    )


def assignment(r: Reader) -> Iterator[RoleBinding]:
    """A role that is given."""
    reach = _reach(r)
    yield RoleBinding(
        name=r.address,
        role=_role(r),
        members=r.texts("members", "principal_id"),
        reach=reach,
    )


#: Roles of the provider that stand by their number, too.
_NUMBERED = {
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
}


def _role(r: Reader) -> str:
    """Which role it is, by name or by number."""
    name = r.text("role", "role_definition_name")
    if name or is_unknown(r, "role_definition_name"):
        return name
    return _NUMBERED.get(r.text("role", "role_definition_id", lower=True).rpartition("/")[2], "")


def _reach(r: Reader) -> Reach:
    """How far it reaches, as far as the scope says so."""
    value = r.view.find("scope").value
    if isinstance(value, Unknown):
        for one in value.references:
            for name, reach in _WHOLE.items():
                if name in one and value.pieces is None:
                    return reach
        return Reach.RESOURCE
    said = value if isinstance(value, str) else ""
    if _SUBSCRIPTION.fullmatch(said):
        return Reach.PROJECT
    if said == "/" or "managementgroups" in said.lower():
        return Reach.ORGANIZATION
    return Reach.FOLDER if _GROUP.fullmatch(said) else Reach.RESOURCE


def federated(r: Reader) -> Iterator[FederatedTrust]:
    """Identities of another issuer that stand for one of ours: its subject bounds them."""
    subject = r.text("condition", "subject")
    r.decide("condition", "which of its identities is yours? name it in subject")
    yield FederatedTrust(
        name=r.address,
        issuer=r.text("issuer", "issuer"),
        condition=f"assertion.sub == '{subject}'" if subject else "",
    )
