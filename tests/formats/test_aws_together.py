"""AWS resources that are right or wrong only together with others."""

import pytest

from formats.cloud_kit import found, resource

SYSTEM = resource("aws_efs_file_system", "encrypted=true")
DISK = resource("aws_ebs_volume", "encrypted=true")
CLUSTER = resource("aws_rds_cluster", 'engine="aurora-mysql"')
KEPT = [
    ("file-share-backups", SYSTEM, "aws_efs_file_system"),
    ("planned-backups", DISK, "aws_ebs_volume"),
    ("planned-backups", CLUSTER, "aws_rds_cluster"),
]


def plan(body: str) -> str:
    """What a plan of backups copies."""
    return resource("aws_backup_selection", body, "nightly")


@pytest.mark.parametrize(("id", "text", "kind"), KEPT)
def test_plans_of_backups_copy_what_they_name(id: str, text: str, kind: str) -> None:
    """By reference. Where a plan goes by tags or patterns, nobody can say."""
    assert found(id, text)
    assert found(id, text + plan('resources=["arn:aws:ec2:eu-central-1:123456789012:volume/another"]'))
    assert found(id, text + plan(f"resources=[{kind}.other.arn]"))
    for some in (
        f"resources=[{kind}.it.arn]",
        'resources=["*"]',
        "resources=var.kept",
        'selection_tag{type="STRINGEQUALS";key="kept";value="yes"};resources=[]',
    ):
        assert found(id, text + plan(some)) == []


def test_snapshots_by_a_rule_are_made_of_volumes_only() -> None:
    """Rules of snapshots go by tags."""
    rule = resource("aws_dlm_lifecycle_policy", 'state="ENABLED"')
    assert found("planned-backups", DISK + rule) == []
    assert found("planned-backups", CLUSTER + rule)


def test_a_zone_that_others_are_joined_to_is_private() -> None:
    """Only private zones are joined to networks."""
    zone = resource("aws_route53_zone", 'name="shop.example"')
    assert found("signed-zones", zone)
    joined = resource("aws_route53_zone_association", 'zone_id=aws_route53_zone.it.zone_id;vpc_id="v"')
    assert found("signed-zones", zone + joined) == []


@pytest.mark.parametrize(("protocol", "wrong"), [('"WEBSOCKET"', True), ('"HTTP"', False), ("var.protocol", False)])
def test_only_interfaces_of_sockets_can_show_a_certificate(protocol: str, wrong: bool) -> None:
    """Those over HTTP have no client certificate."""
    interface = resource("aws_apigatewayv2_api", f"protocol_type={protocol}")
    stage = "api_id=aws_apigatewayv2_api.it.id"
    assert bool(found("api-client-certificates", interface + resource("aws_apigatewayv2_stage", stage))) is wrong
    shown = resource("aws_apigatewayv2_stage", stage + ';client_certificate_id="c"')
    assert found("api-client-certificates", interface + shown) == []


@pytest.mark.parametrize(("protocol", "wrong"), [('"WEBSOCKET"', True), ('"HTTP"', False)])
def test_only_interfaces_of_sockets_log_what_they_do(protocol: str, wrong: bool) -> None:
    """Where no level is said, nothing is logged."""
    interface = resource("aws_apigatewayv2_api", f"protocol_type={protocol}")
    stage = "api_id=aws_apigatewayv2_api.it.id"
    assert bool(found("api-execution-logs", interface + resource("aws_apigatewayv2_stage", stage))) is wrong
    logged = resource("aws_apigatewayv2_stage", stage + ';default_route_settings{logging_level="INFO"}')
    assert found("api-execution-logs", interface + logged) == []


@pytest.mark.parametrize(
    ("certificate", "wrong"),
    [
        ('minimum_protocol_version="TLSv1.2_2021"', True),
        ('acm_certificate_arn="a";minimum_protocol_version="TLSv1.2_2021"', False),
        ('iam_certificate_id="a"', False),
        ("acm_certificate_arn=var.certificate", False),
        ("acm_certificate_arn=aws_acm_certificate.shop.arn", False),
        ("acm_certificate_arn=null", True),
    ],
)
def test_a_certificate_of_ones_own_is_named(certificate: str, wrong: bool) -> None:
    """Where none is, the shared one is shown."""
    one = resource("aws_cloudfront_distribution", f"viewer_certificate{{{certificate}}}")
    assert bool(found("own-certificates", one)) is wrong


