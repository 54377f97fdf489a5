"""An alarm is raised on logins without a second factor.

Stolen passwords are used in logins that need nothing but a password.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_aws_pattern
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
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
