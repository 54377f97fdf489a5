"""Records as RFC 5424 syslog messages, one a line. Pure; missing fields become nil values.

Facility 13 (log audit). The structured data element is named with the enterprise number that
RFC 5612 sets aside for documentation, because Ringfence has none of its own.
"""

import re
from datetime import UTC

from ringfence.journal.line import Entry
from ringfence.journal.read import moment

_FACILITY = 13
_NOTICE, _INFO, _WARNING = 5, 6, 4
_NIL = "-"
SD_ID = "ringfence@32473"

#: Members that are given as structured data, where they are text or numbers.
_PARAMETERS = (
    "request_id", "plugin", "version", "digest", "method", "arguments_digest", "cell", "status", "code",
)  # fmt: skip


def message(entry: Entry) -> str:
    """The syslog line of one entry, without newline. No part of it can break out of its field."""
    record = entry.record
    priority = _FACILITY * 8 + _severity(record)
    header = [
        f"<{priority}>1",
        _time(record),
        _header(record.get("hostname"), 255),
        "ringfence",
        _header(record.get("pid"), 128),
        _header(record.get("type"), 32),
    ]
    return " ".join([*header, _structured(entry), "\ufeff" + _plain(_sentence(record))])


def _severity(record: dict[str, object]) -> int:
    if record.get("type") in ("refusal", "recovery"):
        return _WARNING
    return _NOTICE if record.get("status") == "error" else _INFO


def _time(record: dict[str, object]) -> str:
    """RFC 3339 in UTC with at most six digits of a second (section 6.2.3)."""
    at = moment(record.get("time"))
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else _NIL


def _header(value: object, limit: int) -> str:
    """A header field: printable ASCII without spaces (section 6.2), or nil."""
    text = re.sub(r"[^!-~]", "_", str(value)) if isinstance(value, str | int) else ""
    return text[:limit] or _NIL


def _structured(entry: Entry) -> str:
    """The structured data element; quotes, backslashes and brackets escaped (section 6.3.3)."""
    values: dict[str, object] = {"seq": entry.seq}
    values |= {name: entry.record[name] for name in _PARAMETERS if isinstance(entry.record.get(name), str | int)}
    caller = entry.record.get("caller")
    for name in ("uid", "gid", "pid", "via"):
        if isinstance(caller, dict) and isinstance(caller.get(name), str | int):
            values[f"caller_{name}"] = caller[name]
    limits = entry.record.get("limits_hit")
    if isinstance(limits, list) and limits:
        values["limits_hit"] = ",".join(str(limit) for limit in limits)
    parameters = " ".join(f'{name}="{_value(str(value))}"' for name, value in values.items())
    return f"[{SD_ID} {parameters}]"


def _value(text: str) -> str:
    return re.sub(r'(["\\\]])', r"\\\1", _plain(text))


def _plain(text: str) -> str:
    """Text without line breaks or other characters that end or disturb a line: they become spaces."""
    return "".join(c if c.isprintable() else " " for c in text)


def _sentence(record: dict[str, object]) -> str:
    words = [record.get(name) for name in ("type", "plugin", "method", "status", "code", "error")]
    return " ".join(str(word) for word in words if isinstance(word, str) and word)
