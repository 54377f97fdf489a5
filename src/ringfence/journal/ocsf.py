"""Records as OCSF 1.3.0 events (schema.ocsf.io), for SIEMs. Pure; missing fields are left out.

    call, outcome, refusal   API Activity 6003, activity 99 (a plugin's method is no CRUD)
    grant, revoke            API Activity 6003, activities 1 Create and 4 Delete
    start, stop, recovery    Application Lifecycle 6002, activities 3, 4 and 99

Profiles: `host` (device and actor) and `security_control` (what Ringfence allowed or denied).
What has no place in a class goes to `unmapped`, untouched.
"""

from ringfence import __version__
from ringfence.journal.line import Entry
from ringfence.journal.read import moment

VERSION = "1.3.0"
_API, _LIFECYCLE = (6003, "API Activity"), (6002, "Application Lifecycle")
_OTHER = 99

#: type → class, activity, its name.
_CLASSES: dict[str, tuple[tuple[int, str], int, str]] = {
    "call": (_API, _OTHER, "Call"),
    "outcome": (_API, _OTHER, "Outcome"),
    "refusal": (_API, _OTHER, "Refusal"),
    "grant": (_API, 1, "Create"),
    "revoke": (_API, 4, "Delete"),
    "trust": (_API, 3, "Update"),
    "start": (_LIFECYCLE, 3, "Start"),
    "stop": (_LIFECYCLE, 4, "Stop"),
    "recovery": (_LIFECYCLE, _OTHER, "Recovery"),
}
_INFORMATIONAL, _LOW, _MEDIUM = (1, "Informational"), (2, "Low"), (3, "Medium")
_UNKNOWN, _SUCCESS, _FAILURE = (0, "Unknown"), (1, "Success"), (2, "Failure")

#: Members that have their place in the event; the others are unmapped.
_MAPPED = frozenset(
    {"type", "time", "hostname", "pid", "request_id", "plugin", "version", "method", "status", "code", "error"}
)


def event(entry: Entry) -> dict[str, object]:
    """The OCSF event of one journal entry."""
    record = entry.record
    (class_uid, class_name), activity_id, activity = _CLASSES.get(_text(record, "type"), (_API, _OTHER, "Other"))
    severity_id, severity = _severity(record)
    status_id, status = _status(record)
    result: dict[str, object] = {
        "activity_id": activity_id,
        "activity_name": activity,
        "category_uid": 6,
        "category_name": "Application Activity",
        "class_uid": class_uid,
        "class_name": class_name,
        "type_uid": class_uid * 100 + activity_id,
        "type_name": f"{class_name}: {activity}",
        "time": _milliseconds(record),
        "severity_id": severity_id,
        "severity": severity,
        "status_id": status_id,
        "status": status,
        "metadata": _metadata(entry),
        "actor": _actor(record),
        "device": {"hostname": _text(record, "hostname") or "unknown", "type_id": 0},
        "unmapped": {key: value for key, value in record.items() if key not in _MAPPED},
    }
    result |= _security_control(record) | _optional(record)
    if class_uid == _API[0]:
        return result | _api(record)
    return result | {"app": {"name": "ringfence", "vendor_name": "Ringfence", "version": __version__}}


def _metadata(entry: Entry) -> dict[str, object]:
    record = entry.record
    found: dict[str, object] = {
        "version": VERSION,
        "product": {"name": "Ringfence", "vendor_name": "Ringfence", "version": __version__},
        "profiles": ["host", "security_control"],
        "log_name": "journal",
        "sequence": entry.seq,
        "event_code": _text(record, "type"),
        "original_time": _text(record, "time"),
        "correlation_uid": _text(record, "request_id"),
    }
    return {key: value for key, value in found.items() if value != ""}


def _api(record: dict[str, object]) -> dict[str, object]:
    """`api`, `src_endpoint` and `resources`, as the API Activity class requires."""
    kind, method, plugin = (_text(record, name) for name in ("type", "method", "plugin"))
    operation = kind if kind in ("grant", "revoke", "trust") or not method else method
    api: dict[str, object] = {"operation": operation or "unknown"}
    if plugin:
        api["service"] = _named(plugin, record)
    if request := _text(record, "request_id"):
        api["request"] = {"uid": request}
    if kind in ("outcome", "refusal"):
        api["response"] = _response(record)
    result: dict[str, object] = {"api": api, "src_endpoint": {"hostname": _text(record, "hostname") or "unknown"}}
    if plugin:
        result["resources"] = [{"type": "plugin"} | _named(plugin, record)]
    return result


def _response(record: dict[str, object]) -> dict[str, object]:
    if _status(record) == _SUCCESS:
        return {"message": "ok"}
    said = {"error": _text(record, "code"), "error_message": _text(record, "error")}
    return {key: value for key, value in said.items() if value}


def _named(plugin: str, record: dict[str, object]) -> dict[str, object]:
    version = _text(record, "version")
    return {"name": plugin, "version": version} if version else {"name": plugin}


def _actor(record: dict[str, object]) -> dict[str, object]:
    """Who asked: the caller's uid and process, else Ringfence's own process."""
    caller = record.get("caller")
    caller = caller if isinstance(caller, dict) else {}
    pid = caller.get("pid", record.get("pid"))
    actor: dict[str, object] = {"process": {"pid": pid} if isinstance(pid, int) else {"name": "ringfence"}}
    if isinstance(caller.get("uid"), int):
        actor["user"] = {"uid": str(caller["uid"]), "type_id": 0}
    return actor


def _security_control(record: dict[str, object]) -> dict[str, object]:
    """What Ringfence did about it: allowed, or denied and blocked."""
    if record.get("type") == "refusal":
        return {"action_id": 2, "action": "Denied", "disposition_id": 2, "disposition": "Blocked"}
    if record.get("type") in ("call", "outcome"):
        return {"action_id": 1, "action": "Allowed", "disposition_id": 1, "disposition": "Allowed"}
    return {"action_id": 0, "action": "Unknown", "disposition_id": 0, "disposition": "Unknown"}


def _optional(record: dict[str, object]) -> dict[str, object]:
    result: dict[str, object] = {}
    duration = record.get("duration_us")
    if isinstance(duration, dict) and isinstance(duration.get("total"), int):
        result["duration"] = duration["total"] // 1000
    if code := _text(record, "code"):
        result["status_code"] = code
    if error := _text(record, "error"):
        result["message"] = result["status_detail"] = error
    return result


def _severity(record: dict[str, object]) -> tuple[int, str]:
    if record.get("type") in ("refusal", "recovery"):
        return _MEDIUM
    return _LOW if record.get("status") == "error" else _INFORMATIONAL


def _status(record: dict[str, object]) -> tuple[int, str]:
    if record.get("type") == "refusal" or record.get("status") == "error":
        return _FAILURE
    return _UNKNOWN if record.get("type") == "call" else _SUCCESS


def _milliseconds(record: dict[str, object]) -> int:
    at = moment(record.get("time"))
    return int(at.timestamp() * 1000) if at else 0


def _text(record: dict[str, object], name: str) -> str:
    value = record.get(name)
    return "" if value is None else value if isinstance(value, str) else str(value)
