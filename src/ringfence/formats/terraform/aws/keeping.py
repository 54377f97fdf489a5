"""What AWS keeps: vaults of backups, copies by rules, doors of file systems, objects; and what only
a key is asked of."""

import re
from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.terraform.aws.following import said
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.analytics import SecurityConfiguration
from ringfence.models.cloud.managed import ManagedService, managed_service
from ringfence.models.cloud.project import KeyPeriod
from ringfence.models.cloud.storage import ObjectOwnership, SharePoint, Volume

#: Of these only a key is asked: what they are, and where it stands.
_KEYED = {
    "aws_backup_vault": ("vault of backups", "kms_key_arn"),
    "aws_bedrockagent_flow": ("flow of agents", "customer_encryption_key_arn"),
    "aws_cloudtrail_event_data_store": ("store of events", "kms_key_id"),
    "aws_codegurureviewer_repository_association": ("reviews of code", "kms_key_details.kms_key_id"),
    "aws_imagebuilder_component": ("part of an image", "kms_key_id"),
    "aws_rds_cluster_activity_stream": ("stream of activity", "kms_key_id"),
    "aws_s3_bucket_object": ("object", "kms_key_id"),
    "aws_s3_object": ("object", "kms_key_id"),
    "aws_s3_object_copy": ("object", "kms_key_id"),
    "aws_sagemaker_flow_definition": ("reviews by people", "output_config.kms_key_id"),
}


def keyed(r: Reader) -> Iterator[ManagedService]:
    """A resource of the table."""
    kind, attribute = _KEYED[r.type]
    given = r.given("customer_key", attribute)
    if r.type == "aws_codegurureviewer_repository_association":
        option = r.text("", "kms_key_details.encryption_option")
        r.rests_on("kms_key_details.encryption_option", "customer_key")
        given = given and option.upper() != "AWS_OWNED_CMK"
    r.decide("customer_key", "which key should it use?")
    yield replace(managed_service(r.address, kind), customer_key=given)


def watched_model(r: Reader) -> Iterator[ManagedService | SecurityConfiguration]:
    """What looks after the data of learned models: its disks, and what it writes."""
    results = r.given("customer_key", "data_quality_job_output_config.kms_key_id")
    disks = r.given("customer_key", "job_resources.cluster_config.volume_kms_key_id")
    r.decide("customer_key", "which key should encrypt its disks and results?")
    yield replace(managed_service(r.address, "watch on data"), customer_key=results and disks)
    attribute = "network_config.enable_inter_container_traffic_encryption"
    yield SecurityConfiguration(
        name=r.address,
        at_rest=None,
        local_disks=None,
        system_disks=None,
        in_transit=r.flag("in_transit", attribute, default=False),
        logs=None,
        bookmarks=None,
        customer_key=None,
    )


def image_recipe(r: Reader) -> Iterator[Volume]:
    """What an image is made of: its disks."""
    for view in r.view.blocks("block_device_mapping.ebs")[0]:
        inner = r.below("", view)
        encrypted = inner.flag("encrypted", "encrypted", default=False)
        given = inner.given("customer_key", "kms_key_id")
        inner.decide("customer_key", "which key should encrypt it?")
        yield Volume(name=r.address, encrypted=encrypted, customer_key=given)


def image_distribution(r: Reader) -> Iterator[Volume]:
    """Where images are copied to."""
    for view in r.view.blocks("distribution.ami_distribution_configuration")[0]:
        inner = r.below("", view)
        given = inner.given("customer_key", "kms_key_id")
        inner.decide("customer_key", "which key should encrypt the images?")
        yield Volume(name=r.address, encrypted=None, customer_key=given)


def lifecycle(r: Reader) -> Iterator[Volume]:
    """Copies of disks into other regions, by a rule."""
    for path in ("policy_details.schedule.cross_region_copy_rule", "policy_details.action.cross_region_copy"):
        for view in r.view.blocks(path)[0]:
            inner = r.below("", view)
            where = inner if "schedule" in path else inner.block("", "encryption_configuration")
            encrypted = where.flag("encrypted", "encrypted", default=False)
            given = where.given("customer_key", "cmk_arn")
            r.decide("customer_key", "which key should encrypt the copies?")
            yield Volume(name=r.address, encrypted=encrypted, customer_key=given)


def share_point(r: Reader) -> Iterator[SharePoint]:
    """A door into a file system of EFS."""
    path = r.text("rooted", "root_directory.path", "/")
    r.decide("rooted", "which folder should it give access to?")
    user = r.given("user", "posix_user.gid")
    r.decide("user", "which user should clients act as?")
    yield SharePoint(name=r.address, rooted=path != "/", user=user)


def ownership(r: Reader) -> Iterator[ObjectOwnership]:
    """Who owns what is put into a bucket."""
    words = {"BucketOwnerEnforced": True, "BucketOwnerPreferred": False, "ObjectWriter": False}
    yield ObjectOwnership(name=r.address, enforced=r.mapped("enforced", "rule.object_ownership", words, True, False))


def rotation(r: Reader) -> Iterator[KeyPeriod]:
    """How often a secret is changed."""
    days = r.number("days", "rotation_rules.automatically_after_days", 0)
    rate = _RATE.fullmatch(said(r, "rotation_rules.schedule_expression"))
    if rate and not days:
        r.text("days", "rotation_rules.schedule_expression")
        r.decide("days", "how often should it be rotated? every 90 days at least")
        days = int(rate[1]) if rate[2].startswith("day") else 1
    if days:
        yield KeyPeriod(name=r.address, days=days)


_RATE = re.compile(r"rate\(([0-9]{1,6}) (days?|hours?)\)")
