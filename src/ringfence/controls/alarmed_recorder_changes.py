"""Somebody hears of changes to what records the configuration.

Who turns the recorder off hides what is changed next.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_aws
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to what records the configuration",
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
