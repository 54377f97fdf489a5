"""What watches an account of AWS: trails, filters, alarms; and the newer kinds of AWS, right and wrong."""

import pytest

from formats.cloud_kit import Row, check_row, found, resource, rows
from ringfence.controls import CATALOGUE, load
from ringfence.controls.control import Standard
from ringfence.formats import terraform
from ringfence.formats.document import is_guess

SILENT = ""
EVENTS = sorted(one for one in CATALOGUE if one.startswith("alarmed-") and Standard.CIS_AWS in load(one).standards)
TRAIL = resource(
    "aws_cloudtrail",
    'is_multi_region_trail=true;cloud_watch_logs_group_arn="${aws_cloudwatch_log_group.trail.arn}:*"',
    "all",
)
GROUP = resource("aws_cloudwatch_log_group", 'name="trail"', "trail")
TOPIC = "alarm_actions=[aws_sns_topic.security.arn]"
ROUTES = (
    "{ ($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName=ReplaceRoute) || "
    '($.eventName = ReplaceRouteTableAssociation) || ($.eventName = \\"DeleteRouteTable\\") || ($.eventName = DeleteRoute) '
    "|| ($.eventName = DisassociateRouteTable) }"
)


def log_filter(pattern: str, group: str = "aws_cloudwatch_log_group.trail.name", name: str = "it") -> str:
    body = f'  log_group_name = {group}\n  pattern = "{pattern}"\n'
    metric = f'  metric_transformation {{\n    name = "{name}"\n    namespace = "n"\n    value = "1"\n  }}\n'
    return f'resource "aws_cloudwatch_log_metric_filter" "{name}" {{\n{body}{metric}}}\n'


def alarm(metric: str = '"it"', actions: str = TOPIC) -> str:
    return resource("aws_cloudwatch_metric_alarm", f"metric_name={metric};{actions}")


WATCHED = TRAIL + GROUP + log_filter(ROUTES) + alarm()


@pytest.mark.parametrize("id", EVENTS)
def test_a_trail_alone_is_not_watched(id: str) -> None:
    """Each event has its own control, at the trail."""
    assert len(EVENTS) == 15
    assert [path for path, _ in found(id, TRAIL + GROUP)] == ["filters"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WATCHED, []),
        (TRAIL + GROUP + log_filter(ROUTES) + alarm("aws_cloudwatch_log_metric_filter.it.name"), []),
        (TRAIL + GROUP + log_filter(ROUTES) + alarm("aws_cloudwatch_log_metric_filter.it.id"), []),
        (TRAIL + GROUP + log_filter(ROUTES, '"trail"') + alarm(), []),
        (TRAIL + GROUP + log_filter(ROUTES, "var.group") + alarm(), []),
        (TRAIL + GROUP + log_filter(ROUTES), ["no alarm watches the filter for changes to routes"]),
        (TRAIL + GROUP + log_filter(ROUTES) + alarm('"other"'), ["no alarm watches the filter for changes to routes"]),
        (TRAIL + GROUP + log_filter(ROUTES) + alarm(actions="alarm_actions=[]"), ["the alarm on changes to routes notifies nobody"]),
        (TRAIL + GROUP + log_filter(ROUTES) + alarm(actions=f"actions_enabled=false;{TOPIC}"), ["the alarm on changes to routes notifies nobody"]),
        (TRAIL + GROUP + log_filter(ROUTES, '"elsewhere"') + alarm(), ["no filter matches changes to routes"]),
        (TRAIL + GROUP + log_filter(ROUTES.replace("DeleteRoute)", "DeleteRouter)")) + alarm(), ["no filter matches changes to routes"]),
        (TRAIL + GROUP + log_filter(ROUTES.replace("= CreateRoute)", "!= CreateRoute)")) + alarm(), ["no filter matches changes to routes"]),
        (TRAIL + GROUP + log_filter("x") + log_filter(ROUTES, name="two") + alarm('"two"'), []),
    ],
)  # fmt: skip
def test_a_filter_an_alarm_and_an_action(text: str, said: list[str]) -> None:
    """All three, on the trail's group, by reference or by name; half a pattern is none."""
    assert [one for _, one in found("alarmed-route-changes", text)] == said


@pytest.mark.parametrize(
    "text",
    [
        TRAIL.replace("=true", "=false") + GROUP,
        TRAIL.replace("=true", "=var.all") + GROUP,
        TRAIL + GROUP + 'module "alarms" {\n  source = "example/cis-alarms/aws"\n}\n',
        TRAIL + GROUP + log_filter("${var.pattern}"),
        resource("aws_cloudwatch_log_metric_filter", 'log_group_name="app";pattern="ERROR"'),
        "",
    ],
)
def test_what_is_not_known_or_not_meant_is_not_asked_for(text: str) -> None:
    """A trail of one region, alarms that may be made elsewhere, filters on an application's log."""
    assert found("alarmed-route-changes", text) == []


