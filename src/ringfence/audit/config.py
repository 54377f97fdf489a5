"""The table [audit] of ringfence.toml: what a project always wants of its audits."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ringfence import tomltext
from ringfence.audit.select import PROFILES
from ringfence.audit.settings import ASSUMPTIONS
from ringfence.audit.waivers import Entry
from ringfence.configfile import NAME, find, read_trusted
from ringfence.controls import CATALOGUE
from ringfence.controls.control import Severity
from ringfence.dataclasses import dataclass
from ringfence.errors import ConfigError
from ringfence.plugins.fields import Fields, Report

LEVELS = (*(one.value for one in Severity), "never")
_LONGEST = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditConfig:
    """Defaults for the command's options; "" and empty where the file says nothing."""

    profile: str
    fail_on: str
    only: tuple[str, ...]
    skip: tuple[str, ...]
    exclude: tuple[str, ...]
    assume: Mapping[str, str]
    waivers: tuple[Entry, ...]


def load(named: str | None) -> AuditConfig:
    """Find and read the configuration. Raises ConfigError with file and line."""
    file = find(named)
    if file is None:
        return parse(b"", Path(NAME))
    return parse(read_trusted(file), file)


def parse(text: bytes, file: Path) -> AuditConfig:
    """What a configuration's text says of audits. Raises ConfigError with file and line."""
    document = tomltext.load(text, file=str(file))
    report = Report(document)
    config = _read(Fields(report, (), document.data).table("audit"))
    if report.problems:
        first = min(report.problems, key=lambda one: one.line)
        raise ConfigError(first.message, file=str(file), line=first.line, hint=first.hint)
    return config


def _read(fields: Fields | None) -> AuditConfig:
    if fields is None:
        empty = tuple[str, ...]()
        return AuditConfig(profile="", fail_on="", only=empty, skip=empty, exclude=empty, assume={}, waivers=())
    config = AuditConfig(
        profile=_one_of(fields, "profile", PROFILES),
        fail_on=_one_of(fields, "fail_on", LEVELS),
        only=_ids(fields, "only"),
        skip=_ids(fields, "skip"),
        exclude=_list(fields, "exclude"),
        assume=_assume(fields.table("assume")),
        waivers=_waivers(fields),
    )
    fields.close()
    return config


def _one_of(fields: Fields, key: str, words: tuple[str, ...]) -> str:
    value = fields.text(key, longest=_LONGEST)
    if value and value not in words:
        fields.error(key, f"audit.{key} must be one of {', '.join(words)}, not {value[:60]!r}")
    return value


def _list(fields: Fields, key: str) -> tuple[str, ...]:
    value = fields.value(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) and len(one) <= _LONGEST for one in value):
        fields.error(key, f"audit.{key} must be a list of strings")
        return ()
    return tuple(value)


def _ids(fields: Fields, key: str) -> tuple[str, ...]:
    found = _list(fields, key)
    for id in found:
        if id not in CATALOGUE:
            fields.error(key, f"audit.{key}: there is no control {id!r}")
    return found


def _assume(fields: Fields | None) -> dict[str, str]:
    if fields is None:
        return {}
    found = dict[str, str]()
    for name in fields.names():
        value = fields.value(name)
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            value = ",".join(value) or ","
        if name not in ASSUMPTIONS or isinstance(value, bool) or not isinstance(value, str | int):
            fields.error(name, f"nothing of this kind is assumed: {name}", hint=f"known: {', '.join(ASSUMPTIONS)}")
        else:
            found[name] = str(value)
    return found


def _waivers(fields: Fields) -> tuple[Entry, ...]:
    value = fields.value("waivers")
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        fields.error("waivers", "audit.waivers must be a list of tables: [[audit.waivers]]")
        return ()
    found = list[Entry]()
    for index, table in enumerate(value):
        one = _waiver(Fields(fields.report, (*fields.path, "waivers", index), table))
        if one is not None:
            found.append(one)
    return tuple(found)


def _waiver(fields: Fields) -> Entry | None:
    control = fields.text("control", longest=100, required=True)
    reason = fields.text("reason", longest=_LONGEST, required=True)
    path = fields.text("path", longest=_LONGEST) or "**"
    subject = fields.text("subject", longest=_LONGEST)
    until = fields.value("until")
    fields.close()
    if control and control not in CATALOGUE:
        fields.error("control", f"there is no control {control!r}")
    if until is not None and type(until) is not date:
        try:
            until = date.fromisoformat(str(until))
        except ValueError:
            fields.error("until", "until must be a date: YEAR-MONTH-DAY")
            until = None
    if not (control and reason.strip()):
        return None
    ends = until if isinstance(until, date) else None
    return Entry(control=control, path=path, subject=subject, reason=reason, until=ends)
