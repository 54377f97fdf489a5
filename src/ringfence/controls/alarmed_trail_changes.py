"""Somebody hears of changes to what is recorded.

The first thing that who got in turns off is the record.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_aws, on_google
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to what is recorded",
    on_aws(
        "CreateTrail",
        "UpdateTrail",
        "DeleteTrail",
        "StartLogging",
        "StopLogging",
        cis="4.5",
        hub="CloudWatch.5",
    ),
    on_google(
        'protoPayload.methodName="SetIamPolicy" AND protoPayload.serviceData.policyDelta.auditConfigDeltas:*',
        "SetIamPolicy",
        "auditConfigDeltas",
        cis="2.5",
    ),
)

CONTROL = ALARM.control("alarmed-trail-changes", faults)
