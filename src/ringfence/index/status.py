"""What becomes of a release or a name after it was published. Each is one commit, and in the journal."""

from ringfence.dataclasses import replace
from ringfence.errors import IndexRefused, NotInIndex
from ringfence.index import places, records
from ringfence.index.record import Record, Status
from ringfence.index.workspace import Workspace, delegated


def set_status(space: Workspace, name: str, version: str | None, status: Status, reason: str) -> list[str]:
    """Set the status of one version, or of all; gives the versions that it changed. Raises NotInIndex, IndexRefused."""
    if status is not Status.FINE and not reason.strip():
        raise IndexRefused("users are told why", hint="--reason TEXT")
    with space.change() as step:
        record = records.need(space.repository, name)
        if version is not None and version not in record.versions:
            raise NotInIndex(f"there is no version {version} of {name}")
        chosen = [version] if version is not None else record.sorted_versions()
        changed = [v for v in chosen if (record.versions[v].status, record.versions[v].reason) != (status, reason)]
        if not changed:
            return []
        for number in changed:
            new = replace(record.versions[number], status=status, reason=reason.strip()[:2000])
            record = record.with_version(number, new)
        records.put(step, record)
        space.commit(step, status.value, name=name, versions=changed, reason=reason[:2000])
    return changed


def transfer(space: Workspace, name: str, publisher: str) -> Record:
    """Give a name to another publisher, with everything that was published under it.

    What was published stays in the old owner's role and under their signature; new releases are the new owner's.
    """
    policy = space.policy()
    if publisher not in policy.publishers:
        raise IndexRefused(f"there is no publisher {publisher!r}")
    old = policy.owner(name)
    if old is None:
        raise NotInIndex(f"nobody owns the name {name!r}")
    if old == publisher:
        raise IndexRefused(f"{name} belongs to {publisher} already")
    if name not in policy.publishers[old].owns:
        raise IndexRefused(
            f"{name} falls under a prefix of {old}, which would keep it",
            hint=f"give {old} the names one by one before: `ringfence index publisher add`",
        )
    from tuf.api.metadata import DelegatedRole

    with space.change() as step:
        roles = delegated(step.edit(places.TARGETS))
        owners = dict(policy.publishers)
        owners[old] = replace(
            owners[old],
            owns=tuple(o for o in owners[old].owns if o != name),
            formerly=(*owners[old].formerly, *_signed_by(space, old, name)),
        )
        owners[publisher] = replace(owners[publisher], owns=(*owners[publisher].owns, name))
        for who in (old, publisher):  # what the old owner signed is theirs for ever, the rest is the new one's
            role = places.publisher_role(who)
            before = roles.pop(role)
            roles[role] = DelegatedRole(
                role, before.keyids, before.threshold, terminating=True, paths=owners[who].paths()
            )
        space.set_policy(step, replace(policy, publishers=owners))
        record = records.find(space.repository, name)
        if record is not None:
            record = replace(record, publisher=publisher)
            records.put(step, record)
        space.commit(step, "transfer", name=name, old=old, publisher=publisher)
    return record or Record(name=name, publisher=publisher, summary="", versions={})


def _signed_by(space: Workspace, publisher: str, name: str) -> list[str]:
    """The releases ("NAME/VERSION") of a name that stand in a publisher's own role."""
    role = places.publisher_role(publisher)
    known = space.repository.last(role).signed.targets if space.repository.has_role(role) else {}
    found = {parsed[:2] for path in known if (parsed := places.parse_release(path)) and parsed[0] == name}
    return sorted("/".join(each) for each in found)
