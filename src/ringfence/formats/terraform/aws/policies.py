"""What opens a resource of AWS: its own policy document."""

from collections.abc import Iterator

from ringfence.formats.terraform.aws.following import is_document
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.policy import PolicyHolder, PolicyUse


def resource_policy(r: Reader, holder: str, attribute: str) -> Iterator[PolicyHolder]:
    """The policy document of a resource; nothing where it has none, or a data source's, which is judged there."""
    found = r.view.find(attribute)
    if found.there and not is_document(r, attribute):
        statements = r.policy("statements", attribute)
        yield PolicyHolder(name=r.address, use=PolicyUse.RESOURCE, holder=holder, statements=statements)