@pytest.mark.parametrize(
    ("stage", "name", "wrong"),
    [
        ('"live"', "aws_api_gateway_stage.it.stage_name", False),
        ('"live"', '"live"', False),
        ('"live"', '"test"', True),
        ('"live"', "var.stage", False),
        ("var.stage", '"test"', False),
    ],
)
def test_a_stage_of_which_nothing_is_said_logs_nothing(stage: str, name: str, wrong: bool) -> None:
    """Levels of logs stand in settings of their own."""
    one = resource("aws_api_gateway_stage", f"stage_name={stage}")
    settings = resource("aws_api_gateway_method_settings", f'stage_name={name};settings{{logging_level="INFO"}}')
    assert bool(found("api-execution-logs", one + settings)) is wrong


def test_a_record_holds_what_has_no_region() -> None:
    """In one region; where it is made in several, another may do it."""
    partly = "recording_group{all_supported=true}"
    record = resource("aws_config_configuration_recorder", partly)
    assert [path for path, _ in found("recorded-configuration", record)] == ["global_resources"]
    whole = "recording_group{all_supported=true;include_global_resource_types=true}"
    assert found("recorded-configuration", resource("aws_config_configuration_recorder", whole)) == []
    elsewhere = resource("aws_config_configuration_recorder", "provider=aws.main;" + whole, "main")
    assert found("recorded-configuration", record + elsewhere) == []


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("auto_enable=false", True),
        ('auto_enable_organization_members="NONE"', True),
        ('auto_enable_organization_members="NEW"', False),
        ("auto_enable=var.every", False),
    ],
)
def test_accounts_of_an_organization_are_watched_too(body: str, wrong: bool) -> None:
    """New ones by themselves."""
    one = resource("aws_guardduty_organization_configuration", body)
    assert bool(found("running-detectors", one)) is wrong


@pytest.mark.parametrize(("kind", "wrong"), [('"SecureString"', True), ("var.kind", False), ('"String"', False)])
def test_a_parameter_that_is_no_secret_may_be_sent(kind: str, wrong: bool) -> None:
    """Parameters of SSM say what they are."""
    parameter = resource("aws_ssm_parameter", f"type={kind}")
    request = resource("data.http", "url=join(aws_ssm_parameter.it.value, [])")
    assert bool(found("no-secrets-in-requests", parameter + request)) is wrong


@pytest.mark.parametrize(("viewers", "wrong"), [("allow-all", True), ("redirect-to-https", False)])
def test_an_origin_gets_http_where_viewers_may_use_it(viewers: str, wrong: bool) -> None:
    """What viewers use goes on to it."""
    body = (
        f'default_cache_behavior{{viewer_protocol_policy="{viewers}"}};origin{{domain_name="shop.example";'
        'custom_origin_config{origin_protocol_policy="match-viewer";origin_ssl_protocols=["TLSv1.2"]}}'
    )
    assert bool(found("tls-origins", resource("aws_cloudfront_distribution", body))) is wrong


@pytest.mark.parametrize(
    ("action", "on", "wrong"),
    [
        ("*", "arn:aws:s3:::orders/*", True),
        ("s3:*", "arn:aws:s3:::orders/*", False),
        ("*", "*", False),  # everything: the matter of another control
    ],
)
def test_every_action_on_few_resources_is_told(action: str, on: str, wrong: bool) -> None:
    """It is less than everything, and more than anybody needs."""
    document = f'statement{{actions=["{action}"];resources=["{on}"]}}'
    one = resource("data.aws_iam_policy_document", document)
    assert bool(found("no-wildcard-resource-actions", one)) is wrong


TABLE = 'name="orders";read_capacity=5'


