"""What watches a subscription of Azure: activity logs, contacts, plans of protection."""

import re
from collections.abc import Iterator

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.account import alarms_made_elsewhere, everywhere, is_first
from ringfence.formats.terraform.aws.following import said, there
from ringfence.formats.terraform.azure.common import either
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import OFF
from ringfence.models.cloud.record import Watcher
from ringfence.models.cloud.watching import (
    AccountWatch,
    ActivityLog,
    AgentProvisioning,
    Cloud,
    DetectionLink,
    EventFilter,
    ProtectionPlan,
    SecurityContact,
)

_CATEGORIES = ("Action", "Delete", "Write")
#: The provider had more regions than that when profiles of this kind came; who names fewer leaves some out.
_REGIONS = 30

_SETTING, _ALERT = "azurerm_monitor_diagnostic_setting", "azurerm_monitor_activity_log_alert"
#: Kinds of activity in which operations are recorded.
_RECORDING = ("administrative", "security")
_SUBSCRIPTION = re.compile(r"/subscriptions/[^/]+/?", re.IGNORECASE)


def log_profile(r: Reader) -> Iterator[ActivityLog]:
    """A record of what is done in a subscription."""
    kept = r.block("", "retention_policy")
    on = kept.flag("retention_days", "enabled", default=False)
    days = kept.number("retention_days", "days", 0)
    if not on:
        r.decide("retention_days", "how long should it be kept? turn its retention_policy on")
    kinds = [one.lower() for one in r.texts("missing", "categories")]
    r.rests_on("categories", "missing")
    r.decide("missing", "list Action, Delete and Write")
    regions = {one.lower().replace(" ", "") for one in r.texts("all_regions", "locations")}
    r.rests_on("locations", "all_regions")
    r.decide("all_regions", "list every region, and global")
    yield ActivityLog(
        name=r.address,
        retention_days=days if on else None,
        missing=tuple(one for one in _CATEGORIES if one.lower() not in kinds),
        all_regions="global" in regions and len(regions) > _REGIONS,
    )


def contact(r: Reader) -> Iterator[SecurityContact]:
    """Who is told of attacks."""
    for field in ("email", "phone"):
        r.decide(field, "who should be notified?")
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


#: Products that tell the search for attacks what they see: of the use of cloud applications, of what machines run.
_PRODUCTS = {"MCAS": "Defender for Cloud Apps", "WDATP": "Defender for Endpoint"}


def setting(r: Reader) -> Iterator[DetectionLink]:
    """A setting of the search for attacks, of which some link it with another product."""
    r.rests_on("setting_name", "enabled")
    product = _PRODUCTS.get(said(r, "setting_name"))
    if product:
        yield DetectionLink(name=r.address, product=product, enabled=r.flag("enabled", "enabled", default=True))


def provisioning(r: Reader) -> Iterator[AgentProvisioning]:
    """Whether new machines get an agent."""
    on = r.mapped("enabled", "auto_provision", {"On": True, "Off": False}, False, False)
    yield AgentProvisioning(name=r.address, enabled=on)


def threat_protection(r: Reader) -> Iterator[Watcher]:
    """What looks for attacks on one resource."""
    yield Watcher(name=r.address, enabled=r.flag("enabled", either(r, "enabled"), default=False))


#: Kinds of activity of a subscription that should be sent away.
_SENT = ("Administrative", "Alert", "Policy", "Security")


def diagnostics(r: Reader) -> Iterator[AccountWatch | ActivityLog]:
    """Where a log is sent; that of a whole subscription is what its alerts watch."""
    if not _is_subscription(r):
        return
    yield ActivityLog(name=r.address, retention_days=0, missing=tuple(_missing(r)), all_regions=True)
    yield _watch(r)


def _missing(r: Reader) -> Iterator[str]:
    """Which kinds of activity are not sent; "allLogs" is all of them."""
    sent = set[str]()
    for block in ("enabled_log", "log"):
        some, known = r.view.blocks(block)
        if not known:
            r.unknown("missing")
        for view in some:
            inner = r.below("", view)
            if any(isinstance(view.find(one).value, Unknown) for one in ("category", "category_group", "enabled")):
                r.unknown("missing")
            if view.find("enabled").value not in OFF:
                sent |= {said(inner, "category").lower(), said(inner, "category_group").lower()}
    r.decide("missing", "send Administrative, Alert, Policy and Security")
    if "alllogs" not in sent:
        yield from (one for one in _SENT if one.lower() not in sent)


def activity_alert(r: Reader) -> Iterator[AccountWatch]:
    """An alert on what is done in a subscription. Where no log of one is sent away beside it, the first stands for
    all."""
    logged = any(_is_subscription(one) for one in everywhere(r, _SETTING))
    if not logged and is_first(r, (one for one in everywhere(r, _ALERT) if _is_about_events(one))):
        yield _watch(r)


def _is_about_events(alert: Reader) -> bool:
    return bool(said(alert, "criteria.operation_name") or alert.view.blocks("criteria.service_health")[0])


def _is_subscription(setting: Reader) -> bool:
    value = setting.view.find("target_resource_id").value
    if isinstance(value, Unknown) and any("azurerm_subscription." in one for one in value.references):
        return True
    return _SUBSCRIPTION.fullmatch(setting.text("", "target_resource_id")) is not None


def _watch(r: Reader) -> AccountWatch:
    """All alerts on operations in a subscription."""
    found = list[EventFilter]()
    for one in everywhere(r, _ALERT):
        operation, category = one.view.find("criteria.operation_name").value, one.view.find("criteria.category").value
        if isinstance(operation, Unknown) or isinstance(category, Unknown) or not one.view.blocks("criteria")[1]:
            r.unknown("filters")
        elif _found(one, operation, str(category).lower()):
            on = one.view.find("enabled").value not in OFF
            r.place(f"filters[{len(found)}]", one.view)
            pattern = _found(one, operation, str(category).lower())
            found.append(EventFilter(pattern=pattern, alarmed=on, told=_told(one)))
    if alarms_made_elsewhere(r):
        r.unknown("filters")
    return AccountWatch(name=r.address, cloud=Cloud.AZURE, filters=tuple(found))


def _found(alert: Reader, operation: object, category: str) -> str:
    """What an alert finds: an operation, or the provider's faults; "" where that is something else."""
    if category == "servicehealth":
        kinds = alert.texts("", "criteria.service_health.events")
        return "" if kinds and not {"Incident", ""} & set(kinds) else "ServiceHealth"
    return operation if isinstance(operation, str) and category in _RECORDING else ""


def _told(alert: Reader) -> bool:
    """Whether a group of people or programs is named, or may be."""
    actions, known = alert.view.blocks("action")
    return not known or any(there(alert.below("", one), "action_group_id") is not False for one in actions)
