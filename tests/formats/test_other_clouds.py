"""What Azure and Google Cloud mean, resource by resource: small texts, what is found in them, and what is not."""

import pytest

from ringfence.controls import judging
from ringfence.controls.control import Scope
from ringfence.formats import terraform
from ringfence.formats.document import is_guess


def found(text: str) -> set[str]:
    """The ids of the controls that find something."""
    document = terraform.load(text, "main.tf", lambda path: None)
    assert document.unread == ()
    return {
        control.id
        for subject in document.subjects
        for control in judging(Scope.TERRAFORM)
        if control.takes(subject.model)
        for fault in control.faults(subject.model)
        if not is_guess(fault, subject.unknown)
    }


def rule(**said: str) -> str:
    lines = {
        "direction": '"Inbound"',
        "access": '"Allow"',
        "protocol": '"Tcp"',
        "destination_port_range": '"22"',
        "source_address_prefix": '"*"',
    } | said
    return (
        'resource "azurerm_network_security_rule" "r" {\n' + "".join(f"  {k} = {v}\n" for k, v in lines.items()) + "}\n"
    )


@pytest.mark.parametrize(
    ("said", "open_"),
    [
        ({}, True),
        ({"source_address_prefix": '"Internet"'}, True),
        ({"source_address_prefix": '"0.0.0.0/0"', "destination_port_range": '"20-30"'}, True),
        ({"destination_port_range": "null", "destination_port_ranges": '["80", "3389"]'}, True),
        ({"destination_port_range": '"*"', "protocol": '"*"'}, True),
        ({"source_address_prefix": '"10.0.0.0/8"'}, False),
        ({"source_address_prefix": '"VirtualNetwork"'}, False),
        ({"access": '"Deny"'}, False),
        ({"direction": '"Outbound"'}, False),
        ({"destination_port_range": '"443"'}, False),
        ({"source_address_prefix": "var.office"}, False),
        ({"destination_port_range": "var.port"}, False),
    ],
)
def test_rules_of_azure(said: dict[str, str], open_: bool) -> None:
    """Words, ranges and lists; what stops, goes out, or is not known is none."""
    assert ("no-public-admin-ports" in found(rule(**said))) is open_


def firewall(body: str) -> str:
    return f'resource "google_compute_firewall" "f" {{\n  name = "f"\n  network = "n"\n{body}}}\n'


ALLOW = '  allow {\n    protocol = "tcp"\n    ports = ["22"]\n  }\n'


@pytest.mark.parametrize(
    ("body", "open_"),
    [
        (ALLOW + '  source_ranges = ["0.0.0.0/0"]\n', True),
        (ALLOW, True),
        ('  allow {\n    protocol = "all"\n  }\n  source_ranges = ["::/0"]\n', True),
        (ALLOW + '  source_ranges = ["10.0.0.0/8"]\n', False),
        (ALLOW + '  source_tags = ["bastion"]\n', False),
        (ALLOW + '  source_ranges = ["0.0.0.0/0"]\n  disabled = true\n', False),
        (ALLOW.replace("allow", "deny") + '  source_ranges = ["0.0.0.0/0"]\n', False),
        (ALLOW + '  direction = "EGRESS"\n', False),
        (ALLOW + "  source_ranges = var.ranges\n", False),
    ],
)
def test_firewalls_of_google(body: str, open_: bool) -> None:
    """What names no source is open to everybody; tags, directions and switches count."""
    assert ("no-public-admin-ports" in found(firewall(body))) is open_


