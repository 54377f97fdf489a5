"""Somebody hears of policies that are taken away.

Policies refuse what is unsafe; without them anything goes.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "policies that are taken away",
    on_azure("Microsoft.Authorization/policyAssignments/delete", cis="5.2.2"),
)

CONTROL = ALARM.control("alarmed-policy-assignment-deletion", faults)
