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


def test_who_takes_names_from_each_other_is_read_to_an_end() -> None:
    """Two that name each other mean neither."""
    circle = resource("aws_s3_bucket_versioning", "bucket=aws_s3_bucket_acl.c.bucket", "v")
    circle += resource("aws_s3_bucket_acl", "bucket=aws_s3_bucket_versioning.v.bucket", "c")
    assert {"aws_s3_bucket.a", "aws_s3_bucket.b"} <= set(unversioned(circle))
