"""Somebody hears of public addresses that are deleted.

An address that is given back is somebody else's next, and names still point to it.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "public addresses that are deleted",
    on_azure("Microsoft.Network/publicIPAddresses/delete", cis="5.2.10"),
)

CONTROL = ALARM.control("alarmed-public-address-deletion", faults)
