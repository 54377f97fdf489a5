"""Storage of AWS: S3 with its separate resources, EFS, FSx."""

from collections.abc import Iterator

from ringfence.dataclasses import replace
from ringfence.formats.hcl import Unknown, Value
from ringfence.formats.terraform.account import settings
from ringfence.formats.terraform.aws import buckets, watching
from ringfence.formats.terraform.aws.backups import planned
from ringfence.formats.terraform.aws.following import followed, names_resource, said
from ringfence.formats.terraform.aws.policies import resource_policy
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.switches import ON
from ringfence.models.cloud.policy import PolicyHolder, Statement
from ringfence.models.cloud.storage import Bucket, BucketAccess, BucketGrant, FileShare, Reachable, reached

_LISTS = {
    "private": Reachable.PRIVATE,
    "public-read": Reachable.PUBLIC_READ,
    "public-read-write": Reachable.PUBLIC_WRITE,
    "website": Reachable.PUBLIC_READ,
    "authenticated-read": Reachable.ACCOUNTS,
}
_EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers"
_EVERY_ACCOUNT = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
_DELIVERED = "log-delivery-write"
_TRANSPORT = "aws:securetransport"
_BALANCERS = [(kind, "access_logs.bucket") for kind in ("aws_lb", "aws_alb", "aws_elb")]
_DENY = "add a statement to its policy that denies everything where aws:SecureTransport is false"
_BLOCKS = "aws_s3_bucket_public_access_block"
_WRITING = ("WRITE", "WRITE_ACP", "FULL_CONTROL")

_BLOCK = """
resource "aws_s3_bucket_public_access_block" "{name}" {
  bucket                  = {ref}.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
"""
_VERSIONING = """
resource "aws_s3_bucket_versioning" "{name}" {
  bucket = {ref}.id

  versioning_configuration {
    status = "Enabled"
  }
}
"""
_ENCRYPTION = """
resource "aws_s3_bucket_server_side_encryption_configuration" "{name}" {
  bucket = {ref}.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}
"""
_ROOT = "turn it on as the account's root user; nobody else can"
_INLINE = "server_side_encryption_configuration"
_LIFECYCLE = "aws_s3_bucket_lifecycle_configuration"
_RULE = "rule.apply_server_side_encryption_by_default"


def _linked(r: Reader, kind: str, field: str) -> list[Reader]:
    """The separate resources of a bucket; what may be its, but is not known to be, makes the field unknown."""
    some = r.linked(kind, "bucket", "bucket")
    if not some and r.links_unknown(kind, "bucket"):
        r.unknown(field)
    return some


def bucket(r: Reader) -> Iterator[object]:
    """A bucket, with what separate resources say of it."""
    access = (
        r.mapped("access", "acl", _LISTS, Reachable.PRIVATE, Reachable.PRIVATE) if r.view.find("acl").there else None
    )
    yield Bucket(
        name=r.address,
        access=_let_in(r, _granted(r, "grant", access), [r]),
        access_blocked=_blocked(r),
        encrypted=encrypted(r),
        customer_key=keyed(r),
        versioned=_versioned(r),
        mfa_delete=guarded(r),
        logged=_logged(r),
        uniform_access=None,
        tls_only=_tls_only(r),
        retained=None,
    )
    yield from _grants(r, "grant")
    yield watching.of_bucket(r)
    yield buckets.care(r)
    yield from buckets.origins(r)
    yield from buckets.own_site(r)


def _tls_only(r: Reader) -> bool | None:
    """Whether a policy refuses what comes without TLS; None where it has no policy at all."""
    holders = r.linked("aws_s3_bucket_policy", "bucket", "bucket")
    holders += [r] if r.view.find("policy").there else []
    r.decide("tls_only", _DENY)
    for one in holders:
        if asks_for_tls(r, Reader(one.instance)):
            return True
    return False if holders else None


