"""What watches a subscription of Azure: activity logs, contacts, plans of protection."""

from collections.abc import Iterator

from ringfence.formats.terraform.azure.common import either
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.record import Watcher
from ringfence.models.cloud.watching import ActivityLog, AgentProvisioning, ProtectionPlan, SecurityContact

_CATEGORIES = ("Action", "Delete", "Write")
#: The provider had more regions than that when profiles of this kind came; who names fewer leaves some out.
_REGIONS = 30


def log_profile(r: Reader) -> Iterator[ActivityLog]:
    """A record of what is done in a subscription."""
    kept = r.block("", "retention_policy")
    on = kept.flag("retention_days", "enabled", default=False)
    days = kept.number("retention_days", "days", 0)
    kinds = [one.lower() for one in r.texts("missing", "categories")]
    r.decide("missing", "name Action, Delete and Write")
    regions = {one.lower().replace(" ", "") for one in r.texts("all_regions", "locations")}
    r.decide("all_regions", "name every region, and global")
    yield ActivityLog(
        name=r.address,
        retention_days=days if on else None,
        missing=tuple(one for one in _CATEGORIES if one.lower() not in kinds),
        all_regions="global" in regions and len(regions) > _REGIONS,
    )


def contact(r: Reader) -> Iterator[SecurityContact]:
    """Who is told of attacks."""
    for field in ("email", "phone"):
        r.decide(field, "who should be told?")
    yield SecurityContact(
        name=r.address,
        email=r.given("email", "email"),
        phone=r.given("phone", "phone"),
        alerts=r.flag("alerts", "alert_notifications", default=False),
        admins=r.flag("admins", "alerts_to_admins", default=False),
    )


def plan(r: Reader) -> Iterator[ProtectionPlan]:
    """Whether attacks on a kind of service are looked for."""
    yield ProtectionPlan(
        name=r.address,
        plan=r.text("plan", "resource_type", "VirtualMachines"),
        paid=r.mapped("paid", "tier", {"Standard": True, "Free": False}, False, False),
    )


def provisioning(r: Reader) -> Iterator[AgentProvisioning]:
    """Whether new machines get an agent."""
    on = r.mapped("enabled", "auto_provision", {"On": True, "Off": False}, False, False)
    yield AgentProvisioning(name=r.address, enabled=on)


def threat_protection(r: Reader) -> Iterator[Watcher]:
    """What looks for attacks on one resource."""
    yield Watcher(name=r.address, enabled=r.flag("enabled", either(r, "enabled"), default=False))