def test_filters_without_a_trail_are_judged_once() -> None:
    """Where filters on events stand without a trail, the first stands for all."""
    two = log_filter(ROUTES) + alarm() + log_filter("{ $.eventName = CreateVpc }", name="two")
    assert found("alarmed-route-changes", two) == []
    assert [one for _, one in found("alarmed-network-changes", two)] == ["no filter matches changes to networks"]


class Files(dict[str, str]):
    """Files in memory, as a format reads those around one."""

    def __call__(self, path: str) -> str | None:
        return self.get(path)

    def names(self, folder: str) -> list[str]:
        return [path.rpartition("/")[2] for path in self if path.rpartition("/")[0] == folder]

    def folders(self, ends: object) -> list[str]:
        return sorted({path.rpartition("/")[0] for path in self})


def test_a_filter_in_a_called_module_counts() -> None:
    """Filters and alarms may be made by a module beside the trail."""
    text = (
        TRAIL + GROUP + 'module "alarms" {\n  source = "./alarms"\n  group = aws_cloudwatch_log_group.trail.name\n}\n'
    )
    files = Files({"main.tf": text, "alarms/main.tf": log_filter(ROUTES, "var.group") + alarm()})
    document = terraform.load(text, "main.tf", files)
    control = load("alarmed-route-changes")
    some = [s for s in document.subjects if control.takes(s.model)]
    assert some
    assert [f for s in some for f in control.faults(s.model) if not is_guess(f, s.unknown)] == []


def test_filters_in_several_modules_stand_for_one_account() -> None:
    """Without a trail the first of them stands for all, whichever module it is seen from."""
    text = log_filter(ROUTES, '"trail"') + 'module "more" {\n  source = "./more"\n}\n'
    files = Files({"main.tf": text, "more/main.tf": log_filter("{ $.eventName = DeleteTrail }", '"trail"', "more")})
    documents = [terraform.load(files[one], one, files) for one in files]
    control = load("alarmed-route-changes")
    assert len([s for document in documents for s in document.subjects if control.takes(s.model)]) == 1


def test_a_key_that_another_module_looks_up_may_be_the_providers() -> None:
    """Its name says so there."""
    looked_up = resource("data.aws_kms_alias", 'name="alias/aws/rds"') + "output {} {{\n  value = {}\n}}\n".format(
        '"key"', "data.aws_kms_alias.it.target_key_arn"
    )
    text = 'module "key" {\n  source = "./key"\n}\n' + resource(
        "aws_docdb_cluster", "storage_encrypted=true;kms_key_id=module.key.key"
    )
    control = load("customer-key-databases")
    document = terraform.load(text, "main.tf", Files({"main.tf": text, "key/main.tf": looked_up}))
    assert [f.path for s in document.subjects if control.takes(s.model) for f in control.faults(s.model)]


KEY = 'kms_key_id="k"'
POINT = 'posix_user{gid=1;uid=1};root_directory{path="/a"}'
BEANSTALK = 'setting{{namespace="aws:elasticbeanstalk:{}";name="{}";value="{}"}}'

