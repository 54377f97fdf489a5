"""Where Alibaba Cloud keeps data: buckets and file shares."""

from collections.abc import Iterator

from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import OFF
from ringfence.models.cloud.policy import PolicyHolder, PolicyUse
from ringfence.models.cloud.storage import Bucket, BucketAccess, FileShare, Reachable, reached

_LISTS = {
    "private": Reachable.PRIVATE,
    "public-read": Reachable.PUBLIC_READ,
    "public-read-write": Reachable.PUBLIC_WRITE,
}


def _apart(r: Reader, field: str, kind: str, stands: bool) -> bool:
    """Whether something stands in the bucket, or in a resource of its own that names it."""
    kind = f"alicloud_oss_bucket_{kind}"
    if not stands and r.links_unknown(kind, "bucket"):
        r.unknown(field)
    return stands or bool(r.linked(kind, "bucket", "bucket"))


def bucket(r: Reader) -> Iterator[Bucket | PolicyHolder]:
    """A bucket: not encrypted where nothing is said."""
    if r.view.find("policy").there:
        yield from policy(r)
    rule = "server_side_encryption_rule"
    key = r.given("customer_key", f"{rule}.kms_master_key_id")
    for field, question in (
        ("customer_key", "which key should it use?"),
        ("encrypted", "add a server_side_encryption_rule"),
        ("logged", "which bucket should the access logs go to?"),
    ):
        r.decide(field, question)
    off = r.view.find("logging_isenable").value in OFF
    versioned = r.mapped("versioned", "versioning.status", {"Enabled": True, "Suspended": False}, False, False)
    yield Bucket(
        name=r.address,
        access=r.mapped("access", "acl", _LISTS, Reachable.PRIVATE, Reachable.PRIVATE),
        access_blocked=None,
        encrypted=_apart(r, "encrypted", "server_side_encryption", r.has("encrypted", rule)),
        customer_key=_apart(r, "customer_key", "server_side_encryption", key),
        versioned=_apart(r, "versioned", "versioning", versioned),
        mfa_delete=None,
        logged=_apart(r, "logged", "logging", r.has("logged", "logging")) and not off,
        uniform_access=None,
        tls_only=None,
        retained=None,
    )


def access_list(r: Reader) -> Iterator[BucketAccess]:
    """A list of who may reach a bucket."""
    yield reached(r.address, r.mapped("access", "acl", _LISTS, Reachable.PRIVATE, Reachable.PRIVATE))


def policy(r: Reader) -> Iterator[PolicyHolder]:
    """Who may do what with a bucket, by rules like those of AWS."""
    statements = r.policy("statements", "policy")
    yield PolicyHolder(name=r.address, use=PolicyUse.RESOURCE, holder="bucket", statements=statements)


def share(r: Reader) -> Iterator[FileShare]:
    """A file system: 0 is not encrypted, 1 by the provider's key, 2 by one of ours."""
    kind = r.number("encrypted", "encrypt_type", 0)
    r.writes("encrypted", "encrypt_type", {True: "1"})
    r.value("customer_key", "encrypt_type")
    r.decide("customer_key", "which key should it use?")
    yield FileShare(name=r.address, encrypted=kind != 0, customer_key=kind == 2, backups=None)
