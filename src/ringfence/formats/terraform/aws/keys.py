"""Keys and secrets of AWS."""

from collections.abc import Iterator

from ringfence.formats.terraform.aws.following import said, there
from ringfence.formats.terraform.aws.policies import resource_policy
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.written import written
from ringfence.models.cloud.keys import Key, KeyDeletion, KeyUse, Parameter, StoredSecret, WrittenSecret
from ringfence.models.cloud.policy import PolicyHolder

_SYMMETRIC = ("", "symmetric_default")
#: A parameter that names an image, which is no secret.
_IMAGE = "aws:ec2:image"


def key(r: Reader) -> Iterator[object]:
    """A key of KMS. Those that sign, and those for messages' codes, cannot be rotated by AWS."""
    usage = r.text("", "key_usage", "ENCRYPT_DECRYPT", lower=True)
    spec = r.text("", "customer_master_key_spec", lower=True) or r.text("", "key_spec", lower=True)
    can = spec in _SYMMETRIC and usage == "encrypt_decrypt" and not r.given("", "custom_key_store_id")
    for attribute in ("key_usage", "customer_master_key_spec", "key_spec", "custom_key_store_id"):
        r.rests_on(attribute, "rotates")
    rotates = r.flag("rotates", "enable_key_rotation", default=False)
    yield Key(
        name=r.address,
        rotates=rotates if can else None,
        rotation_days=0,
        expires=None,
        enabled=r.flag("enabled", "is_enabled", default=True),
        protected=None,
        kept=None,
    )
    yield KeyUse(name=r.address, said=_said(r))
    yield KeyDeletion(name=r.address, days=r.number("days", "deletion_window_in_days", default=30))
    yield from resource_policy(r, "key", "policy")


def _said(r: Reader) -> bool:
    """Whether its own rules stand in it, or apart."""
    apart = "aws_kms_key_policy"
    r.decide("said", "who may use the key, and who may change its policy?")
    if r.links_unknown(apart, "key_id"):
        r.unknown("said")
    return bool(r.linked(apart, "key_id")) or r.given("said", "policy")


def key_policy(r: Reader) -> Iterator[PolicyHolder]:
    """Who may use a key."""
    yield from resource_policy(r, "key", "policy")


def secret(r: Reader) -> Iterator[object]:
    """A secret of Secrets Manager: always encrypted."""
    rotates = bool(r.linked("aws_secretsmanager_secret_rotation", "secret_id", "name"))
    if not rotates and r.links_unknown("aws_secretsmanager_secret_rotation", "secret_id"):
        r.unknown("rotates")
    r.decide("rotates", "add an aws_secretsmanager_secret_rotation with a function that rotates the secret")
    yield StoredSecret(
        name=r.address,
        encrypted=True,
        customer_key=r.given("customer_key", "kms_key_id") and not said(r, "kms_key_id").startswith("alias/aws/"),
        rotates=rotates,
        expires=None,
        typed=None,
    )
    yield from resource_policy(r, "secret", "policy")


def secret_policy(r: Reader) -> Iterator[PolicyHolder]:
    """Who may read a secret."""
    yield from resource_policy(r, "secret", "policy")


def parameter(r: Reader) -> Iterator[StoredSecret | Parameter | WrittenSecret]:
    """A parameter of Systems Manager."""
    from ringfence.secrets import is_secret_name

    name = r.text("", "name") or r.name
    kind = r.text("encrypted", "type", lower=True)
    if kind != "securestring" and not is_secret_name(name.rpartition("/")[2]):
        if kind in ("string", "stringlist") and said(r, "data_type") != _IMAGE and there(r, "insecure_value") is False:
            r.place_of("sealed", r.view.find("type"))
            yield Parameter(name=r.address, sealed=False)
        return
    r.writes("encrypted", "type", {True: '"SecureString"'})
    sealed = kind == "securestring"
    yield StoredSecret(
        name=r.address,
        encrypted=sealed,
        customer_key=r.given("customer_key", "key_id") if sealed else None,
        rotates=None,
        expires=None,
        typed=None,
    )
    if sealed:
        yield from written(r, "value")
