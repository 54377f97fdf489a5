"""Somebody hears of logins without a second factor.

A login with a password alone is how stolen passwords are used.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_aws_pattern
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "logins without a second factor",
    on_aws_pattern(
        '($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes")',
        ("$.eventName=ConsoleLogin", "$.additionalEventData.MFAUsed!=Yes"),
        cis="4.2",
        hub="CloudWatch.3",
    ),
)

CONTROL = ALARM.control("alarmed-logins-without-mfa", faults)
