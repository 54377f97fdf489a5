"""Every kind of the smaller providers: what is found in one that says little or the wrong thing, and not in the right
one."""

import pytest

from formats.cloud_kit import Row, check_row, found, resource, rows
from ringfence.formats.terraform.alibaba import KINDS as ALIBABA
from ringfence.formats.terraform.digitalocean import KINDS as DIGITALOCEAN
from ringfence.formats.terraform.openstack import KINDS as OPENSTACK

SILENT = ""
RULE = 'type="ingress";ip_protocol="tcp";port_range="%s";cidr_ip="%s"'
SSH_IN = 'direction="ingress";protocol="tcp";port_range_min=22;port_range_max=22;%s'
DROPLET_IN = 'inbound_rule{protocol="tcp";port_range="%s";source_addresses=["%s"]}'
SECGROUP_IN = 'description="a";rule{from_port=%s;to_port=%s;ip_protocol="tcp";cidr="%s"}'
DISK: list[Row] = [
    ("encrypted-volumes", SILENT, "encrypted=true"),
    ("encrypted-volumes", "encrypted=false", "snapshot_id=var.copy"),
    ("customer-key-volumes", "encrypted=true", 'encrypted=true;kms_key_id="k"'),
]
POLICY = 'policy=jsonencode({Version="1",Statement=[{Effect="Allow",Action=["oss:*"],Principal=[%s],Resource=["acs:oss:*:*:b"]}]})'
TEMPLATE: list[Row] = [
    ("encrypted-machine-disks", "data_disks{encrypted=true};data_disks{encrypted=false}", "data_disks{encrypted=true}"),
]
CLUSTER: list[Row] = [
    ("private-cluster-endpoint", SILENT, "slb_internet_enabled=false"),
    ("deletion-protected-clusters", SILENT, "deletion_protection=true"),
]
FW_RULE: list[Row] = [
    ("no-public-ingress", 'action="allow";protocol="tcp"', 'action="allow";protocol="tcp";source_ip_address="10.0.0.0/8"'),
    ("no-public-admin-ports", 'action="allow";destination_port="20:30"', 'action="deny";destination_port="22"'),
    ("no-public-admin-ports", 'action="allow";destination_port="22"', 'action="allow";enabled=false'),
]  # fmt: skip

