"""Hardened services as `docker` commands, a flag a line: their networks first, then each when what it needs is healthy.

An engine before Docker 25 gives a container one network when it is made, so the others are joined before it starts.
"""

import csv
import graphlib
import io
import shlex

from ringfence.audit.emit.description import Description, Stack
from ringfence.errors import ConfigError
from ringfence.formats import imageref, quantity
from ringfence.models.service import Service, VolumeKind

#: As the Compose file of the same description has it; the engine's own pace would keep every service waiting.
_PACE = ("--health-interval 5s", "--health-timeout 3s", "--health-retries 5")
_HEALTHY_SECONDS = 120


def text(stack: Stack, services: dict[str, Service], file: str) -> str:
    """The commands for services as the Compose file of the same description has them; the first that fails is the last.

    Raises ConfigError for services that need each other in a circle.
    """
    networks = {one.name: one.internal for service in services.values() for one in service.attachments}
    made = [f"docker network create {'--internal ' if internal else ''}{name}" for name, internal in networks.items()]
    commands = [*made, *(line for one in _ordered(stack, file) for line in _service(one, services[one.name], stack))]
    return " &&\n".join(commands) + "\n"


def _ordered(stack: Stack, file: str) -> list[Description]:
    """What is needed comes before those that need it."""
    named = {one.name: one for one in stack.services}
    needs = {name: [need for need in one.needs or () if need in named] for name, one in named.items()}
    try:
        return [named[name] for name in graphlib.TopologicalSorter(needs).static_order()]
    except graphlib.CycleError as error:
        circle = ", ".join(error.args[1])
        raise ConfigError(f"services need each other in a circle: {circle}", file=file) from None


def _service(one: Description, service: Service, stack: Stack) -> list[str]:
    first, *others = [joined.name for joined in service.attachments]
    waited = [_healthy(need) for need in one.needs or () if stack.closed]
    if not others:
        return [*waited, _made("docker run --detach", one, service, first)]
    joined = [f"docker network connect {name} {one.name}" for name in others]
    return [_made("docker create", one, service, first), *joined, *waited, f"docker start {one.name}"]


def _healthy(name: str) -> str:
    """Wait until a service is healthy, as Compose does."""
    status = f"docker inspect --format '{{{{.State.Health.Status}}}}' {name}"
    return f'timeout {_HEALTHY_SECONDS} sh -c "until {status} | grep -qx healthy; do sleep 1; done"'


def _made(command: str, one: Description, service: Service, network: str) -> str:
    flags = [f"--name {one.name}", f"--network {network}", f"--restart {service.restart}"]
    flags += [f"--user {service.user}:{service.group}"]
    flags += ["--read-only"] if service.read_only_root else []
    flags += ["--security-opt no-new-privileges:true"] if service.no_new_privileges else []
    flags += [f"--cap-drop {name}" for name in sorted(service.dropped)]
    flags += [f"--cap-add {name}" for name in sorted(service.capabilities)]
    flags += _limits(service)
    flags += [f"--publish {_port(port.host)}{port.published}:{port.target}/{port.protocol}" for port in service.ports]
    flags += [_mount("volume", name, path) for name, path in (one.data or {}).items()]
    flags += [_mount("bind", source, path) for source, path in (one.files or {}).items()]
    flags += [_mount("bind", f"./secrets/{name}", f"/run/secrets/{name}") for name in one.secrets or ()]
    flags += [f"--tmpfs {shlex.quote(f'{path}:noexec,nosuid,size=64m')}" for path in _scratch(service)]
    flags += [f"--env {shlex.quote(f'{name}={value}')}" for name, value in (one.environment or {}).items()]
    flags += [f"--health-cmd {shlex.quote(shlex.join(one.health))}", *_PACE]
    flags += [f"--log-driver {service.logging.driver}", *_log(service)]
    image = imageref.dump(service.image) if service.image is not None else one.image
    program = " ".join([shlex.quote(image), *map(shlex.quote, one.command or ())])
    return " \\\n    ".join([command, *flags, program])


def _mount(kind: str, source: str, target: str) -> str:
    """A volume by name, or a file that can only be read; `--volume` would make a missing one, as a folder of root's.

    A path that begins here is made absolute by the shell, as engines before Docker 23 ask for it.
    """
    here = kind == "bind" and not source.startswith("/")
    said = source.removeprefix("./") if here else source
    fields = [f"type={kind}", f"source={'%HERE%/' if here else ''}{said}", f"target={target}"]
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([*fields, "readonly"] if kind == "bind" else fields)
    before, marked, behind = line.getvalue().partition("%HERE%")
    return f'--mount {shlex.quote(before)}"$PWD"{shlex.quote(behind)}' if marked else f"--mount {shlex.quote(before)}"


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
