"""Somebody hears of changes to who owns a project.

An owner may do everything in a project, and give it to others.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_google
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to who owns a project",
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
