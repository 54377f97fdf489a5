"""Somebody hears of public addresses that are made.

What gets a public address is found within minutes, by everybody.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "public addresses that are made",
    on_azure("Microsoft.Network/publicIPAddresses/write", cis="5.2.9"),
)

CONTROL = ALARM.control("alarmed-public-addresses", faults)
