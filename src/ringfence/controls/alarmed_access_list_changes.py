"""An alarm is raised on changes to network access lists.

A network access list applies to every machine in its subnets.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_aws
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to network access lists",
    on_aws(
        "CreateNetworkAcl",
        "CreateNetworkAclEntry",
        "DeleteNetworkAcl",
        "DeleteNetworkAclEntry",
        "ReplaceNetworkAclEntry",
        "ReplaceNetworkAclAssociation",
        cis="4.11",
        hub="CloudWatch.11",
    ),
)

CONTROL = ALARM.control("alarmed-access-list-changes", faults)
