"""An alarm is raised on changes to networks.

Peered networks can reach each other, whatever their owners intended.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_aws, on_google
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to networks",
    on_aws(
        "CreateVpc",
        "DeleteVpc",
        "ModifyVpcAttribute",
        "AcceptVpcPeeringConnection",
        "CreateVpcPeeringConnection",
        "DeleteVpcPeeringConnection",
        "RejectVpcPeeringConnection",
        cis="4.14",
        hub="CloudWatch.14",
    ),
    on_google(
        'resource.type="gce_network" AND ('
        'protoPayload.methodName:"compute.networks.insert" OR '
        'protoPayload.methodName:"compute.networks.patch" OR '
        'protoPayload.methodName:"compute.networks.delete" OR '
        'protoPayload.methodName:"compute.networks.addPeering" OR '
        'protoPayload.methodName:"compute.networks.removePeering")',
        "compute.networks.insert",
        "compute.networks.patch",
        "compute.networks.delete",
        "compute.networks.addPeering",
        "compute.networks.removePeering",
        cis="2.9",
    ),
)

CONTROL = ALARM.control("alarmed-network-changes", faults)
