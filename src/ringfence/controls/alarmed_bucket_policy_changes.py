"""An alarm is raised on changes to bucket policies.

A single call makes a bucket public.
"""

from collections.abc import Iterator

from ringfence.controls.cloud.alarms import Alarm, on_aws, on_google
from ringfence.controls.control import Fault
from ringfence.models.cloud.watching import AccountWatch


def faults(model: AccountWatch) -> Iterator[Fault]:
    """An alarm is raised on them."""
    yield from ALARM.unheard(model)


ALARM = Alarm(
    "changes to bucket policies",
    on_aws(
        "PutBucketAcl",
        "PutBucketPolicy",
        "PutBucketCors",
        "PutBucketLifecycle",
        "PutBucketReplication",
        "DeleteBucketPolicy",
        "DeleteBucketCors",
        "DeleteBucketLifecycle",
        "DeleteBucketReplication",
        source="s3.amazonaws.com",
        cis="4.8",
        hub="CloudWatch.8",
    ),
    on_google(
        'resource.type="gcs_bucket" AND protoPayload.methodName="storage.setIamPermissions"',
        "storage.setIamPermissions",
        cis="2.10",
    ),
)

CONTROL = ALARM.control("alarmed-bucket-policy-changes", faults)
