"""Machines of AWS: instances, launch templates and configurations, volumes, images."""

import base64
import binascii
from collections.abc import Iterator

from ringfence.formats.hcl import Unknown, Value
from ringfence.formats.terraform.account import settings
from ringfence.formats.terraform.aws.backups import backups
from ringfence.formats.terraform.aws.following import followed, there
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import OFF
from ringfence.models.cloud.compute import ImageLookup, Machine, MachineDisk, MachineGroup, machine
from ringfence.models.cloud.storage import PlannedBackups, Share, Volume

_TEXTS = 64 * 1024


def _user_data(r: Reader) -> tuple[tuple[str, str], ...]:
    found = list[tuple[str, str]]()
    for attribute in ("user_data", "user_data_base64"):
        if r.view.find(attribute).there:
            said = r.text("user_data", attribute)[:_TEXTS]
            encoded = attribute == "user_data_base64" and _stands_so(r, said)
            found.append(("encoded" if encoded else attribute, _decoded(said)))
    r.decide("user_data", "rotate the secret, and let the machine fetch it from a secret store at start-up")
    return tuple(one for one in found if one[1])


def _stands_so(r: Reader, said: str) -> bool:
    """Whether a text stands in the file as it is, and is not made of another there; a plan does not tell."""
    resource = r.instance.resource
    return said in resource.block.source.text and not resource.module.folder.startswith("\0")


def _decoded(said: str) -> str:
    if len(said) >= 16 and " " not in said and "\n" not in said.strip():
        try:
            return base64.b64decode(said, validate=True).decode()
        except (binascii.Error, ValueError):
            return said
    return said


def _encrypted(r: Reader, *, default: bool) -> bool:
    """Whether a disk is encrypted; one that is made of a snapshot is as that."""
    if r.view.find("snapshot_id").there and not r.view.find("encrypted").there:
        r.unknown("encrypted")
    return r.flag("encrypted", "encrypted", default=default)


def _disk(r: Reader) -> MachineDisk:
    return MachineDisk(encrypted=_encrypted(r, default=_by_default(r)))


def _disks(r: Reader) -> tuple[MachineDisk, ...]:
    """The disks of an instance. Without a root block the root disk is as its image says, which is not encrypted by
    default."""
    found = list[MachineDisk]()
    for kind in ("root_block_device", "ebs_block_device"):
        some, known = r.view.blocks(kind)
        if not known:
            r.unknown("disks")
        for view in some:
            found.append(_disk(r.below(f"disks[{len(found)}]", view)))
        if kind == "root_block_device" and not some and known:
            found.append(_disk(r.below("disks[0]", r.view.missing(kind))))
    return tuple(found)


def _machine(
    r: Reader,
    *,
    public: bool | None,
    disks: tuple[MachineDisk, ...],
    identity: bool | None,
    monitored: bool | None = None,
    firewall: bool | None = None,
) -> Machine:
    options = r.block("", "metadata_options")
    on = options.mapped("metadata", "http_endpoint", {"enabled": True, "disabled": False}, True, True)
    ways, usual = {"required": True, "optional": False}, _tokens_by_default(r)
    if usual is None and not options.view.find("http_tokens").there:
        r.unknown("metadata_tokens")
    tokens = options.mapped("metadata_tokens", "http_tokens", ways, usual is True, False)
    return machine(
        r.address,
        public=public,
        metadata=on,
        metadata_tokens=tokens,
        metadata_hops=options.number("metadata_hops", "http_put_response_hop_limit", 1),
        disks=disks,
        user_data=_user_data(r),
        detailed_monitoring=monitored,
        has_identity=identity,
        own_firewall=firewall,
    )


def instance(r: Reader) -> Iterator[Machine]:
    """A machine. What a launch template says of it, where the machine does not, is not known here."""
    some, known = r.view.blocks("launch_template")
    if some or not known:
        if not r.view.blocks("metadata_options")[0]:
            r.unknown("metadata_tokens")
        if not r.view.blocks("root_block_device")[0] and not _names_no_disk(r):
            r.unknown("disks")
        for field, attribute in (("has_identity", "iam_instance_profile"), ("detailed_monitoring", "monitoring")):
            if not r.view.find(attribute).there:
                r.unknown(field)
    public = r.flag("public", "associate_public_ip_address", default=False)
    identity = r.given("has_identity", "iam_instance_profile")
    r.decide("has_identity", "what does it need to call? give it a role that allows that and no more")
    monitored = r.flag("detailed_monitoring", "monitoring", default=False)
    disks = _disks(r)
    yield _machine(r, public=public, disks=disks, identity=identity, monitored=monitored, firewall=_firewall(r))


def _names_no_disk(r: Reader) -> bool:
    """Whether its launch template is one of the module's, and says nothing of disks."""
    named = followed(r, "launch_template.id", _TEMPLATE) or followed(r, "launch_template.name", _TEMPLATE, "name")
    return len(named) == 1 and named[0].view.blocks("block_device_mappings") == ([], True)


_TEMPLATE = "aws_launch_template"


def _firewall(r: Reader) -> bool | None:
    """Whether it has a group of rules of its own; None where its network interfaces or its template say which."""
    r.decide("own_firewall", "who needs to reach it? create an aws_security_group for that")
    for kind in ("network_interface", "primary_network_interface", "launch_template"):
        some, known = r.view.blocks(kind)
        if some or not known:
            return None
    groups = list[Value]()
    for attribute in ("vpc_security_group_ids", "security_groups"):
        found = r.view.find(attribute)
        if isinstance(found.value, Unknown) or not found.known:
            return None
        if isinstance(found.value, list):
            r.place_of("own_firewall", found)
            groups += found.value
    looked_up = {one.instance.resource.address for one in r.others("data.aws_security_group") if _asks_for_default(one)}
    return not all(_is_default(one, looked_up) for one in groups)


