"""An alarm is raised on deleted security solutions.

The tools that watch for attacks are the first thing an attacker turns off.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "deleted security solutions",
    on_azure("Microsoft.Security/securitySolutions/delete", cis="5.2.6"),
)

CONTROL = ALARM.control("alarmed-security-solution-deletion", faults)
