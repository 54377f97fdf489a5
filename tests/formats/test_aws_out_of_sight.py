"""What stands beside a resource may be out of sight as well: then nothing is found that was not found before.

Each value of each of these files is put out of sight in turn, as in the examples of pages.
"""

import pytest

from formats.cloud_kit import counted, made_dynamic, spread, value_spans
from ringfence.formats.hcl.reading import parse

FILES = (
    # A list of S3 says what a bucket is for, a block of the account what holds for all of them.
    'resource "aws_s3_bucket" "logs" {bucket="example-logs";acl="log-delivery-write";'
    'server_side_encryption_configuration {rule {apply_server_side_encryption_by_default {sse_algorithm="AES256"}}}}',
    'resource "aws_s3_bucket" "logs" {bucket="example-logs";acl="log-delivery-write"}'
    'resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {bucket=aws_s3_bucket.logs.id;'
    'rule {apply_server_side_encryption_by_default {sse_algorithm="AES256"}}}',
    'resource "aws_s3_account_public_access_block" "all" {block_public_policy=true;block_public_acls=true}'
    'resource "aws_s3_bucket_public_access_block" "one" {bucket="example";block_public_policy=false;'
    "block_public_acls=false;ignore_public_acls=true;restrict_public_buckets=true}",
    # A denial: whether it is one, and of what.
    'resource "aws_s3_bucket" "site" {bucket="example-site"}'
    'resource "aws_s3_bucket_policy" "site" {bucket=aws_s3_bucket.site.id;'
    "policy=data.aws_iam_policy_document.site.json}"
    'data "aws_iam_policy_document" "site" {statement {effect="Deny";actions=["s3:*"];resources=["*"];'
    'principals {type="*";identifiers=["*"]};'
    'condition {test="Bool";variable="aws:SecureTransport";values=["false"]}}}',
    'resource "aws_s3_bucket_policy" "open" {bucket="example";policy=jsonencode({Statement=['
    '{Effect="Allow",Principal="*",Action="s3:GetObject",Resource="arn:aws:s3:::example/*"},'
    '{Effect="Deny",Principal="*",Action="s3:*",Resource="*",'
    'Condition={StringNotEquals={"aws:PrincipalOrgID"="o-example"}}}]})}',
    'data "aws_iam_policy_document" "bounded" {statement {actions=["s3:GetObject"];resources=["arn:aws:s3:::a/*"];'
    'principals {type="AWS";identifiers=["*"]};'
    'condition {test="StringEquals";variable="aws:PrincipalOrgID";values=["o-example"]}}}',
    'data "aws_iam_policy_document" "shared" {statement {actions=["s3:*"];'
    'resources=[aws_s3_bucket.shared.arn,"${aws_s3_bucket.shared.arn}/*"];'
    'principals {type="AWS";identifiers=["arn:aws:iam::123456789012:role/reader"]}}}',
    'data "aws_iam_policy_document" "denied" {statement {effect="Deny";actions=["*"];resources=["*"]}}',
    'resource "aws_iam_group" "people" {name="people"}'
    'resource "aws_iam_group_policy" "people" {group=aws_iam_group.people.name;'
    "policy=data.aws_iam_policy_document.people.json}"
    'data "aws_iam_policy_document" "people" {statement {effect="Deny";not_actions=["iam:EnableMFADevice"];'
    'resources=["*"];condition {test="BoolIfExists";variable="aws:MultiFactorAuthPresent";values=["false"]}}}',
    # What a thing is decides what it can do at all.
    'resource "aws_kms_key" "signs" {customer_master_key_spec="ECC_NIST_P256"}',
    'resource "aws_kms_key" "signs" {key_usage="SIGN_VERIFY"}',
    'resource "aws_kms_key" "off" {is_enabled=false}',
    'resource "aws_rds_cluster" "old" {engine="aurora-mysql";engine_mode="serverless"}',
    'resource "aws_db_instance" "other" {engine="oracle-ee"}',
    'resource "aws_elasticache_cluster" "short" {engine="memcached";num_cache_nodes=1}',
    'resource "aws_elasticache_replication_group" "two" {automatic_failover_enabled=true}',
    'resource "aws_dynamodb_table" "own" {server_side_encryption {enabled=true;kms_key_arn=aws_kms_key.own.arn}}'
    'resource "aws_kms_key" "own" {enable_key_rotation=true}',
    'resource "aws_lb" "gateway" {load_balancer_type="gateway"}',
    'resource "aws_codebuild_project" "tests" {artifacts {type="NO_ARTIFACTS";encryption_disabled=true}}',
    'resource "aws_kinesis_firehose_delivery_stream" "fed" {kinesis_source_configuration {'
    'kinesis_stream_arn="arn:aws:kinesis:eu-west-1:123456789012:stream/orders"}}',
    'resource "aws_ecs_cluster" "shells" {configuration {execute_command_configuration {logging="OVERRIDE";'
    "kms_key_id=aws_kms_key.own.arn;log_configuration {cloud_watch_encryption_enabled=true;"
    'cloud_watch_log_group_name="shells"}}}}',
    # An interface that is asked from inside only.
    'resource "aws_api_gateway_rest_api" "own" {endpoint_configuration {types=["PRIVATE"]}}'
    'resource "aws_api_gateway_stage" "own" {rest_api_id=aws_api_gateway_rest_api.own.id;stage_name="live"}'
    'resource "aws_api_gateway_method" "own" {rest_api_id=aws_api_gateway_rest_api.own.id;http_method="OPTIONS";'
    'authorization="NONE"}',
    'resource "aws_appsync_graphql_api" "own" {visibility="PRIVATE";authentication_type="AWS_IAM"}',
    'resource "aws_route53_zone" "own" {name="example.org"}'
    'resource "aws_route53_key_signing_key" "own" {hosted_zone_id=aws_route53_zone.own.id;name="own"}'
    'resource "aws_route53_hosted_zone_dnssec" "own" {'
    "hosted_zone_id=aws_route53_key_signing_key.own.hosted_zone_id}",
    'resource "aws_ssm_parameter" "colour" {name="colour";type="String";value="green"}'
    'data "http" "ask" {url="https://example.org/?colour=${aws_ssm_parameter.colour.value}"}',
)


@pytest.mark.parametrize("file", FILES)
def test_what_cannot_be_known_adds_no_finding_elsewhere(file: str) -> None:
    """Neither where it stands nor in what rests on it."""
    text = spread(file) + '\nvariable "unset" {}\n'
    known, body = counted(text), parse(text, "main.tf").body
    for start, end in value_spans(body):
        one = f"{text[:start]}var.unset{text[end:]}"
        assert not counted(one) - known, one
    for one in made_dynamic(text, body, "var.unset"):
        assert not counted(one) - known, one
