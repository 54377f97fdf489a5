"""What AWS writes down: CloudTrail, log groups, Config, detectors."""

from collections.abc import Iterator

from ringfence.formats.terraform.aws import watching
from ringfence.formats.terraform.aws.following import there
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.record import LogGroup, Recorder, Trail, Watcher
from ringfence.models.cloud.watching import AccountWatch, Announcement, ObjectEvents


def trail(r: Reader) -> Iterator[Trail | AccountWatch | Announcement | ObjectEvents]:
    """A trail of CloudTrail, and what is made of it."""
    role = r.given("watched", "cloud_watch_logs_role_arn")
    watched = r.given("watched", "cloud_watch_logs_group_arn") and role
    r.decide("watched", "which log group should the trail be sent to?")
    customer_key = r.given("customer_key", "kms_key_id")
    r.decide("customer_key", "which KMS key should encrypt the trail?")
    yield Trail(
        name=r.address,
        enabled=r.flag("enabled", "enable_logging", default=True),
        all_regions=r.flag("all_regions", "is_multi_region_trail", default=False),
        validated=r.flag("validated", "enable_log_file_validation", default=False),
        customer_key=customer_key,
        watched=watched,
        global_events=r.flag("global_events", "include_global_service_events", default=True),
    )
    yield from watching.announced(r)
    yield from watching.objects(r)
    yield from watching.account(r)


def log_group(r: Reader) -> Iterator[LogGroup]:
    """A group of CloudWatch logs. 0 days is for ever."""
    customer_key = r.given("customer_key", "kms_key_id")
    r.decide("customer_key", "which KMS key should encrypt the logs?")
    days = r.number("retention_days", "retention_in_days", 0)
    yield LogGroup(name=r.address, retention_days=days, customer_key=customer_key)


def aggregator(r: Reader) -> Iterator[Recorder]:
    """What gathers the records of AWS Config of several accounts."""
    for kind in ("account_aggregation_source", "organization_aggregation_source"):
        some, known = r.view.blocks(kind)
        if some:
            every = r.below("", some[0]).flag("all_regions", "all_regions", default=False)
            yield Recorder(name=r.address, enabled=True, all_regions=every, all_resources=None, global_resources=None)
        elif not known:
            return


_GLOBAL = "include_global_resource_types"


def recorder(r: Reader) -> Iterator[Recorder]:
    """What records how resources are configured. Of those of several regions, one records what has no region."""
    group = r.block("", "recording_group")
    every = group.flag("all_resources", "all_supported", default=True)
    others = [one for one in r.others("aws_config_configuration_recorder") if there(one, "provider") is not False]
    elsewhere = any(one.view.find(f"recording_group.{_GLOBAL}").value not in (None, False) for one in others)
    yield Recorder(
        name=r.address,
        enabled=True,
        all_regions=None,
        all_resources=every,
        global_resources=group.flag("global_resources", _GLOBAL, default=False) if every and not elsewhere else None,
    )


def recorder_status(r: Reader) -> Iterator[Recorder]:
    """Whether the recorder runs."""
    on = r.flag("enabled", "is_enabled", default=False)
    yield Recorder(name=r.address, enabled=on, all_regions=None, all_resources=None, global_resources=None)


def detector(r: Reader) -> Iterator[Watcher]:
    """GuardDuty in a region, and each source that the file gives it or keeps from it."""
    yield Watcher(name=r.address, enabled=r.flag("enabled", "enable", default=True))
    for source in _SOURCES:
        if r.view.find(f"datasources.{source}.enable").there:
            yield Watcher(name=r.address, enabled=r.flag("enabled", f"datasources.{source}.enable", default=True))


_SOURCES = (
    "s3_logs",
    "kubernetes.audit_logs",
    "malware_protection.scan_ec2_instance_with_findings.ebs_volumes",
)


def detector_feature(r: Reader) -> Iterator[Watcher]:
    """One kind of attack that GuardDuty looks for, in an account or in the accounts of an organization."""
    kinds = {"ENABLED": True, "DISABLED": False, "NEW": True, "ALL": True, "NONE": False}
    attribute = "status" if r.type == "aws_guardduty_detector_feature" else "auto_enable"
    on = r.mapped("enabled", attribute, kinds, default=True, otherwise=True)
    r.writes("enabled", attribute, {True: '"ENABLED"' if attribute == "status" else '"ALL"'})
    yield Watcher(name=r.address, enabled=on)


def data_finder(r: Reader) -> Iterator[Watcher]:
    """Macie, which looks for personal data in buckets."""
    kinds = {"ENABLED": True, "PAUSED": False}
    on = r.mapped("enabled", "status", kinds, default=True, otherwise=True)
    r.writes("enabled", "status", {True: '"ENABLED"'})
    yield Watcher(name=r.address, enabled=on)


def members(r: Reader) -> Iterator[Watcher]:
    """Whether GuardDuty watches the accounts of an organization, too."""
    kinds = {"NONE": False, "NEW": True, "ALL": True}
    attribute = "auto_enable_organization_members"
    if r.view.find(attribute).there:
        on = r.mapped("enabled", attribute, kinds, default=False, otherwise=True)
        r.writes("enabled", attribute, {True: '"ALL"'})
    else:
        on = r.flag("enabled", "auto_enable", default=False)
    yield Watcher(name=r.address, enabled=on)
