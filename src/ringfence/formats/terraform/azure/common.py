"""What the kinds of Azure share: names of versions of TLS, older names of attributes, the provider's version,
links."""

import re
from collections.abc import Iterator

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.account import made_elsewhere
from ringfence.formats.terraform.aws.following import followed, said, there
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import OFF
from ringfence.models.cloud.guarding import DeletionLock, PrivateLink
from ringfence.models.cloud.managed import ServiceLog

#: Least versions of TLS as resources write them. The first name of each is the one that is written.
TLS = {
    "1.0": "1.0",
    "1.1": "1.1",
    "1.2": "1.2",
    "1.3": "1.3",
    "TLS1_0": "1.0",
    "TLS1_1": "1.1",
    "TLS1_2": "1.2",
    "TLS1_3": "1.3",
    "TLS10": "1.0",
    "TLS11": "1.1",
    "TLS12": "1.2",
    "TLS13": "1.3",
    "Tls": "1.0",
    "Tls11": "1.1",
    "Tls12": "1.2",
    "None": "1.0",
    "Disabled": "1.0",
    "TLSEnforcementDisabled": "1.0",
}
#: The major version whose defaults hold where nobody says one.
NEWEST = 4
_MAJOR = re.compile(r"^\s*(~>|>=|=|>|)\s*v?([0-9]{1,4})")


def either(r: Reader, *names: str) -> str:
    """The name of an attribute among those that it has had: the one that is there, or the first, which is today's."""
    return next((name for name in names if _is_there(r, name)), names[0])


def _is_there(r: Reader, path: str) -> bool:
    outer, _, last = path.rpartition(".")
    views = r.view.blocks(outer)[0] if outer else [r.view]
    return any(last in view.names_of_attributes() for view in views)


def major(r: Reader, *older: str) -> int:
    """The major version of azurerm that the module asks for; the newest where it does not say. `older` are names that
    version 3 does not know any more: where one of them is there, that is version 2."""
    for version in _asked(r):
        match = _MAJOR.match(version) if isinstance(version, str) else None
        if match:
            return int(match[2])
    return 2 if any(_is_there(r, one) or r.view.blocks(one)[0] for one in older) else NEWEST


def _asked(r: Reader) -> Iterator[object]:
    """Versions that a module asks for, and those that older files say where they set the provider up."""
    for one in r.others("terraform"):
        for block in one.view.blocks("required_providers")[0]:
            asked = block.find("azurerm").value
            yield asked.get("version") if isinstance(asked, dict) else asked
    for one in r.others("provider"):
        if one.name == "azurerm":
            yield one.view.find("version").value


def tls(r: Reader, field: str, attribute: str, default: str, *, style: str = "1.2") -> str:
    """A least version of TLS. `style` is how the resource writes 1.2."""
    value = r.mapped(field, attribute, TLS, default, "1.0")
    r.writes(field, attribute, {"1.2": f'"{style}"'})
    return value


def public(r: Reader, field: str = "public", attribute: str = "public_network_access_enabled") -> bool:
    """Whether the internet reaches it: it does where nothing is said."""
    return r.flag(field, attribute, default=True)


#: How a list of addresses says everybody.
_EVERYBODY = ("0.0.0.0/0", "*")


def limited(r: Reader, field: str, block: str) -> bool:
    """Whether a block of network rules denies what it does not name, and does not name everybody. Writing that needs
    the networks' names."""
    denies = r.mapped(field, f"{block}.default_action", {"Deny": True, "Allow": False}, False, False)
    return denies and not names_everybody(r, f"{block}.ip_rules")


def names_everybody(r: Reader, attribute: str) -> bool:
    """Whether a list of addresses has one that is all of them."""
    return any(one in _EVERYBODY for one in r.texts("", attribute))


def identity(r: Reader) -> bool:
    """Whether it has an identity of the cloud's own."""
    some = r.has("managed_identity", "identity")
    if some and r.text("", "identity.type").lower() == "none":
        some = False
    r.decide("managed_identity", "which identity should it have? add an identity block")
    return some


def stands(r: Reader, name: str) -> bool | None:
    """Whether an attribute is set, or a block is there; None where nobody can say."""
    some, known = r.view.blocks(name)
    answer = True if some else there(r, name)
    return answer if known or answer else None


def customer_key(r: Reader, *attributes: str, field: str = "customer_key") -> bool:
    """Whether a key of ours is named by one of these attributes or blocks."""
    answers = [stands(r, one) for one in attributes]
    for one, answer in zip(attributes, answers, strict=True):
        if answer:
            r.place_of(field, r.view.find(one))
            return True
    if None in answers:
        r.unknown(field)
    r.decide(field, "which key should it use?")
    return False


def linked(r: Reader, field: str, kind: str, by: str, attribute: str = "") -> list[Reader]:
    """Resources of a type that mean this one; what may mean it, but is not known to, makes the field unknown."""
    some = r.linked(kind, by, attribute)
    if not some and r.links_unknown(kind, by):
        r.unknown(field)
    return some


