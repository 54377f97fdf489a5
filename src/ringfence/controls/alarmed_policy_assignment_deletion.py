"""An alarm is raised on deleted policy assignments.

Policies refuse what is unsafe; without them anything goes.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_azure
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "deleted policy assignments",
    on_azure("Microsoft.Authorization/policyAssignments/delete", cis="5.2.2"),
)

CONTROL = ALARM.control("alarmed-policy-assignment-deletion", faults)
