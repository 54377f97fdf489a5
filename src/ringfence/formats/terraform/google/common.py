"""What the kinds of Google Cloud share: switches in metadata, keys of ours, what stands there."""

from collections.abc import Iterator

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.aws.following import provider_major, there
from ringfence.formats.terraform.reader import Reader

MAX_VARIABLES = 500
#: How a switch in metadata is on.
YES = ("true", "1", "y", "yes")


def switch(r: Reader, field: str, name: str) -> bool | None:
    """A switch in the metadata; False where that does not name it, None where nobody can say."""
    found = r.view.find("metadata")
    value = found.value.get(name) if isinstance(found.value, dict) else None
    if value is None:
        return False if found.known and (not found.there or isinstance(found.value, dict)) else None
    if isinstance(value, Unknown):
        return None
    r.place_of(field, found)
    return str(value).lower() in YES


def is_said(r: Reader, name: str) -> bool:
    """Whether the metadata names a switch."""
    value = r.view.find("metadata").value
    return isinstance(value, dict) and name in value


def is_newer(r: Reader) -> bool:
    """Whether the module asks for version 5 of the provider at least, which made some defaults of clusters safe."""
    return provider_major(r, ("google", "google-beta"), 4) >= 5


def customer_key(r: Reader, *attributes: str, field: str = "customer_key") -> bool:
    """Whether a key of ours is named by one of these attributes."""
    for one in attributes:
        if there(r, one):
            r.place_of(field, r.view.find(one))
            r.decide(field, "which key should it use?")
            return True
    if any(there(r, one) is None for one in attributes):
        r.unknown(field)
    r.decide(field, "which key should it use?")
    return False


def variables(r: Reader, field: str, attribute: str) -> tuple[tuple[str, str], ...]:
    """Names and values in plain text, as far as they are known."""
    held = r.view.find(attribute)
    found = list[tuple[str, str]]()
    for name, value in list(held.value.items())[:MAX_VARIABLES] if isinstance(held.value, dict) else ():
        if isinstance(value, str):
            r.place_of(f"{field}[{len(found)}]", held)
            found.append((name, value))
    return tuple(found)


def pairs(r: Reader, blocks: str) -> Iterator[tuple[str, str, Reader]]:
    """The name and value of each block that has both, as far as they are known."""
    for view in r.view.blocks(blocks)[0][:MAX_VARIABLES]:
        name, value = view.find("name").value, view.find("value").value
        if isinstance(name, str) and isinstance(value, str):
            yield name, value, r.below("", view)