#: The kind, and for it: the control, a body in which it finds something, one in which it does not.
ROWS: dict[str, list[Row]] = {
    "aws_backup_vault": [("customer-key-services", SILENT, 'kms_key_arn="k"')],
    "aws_cloudformation_stack": [("announced-changes", SILENT, 'notification_arns=["t"]')],
    "aws_cloudtrail": [
        ("announced-changes", SILENT, 'sns_topic_name="t"'),
        ("logged-object-reads", SILENT, 'event_selector{data_resource{type="AWS::S3::Object"}}'),
        (
            "logged-object-writes",
            'event_selector{read_write_type="ReadOnly";data_resource{type="AWS::S3::Object"}}',
            'event_selector{read_write_type="ReadOnly";data_resource{type="AWS::S3::Object"}};event_selector{read_write_type="WriteOnly";data_resource{type="AWS::S3::Object"}}',
        ),
        ("logged-object-writes", 'event_selector{data_resource{type="AWS::Lambda::Function"}}', 'advanced_event_selector{name="a"}'),
    ],
    "aws_cloudtrail_event_data_store": [("customer-key-services", SILENT, KEY)],
    "aws_cloudwatch_metric_alarm": [("acting-alarms", "actions_enabled=false", SILENT)],
    "aws_dlm_lifecycle_policy": [
        ("encrypted-volumes", "policy_details{schedule{cross_region_copy_rule{encrypted=false}}}", "policy_details{schedule{cross_region_copy_rule{encrypted=true}}}"),
        ("customer-key-volumes", "policy_details{schedule{cross_region_copy_rule{encrypted=true}}}", 'policy_details{schedule{cross_region_copy_rule{encrypted=true;cmk_arn="k"}}}'),
        ("encrypted-volumes", 'policy_details{action{cross_region_copy{target="t"}}}', "policy_details{action{cross_region_copy{encryption_configuration{encrypted=true}}}}"),
    ],
    "aws_efs_access_point": [
        ("bounded-share-points", SILENT, POINT),
        ("bounded-share-points", POINT.replace('"/a"', '"/"'), POINT),
        ("share-points-as-one-user", 'root_directory{path="/a"}', POINT),
    ],
    "aws_elastic_beanstalk_configuration_template": [
        ("updated-app-platforms", SILENT, BEANSTALK.format("managedactions", "ManagedActionsEnabled", "true")),
    ],
    "aws_elastic_beanstalk_environment": [
        ("updated-app-platforms", BEANSTALK.format("managedactions", "ManagedActionsEnabled", "false"), BEANSTALK.format("managedactions", "ManagedActionsEnabled", "True")),
        ("watched-app-platforms", BEANSTALK.format("healthreporting:system", "SystemType", "basic"), BEANSTALK.format("healthreporting:system", "SystemType", "enhanced")),
        ("watched-app-platforms", SILENT, BEANSTALK.format("cloudwatch:logs:health", "HealthStreamingEnabled", "true")),
        ("app-platform-logs", SILENT, BEANSTALK.format("cloudwatch:logs", "StreamLogs", "true")),
        ("metadata-tokens", SILENT, 'setting{namespace="aws:autoscaling:launchconfiguration";name="DisableIMDSv1";value="true"}'),
        ("no-public-machines", 'setting{namespace="aws:ec2:vpc";name="AssociatePublicIpAddress";value="true"}', SILENT),
        ("no-secrets-in-tasks", BEANSTALK.format("application:environment", "DB_PASSWORD", "vT9-kQz7.mB2x"), BEANSTALK.format("application:environment", "STAGE", "prod")),
        ("updated-app-platforms", SILENT, 'setting{namespace=var.a;name="b";value="c"}'),
        ("updated-app-platforms", SILENT, 'setting{namespace="aws:elasticbeanstalk:managedactions";name="ManagedActionsEnabled";value=var.on}'),
    ],
    "aws_imagebuilder_component": [("customer-key-services", SILENT, KEY)],
    "aws_imagebuilder_distribution_configuration": [
        ("customer-key-volumes", 'distribution{ami_distribution_configuration{name="a"}}', 'distribution{ami_distribution_configuration{kms_key_id="k"}}')
    ],
    "aws_imagebuilder_image_recipe": [
        ("encrypted-volumes", "block_device_mapping{ebs{volume_size=8}}", "block_device_mapping{ebs{encrypted=true}}"),
        ("customer-key-volumes", "block_device_mapping{ebs{encrypted=true}}", 'block_device_mapping{ebs{kms_key_id="k"}}'),
    ],
    "aws_instance": [
        ("monitored-machines", SILENT, "monitoring=true"),
        ("monitored-machines", SILENT, 'launch_template{name="t"}'),
        ("machines-with-identities", SILENT, 'iam_instance_profile="p"'),
        ("bounded-metadata-hops", "metadata_options{http_put_response_hop_limit=2}", SILENT),
        ("bounded-metadata-hops", "metadata_options{http_put_response_hop_limit=2}", 'metadata_options{http_endpoint="disabled";http_put_response_hop_limit=2}'),
    ],
    "aws_networkfirewall_firewall": [
        ("deletion-protected-firewalls", SILENT, "delete_protection=true"),
        ("customer-key-services", SILENT, 'encryption_configuration{type="CUSTOMER_KMS";key_id="k"}'),
    ],
    "aws_networkfirewall_firewall_policy": [("customer-key-services", 'encryption_configuration{type="AWS_OWNED_KMS_KEY"}', 'encryption_configuration{type="CUSTOMER_KMS"}')],
    "aws_networkfirewall_rule_group": [("customer-key-services", SILENT, 'encryption_configuration{type="CUSTOMER_KMS"}')],
    "aws_rds_cluster_activity_stream": [("customer-key-services", SILENT, KEY)],
    "aws_s3_bucket": [
        ("public-access-blocked", SILENT, 'bucket="b"};resource "aws_s3_bucket_public_access_block" "b"{bucket=aws_s3_bucket.it.id'),
        ("logged-object-reads", SILENT, 'bucket="b"};resource "aws_cloudtrail" "t"{event_selector{read_write_type="ReadOnly";data_resource{type="AWS::S3::Object"}}'),
    ],
    "aws_s3_bucket_public_access_block": [
        ("public-lists-blocked", "block_public_policy=true", "block_public_acls=true"),
        ("public-policies-blocked", "block_public_acls=true", "block_public_policy=true"),
        ("public-lists-ignored", "block_public_acls=true", "ignore_public_acls=true"),
        ("public-buckets-restricted", "restrict_public_buckets=false", "restrict_public_buckets=true"),
    ],
    "aws_s3_bucket_object": [("customer-key-services", SILENT, KEY)],
    "aws_s3_bucket_ownership_controls": [
        ("no-object-lists", 'rule{object_ownership="ObjectWriter"}', 'rule{object_ownership="BucketOwnerEnforced"}')
    ],
    "aws_s3_object": [("customer-key-services", SILENT, KEY)],
    "aws_s3_object_copy": [("customer-key-services", SILENT, KEY)],
    "aws_secretsmanager_secret_rotation": [
        ("quarterly-keys", "rotation_rules{automatically_after_days=91}", "rotation_rules{automatically_after_days=90}")
    ],
    "data.aws_ami": [
        ("owned-images", 'filter{name="name";values=["debian-*"]}', 'filter{name="name";values=["debian-*"]};owners=["self"]'),
        ("owned-images", 'name_regex="debian"', 'filter{name="image-id";values=["ami-1"]}'),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "row"), rows(ROWS))
