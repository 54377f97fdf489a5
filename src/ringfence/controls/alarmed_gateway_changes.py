"""An alarm is raised on changes to network gateways.

A new gateway is a new way out.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_aws
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to network gateways",
    on_aws(
        "CreateCustomerGateway",
        "DeleteCustomerGateway",
        "AttachInternetGateway",
        "CreateInternetGateway",
        "DeleteInternetGateway",
        "DetachInternetGateway",
        cis="4.12",
        hub="CloudWatch.12",
    ),
)

CONTROL = ALARM.control("alarmed-gateway-changes", faults)
