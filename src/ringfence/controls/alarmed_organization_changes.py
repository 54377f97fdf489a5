"""An alarm is raised on changes to the organisation.

An account that leaves the organisation also leaves its limits.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_aws
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to the organisation",
    on_aws(
        "AcceptHandshake",
        "AttachPolicy",
        "CreateAccount",
        "CreateOrganizationalUnit",
        "CreatePolicy",
        "DeclineHandshake",
        "DeleteOrganization",
        "DeleteOrganizationalUnit",
        "DeletePolicy",
        "DetachPolicy",
        "DisablePolicyType",
        "EnablePolicyType",
        "InviteAccountToOrganization",
        "LeaveOrganization",
        "MoveAccount",
        "RemoveAccountFromOrganization",
        "UpdatePolicy",
        source="organizations.amazonaws.com",
        cis="4.15",
        hub="CloudWatch.15",
    ),
)

CONTROL = ALARM.control("alarmed-organization-changes", faults)
