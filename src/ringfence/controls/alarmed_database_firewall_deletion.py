"""Somebody hears of rules of database servers that are deleted.

A rule that is gone shuts applications out, or hides that it was there.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "rules of database servers that are deleted",
    on_azure("Microsoft.Sql/servers/firewallRules/delete", cis="5.2.8"),
)

CONTROL = ALARM.control("alarmed-database-firewall-deletion", faults)
