"""Who holds two roles of Google Cloud that belong to two."""

from collections.abc import Iterator
from itertools import islice

from ringfence.formats.hcl import Value
from ringfence.formats.terraform.account import everywhere
from ringfence.formats.terraform.aws.following import said
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.view import View
from ringfence.models.cloud.policy import SharedDuty

#: A role that manages, and those that use what it manages.
_APART = {
    "roles/cloudkms.admin": (
        "roles/cloudkms.cryptoKeyDecrypter",
        "roles/cloudkms.cryptoKeyEncrypter",
        "roles/cloudkms.cryptoKeyEncrypterDecrypter",
    ),
    "roles/iam.serviceAccountAdmin": ("roles/iam.serviceAccountUser", "roles/iam.serviceAccountTokenCreator"),
}
_KINDS = tuple(
    f"google_{one}_iam_{kind}"
    for one in ("project", "folder", "organization", "kms_crypto_key", "kms_key_ring", "service_account")
    for kind in ("binding", "member")
)
_DOCUMENT = "data.google_iam_policy"
#: So many resources of a kind are looked at.
_MANY = 300


def duties(r: Reader, role: str, members: tuple[str, ...], view: View) -> Iterator[SharedDuty]:
    """Who among the members of a role that manages may use what it manages, too."""
    using = _APART.get(role)
    if using is None:
        return
    users = {member for one in _given(r) for member in _members(one, using)}
    both = tuple(one for one in members if one in users)
    for index in range(len(both)):
        r.place(f"members[{index}]", view)
        r.decide(f"members[{index}]", "who should manage them, and who should use them?")
    yield SharedDuty(name=r.address, role=role, members=both)


def _given(r: Reader) -> Iterator[Reader]:
    """Everything that gives a role: resources, and what stands in documents."""
    for kind in _KINDS:
        yield from islice(everywhere(r, kind), _MANY)
    for one in islice(everywhere(r, _DOCUMENT), _MANY):
        yield from (one.below("", view) for view in one.view.blocks("binding")[0])


def _members(given: Reader, roles: tuple[str, ...]) -> Iterator[str]:
    if said(given, "role") not in roles:
        return
    for attribute in ("member", "members"):
        value: Value = given.view.find(attribute).value
        yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))
