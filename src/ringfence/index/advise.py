"""Advisories of an index: signed files of the role `records`, one each and all together, changed in one commit."""

from datetime import datetime

from ringfence.advisories import feeds, own
from ringfence.errors import IndexRefused, NotInIndex
from ringfence.index import places, records
from ringfence.index.repository import Repository
from ringfence.index.workspace import Workspace


def published(repository: Repository) -> list[own.Record]:
    """Every advisory of the index."""
    data = repository.read_target(places.FEED)
    return feeds.parse(data) if data is not None else []


def publish(space: Workspace, draft: own.Draft, *, now: datetime) -> own.Record:
    """Publish an advisory about a plugin of the index. Raises NotInIndex, UsageError."""
    with space.change() as step:
        records.need(space.repository, draft.plugin)
        known = published(space.repository)
        record = own.new(draft, taken=[str(one["id"]) for one in known], now=now)
        step.put(places.advisory(str(record["id"])), own.to_bytes(record))
        step.put(places.FEED, feeds.everything([*known, record]))
        space.commit(step, "advise", name=draft.plugin, advisory=record["id"], summary=record["summary"])
    return record


def put(space: Workspace, record: own.Record) -> own.Record:
    """Publish a record that was written elsewhere, or a newer form of one that is here.

    Raises NotInIndex, IndexRefused.

    `own.read` has to have read it: what it refuses is not looked for again.
    """
    identifier = str(record["id"])
    with space.change() as step:
        for each in record["affected"]:  # type: ignore[attr-defined]
            records.need(space.repository, each["package"]["name"])
        known = {str(one["id"]): one for one in published(space.repository)}
        if identifier in known and _moment(record) <= _moment(known[identifier]):
            raise IndexRefused(
                f"{identifier} is in the index, changed {known[identifier]['modified']}, and this one is not newer",
                hint="write the time of the change into `modified`",
            )
        known[identifier] = record
        step.put(places.advisory(identifier), own.to_bytes(record))
        step.put(places.FEED, feeds.everything(known.values()))
        space.commit(step, "advise", advisory=identifier, summary=record.get("summary", ""))
    return record


def _moment(record: own.Record) -> datetime:
    return datetime.fromisoformat(str(record["modified"]))


def withdraw(space: Workspace, identifier: str, reason: str, *, now: datetime) -> own.Record:
    """Take an advisory back; it stays, and says so. Raises NotInIndex, UsageError."""
    with space.change() as step:
        known = {str(one["id"]): one for one in published(space.repository)}
        if identifier not in known:
            raise NotInIndex(f"there is no advisory {identifier[:40]!r} in this index")
        known[identifier] = own.withdrawn(known[identifier], reason=reason, now=now)
        step.put(places.advisory(identifier), own.to_bytes(known[identifier]))
        step.put(places.FEED, feeds.everything(known.values()))
        space.commit(step, "withdraw-advisory", advisory=identifier, reason=reason[:2000])
    return known[identifier]
