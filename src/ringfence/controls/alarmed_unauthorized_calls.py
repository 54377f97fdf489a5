"""An alarm is raised on unauthorised calls.

Somebody with a stolen key tries out what it is allowed to do.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_aws_pattern
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "unauthorised calls",
    on_aws_pattern(
        '($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")',
        ("$.errorCode=*UnauthorizedOperation", "$.errorCode=AccessDenied*"),
        cis="4.1",
        hub="CloudWatch.2",
    ),
)

CONTROL = ALARM.control("alarmed-unauthorized-calls", faults)
