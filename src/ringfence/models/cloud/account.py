"""Accounts of storage: what holds buckets, queues, tables and file shares together, and what opens them to others."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class StorageAccount:
    """An account of storage, or a resource that says a part of it. None: it does not have that, or says it elsewhere.

    Reach: `min_tls` is "1.0" to "1.3". `network_limited`: by default it answers to nobody; `services_bypass`: the
    provider's own services come in all the same. `cross_tenant`: its data may be copied to other organisations.
    `smb_versions` that its shares of files speak, and `smb_ciphers` that they take; empty: all that there are.

    Who: `shared_key`: keys of the account open all of it. `portal_identity`: who looks into it in the provider's portal
    does so as himself, not with such a key. `local_users` of its own may log in. `signed_expiry`: addresses that hold a
    right must end soon.

    Keeping: `double_encrypted` on two layers, `deleted_days` that deleted blobs are kept (0: gone at once),
    `deleted_container_days` whole containers, `deleted_share_days` shares of files, `replicated`: in another region
    too, `queue_logged`: requests to its queues are recorded, `blob_logged` those to its blobs, `table_logged` to its
    tables."""

    name: str
    min_tls: str | None
    network_limited: bool | None
    services_bypass: bool | None
    cross_tenant: bool | None
    smb_versions: tuple[str, ...] | None
    smb_ciphers: tuple[str, ...] | None
    shared_key: bool | None
    portal_identity: bool | None
    local_users: bool | None
    signed_expiry: bool | None
    double_encrypted: bool | None
    deleted_days: int | None
    deleted_container_days: int | None
    deleted_share_days: int | None
    replicated: bool | None
    queue_logged: bool | None
    blob_logged: bool | None
    table_logged: bool | None


def storage_account(name: str) -> StorageAccount:
    """One that has nothing of what not every account has: a kind replaces what its own has."""
    return StorageAccount(
        name=name,
        min_tls=None,
        network_limited=None,
        services_bypass=None,
        cross_tenant=None,
        smb_versions=None,
        smb_ciphers=None,
        shared_key=None,
        portal_identity=None,
        local_users=None,
        signed_expiry=None,
        double_encrypted=None,
        deleted_days=None,
        deleted_container_days=None,
        deleted_share_days=None,
        replicated=None,
        queue_logged=None,
        blob_logged=None,
        table_logged=None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedAccess:
    """A stored policy that signed addresses of a share or table refer to. `everything`: it gives all rights there
    are."""

    name: str
    everything: bool
