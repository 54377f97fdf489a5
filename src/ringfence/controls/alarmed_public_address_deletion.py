"""An alarm is raised on deleted public addresses.

A released address is soon given to somebody else, while DNS names still point to it.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "deleted public addresses",
    on_azure("Microsoft.Network/publicIPAddresses/delete", cis="5.2.10"),
)

CONTROL = ALARM.control("alarmed-public-address-deletion", faults)
