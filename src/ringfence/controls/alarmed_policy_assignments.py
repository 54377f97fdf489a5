"""Somebody hears of policies that are assigned.

A policy can change what is deployed, or let through what another refuses.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "policies that are assigned",
    on_azure("Microsoft.Authorization/policyAssignments/write", cis="5.2.1"),
)

CONTROL = ALARM.control("alarmed-policy-assignments", faults)
