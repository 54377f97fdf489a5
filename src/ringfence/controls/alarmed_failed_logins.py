"""Somebody hears of logins that fail.

Passwords that are tried show as logins that fail.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_aws_pattern
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "logins that fail",
    on_aws_pattern(
        '($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication")',
        ("$.eventName=ConsoleLogin", "$.errorMessage=Failedauthentication"),
        cis="4.6",
        hub="CloudWatch.6",
    ),
)

CONTROL = ALARM.control("alarmed-failed-logins", faults)
