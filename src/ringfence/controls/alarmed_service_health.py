"""Somebody hears of faults of the provider.

What looks like an attack is often a fault of the provider's, and the other way round. The benchmark asks for it since
version 3.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_azure_health
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm("faults of the provider", on_azure_health())

CONTROL = ALARM.control("alarmed-service-health", faults)
