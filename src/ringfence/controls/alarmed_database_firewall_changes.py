"""An alarm is raised on changes to database firewall rules.

A single rule can open every database on a server.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to database firewall rules",
    on_azure("Microsoft.Sql/servers/firewallRules/write", cis="5.2.7"),
)

CONTROL = ALARM.control("alarmed-database-firewall-changes", faults)
