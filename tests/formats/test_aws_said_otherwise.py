"""Ways of writing AWS resources that other people's files use: each said right and said wrong."""

import pytest

from formats.cloud_kit import Row, check_row, found, resource, rows

SCRIPT = "IyEvYmluL3NoCmVjaG8gc3RhcnRlZCA+IC90bXAvc2hvcAo="
SSE = 'sse_aws_kms_key_id="k"'
KEYS = "data_catalog_encryption_settings{connection_password_encryption{%s};encryption_at_rest{%s}}"
SHELLS = 'configuration{execute_command_configuration{kms_key_id="k";%s}}'
ENCRYPTION = 'server_side_encryption_configuration{rule{apply_server_side_encryption_by_default{sse_algorithm="%s"}}}'

TO_LOGS = 'uri="http://acs.amazonaws.com/groups/s3/LogDelivery"'
LIST = 'access_control_policy{owner{id="0a"};grant{grantee{%s};permission="%s"}}'
DENIED = 'bucket=var.bucket;policy=jsonencode({Statement={Effect="Deny",Principal="*",Condition={Bool={"%s"="%s"}}}})'
MAY = 'policy=jsonencode({Statement={Effect="Allow",Action="%s",Resource="*"}})'
ON = 'policy=jsonencode({Statement={Effect="Allow",Action=["%s"],Resource=["%s"]}})'
LOGS = "arn:aws:logs:*:*:*"
S3 = "arn:aws:s3:::"
TAKEN = 'jsonencode({Statement={Effect="Allow",Action="%s",Resource="*"}})'
#: Everybody may send, but for those who are denied.
OTHERS_DENIED = (
    'policy=jsonencode({Statement=[{Effect="Allow",Principal="*",Action="sqs:SendMessage",Resource="*"},'
    '{Effect="Deny",Principal="*",Action="sqs:*",Resource="*",Condition={StringNotLike={"%s"="%s"}}}]})'
)
PASSED = "server_side_encryption_configuration = { rule = { apply_server_side_encryption_by_default = { %s } } }"

