"""Whether a release may be installed: decides over values that TUF has verified, without reading anything.

Three have to agree: the publisher's role on the archive, the role of records on version, channel and status, and
for the channel `stable` as many reviewers as the policy asks for, each by their own signature over the archive.
"""

from collections.abc import Mapping

from ringfence.dataclasses import dataclass
from ringfence.errors import BadStatement, IndexUntrusted, NotInIndex
from ringfence.index import places
from ringfence.index.policy import Policy
from ringfence.index.record import Record, Status, Version
from ringfence.signing import statements

VETTING = "urn:ringfence:vetting:1"
REVIEW = "urn:ringfence:review:1"
APPROVE = "approve"
REJECT = "reject"


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """A release that may be installed. `reviewers` are those whose approval holds, `warnings` what to be told.

    `built_in` is the identity that its attestations hold for, empty where it carries none.
    """

    name: str
    version: str
    entry: Version
    publisher: str
    reviewers: tuple[str, ...]
    warnings: tuple[str, ...]
    built_in: str = ""


def choose(record: Record, wanted: str | None, channel: str) -> str:
    """The version to install: the one that was asked for, else the newest of the channel. Raises NotInIndex."""
    if wanted is None:
        return record.newest(channel)
    from packaging.version import InvalidVersion
    from packaging.version import Version as Order

    try:
        order = Order(wanted)
    except InvalidVersion:
        raise NotInIndex(f"{wanted!r} is no version") from None
    found = next((number for number in record.versions if Order(number) == order), None)
    if found is None:
        newest = ", ".join(record.sorted_versions()[:5])
        raise NotInIndex(f"there is no version {wanted} of {record.name}", hint=f"the newest are: {newest}")
    return found


def evidence_files(record: Record, version: str) -> tuple[str, ...]:
    """Which statements have to be fetched for `judge`."""
    entry = record.versions[version]
    vetting = ("vetting.json",) if entry.vetting else ()
    return (*vetting, *(review_file(reviewer) for reviewer in entry.approvals))


def review_file(reviewer: str) -> str:
    """The name of a reviewer's statement."""
    return f"review-{reviewer}.json"


def judge(
    policy: Policy, record: Record, version: str, sha256: str, evidence: Mapping[str, bytes], channel: str
) -> Release:
    """Whether this release may be installed from this channel. Raises NotInIndex, IndexUntrusted, BadStatement.

    `sha256` (hex) is what the publisher's role says of the archive.
    """
    entry = record.versions[version]
    what = f"{record.name} {version}"
    if policy.owner(record.name) != record.publisher:
        raise IndexUntrusted(f"{record.name} is said to come from {record.publisher}, who does not own the name")
    if entry.archive != f"sha256:{sha256}":
        raise IndexUntrusted(f"the index and the publisher of {what} do not speak of the same archive")
    if entry.status is Status.QUARANTINED:
        raise NotInIndex(f"{what} is in quarantine: {entry.reason or 'no reason was given'}")
    if channel == places.STABLE and entry.channel != places.STABLE:
        raise NotInIndex(f"{what} has not been reviewed", hint="--channel candidate takes it all the same")
    path = places.archive(record.name, version)
    if entry.vetting:
        _vetted(policy, path, sha256, evidence, what)
    approved = _approvals(policy, record, version, sha256, evidence)
    if entry.channel == places.STABLE and len(approved) < policy.reviews:
        raise IndexUntrusted(
            f"{what} is said to be reviewed, and {len(approved)} of {policy.reviews} approvals hold",
            hint="the index's own keys may be in wrong hands: tell its maintainers",
        )
    return Release(
        name=record.name,
        version=version,
        entry=entry,
        publisher=record.publisher,
        reviewers=tuple(approved),
        warnings=tuple(_warnings(entry, what)),
    )


def _vetted(policy: Policy, path: str, sha256: str, evidence: Mapping[str, bytes], what: str) -> None:
    said = statements.opened(
        evidence.get("vetting.json", b""),
        policy.vetters(),
        kind=VETTING,
        what=f"the vetting report of {what}",
    )
    if said.subjects.get(path) != sha256:
        raise BadStatement(f"the vetting report of {what} is about another archive")


def _approvals(policy: Policy, record: Record, version: str, sha256: str, evidence: Mapping[str, bytes]) -> list[str]:
    """The reviewers whose approval is signed by their own key, for this archive."""
    keys = policy.reviewer_keys(record.publisher)
    good: list[str] = []
    counted: set[str] = set()
    path = places.archive(record.name, version)
    for reviewer in record.versions[version].approvals:
        if reviewer not in keys:
            continue  # no longer a reviewer, or the author: the policy of today counts
        if keys[reviewer].keyid in counted:
            continue  # named twice, or two names of one key: a reviewer counts once
        what = f"the review of {record.name} {version} by {reviewer}"
        said = statements.opened(evidence.get(review_file(reviewer), b""), [keys[reviewer]], kind=REVIEW, what=what)
        if said.subjects.get(path) != sha256 or said.predicate.get("decision") != APPROVE:
            raise BadStatement(f"{what} does not approve this archive")
        counted.add(keys[reviewer].keyid)
        good.append(reviewer)
    return good


def _warnings(entry: Version, what: str) -> list[str]:
    found = []
    if entry.channel != places.STABLE:
        found.append(f"{what} has not been reviewed by anybody")
    if entry.status is Status.YANKED:
        found.append(f"{what} was yanked: {entry.reason or 'no reason was given'}")
    if entry.status is Status.DEPRECATED:
        found.append(f"{what} is deprecated: {entry.reason or 'no reason was given'}")
    if entry.vetting == "warn":
        found.append(f"vetting warns of {what}: ringfence show {what.replace(' ', '==')} --vetting")
    return found
