"""Somebody hears of keys that are turned off or deleted.

With a key goes all that it encrypts: a few days are left to stop that.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_aws
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "keys that are turned off or deleted",
    on_aws(
        "DisableKey",
        "ScheduleKeyDeletion",
        source="kms.amazonaws.com",
        cis="4.7",
        hub="CloudWatch.7",
    ),
)

CONTROL = ALARM.control("alarmed-key-deletion", faults)
