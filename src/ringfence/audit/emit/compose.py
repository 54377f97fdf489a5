"""A description as a Compose file: the plainest one that means it."""

from ringfence.audit.emit.description import Description
from ringfence.formats import imageref
from ringfence.formats.yamlwrite import Data, pairs


def text(one: Description) -> str:
    """The file before anything is hardened."""
    service: dict[str, Data] = {"image": one.image}
    if one.command:
        service["command"] = list(one.command)
    if one.ports:
        service["ports"] = [f"{port.published}:{port.target}" for port in one.ports]
    if one.environment:
        service["environment"] = dict(one.environment)
    volumes: list[Data] = [f"{name}:{path}" for name, path in (one.data or {}).items()]
    volumes += [f"{source}:{path}:ro" for source, path in (one.files or {}).items()]
    if volumes:
        service["volumes"] = volumes
    if one.scratch:
        service["tmpfs"] = list(one.scratch)
    if one.secrets:
        service["secrets"] = list(one.secrets)
    service["healthcheck"] = {"test": ["CMD", *one.health]}
    if one.needs:
        service["depends_on"] = list(one.needs)
    networks = _networks(one)
    service["networks"] = list(networks)
    document: dict[str, Data] = {"services": {one.name: service}, "networks": networks}
    if one.data:
        document["volumes"] = {name: {} for name in one.data}
    if one.secrets:
        document["secrets"] = {name: {"file": f"./secrets/{name}"} for name in one.secrets}
    return "\n".join(pairs(document, 0)) + "\n"


def _networks(one: Description) -> dict[str, Data]:
    """A network for those that talk to it, and one for each service that it needs; a published port needs a way out."""
    image = imageref.parse(one.image)
    is_database = image is not None and imageref.base_name(image) in imageref.DATABASES
    found: dict[str, Data] = {one.name: {"internal": True}}
    found |= {need: {"internal": True} for need in one.needs or ()}
    if one.ports and not is_database:
        found["front"] = {}
    return found
