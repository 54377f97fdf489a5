"""What holds for whole accounts and organizations of AWS, and doors that are no machines."""

import json

import pytest

from formats.cloud_kit import Row, check_row, found, resource, rows


def policy(kind: str, document: object) -> str:
    """A policy of OpenSearch without servers."""
    return f'name="logs";type="{kind}";policy=jsonencode({json.dumps(document)})'


def door(public: bool) -> dict[str, object]:
    """Who reaches a collection."""
    rule = {"ResourceType": "collection", "Resource": ["collection/logs"]}
    return {"Rules": [rule], "AllowFromPublic": public}


ALL = {"Rules": [{"ResourceType": "collection", "Resource": ["collection/*"]}]}
PORT = 'instance_name="a";port_info{protocol="tcp";from_port=22;to_port=22%s}'
DEFAULTS = "aws_ec2_instance_metadata_defaults"
SHARED = "aws_ec2_image_block_public_access"
DOCUMENTS = 'setting_id="arn:aws:ssm:eu-west-1:123456789012:servicesetting/ssm/documents/console/%s"'
PUBLIC = DOCUMENTS % "public-sharing-permission"
MALWARE = "malware_protection{scan_ec2_instance_with_findings{ebs_volumes{enable=%s}}}"
FLEET = 'launch_specification{ami="a";%s};launch_specification{ami="b";root_block_device{encrypted=true}}'
LOGGED = "tunnel%d_log_options{cloudwatch_log_options{log_enabled=true}}"
PACKETS = 'firewall_policy{stateless_default_actions=["%s","own"];stateless_fragment_default_actions=["%s"]}'

ROWS: dict[str, list[Row]] = {
    "aws_ec2_serial_console_access": [
        ("no-serial-console", "", "enabled=false"),
        ("no-serial-console", "enabled=true", "enabled=var.on"),
    ],
    DEFAULTS: [
        ("metadata-tokens", 'http_tokens="optional"', 'http_tokens="no-preference"'),
        ("metadata-tokens", 'http_tokens="optional"', 'http_tokens="optional";http_endpoint="disabled"'),
        ("bounded-metadata-hops", "http_put_response_hop_limit=2", 'http_tokens="required"'),
    ],
    SHARED: [("public-sharing-blocked", 'state="unblocked"', 'state="block-new-sharing"')],
    "aws_ebs_snapshot_block_public_access": [("public-sharing-blocked", 'state="unblocked"', "state=var.state")],
    "aws_organizations_organization": [("whole-organizations", 'feature_set="CONSOLIDATED_BILLING"', "")],
    "aws_ssoadmin_permission_set": [
        ("short-sessions", 'session_duration="PT1H30M"', 'session_duration="PT45M"'),
        ("short-sessions", 'session_duration="PT12H"', "session_duration=var.long"),
    ],
    "aws_ec2_client_vpn_endpoint": [
        ("service-logs", "connection_log_options{enabled=false}", "connection_log_options{enabled=true}"),
    ],
    "aws_lightsail_instance_public_ports": [
        ("no-public-admin-ports", PORT % "", PORT % ';cidrs=["10.1.0.0/16"]'),
        ("no-public-ingress", PORT % ';ipv6_cidrs=["::/0"]', PORT % ';cidr_list_aliases=["lightsail-connect"]'),
        ("no-public-ingress", PORT % ';cidrs=["10.1.0.0/16","0.0.0.0/0"]', PORT % ";cidrs=var.known"),
    ],
    "aws_opensearchserverless_security_policy": [
        ("no-public-databases", policy("network", [door(False), door(True)]), policy("network", [door(False)])),
        ("no-public-databases", policy("network", [door(True)]), 'type="network";policy=var.policy'),
        (
            "customer-key-databases",
            policy("encryption", {**ALL, "AWSOwnedKey": True}),
            policy("encryption", {**ALL, "KmsARN": "arn:aws:kms:eu-central-1:123456789012:key/1a"}),
        ),
    ],
    "aws_ssm_service_setting": [
        ("public-sharing-blocked", f'{PUBLIC};setting_value="Enable"', f'{PUBLIC};setting_value="Disable"'),
        (
            "public-sharing-blocked",
            f'{PUBLIC};setting_value="Enable"',
            f'{DOCUMENTS % "another"};setting_value="Enable"',
        ),
    ],
    "aws_guardduty_detector": [
        ("running-detectors", "datasources{s3_logs{enable=false}}", "datasources{s3_logs{enable=true}}"),
        ("running-detectors", "datasources{kubernetes{audit_logs{enable=false}}}", "datasources{}"),
        ("running-detectors", f"datasources{{{MALWARE % 'false'}}}", f"datasources{{{MALWARE % 'var.on'}}}"),
    ],
    "aws_guardduty_detector_feature": [
        ("running-detectors", 'name="RDS_LOGIN_EVENTS";status="DISABLED"', 'name="RDS_LOGIN_EVENTS";status="ENABLED"'),
    ],
    "aws_guardduty_organization_configuration_feature": [
        (
            "running-detectors",
            'name="RDS_LOGIN_EVENTS";auto_enable="NONE"',
            'name="RDS_LOGIN_EVENTS";auto_enable="NEW"',
        ),
    ],
    "aws_waf_rule_group": [("web-firewall-rules", 'name="a"', "activated_rule{rule_id=aws_waf_rule.a.id}")],
    "aws_wafregional_rule_group": [("web-firewall-rules", 'name="a"', "activated_rule{rule_id=var.rule}")],
    "aws_wafv2_rule_group": [
        ("web-firewall-rules", 'name="a"', 'name="a";rule{name="b"}'),
        ("web-firewall-rules", 'name="a"', "rules_json=file(var.path)"),
    ],
    "aws_macie2_account": [("running-detectors", 'status="PAUSED"', "")],
    "aws_ecs_task_set": [
        ("no-public-tasks", "network_configuration{assign_public_ip=true}", "network_configuration{subnets=var.some}"),
    ],
    "aws_spot_fleet_request": [
        ("encrypted-machine-disks", FLEET % "instance_type=1", FLEET % "root_block_device{encrypted=true}"),
        ("no-public-machines", FLEET % "associate_public_ip_address=true", FLEET % "associate_public_ip_address=var.x"),
        (
            "no-secrets-in-user-data",
            FLEET % 'user_data="export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIbK7MDENGbPxRfiCYzQ8rT5vW2xL"',
            FLEET % 'user_data="echo"',
        ),
    ],
    "aws_vpn_connection": [
        ("service-logs", LOGGED % 1, f"{LOGGED % 1};{LOGGED % 2}"),
        ("service-logs", 'type="ipsec.1"', f"{LOGGED % 1};tunnel2_log_options=var.logs"),
    ],
    "aws_s3control_multi_region_access_point": [
        (
            "public-lists-ignored",
            'details{name="a";public_access_block{ignore_public_acls=false}}',
            'details{name="a";public_access_block{ignore_public_acls=true}}',
        ),
        ("public-lists-blocked", "details{public_access_block{block_public_acls=false}}", 'details{name="a"}'),
    ],
    "aws_lightsail_database": [("no-public-databases", "publicly_accessible=true", "")],
    "aws_timestreaminfluxdb_db_instance": [
        ("no-public-databases", "publicly_accessible=true", "publicly_accessible=false"),
    ],
    "aws_networkfirewall_firewall_policy": [
        ("inspected-packets", PACKETS % ("aws:pass", "aws:drop"), PACKETS % ("aws:forward_to_sfe", "aws:drop")),
        ("inspected-packets", PACKETS % ("aws:drop", "aws:pass"), PACKETS % ("aws:drop", "aws:forward_to_sfe")),
    ],
    "aws_iam_access_key": [
        ("no-root-keys", 'user="root"', 'user="root";status="Inactive"'),
        ("no-root-keys", 'user="root";status="Active"', 'user="root";status=var.status'),
    ],
}


