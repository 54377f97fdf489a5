"""Secrets whose value stands in the file that puts them into a store."""

from collections.abc import Iterator

from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.keys import WrittenSecret


def written(r: Reader, attribute: str) -> Iterator[WrittenSecret]:
    """The value of a secret, where it is a text in the file. One that Terraform does not look at again was put there to
    be replaced."""
    found = r.view.find(attribute)
    if not isinstance(found.value, str) or not found.value or r.view.find("lifecycle.ignore_changes").there:
        return
    r.place_of("value", found)
    r.decide("value", "rotate it, and pass it in from outside the file")
    yield WrittenSecret(name=r.address, called=r.text("called", "name") or r.name, value=found.value)
