"""An alarm is raised on changes to security solutions.

A changed security tool may no longer look at what it used to watch.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to security solutions",
    on_azure("Microsoft.Security/securitySolutions/write", cis="5.2.5"),
)

CONTROL = ALARM.control("alarmed-security-solutions", faults)