@pytest.mark.parametrize(("kind", "row"), rows(ROWS))
def test_accounts_and_doors(kind: str, row: Row) -> None:
    """Each said wrong and said right."""
    check_row(kind, row)


@pytest.mark.parametrize("body", ["http_put_response_hop_limit=-1", 'http_endpoint="no-preference"'])
def test_what_has_no_preference_is_no_default(body: str) -> None:
    """Only what is said for all machines counts."""
    for id in ("metadata-tokens", "bounded-metadata-hops"):
        assert found(id, resource(DEFAULTS, body)) == []


@pytest.mark.parametrize(("wrong", "right"), [("0", "1"), ("false", "true"), ("False", "TRUE")])
def test_texts_that_terraform_takes_for_a_bool(wrong: str, right: str) -> None:
    """Also where another resource says it."""
    assert found("encrypted-volumes", resource("aws_ebs_volume", f'size=8;encrypted="{wrong}"'))
    assert found("encrypted-volumes", resource("aws_ebs_volume", f'size=8;encrypted="{right}"')) == []


def test_what_another_resource_says_in_a_text() -> None:
    """A bucket's list counts for nothing where the block has it ignored."""
    shown = resource("aws_s3_bucket", 'bucket="b"', "b") + resource("aws_s3_bucket_acl", 'bucket="b";acl="public-read"')
    block = 'bucket="b";ignore_public_acls="%s"'
    assert found("no-public-buckets", shown + resource("aws_s3_bucket_public_access_block", block % 0, "of"))
    assert found("no-public-buckets", shown + resource("aws_s3_bucket_public_access_block", block % 1, "of")) == []


OPEN = '{Statement=[{Effect="Allow",Action="%s",Resource="*",Principal={AWS="*"}}]}'


