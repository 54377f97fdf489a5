"""An alarm is raised on changes to firewalls.

A port that was opened by hand appears in no file.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_aws, on_azure, on_google
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to firewalls",
    on_aws(
        "AuthorizeSecurityGroupIngress",
        "AuthorizeSecurityGroupEgress",
        "RevokeSecurityGroupIngress",
        "RevokeSecurityGroupEgress",
        "CreateSecurityGroup",
        "DeleteSecurityGroup",
        cis="4.10",
        hub="CloudWatch.10",
    ),
    on_azure("Microsoft.Network/networkSecurityGroups/write", cis="5.2.3"),
    on_google(
        'resource.type="gce_firewall_rule" AND ('
        'protoPayload.methodName:"compute.firewalls.insert" OR '
        'protoPayload.methodName:"compute.firewalls.patch" OR '
        'protoPayload.methodName:"compute.firewalls.delete")',
        "compute.firewalls.insert",
        "compute.firewalls.patch",
        "compute.firewalls.delete",
        cis="2.7",
    ),
)

CONTROL = ALARM.control("alarmed-firewall-changes", faults)
