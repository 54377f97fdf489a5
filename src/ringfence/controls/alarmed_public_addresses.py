"""An alarm is raised on new public addresses.

Scanners find a new public address within minutes.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "new public addresses",
    on_azure("Microsoft.Network/publicIPAddresses/write", cis="5.2.9"),
)

CONTROL = ALARM.control("alarmed-public-addresses", faults)