def asks_for_tls(r: Reader, own: Reader) -> bool:
    """Whether the policy of a resource does; not known where a statement of it may."""
    asked = [_refuses_plain(statement) for statement in own.policy("asked", "policy")]
    if True not in asked and (None in asked or "asked" in own.record.unknown):
        r.unknown("tls_only")
    return True in asked


def _refuses_plain(statement: Statement) -> bool | None:
    """Whether it stops what comes without TLS; None where nobody can say."""
    said = [(key, *some) for _, key, some in statement.conditions if key.lower() == _TRANSPORT or "${}" in key]
    if not said or statement.effect.lower() not in ("deny", "${}"):
        return False
    if any("${}" in one for one in (statement.effect, *(text for texts in said for text in texts))):
        return None
    return all(value.lower() == "false" for _, *values in said for value in values)


def _blocked(r: Reader) -> bool:
    found = bool(_linked(r, _BLOCKS, "access_blocked")) or _account_blocks(r)
    r.companion("access_blocked", _BLOCK)
    return found


def _account_blocks(r: Reader) -> bool:
    """Whether public access is blocked for all buckets of the account."""
    return any(
        all(one.view.find(part).value not in (None, False, "false") for part in _BLOCK_PARTS)
        for one in settings(r, "aws_s3_account_public_access_block")
    )


_BLOCK_PARTS = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")


def encrypted(r: Reader) -> bool:
    """Whether it says how it is encrypted."""
    if r.has("encrypted", _INLINE):
        return _names_a_way(r.block("", _INLINE))
    apart = _linked(r, "aws_s3_bucket_server_side_encryption_configuration", "encrypted")
    r.companion("encrypted", _ENCRYPTION)
    return bool(apart)


def _names_a_way(r: Reader) -> bool:
    """Whether a rule names a way to encrypt that there is."""
    way = r.text("encrypted", f"{_RULE}.sse_algorithm", lower=True)
    r.writes("encrypted", f"{_RULE}.sse_algorithm", {True: '"AES256"'})
    return way in ("aes256", "aws:kms", "aws:kms:dsse")


def keyed(r: Reader) -> bool | None:
    """Whether a key of one's own encrypts it; None where another resource says so, and where none can be had."""
    apart = r.linked("aws_s3_bucket_server_side_encryption_configuration", "bucket", "bucket")
    if apart or _takes_plain_keys(r):
        return None  # said there
    if _list_hidden(r):
        r.unknown("customer_key")
    some, known = r.view.blocks("server_side_encryption_configuration")
    if not some:
        if not known or r.links_unknown("aws_s3_bucket_server_side_encryption_configuration", "bucket"):
            r.unknown("customer_key")
        return False
    inner = r.block("", "server_side_encryption_configuration")
    kind = inner.text("customer_key", f"{_RULE}.sse_algorithm", lower=True)
    return inner.given("customer_key", f"{_RULE}.kms_master_key_id") and kind.startswith("aws:kms")


def encryption(r: Reader) -> Iterator[Bucket]:
    """How a bucket is encrypted, by itself."""
    kind = r.text("customer_key", f"{_RULE}.sse_algorithm", lower=True)
    own = r.given("customer_key", f"{_RULE}.kms_master_key_id") and kind.startswith("aws:kms")
    buckets_of = followed(r, "bucket", "aws_s3_bucket", "bucket")
    bound = any(_takes_plain_keys(one) for one in buckets_of)
    hidden = not buckets_of and isinstance(r.view.find("bucket").value, Unknown)
    if any(map(_list_hidden, buckets_of)) or (hidden and any(map(_takes_plain_keys, r.others("aws_s3_bucket")))):
        r.unknown("customer_key")
    yield part(r, encrypted=_names_a_way(r), customer_key=None if bound and not own else own)


def _takes_plain_keys(r: Reader) -> bool:
    """Whether it takes in logs that S3 and load balancers write only where S3's own keys encrypt."""
    return said(r, "acl") == _DELIVERED or _receives_logs(r) or any(r.linked(*one, "bucket") for one in _BALANCERS)


