"""An alarm is raised on outages of the provider.

What looks like an attack is often an outage at the provider, and the other way round. The benchmark has asked for
this since version 3.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_azure_health
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm("outages of the provider", on_azure_health())

CONTROL = ALARM.control("alarmed-service-health", faults)
