"""Machines of Azure: single ones and sets in all their forms, their network cards and disks."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.aws.following import followed, said, there
from ringfence.formats.terraform.azure.common import either, linked
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.care import MachineCare, machine_care
from ringfence.models.cloud.compute import Machine
from ringfence.models.cloud.compute import machine as plain
from ringfence.models.cloud.guarding import NetworkGuard
from ringfence.models.cloud.storage import DiskAccess, PlannedBackups, Volume
from ringfence.secrets.checks import decoded

_LONGEST = 65_536
_ROTATE = "rotate the secret, and let the machine take it from a vault at its start"
_PUBLIC = "reach it through a load balancer, a bastion or a VPN, and take the public address away"


def _start(r: Reader, *attributes: str) -> tuple[tuple[str, str], ...]:
    """The texts that run at its start, as far as they are known; those in base64 decoded."""
    r.decide("user_data", _ROTATE)
    found = list[tuple[str, str]]()
    for one in attributes:
        said = r.text("", one)[:_LONGEST]
        if said:
            r.place_of(f"user_data[{len(found)}]", r.view.find(one))
            found.append((one, decoded(said) or said))
    return tuple(found)


def _passwords(r: Reader) -> bool | None:
    """Whether a machine with Linux takes passwords; Windows has nothing else."""
    if "windows" in r.type:
        return None
    return r.inverted("password_login", "disable_password_authentication", default=False)


def _keys(r: Reader) -> bool | None:
    """Whether keys are named that may log in. Windows has none, and a disk that is brought along has its own."""
    if "windows" in r.type or there(r, "os_managed_disk_id"):
        return None
    if there(r, "os_managed_disk_id") is None:
        r.unknown("login_keys")
    some, known = r.view.blocks("admin_ssh_key")
    answers = [there(r.below("", view), "public_key") for view in some]
    if not known or None in answers:
        r.unknown("login_keys")
    r.decide("login_keys", "whose SSH keys may log in? add an admin_ssh_key")
    return True in answers


def machine(r: Reader) -> Iterator[Machine | MachineCare | PlannedBackups]:
    """A machine with Linux or Windows."""
    yield plain(
        r.address,
        user_data=_start(r, "custom_data", "user_data"),
        encrypted_at_host=r.flag("encrypted_at_host", "encryption_at_host_enabled", default=False),
        password_login=_passwords(r),
        login_keys=_keys(r),
        secure_boot=r.flag("secure_boot", "secure_boot_enabled", default=False),
    )
    yield _care(r, "allow_extension_operations")
    yield _backups(r)


def _backups(r: Reader) -> PlannedBackups:
    """Whether a vault of copies holds the machine."""
    r.decide("planned", "which vault should backups go to? add an azurerm_backup_protected_vm")
    held = linked(r, "planned", "azurerm_backup_protected_vm", "source_vm_id")
    return PlannedBackups(name=r.address, what="machine", planned=bool(held))


def _care(r: Reader, extensions: str) -> MachineCare:
    """Updates are installed by themselves, and agents are there, where nothing is said."""
    updates = either(r, "automatic_updates_enabled", "enable_automatic_updates")
    return replace(
        machine_care(r.address),
        extensions=r.flag("extensions", extensions, default=True),
        agent=r.flag("agent", "provision_vm_agent", default=True),
        updates=r.flag("updates", updates, default=True) if "windows" in r.type else None,
        plain_management=_plain_management(r, "winrm_listener"),
    )


def _plain_management(r: Reader, block: str) -> bool | None:
    """Whether Windows listens for those who manage it without TLS; None where it does not listen at all."""
    some, known = r.view.blocks(block)
    if not known or any(isinstance(one.find("protocol").value, Unknown) for one in some):
        r.unknown("plain_management")
    plain = next((one for one in some if said(r.below("", one), "protocol").lower() == "http"), None)
    if plain is not None:
        r.place("plain_management", plain)
        r.place_of("plain_management", plain.find("protocol"))
    r.decide("plain_management", "which certificate should it have? then set protocol to Https")
    return plain is not None if some else None


def machine_set(r: Reader) -> Iterator[Machine | MachineCare]:
    """A set of machines with Linux or Windows."""
    public = any(view.blocks("public_ip_address")[0] for view in r.view.blocks("network_interface.ip_configuration")[0])
    for view in r.view.blocks("network_interface.ip_configuration.public_ip_address")[0][:1]:
        r.place("public", view)
    r.decide("public", _PUBLIC)
    yield plain(
        r.address,
        public=public,
        user_data=_start(r, "custom_data", "user_data"),
        encrypted_at_host=r.flag("encrypted_at_host", "encryption_at_host_enabled", default=False),
        password_login=_passwords(r),
        login_keys=_keys(r),
        secure_boot=r.flag("secure_boot", "secure_boot_enabled", default=False),
    )
    name = either(r, "extension_operations_enabled", "extensions_enabled")
    yield _care(r, name)


def mixed_set(r: Reader) -> Iterator[Machine | MachineCare]:
    """A set of machines that need not be alike."""
    linux, windows = r.block("", "os_profile.linux_configuration"), r.block("", "os_profile.windows_configuration")
    login = None
    if linux.view.there:
        login = linux.inverted("password_login", "disable_password_authentication", default=False)
    yield plain(
        r.address,
        user_data=_start(r, "os_profile.custom_data", "user_data_base64"),
        encrypted_at_host=r.flag("encrypted_at_host", "encryption_at_host_enabled", default=False),
        password_login=login,
    )
    updates = either(windows, "automatic_updates_enabled", "enable_automatic_updates")
    windows = r.block("", "os_profile.windows_configuration")
    yield replace(
        machine_care(r.address),
        extensions=r.flag("extensions", "extension_operations_enabled", default=True),
        updates=windows.flag("updates", updates, default=True) if windows.view.there else None,
    )


def old_machine(r: Reader) -> Iterator[Machine | MachineCare | PlannedBackups]:
    """A machine, or a set, of the older resources."""
    profile = r.block("", "os_profile_linux_config")
    login = None
    if profile.view.there:
        login = profile.inverted("password_login", "disable_password_authentication", default=True)
    yield plain(r.address, user_data=_start(r, "os_profile.custom_data"), password_login=login)
    yield replace(
        machine_care(r.address),
        agent=_old_agent(r),
        updates=_old_updates(r),
        managed_disks=_managed(r),
        plain_management=_plain_management(r, "os_profile_windows_config.winrm"),
    )
    if r.type == "azurerm_virtual_machine":
        yield _backups(r)


def _old_agent(r: Reader) -> bool | None:
    profile = r.block("", "os_profile_windows_config")
    return profile.flag("agent", "provision_vm_agent", default=False) if profile.view.there else None


def _old_updates(r: Reader) -> bool | None:
    """Whether Windows is brought up to date; in a set, also what its machines are made of."""
    profile = r.block("", "os_profile_windows_config")
    if not profile.view.there:
        return None
    if r.type == "azurerm_virtual_machine_scale_set" and not r.flag("updates", "automatic_os_upgrade", default=False):
        return False
    return profile.flag("updates", "enable_automatic_upgrades", default=False)


def _managed(r: Reader) -> bool:
    """Whether none of its disks is a blob in an account of storage."""
    r.decide("managed_disks", "move its disks to managed disks")
    for kind in ("storage_os_disk", "storage_data_disk", "storage_profile_os_disk"):
        for view in r.view.blocks(kind)[0]:
            for name in ("vhd_uri", "vhd_containers"):
                if view.find(name).there:
                    r.place("managed_disks", view)
                    r.place_of("managed_disks", view.find(name))
                    return False
    return _names_managed(r)


def _names_managed(r: Reader) -> bool:
    """Whether its system's disk is said to be a managed one: it must be, unless a blob is named."""
    names = ("managed_disk_type", "managed_disk_id")
    for kind in ("storage_os_disk", "storage_profile_os_disk"):
        for view in r.view.blocks(kind)[0]:
            answers = [there(r.below("", view), one) for one in names]
            if None in answers:
                r.unknown("managed_disks")
            if True not in answers:
                r.place("managed_disks", view)
                return False
    return True


