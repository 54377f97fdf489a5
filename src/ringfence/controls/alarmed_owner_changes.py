"""An alarm is raised on changes to project ownership.

An owner may do anything in a project, and may hand out the same right.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_google
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to project ownership",
    on_google(
        'protoPayload.serviceName="cloudresourcemanager.googleapis.com" AND (ProjectOwnership OR projectOwnerInvitee)'
        ' OR (protoPayload.serviceData.policyDelta.bindingDeltas.action="REMOVE"'
        ' AND protoPayload.serviceData.policyDelta.bindingDeltas.role="roles/owner")'
        ' OR (protoPayload.serviceData.policyDelta.bindingDeltas.action="ADD"'
        ' AND protoPayload.serviceData.policyDelta.bindingDeltas.role="roles/owner")',
        "projectOwnerInvitee",
        "roles/owner",
        cis="2.4",
    ),
)

CONTROL = ALARM.control("alarmed-owner-changes", faults)
