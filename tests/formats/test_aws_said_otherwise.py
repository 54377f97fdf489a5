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
