"""An alarm is raised on deleted firewalls.

When a security group is deleted, everything that it refused gets through.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "deleted firewalls",
    on_azure("Microsoft.Network/networkSecurityGroups/delete", cis="5.2.4"),
)

CONTROL = ALARM.control("alarmed-firewall-deletion", faults)