@pytest.mark.parametrize(
    ("kind", "attribute"),
    [
        ("aws_acmpca_policy", "policy"),
        ("aws_cloudwatch_log_destination_policy", "access_policy"),
        ("aws_msk_cluster_policy", "policy"),
        ("aws_networkfirewall_resource_policy", "policy"),
        ("aws_redshift_resource_policy", "policy"),
        ("aws_s3control_access_point_policy", "policy"),
        ("aws_s3control_bucket_policy", "policy"),
        ("aws_s3control_object_lambda_access_point_policy", "policy"),
        ("aws_s3tables_table_bucket_policy", "resource_policy"),
        ("aws_s3tables_table_policy", "resource_policy"),
        ("aws_sagemaker_model_package_group_policy", "resource_policy"),
        ("aws_schemas_registry_policy", "policy"),
        ("aws_vpclattice_auth_policy", "policy"),
        ("aws_vpclattice_resource_policy", "policy"),
        ("aws_xray_resource_policy", "policy_document"),
    ],
)
def test_policies_of_resources_open_nothing_to_everybody(kind: str, attribute: str) -> None:
    """Each kind of resource that has a policy of its own."""
    text = resource(kind, f"{attribute}=jsonencode({OPEN % 'any:Read'})")
    assert found("no-open-resource-policies", text)
    assert (
        found("no-open-resource-policies", text.replace('AWS="*"', 'AWS="arn:aws:iam::123456789012:role/reader"')) == []
    )


def test_policies_of_devices_bound_their_actions() -> None:
    """A certificate of a device has the rights that its policy gives."""
    text = resource("aws_iot_policy", 'policy=jsonencode({Statement=[{Effect="Allow",Action="iot:*",Resource="*"}]})')
    assert found("no-service-wildcards", text)
    assert found("no-service-wildcards", text.replace("iot:*", "iot:Connect")) == []


LISTED = """
resource "aws_ec2_managed_prefix_list" "known" {
  name = "known"
  entry {
    cidr = "10.1.0.0/16"
  }
  entry {
    cidr = "%s"
  }
}
resource "aws_ec2_managed_prefix_list" "apart" {
  name = "apart"
}
resource "aws_ec2_managed_prefix_list_entry" "apart" {
  cidr           = "%s"
  prefix_list_id = aws_ec2_managed_prefix_list.apart.id
}
"""
OPEN_SSH = 'from_port=22;to_port=22;%s="tcp";%s'


@pytest.mark.parametrize("name", ["known", "apart"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("aws_security_group", "ingress{%s}" % (OPEN_SSH % ("protocol", "prefix_list_ids=[%s]"))),
        ("aws_security_group_rule", f'type="ingress";{OPEN_SSH % ("protocol", "prefix_list_ids=[%s]")}'),
        ("aws_vpc_security_group_ingress_rule", OPEN_SSH % ("ip_protocol", "prefix_list_id=%s")),
    ],
)
def test_lists_of_addresses_open_what_they_hold(kind: str, body: str, name: str) -> None:
    """Also where an entry stands apart; lists from elsewhere hold nobody knows what."""
    text = resource(kind, body % f"aws_ec2_managed_prefix_list.{name}.id")
    assert found("no-public-admin-ports", LISTED % ("0.0.0.0/0", "0.0.0.0/0") + text)
    assert found("no-public-admin-ports", LISTED % ("10.2.0.0/16", "10.2.0.0/16") + text) == []
    assert found("no-public-admin-ports", LISTED % ("0.0.0.0/0", "0.0.0.0/0") + resource(kind, body % '"pl-1"')) == []


DEFAULT = "aws_ebs_encryption_by_default"


@pytest.mark.parametrize(
    ("id", "kind", "body"),
    [
        ("encrypted-volumes", "aws_ebs_volume", "size=8%s"),
        ("encrypted-machine-disks", "aws_instance", 'ami="a";root_block_device{volume_size=8%s}'),
        ("encrypted-machine-disks", "aws_launch_template", "block_device_mappings{ebs{volume_size=8%s}}"),
    ],
)
def test_disks_that_the_account_encrypts_need_not_say_it(id: str, kind: str, body: str) -> None:
    """Where the account encrypts new disks; not those that refuse it."""
    silent, refused = resource(kind, body % ""), resource(kind, body % ";encrypted=false")
    for on in ("", "enabled=true", "enabled=var.on"):
        assert found(id, silent + resource(DEFAULT, on, "all")) == []
        assert found(id, refused + resource(DEFAULT, on, "all"))
    assert found(id, silent + resource(DEFAULT, "enabled=false", "all"))


def test_buckets_that_the_account_keeps_private_need_no_block() -> None:
    """All four parts of it count."""
    bucket = resource("aws_s3_bucket", 'bucket="logs"')
    parts = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
    whole = ";".join(f"{part}=true" for part in parts)
    block = "aws_s3_account_public_access_block"
    assert found("public-access-blocked", bucket)
    assert found("public-access-blocked", bucket + resource(block, whole)) == []
    assert found("public-access-blocked", bucket + resource(block, whole.replace("true", "false", 1)))
