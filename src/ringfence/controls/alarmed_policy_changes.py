"""An alarm is raised on changes to permissions.

Intruders grant themselves more rights in order to stay.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_aws, on_google
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to permissions",
    on_aws(
        "DeleteGroupPolicy",
        "DeleteRolePolicy",
        "DeleteUserPolicy",
        "PutGroupPolicy",
        "PutRolePolicy",
        "PutUserPolicy",
        "CreatePolicy",
        "DeletePolicy",
        "CreatePolicyVersion",
        "DeletePolicyVersion",
        "AttachRolePolicy",
        "DetachRolePolicy",
        "AttachUserPolicy",
        "DetachUserPolicy",
        "AttachGroupPolicy",
        "DetachGroupPolicy",
        cis="4.4",
        hub="CloudWatch.4",
    ),
    on_google(
        'resource.type="iam_role" AND ('
        'protoPayload.methodName:"google.iam.admin.v1.CreateRole" OR '
        'protoPayload.methodName:"google.iam.admin.v1.UpdateRole" OR '
        'protoPayload.methodName:"google.iam.admin.v1.DeleteRole")',
        "google.iam.admin.v1.CreateRole",
        "google.iam.admin.v1.UpdateRole",
        "google.iam.admin.v1.DeleteRole",
        cis="2.6",
    ),
)

CONTROL = ALARM.control("alarmed-policy-changes", faults)
