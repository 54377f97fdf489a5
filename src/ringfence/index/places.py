"""What the targets of an index are called, and which role answers for each (TUF 1.0, section 4.5).

policy.json                                     targets      who may publish, review, vet
releases/NAME/VERSION/NAME-VERSION.tar.gz       publisher-*  the author's own signature
releases/NAME/VERSION/sbom.cdx.json             publisher-*
records/NAME.json                               records      every version, its channel and status
evidence/NAME/VERSION/vetting.json, review-*.json  records   in-toto statements
catalogue.json                                  records      names and summaries, for search
advisories/*                                    records      OSV
"""

import re

from ringfence.plugins.names import PLUGIN

POLICY = "policy.json"
CATALOGUE = "catalogue.json"
FEED = "advisories/all.json"

TARGETS = "targets"
RECORDS = "records"
BINS = "records-bin"
RECORD_PATHS = ("records/*", "evidence/*/*/*", "advisories/*", CATALOGUE)

STABLE = "stable"
CANDIDATE = "candidate"

_PUBLISHER = "publisher-"
_OWNED = re.compile(rf"{PLUGIN.pattern}|[a-z][a-z0-9]{{1,30}}-\*")
_VERSION = re.compile(r"[A-Za-z0-9.!+]{1,100}")
_WHO = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
_FILE = re.compile(rf"releases/({PLUGIN.pattern})/({_VERSION.pattern})/([A-Za-z0-9.!+_-]{{1,180}})")


def record(name: str) -> str:
    """The target that says everything about a plugin."""
    return f"records/{name}.json"


def release(name: str, version: str, file: str) -> str:
    """A file of a release."""
    return f"releases/{name}/{version}/{file}"


def archive(name: str, version: str) -> str:
    """The archive of a release."""
    return release(name, version, f"{name}-{version}.tar.gz")


def sbom(name: str, version: str) -> str:
    """The bill of materials of a release."""
    return release(name, version, "sbom.cdx.json")


def provenance(name: str, version: str) -> str:
    """The attestations that a release carries (PEP 740)."""
    return release(name, version, "provenance.json")


def evidence(name: str, version: str, file: str) -> str:
    """A signed statement about a release."""
    return f"evidence/{name}/{version}/{file}"


def advisory(identifier: str) -> str:
    """An advisory in the OSV schema."""
    return f"advisories/{identifier}.json"


def publisher_role(publisher: str) -> str:
    """The role that a publisher signs."""
    return _PUBLISHER + publisher


def publisher_of(role: str) -> str | None:
    """The publisher who signs a role; None for the index's own."""
    return role.removeprefix(_PUBLISHER) if role.startswith(_PUBLISHER) else None


def parse_release(path: str) -> tuple[str, str, str] | None:
    """(name, version, file) of a target of a release; None for other targets."""
    match = _FILE.fullmatch(path)
    return (match[1], match[2], match[3]) if match else None


def is_version(text: str) -> bool:
    """Whether this is a version of PEP 440, in the letters that a target's name can have."""
    from packaging.version import InvalidVersion, Version

    try:
        Version(text)
    except InvalidVersion:
        return False
    return _VERSION.fullmatch(text) is not None


def is_ownable(pattern: str) -> bool:
    """Whether a publisher can own this: a name, or all names with a first word (`acme-*`)."""
    return _OWNED.fullmatch(pattern) is not None


def is_name_of_somebody(text: str) -> bool:
    """Whether a publisher or a reviewer can be called so: their names stand in roles and targets."""
    return _WHO.fullmatch(text) is not None


def owns(pattern: str, name: str) -> bool:
    """Whether a name falls under what is owned; `acme-*` covers `acme` too."""
    if pattern.endswith("-*"):
        return name.startswith(pattern[:-1]) or name == pattern[:-2]
    return name == pattern


def overlap(one: str, other: str) -> bool:
    """Whether a name can fall under both."""
    return owns(one, other.removesuffix("-*")) or owns(other, one.removesuffix("-*"))


def release_paths(owned: str) -> tuple[str, ...]:
    """TUF's path patterns for what is owned."""
    if owned.endswith("-*"):
        return f"releases/{owned}/*/*", f"releases/{owned[:-2]}/*/*"
    return (f"releases/{owned}/*/*",)