def test_what_is_wrong_is_found_and_what_is_right_is_not(kind: str, row: Row) -> None:
    """The one body has this control's fault, the other has not."""
    check_row(kind, row)


def test_the_log_and_the_copies_of_what_stands_elsewhere() -> None:
    """A firewall's log, a file system's copies, a stage's plan are resources of their own."""
    firewall = resource("aws_networkfirewall_firewall", "")
    log = resource("aws_networkfirewall_logging_configuration", "firewall_arn=aws_networkfirewall_firewall.it.arn")
    assert found("network-firewall-logs", firewall)
    assert found("network-firewall-logs", firewall + log) == []
    share = resource("aws_efs_file_system", "encrypted=true")
    policy = 'file_system_id=aws_efs_file_system.it.id;backup_policy{status="%s"}'
    assert found("file-share-backups", share)
    assert found("file-share-backups", share + resource("aws_efs_backup_policy", policy % "DISABLED"))
    assert found("file-share-backups", share + resource("aws_efs_backup_policy", policy % "ENABLED")) == []
    stage = resource("aws_api_gateway_stage", 'stage_name="prod"')
    plan = 'api_stages{api_id="a";stage="test"};api_stages{api_id="a";stage=%s}'
    assert found("metered-apis", stage)
    assert found("metered-apis", stage + resource("aws_api_gateway_usage_plan", plan % '"dev"'))
    assert (
        found(
            "metered-apis", stage + resource("aws_api_gateway_usage_plan", plan % "aws_api_gateway_stage.it.stage_name")
        )
        == []
    )
    assert found("metered-apis", stage + resource("aws_api_gateway_usage_plan", plan % "var.stage")) == []


def test_a_document_s_use_is_what_it_is_used_for() -> None:
    """One that names who is meant, and is given to a role all the same, is judged as that role's."""
    who = 'principals{type="AWS";identifiers=["arn:aws:iam::123456789012:root"]}'
    document = resource("data.aws_iam_policy_document", f'statement{{{who};actions=["s3:*"];resources=["*"]}}')
    policy = "policy=data.aws_iam_policy_document.it.json"
    assert found("no-service-wildcards", document) == []
    assert found("no-service-wildcards", document + resource("aws_iam_role_policy", policy))
    assert found("no-service-wildcards", document + resource("aws_s3_bucket_policy", policy)) == []


@pytest.mark.parametrize(
    ("value", "is_secret"),
    [
        ("random_password.a.result", True),
        ("random_password.a[0].result", True),
        ("aws_iam_access_key.a.secret", True),
        ('"${random_password.a.result}"', True),
        ('"postgres://app:${random_password.a.result}@db"', True),
        ("tls_private_key.a.private_key_pem", True),
        ("azurerm_storage_account.a.primary_access_key", True),
        ("aws_db_instance.a.password", True),
        ("azurerm_kubernetes_cluster.a.kube_config_raw", True),
        ("aws_secretsmanager_secret.a.arn", False),
        ("tls_private_key.a.public_key_pem", False),
        ("random_string.a.result", False),
        ("aws_iam_user.a.name", False),
        ("var.password", False),
        ("module.a.password", False),
        ('"${random_password.a.length}"', False),
    ],
)
def test_outputs_that_are_secrets(value: str, is_secret: bool) -> None:
    """What a resource calls a secret, given on without a mask."""
    assert bool(found("sensitive-outputs", f'output "a" {{\n  value = {value}\n}}\n')) is is_secret
    assert found("sensitive-outputs", f'output "a" {{\n  value = {value}\n  sensitive = true\n}}\n') == []
