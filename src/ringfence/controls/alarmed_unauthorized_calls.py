"""Somebody hears of calls that are refused.

Who has a stolen key tries what it may do.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_aws_pattern
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "calls that are refused",
    on_aws_pattern(
        '($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")',
        ("$.errorCode=*UnauthorizedOperation", "$.errorCode=AccessDenied*"),
        cis="4.1",
        hub="CloudWatch.2",
    ),
)

CONTROL = ALARM.control("alarmed-unauthorized-calls", faults)