ROWS: dict[str, list[Row]] = {
    "aws_cloudfront_distribution": [
        (
            "distribution-failover",
            'origin_group{member{origin_id="a"};member{origin_id="b"}}',
            'origin_group{failover_criteria{status_codes=[500]};member{origin_id="a"};member{origin_id="b"}}',
        ),
        (
            "distribution-failover",
            'origin_group{failover_criteria{status_codes=[500]};member{origin_id="a"}}',
            'dynamic "origin_group" {for_each = var.groups}',
        ),
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
    "aws_db_parameter_group": [
        ("tls-server-settings", 'family="postgres14"', 'family="postgres16"'),
        ("tls-server-settings", 'family="mariadb10.6"', 'family="mariadb11.8"'),
        (
            "tls-server-settings",
            'family="mysql5.7";parameter{name="max_connections";value="9"}',
            'family="mysql5.7";parameter{name="require_secure_transport";value="1"}',
        ),
        ("tls-server-settings", 'family="mysql8.0"', 'family="mysql8.4"'),
    ],
    "aws_api_gateway_deployment": [
        ("metered-apis", 'rest_api_id="a";stage_name="live"', 'rest_api_id="a"'),
        ("metered-apis", 'rest_api_id="a";stage_name="live"', 'rest_api_id="a";stage_name=var.stage'),
        ("api-access-logs", 'stage_name="prod"', 'rest_api_id="a"'),
    ],
    "aws_rds_cluster": [
        (
            "identity-database-login",
            'engine="mariadb";engine_version="10.11"',
            'engine="mariadb";engine_version="10.5.9"',
        ),
    ],
    "aws_db_instance": [
        (
            "logged-queries",
            'engine="postgres";parameter_group_name="default.postgres16"',
            'engine="postgres";parameter_group_name="reporting"',
        ),
    ],
    "aws_iam_policy_attachment": [
        ("no-user-policies", 'policy_arn="p";users=["ann"]', 'policy_arn="p";roles=["ci"];users=[""]'),
    ],
    "aws_iam_policy": [
        (
            "no-privilege-escalation",
            ON % ("iam:PutUserPolicy", "arn:aws:iam::*:user/*"),
            ON % ("iam:PutUserPolicy", "arn:aws:iam::*:role/*"),
        ),
        (
            "bounded-policy-resources",
            ON % ("s3:ListBucket", "arn:aws:s3:::*"),
            ON % ("s3:ListBucket", "arn:aws:s3:::b"),
        ),
        ("bounded-policy-resources", ON % ("logs:PutLogEvents", LOGS), ON % ("s3:ListBucket", LOGS)),
        (
            "bounded-policy-resources",
            ON % ("logs:CreateLogGroup", "arn:aws:logs:*:111122223333:*"),
            ON % ("logs:CreateLogGroup", "arn:aws:logs:eu-west-1:111122223333:*"),
        ),
        ("no-data-exfiltration", ON % ("s3:GetObject", S3 + "*/*"), ON % ("s3:ListBucket", S3 + "*/*")),
        (
            "no-data-exfiltration",
            ON % ("s3:GetObject", "arn:aws:s3:::*"),
            ON % ('s3:GetObject","logs:PutLogEvents', LOGS),
        ),
        ("bounded-write-access", ON % ('s3:PutObject","logs:PutLogEvents', LOGS), ON % ("s3:PutObject", LOGS)),
        ("bounded-write-access", MAY % "elasticfilesystem:ClientWrite", MAY % "elasticfilesystem:ClientMount"),
        ("bounded-write-access", MAY % "bedrock:*", MAY % "bedrock:InvokeModel*"),
        ("bounded-write-access", MAY % "es:ESHttp*", MAY % "es:ESHttpGet"),
    ],
    "data.aws_iam_policy_document": [
        (
            "no-service-wildcards",
            f"source_policy_documents=[{TAKEN % 'ec2:*'}]",
            f"source_policy_documents=[{TAKEN % 'ec2:StartInstances'},var.more]",
        ),
        (
            "no-full-access-policies",
            f"override_policy_documents=[data.aws_iam_policy_document.other.json,{TAKEN % '*'}]",
            "source_policy_documents=var.known;statement{actions=[];resources=[]}",
        ),
    ],
    "aws_sqs_queue_policy": [
        (
            "no-open-resource-policies",
            OTHERS_DENIED % ("aws:userid", "anonymous"),
            OTHERS_DENIED % ("aws:PrincipalOrgID", "o-1a2b3c4d5e"),
        ),
        (
            "no-open-resource-policies",
            OTHERS_DENIED % ("aws:SourceArn", "*"),
            OTHERS_DENIED % ("aws:SourceArn", "arn:aws:sns:eu-central-1:123456789012:orders"),
        ),
    ],
    "aws_cloudformation_stack": [
        ("stack-policies", 'name="a"', 'policy_body="{}"'),
        ("stack-policies", 'policy_url=""', "policy_url=var.policy"),
    ],
    "aws_glue_data_catalog_encryption_settings": [
        ("customer-key-services", KEYS % ("", 'sse_aws_kms_key_id="k"'), KEYS % ('aws_kms_key_id="k"', SSE)),
        ("customer-key-services", KEYS % ('aws_kms_key_id="k"', ""), KEYS % ("aws_kms_key_id=var.key", SSE)),
    ],
    "aws_instance": [
        ("encrypted-machine-disks", "root_block_device{encrypted=False}", "root_block_device{encrypted=True}"),
        ("own-machine-firewalls", 'ami="a"', 'vpc_security_group_ids=["sg-1"]'),
        ("own-machine-firewalls", "vpc_security_group_ids=[]", "vpc_security_group_ids=var.groups"),
        ("own-machine-firewalls", 'security_groups=["default"]', 'security_groups=["default", "shop"]'),
        (
            "own-machine-firewalls",
            "vpc_security_group_ids=[aws_vpc.it.default_security_group_id]",
            "vpc_security_group_ids=[aws_security_group.it.id]",
        ),
        (
            "own-machine-firewalls",
            "vpc_security_group_ids=[aws_default_security_group.it.id]",
            'network_interface{network_interface_id="eni-1";device_index=0}',
        ),
        ("own-machine-firewalls", "security_groups=[]", 'launch_template{id="lt-1"}'),
        ("readable-start-scripts", f'user_data_base64="{SCRIPT}"', f'user_data="{SCRIPT}"'),
        ("readable-start-scripts", f'user_data_base64="{SCRIPT}"', 'user_data_base64="c2hvcDogMTIzNDU2Nzg5Cg=="'),
        ("readable-start-scripts", f'user_data_base64="{SCRIPT}"', "user_data_base64=var.start"),
    ],
    "aws_s3_bucket_website_configuration": [
        (
            "no-plain-websites",
            'bucket="b";index_document{suffix="index.html"}',
            'bucket="b";redirect_all_requests_to{host_name="shop.example"}',
        ),
    ],
    "aws_cloudtrail": [
        (
            "watched-trails",
            'cloud_watch_logs_group_arn="g"',
            'cloud_watch_logs_group_arn="g";cloud_watch_logs_role_arn="r"',
        ),
    ],
    "aws_cloudwatch_log_group": [
        ("bounded-log-retention", 'name="a"', "retention_in_days=30"),
        ("bounded-log-retention", "retention_in_days=0", "retention_in_days=var.days"),
    ],
    "aws_dms_endpoint": [
        (
            "customer-key-databases",
            'engine_name="s3"',
            'engine_name="s3";s3_settings{server_side_encryption_kms_key_id="k"}',
        ),
    ],
    "aws_eks_cluster": [
        (
            "bounded-cluster-endpoint",
            "vpc_config{public_access_cidrs=[]}",
            'vpc_config{public_access_cidrs=["203.0.113.0/24"]}',
        ),
    ],
    "aws_kinesis_firehose_delivery_stream": [
        (
            "customer-key-streams",
            'server_side_encryption{enabled=true;key_type="CUSTOMER_MANAGED_CMK"}',
            'server_side_encryption{enabled=true;key_type="CUSTOMER_MANAGED_CMK";key_arn="k"}',
        ),
    ],
    "aws_opensearch_domain": [
        (
            "encrypted-database-nodes",
            "cluster_config{instance_count=3}",
            "cluster_config{instance_count=1}",
        ),
        (
            "encrypted-database-nodes",
            "cluster_config{instance_count=1};node_to_node_encryption{enabled=false}",
            "cluster_config{instance_count=var.nodes}",
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
    "aws_api_gateway_method": [
        ("authorized-apis", 'http_method="PUT";authorization="NONE"', 'http_method="OPTION";authorization="NONE"'),
    ],
    "aws_glue_security_configuration": [
        (
            "customer-key-data-jobs",
            'encryption_configuration{s3_encryption{s3_encryption_mode="SSE-KMS";kms_key_arn="k"};'
            'cloudwatch_encryption{cloudwatch_encryption_mode="SSE-KMS"}}',
            'encryption_configuration{s3_encryption{s3_encryption_mode="SSE-KMS";kms_key_arn="k"};'
            'cloudwatch_encryption{cloudwatch_encryption_mode="DISABLED"}}',
        ),
    ],
    "aws_launch_template": [
        (
            "no-secrets-in-user-data",
            'user_data="LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlF"',
            'user_data="LS0tLS1CRUdJTiBQVUJMSUMgS0VZLS0tLS0KTUlJRQ=="',
        ),
    ],
    "aws_secretsmanager_secret_rotation": [
        (
            "quarterly-keys",
            'rotation_rules{schedule_expression="rate(120 days)"}',
            'rotation_rules{schedule_expression="rate(30 days)"}',
        ),
        (
            "quarterly-keys",
            'rotation_rules{schedule_expression="rate(365 days)"}',
            'rotation_rules{schedule_expression="rate(400 hours)"}',
        ),
    ],
    "data.http": [
        (
            "no-secrets-in-requests",
            'url="https://example.com/?t=${data.aws_ssm_parameter.token.value}"',
            'url="https://example.com/?t=${aws_ssm_document.token.name}"',
        ),
        (
            "no-secrets-in-requests",
            'url="https://example.com/";request_headers={Authorization=random_password.it.result}',
            'url="https://example.com/";request_headers={Accept="text/plain"}',
        ),
    ],
    "aws_lambda_permission": [
        (
            "bounded-function-permissions",
            'principal="events.amazonaws.com";source_arn="a";action="lambda:*"',
            'principal="events.amazonaws.com";source_arn="a";action="lambda:InvokeFunction"',
        ),
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
        ("versioned-buckets", "object_lock_enabled=false", "object_lock_enabled=true"),
        ("versioned-buckets", 'bucket="a"', 'object_lock_configuration{object_lock_enabled="Enabled"}'),
        ("versioned-buckets", 'bucket="a"', "object_lock_enabled=var.locked"),
        ("versioned-buckets", 'bucket="a"', 'dynamic "object_lock_configuration" {for_each = var.locks}'),
        (
            "no-plain-websites",
            'website{index_document="index.html"}',
            'website{redirect_all_requests_to="https://shop.example"}',
        ),
        (
            "owner-keeps-bucket-lists",
            f'grant{{{TO_LOGS};permissions=["READ_ACP", "WRITE_ACP"]}}',
            f'grant{{{TO_LOGS};permissions=["READ_ACP", "WRITE"]}}',
        ),
        ("mfa-delete", "versioning{enabled=true}", "versioning{enabled=true;mfa_delete=true}"),
        ("mfa-delete", 'bucket="a"', 'lifecycle_rule{id="tmp";enabled=true}'),
        ("mfa-delete", "versioning{enabled=false}", 'dynamic "lifecycle_rule" {for_each = var.rules}'),
        ("encrypted-buckets", ENCRYPTION % "rot13", ENCRYPTION % "AES256"),
        ("encrypted-buckets", ENCRYPTION % "none", ENCRYPTION % "${var.algorithm}"),
    ],
    "aws_iam_user_login_profile": [
        (
            "changed-first-passwords",
            'user="u";password_length=13;password_reset_required=true',
            'user="u";password_length=14;password_reset_required=true',
        ),
        ("changed-first-passwords", 'user="u"', 'user="u";password_reset_required=var.change'),
        ("changed-first-passwords", 'user="u";password_reset_required=false', "password_reset_required=true"),
    ],
    "aws_s3_bucket_acl": [
        ("owner-keeps-bucket-lists", LIST % (TO_LOGS, "FULL_CONTROL"), LIST % (TO_LOGS, "WRITE")),
        (
            "owner-keeps-bucket-lists",
            LIST % ('email_address="a@b.example"', "write_acp"),
            LIST % ('id="0a"', "WRITE_ACP"),
        ),
        ("owner-keeps-bucket-lists", LIST % ('id="0b"', "WRITE_ACP"), LIST % ("id=var.other", "WRITE_ACP")),
        ("owner-keeps-bucket-lists", LIST % ('id="0b"', "WRITE_ACP"), LIST % ('id="0b"', "FULL_CONTROL")),
    ],
    "aws_ecr_repository": [
        (
            "customer-key-registries",
            'encryption_configuration{encryption_type="KMS"}',
            'encryption_configuration{encryption_type="KMS";kms_key="k"}',
        ),
        (
            "customer-key-registries",
            'encryption_configuration{encryption_type="AES256";kms_key="k"}',
            'encryption_configuration{encryption_type="KMS_DSSE";kms_key=var.key}',
        ),
    ],
    "aws_s3_bucket_policy": [
        ("tls-only-buckets", DENIED % ("aws:SourceIp", "203.0.113.7"), DENIED % ("aws:SecureTransport", "false")),
        ("tls-only-buckets", DENIED % ("aws:SecureTransport", "true"), "bucket=var.bucket;policy=var.policy"),
    ],
    "aws_emr_cluster": [
        ("networked-data-clusters", 'name="a"', 'subnet_id="subnet-1"'),
    ],
    "aws_s3_bucket_server_side_encryption_configuration": [
        (
            "customer-key-buckets",
            'rule{apply_server_side_encryption_by_default{sse_algorithm="aws:kms"}}',
            'rule{apply_server_side_encryption_by_default{sse_algorithm="aws:kms";kms_master_key_id="k"}}',
        ),
        (
            "customer-key-buckets",
            'rule{apply_server_side_encryption_by_default{sse_algorithm="aws:kms";kms_master_key_id="alias/aws/s3"}}',
            'rule{apply_server_side_encryption_by_default{sse_algorithm="aws:kms";kms_master_key_id=var.key}}',
        ),
        (
            "encrypted-buckets",
            'rule{apply_server_side_encryption_by_default{kms_master_key_id="k"}}',
            'rule{apply_server_side_encryption_by_default{sse_algorithm="aws:kms:dsse"}}',
        ),
    ],
    "aws_ssm_parameter": [
        (
            "no-plain-stored-secrets",
            'name="/shop/database/password";type="SecureString";value="vT9-kQz7.mB2x"',
            'name="/shop/database/host";type="SecureString";value="db.example.com"',
        ),
    ],
    "aws_security_group_rule": [
        (
            "described-firewalls",
            'type="egress";description="Managed by Terraform"',
            'type="egress";description="Answers"',
        ),
    ],
    "aws_security_group": [
        ("described-firewalls", 'description="Managed by Terraform"', 'description="Machines of the shop"'),
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


def test_two_keys_that_a_user_may_use_are_one_too_many() -> None:
    """One that is not active is none; nor is another user's."""

    def keys(first: str, second: str) -> list[str]:
        both = resource("aws_iam_access_key", first) + resource("aws_iam_access_key", second, "too")
        return [path for path, _ in found("single-access-keys", both)]

    assert keys("user=aws_iam_user.it.name", "user=aws_iam_user.it.name") == ["single", "single"]
    assert keys('user="ann"', 'user="ann";status="Active"') == ["single", "single"]
    assert keys('user="ann"', 'user="ann";status="Inactive"') == []
    assert keys('user="ann"', 'user="ann";status=var.state') == []
    assert keys('user="ann"', 'user="bob"') == []
    assert keys("user=var.user", "user=var.user") == []


OUTSIDERS = """
resource "aws_iam_role" "it" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Condition = { StringEquals = { "sts:ExternalId" = "%s" } }
    }]
  })
}
"""


def test_an_empty_id_of_another_account_bounds_nobody() -> None:
    """What is asked for has to be something."""
    assert found("no-account-trust", OUTSIDERS % "")
    assert found("no-account-trust", OUTSIDERS % "7f3a-shop") == []


TASK = """
resource "aws_ecs_task_definition" "it" {
  family                = "shop"
  container_definitions = jsonencode({
    family               = "shop"
    containerDefinitions = [{
      name        = "shop"
      image       = "shop:1"
      environment = [{ name = "DB_PASSWORD", value = "%s" }]
    }]
  })
}
"""


def test_containers_are_found_in_a_whole_task_too() -> None:
    """Where somebody pasted a task's own file."""
    assert found("no-secrets-in-tasks", TASK % "kfR8-wq2x_ZtB7")
    assert found("no-secrets-in-tasks", TASK % "") == []


LOGS = resource("aws_s3_bucket", f'bucket="logs";{ENCRYPTION % "AES256"}', "logs")
APART = resource("aws_s3_bucket", 'bucket="logs"', "logs") + resource(
    "aws_s3_bucket_server_side_encryption_configuration",
    'bucket=aws_s3_bucket.logs.id;rule{apply_server_side_encryption_by_default{sse_algorithm="AES256"}}',
)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("aws_s3_bucket_logging", "bucket=var.shop;target_bucket=aws_s3_bucket.logs.id"),
        ("aws_s3_bucket", 'bucket=var.shop;logging{target_bucket="logs"}'),
        ("aws_lb", "access_logs{bucket=aws_s3_bucket.logs.id;enabled=true}"),
        ("aws_elb", 'access_logs{bucket="logs"}'),
        ("aws_s3_bucket_acl", 'bucket=aws_s3_bucket.logs.id;acl="log-delivery-write"'),
    ],
)
def test_what_takes_in_logs_has_keys_of_its_service(kind: str, body: str) -> None:
    """S3 and load balancers write only where S3's own keys encrypt."""
    for bucket in (LOGS, APART):
        assert found("customer-key-buckets", bucket)
        own = found("customer-key-buckets", resource(kind, body, "from"))
        assert found("customer-key-buckets", bucket + resource(kind, body, "from")) == own


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
        (resource("aws_s3_bucket_policy", 'bucket=aws_s3_bucket.other.id;policy="{}"'), True),
    ],
)
def test_a_policy_of_a_bucket_refuses_what_comes_without_tls(others: str, wrong: bool) -> None:
    """Only a denial does; a bucket without a policy is another question, and a policy that is not known is no
    finding. One of a bucket that is elsewhere is judged by itself."""
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


REGISTRY = 'source = "terraform-aws-modules/%s/aws"\n version = "4.3.0"\n %s'


def call(module: str, body: str) -> str:
    return 'module "it" {\n' + REGISTRY % (module, body) + "\n}\n"


SSH = 'from_port = 22\n to_port = 22\n protocol = "tcp"\n'
OPEN = 'jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "*" }] })'
PLAIN = (
    'policy = jsonencode({ Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "*", '
    'Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })'
)
WEB = 'port = 80\n protocol = "HTTP"\n'
AWAY = WEB + ' redirect = { port = "443", protocol = "HTTPS", status_code = "HTTP_301" }'
SHOWN = 'acl = "public-read"'
INSIDE = f'{{ {SSH} cidr_blocks = "10.0.0.0/8" }}'


@pytest.mark.parametrize(
    ("id", "module", "wrong", "right"),
    [
        (
            "no-public-admin-ports",
            "security-group",
            f'ingress_with_cidr_blocks = [{INSIDE}, {{ {SSH} cidr_blocks = "10.0.0.0/8,0.0.0.0/0" }}]',
            f"ingress_with_cidr_blocks = [{INSIDE}]",
        ),
        (
            "no-public-admin-ports",
            "security-group",
            'ingress_with_cidr_blocks = [{ rule = "ssh-tcp" }]\n ingress_cidr_blocks = ["0.0.0.0/0"]',
            'ingress_with_cidr_blocks = [{ rule = "ssh-tcp" }]\n ingress_cidr_blocks = var.known',
        ),
        (
            "no-public-admin-ports",
            "security-group",
            'ingress_rules = ["https-443-tcp", "rdp-tcp"]\n ingress_cidr_blocks = ["0.0.0.0/0"]',
            'ingress_rules = ["https-443-tcp"]\n ingress_cidr_blocks = ["0.0.0.0/0"]',
        ),
        (
            "no-public-admin-ports",
            "security-group",
            f'ingress_with_ipv6_cidr_blocks = [{{ {SSH} ipv6_cidr_blocks = "::/0" }}]',
            f'egress_with_ipv6_cidr_blocks = [{{ {SSH} ipv6_cidr_blocks = "::/0" }}]',
        ),
        ("versioned-buckets", "s3-bucket", "versioning = { mfa_delete = true }", "versioning = { enabled = true }"),
        (
            "mfa-delete",
            "s3-bucket",
            "versioning = { enabled = true }",
            "versioning = { enabled = true, mfa_delete = true }",
        ),
        ("mfa-delete", "s3-bucket", 'bucket = "b"', "lifecycle_rule = var.rules"),
        (
            "no-plain-websites",
            "s3-bucket",
            'website = { index_document = "index.html" }',
            'website = { redirect_all_requests_to = { host_name = "shop.example" } }',
        ),
        (
            "customer-key-buckets",
            "s3-bucket",
            PASSED % 'sse_algorithm = "aws:kms"',
            PASSED % 'sse_algorithm = "aws:kms", kms_master_key_id = aws_kms_key.k.arn',
        ),
        ("customer-key-buckets", "s3-bucket", 'bucket = "b"', "attach_elb_log_delivery_policy = true"),
        ("customer-key-buckets", "s3-bucket", 'bucket = "b"', 'acl = "log-delivery-write"'),
        ("customer-key-buckets", "s3-bucket", 'bucket = "b"', "server_side_encryption_configuration = var.encryption"),
        ("versioned-buckets", "s3-bucket", 'versioning = { status = "Suspended" }', "versioning = var.versioning"),
        ("no-public-buckets", "s3-bucket", f"{SHOWN}\n ignore_public_acls = false", 'bucket = "b"'),
        (
            "no-public-buckets",
            "s3-bucket",
            f"{SHOWN}\n ignore_public_acls = false",
            f"{SHOWN}\n ignore_public_acls = true",
        ),
        ("no-public-buckets", "s3-bucket", f"{SHOWN}\n ignore_public_acls = false", SHOWN),
        (
            "no-public-buckets",
            "s3-bucket",
            f"{SHOWN}\n attach_public_policy = false",
            f"{SHOWN}\n ignore_public_acls = var.on",
        ),
        ("public-policies-blocked", "s3-bucket", "block_public_policy = false", "block_public_acls = false"),
        ("flow-logs", "vpc", 'cidr = "10.0.0.0/16"', "enable_flow_log = var.logged"),
        ("versioned-buckets", "s3-bucket", 'bucket = "b"', "versioning = { status = var.status }"),
        ("versioned-buckets", "s3-bucket", "versioning = {}", "versioning = module.shared.versioning"),
        ("encrypted-buckets", "s3-bucket", 'bucket = "b"', "server_side_encryption_configuration = var.encryption"),
        ("logged-buckets", "s3-bucket", 'bucket = "b"', 'logging = { target_bucket = "l" }'),
        ("logged-buckets", "s3-bucket", "logging = {}", "attach_lb_log_delivery_policy = true"),
        ("tls-only-buckets", "s3-bucket", "attach_deny_insecure_transport_policy = false", 'bucket = "b"'),
        ("tls-only-buckets", "s3-bucket", f"attach_policy = true\n policy = {OPEN}", f"policy = {OPEN}"),
        (
            "tls-only-buckets",
            "s3-bucket",
            f"attach_policy = true\n policy = {OPEN}",
            f"attach_policy = true\n policy = {OPEN}\n attach_deny_insecure_transport_policy = true",
        ),
        (
            "tls-only-buckets",
            "s3-bucket",
            f"attach_policy = true\n policy = {OPEN}\n attach_deny_insecure_transport_policy = false",
            "attach_policy = true\n policy = var.policy\n attach_deny_insecure_transport_policy = var.strict",
        ),
        ("tls-only-buckets", "s3-bucket", f"attach_policy = true\n policy = {OPEN}", f"attach_policy = true\n {PLAIN}"),
        (
            "bounded-origins",
            "s3-bucket",
            'cors_rule = [{ allowed_methods = ["PUT"], allowed_origins = ["*"] }]',
            'cors_rule = [{ allowed_methods = ["PUT"], allowed_origins = ["https://shop.example"] }]',
        ),
        (
            "no-open-resource-policies",
            "s3-bucket",
            f"attach_policy = true\n policy = {OPEN}",
            f"policy = {OPEN.replace('Allow', 'Deny')}",
        ),
        ("database-backups", "rds", 'engine = "mysql"', "backup_retention_period = var.days"),
        ("identity-database-login", "rds", 'engine = "mysql"', "iam_database_authentication_enabled = true"),
        ("load-balancer-logs", "alb", 'name = "a"', 'access_logs = { bucket = "b", enabled = true }'),
        (
            "load-balancer-logs",
            "alb",
            'access_logs = { bucket = "b", enabled = false }',
            'access_logs = { bucket = "b" }',
        ),
        ("function-tracing", "lambda", 'runtime = "python3.13"', 'tracing_mode = "Active"'),
        ("point-in-time-recovery", "dynamodb-table", 'name = "a"', "point_in_time_recovery_enabled = true"),
        (
            "encrypted-machine-disks",
            "ec2-instance",
            "root_block_device = { volume_size = 9 }",
            "root_block_device = { encrypted = true }",
        ),
        (
            "encrypted-machine-disks",
            "autoscaling",
            "root_block_device = [{ encrypted = true }]\n ebs_block_device = [{ encrypted = true }, { size = 9 }]",
            "ebs_block_device = [{ encrypted = true }]\n root_block_device = [{ encrypted = true }]",
        ),
        ("load-balancer-logs", "elb", "internal = true", 'access_logs = { bucket = "b" }'),
        ("metadata-tokens", "ec2-instance", 'ami = "a"', 'metadata_options = { http_tokens = "required" }'),
        ("no-public-subnets", "vpc", "map_public_ip_on_launch = true", "map_public_ip_on_launch = false"),
        ("rotated-keys", "kms", "enable_key_rotation = false", 'description = "d"'),
        ("no-public-machines", "ec2-instance", "associate_public_ip_address = true", 'ami = "a"'),
        ("own-machine-firewalls", "ec2-instance", 'ami = "a"', 'vpc_security_group_ids = ["sg-0a1b2c3d"]'),
        ("own-machine-firewalls", "ec2-instance", 'ami = "a"', "network_interface = var.interfaces"),
        ("bounded-cluster-endpoint", "eks", "endpoint_public_access = true", "endpoint_public_access = false"),
        (
            "bounded-cluster-endpoint",
            "eks",
            "cluster_endpoint_public_access = true",
            'endpoint_public_access = true\n endpoint_public_access_cidrs = ["198.51.100.0/24"]',
        ),
        ("tls-listeners", "alb", f"listeners = {{ web = {{ {WEB} }} }}", f"listeners = {{ web = {{ {AWAY} }} }}"),
        (
            "tls-listeners",
            "alb",
            f"listeners = {{ away = {{ {AWAY} }}, web = {{ {WEB} }} }}",
            f"listeners = {{ web = {{ {WEB} redirect = var.redirect }} }}",
        ),
        ("tls-listeners", "alb", f"http_tcp_listeners = [{{ {WEB} }}]", f"http_tcp_listeners = [{{ {AWAY} }}]"),
        (
            "current-listener-tls",
            "alb",
            'https_listeners = [{ port = 443, ssl_policy = "ELBSecurityPolicy-2016-08" }]',
            "https_listeners = [{ port = 443 }]",
        ),
        (
            "encrypted-machine-disks",
            "autoscaling",
            "block_device_mappings = [{ ebs = { volume_size = 8 } }]",
            "block_device_mappings = [{ ebs = { encrypted = true } }]",
        ),
        (
            "authenticated-function-urls",
            "lambda",
            "create_lambda_function_url = true",
            'create_lambda_function_url = true\n authorization_type = "AWS_IAM"',
        ),
        (
            "authenticated-function-urls",
            "lambda",
            'create_lambda_function_url = true\n authorization_type = "NONE"',
            "create_lambda_function_url = true\n authorization_type = var.who",
        ),
        ("encrypted-file-shares", "efs", "encrypted = false", 'name = "a"'),
        ("encrypted-databases", "opensearch", "encrypt_at_rest = { enabled = false }", 'domain_name = "a"'),
        ("tls-brokers", "msk-kafka-cluster", 'encryption_in_transit_client_broker = "PLAINTEXT"', 'name = "a"'),
        ("scaled-tables", "dynamodb-table", 'billing_mode = "PROVISIONED"', 'name = "a"'),
    ],
)
def test_what_a_call_passes_to_a_module_of_the_registry(id: str, module: str, wrong: str, right: str) -> None:
    """What is passed is judged; what is not passed where every version of the module has the same default."""
    assert found(id, call(module, wrong))
    assert found(id, call(module, right)) == []


@pytest.mark.parametrize(
    ("id", "source", "body"),
    [
        ("no-public-admin-ports", "security-group/aws//modules/ssh", 'ingress_cidr_blocks = ["0.0.0.0/0"]'),
        ("no-public-admin-ports", "security-group/aws//modules/rdp", 'ingress_ipv6_cidr_blocks = ["::/0"]'),
        ("no-full-access-policies", "iam/aws//modules/iam-policy", f"policy = {OPEN.replace('s3:GetObject', '*')}"),
    ],
)
def test_modules_inside_of_modules(id: str, source: str, body: str) -> None:
    """Those that are known are judged as what they make."""
    text = f'module "it" {{\n source = "terraform-aws-modules/{source}"\n {body}\n}}\n'
    assert found(id, text)
    assert (
        found(id, text.replace('["0.0.0.0/0"]', '["10.0.0.0/8"]').replace("::/0", "fd00::/8").replace('"*"', '"a"'))
        == []
    )


@pytest.mark.parametrize("part", ["s3-bucket/aws//modules/object", "vpc/aws//modules/vpc-endpoints", "rds/aws//x"])
def test_modules_inside_of_modules_are_not_what_is_around_them(part: str) -> None:
    """An object is no bucket, an endpoint no network."""
    text = f'module "it" {{\n source = "terraform-aws-modules/{part}"\n}}\n'
    assert [id for id in ("versioned-buckets", "flow-logs", "database-backups") if found(id, text)] == []


@pytest.mark.parametrize("way", ["git::https://github.com/", "github.com/", "git::ssh://git@github.com/"])
def test_modules_of_the_registry_that_come_from_where_they_are_made(way: str) -> None:
    """The same modules, whose version is the revision that is asked for."""
    text = f'module "it" {{\n source = "{way}terraform-aws-modules/terraform-aws-s3-bucket.git?ref=v3.7.0"\n}}\n'
    assert found("versioned-buckets", text)
    assert found("public-policies-blocked", text)
    assert found("public-policies-blocked", text.replace("v3.7.0", "v4.1.0")) == []


@pytest.mark.parametrize("asked", ["3.7.0", "~> 3.8.1", "= 2.15.0", "~> 2.1", "v1.25.0"])
def test_what_a_module_left_open_before_a_version(asked: str) -> None:
    """Buckets were made shut from 3.9 on; only a version that bounds what may be taken says which it is."""
    shut = "public-policies-blocked"
    assert found(shut, call("s3-bucket", 'bucket = "b"').replace("4.3.0", asked))
    assert found(shut, call("s3-bucket", "block_public_policy = true").replace("4.3.0", asked)) == []


@pytest.mark.parametrize("asked", ["3.9.0", "~> 3.7", ">= 2.0", "4.1.2", "", "3"])
def test_what_a_module_may_have_shut_is_no_finding(asked: str) -> None:
    """A later version may be meant."""
    assert found("public-policies-blocked", call("s3-bucket", 'bucket = "b"').replace("4.3.0", asked)) == []


@pytest.mark.parametrize(
    ("id", "kind", "body"),
    [
        ("customer-key-secrets", "aws_secretsmanager_secret", "kms_key_id=%s"),
        ("customer-key-builds", "aws_codebuild_project", "encryption_key=%s"),
        ("customer-key-topics", "aws_sns_topic", "kms_master_key_id=%s"),
        ("customer-key-databases", "aws_docdb_cluster", "kms_key_id=%s"),
    ],
)
def test_a_key_that_aws_manages_is_not_ones_own(id: str, kind: str, body: str) -> None:
    """By its alias, by an address that ends in it, by a data source that looks for it."""
    looked = resource("data.aws_kms_key", 'key_id="alias/aws/s3"') + resource("data.aws_kms_alias", 'name="alias/mine"')
    for theirs in ('"alias/aws/s3"', '"arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"', "data.aws_kms_key.it.arn"):
        assert found(id, looked + resource(kind, body % theirs)), theirs
    for own in ('"alias/shop"', "aws_kms_key.it.arn", "data.aws_kms_alias.it.target_key_arn", "var.key"):
        assert found(id, looked + resource(kind, body % own)) == [], own


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ('IpAddress={"aws:SourceIp"="198.51.100.7/32"}', True),
        ('IpAddress={"aws:SourceIp"="198.51.100.7/32"},StringEquals={"aws:PrincipalOrgID"="o-1"}', False),
        ('StringEquals={"aws:SourceVpce"="vpce-1"}', False),
    ],
)
def test_an_address_names_nobody_who_comes_to_a_bucket_or_a_queue(asked: str, told: bool) -> None:
    """Whoever is there gets in; other resources are not reached by a plain link."""
    policy = OPEN.replace('Resource = "*"', f'Resource = "*", Condition = {{{asked}}}')
    bucket = f'resource "aws_s3_bucket_policy" "it" {{\n bucket = "b"\n policy = {policy}\n}}\n'
    assert bool(found("no-open-resource-policies", bucket)) is told
    queue = f'resource "aws_sqs_queue_policy" "it" {{\n queue_url = "q"\n policy = {policy}\n}}\n'
    assert bool(found("no-open-resource-policies", queue)) is told
    key = f'resource "aws_kms_key_policy" "it" {{\n key_id = "k"\n policy = {policy}\n}}\n'
    assert found("no-open-resource-policies", key) == []


