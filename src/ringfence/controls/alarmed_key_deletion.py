"""An alarm is raised on disabled or deleted keys.

Everything that a key encrypts is lost with it, and there are only a few days to stop the deletion.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_aws
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "disabled or deleted keys",
    on_aws(
        "DisableKey",
        "ScheduleKeyDeletion",
        source="kms.amazonaws.com",
        cis="4.7",
        hub="CloudWatch.7",
    ),
)

CONTROL = ALARM.control("alarmed-key-deletion", faults)
