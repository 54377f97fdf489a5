"""An alarm is raised on deleted database firewall rules.

A deleted rule locks applications out, or hides that it was ever there.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "deleted database firewall rules",
    on_azure("Microsoft.Sql/servers/firewallRules/delete", cis="5.2.8"),
)

CONTROL = ALARM.control("alarmed-database-firewall-deletion", faults)
