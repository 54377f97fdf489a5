"""The clock of a report runs in UTC and business days, every step in its order, and what is late is said first."""

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringfence.advisories.disclosures import (
    Case,
    Stage,
    Store,
    advance,
    business_days_after,
    next_deadline,
    open_case,
    overdue,
)
from ringfence.errors import ConfigError, UsageError

FRIDAY = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)


def case(reported: datetime = FRIDAY, *, taken: tuple[str, ...] = ()) -> Case:
    return open_case("word-count", "reads outside", taken=taken, reported=reported, now=reported)


def through(found: Case, *stages: Stage, now: datetime = FRIDAY) -> Case:
    for stage in stages:
        found = advance(found, stage, now=now, note="a word", advisory="RFSA-2026-0001")
    return found


def test_the_deadlines() -> None:
    """48 hours, five business days, thirty days from the report; a week from the fix."""
    found = case()
    assert next_deadline(found).due == datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
    found = through(found, Stage.ACKNOWLEDGED)
    assert next_deadline(found).due == datetime(2026, 11, 28, tzinfo=UTC), "Mon 23 to Fri 27, to its end"
    found = through(found, Stage.ASSESSED, now=FRIDAY + timedelta(days=20))
    assert next_deadline(found).due == FRIDAY + timedelta(days=30), "a late step does not stop the clock"
    found = through(found, Stage.RESOLVED, now=FRIDAY + timedelta(days=25))
    assert next_deadline(found).due == FRIDAY + timedelta(days=32)
    assert next_deadline(through(found, Stage.DISCLOSED, now=FRIDAY + timedelta(days=26))) is None
    assert next_deadline(through(case(), Stage.REJECTED)) is None


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.integers(1, 20))
@settings(deadline=None)
def test_business_days(start: datetime, count: int) -> None:
    """As many business days lie between as were asked for, and the last ends the count."""
    begun = start.replace(tzinfo=UTC)
    end = business_days_after(begun, count)
    days = [begun.date() + timedelta(days=n) for n in range(1, (end.date() - begun.date()).days)]
    worked = [day for day in days if day.weekday() < 5]
    assert len(worked) == count
    assert days[-1] == worked[-1]
    assert (end.hour, end.minute, end.second) == (0, 0, 0)


def test_what_zone_the_report_was_in_does_not_matter() -> None:
    """A Friday evening in one zone is Saturday in UTC, and UTC counts."""
    from datetime import timezone

    west = datetime(2026, 11, 20, 22, tzinfo=timezone(timedelta(hours=-8)))
    assert case(west).steps[0].time == datetime(2026, 11, 21, 6, tzinfo=UTC)
    assert business_days_after(west, 1) == datetime(2026, 11, 24, tzinfo=UTC)


def test_overdue() -> None:
    """Only what is late, the longest due first, to the second; closed cases are never late."""
    first, second = case(), case(FRIDAY + timedelta(hours=1), taken=("RFD-2026-0001",))
    closed = through(case(), Stage.REJECTED)
    cases = [second, closed, first]
    assert overdue(cases, FRIDAY + timedelta(hours=48)) == []
    assert [one.case.id for one in overdue(cases, FRIDAY + timedelta(hours=48, seconds=1))] == ["RFD-2026-0001"]
    late = overdue(cases, FRIDAY + timedelta(days=90))
    assert [(one.case.id, one.stage) for one in late] == [
        ("RFD-2026-0001", "acknowledged"),
        ("RFD-2026-0002", "acknowledged"),
    ]


@pytest.mark.parametrize("begin", list(Stage))
def test_steps_go_in_order(begin: Stage) -> None:
    """No stage is skipped, repeated or gone back to; an end is an end."""
    way = [Stage.REPORTED, Stage.ACKNOWLEDGED, Stage.ASSESSED, Stage.RESOLVED, Stage.DISCLOSED]
    found = case() if begin is Stage.REPORTED else None
    if begin is Stage.REJECTED:
        found = through(case(), Stage.REJECTED)
    elif found is None:
        found = through(case(), *way[1 : way.index(begin) + 1])
    allowed = {way[way.index(begin) + 1]} if begin in way[:-1] else set()
    allowed |= {Stage.REJECTED} if begin in way[:3] else set()
    for stage in Stage:
        if stage in allowed:
            assert through(found, stage).stage is stage
        else:
            with pytest.raises(UsageError, match="cannot follow"):
                through(found, stage)


def test_what_a_step_needs() -> None:
    """A rejection has a reason, a disclosure an advisory, a time does not run back, a report is not from the future."""
    with pytest.raises(UsageError, match="reason"):
        advance(case(), Stage.REJECTED, now=FRIDAY)
    resolved = through(case(), Stage.ACKNOWLEDGED, Stage.ASSESSED)
    resolved = advance(resolved, Stage.RESOLVED, now=FRIDAY)
    bare = Case(id=resolved.id, plugin="x", summary="y", steps=resolved.steps, advisory="")
    with pytest.raises(UsageError, match="advisory"):
        advance(bare, Stage.DISCLOSED, now=FRIDAY)
    with pytest.raises(UsageError, match="later than that"):
        advance(case(), Stage.ACKNOWLEDGED, now=FRIDAY - timedelta(seconds=1))
    with pytest.raises(UsageError, match="future"):
        open_case("x", "y", taken=(), reported=FRIDAY + timedelta(seconds=1), now=FRIDAY)
    with pytest.raises(UsageError, match="zone"):
        open_case("x", "y", taken=(), reported=FRIDAY.replace(tzinfo=None), now=FRIDAY)


def test_the_store(tmp_path: Path) -> None:
    """Cases come back as they were put, in files that nobody else may read; a new one is never put over another."""
    store = Store(tmp_path / "cases")
    assert store.all() == []
    found = through(case(), Stage.ACKNOWLEDGED)
    store.put(found, new=True)
    assert store.all() == [found]
    assert store.get(found.id) == found
    [file] = (tmp_path / "cases").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "cases").stat().st_mode) == 0o700
    with pytest.raises(UsageError, match="taken in the meantime"):
        store.put(case(), new=True)
    assert store.get(found.id) == found
    for absent in ("RFD-2026-0002", "../../etc/passwd", ""):
        with pytest.raises(UsageError, match="no case"):
            store.get(absent)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"id": "RFD-2026-0001", "steps": []}', '{"id": "x", "steps": [1]}', "null"]
)
def test_damaged_cases(tmp_path: Path, text: str) -> None:
    """A file that is no case is an error with its name: a case never just disappears."""
    (tmp_path / "RFD-2026-0001.json").write_text(text)
    with pytest.raises(ConfigError, match=r"RFD-2026-0001\.json: not a case"):
        Store(tmp_path).all()


def test_a_case_that_begins_elsewhere(tmp_path: Path) -> None:
    """A case whose report was cut away would have no clock."""
    Store(tmp_path).put(through(case(), Stage.ACKNOWLEDGED))
    [path] = tmp_path.iterdir()
    value = json.loads(path.read_text())
    for steps in (value["steps"][1:], [value["steps"][0] | {"time": "2026-11-20T15:30:00"}]):
        path.write_text(json.dumps(value | {"steps": steps}))
        with pytest.raises(ConfigError):
            Store(tmp_path).all()
