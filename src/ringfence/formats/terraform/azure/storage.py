"""Storage of Azure: accounts with what separate resources say of them, containers, shares, tables, data lakes."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.terraform.azure.common import (
    customer_key,
    either,
    endpoint,
    folded,
    is_unknown,
    kept_logs,
    limited,
    linked,
    lock,
    major,
    names_everybody,
    public,
    service_log,
    tls,
)
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.account import SharedAccess, StorageAccount, storage_account
from ringfence.models.cloud.buckets import CrossOrigin
from ringfence.models.cloud.guarding import DeletionLock, PrivateLink
from ringfence.models.cloud.managed import ServiceLog
from ringfence.models.cloud.storage import Bucket, BucketAccess, FileShare, Reachable, RetentionLock, reached

_BLOBS_ONLY = ("blobstorage", "blockblobstorage", "filestorage")
#: Names that version 3 of the provider does not know any more.
_OLD = ("allow_blob_public_access", "enable_blob_encryption", "enable_file_encryption", "account_encryption_source")
_REACH = {"private": Reachable.PRIVATE, "blob": Reachable.PUBLIC_READ, "container": Reachable.PUBLIC_READ}
_NETWORKS = "which networks need access?"


def account(r: Reader) -> Iterator[Bucket | StorageAccount | PrivateLink | DeletionLock | CrossOrigin]:
    """An account of storage. What it stores is always encrypted."""
    yield _bucket(r)
    yield _account(r)
    yield endpoint(r, "storage account")
    yield lock(r, "storage account")
    yield from _cross_origin(r)


def _cross_origin(r: Reader) -> Iterator[CrossOrigin]:
    """Which pages of other sites may fetch its blobs."""
    found = list[str]()
    for view in r.view.blocks("blob_properties.cors_rule")[0]:
        found += r.below("", view).texts("origins", "allowed_origins", offset=len(found))
        r.place_of(f"origins[{len(found) - 1}]", view.find("allowed_origins"))
    r.decide("origins", "which sites need to fetch from it?")
    if found:
        yield CrossOrigin(name=r.address, origins=tuple(found))


def _bucket(r: Reader) -> Bucket:
    https = either(r, "https_traffic_only_enabled", "enable_https_traffic_only")
    blobs = either(r, "allow_nested_items_to_be_public", "allow_blob_public_access")
    # Before version 3 the older name was false where it was not said.
    closed = major(r, *_OLD) < 3
    return Bucket(
        name=r.address,
        access=None,
        access_blocked=r.inverted("access_blocked", blobs, default=closed),
        encrypted=None,
        customer_key=_customer_key(r),
        versioned=_versioned(r),
        mfa_delete=None,
        logged=None,
        uniform_access=None,
        tls_only=r.flag("tls_only", https, default=True),
        retained=None,
    )


def _versioned(r: Reader) -> bool | None:
    """Whether old blobs are kept when new ones take their place; files, and folders that are real ones, know none."""
    if folded(r, "account_kind") == "filestorage" or r.flag("", "is_hns_enabled", default=False):
        return None
    for attribute in ("account_kind", "is_hns_enabled"):
        r.rests_on(attribute, "versioned")
    return r.flag("versioned", "blob_properties.versioning_enabled", default=False)


def _customer_key(r: Reader) -> bool:
    apart = linked(r, "customer_key", "azurerm_storage_account_customer_managed_key", "storage_account_id")
    return bool(apart) or customer_key(r, "customer_managed_key")


def _account(r: Reader) -> StorageAccount:
    shared = r.flag("shared_key", "shared_access_key_enabled", default=True)
    if is_unknown(r, "shared_access_key_enabled"):
        r.unknown("signed_expiry")
    expiry = r.has("signed_expiry", "sas_policy") and r.view.find("sas_policy.expiration_period").value != ""
    r.decide("signed_expiry", "how long may a signed link be valid? add a sas_policy")
    crossing = "cross_tenant_replication_enabled"
    return StorageAccount(
        name=r.address,
        min_tls=tls(r, "min_tls", "min_tls_version", "1.0" if major(r, *_OLD) < 3 else "1.2", style="TLS1_2"),
        network_limited=_limited(r),
        services_bypass=_bypass(r, "network_rules."),
        cross_tenant=r.flag("cross_tenant", crossing, default=False),
        smb_versions=_smb(r, "smb_versions", "versions"),
        smb_ciphers=_smb(r, "smb_ciphers", "channel_encryption_type"),
        shared_key=shared,
        portal_identity=r.flag("portal_identity", "default_to_oauth_authentication", default=False),
        local_users=_local_users(r),
        signed_expiry=expiry if shared else None,
        double_encrypted=r.flag("double_encrypted", "infrastructure_encryption_enabled", default=False),
        deleted_days=_deleted_days(r),
        deleted_container_days=_container_days(r),
        deleted_share_days=_share_days(r),
        replicated=_replicated(r),
        queue_logged=_queue_logged(r),
        blob_logged=_blob_logged(r),
        table_logged=_table_logged(r),
    )


def _local_users(r: Reader) -> bool:
    """Whether users of its own may log in: where nothing is said, they can where folders are real ones, over SFTP."""
    if not r.view.find("local_user_enabled").there:
        r.rests_on("is_hns_enabled", "local_users")
    folders = r.flag("", "is_hns_enabled", default=False)
    return r.flag("local_users", "local_user_enabled", default=folders)


def _smb(r: Reader, field: str, attribute: str) -> tuple[str, ...] | None:
    """What its shares of files take; those for blobs alone have none."""
    for one in ("account_kind", f"share_properties.smb.{attribute}"):
        r.rests_on(one, field)
    said = r.texts(field, f"share_properties.smb.{attribute}")
    r.decide(field, "do all clients of its shares support the strongest one? then allow only that")
    return None if folded(r, "account_kind") in ("blobstorage", "blockblobstorage") else said


def _limited(r: Reader) -> bool | None:
    """Whether nobody is let in who is not named; None where a separate resource says that."""
    if not public(r, "network_limited"):
        return True
    if linked(r, "network_limited", "azurerm_storage_account_network_rules", "storage_account_id"):
        return None
    value = limited(r, "network_limited", "network_rules")
    r.decide("network_limited", _NETWORKS)
    return value


def _bypass(r: Reader, where: str) -> bool:
    """The provider's own services are let in unless a list leaves them out; everybody is where nothing is refused."""
    if folded(r, f"{where}default_action") == "allow":
        return True
    if is_unknown(r, f"{where}default_action"):
        r.unknown("services_bypass")
    attribute = f"{where}bypass"
    found = r.view.find(attribute)
    if not found.there:
        if not found.known:
            r.unknown("services_bypass")
        return True
    some = r.texts("services_bypass", attribute)
    r.rests_on(attribute, "services_bypass")
    r.decide("services_bypass", "add AzureServices to the list")
    return "azureservices" in [one.lower() for one in some]


