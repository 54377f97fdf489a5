"""An alarm is raised on changes to routes.

A changed route sends traffic around the firewalls that should inspect it.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_aws, on_google
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to routes",
    on_aws(
        "CreateRoute",
        "CreateRouteTable",
        "ReplaceRoute",
        "ReplaceRouteTableAssociation",
        "DeleteRouteTable",
        "DeleteRoute",
        "DisassociateRouteTable",
        cis="4.13",
        hub="CloudWatch.13",
    ),
    on_google(
        'resource.type="gce_route" AND ('
        'protoPayload.methodName:"compute.routes.insert" OR '
        'protoPayload.methodName:"compute.routes.delete")',
        "compute.routes.insert",
        "compute.routes.delete",
        cis="2.8",
    ),
)

CONTROL = ALARM.control("alarmed-route-changes", faults)
