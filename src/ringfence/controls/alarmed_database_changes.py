"""An alarm is raised on changes to database servers.

A single setting opens a server to the internet, or stops its backups.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_google
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to database servers",
    on_google(
        'protoPayload.methodName="cloudsql.instances.update"',
        "cloudsql.instances.update",
        cis="2.11",
    ),
)

CONTROL = ALARM.control("alarmed-database-changes", faults)
