"""What `--fix` leaves alone in Terraform: whatever shuts somebody out, has a thing made anew, or may be refused."""

import pytest

from formats.cloud_kit import resource
from formats.test_cloud_fixes import put_right


@pytest.mark.parametrize(
    ("id", "kind", "body"),
    [
        # The provider destroys it and makes another one.
        ("machine-agents", "azurerm_windows_virtual_machine", "provision_vm_agent=false"),
        ("private-cluster-nodes", "azurerm_kubernetes_cluster_node_pool", "enable_node_public_ip=true"),
        ("changed-first-passwords", "aws_iam_user_login_profile", 'user="a";password_length=8'),
        # Who came in does no longer.
        ("no-automatic-peering", "aws_ec2_transit_gateway", 'auto_accept_shared_attachments="enable"'),
        ("no-public-database-snapshots", "aws_db_snapshot", 'shared_accounts=["123456789012","all"]'),
        ("tls-webhooks", "github_repository_webhook", "configuration{insecure_ssl=true}"),
        ("drops-invalid-headers", "aws_lb", "drop_invalid_header_fields=false"),
        ("strict-load-balancers", "aws_lb", 'desync_mitigation_mode="monitor"'),
        # Alarms, events and other accounts cannot use the provider's keys.
        ("encrypted-topics", "aws_sns_topic", 'name="a"'),
        ("encrypted-builds", "aws_codebuild_project", 'artifacts{type="S3";encryption_disabled=true}'),
        # What clients ask for counts no longer.
        ("enforced-query-settings", "aws_athena_workgroup", "configuration{enforce_workgroup_configuration=false}"),
        # It costs twice as much, and needs what a cheaper one does not have.
        ("multi-zone-databases", "aws_db_instance", 'engine="postgres";multi_az=false'),
        # It is paid by what it looks at.
        ("running-detectors", "aws_guardduty_detector", "datasources{s3_logs{enable=false}}"),
        # Its role, or the account, must have the permission already.
        ("function-tracing", "aws_lambda_function", 'tracing_config{mode="PassThrough"}'),
        ("api-execution-logs", "aws_api_gateway_method_settings", 'settings{logging_level="OFF"}'),
    ],
)
def test_what_can_break_what_runs_is_left_without_being_asked_for(id: str, kind: str, body: str) -> None:
    """Only `--unsafe-fixes` writes it."""
    text = resource(kind, body)
    assert put_right(id, text, unsafe=False) == text
    assert put_right(id, text, unsafe=True) != text


def test_an_older_terraform_is_not_given_what_it_does_not_know() -> None:
    """Only from version 1.10 on can state be locked by a file."""
    text = 'terraform {\n  backend "s3" {\n    bucket = "state"\n    encrypt = true\n  }\n}\n'
    assert put_right("locked-state", text, unsafe=False) == text
    assert "use_lockfile" in put_right("locked-state", text, unsafe=True)


@pytest.mark.parametrize(
    ("id", "kind", "body", "written"),
    [
        # What S3 does by itself. With KMS, logs of load balancers and readers in other accounts would be shut out.
        ("encrypted-buckets", "aws_s3_bucket", 'bucket="a"', 'sse_algorithm = "AES256"'),
        ("broker-monitoring", "aws_msk_cluster", 'enhanced_monitoring="DEFAULT"', 'enhanced_monitoring="PER_BROKER"'),
        ("encrypted-streams", "aws_kinesis_stream", 'kms_key_id="alias/own"', 'encryption_type = "KMS"'),
    ],
)
def test_a_fix_writes_what_the_provider_takes(id: str, kind: str, body: str, written: str) -> None:
    """And what changes nothing for those who use it today."""
    assert written in put_right(id, resource(kind, body), unsafe=False)


@pytest.mark.parametrize(
    ("id", "kind", "body"),
    [
        ("encrypted-streams", "aws_kinesis_stream", 'encryption_type="NONE"'),
        ("identity-database-login", "aws_neptune_cluster", "iam_database_authentication_enabled=false"),
        ("multi-zone-databases", "aws_elasticache_replication_group", "multi_az_enabled=false"),
    ],
)
def test_what_needs_more_than_one_edit_is_a_decision(id: str, kind: str, body: str) -> None:
    """A key, signed requests or a second node: nobody but the user can say."""
    text = resource(kind, body)
    assert put_right(id, text, unsafe=True) == text


def test_the_firewalls_own_actions_are_kept() -> None:
    """Only what lets packets pass is replaced."""
    body = (
        'firewall_policy{stateless_default_actions=["aws:pass","own"];stateless_fragment_default_actions=["aws:drop"]}'
    )
    text = resource("aws_networkfirewall_firewall_policy", body)
    assert '["aws:forward_to_sfe", "own"]' in put_right("inspected-packets", text, unsafe=True)