def scanned(r: Reader, what: str, by: str, name: str = "") -> bool | None:
    """Whether a vulnerability assessment looks at something: it names an alert policy, which names that. None where
    one does, which is judged where it stands, or where its policy stands elsewhere."""
    policy, assessment = f"{what}_security_alert_policy", f"{what}_vulnerability_assessment"
    r.decide("vulnerability_scans", f"where should the results go? add an {assessment}")
    own = {one.address for one in linked(r, "vulnerability_scans", policy, by, name)}
    for one in r.others(assessment):
        of = f"{what.split('_', 2)[2]}_security_alert_policy_id"
        policies = followed(one, of, policy)
        if any(each.address in own for each in policies) or (not policies and is_unknown(one, of)):
            return None
    return False


def diagnosed(r: Reader, field: str) -> bool:
    """Whether a diagnostic setting sends its logs somewhere; a module whose code is not here may do that."""
    some = linked(r, field, "azurerm_monitor_diagnostic_setting", "target_resource_id")
    answers = [_sends_logs(one) for one in some]
    if True not in answers and (None in answers or made_elsewhere(r, ("diagnostic", "monitor", "logging"))):
        r.unknown(field)
    return True in answers


def _sends_logs(setting: Reader) -> bool | None:
    """Whether a setting sends any log: not if it turns off all that it names, or has metrics alone. None where nobody
    can say."""
    named = [setting.view.blocks(one) for one in ("enabled_log", "log")]
    logs = [view.find("enabled").value for some, _ in named for view in some]
    if any(not isinstance(one, Unknown) and one not in OFF for one in logs):
        return True
    if any(isinstance(one, Unknown) for one in logs) or not all(known for _, known in named):
        return None
    return not logs and not any(setting.view.blocks(one)[0] for one in ("metric", "enabled_metric"))


def service_log(r: Reader, kind: str, *, kept: bool = False) -> ServiceLog:
    """Whether what somebody does with a service is recorded; `kept`: it says so itself."""
    logged = kept or diagnosed(r, "logged")
    r.decide("logged", "where should the logs go? add an azurerm_monitor_diagnostic_setting")
    return ServiceLog(name=r.address, kind=kind, logged=logged)


def kept_logs(r: Reader, field: str, part: str = "") -> set[str]:
    """Which kinds of logs diagnostic settings send somewhere, in lower case; `part` is what must stand behind the id
    that a setting names ("" where the id stands alone)."""
    found = set[str]()
    for setting in linked(r, field, "azurerm_monitor_diagnostic_setting", "target_resource_id"):
        if _is_about(setting, part):
            for block in ("enabled_log", "log"):
                some, known = setting.view.blocks(block)
                if not known or any(isinstance(view.find(one).value, Unknown) for view in some for one in _LOG_NAMES):
                    r.unknown(field)
                on = (view for view in some if view.find("enabled").value not in OFF)
                found |= {folded(setting.below("", view), one) for view in on for one in _LOG_NAMES}
    return found - {""}


_LOG_NAMES = ("category", "category_group", "enabled")


def _is_about(setting: Reader, part: str) -> bool:
    value = setting.view.find("target_resource_id").value
    pieces = value.pieces if isinstance(value, Unknown) else None
    return not part or any(isinstance(one, str) and part in one.lower() for one in pieces or ())


def endpoint(r: Reader, kind: str) -> PrivateLink:
    """Whether a private endpoint gives a service an address in a network."""
    by = "private_service_connection.private_connection_resource_id"
    some = linked(r, "connected", "azurerm_private_endpoint", by)
    r.decide("connected", "which subnet needs it? add an azurerm_private_endpoint")
    return PrivateLink(name=r.address, kind=kind, connected=bool(some))


_LOCK = "azurerm_management_lock"


def lock(r: Reader, kind: str) -> DeletionLock:
    """Whether a lock keeps something, or all of its group, from being deleted."""
    groups = followed(r, "resource_group_name", "azurerm_resource_group", "name")
    some = [*linked(r, "locked", _LOCK, "scope"), *(one for group in groups for one in group.linked(_LOCK, "scope"))]
    if any(group.links_unknown(_LOCK, "scope") for group in groups):
        r.unknown("locked")
    levels = [one.view.find("lock_level").value for one in some]
    if any(isinstance(one, Unknown) for one in levels):
        r.unknown("locked")
    r.decide("locked", "who may delete it? add an azurerm_management_lock with CanNotDelete")
    return DeletionLock(name=r.address, kind=kind, locked=any(one in ("CanNotDelete", "ReadOnly") for one in levels))


def folded(r: Reader, attribute: str) -> str:
    """An attribute's text in lower case, "" where it is not there or not known; nothing is remembered."""
    return said(r, attribute).lower()


def is_unknown(r: Reader, attribute: str) -> bool:
    """Whether nobody can say what an attribute is."""
    found = r.view.find(attribute)
    return not found.known or isinstance(found.value, Unknown)
