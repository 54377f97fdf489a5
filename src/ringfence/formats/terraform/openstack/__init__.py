"""What OpenStack does, resource by resource: the type to the function that reads it. Defaults are those of
openstack 3."""

KINDS: dict[str, str] = {
    "openstack_compute_instance_v2": "resources:instance",
    "openstack_compute_secgroup_v2": "resources:group",
    "openstack_fw_rule_v1": "resources:firewall_rule",
    "openstack_fw_rule_v2": "resources:firewall_rule",
    "openstack_networking_secgroup_rule_v2": "resources:rule",
    "openstack_networking_secgroup_v2": "resources:plain_group",
    "openstack_objectstorage_container_v1": "resources:container",
}
