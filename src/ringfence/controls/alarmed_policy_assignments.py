"""An alarm is raised on new policy assignments.

A policy can change what is deployed, or allow what another one refuses.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "new policy assignments",
    on_azure("Microsoft.Authorization/policyAssignments/write", cis="5.2.1"),
)

CONTROL = ALARM.control("alarmed-policy-assignments", faults)