def _is_default(group: Value, looked_up: set[str]) -> bool:
    """Whether a group is the one that a network comes with; of a network only that one's id is asked here."""
    if isinstance(group, Unknown):
        names = [one.rpartition("module.")[2] for one in group.references]
        return any(one.startswith(_COME_WITH_IT) for one in names) or not looked_up.isdisjoint(group.references)
    return group == "default"


def _asks_for_default(group: Reader) -> bool:
    """Whether a group is looked up by the name that only a network's own has."""
    filters = [one for one in group.view.blocks("filter")[0] if one.find("name").value == "group-name"]
    return group.view.find("name").value == "default" or any(one.find("values").value == ["default"] for one in filters)


_COME_WITH_IT = ("aws_default_security_group.", "aws_default_vpc.", "aws_vpc.")


def launch_configuration(r: Reader) -> Iterator[Machine]:
    """What a group of machines is made of, of the older kind."""
    public = r.flag("public", "associate_public_ip_address", default=False)
    yield _machine(r, public=public, disks=_disks(r), identity=None)


def spot_fleet(r: Reader) -> Iterator[Machine]:
    """Each kind of machine that a fleet is made of. How their metadata is served cannot be said here."""
    for view in r.view.blocks("launch_specification")[0]:
        one = Reader(r.instance, view, r.record)
        public = one.flag("public", "associate_public_ip_address", default=False)
        yield machine(r.address, public=public, disks=_disks(one), user_data=_user_data(one))


def launch_template(r: Reader) -> Iterator[Machine]:
    """What machines are made of."""
    public = False
    some, known = r.view.blocks("network_interfaces")
    for view in some:
        if view.find("associate_public_ip_address").there:
            public = r.below("", view).flag("public", "associate_public_ip_address", default=False) or public
    if not known:
        r.unknown("public")
    disks = list[MachineDisk]()
    mappings, known = r.view.blocks("block_device_mappings")
    if not known:
        r.unknown("disks")
    for view in [one for mapping in mappings for one in mapping.blocks("ebs")[0]]:
        disks.append(_disk(r.below(f"disks[{len(disks)}]", view)))
    yield _machine(r, public=public, disks=tuple(disks), identity=None)


def ebs_volume(r: Reader) -> Iterator[Volume | PlannedBackups]:
    """A disk."""
    yield _volume(r)
    yield backups(r, "volume")


def _volume(r: Reader) -> Volume:
    return Volume(
        name=r.address,
        encrypted=_encrypted(r, default=_by_default(r)),
        customer_key=r.given("customer_key", "kms_key_id"),
    )


def _by_default(r: Reader) -> bool:
    """Whether new disks of the account that say nothing are encrypted."""
    said = [one.view.find("enabled").value for one in settings(r, "aws_ebs_encryption_by_default")]
    return any(one not in OFF for one in said)


def _tokens_by_default(r: Reader) -> bool | None:
    """Whether machines of the account that say nothing ask for tokens; None where nobody can say."""
    said = [one.view.find("http_tokens").value for one in settings(r, "aws_ec2_instance_metadata_defaults")]
    return None if any(isinstance(one, Unknown) for one in said) else "required" in said


def snapshot_copy(r: Reader) -> Iterator[Volume]:
    """A copy of a snapshot."""
    yield _volume(r)


def encryption_by_default(r: Reader) -> Iterator[Volume]:
    """Whether new disks of the account are encrypted."""
    yield Volume(name=r.address, encrypted=r.flag("encrypted", "enabled", default=True), customer_key=None)


def ami(r: Reader) -> Iterator[Volume]:
    """An image: each of its disks."""
    for view in r.view.blocks("ebs_block_device")[0]:
        encrypted = _encrypted(r.below("", view), default=False)
        yield Volume(name=r.address, encrypted=encrypted, customer_key=None)


def ami_copy(r: Reader) -> Iterator[Volume]:
    """A copy of an image."""
    yield Volume(
        name=r.address,
        encrypted=r.flag("encrypted", "encrypted", default=False),
        customer_key=r.given("customer_key", "kms_key_id"),
    )


def ami_launch_permission(r: Reader) -> Iterator[Share]:
    """Who may start machines from an image."""
    yield Share(name=r.address, public=r.text("public", "group", lower=True) == "all")


def lookup(r: Reader) -> Iterator[ImageLookup]:
    """A search for an image: anybody may publish one under a name like that."""
    named = bool(r.view.blocks("filter")[0]) or r.view.find("name_regex").there
    owned = r.given("owned", "owners")
    r.decide("owned", "whose images should it use? name them in owners")
    names = [view.find("name").value for view in r.view.blocks("filter")[0]]
    by_id = any(isinstance(one, Unknown) or one in ("image-id", "owner-id", "owner-alias") for one in names)
    if named and not by_id:
        yield ImageLookup(name=r.address, owned=owned)


def group(r: Reader) -> Iterator[MachineGroup]:
    """A group of machines that grows and shrinks. What its load balancer finds of them counts only where that is
    said."""
    template = r.has("template", "launch_template") or r.has("template", "mixed_instances_policy")
    r.decide("template", "which aws_launch_template should its machines use?")
    behind = any(there(r, one) for one in ("target_group_arns", "load_balancers"))
    behind = behind or bool(r.linked("aws_autoscaling_attachment", "autoscaling_group_name", "name"))
    kinds = {"ELB": True, "EC2": False}
    checked = r.mapped("checked", "health_check_type", kinds, default=False, otherwise=True)
    yield MachineGroup(name=r.address, template=template, checked=checked if behind else None)
