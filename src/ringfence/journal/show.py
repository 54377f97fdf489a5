"""Records for people: one line each, with whatever a plugin or a caller wrote made harmless.

Names, errors and arguments are untrusted text: control characters, escape sequences and
invisible or direction-changing characters are shown as escapes, never sent to a terminal.
"""

from ringfence.journal.line import Entry
from ringfence.journal.read import moment

_WIDTH = 100


def harmless(text: str) -> str:
    """The text with every character that is not plainly printable written as an escape."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def one_line(entry: Entry) -> str:
    """`SEQ TIME TYPE PLUGIN==VERSION METHOD STATUS …`; missing fields are left out."""
    record = entry.record
    plugin = _text(record, "plugin")
    if plugin and _text(record, "version"):
        plugin += f"=={_text(record, 'version')}"
    words = [f"{entry.seq:>6}", _time(record), f"{_text(record, 'type') or '?':<8}", plugin, _text(record, "method")]
    status, code = _text(record, "status"), _text(record, "code")
    words += [status, code if code != status else "", _duration(record), _caller(record), _limits(record)]
    words += [_text(record, "request_id"), _text(record, "error")]
    return " ".join(word for word in words if word)


def _text(record: dict[str, object], name: str) -> str:
    value = record.get(name)
    if value is None:
        return ""
    text = value if isinstance(value, str) else str(value)
    return harmless(text if len(text) <= _WIDTH else text[:_WIDTH] + "…")


def _time(record: dict[str, object]) -> str:
    at = moment(record.get("time"))
    return at.strftime("%Y-%m-%d %H:%M:%S") if at else " " * 19


def _duration(record: dict[str, object]) -> str:
    duration = record.get("duration_us")
    total = duration.get("total") if isinstance(duration, dict) else None
    return f"{total / 1000:.1f}ms" if isinstance(total, int) else ""


def _caller(record: dict[str, object]) -> str:
    caller = record.get("caller")
    if not isinstance(caller, dict):
        return ""
    via, uid = caller.get("via", "?"), caller.get("uid", "?")
    return harmless(f"{via}:uid={uid}")


def _limits(record: dict[str, object]) -> str:
    limits = record.get("limits_hit")
    if not isinstance(limits, list) or not limits:
        return ""
    return harmless("limits=" + ",".join(str(limit) for limit in limits)[:_WIDTH])
