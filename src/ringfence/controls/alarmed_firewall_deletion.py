"""Somebody hears of firewalls that are deleted.

With a security group goes all that it refused.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "firewalls that are deleted",
    on_azure("Microsoft.Network/networkSecurityGroups/delete", cis="5.2.4"),
)

CONTROL = ALARM.control("alarmed-firewall-deletion", faults)
