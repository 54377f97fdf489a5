"""Somebody hears of changes to access lists of networks.

An access list holds for all machines of a network.
"""

from collections.abc import Iterator

from ringfence.controls.alarms import Alarm, on_aws
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """Somebody hears of it."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to access lists of networks",
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
