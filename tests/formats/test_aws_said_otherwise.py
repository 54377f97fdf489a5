"""Ways of writing AWS resources that other people's files use: each said right and said wrong."""

import pytest

from formats.cloud_kit import Row, check_row, found, resource, rows

SHELLS = 'configuration{execute_command_configuration{kms_key_id="k";%s}}'
ENCRYPTION = 'server_side_encryption_configuration{rule{apply_server_side_encryption_by_default{sse_algorithm="%s"}}}'

ROWS: dict[str, list[Row]] = {
    "aws_cloudfront_distribution": [
        ("distribution-headers", "enabled=true", 'default_cache_behavior{response_headers_policy_id="p"}'),
        (
            "current-distribution-tls",
            'viewer_certificate{acm_certificate_arn="a";minimum_protocol_version="TLSv1.0"}',
            'viewer_certificate{acm_certificate_arn="a";minimum_protocol_version="TLSv1.3_2025"}',
        ),
    ],
    "aws_lambda_function": [
        (
            "customer-key-function-variables",
            'environment{MODE="quick"}',
            "environment{variables=var.settings}",
        ),
    ],
    "aws_codebuild_project": [
        (
            "encrypted-build-logs",
            "logs_config{s3_logs{encryption_disabled=true}}",
            "logs_config{s3_logs{encryption_disabled=false}}",
        ),
    ],
    "aws_ecs_cluster": [
        (
            "encrypted-container-shells",
            SHELLS % "log_configuration{s3_bucket_encryption_enabled=false}",
            SHELLS % "log_configuration{s3_bucket_encryption_enabled=true}",
        ),
        (
            "encrypted-container-shells",
            SHELLS % 'log_configuration{s3_bucket_name="b";cloud_watch_encryption_enabled=true}',
            SHELLS % 'logging="NONE";log_configuration{s3_bucket_name="b"}',
        ),
        (
            "encrypted-container-shells",
            SHELLS % "log_configuration{}",
            SHELLS % "log_configuration{cloud_watch_encryption_enabled=var.on}",
        ),
    ],
    "aws_instance": [
        ("encrypted-machine-disks", "root_block_device{encrypted=False}", "root_block_device{encrypted=True}"),
    ],
    "aws_lambda_permission": [
        (
            "no-public-functions",
            'principal="*";source_arn="arn:aws:events:eu-west-1:111122223333:rule/nightly"',
            'principal="events.amazonaws.com";source_arn="arn:aws:events:eu-west-1:111122223333:rule/nightly"',
        ),
        ("no-public-functions", 'principal="*"', 'principal="*";principal_org_id="o-abcdefghij"'),
    ],
    "aws_mq_broker": [
        (
            "customer-key-brokers",
            'encryption_options{kms_key_id="k";use_aws_owned_key=true}',
            'encryption_options{kms_key_id="k"}',
        ),
    ],
    "aws_s3_bucket": [
        ("encrypted-buckets", ENCRYPTION % "rot13", ENCRYPTION % "AES256"),
        ("encrypted-buckets", ENCRYPTION % "none", ENCRYPTION % "${var.algorithm}"),
    ],
    "aws_s3_bucket_server_side_encryption_configuration": [
        (
            "encrypted-buckets",
            'rule{apply_server_side_encryption_by_default{kms_master_key_id="k"}}',
            'rule{apply_server_side_encryption_by_default{sse_algorithm="aws:kms:dsse"}}',
        ),
    ],
    "aws_security_group": [
        (
            "no-public-ingress",
            'ingress{from_port=22;to_port=22;protocol="tcp";cidr_blocks=["/0"]}',
            'ingress{from_port=22;to_port=22;protocol="tcp";cidr_blocks=["/8"]}',
        ),
    ],
}


@pytest.mark.parametrize(("kind", "row"), rows(ROWS))
def test_what_is_wrong_is_found_and_what_is_right_is_not(kind: str, row: Row) -> None:
    """The one body has this control's fault, the other has not."""
    check_row(kind, row)


def test_a_listener_of_a_balancer_that_is_no_gateway_speaks_http_where_it_is_silent() -> None:
    """Only gateways have listeners without a protocol."""
    listener = resource("aws_lb_listener", "load_balancer_arn=aws_lb.it.arn")
    assert found("tls-listeners", listener) == []
    assert found("tls-listeners", listener + resource("aws_lb", 'load_balancer_type="gateway"')) == []
    assert found("tls-listeners", listener + resource("aws_lb", 'load_balancer_type="application"'))


DOCUMENT = """
resource "aws_ssm_document" "it" {
  name            = "SSM-SessionManagerRunShell"
  document_type   = "Session"
  document_format = "YAML"
  content         = <<-END
    schemaVersion: "1.0"
    sessionType: Standard_Stream
    inputs:
      s3BucketName: shells
      s3EncryptionEnabled: %s
      kmsKeyId: "%s"
  END
}
"""


