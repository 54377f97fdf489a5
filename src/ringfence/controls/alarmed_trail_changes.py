"""An alarm is raised on changes to audit trails.

Recording is the first thing that an intruder turns off.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_aws, on_google
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to audit trails",
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