ROWS: dict[str, list[Row]] = {
    "alicloud_actiontrail_trail": [
        ("trails-in-all-regions", 'trail_region="eu-central-1"', SILENT),
        ("running-trails", 'status="Disable"', SILENT),
    ],
    "alicloud_alb_listener": [("tls-listeners", 'listener_protocol="HTTP"', 'listener_protocol="HTTPS"')],
    "alicloud_api_gateway_api": [
        ("tls-listeners", 'request_config{protocol="HTTP"}', 'request_config{protocol="HTTPS"}'),
        ("tls-listeners", 'request_config{protocol="HTTP,HTTPS"}', "request_config{protocol=var.protocol}"),
    ],
    "alicloud_cs_kubernetes": CLUSTER,
    "alicloud_cs_managed_kubernetes": CLUSTER,
    "alicloud_cs_kubernetes_node_pool": [
        ("repaired-nodes", SILENT, "management{auto_repair=true}"),
        ("kept-up-nodes", "management{auto_upgrade=false}", "management{auto_upgrade=true}"),
    ],
    "alicloud_db_instance": [
        ("bounded-database-ranges", 'security_ips=["10.0.0.0/8","0.0.0.0"]', 'security_ips=["10.0.0.0/8"]'),
        ("bounded-database-ranges", 'security_ips=["0.0.0.0/0"]', "security_ips=var.ranges"),
        ("tls-databases", SILENT, 'ssl_action="Open"'),
        ("tls-databases", 'ssl_action="Close"', 'ssl_action="Update"'),
        ("encrypted-databases", 'engine="MySQL"', 'engine="MySQL";tde_status="Enabled"'),
        ("encrypted-databases", 'engine="SQLServer";tde_status="Disabled"', 'engine="PostgreSQL"'),
        ("encrypted-databases", 'engine="MySQL"', 'engine="MySQL";encryption_key="k"'),
        ("database-upgrades", 'auto_upgrade_minor_version="Manual"', SILENT),
        ("deletion-protected-databases", SILENT, "deletion_protection=true"),
        ("logged-connections", 'engine="PostgreSQL";parameters{name="log_connections";value="off"}', 'engine="PostgreSQL";parameters{name="log_connections";value="on"}'),
    ],
    "alicloud_disk": DISK,
    "alicloud_ecs_disk": DISK,
    "alicloud_ecs_launch_template": TEMPLATE,
    "alicloud_launch_template": TEMPLATE,
    "alicloud_instance": [
        *TEMPLATE,
        ("no-public-machines", "internet_max_bandwidth_out=5", "internet_max_bandwidth_out=0"),
        ("no-password-login", 'password="a"', 'key_name="k"'),
    ],
    "alicloud_kms_key": [
        ("rotated-keys", SILENT, 'automatic_rotation="Enabled";rotation_interval="31536000s"'),
        ("rotated-keys", 'automatic_rotation="Disabled"', 'key_usage="SIGN/VERIFY"'),
        *(("rotated-keys", f'automatic_rotation="Enabled";rotation_interval="{wrong}"', 'automatic_rotation="Enabled";rotation_interval="365d"') for wrong in ("366d", "31622400s")),
    ],
    "alicloud_mongodb_instance": [
        ("bounded-database-ranges", 'security_ip_list=["0.0.0.0/0"]', 'security_ip_list=["10.0.0.0/8"]'),
        ("tls-databases", SILENT, 'ssl_action="Open"'),
        ("encrypted-databases", SILENT, 'tde_status="enabled"'),
        ("networked-databases", 'network_type="Classic"', 'network_type="VPC"'),
        ("networked-databases", SILENT, "vswitch_id=alicloud_vswitch.a.id"),
    ],
    "alicloud_nas_file_system": [
        ("encrypted-file-shares", SILENT, "encrypt_type=1"),
        ("customer-key-file-shares", "encrypt_type=1", 'encrypt_type=2;kms_key_id="k"'),
    ],
    "alicloud_oss_bucket": [
        ("no-public-buckets", 'acl="public-read"', SILENT),
        ("no-public-buckets", 'acl="public-read-write"', 'acl="private"'),
        ("encrypted-buckets", SILENT, 'server_side_encryption_rule{sse_algorithm="AES256"}'),
        ("customer-key-buckets", 'server_side_encryption_rule{sse_algorithm="KMS"}', 'server_side_encryption_rule{sse_algorithm="KMS";kms_master_key_id="k"}'),
        ("versioned-buckets", 'versioning{status="Suspended"}', 'versioning{status="Enabled"}'),
        ("logged-buckets", SILENT, 'logging{target_bucket="b"}'),
        ("logged-buckets", 'logging_isenable=false;logging{target_bucket="b"}', 'logging_isenable=true;logging{target_bucket="b"}'),
        ("no-open-resource-policies", POLICY % '"*"', POLICY % '"1234"'),
    ],
    "alicloud_oss_bucket_policy": [("no-open-resource-policies", POLICY % '"*"', "policy=var.policy")],
    "alicloud_oss_bucket_acl": [("no-public-buckets", 'acl="public-read"', 'acl="private"')],
    "alicloud_ram_account_password_policy": [
        ("password-length", SILENT, "minimum_password_length=14"),
        ("password-age", "max_password_age=91", "max_password_age=90"),
        ("password-reuse", SILENT, "password_reuse_prevention=24"),
        ("password-symbols", "require_symbols=false", SILENT),
        ("password-numbers", "require_numbers=false", SILENT),
        ("password-lowercase", "require_lowercase_characters=false", SILENT),
        ("password-uppercase", "require_uppercase_characters=false", SILENT),
    ],
    "alicloud_security_group_rule": [
        ("no-public-admin-ports", RULE % ("20/30", "0.0.0.0/0"), RULE % ("20/30", "10.0.0.0/8")),
        ("no-public-admin-ports", 'type="ingress";ip_protocol="tcp";port_range="22/22"', 'type="ingress";ip_protocol="tcp";port_range="22/22";source_security_group_id=var.group'),
        ("no-public-admin-ports", RULE % ("-1/-1", "0.0.0.0/0"), RULE % ("443/443", "0.0.0.0/0")),
        ("no-public-ingress", RULE % ("80/80", "0.0.0.0/0"), (RULE % ("80/80", "0.0.0.0/0")) + ';policy="drop"'),
    ],
    "alicloud_slb_listener": [
        ("tls-listeners", 'protocol="http"', 'protocol="http";listener_forward="on"'),
        ("current-listener-tls", 'protocol="https"', 'protocol="https";tls_cipher_policy="tls_cipher_policy_1_2"'),
    ],
    "alicloud_slb_tls_cipher_policy": [("current-tls-policies", 'tls_versions=["TLSv1.2","TLSv1.0"]', 'tls_versions=["TLSv1.2","TLSv1.3"]')],
    "alicloud_vpc": [],  # below
    "digitalocean_droplet": [("no-password-login", SILENT, "ssh_keys=[1]"), ("no-password-login", "ssh_keys=[]", "ssh_keys=var.keys")],
    "digitalocean_firewall": [
        ("no-public-admin-ports", DROPLET_IN % ("22", "0.0.0.0/0"), DROPLET_IN % ("22", "10.0.0.0/8")),
        ("no-public-admin-ports", DROPLET_IN % ("1-65535", "::/0"), DROPLET_IN % ("443", "::/0")),
        ("no-public-admin-ports", DROPLET_IN % ("443", "0.0.0.0/0") + ";" + DROPLET_IN % ("all", "0.0.0.0/0"), DROPLET_IN % ("443", "0.0.0.0/0")),
        ("no-public-ingress", DROPLET_IN % ("8080", "0.0.0.0/0"), 'outbound_rule{protocol="tcp";port_range="443";destination_addresses=["0.0.0.0/0"]}'),
    ],
    "digitalocean_kubernetes_cluster": [("upgraded-clusters", SILENT, "auto_upgrade=true")],
    "digitalocean_loadbalancer": [
        ("tls-listeners", 'forwarding_rule{entry_protocol="https"};forwarding_rule{entry_protocol="http"}', 'forwarding_rule{entry_protocol="https"}'),
        ("tls-listeners", 'forwarding_rule{entry_protocol="http"}', 'redirect_http_to_https=true;forwarding_rule{entry_protocol="http"}'),
    ],
    "digitalocean_spaces_bucket": [
        ("no-public-buckets", 'acl="public-read"', SILENT),
        ("versioned-buckets", SILENT, "versioning{enabled=true}"),
    ],
    "digitalocean_spaces_bucket_object": [("no-public-buckets", 'acl="public-read"', 'acl="private"')],
    "openstack_compute_instance_v2": [("no-password-login", 'admin_pass="a"', 'key_pair="k"')],
    "openstack_compute_secgroup_v2": [
        ("no-public-admin-ports", SECGROUP_IN % (20, 30, "0.0.0.0/0"), SECGROUP_IN % (20, 30, "10.0.0.0/8")),
        ("no-public-ingress", SECGROUP_IN % (8080, 8080, "::/0"), SECGROUP_IN % (8080, 8080, "10.0.0.0/8")),
        ("described-firewalls", 'name="a"', 'description="a"'),
    ],
    "openstack_fw_rule_v1": FW_RULE,
    "openstack_fw_rule_v2": FW_RULE,
    "openstack_networking_secgroup_rule_v2": [
        ("no-public-admin-ports", SSH_IN % 'remote_ip_prefix="0.0.0.0/0"', SSH_IN % 'remote_ip_prefix="10.0.0.0/8"'),
        ("no-public-admin-ports", SSH_IN % "", SSH_IN % "remote_group_id=var.group"),
        ("no-public-admin-ports", 'direction="ingress";remote_ip_prefix="::/0"', 'direction="egress";remote_ip_prefix="::/0"'),
    ],
    "openstack_networking_secgroup_v2": [("described-firewalls", SILENT, 'description="a"')],
    "openstack_objectstorage_container_v1": [
        ("no-public-buckets", 'container_read=".r:*,.rlistings"', 'container_read="*:shop"'),
        ("no-public-buckets", 'container_write="*:*"', SILENT),
    ],
}  # fmt: skip


