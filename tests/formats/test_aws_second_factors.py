"""Buckets whose old versions can be deleted with a password alone."""

from formats.aws_kit import check


def test_a_bucket_without_versions_asks_for_no_second_factor_either() -> None:
    """Its own resource of versions says it instead; with lifecycle rules a bucket cannot ask for one."""
    check(
        "mfa-delete",
        """
resource "aws_s3_bucket" "silent" { # mfa-delete
  bucket = "silent"
}

resource "aws_s3_bucket" "off" { # mfa-delete
  versioning {
    enabled = false
  }
}

resource "aws_s3_bucket" "apart" {
  bucket = "apart"
}

resource "aws_s3_bucket_versioning" "apart" { # mfa-delete
  bucket = aws_s3_bucket.apart.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "emptied" {
  bucket = "emptied"
}

resource "aws_s3_bucket_versioning" "emptied" {
  bucket = aws_s3_bucket.emptied.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "emptied" {
  bucket = aws_s3_bucket.emptied.id
}

resource "aws_s3_bucket" "emptied_by_name" {
  bucket = "logs"
}

resource "aws_s3_bucket_lifecycle_configuration" "by_name" {
  bucket = "logs"
}

resource "aws_s3_bucket" "emptied_within" {
  lifecycle_rule {
    id      = "tmp"
    enabled = true
  }
}
""",
    )


def test_where_nobody_can_say_which_bucket_is_emptied_any_may_be() -> None:
    """Then no bucket is known to be able to ask for a second factor."""
    check(
        "mfa-delete",
        """
resource "aws_s3_bucket" "silent" {
  bucket = "silent"
}

resource "aws_s3_bucket" "apart" {
  bucket = "apart"
}

resource "aws_s3_bucket_versioning" "apart" {
  bucket = aws_s3_bucket.apart.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "some" {
  bucket = var.bucket
}
""",
    )
