"""Storage and vaults of Azure."""

from collections.abc import Iterator

from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.keys import Key, StoredSecret, Vault
from ringfence.models.cloud.storage import Bucket, BucketAccess, Reachable, Volume


def account(r: Reader) -> Iterator[Bucket]:
    """An account of storage. Its data is always encrypted; https and TLS 1.2 are the defaults of azurerm 4."""
    tls = r.mapped("tls_only", "min_tls_version", {"TLS1_2": True, "TLS1_3": True}, True, False)
    plain = r.flag("tls_only", "https_traffic_only_enabled", default=True)
    older = r.flag("tls_only", "enable_https_traffic_only", default=True)
    if tls:
        r.writes("tls_only", "https_traffic_only_enabled", {True: "true"})
    else:
        r.writes("tls_only", "min_tls_version", {True: '"TLS1_2"'})
    yield Bucket(
        name=r.address,
        access=None,
        access_blocked=_blocked(r),
        website=bool(r.view.blocks("static_website")[0]),
        encrypted=None,
        customer_key=None,
        versioned=None,
        mfa_delete=None,
        logged=None,
        uniform_access=None,
        tls_only=tls and plain and older,
        retained=None,
    )


def _blocked(r: Reader) -> bool:
    """Whether its containers cannot be made public."""
    name = (
        "allow_blob_public_access"
        if r.view.find("allow_blob_public_access").there
        else "allow_nested_items_to_be_public"
    )
    return r.inverted("access_blocked", name, default=False)


def container(r: Reader) -> Iterator[BucketAccess]:
    """A container of blobs."""
    reach = {"private": Reachable.PRIVATE, "blob": Reachable.PUBLIC_READ, "container": Reachable.PUBLIC_READ}
    access = r.mapped("access", "container_access_type", reach, Reachable.PRIVATE, Reachable.PRIVATE)
    yield BucketAccess(
        name=r.address, access=access, blocks_lists=None, blocks_policies=None, ignores_lists=None, restricts=None
    )


def disk(r: Reader) -> Iterator[Volume]:
    """A disk: always encrypted, but where that is turned off."""
    inner = r.block("", "encryption_settings")
    on = inner.flag("encrypted", "enabled", default=True) if r.view.blocks("encryption_settings")[0] else None
    yield Volume(name=r.address, encrypted=on, customer_key=None)


def vault(r: Reader) -> Iterator[Vault]:
    """A vault."""
    action = r.mapped("network_limited", "network_acls.default_action", {"Deny": True, "Allow": False}, False, False)
    r.decide("network_limited", "from which networks is the vault needed?")
    yield Vault(
        name=r.address,
        purge_protected=r.flag("purge_protected", "purge_protection_enabled", default=False),
        soft_delete_days=r.number("soft_delete_days", "soft_delete_retention_days", 90),
        network_limited=action,
        public=None,
        roles=None,
    )


def key(r: Reader) -> Iterator[Key]:
    """A key in a vault."""
    expires = r.given("expires", "expiration_date")
    r.decide("expires", "until when should the key be used?")
    yield Key(name=r.address, rotates=None, rotation_days=0, expires=expires, enabled=True, protected=None)


def secret(r: Reader) -> Iterator[StoredSecret]:
    """A secret in a vault."""
    expires = r.given("expires", "expiration_date")
    r.decide("expires", "until when should the secret be used?")
    yield StoredSecret(name=r.address, encrypted=True, customer_key=None, rotates=None, expires=expires, typed=None)