def test_every_kind_has_its_rows() -> None:
    """A kind that is added is tried."""
    assert set(ROWS) == {*ALIBABA, *DIGITALOCEAN, *OPENSTACK}


@pytest.mark.parametrize(("kind", "row"), rows(ROWS))
def test_what_is_wrong_is_found_and_what_is_right_is_not(kind: str, row: Row) -> None:
    """The one body has this control's fault, the other has not."""
    check_row(kind, row)


def test_what_a_bucket_is_given_may_stand_apart() -> None:
    """Each part has a resource of its own, which names the bucket."""
    bucket = resource("alicloud_oss_bucket", 'bucket="logs"')
    parts = {
        "versioned-buckets": "alicloud_oss_bucket_versioning",
        "logged-buckets": "alicloud_oss_bucket_logging",
        "encrypted-buckets": "alicloud_oss_bucket_server_side_encryption",
    }
    for id, kind in parts.items():
        assert found(id, bucket + resource(kind, 'bucket="other"'))
        assert found(id, bucket + resource(kind, "bucket=alicloud_oss_bucket.it.bucket")) == []
        assert found(id, bucket + resource(kind, "bucket=var.bucket")) == []


def test_a_flow_log_names_its_network() -> None:
    """Of one that names nobody knows what, nothing is said."""
    network = resource("alicloud_vpc", 'vpc_name="main"')
    assert found("flow-logs", network)
    for by in ("alicloud_vpc.it.id", "var.network"):
        assert found("flow-logs", network + resource("alicloud_vpc_flow_log", f"resource_id={by}")) == []