def _list_hidden(r: Reader) -> bool:
    """Whether a list says who may do what, but nobody can say which."""
    found = r.view.find("acl")
    return found.there and isinstance(found.value, Unknown)


def _versioned(r: Reader) -> bool | None:
    if _linked(r, "aws_s3_bucket_versioning", "versioned"):
        return None
    some, known = r.view.blocks("versioning")
    if not known:
        r.unknown("versioned")
    if some:
        return r.flag("versioned", "versioning.enabled", default=False)
    r.companion("versioned", _VERSIONING)
    return _locked(r)


def _locked(r: Reader) -> bool:
    """Whether its objects can be locked: then their versions are kept, too."""
    block = "object_lock_configuration"
    for attribute in ("object_lock_enabled", f"{block}.object_lock_enabled"):
        r.rests_on(attribute, "versioned")
    if not r.view.blocks(block)[1]:
        r.unknown("versioned")
    return r.view.find("object_lock_enabled").value in ON or bool(r.view.blocks(block)[0])


def guarded(r: Reader) -> bool | None:
    """Whether old versions need a second factor: where nothing is said of versions there are none, and no factor.

    A bucket with lifecycle rules cannot have one."""
    r.decide("mfa_delete", _ROOT)
    if _linked(r, "aws_s3_bucket_versioning", "mfa_delete") or _expires(r):
        return None
    return r.flag("mfa_delete", "versioning.mfa_delete", default=False)


def _expires(r: Reader) -> bool:
    rules, known = r.view.blocks("lifecycle_rule")
    if not known:
        r.unknown("mfa_delete")
    return bool(rules) or bool(_linked(r, _LIFECYCLE, "mfa_delete"))


def versioning(r: Reader) -> Iterator[Bucket]:
    """Whether a bucket keeps old versions, by itself."""
    status = {"Enabled": True, "Suspended": False, "Disabled": False}
    on = r.mapped("versioned", "versioning_configuration.status", status, False, False)
    deletes = {"Enabled": True, "Disabled": False}
    mfa = r.mapped("mfa_delete", "versioning_configuration.mfa_delete", deletes, False, False)
    r.decide("mfa_delete", _ROOT)
    yield part(r, versioned=on, mfa_delete=None if _emptied(r) else mfa)


def _emptied(r: Reader) -> bool:
    """Whether the bucket of these versions has lifecycle rules; what cannot be known may."""
    if r.links_unknown(_LIFECYCLE, "bucket"):
        r.unknown("mfa_delete")
    for one in followed(r, "bucket", "aws_s3_bucket", "bucket"):
        if _expires(one):
            return True
        if "mfa_delete" in one.record.unknown:
            r.unknown("mfa_delete")
    return False


def _logged(r: Reader) -> bool:
    inline = r.has("logged", "logging")
    apart = _linked(r, "aws_s3_bucket_logging", "logged")
    receives = r.mapped("", "acl", {_DELIVERED: True}, False, False)
    if _list_hidden(r):
        r.unknown("logged")
    r.decide("logged", "which bucket should the access logs go to? add an aws_s3_bucket_logging")
    return inline or bool(apart) or receives or _receives_logs(r)


def _receives_logs(r: Reader) -> bool:
    """Whether other buckets log to this one, or may: it need not log itself."""
    if any(said(one, "acl") == _DELIVERED for one in r.linked("aws_s3_bucket_acl", "bucket", "bucket")):
        return True
    return any(
        r.linked(kind, by, "bucket")
        for kind, by in (("aws_s3_bucket_logging", "target_bucket"), ("aws_s3_bucket", "logging.target_bucket"))
    )


def part(
    r: Reader,
    *,
    encrypted: bool | None = None,
    customer_key: bool | None = None,
    versioned: bool | None = None,
    mfa_delete: bool | None = None,
) -> Bucket:
    """What is said of a bucket elsewhere than in it."""
    return Bucket(
        name=r.address,
        access=None,
        access_blocked=None,
        encrypted=encrypted,
        customer_key=customer_key,
        versioned=versioned,
        mfa_delete=mfa_delete,
        logged=None,
        uniform_access=None,
        tls_only=None,
        retained=None,
    )


