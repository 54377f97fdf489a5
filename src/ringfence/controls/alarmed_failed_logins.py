"""An alarm is raised on failed logins.

Password guessing shows up as failed logins.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_aws_pattern
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "failed logins",
    on_aws_pattern(
        '($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication")',
        ("$.eventName=ConsoleLogin", "$.errorMessage=Failedauthentication"),
        cis="4.6",
        hub="CloudWatch.6",
    ),
)

CONTROL = ALARM.control("alarmed-failed-logins", faults)