TRUST = (
    'assume_role_policy=jsonencode({Statement={Effect="Allow",Action="sts:AssumeRole",'
    'Principal={AWS="arn:aws:iam::111122223333:root"},Condition={Bool={"aws:MultiFactorAuthPresent"="%s"}}}})'
)


def test_functions_that_share_a_role() -> None:
    """Each is told; one that is alone with its role, and roles that nobody can compare, are not."""
    first, second = "role=aws_iam_role.a.arn", "role=aws_iam_role.b.arn"
    for same in (first, 'role="arn:aws:iam::111122223333:role/a"', 'role="${aws_iam_role.a.arn}"'):
        both = resource("aws_lambda_function", same, "a") + resource("aws_lambda_function", same, "b")
        assert len(found("own-function-roles", both)) == 2
    for other in (second, "role=var.role"):
        both = resource("aws_lambda_function", first, "a") + resource("aws_lambda_function", other, "b")
        assert found("own-function-roles", both) == []


def test_that_there_is_no_second_factor_is_nothing_to_ask_for() -> None:
    """A condition that holds without one bounds nobody."""
    role = 'resource "aws_iam_role" "it" {\n' + TRUST + "\n}\n"
    assert found("no-account-trust", role % "false")
    assert found("no-account-trust", role % "true") == []