HARDENED = """\
resource "azurerm_storage_account" "a" {
  https_traffic_only_enabled        = true
  min_tls_version                   = "TLS1_2"
  allow_nested_items_to_be_public   = false
  local_user_enabled                = false
  shared_access_key_enabled         = false
  infrastructure_encryption_enabled = true
  network_rules {
    default_action = "Deny"
  }
  blob_properties {
    versioning_enabled = true
    delete_retention_policy {
      days = 14
    }
    container_delete_retention_policy {
      days = 14
    }
  }
  share_properties {
    smb {
      versions                = ["SMB3.1.1"]
      channel_encryption_type = ["AES-256-GCM"]
    }
    retention_policy {
      days = 14
    }
  }
  queue_properties {
    logging {
      read   = true
      write  = true
      delete = true
    }
  }
  customer_managed_key {
    key_vault_key_id = "k"
  }
}
resource "azurerm_management_lock" "a" {
  scope      = azurerm_storage_account.a.id
  lock_level = "CanNotDelete"
}

resource "azurerm_monitor_diagnostic_setting" "a" {
  target_resource_id = "${azurerm_storage_account.a.id}/blobServices/default"
  enabled_log {
    category_group = "allLogs"
  }
}

resource "azurerm_monitor_diagnostic_setting" "b" {
  target_resource_id = "${azurerm_storage_account.a.id}/tableServices/default"
  enabled_log {
    category_group = "allLogs"
  }
}

resource "azurerm_private_endpoint" "a" {
  private_service_connection {
    private_connection_resource_id = azurerm_storage_account.a.id
  }
}

resource "azurerm_storage_container" "c" {
  container_access_type = "private"
}
resource "azurerm_linux_web_app" "w" {
  app_settings = {
    APPLICATIONINSIGHTS_CONNECTION_STRING = azurerm_application_insights.a.connection_string
  }
  ftp_publish_basic_authentication_enabled = false
  webdeploy_publish_basic_authentication_enabled = false
  https_only                    = true
  public_network_access_enabled = false
  client_certificate_enabled    = true
  identity {
    type = "SystemAssigned"
  }
  auth_settings {
    enabled = true
  }
  logs {
    detailed_error_messages = true
    failed_request_tracing  = true
    http_logs {
      file_system {
        retention_in_days = 90
      }
    }
  }
  site_config {
    minimum_tls_version = "1.2"
    ftps_state          = "FtpsOnly"
    http2_enabled       = true
    health_check_path   = "/up"
  }
}
resource "azurerm_redis_cache" "r" {
  access_keys_authentication_enabled = false
  identity {
    type = "SystemAssigned"
  }
  patch_schedule {
    day_of_week = "Sunday"
  }
  zones = ["1", "2"]
  non_ssl_port_enabled          = false
  minimum_tls_version           = "1.2"
  public_network_access_enabled = false
}
resource "google_compute_instance" "i" {
  network_interface {
    network = "n"
  }
  service_account {
    email  = "a@b.iam.gserviceaccount.com"
    scopes = ["cloud-platform"]
  }
  metadata = {
    block-project-ssh-keys = true
  }
  shielded_instance_config {
    enable_secure_boot = true
  }
  confidential_instance_config {
    enable_confidential_compute = true
  }
}
resource "google_kms_crypto_key" "k" {
  rotation_period = "7776000s"
  lifecycle {
    prevent_destroy = true
  }
}
resource "google_kms_crypto_key" "s" {
  purpose = "ASYMMETRIC_SIGN"
  lifecycle {
    prevent_destroy = true
  }
}
resource "google_storage_bucket" "b" {
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  encryption {
    default_kms_key_name = "k"
  }
  versioning {
    enabled = true
  }
  logging {
    log_bucket = "logs"
  }
}
"""


def test_what_is_hardened_is_left_alone() -> None:
    """Nothing is found in resources that say all that is asked."""
    assert found(HARDENED) == set()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('resource "azurerm_storage_container" "c" {\n  container_access_type = "blob"\n}\n', {"no-public-buckets"}),
        ('resource "azurerm_mssql_firewall_rule" "r" {\n  start_ip_address = "0.0.0.0"\n  end_ip_address = "255.255.255.255"\n}\n', {"bounded-database-ranges"}),
        ('resource "azurerm_mssql_firewall_rule" "r" {\n  start_ip_address = "203.0.113.1"\n  end_ip_address = "203.0.113.9"\n}\n', set()),
        ('resource "google_project_iam_binding" "b" {\n  role = "roles/owner"\n  members = ["user:a@example.com"]\n}\n', {"groups-not-users", "no-primitive-roles"}),
        ('resource "google_storage_bucket_iam_binding" "b" {\n  role = "roles/storage.objectViewer"\n  members = ["user:a@b.c", "allAuthenticatedUsers"]\n}\n', {"groups-not-users", "no-public-bindings"}),
        ('resource "google_kms_crypto_key" "k" {\n}\n', {"kept-keys", "rotated-keys"}),
        ('resource "google_kms_crypto_key" "k" {\n  rotation_period = "63072000s"\n}\n', {"kept-keys", "quarterly-keys", "rotated-keys"}),
    ],
)  # fmt: skip
def test_single_resources(text: str, ids: set[str]) -> None:
    """Exactly what is wrong."""
    assert found(text) == ids


def test_what_is_not_known_is_no_finding() -> None:
    """Variables without values, through every attribute that decides something."""
    text = HARDENED.replace(" = true", " = var.on").replace(" = false", " = var.on").replace('"TLS1_2"', "var.tls")
    assert found(text) == set()
