"""`records/NAME.json`: every version of a plugin, where it stands, and what it asks for.

A version's archive is answered for by its publisher's role, what is said of it here by the role `records`: neither
alone can bring a client to install anything.
"""

from collections.abc import Mapping
from enum import StrEnum

from ringfence.dataclasses import dataclass, field, replace
from ringfence.errors import NotInIndex
from ringfence.index import places
from ringfence.index.reading import Reading, json_bytes


class Status(StrEnum):
    """What became of a release after it was published."""

    FINE = "fine"
    DEPRECATED = "deprecated"  # installs, with a word
    YANKED = "yanked"  # only by its exact version, with a warning
    QUARANTINED = "quarantined"  # never


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """One release. `archive` is the digest of the archive, `tree` that of its files ("sha256:HEX")."""

    archive: str
    length: int
    tree: str
    published: str
    channel: str
    status: Status
    reason: str = ""
    permissions: Mapping[str, object] = field(default_factory=dict)
    methods: tuple[str, ...] = ()
    license: str = ""
    vetting: str = ""
    approvals: tuple[str, ...] = ()
    rejections: tuple[str, ...] = ()
    reviewed: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """Everything about one plugin; `versions` by version, in no order."""

    name: str
    publisher: str
    summary: str
    versions: Mapping[str, Version]

    def newest(self, channel: str) -> str:
        """The newest version that is offered without being asked for by number. Raises NotInIndex.

        Pre-releases count only where there is nothing else (PEP 440).
        """
        from packaging.version import Version as Order

        offered = [
            version
            for version, each in self.versions.items()
            if each.status in (Status.FINE, Status.DEPRECATED) and channel in (each.channel, places.CANDIDATE)
        ]
        if not offered:
            waiting = any(each.channel == places.CANDIDATE for each in self.versions.values())
            hint = "--channel candidate takes releases that nobody has reviewed yet" if waiting else ""
            raise NotInIndex(f"there is no release of {self.name} in the channel {channel}", hint=hint)
        final = [version for version in offered if not Order(version).is_prerelease]
        return max(final or offered, key=Order)

    def sorted_versions(self) -> list[str]:
        """The versions, newest first."""
        from packaging.version import Version as Order

        return sorted(self.versions, key=Order, reverse=True)

    def reviewed_versions(self) -> list[str]:
        """Those of the channel stable, newest first."""
        return [each for each in self.sorted_versions() if self.versions[each].channel == places.STABLE]

    def with_version(self, number: str, version: Version) -> "Record":
        """The record with one version set."""
        return replace(self, versions={**self.versions, number: version})

    def to_bytes(self) -> bytes:
        """As it stands in the index."""
        return json_bytes(
            {
                "name": self.name,
                "publisher": self.publisher,
                "summary": self.summary,
                "versions": {number: _as_dict(version) for number, version in self.versions.items()},
            }
        )


def _as_dict(version: Version) -> dict[str, object]:
    return {
        "archive": version.archive,
        "length": version.length,
        "tree": version.tree,
        "published": version.published,
        "channel": version.channel,
        "status": version.status.value,
        "reason": version.reason,
        "permissions": dict(version.permissions),
        "methods": list(version.methods),
        "license": version.license,
        "vetting": version.vetting,
        "approvals": list(version.approvals),
        "rejections": list(version.rejections),
        "reviewed": version.reviewed,
    }


def parse(data: bytes, name: str) -> Record:
    """The record of the plugin `name`. Raises IndexUntrusted."""
    from ringfence.errors import IndexUntrusted

    whole = Reading.of(data, places.record(name))
    found = Record(
        name=whole.text("name"),
        publisher=whole.text("publisher"),
        summary=whole.text("summary"),
        versions={number: _version(each) for number, each in whole.tables("versions").items()},
    )
    if odd := next((number for number in found.versions if not places.is_version(number)), None):
        raise IndexUntrusted(f"{places.record(name)} names {odd[:80]!r}, which is no version")
    if found.name != name:
        raise IndexUntrusted(f"{places.record(name)} speaks of {found.name!r}")
    return found


def _version(each: Reading) -> Version:
    from ringfence.errors import IndexUntrusted

    status = each.text("status")
    if status not in set(Status):
        raise IndexUntrusted(f"a release has the status {status[:40]!r}, which this Ringfence does not know")
    return Version(
        archive=each.text("archive"),
        length=each.number("length"),
        tree=each.text("tree"),
        published=each.text("published"),
        channel=each.text("channel"),
        status=Status(status),
        reason=each.text("reason", ""),
        permissions=each.mapping("permissions"),
        methods=each.texts("methods"),
        license=each.text("license", ""),
        vetting=each.text("vetting", ""),
        approvals=each.texts("approvals"),
        rejections=each.texts("rejections"),
        reviewed=each.text("reviewed", ""),
    )