@pytest.mark.parametrize(("account", "bucket"), [("true", "false"), ("false", "true"), ("", "true")])
def test_a_bucket_is_shut_by_itself_or_by_its_account(account: str, bucket: str) -> None:
    """One of the two is enough; without the other each is told."""
    shut = "public-policies-blocked"
    whole = resource("aws_s3_account_public_access_block", f"block_public_policy={account}" if account else "")
    own = resource("aws_s3_bucket_public_access_block", f'bucket="b";block_public_policy={bucket}')
    assert found(shut, whole + own) == []
    assert found(shut, whole) == [] if account == "true" else found(shut, whole)
    assert found(shut, own) == [] if bucket == "true" else found(shut, own)


def test_a_bucket_that_logs_go_to_need_not_log_itself() -> None:
    """By its access list, by another's block, by a resource apart."""
    target = resource("aws_s3_bucket", 'bucket="logs"', "logs")
    assert len(found("logged-buckets", target)) == 1
    delivered = resource("aws_s3_bucket_acl", 'bucket=aws_s3_bucket.logs.id;acl="log-delivery-write"')
    assert found("logged-buckets", target + delivered) == []
    other = resource("aws_s3_bucket", "logging{target_bucket=aws_s3_bucket.logs.id}")
    assert found("logged-buckets", target + other) == []
    private = resource("aws_s3_bucket_acl", 'bucket=aws_s3_bucket.logs.id;acl="private"')
    assert len(found("logged-buckets", target + private)) == 1