def listed(r: Reader) -> Reachable:
    """Whom a ready access list lets in."""
    return r.mapped("access", "acl", _LISTS, Reachable.PRIVATE, Reachable.PRIVATE)


def bucket_acl(r: Reader) -> Iterator[BucketAccess | BucketGrant]:
    """A bucket's access list, by itself."""
    yield from _grants(r, "access_control_policy.grant")
    access = _granted(r, "access_control_policy.grant", listed(r))
    yield reached(r.address, _let_in(r, access, followed(r, "bucket", "aws_s3_bucket", "bucket")))


def _let_in(r: Reader, access: Reachable | None, buckets_of: list[Reader]) -> Reachable | None:
    """What a list comes to: nothing where the bucket, or the account, ignores public lists."""
    if access in (None, Reachable.PRIVATE):
        return access
    own = r.view.find("bucket").value
    blocks, perhaps = r.others("aws_s3_account_public_access_block"), list[Reader]()
    for one in r.others(_BLOCKS):
        is_its = None if r.type == "aws_s3_bucket" else _same(own, one.view.find("bucket").value)
        blocks += [one] if is_its else []
        perhaps += [one] if is_its is None else []
    for bucket in buckets_of:
        blocks += bucket.linked(_BLOCKS, "bucket", "bucket")
        perhaps = perhaps if bucket.links_unknown(_BLOCKS, "bucket") else []
    ignored = {_ignores(one) for one in blocks}
    if True in ignored:
        return None
    if None in ignored or any(_ignores(one) is not False for one in perhaps):
        r.unknown("access")
    return access


def _ignores(block: Reader) -> bool | None:
    value = block.view.find("ignore_public_acls").value
    return None if isinstance(value, Unknown) else value in ON


def _same(one: Value, other: Value) -> bool | None:
    """Whether two attributes name the same bucket; None where nobody can say."""
    if isinstance(one, Unknown) and isinstance(other, Unknown) and one.references & other.references:
        return one.pieces == other.pieces
    if any(isinstance(each, Unknown) and not names_resource(each) for each in (one, other)):
        return None
    return isinstance(one, str) and one == other


def _grants(r: Reader, block: str) -> Iterator[BucketGrant]:
    """What a list gives to those who collect logs, and to other accounts."""
    owner = r.view.find("access_control_policy.owner.id").value
    for view in r.view.blocks(block)[0]:
        inner = r.below("", view)
        who = [
            inner.view.find(one).value for one in ("grantee.uri", "uri", "grantee.id", "id", "grantee.email_address")
        ]
        logs = any(isinstance(one, str) and one.endswith("/s3/LogDelivery") for one in who)
        others = any(isinstance(one, str) and one and one != owner for one in who[2:])
        if logs or (others and isinstance(owner, str)):
            what = inner.texts("rewrites", "permissions") or inner.texts("rewrites", "permission")
            yield BucketGrant(
                name=r.address,
                rewrites=any(one.upper() == "WRITE_ACP" or (logs and one.upper() == "FULL_CONTROL") for one in what),
            )


def _granted(r: Reader, block: str, access: Reachable | None) -> Reachable | None:
    """What grants to everybody make of an access list."""
    for view in r.view.blocks(block)[0]:
        inner = r.below("", view)
        who = inner.text("", "grantee.uri") or inner.text("", "uri")
        what = inner.texts("", "permissions") or inner.texts("", "permission")
        if who == _EVERYBODY:
            r.place("access", view)
            r.decide("access", "remove the grant to everybody")
            return Reachable.PUBLIC_WRITE if any(one.upper() in _WRITING for one in what) else Reachable.PUBLIC_READ
        if who == _EVERY_ACCOUNT:
            r.place("access", view)
            r.decide("access", "remove the grant to all accounts")
            access = Reachable.ACCOUNTS
    return access


