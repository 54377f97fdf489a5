"""The clock of a report: acknowledged within 48 hours, assessed in 5 business days, resolved in 30 days, disclosed.

Pure functions over `Case`; `Store` keeps the cases as private files, one each. All times are UTC; business days are
Monday to Friday. The clock starts with the report and never stops for a late step.
"""

import json
import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

from ringfence.dataclasses import dataclass, replace
from ringfence.errors import ConfigError, UsageError
from ringfence.strictjson import StrictJsonError, loads

ACKNOWLEDGE = timedelta(hours=48)
ASSESS_BUSINESS_DAYS = 5
RESOLVE = timedelta(days=30)
#: From the day on which it was resolved, so that users can upgrade first.
DISCLOSE = timedelta(days=7)

_ID = re.compile(r"RFD-\d{4}-\d{4,6}")
_MAX_BYTES = 1 << 20


class Stage(StrEnum):
    """Where a case stands. REJECTED and DISCLOSED are ends."""

    REPORTED = "reported"
    ACKNOWLEDGED = "acknowledged"
    ASSESSED = "assessed"
    RESOLVED = "resolved"
    DISCLOSED = "disclosed"
    REJECTED = "rejected"


#: What may follow.
_NEXT: dict[Stage, tuple[Stage, ...]] = {
    Stage.REPORTED: (Stage.ACKNOWLEDGED, Stage.REJECTED),
    Stage.ACKNOWLEDGED: (Stage.ASSESSED, Stage.REJECTED),
    Stage.ASSESSED: (Stage.RESOLVED, Stage.REJECTED),
    Stage.RESOLVED: (Stage.DISCLOSED,),
    Stage.DISCLOSED: (),
    Stage.REJECTED: (),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A stage that was reached, when, and a word about it."""

    stage: Stage
    time: datetime
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One report. `steps` begins with REPORTED; `advisory` is the identifier that it was disclosed under, or ""."""

    id: str
    plugin: str
    summary: str
    steps: tuple[Step, ...]
    advisory: str

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.steps[-1].stage

    @property
    def is_open(self) -> bool:
        """Whether anything is left to do."""
        return bool(_NEXT[self.stage])


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """By when a case has to be at a stage."""

    case: Case
    stage: Stage
    due: datetime

    def late(self, now: datetime) -> timedelta:
        """By how much it is late; zero where it is not."""
        return max(now - self.due, timedelta())


def open_case(
    plugin: str, summary: str, *, taken: Iterable[str], reported: datetime, now: datetime, note: str = ""
) -> Case:
    """A new case. `reported` is when the report came in, which starts the clock. Raises UsageError."""
    if reported.tzinfo is None or now.tzinfo is None:
        raise UsageError("times have a zone")
    if reported > now:
        raise UsageError("a report does not come from the future")
    if not summary.strip():
        raise UsageError("a case needs a summary")
    pattern = f"RFD-{reported.year}-"
    used = [int(one.rsplit("-", 1)[1]) for one in taken if one.startswith(pattern) and _ID.fullmatch(one)]
    return Case(
        id=f"{pattern}{max(used, default=0) + 1:04}",
        plugin=plugin,
        summary=summary.strip()[:300],
        steps=(Step(stage=Stage.REPORTED, time=_whole(reported), note=note),),
        advisory="",
    )


def advance(case: Case, to: Stage, *, now: datetime, note: str = "", advisory: str = "") -> Case:
    """The case at its next stage. Raises UsageError for a stage that cannot follow, or without what it needs."""
    if to not in _NEXT[case.stage]:
        follow = ", ".join(_NEXT[case.stage]) or "nothing"
        raise UsageError(f"{case.id} is {case.stage}: {to} cannot follow", hint=f"what can: {follow}")
    if to is Stage.REJECTED and not note.strip():
        raise UsageError("a rejection needs a reason, which the reporter is told", hint="--note TEXT")
    if to is Stage.DISCLOSED and not advisory:
        raise UsageError("what is disclosed has an advisory", hint="--advisory RFSA-…")
    if now < case.steps[-1].time:
        raise UsageError(f"{case.id} was {case.stage} later than that")
    step = Step(stage=to, time=_whole(now), note=note.strip()[:2000])
    return replace(case, steps=(*case.steps, step), advisory=advisory or case.advisory)


def next_deadline(case: Case) -> Deadline | None:
    """By when the next stage is due; None for a case that is closed."""
    reported = case.steps[0].time
    match case.stage:
        case Stage.REPORTED:
            return Deadline(case=case, stage=Stage.ACKNOWLEDGED, due=reported + ACKNOWLEDGE)
        case Stage.ACKNOWLEDGED:
            due = business_days_after(reported, ASSESS_BUSINESS_DAYS)
            return Deadline(case=case, stage=Stage.ASSESSED, due=due)
        case Stage.ASSESSED:
            return Deadline(case=case, stage=Stage.RESOLVED, due=reported + RESOLVE)
        case Stage.RESOLVED:
            return Deadline(case=case, stage=Stage.DISCLOSED, due=case.steps[-1].time + DISCLOSE)
        case _:
            return None


def overdue(cases: Iterable[Case], now: datetime) -> list[Deadline]:
    """What is late, the latest first."""
    found = [due for case in cases if (due := next_deadline(case)) and due.late(now)]
    return sorted(found, key=lambda one: (one.due, one.case.id))


def business_days_after(start: datetime, count: int) -> datetime:
    """The end (24:00 UTC) of the `count`th business day after the day of `start`."""
    day = start.astimezone(UTC).date()
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return datetime.combine(day + timedelta(days=1), time(), UTC)


class Store:
    """A folder of cases that only its owner may read: what is in them is not disclosed yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> list[Case]:
        """Every case, by identifier. Raises ConfigError for a file that is none."""
        if not self._folder.is_dir():
            return []
        return [self._read(path) for path in sorted(self._folder.glob("RFD-*.json"))]

    def get(self, identifier: str) -> Case:
        """One case. Raises UsageError where there is none."""
        path = self._folder / f"{identifier}.json"
        if not _ID.fullmatch(identifier) or not path.exists():
            raise UsageError(f"there is no case {identifier[:40]!r}")
        return self._read(path)

    def put(self, case: Case, *, new: bool = False) -> None:
        """Write a case, whole or not at all; a new one never over another. Raises UsageError."""
        path = self._folder / f"{case.id}.json"
        temporary = self._folder / f".{case.id}.{os.getpid()}.tmp"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with open(descriptor, "wb") as file:
                file.write(_to_bytes(case))
                file.flush()
                os.fsync(file.fileno())
            if new:
                os.link(temporary, path)
            else:
                os.replace(temporary, path)
        except FileExistsError:
            raise UsageError(f"{case.id} was taken in the meantime: try again") from None
        except OSError as error:
            raise UsageError(f"cannot write {path}: {(error.strerror or 'error').lower()}") from None
        finally:
            temporary.unlink(missing_ok=True)

    def _read(self, path: Path) -> Case:
        try:
            with open(path, "rb") as file:
                value = loads(file.read(_MAX_BYTES + 1))
            return _from(value)
        except (OSError, StrictJsonError, ValueError, KeyError, TypeError) as error:
            raise ConfigError(f"not a case: {str(error)[:200]}", file=str(path)) from None


def _to_bytes(case: Case) -> bytes:
    steps = [{"stage": step.stage, "time": step.time.isoformat(), "note": step.note} for step in case.steps]
    value = {"id": case.id, "plugin": case.plugin, "summary": case.summary, "advisory": case.advisory, "steps": steps}
    return json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n"


def _from(value: object) -> Case:
    if not isinstance(value, dict) or not _ID.fullmatch(str(value["id"])) or not value["steps"]:
        raise ValueError("a field is missing")
    steps = []
    for step in value["steps"]:
        moment = datetime.fromisoformat(str(step["time"]))
        if moment.tzinfo is None:
            raise ValueError("a time has no zone")
        steps.append(Step(stage=Stage(step["stage"]), time=moment, note=str(step["note"])))
    if steps[0].stage is not Stage.REPORTED:
        raise ValueError("it does not begin with a report")
    texts = {name: str(value[name]) for name in ("id", "plugin", "summary", "advisory")}
    return Case(steps=tuple(steps), **texts)


def _whole(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