def _deleted_days(r: Reader) -> int | None:
    if folded(r, "account_kind") == "filestorage":
        return None
    block = r.block("", "blob_properties.delete_retention_policy")
    days = block.number("deleted_days", "days", 7 if block.view.there else 0)
    r.writes("deleted_days", "blob_properties.delete_retention_policy.days", {7: "7"})
    return days


def _container_days(r: Reader) -> int | None:
    if folded(r, "account_kind") == "filestorage":
        return None
    return _days(r, "deleted_container_days", "blob_properties.container_delete_retention_policy")


def _share_days(r: Reader) -> int | None:
    if folded(r, "account_kind") in ("blobstorage", "blockblobstorage"):
        return None
    return _days(r, "deleted_share_days", "share_properties.retention_policy")


def _days(r: Reader, field: str, policy: str) -> int:
    if is_unknown(r, "account_kind"):
        r.unknown(field)
    block = r.block("", policy)
    days = block.number(field, "days", 7 if block.view.there else 0)
    r.writes(field, f"{policy}.days", {7: "7"})
    return days


def _replicated(r: Reader) -> bool | None:
    if not r.view.find("account_replication_type").there:
        return None
    kind = r.text("replicated", "account_replication_type").upper()
    r.decide("replicated", "may its data leave the region? then choose GRS or GZRS")
    return kind in ("GRS", "RAGRS", "GZRS", "RAGZRS")


