"""Digits that are no number keep nothing from being examined: of another script, too many, with two signs."""

import pytest

from formats.cloud_kit import resource
from ringfence.formats import terraform

HOSTILE = ("²", "٣", "9" * 6000, "--5", "-", "1e9", "0x10", " 1", "1.5.5")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("google_compute_firewall", 'allow{{protocol="tcp";ports=["{0}","{0}-{0}"]}}'),
        ("google_kms_crypto_key", 'rotation_period="{0}s"'),
        ("google_logging_project_bucket_config", 'retention_days="{0}"'),
        ("google_project", 'name="a";count="{0}"'),
        ("azurerm_network_security_rule", 'destination_port_range="{0}-{0}";access="Allow";direction="Inbound"'),
        ("aws_acm_certificate", 'key_algorithm="RSA_{0}"'),
        ("aws_security_group_rule", 'type="ingress";from_port="{0}";to_port="{0}";cidr_blocks=["10.0.0.0/8"]'),
        ("alicloud_security_group_rule", 'type="ingress";port_range="{0}/{0}"'),
        ("alicloud_kms_key", 'automatic_rotation="Enabled";rotation_interval="{0}d"'),
        ("digitalocean_firewall", 'inbound_rule{{protocol="tcp";port_range="{0}";source_addresses=["10.0.0.0/8"]}}'),
        ("openstack_fw_rule_v1", 'action="allow";destination_port="{0}:{0}"'),
        ("openstack_networking_secgroup_rule_v2", 'port_range_min="{0}";port_range_max="{0}"'),
    ],
)
@pytest.mark.parametrize("digits", HOSTILE, ids=lambda one: one[:6])
def test_what_is_no_number_is_read_all_the_same(kind: str, body: str, digits: str) -> None:
    """The resource is a subject, whatever stands where a number should."""
    document = terraform.load(resource(kind, body.format(digits)), "main.tf", lambda path: None)
    assert document.unread == ()
    assert document.subjects
