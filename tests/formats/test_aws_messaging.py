"""Queues, topics, streams and brokers of AWS."""

from formats.aws_kit import check, found


def test_queues_say_that_they_are_encrypted() -> None:
    """A key encrypts them too; the service's own key is not one of ours."""
    check(
        "encrypted-queues customer-key-queues",
        """
resource "aws_sqs_queue" "silent" { # encrypted-queues, customer-key-queues
  name = "orders"
}

resource "aws_sqs_queue" "off" { # customer-key-queues
  sqs_managed_sse_enabled = false # encrypted-queues
}

resource "aws_sqs_queue" "provider" {
  kms_master_key_id = "alias/aws/sqs" # customer-key-queues
}

resource "aws_sqs_queue" "own" {
  sqs_managed_sse_enabled = false
  kms_master_key_id       = aws_kms_key.orders.arn
}

variable "key" {}

resource "aws_sqs_queue" "unknown" {
  sqs_managed_sse_enabled = false
  kms_master_key_id       = var.key
}
""",
    )


def test_topics_and_subscriptions() -> None:
    """A topic is not encrypted where no key is named."""
    check(
        "encrypted-topics customer-key-topics no-plain-subscriptions",
        """
resource "aws_sns_topic" "silent" { # encrypted-topics, customer-key-topics
  name = "alerts"
}

resource "aws_sns_topic" "empty" {
  kms_master_key_id = "" # encrypted-topics, customer-key-topics
}

resource "aws_sns_topic" "provider" {
  kms_master_key_id = "alias/aws/sns" # customer-key-topics
}

resource "aws_sns_topic" "own" {
  kms_master_key_id = "alias/alerts"
}

resource "aws_sns_topic_subscription" "plain" {
  protocol = "http" # no-plain-subscriptions
}

resource "aws_sns_topic_subscription" "queue" {
  protocol = "sqs"
}
""",
    )


def test_policies_of_queues_topics_and_other_resources() -> None:
    """Everybody without a condition that says who; every action."""
    check(
        "no-open-resource-policies no-wildcard-resource-actions",
        """
resource "aws_sqs_queue_policy" "bounded" {
  policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Principal": "*",
    "Action": "sqs:SendMessage",
    "Resource": "${aws_sqs_queue.orders.arn}",
    "Condition": {"ArnEquals": {"aws:SourceArn": "${aws_sns_topic.orders.arn}"}}
  }]
}
EOF
}

resource "aws_sns_topic_policy" "weak_condition" {
  policy = jsonencode({
    Statement = {
      Effect    = "Allow"
      Principal = { AWS = "*" } # no-open-resource-policies
      Action    = ["sns:Publish"]
      Resource  = aws_sns_topic.alerts.arn
      Condition = { StringLike = { "aws:SourceArn" = "*" } }
    }
  })
}

resource "aws_ecr_repository_policy" "open" {
  policy = jsonencode({
    # below: no-open-resource-policies
    Statement = [{ Effect = "Allow", Principal = "*", Action = ["ecr:BatchGetImage"] }]
  })
}

resource "aws_glacier_vault" "open" {
  access_policy = jsonencode({
    # below: no-open-resource-policies
    Statement = [{ Effect = "Allow", Principal = "*", Action = ["glacier:InitiateJob"], Resource = "*" }]
  })
}

resource "aws_backup_vault_policy" "known" {
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = var.account }, Action = ["backup:CopyIntoBackupVault"] }]
  })
}
""",
    )


def test_policies_in_heredocs() -> None:
    """A statement that denies opens nothing; among several principals one is enough."""
    text = """
resource "aws_sqs_queue" "open" {
  policy = <<EOF
{
  "Statement": [
    {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*",
     "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
    {"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::123456789012:root", "*"]}, "Action": "*", "Resource": "*"}
  ]
}
EOF
}
"""
    controls = ["no-open-resource-policies", "no-wildcard-resource-actions"]
    assert found(text, controls) == {(8, "no-open-resource-policies"), (8, "no-wildcard-resource-actions")}
