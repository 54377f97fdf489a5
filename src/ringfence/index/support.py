"""Which versions of a plugin of an index still get fixes, from when they were published."""

from datetime import datetime
from typing import TYPE_CHECKING

from ringfence.index.record import Record, Status

if TYPE_CHECKING:
    from ringfence.advisories.support import Line


def of_record(record: Record, now: datetime) -> "list[Line]":
    """The lines of versions, the newest first. What is in quarantine, or says no time of its own, makes none."""
    from ringfence.advisories.support import table

    times = {
        version: moment
        for version, each in record.versions.items()
        if each.status is not Status.QUARANTINED and (moment := _moment(each.published))
    }
    return table(times, now=now)


def _moment(said: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
