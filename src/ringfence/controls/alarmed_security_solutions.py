"""Somebody hears of changes to security solutions.

A changed solution may look away from what it watched.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to security solutions",
    on_azure("Microsoft.Security/securitySolutions/write", cis="5.2.5"),
)

CONTROL = ALARM.control("alarmed-security-solutions", faults)