@pytest.mark.parametrize(
    ("version", "older"),
    [("~> 3.0", True), ("3.5.0", True), ("~> 4.0", False), (">= 2.0", False), ("~> 3", False), ("5.0.1", False)],
)
def test_a_default_counts_where_the_version_decides_it(version: str, older: bool) -> None:
    """Before version 4 the module for queues could not ask SQS to encrypt by itself."""
    text = call("sqs", 'name = "orders"').replace("4.3.0", version)
    assert bool(found("encrypted-queues", text)) is older


@pytest.mark.parametrize(
    ("version", "body", "public"),
    [
        ("3.7.0", 'public_subnets = ["10.4.1.0/24"]', True),
        ("~> 3.0", 'public_subnets = ["10.4.1.0/24"]', True),
        ("3.7.0", "public_subnets = []", False),
        ("3.7.0", "public_subnets = var.subnets", False),
        ("3.7.0", 'private_subnets = ["10.4.1.0/24"]', False),
        ("3.7.0", 'public_subnets = ["10.4.1.0/24"]\n map_public_ip_on_launch = false', False),
        ("~> 5.0", 'public_subnets = ["10.4.1.0/24"]', False),
        (">= 3.0", 'public_subnets = ["10.4.1.0/24"]', False),
    ],
)
def test_public_subnets_gave_out_addresses_before_version_4(version: str, body: str, public: bool) -> None:
    """Only where some are passed, and no other version may be meant."""
    assert bool(found("no-public-subnets", call("vpc", body).replace("4.3.0", version))) is public