def card(r: Reader) -> Iterator[Machine | NetworkGuard]:
    """A network card: what a machine's addresses are, and whether it may pass on packets."""
    public = False
    some, known = r.view.blocks("ip_configuration")
    if not known:
        r.unknown("public")
    for view in some:
        inner = r.below("", view)
        answer = there(inner, "public_ip_address_id")
        if answer is None:
            r.unknown("public")
        elif answer:
            public = True
            r.place_of("public", view.find("public_ip_address_id"))
    r.decide("public", _PUBLIC)
    forwarding = either(r, "ip_forwarding_enabled", "enable_ip_forwarding")
    yield plain(r.address, public=public, ip_forwarding=r.flag("ip_forwarding", forwarding, default=False))
    yield _filtered(r)


_SUBNET = "azurerm_subnet"


def _filtered(r: Reader) -> NetworkGuard:
    """Whether a group of rules stands before a card: its own, or that of each part of a network that it is in."""
    own = linked(r, "filtered", "azurerm_network_interface_security_group_association", "network_interface_id")
    filtered = bool(own) or r.given("filtered", "network_security_group_id")
    for view in r.view.blocks("ip_configuration")[0] if not filtered else []:
        value = view.find("subnet_id").value
        if not isinstance(value, Unknown) or not any(one.startswith(f"{_SUBNET}.") for one in value.references):
            r.unknown("filtered")  # its part of the network stands elsewhere, and may have one
        for subnet in followed(r.below("", view), "subnet_id", _SUBNET):
            joined = linked(subnet, "filtered", "azurerm_subnet_network_security_group_association", "subnet_id")
            filtered = filtered or bool(joined)
    if not r.view.blocks("ip_configuration")[0]:
        r.unknown("filtered")
    r.decide("filtered", "which network security group should filter its traffic?")
    return NetworkGuard(name=r.address, flood_protected=None, filtered=filtered)


