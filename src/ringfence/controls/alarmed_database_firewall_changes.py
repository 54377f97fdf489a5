"""Somebody hears of changes to who reaches a database server.

One rule opens all databases of a server.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to who reaches a database server",
    on_azure("Microsoft.Sql/servers/firewallRules/write", cis="5.2.7"),
)

CONTROL = ALARM.control("alarmed-database-firewall-changes", faults)