def _queue_logged(r: Reader) -> bool | None:
    """Whether reading, writing and deleting in its queues is recorded; None where it has no queues."""
    if not _has_tables(r, "queue_logged"):
        return None
    if linked(r, "queue_logged", "azurerm_storage_account_queue_properties", "storage_account_id"):
        return None
    if _recorded(kept_logs(r, "queue_logged", "queueservices")):
        return True
    return _all_three(r, "queue_properties.logging")


_READING = frozenset("storageread storagewrite storagedelete".split())


def _blob_logged(r: Reader) -> bool | None:
    """Whether reading, writing and deleting blobs is recorded; None where it has none."""
    if folded(r, "account_kind") == "filestorage":
        return None
    if is_unknown(r, "account_kind"):
        r.unknown("blob_logged")
    r.decide("blob_logged", "where should the logs go? add an azurerm_monitor_diagnostic_setting for blobServices")
    return _recorded(kept_logs(r, "blob_logged", "blobservices"))


def _table_logged(r: Reader) -> bool | None:
    """Whether reading, writing and deleting rows is recorded; None where it has no tables."""
    if not _has_tables(r, "table_logged"):
        return None
    r.decide("table_logged", "where should the logs go? add an azurerm_monitor_diagnostic_setting for tableServices")
    return _recorded(kept_logs(r, "table_logged", "tableservices"))


def _recorded(kept: set[str]) -> bool:
    return kept >= _READING or bool(kept & {"alllogs", "audit"})


def _has_tables(r: Reader, field: str) -> bool:
    """Whether an account has queues and tables: those for blobs or files alone, and the dearer ones, have none."""
    if is_unknown(r, "account_kind") or is_unknown(r, "account_tier"):
        r.unknown(field)
    return folded(r, "account_kind") not in _BLOBS_ONLY and folded(r, "account_tier") != "premium"


def _all_three(r: Reader, block: str) -> bool:
    inner = r.block("", block)
    answers = [inner.flag("queue_logged", one, default=False) for one in ("read", "write", "delete")]
    r.decide("queue_logged", "how long should the logs be kept? add the logging block")
    return all(answers)


def queue_properties(r: Reader) -> Iterator[StorageAccount]:
    """What an account says of its queues, by itself."""
    yield replace(storage_account(r.address), queue_logged=_all_three(r, "logging"))


def network_rules(r: Reader) -> Iterator[StorageAccount]:
    """Who may reach an account, by itself."""
    value = r.mapped("network_limited", "default_action", {"Deny": True, "Allow": False}, True, False)
    value = value and not names_everybody(r, "ip_rules")
    r.decide("network_limited", _NETWORKS)
    yield replace(storage_account(r.address), network_limited=value, services_bypass=_bypass(r, ""))


def immutability(r: Reader) -> Iterator[RetentionLock]:
    """For how long blobs of a container must stay."""
    locked = r.flag("locked", "locked", default=False)
    r.decide("locked", "is the retention period long enough? once locked it can only be extended")
    yield RetentionLock(name=r.address, locked=locked)


def container(r: Reader) -> Iterator[BucketAccess]:
    """A container of blobs."""
    yield reached(r.address, r.mapped("access", "container_access_type", _REACH, Reachable.PRIVATE, Reachable.PRIVATE))


def share(r: Reader) -> Iterator[SharedAccess]:
    """A share of files: each stored policy."""
    yield from _stored(r, "rwdl")


def table(r: Reader) -> Iterator[SharedAccess]:
    """A table: each stored policy."""
    yield from _stored(r, "raud", "rwdl")


def _stored(r: Reader, *whole: str) -> Iterator[SharedAccess]:
    for view in r.view.blocks("acl.access_policy")[0]:
        inner = r.below("", view)
        said = inner.text("everything", "permissions", lower=True)
        inner.decide("everything", "which of these permissions are needed?")
        yield SharedAccess(name=r.address, everything=any(set(one) <= set(said) for one in whole))


def data_lake(r: Reader) -> Iterator[FileShare | ServiceLog]:
    """A data lake of the first generation."""
    states = {"Enabled": True, "Disabled": False}
    yield FileShare(
        name=r.address,
        encrypted=r.mapped("encrypted", "encryption_state", states, True, True),
        customer_key=None,
        backups=None,
    )
    yield service_log(r, "data lake")