TOPIC = """
resource "aws_sns_topic_policy" "it" {
  arn    = aws_sns_topic.it.arn
  policy = <<-END
    {
      "Statement": [{
        "Effect": "Allow",
        "Principal": { "AWS": "WHO" },
        "Action": ["SNS:Publish", "SNS:Subscribe"SURPLUS],
        "Resource": "${aws_sns_topic.it.arn}",
        "Condition": WHENSURPLUS
      }]
    }
  END
}
"""


@pytest.mark.parametrize("surplus", ["", ","])
@pytest.mark.parametrize(
    ("principal", "condition", "wrong"),
    [
        ("*", "{}", True),
        ("arn:aws:iam::*:role/publisher", "{}", True),
        ("arn:aws:iam::111122223333:role/publisher", "{}", False),
        ("*", '{ "ArnEquals": { "aws:PrincipalArn": "arn:aws:iam::*:role/publisher" } }', True),
        ("*", '{ "ArnEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/publisher" } }', False),
    ],
)
def test_a_role_of_any_account_is_anybody(principal: str, condition: str, wrong: bool, surplus: str) -> None:
    """As a principal and in a condition; a comma too many does not hide a policy."""
    text = TOPIC.replace("WHO", principal).replace("WHEN", condition).replace("SURPLUS", surplus)
    assert bool(found("no-open-resource-policies", text)) is wrong


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("arn:aws:iam::123456789012:root", True),
        ("arn:aws:iam::root", True),
        ("arn:aws:iam::PARTNER_ACCOUNT:root", True),
        ("arn:aws:iam::${var.account}:root", False),
        ("arn:aws:iam::123456789012:role/root", False),
    ],
)
def test_an_account_is_trusted_with_its_number_or_a_word_in_its_place(who: str, told: bool) -> None:
    """A number that was left out will be put in; one that cannot be known may be the role's own account."""
    policy = f'jsonencode({{Statement=[{{Effect="Allow",Action="sts:AssumeRole",Principal={{AWS="{who}"}}}}]}})'
    text = f'resource "aws_iam_role" "it" {{\n name = "r"\n assume_role_policy = {policy}\n}}\n'
    assert bool(found("no-account-trust", text)) is told
