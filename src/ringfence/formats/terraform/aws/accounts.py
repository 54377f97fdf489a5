"""What holds for a whole account of AWS, or for the organization that it is in."""

import re
from collections.abc import Iterator

from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.compute import Machine, machine
from ringfence.models.cloud.policy import Organization, PermissionSet
from ringfence.models.cloud.storage import SharingBlock


def serial_console(r: Reader) -> Iterator[Machine]:
    """Whether machines can be reached by their serial ports at all."""
    yield machine(r.address, serial_console=r.flag("serial_console", "enabled", default=True))


def metadata(r: Reader) -> Iterator[Machine]:
    """How the metadata service answers on machines that do not say it themselves."""
    ways = {"required": True, "optional": False, "no-preference": None}
    on = {"enabled": True, "no-preference": True, "disabled": False}
    yield machine(
        r.address,
        metadata=r.mapped("metadata", "http_endpoint", on, default=True, otherwise=True),
        metadata_tokens=r.mapped("metadata_tokens", "http_tokens", ways, default=None, otherwise=None),
        metadata_hops=r.number("metadata_hops", "http_put_response_hop_limit", 1),
    )


def images(r: Reader) -> Iterator[SharingBlock]:
    """Whether images may be shared with everybody."""
    states = {"block-new-sharing": True, "unblocked": False}
    blocked = r.mapped("blocked", "state", states, default=True, otherwise=True)
    yield SharingBlock(name=r.address, what="images", blocked=blocked)


def snapshots(r: Reader) -> Iterator[SharingBlock]:
    """Whether copies of disks may be shared with everybody."""
    states = {"block-all-sharing": True, "block-new-sharing": True, "unblocked": False}
    blocked = r.mapped("blocked", "state", states, default=True, otherwise=True)
    yield SharingBlock(name=r.address, what="snapshots", blocked=blocked)


def service_setting(r: Reader) -> Iterator[SharingBlock]:
    """Whether documents may be shared with everybody; the other settings are nothing here."""
    setting = r.view.find("setting_id").value
    if isinstance(setting, str) and setting.endswith("/ssm/documents/console/public-sharing-permission"):
        states = {"Disable": True, "Enable": False}
        blocked = r.mapped("blocked", "setting_value", states, default=True, otherwise=True)
        r.writes("blocked", "setting_value", {True: '"Disable"'})
        yield SharingBlock(name=r.address, what="documents", blocked=blocked)


def organization(r: Reader) -> Iterator[Organization]:
    """What accounts are put together as."""
    features = {"ALL": True, "CONSOLIDATED_BILLING": False}
    bounds = r.mapped("bounds", "feature_set", features, default=True, otherwise=True)
    yield Organization(name=r.address, bounds=bounds)


_DURATION = re.compile(r"PT(?:([0-9]{1,3})H)?(?:([0-9]{1,4})M)?(?:[0-9]{1,5}S)?")


def permission_set(r: Reader) -> Iterator[PermissionSet]:
    """How long people stay logged in with a set of permissions."""
    match = _DURATION.fullmatch(r.text("minutes", "session_duration", "PT1H"))
    r.writes("minutes", "session_duration", {60: '"PT1H"'})
    minutes = 60 * int(match[1] or 0) + int(match[2] or 0) if match else 60
    yield PermissionSet(name=r.address, minutes=minutes)