def access_block(r: Reader) -> Iterator[BucketAccess]:
    """What keeps a bucket, or all of an account, from being made public: each does where the other does not."""
    of_account = r.type == "aws_s3_account_public_access_block"
    others = r.others(_BLOCKS) if of_account else list(settings(r, "aws_s3_account_public_access_block"))

    def says(field: str, attribute: str) -> bool | None:
        value = r.flag(field, attribute, default=False)
        elsewhere = [one.view.find(attribute).value for one in others]
        if any(isinstance(one, Unknown) for one in elsewhere):
            r.unknown(field)
        return None if any(one in ON for one in elsewhere) and not value else value

    yield BucketAccess(
        name=r.address,
        access=None,
        blocks_lists=says("blocks_lists", "block_public_acls"),
        blocks_policies=says("blocks_policies", "block_public_policy"),
        ignores_lists=says("ignores_lists", "ignore_public_acls"),
        restricts=says("restricts", "restrict_public_buckets"),
    )


def access_point(r: Reader) -> Iterator[BucketAccess]:
    """A door into a bucket: nothing public comes through where it does not say otherwise."""
    block = "details.public_access_block" if r.type == _SEVERAL_REGIONS else "public_access_block_configuration"
    inner = r.block("", block)
    yield BucketAccess(
        name=r.address,
        access=None,
        blocks_lists=inner.flag("blocks_lists", "block_public_acls", default=True),
        blocks_policies=inner.flag("blocks_policies", "block_public_policy", default=True),
        ignores_lists=inner.flag("ignores_lists", "ignore_public_acls", default=True),
        restricts=inner.flag("restricts", "restrict_public_buckets", default=True),
    )


_SEVERAL_REGIONS = "aws_s3control_multi_region_access_point"


def bucket_policy(r: Reader) -> Iterator[PolicyHolder]:
    """A bucket's policy, by itself or in the bucket."""
    yield from resource_policy(r, "bucket", "policy")


def policy_apart(r: Reader) -> Iterator[Bucket | PolicyHolder]:
    """A bucket's only policy: whether it asks for TLS is said here where the bucket is elsewhere."""
    if not followed(r, "bucket", "aws_s3_bucket", "bucket"):
        r.place_of("tls_only", r.view.find("policy"))
        r.decide("tls_only", _DENY)
        yield replace(part(r), tls_only=asks_for_tls(r, Reader(r.instance)))
    yield from bucket_policy(r)


def bucket_whole(r: Reader) -> Iterator[object]:
    """A bucket, and the policy that stands in it."""
    yield from bucket(r)
    yield from bucket_policy(r)


def file_system(r: Reader) -> Iterator[FileShare]:
    """A file system of EFS."""
    yield FileShare(
        name=r.address,
        encrypted=r.flag("encrypted", "encrypted", default=False),
        customer_key=r.given("customer_key", "kms_key_id"),
        backups=_copied(r),
    )


def _copied(r: Reader) -> bool:
    """Whether a policy of the file system, or a plan of backups that names it, makes copies."""
    kind = "aws_efs_backup_policy"
    policies = r.linked(kind, "file_system_id")
    r.decide("backups", "add an aws_efs_backup_policy with status ENABLED")
    if r.links_unknown(kind, "file_system_id"):
        r.unknown("backups")
    if any(said(one, "backup_policy.status").upper() != "DISABLED" for one in policies):
        return True
    return planned(r, "backups")


def file_system_policy(r: Reader) -> Iterator[PolicyHolder]:
    """Who may use a file system."""
    yield from resource_policy(r, "file system", "policy")


def fsx(r: Reader) -> Iterator[FileShare]:
    """A file system of FSx: always encrypted."""
    key = r.given("customer_key", "kms_key_id")
    yield FileShare(name=r.address, encrypted=None, customer_key=key, backups=None)
