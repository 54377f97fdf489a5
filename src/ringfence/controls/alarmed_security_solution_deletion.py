"""Somebody hears of security solutions that are deleted.

What watches for attacks is the first thing to be turned off.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "security solutions that are deleted",
    on_azure("Microsoft.Security/securitySolutions/delete", cis="5.2.6"),
)

CONTROL = ALARM.control("alarmed-security-solution-deletion", faults)
