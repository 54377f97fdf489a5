"""A stack as a Compose file: the plainest one that means it."""

from ringfence.audit.emit.amounts import Amounts, amounts
from ringfence.audit.emit.description import Description, Stack
from ringfence.formats import imageref, quantity
from ringfence.formats.yamlwrite import Data, pairs

#: Half a minute, the engine's own pace, would keep each service waiting that long for the one that it needs.
_PACE: dict[str, Data] = {"interval": "5s", "timeout": "3s", "retries": 5}


def text(stack: Stack, file_format: str, file: str) -> str:
    """The file before anything is hardened. Raises ConfigError for what is no amount."""
    is_old = file_format == "2.4"
    networks = dict[str, Data]()
    services = dict[str, Data]()
    for one in stack.services:
        joined = _networks(one, stack)
        networks |= joined
        services[one.name] = _service(one, stack, list(joined), amounts(one, file), is_old=is_old)
    document: dict[str, Data] = {"version": file_format} if is_old else {}
    document |= {"services": services, "networks": networks}
    volumes: dict[str, Data] = {name: {} for one in stack.services for name in one.data or {}}
    if volumes:
        document["volumes"] = volumes
    secrets: dict[str, Data] = {name: {"file": _secret(name)} for one in stack.services for name in one.secrets or ()}
    if secrets and not is_old:
        document["secrets"] = secrets
    return "\n".join(pairs(document, 0)) + "\n"


def _service(one: Description, stack: Stack, networks: list[str], said: Amounts, *, is_old: bool) -> dict[str, Data]:
    service: dict[str, Data] = {"image": one.image}
    if one.command:
        service["command"] = list(one.command)
    if one.ports:
        service["ports"] = [f"{port.published}:{port.target}" for port in one.ports]
    if one.environment:
        service["environment"] = dict(one.environment)
    volumes = _volumes(one, is_old=is_old)
    if volumes:
        service["volumes"] = volumes
    if one.scratch:
        service["tmpfs"] = list(one.scratch)
    if one.secrets and not is_old:
        service["secrets"] = list(one.secrets)
    service["healthcheck"] = {"test": ["CMD", *one.health], **_PACE}
    if one.needs and stack.closed:
        service["depends_on"] = {need: {"condition": "service_healthy"} for need in one.needs}
    elif one.needs:
        service["depends_on"] = list(one.needs)
    service["networks"] = list[Data](networks)
    return service | _limits(said)


def _volumes(one: Description, *, is_old: bool) -> list[Data]:
    volumes: list[Data] = [f"{name}:{path}" for name, path in (one.data or {}).items()]
    volumes += [f"{source}:{path}:ro" for source, path in (one.files or {}).items()]
    if is_old:  # format 2 has no secrets; what a secret's file becomes there is this mount
        volumes += [f"{_secret(name)}:/run/secrets/{name}:ro" for name in one.secrets or ()]
    return volumes


def _secret(name: str) -> str:
    return f"./secrets/{name}"


def _limits(said: Amounts) -> dict[str, Data]:
    """What the description decides; the rest is left to the controls."""
    found = dict[str, Data]()
    if said.user is not None:
        found["user"] = f"{said.user}:{said.group}"
    if said.memory_bytes is not None:
        found["mem_limit"] = quantity.docker_text(said.memory_bytes)
    if said.cpu_millis is not None:
        found["cpus"] = quantity.cpus_text(said.cpu_millis)
    if said.processes is not None:
        found["pids_limit"] = said.processes
    return found


def _networks(one: Description, stack: Stack) -> dict[str, Data]:
    """A network for those that talk to it, and one for each service that it needs; a published port needs a way out."""
    image = imageref.parse(one.image)
    is_database = image is not None and imageref.is_database(image)
    found: dict[str, Data] = {}
    if not stack.closed or stack.users(one.name) or not (one.ports or one.needs):
        found[one.name] = {"internal": True}
    found |= {need: {"internal": True} for need in one.needs or ()}
    if one.ports and not is_database:
        found["front"] = {}
    return found