def extension(r: Reader) -> Iterator[Machine]:
    """A program that is added to machines: what stands in its settings, everybody who may read them sees."""
    yield plain(r.address, user_data=_start(r, "settings"))


def disk(r: Reader) -> Iterator[Volume | DiskAccess]:
    """A disk, or a copy of one: always encrypted, but for what older versions could turn off."""
    encrypted = None
    some, known = r.view.blocks("encryption_settings")
    if some:
        encrypted = r.block("", "encryption_settings").flag("encrypted", "enabled", default=True)
    elif not known:
        r.unknown("encrypted")
        r.unknown("customer_key")
    key = any(there(r, one) for one in ("disk_encryption_set_id", "secure_vm_disk_encryption_set_id")) or bool(some)
    if not key and any(there(r, one) is None for one in ("disk_encryption_set_id", "secure_vm_disk_encryption_set_id")):
        r.unknown("customer_key")
    r.decide("customer_key", "which disk encryption set should it use?")
    whole = r.type == "azurerm_managed_disk"
    yield Volume(name=r.address, encrypted=encrypted, customer_key=key if whole else None)
    if whole:
        yield _copied(r)


def _copied(r: Reader) -> DiskAccess:
    """From everywhere, unless a policy or the switch for the internet says otherwise."""
    policies = {"AllowAll": True, "AllowPrivate": False, "DenyAll": False}
    reached = r.flag("public", "public_network_access_enabled", default=True)
    bounded = not r.mapped("public", "network_access_policy", policies, True, True)
    r.writes("public", "public_network_access_enabled", {False: "false"})
    return DiskAccess(name=r.address, public=reached and not bounded)
