"""Where a cloud keeps data: buckets, disks, file shares, copies."""

from enum import StrEnum

from ringfence.dataclasses import dataclass


class Reachable(StrEnum):
    """Who reaches a bucket by its access list."""

    PRIVATE = "private"
    ACCOUNTS = "accounts"
    PUBLIC_READ = "public-read"
    PUBLIC_WRITE = "public-write"


@dataclass(frozen=True, kw_only=True, slots=True)
class Bucket:
    """A bucket of objects, or a container of blobs. None where a provider has no such thing, or says it elsewhere.

    `access`: its own access list. `access_blocked`: something forbids that it is ever made public.
    `encrypted`: a rule for it stands here; `customer_key`: with a key of ours. `versioned`: old versions are kept;
    `mfa_delete`: a second factor is needed to delete them. `logged`: who reads and writes is recorded.
    `uniform_access`: rights are given to the whole bucket only. `tls_only`: what is not encrypted on its way is
    refused. `retained`: nobody can delete before a time is over.
    """

    name: str
    access: Reachable | None
    access_blocked: bool | None
    encrypted: bool | None
    customer_key: bool | None
    versioned: bool | None
    mfa_delete: bool | None
    logged: bool | None
    uniform_access: bool | None
    tls_only: bool | None
    retained: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class BucketAccess:
    """What says who may reach a bucket, or all of an account: an access list of its own, or what blocks public ones.

    `access` is None where it only blocks; the four flags are None where it only gives access.
    """

    name: str
    access: Reachable | None
    blocks_lists: bool | None
    blocks_policies: bool | None
    ignores_lists: bool | None
    restricts: bool | None


def reached(name: str, access: Reachable | None) -> BucketAccess:
    """An access list that only gives access."""
    return BucketAccess(
        name=name, access=access, blocks_lists=None, blocks_policies=None, ignores_lists=None, restricts=None
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class BucketGrant:
    """What a bucket's access list gives to one other. `rewrites`: the right to change the list itself."""

    name: str
    rewrites: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Volume:
    """A disk, a copy of one, an image, or what decides for all of an account. `customer_key`: with a key of ours."""

    name: str
    encrypted: bool | None
    customer_key: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DiskAccess:
    """From where a disk may be copied while nothing uses it. `public`: from the internet, by a signed address."""

    name: str
    public: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """A copy (snapshot, image) given to others. `public`: to everybody."""

    name: str
    public: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SharingBlock:
    """What keeps a whole account from sharing something with everybody. `what` says in words what that is."""

    name: str
    what: str
    blocked: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FileShare:
    """A file system in the network. `encrypted` at rest, `customer_key` with a key of ours, `backups`: copies are
    made by themselves. None where it does not apply."""

    name: str
    encrypted: bool | None
    customer_key: bool | None
    backups: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedBackups:
    """What a plan of backups may copy: `what` it is ("volume"). `planned`: one does."""

    name: str
    what: str
    planned: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SharePoint:
    """A door into a shared file system. `rooted`: it leads to a folder, not to all of it; `user`: who comes through
    acts as one user."""

    name: str
    rooted: bool
    user: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ObjectOwnership:
    """Who owns what is put into a bucket. `enforced`: the bucket's owner, and no object has an access list."""

    name: str
    enforced: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RetentionLock:
    """A time for which data must stay. `locked`: nobody can shorten it, or take it away."""

    name: str
    locked: bool
