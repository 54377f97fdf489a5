"""An alarm is raised on changes to configuration recording.

Turning the recorder off hides whatever is changed next.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_aws
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to configuration recording",
    on_aws(
        "StopConfigurationRecorder",
        "DeleteDeliveryChannel",
        "PutDeliveryChannel",
        "PutConfigurationRecorder",
        source="config.amazonaws.com",
        cis="4.9",
        hub="CloudWatch.9",
    ),
)

CONTROL = ALARM.control("alarmed-recorder-changes", faults)