def test_settings_of_sessions_are_read_from_yaml() -> None:
    """The older way to write them is JSON; an unknown key is one."""
    assert found("encrypted-sessions", DOCUMENT % ("true", ""))
    assert found("encrypted-sessions", DOCUMENT % ("true", "${aws_kms_key.shells.arn}")) == []
    assert found("logged-sessions", DOCUMENT % ("false", "k"))
    assert found("logged-sessions", DOCUMENT % ("true", "k")) == []


NETWORK = resource("aws_vpc", 'cidr_block="10.9.0.0/16"')
GROUP = resource("aws_default_security_group", "vpc_id=aws_vpc.it.id")


def test_the_group_that_a_network_comes_with_is_closed_only_where_somebody_closes_it() -> None:
    """Taken over without rules it lets nothing through; rules that are added apart count."""
    assert [path for path, _ in found("closed-default-firewall", NETWORK)] == ["closed_default"]
    assert found("closed-default-firewall", NETWORK + GROUP) == []
    rule = 'security_group_id=aws_default_security_group.it.id;type="ingress";protocol="-1";from_port=0;to_port=0'
    opened = NETWORK + GROUP + resource("aws_security_group_rule", rule)
    assert [path for path, _ in found("closed-default-firewall", opened)] == ["closed_default"]
    inside = GROUP.replace(
        "vpc_id", 'ingress {\n protocol = "-1"\n self = true\n from_port = 0\n to_port = 0\n}\n vpc_id'
    )
    assert [path for path, _ in found("closed-default-firewall", NETWORK + inside)] == ["rules[0]"]
    unknown = resource("aws_default_security_group", "vpc_id=var.network")
    assert found("closed-default-firewall", NETWORK + unknown) == []


CARE: dict[str, list[Row]] = {
    "aws_apigatewayv2_api": [
        (
            "bounded-origins",
            'cors_configuration{allow_origins=["*"]}',
            'cors_configuration{allow_origins=["https://shop.example"]}',
        ),
    ],
    "aws_autoscaling_group": [
        ("templated-machine-groups", 'launch_configuration="c"', 'launch_template{id="t"}'),
        ("templated-machine-groups", "max_size=3", 'mixed_instances_policy{launch_template{id="t"}}'),
        ("checked-machine-groups", 'target_group_arns=["a"]', 'target_group_arns=["a"];health_check_type="ELB"'),
        ("checked-machine-groups", 'load_balancers=["a"];health_check_type="EC2"', 'health_check_type="EC2"'),
        ("checked-machine-groups", 'load_balancers=["a"]', 'load_balancers=["a"];health_check_type=var.kind'),
    ],
    "aws_bedrockagent_flow": [("customer-key-services", 'name="a"', 'customer_encryption_key_arn="k"')],
    "aws_kms_key": [("key-policies", "enable_key_rotation=true", 'policy="{}"')],
    "aws_networkfirewall_firewall_policy": [
        (
            "customer-key-services",
            'encryption_configuration{type="AWS_OWNED_KMS_KEY"}',
            'encryption_configuration{key_id="k"}',
        ),
    ],
    "aws_route": [
        (
            "bounded-peering-routes",
            'vpc_peering_connection_id="pcx-1";destination_ipv6_cidr_block="::/0"',
            'vpc_peering_connection_id="pcx-1";destination_cidr_block="10.8.0.0/16"',
        ),
        (
            "bounded-peering-routes",
            'vpc_peering_connection_id="pcx-1";destination_cidr_block="0.0.0.0/0"',
            'gateway_id="igw-1";destination_cidr_block="0.0.0.0/0"',
        ),
    ],
    "aws_route_table": [
        (
            "bounded-peering-routes",
            'route{cidr_block="10.8.0.0/16";vpc_peering_connection_id="a"};'
            'route{cidr_block="0.0.0.0/0";vpc_peering_connection_id="b"}',
            'route{cidr_block="10.8.0.0/16";vpc_peering_connection_id="a"};route{cidr_block="0.0.0.0/0";gateway_id="g"}',
        ),
    ],
    "aws_s3_access_point": [
        (
            "public-policies-blocked",
            "public_access_block_configuration{block_public_policy=false}",
            'bucket="b"',
        ),
    ],
    "aws_s3_bucket": [
        ("bucket-lifecycles", 'bucket="b"', "lifecycle_rule{enabled=true}"),
        (
            "aborted-uploads",
            "lifecycle_rule{enabled=true}",
            "lifecycle_rule{enabled=true;abort_incomplete_multipart_upload_days=7}",
        ),
        ("replicated-buckets", 'bucket="b"', 'replication_configuration{rules{status="Enabled"}}'),
        (
            "replicated-buckets",
            'replication_configuration{rules{status="Disabled"}}',
            "replication_configuration{rules{status=var.status}}",
        ),
        (
            "bounded-origins",
            'cors_rule{allowed_origins=["a", "*"]}',
            'cors_rule{allowed_origins=["https://a.example"]}',
        ),
    ],
    "aws_s3_bucket_lifecycle_configuration": [
        (
            "aborted-uploads",
            'rule{status="Disabled";abort_incomplete_multipart_upload{days_after_initiation=7}}',
            'rule{status="Enabled";filter{};abort_incomplete_multipart_upload{days_after_initiation=7}}',
        ),
        (
            "aborted-uploads",
            'rule{status="Enabled";filter{prefix="logs/"};abort_incomplete_multipart_upload{days_after_initiation=7}};'
            'rule{status="Enabled";expiration{days=9}}',
            'rule{status="Enabled";filter{prefix="logs/"};expiration{days=9}};'
            'rule{status="Enabled";filter{prefix=""};abort_incomplete_multipart_upload{days_after_initiation=7}}',
        ),
        (
            "aborted-uploads",
            'rule{status="Enabled"}',
            "rule{status=var.on;abort_incomplete_multipart_upload{days_after_initiation=7}}",
        ),
    ],
    "aws_sagemaker_data_quality_job_definition": [
        (
            "customer-key-services",
            'data_quality_job_output_config{kms_key_id="k"}',
            'data_quality_job_output_config{kms_key_id="k"};job_resources{cluster_config{volume_kms_key_id="k"}}',
        ),
    ],
}


