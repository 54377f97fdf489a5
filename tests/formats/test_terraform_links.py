"""Which resource is meant by a name that several have: the one that it was taken from."""

import pytest

from formats.cloud_kit import found, resource
from ringfence.controls import load
from ringfence.formats import terraform
from ringfence.models.cloud.storage import Bucket

BUCKET = "aws_s3_bucket"
TWO = resource(BUCKET, 'bucket="shop"', "a") + resource(BUCKET, 'bucket="shop"', "b")


def unversioned(beside: str) -> list[str]:
    """The buckets that keep no older versions."""
    document = terraform.load(TWO + beside, "main.tf", lambda path: None)
    buckets = (one.model for one in document.subjects if isinstance(one.model, Bucket))
    return [one.name for one in buckets if list(load("versioned-buckets").faults(one))]


@pytest.mark.parametrize(
    "bucket",
    [
        "aws_s3_bucket.a.bucket",
        '"${aws_s3_bucket.a.bucket}"',
        "(aws_s3_bucket.a.bucket)",
        "aws_s3_bucket.a.id",
        "aws_s3_bucket_public_access_block.c.bucket",
    ],
)
def test_a_name_means_what_it_was_taken_from(bucket: str) -> None:
    """By its reference, written this way or that, or as another takes it from there; not whatever is called the
    same."""
    between = resource("aws_s3_bucket_public_access_block", "bucket=aws_s3_bucket.a.bucket", "c")
    versioning = resource("aws_s3_bucket_versioning", f'bucket={bucket};versioning_configuration{{status="Enabled"}}')
    assert unversioned(between + versioning) == ["aws_s3_bucket.b"]


@pytest.mark.parametrize("bucket", ['"shop"', "local.name", "var.name"])
def test_a_name_that_comes_from_none_of_them_means_all(bucket: str) -> None:
    """Written out, or worked out from elsewhere, it is the name of each."""
    elsewhere = 'locals {\n  name = "shop"\n}\nvariable "name" {\n  default = "shop"\n}\n'
    versioning = resource("aws_s3_bucket_versioning", f'bucket={bucket};versioning_configuration{{status="Enabled"}}')
    assert unversioned(elsewhere + versioning) == []


def test_what_a_name_leads_to_is_the_one_that_it_was_taken_from() -> None:
    """The other way round: from the login to its server, and not to one of another kind with the same name."""
    server = 'name="shop";database_version="%s";settings{tier="a"}'
    text = resource("google_sql_database_instance", server % "MYSQL_8_4", "a")
    text += resource("google_sql_database_instance", server % "POSTGRES_17", "b")
    of_b = resource("google_sql_user", 'name="root";instance=google_sql_database_instance.b.name')
    of_a = resource("google_sql_user", 'name="root";instance=google_sql_database_instance.a.name')
    assert found("database-admin-passwords", text + of_b) == []
    assert found("database-admin-passwords", text + of_a)


def test_a_part_of_a_text_means_what_it_was_taken_from() -> None:
    """A sink's destination says which of two buckets with one name its logs go to."""
    text = resource("google_storage_bucket", 'name="logs"', "a") + resource("google_storage_bucket", 'name="logs"', "b")
    sink = 'destination="storage.googleapis.com/${google_storage_bucket.a.name}"'
    assert len(found("locked-log-buckets", text + resource("google_logging_project_sink", sink))) == 1
    sink = 'destination="storage.googleapis.com/logs"'
    assert len(found("locked-log-buckets", text + resource("google_logging_project_sink", sink))) == 2


def test_a_bucket_with_the_same_name_is_not_the_bucket_itself() -> None:
    """Requests are logged into another one, which its reference says, whatever that is called."""
    own = 'name="shop";logging{log_bucket=%s}'
    other = resource("google_storage_bucket", 'name="shop";logging{log_bucket="elsewhere"}', "logs")
    assert found("logged-buckets", other + resource("google_storage_bucket", own % '"shop"'))
    by_reference = resource("google_storage_bucket", own % "google_storage_bucket.logs.name")
    assert found("logged-buckets", other + by_reference) == []


@pytest.mark.parametrize(("group", "open_"), [("a", False), ("b", True)])
def test_a_rule_stops_others_of_its_own_group(group: str, open_: bool) -> None:
    """And not those of another one that has the same name."""
    text = "".join(resource("azurerm_network_security_group", 'name="web"', name) for name in ("a", "b"))
    rule = (
        'name="r";priority=%s;direction="Inbound";access="%s";protocol="Tcp";source_port_range="*";'
        'destination_port_range="22";source_address_prefix="*";destination_address_prefix="*";'
        "network_security_group_name=azurerm_network_security_group.%s.name"
    )
    text += resource("azurerm_network_security_rule", rule % (100, "Deny", "a"), "stops")
    text += resource("azurerm_network_security_rule", rule % (200, "Allow", group), "lets")
    assert bool(found("no-public-admin-ports", text)) is open_


def test_who_takes_names_from_each_other_is_read_to_an_end() -> None:
    """Two that name each other mean neither."""
    circle = resource("aws_s3_bucket_versioning", "bucket=aws_s3_bucket_acl.c.bucket", "v")
    circle += resource("aws_s3_bucket_acl", "bucket=aws_s3_bucket_versioning.v.bucket", "c")
    assert {"aws_s3_bucket.a", "aws_s3_bucket.b"} <= set(unversioned(circle))


ENABLED = 'versioning_configuration{status="Enabled"}'


@pytest.mark.parametrize("asked", ["id", "bucket"])
@pytest.mark.parametrize("name", ['"shop"', "var.name"])
def test_what_is_looked_up_again_means_the_same(asked: str, name: str) -> None:
    """A bucket that is looked up by its own name is that bucket."""
    buckets = resource(BUCKET, f"bucket={name}", "a") + resource(BUCKET, 'bucket="other"', "b")
    again = 'data "aws_s3_bucket" "again" {\n  bucket = aws_s3_bucket.a.bucket\n}\nvariable "name" {}\n'
    versioning = resource("aws_s3_bucket_versioning", f"bucket=data.aws_s3_bucket.again.{asked};{ENABLED}")
    assert len(found("versioned-buckets", buckets + again)) == 2
    assert len(found("versioned-buckets", buckets + again + versioning)) == 1


def test_an_id_by_which_something_is_looked_up_is_its_id() -> None:
    """Of a resource that is made it is nobody's to say."""
    networks = resource("aws_vpc", 'cidr_block="10.0.0.0/16"', "a") + resource(
        "aws_vpc", 'cidr_block="10.1.0.0/16"', "b"
    )
    again = 'data "aws_vpc" "again" {\n  id = aws_vpc.a.id\n}\n'
    log = resource("aws_flow_log", 'vpc_id=data.aws_vpc.again.id;traffic_type="ALL"')
    assert len(found("flow-logs", networks + again + log)) == 1
    assert len(found("flow-logs", networks)) == 2
