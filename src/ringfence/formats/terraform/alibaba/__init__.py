"""What Alibaba Cloud does, resource by resource: the type to the function that reads it. Defaults are those of
alicloud 1."""

KINDS: dict[str, str] = {
    "alicloud_actiontrail_trail": "account:trail",
    "alicloud_alb_listener": "network:application_listener",
    "alicloud_api_gateway_api": "network:interface",
    "alicloud_cs_kubernetes": "machines:cluster",
    "alicloud_cs_kubernetes_node_pool": "machines:nodes",
    "alicloud_cs_managed_kubernetes": "machines:cluster",
    "alicloud_db_instance": "databases:relational",
    "alicloud_disk": "machines:disk",
    "alicloud_ecs_disk": "machines:disk",
    "alicloud_ecs_launch_template": "machines:template",
    "alicloud_instance": "machines:instance",
    "alicloud_kms_key": "account:key",
    "alicloud_launch_template": "machines:template",
    "alicloud_mongodb_instance": "databases:documents",
    "alicloud_nas_file_system": "storage:share",
    "alicloud_oss_bucket": "storage:bucket",
    "alicloud_oss_bucket_acl": "storage:access_list",
    "alicloud_oss_bucket_policy": "storage:policy",
    "alicloud_ram_account_password_policy": "account:passwords",
    "alicloud_security_group_rule": "network:rule",
    "alicloud_slb_listener": "network:listener",
    "alicloud_slb_tls_cipher_policy": "network:tls_policy",
    "alicloud_vpc": "network:network",
}
