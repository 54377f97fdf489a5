"""Buckets, keys and registries of Google Cloud."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.terraform.aws.following import said
from ringfence.formats.terraform.google.common import customer_key
from ringfence.formats.terraform.google.watching import SINKS
from ringfence.formats.terraform.links import is_named, taken_from
from ringfence.formats.terraform.numbers import whole
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.buckets import CrossOrigin
from ringfence.models.cloud.containers import Registry
from ringfence.models.cloud.containers import registry as plain_registry
from ringfence.models.cloud.keys import Key, StoredSecret
from ringfence.models.cloud.project import KeyPeriod
from ringfence.models.cloud.storage import Bucket, BucketAccess, FileShare, Reachable, reached

_DAY = 86_400


def bucket(r: Reader) -> Iterator[Bucket | CrossOrigin]:
    """A bucket: always encrypted. Which pages may fetch from it stands in it."""
    prevention = {"enforced": True, "inherited": False, "unspecified": False}
    blocked = r.mapped("access_blocked", "public_access_prevention", prevention, False, False)
    yield Bucket(
        name=r.address,
        access=None,
        access_blocked=blocked,
        encrypted=None,
        customer_key=customer_key(r, "encryption.default_kms_key_name"),
        versioned=r.flag("versioned", "versioning.enabled", default=False),
        mfa_delete=None,
        logged=_logged(r),
        uniform_access=r.flag("uniform_access", "uniform_bucket_level_access", default=False),
        tls_only=None,
        retained=_retained(r),
    )
    for view in r.view.blocks("cors")[0]:
        yield CrossOrigin(name=r.address, origins=Reader(r.instance, view, r.record).texts("origins", "origin"))


def _logged(r: Reader) -> bool:
    """Whether requests are logged, and not into the bucket that they are about."""
    some = r.has("logged", "logging")
    target = r.view.find("logging.log_bucket")
    taken = taken_from(r.instance, target.expression)
    r.decide("logged", "which bucket should the access logs go to?")
    if taken:
        return some and r.instance.resource not in taken
    return some and not (target.value and target.value == said(r, "name"))


def _retained(r: Reader) -> bool | None:
    """Whether nobody can delete what is in it for a time; asked of what logs are sent to."""
    if not any(_is_sent_to(r, kind) for kind in SINKS):
        return None
    locked = r.flag("retained", "retention_policy.is_locked", default=False)
    r.decide("retained", "how long should the logs be kept? a locked time cannot be shortened")
    return locked


def _is_sent_to(bucket: Reader, kind: str) -> bool:
    """Whether a sink of a kind sends its logs to a bucket: by reference, or by its name."""
    own = said(bucket, "name")
    if bucket.linked(kind, "destination"):
        return True
    names = (own, f"storage.googleapis.com/{own}") if own else ()
    return any(is_named(bucket.instance, kind, "destination", one) for one in names)


_EVERYBODY = ("allusers", "allauthenticatedusers")


def access_list(r: Reader) -> Iterator[BucketAccess]:
    """A list of who may reach a bucket or an object."""
    ready = r.text("access", "predefined_acl", lower=True).replace("_", "").replace("-", "")
    entries = list[str]()
    for entry in r.texts("access", "role_entity"):
        role, _, entity = entry.lower().partition(":")
        entries += [role] if entity in _EVERYBODY else []
    reach = Reachable.PUBLIC_READ if ready.startswith("public") or entries else Reachable.PRIVATE
    if ready == "publicreadwrite" or {"writer", "owner"} & set(entries):
        reach = Reachable.PUBLIC_WRITE
    yield _access(r, reach)


def access_entry(r: Reader) -> Iterator[BucketAccess]:
    """One who may reach a bucket or an object."""
    role = said(r, "role").lower()
    reach = Reachable.PRIVATE
    if r.text("access", "entity", lower=True) in _EVERYBODY:
        reach = Reachable.PUBLIC_WRITE if role in ("writer", "owner") else Reachable.PUBLIC_READ
    yield _access(r, reach)


def _access(r: Reader, reach: Reachable) -> BucketAccess:
    r.decide("access", "who needs access?")
    return reached(r.address, reach)


def key(r: Reader) -> Iterator[Key | KeyPeriod]:
    """A key. Only those that encrypt with one secret can be rotated."""
    purpose = r.text("", "purpose", "ENCRYPT_DECRYPT", lower=True)
    r.rests_on("purpose", "rotates")
    period = r.text("rotates", "rotation_period").removesuffix("s")
    r.writes("rotates", "rotation_period", {True: '"7776000s"'})
    r.value("rotation_days", "rotation_period")
    r.writes("rotation_days", "rotation_period", {365: '"7776000s"'})
    days = -(-(whole(period.partition(".")[0]) or 0) // _DAY)  # a day that has begun counts
    rotates = bool(period) if purpose == "encrypt_decrypt" else None
    written = r.instance.resource.module.written  # a plan leaves lifecycles out
    kept = r.flag("kept", "lifecycle.prevent_destroy", default=False) if written else None
    yield Key(
        name=r.address, rotates=rotates, rotation_days=days, expires=None, enabled=True, protected=None, kept=kept
    )
    if days:
        r.value("days", "rotation_period")
        r.writes("days", "rotation_period", {90: '"7776000s"'})
        yield KeyPeriod(name=r.address, days=days)


def secret(r: Reader) -> Iterator[StoredSecret]:
    """A secret: always encrypted. Its key stands by each place that it is kept in."""
    own = "customer_managed_encryption.kms_key_name"
    rotates = r.given("rotates", "rotation.rotation_period")
    r.decide("rotates", "how often should it be rotated, and what does that? add a rotation block")
    yield StoredSecret(
        name=r.address,
        encrypted=None,
        customer_key=customer_key(r, own, f"replication.auto.{own}", f"replication.user_managed.replicas.{own}"),
        rotates=rotates,
        expires=None,
        typed=None,
    )


def share(r: Reader) -> Iterator[FileShare]:
    """A file system in the network: always encrypted."""
    own = customer_key(r, "kms_key_name")
    yield FileShare(name=r.address, encrypted=None, customer_key=own, backups=None)


def registry(r: Reader) -> Iterator[Registry]:
    """A repository of images and packages."""
    yield replace(plain_registry(r.address), customer_key=customer_key(r, "kms_key_name"))
