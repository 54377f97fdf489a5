"""Vaults of Azure, and the keys and secrets in them."""

from collections.abc import Iterator

from ringfence.formats.terraform.azure.common import either, endpoint, limited, public, service_log
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import OFF
from ringfence.formats.terraform.written import written
from ringfence.models.cloud.edge import Certificate
from ringfence.models.cloud.guarding import PrivateLink
from ringfence.models.cloud.keys import Key, StoredSecret, Vault, WrittenSecret
from ringfence.models.cloud.managed import ServiceLog


def vault(r: Reader) -> Iterator[Vault | ServiceLog | PrivateLink]:
    """A vault. What is deleted is kept for 90 days where nothing is said; older versions could turn that off."""
    yield _vault(r, roles=True)
    yield service_log(r, "vault")
    yield endpoint(r, "vault")


def hardware_module(r: Reader) -> Iterator[Vault]:
    """A vault that is a machine of its own."""
    yield _vault(r, roles=False)


def _vault(r: Reader, *, roles: bool) -> Vault:
    closed = not public(r, "network_limited")
    if not closed:
        closed = limited(r, "network_limited", "network_acls")
    r.decide("network_limited", "which networks need access to the vault?")
    by_roles = either(r, "rbac_authorization_enabled", "enable_rbac_authorization")
    return Vault(
        name=r.address,
        purge_protected=r.flag("purge_protected", "purge_protection_enabled", default=False),
        soft_delete_days=_soft_delete_days(r),
        network_limited=closed,
        roles=r.flag("roles", by_roles, default=False) if roles else None,
    )


def _soft_delete_days(r: Reader) -> int:
    if r.view.find("soft_delete_enabled").value in OFF:
        r.flag("soft_delete_days", "soft_delete_enabled", default=True)
        r.writes("soft_delete_days", "soft_delete_enabled", {90: "true"})
        return 0
    return r.number("soft_delete_days", "soft_delete_retention_days", 90)


def key(r: Reader) -> Iterator[Key]:
    """A key in a vault."""
    expires = r.given("expires", "rotation_policy.expire_after") or r.given("expires", "expiration_date")
    r.decide("expires", "when should the key expire?")
    turned = r.has("rotates", "rotation_policy.automatic")
    r.decide("rotates", "how often should it be rotated? add an automatic rotation_policy")
    kind = r.text("protected", "key_type", "RSA").upper()
    r.decide("protected", "hardware keys need a premium vault and a new key")
    yield Key(
        name=r.address,
        rotates=turned,
        rotation_days=0,
        expires=expires,
        enabled=True,
        protected=kind.endswith("-HSM"),
        kept=None,
    )


def certificate(r: Reader) -> Iterator[Certificate]:
    """A certificate that a vault makes, where the file says how."""
    made = r.block("", "certificate_policy.key_properties")
    if not made.view.there:
        return
    bits = made.number("key_bits", "key_size", 0)
    made.rests_on("key_type", "key_bits")
    rsa = made.text("", "key_type", "RSA").upper().startswith("RSA")
    yield Certificate(name=r.address, transparency=None, key_bits=bits if rsa else None, wildcard=None, expires=None)


def secret(r: Reader) -> Iterator[StoredSecret | WrittenSecret]:
    """A secret in a vault."""
    expires = r.given("expires", "expiration_date")
    r.decide("expires", "when should the secret expire?")
    typed = r.given("typed", "content_type")
    r.decide("typed", "what is the secret? set content_type")
    yield StoredSecret(name=r.address, encrypted=None, customer_key=None, rotates=None, expires=expires, typed=typed)
    yield from written(r, "value")


def named_value(r: Reader) -> Iterator[WrittenSecret]:
    """A text for the rules of a gateway for interfaces, some of which are secrets."""
    r.rests_on("secret", "value")
    if r.flag("", "secret", default=False):
        yield from written(r, "value")


def variable(r: Reader) -> Iterator[StoredSecret]:
    """A variable of an automation account."""
    yield StoredSecret(
        name=r.address,
        encrypted=r.flag("encrypted", "encrypted", default=False),
        customer_key=None,
        rotates=None,
        expires=None,
        typed=None,
    )
