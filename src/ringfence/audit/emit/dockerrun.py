"""A hardened service as one `docker run` command, a flag a line."""

import shlex

from ringfence.audit.emit.description import Description
from ringfence.formats import imageref, quantity
from ringfence.models.service import Service, VolumeKind


def text(one: Description, service: Service) -> str:
    """The command for a service as the Compose file of the same description has it."""
    flags = [f"--name {one.name}", "--detach", f"--restart {service.restart}", f"--user {service.user}:{service.group}"]
    flags += ["--read-only"] if service.read_only_root else []
    flags += ["--security-opt no-new-privileges:true"] if service.no_new_privileges else []
    flags += [f"--cap-drop {name}" for name in sorted(service.dropped)]
    flags += [f"--cap-add {name}" for name in sorted(service.capabilities)]
    flags += _limits(service)
    flags += [f"--publish {_port(port.host)}{port.published}:{port.target}/{port.protocol}" for port in service.ports]
    flags += [f"--volume {name}:{path}" for name, path in (one.data or {}).items()]
    flags += [f"--volume {source}:{path}:ro" for source, path in (one.files or {}).items()]
    flags += [f"--volume ./secrets/{name}:/run/secrets/{name}:ro" for name in one.secrets or ()]
    flags += [f"--tmpfs {path}:noexec,nosuid,size=64m" for path in _scratch(service)]
    flags += [f"--env {shlex.quote(f'{name}={value}')}" for name, value in (one.environment or {}).items()]
    flags += [f"--health-cmd {shlex.quote(shlex.join(one.health))}"]
    flags += [f"--log-driver {service.logging.driver}", *_log(service)]
    image = imageref.dump(service.image) if service.image is not None else one.image
    command = " ".join([shlex.quote(image), *map(shlex.quote, one.command or ())])
    return " \\\n    ".join(["docker run", *flags, command]) + "\n"


def _scratch(service: Service) -> list[str]:
    return [volume.target for volume in service.volumes if volume.kind is VolumeKind.TMPFS]


def _limits(service: Service) -> list[str]:
    limits = service.limits
    found = [f"--memory {quantity.docker_text(limits.memory_bytes)}"] if limits.memory_bytes else []
    found += [f"--cpus {quantity.cpus_text(limits.cpu_millis)}"] if limits.cpu_millis else []
    return found + ([f"--pids-limit {limits.processes}"] if limits.processes else [])


def _port(host: str) -> str:
    return f"[{host}]:" if ":" in host else f"{host}:" if host else ""


def _log(service: Service) -> list[str]:
    size = service.logging.max_bytes
    return [f"--log-opt max-size={quantity.docker_text(size)}"] if size else []
