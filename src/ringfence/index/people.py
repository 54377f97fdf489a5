"""Who may publish in an index, and who may review."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ringfence.dataclasses import replace
from ringfence.errors import IndexRefused
from ringfence.index import places, policy
from ringfence.index.workspace import Workspace, delegated

if TYPE_CHECKING:
    from securesystemslib.signer import Key
    from tuf.api.metadata import Targets


def add_publisher(
    space: Workspace, name: str, publisher: policy.Publisher, keys: Sequence["Key"], threshold: int
) -> None:
    """Let somebody publish under names of their own; a publisher who is there already gets these keys and names.

    Raises IndexRefused for names that somebody else owns.
    """
    from tuf.api.metadata import DelegatedRole

    known = space.policy()
    if not places.is_name_of_somebody(name):
        raise IndexRefused(
            f"{name[:80]!r} is no name for a publisher", hint="lower-case letters, digits, '.', '_', '-'"
        )
    if not 1 <= threshold <= len({key.keyid for key in keys}):
        raise IndexRefused(f"a threshold of {threshold} cannot be met by {len(keys)} keys")
    for owned in publisher.owns:
        if not places.is_ownable(owned):
            raise IndexRefused(f"{owned!r} cannot be owned", hint="a plugin's name, or a first word and '-*'")
        for other, each in known.publishers.items():
            if other != name and any(places.overlap(owned, o) for o in each.owns):
                raise IndexRefused(f"{owned!r} belongs to {other}")
    role = places.publisher_role(name)
    with space.change() as step:
        targets = step.edit(places.TARGETS)
        publisher = replace(publisher, formerly=known.publishers[name].formerly if name in known.publishers else ())
        delegated(targets)[role] = DelegatedRole(role, [], threshold, terminating=True, paths=publisher.paths())
        for key in keys:
            targets.add_key(key, role)
        _forget_unused_keys(targets)
        space.set_policy(step, replace(known, publishers={**known.publishers, name: publisher}))
        space.commit(step, "publisher", publisher=name, owns=list(publisher.owns), keys=list(publisher.keys))


def remove_publisher(space: Workspace, name: str) -> None:
    """Take a publisher's say away. What they published can no longer be installed."""
    known = space.policy()
    if name not in known.publishers:
        raise IndexRefused(f"there is no publisher {name!r}")
    role = places.publisher_role(name)
    with space.change() as step:
        targets = step.edit(places.TARGETS)
        del delegated(targets)[role]
        _forget_unused_keys(targets)
        left = {who: each for who, each in known.publishers.items() if who != name}
        space.set_policy(step, replace(known, publishers=left))
        space.commit(step, "publisher-removed", publisher=name)


def set_reviewer(space: Workspace, name: str, reviewer: policy.Reviewer | None) -> None:
    """Let somebody review, or no longer."""
    known = space.policy()
    if reviewer is None and name not in known.reviewers:
        raise IndexRefused(f"there is no reviewer {name!r}")
    left = {who: each for who, each in known.reviewers.items() if who != name}
    if reviewer is not None and not places.is_name_of_somebody(name):
        raise IndexRefused(f"{name[:80]!r} is no name for a reviewer", hint="lower-case letters, digits, '.', '_', '-'")
    for who, each in left.items():
        if reviewer is not None and each.key["keyid"] == reviewer.key["keyid"]:
            raise IndexRefused(f"this is the key of {who} already, and nobody counts twice")
    if reviewer is not None:
        left[name] = reviewer
    with space.change() as step:
        space.set_policy(step, replace(known, reviewers=left))
        key = reviewer.key["keyid"] if reviewer else ""
        space.commit(step, "reviewer" if reviewer else "reviewer-removed", reviewer=name, key=key)


def _forget_unused_keys(targets: "Targets") -> None:
    used = {keyid for role in delegated(targets).values() for keyid in role.keyids}
    held = targets.delegations.keys if targets.delegations else {}
    for keyid in [keyid for keyid in held if keyid not in used]:
        del held[keyid]