def test_tables_are_scaled_or_paid_by_request() -> None:
    """What scales names the table; where nobody can say what is scaled, nobody can say."""
    fixed = resource("aws_dynamodb_table", TABLE)
    assert found("scaled-tables", fixed)
    for mode in ('"PAY_PER_REQUEST"', "var.mode"):
        assert found("scaled-tables", resource("aws_dynamodb_table", f"{TABLE};billing_mode={mode}")) == []
    for what, wrong in [
        ('"table/${aws_dynamodb_table.it.name}"', False),
        ('"table/orders"', False),
        ("var.table", False),
        ('"table/others"', True),
    ]:
        target = f'resource "aws_appautoscaling_target" "it" {{\n resource_id = {what}\n}}\n'
        same = 'resource "aws_appautoscaling_policy" "it" {resource_id = aws_appautoscaling_target.it.resource_id}\n'
        assert bool(found("scaled-tables", fixed + target + same)) is wrong
        assert bool(found("scaled-tables", fixed + target)) is (what != "var.table")
        policy = f'resource "aws_appautoscaling_policy" "it" {{\n resource_id = {what}\n}}\n'
        assert bool(found("scaled-tables", fixed + target + policy)) is wrong


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("RC4-MD5", '"true"', True),
        ("TLS_RSA_EXPORT_WITH_DES40_CBC_SHA", '"true"', True),
        ("DES-CBC3-SHA", "true", True),
        ("DES-CBC3-SHA", '"false"', False),
        ("DES-CBC3-SHA", "var.old", False),
        ("ECDHE-ECDSA-AES256-GCM-SHA384", '"true"', False),
        ("Protocol-TLSv1.2", '"true"', False),
    ],
)
def test_policies_of_balancers_name_their_ciphers(name: str, value: str, wrong: bool) -> None:
    """One that is turned off is no matter."""
    body = f'policy_attribute{{name="{name}";value={value}}}'
    assert bool(found("strong-listener-ciphers", resource("aws_load_balancer_policy", body))) is wrong


@pytest.mark.parametrize(
    ("template", "wrong"),
    [
        ('image_id="ami-0a1b2c3d"', True),
        ('block_device_mappings{device_name="/dev/xvda";ebs{encrypted=true}}', False),
        ('dynamic "block_device_mappings" {for_each = var.disks}', False),
    ],
)
def test_disks_of_machines_may_be_those_of_their_template(template: str, wrong: bool) -> None:
    """Where it names none, the root disk is as its image has it; a template that is not shown may name some."""
    for by in ("id=aws_launch_template.it.id", 'name="web"'):
        machine = resource("aws_instance", f"launch_template{{{by}}}")
        assert found("encrypted-machine-disks", machine) == []
        both = machine + resource("aws_launch_template", f'name="web";{template}')
        assert bool(found("encrypted-machine-disks", both)) is wrong


def test_what_a_stage_logs_is_said_by_its_name_or_not_at_all() -> None:
    """Settings of a stage whose name is not known may be this one's."""
    stage = resource("aws_api_gateway_stage", 'rest_api_id="a";stage_name="web-${var.name}"')
    settings = resource("aws_api_gateway_method_settings", 'settings{logging_level="ERROR"};stage_name=%s')
    assert found("api-execution-logs", stage)
    assert found("api-execution-logs", stage + settings % "aws_api_gateway_stage.it.stage_name") == []
    assert found("api-execution-logs", stage + settings % "var.stage") == []


@pytest.mark.parametrize(
    ("looked_up", "wrong"),
    [
        ('name="default";vpc_id=var.network', True),
        ('vpc_id=var.network;filter{name="group-name";values=["default"]}', True),
        ('name="shop"', False),
        ("name=var.group", False),
        ('filter{name="group-name";values=["default", "shop"]}', False),
        ('filter{name="vpc-id";values=["default"]}', False),
    ],
)
def test_a_group_that_is_looked_up_as_default_is_the_network_s(looked_up: str, wrong: bool) -> None:
    """No group that somebody makes may have that name."""
    group = resource("data.aws_security_group", looked_up)
    machine = resource("aws_instance", "vpc_security_group_ids=[data.aws_security_group.it.id]")
    assert bool(found("own-machine-firewalls", group + machine)) is wrong
