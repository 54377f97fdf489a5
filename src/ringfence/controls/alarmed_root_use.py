"""An alarm is raised on use of the root account.

The root user is needed a few times a year; any other use is a mistake or an attack.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_aws_pattern
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "use of the root account",
    on_aws_pattern(
        '$.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent"',
        ("$.userIdentity.type=Root", "$.userIdentity.invokedByNOTEXISTS"),
        cis="4.3",
        hub="CloudWatch.1",
    ),
)

CONTROL = ALARM.control("alarmed-root-use", faults)