@pytest.mark.parametrize(("kind", "row"), rows(CARE))
def test_what_is_kept_is_cared_for(kind: str, row: Row) -> None:
    """Buckets over time, keys, groups of machines, ways into joined networks."""
    check_row(kind, row)


BUCKET = resource("aws_s3_bucket", 'bucket="orders"')


def policy(effect: str, condition: str) -> str:
    said = f'Effect = "{effect}", Principal = "*", Action = "s3:*", Resource = "*", Condition = {condition}'
    body = f"  bucket = aws_s3_bucket.it.id\n  policy = jsonencode({{ Statement = [{{ {said} }}] }})\n"
    return f'resource "aws_s3_bucket_policy" "it" {{\n{body}}}\n'


@pytest.mark.parametrize(
    ("others", "wrong"),
    [
        ("", False),
        (policy("Deny", '{ Bool = { "aws:SecureTransport" = "false" } }'), False),
        (policy("Allow", '{ Bool = { "aws:SecureTransport" = "false" } }'), True),
        (policy("Deny", '{ Bool = { "aws:SecureTransport" = "true" } }'), True),
        (policy("Deny", '{ IpAddress = { "aws:SourceIp" = "192.0.2.1/32" } }'), True),
        (resource("aws_s3_bucket_policy", "bucket=aws_s3_bucket.it.id;policy=var.policy"), False),
        (resource("aws_s3_bucket_policy", 'bucket=aws_s3_bucket.other.id;policy="{}"'), False),
    ],
)
def test_a_policy_of_a_bucket_refuses_what_comes_without_tls(others: str, wrong: bool) -> None:
    """Only a denial does; a bucket without a policy is another question, and a policy that is not known is no
    finding."""
    assert bool(found("tls-only-buckets", BUCKET + others)) is wrong


@pytest.mark.parametrize(
    ("id", "kind"),
    [
        ("bucket-lifecycles", "aws_s3_bucket_lifecycle_configuration"),
        ("telling-buckets", "aws_s3_bucket_notification"),
    ],
)
def test_what_stands_apart_counts_for_its_bucket_only(id: str, kind: str) -> None:
    """By reference, by name, and where nobody can say whose it is."""
    assert found(id, BUCKET)
    for whose in ("aws_s3_bucket.it.id", '"orders"', "var.bucket"):
        assert found(id, BUCKET + resource(kind, f"bucket={whose}")) == []
    assert found(id, BUCKET + resource(kind, 'bucket="another"'))


def test_copies_of_buckets_are_not_copied_again() -> None:
    """What is replicated into another has its copy; the copy needs none."""
    copies = 'bucket=aws_s3_bucket.it.id;rule{status="%s";destination{bucket=aws_s3_bucket.copy.arn}}'
    kind = "aws_s3_bucket_replication_configuration"
    both = BUCKET + resource("aws_s3_bucket", 'bucket="copy"', "copy")
    assert len(found("replicated-buckets", both)) == 2
    assert found("replicated-buckets", both + resource(kind, copies % "Enabled")) == []
    assert len(found("replicated-buckets", both + resource(kind, copies % "Disabled"))) == 1


def test_a_key_has_its_rules_in_it_or_apart() -> None:
    """A policy apart counts, one that may be its is no finding."""
    key = resource("aws_kms_key", "enable_key_rotation=true")
    assert found("key-policies", key)
    assert found("key-policies", key + resource("aws_kms_key_policy", "key_id=aws_kms_key.it.id")) == []
    assert found("key-policies", key + resource("aws_kms_key_policy", "key_id=var.key")) == []
