"""A container of an engine, as its API has it (`docker inspect`): the model that a Compose file is read into, too.

Reads plain data, and asks nobody. What the engine fills in from the image (user, health check, command) counts: it is
what runs.
"""

import json
from collections.abc import Mapping
from typing import Any

from ringfence import dataclasses
from ringfence.controls.control import Scope
from ringfence.formats import imageref
from ringfence.formats.compose.facts import SILENT, UNBOUNDED_DRIVERS, UNKNOWN
from ringfence.formats.document import Patch, Place, Subject, Unread
from ringfence.formats.quantity import docker_bytes
from ringfence.model import Environment, Mount, Namespace, Network, Reach, Seccomp
from ringfence.models.service import (
    Attachment,
    Confinement,
    Health,
    Image,
    Logging,
    Port,
    SELinux,
    Service,
    Volume,
    VolumeKind,
)

#: Which modes share a namespace with the host. The engine's own default for cgroups is "host" where they are version 1.
_SHARING = {
    "NetworkMode": Namespace.NETWORK,
    "PidMode": Namespace.PID,
    "IpcMode": Namespace.IPC,
    "UTSMode": Namespace.UTS,
    "UsernsMode": Namespace.USER,
    "CgroupnsMode": Namespace.CGROUP,
}
_QUIET_PROPAGATIONS = frozenset({"", "private", "rprivate"})


class Container:
    """One container as a document: its text is what the engine says, in which no line is anybody's to edit."""

    def __init__(self, said: Mapping[str, Any], internal: Mapping[str, bool], *, shares_cgroups: bool) -> None:
        """`internal` says of each network by name whether it has no way out; `shares_cgroups`: the engine's containers
        see the host's cgroup namespace where nobody asks for more."""
        self._said = said
        self.name = str(said.get("Name") or said.get("Id") or "?").lstrip("/")
        self.file = f"container:{self.name}"
        service, unknown = _service(self.name, said, internal, shares_cgroups=shares_cgroups)
        subject = Subject(scope=Scope.COMPOSE, name=f"container {self.name}", model=service, unknown=unknown)
        self.subjects = (subject,)
        self.unread: tuple[Unread, ...] = ()

    @property
    def text(self) -> str:
        """What the engine says."""
        return json.dumps(self._said, indent=2, sort_keys=True)

    def place(self, subject: Subject, path: str) -> Place:
        """The container: it has no lines."""
        return Place(file=self.file, line=1, column=1, end_line=1, end_column=1)

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """Nothing: what runs is put right where it is described."""
        return Patch(edits=(), left=(("", "a container is put right where it is described, and made anew"),))


def _service(
    name: str, said: Mapping[str, Any], internal: Mapping[str, bool], *, shares_cgroups: bool
) -> tuple[Service, frozenset[str]]:
    config, host = _table(said, "Config"), _table(said, "HostConfig")
    unknown = set(UNKNOWN) | {"requests"}
    image = _image(config)
    mode = str(host.get("NetworkMode") or "")
    if _is_single_use(config, host):  # it ends with its work: nobody asks it how it feels, and nobody starts it again
        unknown |= {"health", "restart"}
    privileged = host.get("Privileged") is True
    values: dict[str, Any] = {
        "name": name,
        **_user(config, unknown),
        **_security(host, said),
        "read_only_root": host.get("ReadonlyRootfs") is True,
        "privileged": privileged,
        "capabilities": _names(host, "CapAdd"),
        "dropped": _names(host, "CapDrop"),
        "proc_masked": not privileged and host.get("MaskedPaths") != [],
        "host_namespaces": _shared(host, shares_cgroups=shares_cgroups),
        "network": Network(reach=Reach.NONE if mode == "none" else Reach.ANY, destinations=()),
        "network_mode": "bridge" if mode in ("default", "bridge") else mode if mode in ("host", "none") else "",
        "attachments": _attachments(said, internal),
        "ports": _ports(host, said),
        "mounts": _mounts(said),
        "volumes": _volumes(said, host),
        "propagations": _propagations(said),
        "environment": Environment(inherits_host=False, variables=_variables(config)),
        "limits": _limits(host),
        "image": image,
        "is_database": image is not None and imageref.is_database(image),
        "command": _words(said.get("Path"), said.get("Args")),
        "labels": tuple(sorted((str(key), str(value)) for key, value in _table(config, "Labels").items())),
        "devices": tuple(str(one.get("PathOnHost", "")) for one in _rows(host, "Devices")),
        "sysctls": tuple(sorted((str(key), str(value)) for key, value in _table(host, "Sysctls").items())),
        "logging": _logging(host),
        "health": _health(config),
        "restart": str(_table(host, "RestartPolicy").get("Name") or "no"),
        "cgroup_parent": str(host.get("CgroupParent") or ""),
    }
    return dataclasses.replace(SILENT, **values), frozenset(unknown)


def _is_single_use(config: Mapping[str, Any], host: Mapping[str, Any]) -> bool:
    """One that is removed when it ends, or that holds a single call of a plugin."""
    return host.get("AutoRemove") is True or "dev.ringfence.owner" in _table(config, "Labels")


def _image(config: Mapping[str, Any]) -> Image | None:
    name = str(config.get("Image") or "")
    if name.startswith("sha256:"):  # by the digest of its configuration, which names its layers
        return Image(name="sha256", tag=None, digest=name, built_here=False)
    return imageref.parse(name)


def _user(config: Mapping[str, Any], unknown: set[str]) -> dict[str, int | None]:
    """Nobody named is root: the engine has looked into the image already."""
    user, _, group = str(config.get("User") or "0:0").partition(":")
    found = dict[str, int | None]()
    for path, word in (("user", user), ("group", group)):
        known = 0 if word == "root" else int(word) if word.isascii() and word.isdecimal() and len(word) < 20 else None
        found[path] = known
        if known is None:
            unknown.add(path)
    return found


def _security(host: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"no_new_privileges": False}
    selinux = dict[str, Any]()
    for word in _list(host, "SecurityOpt"):
        name, value = _option(str(word))
        if name == "no-new-privileges":
            found["no_new_privileges"] = value in ("", "true")
        elif name == "seccomp":
            found["seccomp"] = Seccomp.UNCONFINED if value == "unconfined" else Seccomp.CUSTOM
        elif name == "label":
            key, _, rest = value.partition(":")
            selinux |= (
                {"disabled": True} if key == "disable" else {key: rest} if key in ("type", "user", "role") else {}
            )
    if said.get("AppArmorProfile") == "unconfined" or "apparmor=unconfined" in map(str, _list(host, "SecurityOpt")):
        found["apparmor"] = Confinement.UNCONFINED
    found["selinux"] = SELinux(**{"type": "", "user": "", "role": "", "disabled": False, **selinux})
    return found


def _option(word: str) -> tuple[str, str]:
    """`seccomp=unconfined`, or with a colon, as older clients have it."""
    sign = "=" if "=" in word else ":"
    name, _, value = word.partition(sign)
    return name, value


def _shared(host: Mapping[str, Any], *, shares_cgroups: bool) -> frozenset[Namespace]:
    found = {namespace for key, namespace in _SHARING.items() if host.get(key) == "host"}
    return frozenset(found - {Namespace.CGROUP} if shares_cgroups else found)


def _attachments(said: Mapping[str, Any], internal: Mapping[str, bool]) -> tuple[Attachment, ...]:
    joined = sorted(_table(_table(said, "NetworkSettings"), "Networks"))
    return tuple(
        Attachment(name=one, internal=internal.get(one, False)) for one in joined if one not in ("host", "none")
    )


def _ports(host: Mapping[str, Any], said: Mapping[str, Any]) -> tuple[Port, ...]:
    """What was asked for, and what the engine published by its own choice (`--publish-all`)."""
    asked, given = _table(host, "PortBindings"), _table(_table(said, "NetworkSettings"), "Ports")
    found = list[Port]()
    for name in sorted(asked.keys() | given.keys()):
        target, _, protocol = str(name).partition("/")
        bindings = asked.get(name) or given.get(name) or []
        for one in bindings if isinstance(bindings, list) else []:
            found.append(
                Port(
                    host=str(one.get("HostIp") or ""),
                    published=str(one.get("HostPort") or ""),
                    target=target,
                    protocol=protocol or "tcp",
                )
            )
    return tuple(found)


def _mounts(said: Mapping[str, Any]) -> tuple[Mount, ...]:
    return tuple(
        Mount(
            source=str(one.get("Source", "")),
            target=str(one.get("Destination", "")),
            writable=one.get("RW") is not False,
            grant=None,
        )
        for one in _rows(said, "Mounts")
        if one.get("Type") in ("bind", "npipe")
    )


_KINDS = {"volume": VolumeKind.NAMED, "tmpfs": VolumeKind.TMPFS}


def _volumes(said: Mapping[str, Any], host: Mapping[str, Any]) -> tuple[Volume, ...]:
    found = [
        Volume(
            name=str(one.get("Name") or ""),
            kind=_KINDS.get(str(one.get("Type")), VolumeKind.OTHER),
            type=str(one.get("Type")),
            target=str(one.get("Destination", "")),
            writable=one.get("RW") is not False,
        )
        for one in _rows(said, "Mounts")
        if one.get("Type") not in ("bind", "npipe")
    ]
    for target, options in _table(host, "Tmpfs").items():
        writable = "ro" not in str(options).split(",")
        found.append(Volume(name="", kind=VolumeKind.TMPFS, type="tmpfs", target=str(target), writable=writable))
    return tuple(found)


def _propagations(said: Mapping[str, Any]) -> tuple[str, ...]:
    modes = (str(one.get("Propagation") or "").lower() for one in _rows(said, "Mounts"))
    return tuple(mode for mode in modes if mode not in _QUIET_PROPAGATIONS)


def _variables(config: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    pairs = (str(one).partition("=") for one in _list(config, "Env"))
    return tuple((name, value) for name, _, value in pairs)


def _limits(host: Mapping[str, Any]) -> Any:
    nanos, quota = _number(host, "NanoCpus"), _number(host, "CpuQuota")
    period = _number(host, "CpuPeriod") or 100_000
    millis = nanos // 1_000_000 if nanos else quota * 1000 // period if quota else None
    files = [one.get("Hard") for one in _rows(host, "Ulimits") if one.get("Name") == "nofile"]
    return dataclasses.replace(
        SILENT.limits,
        memory_bytes=_number(host, "Memory"),
        processes=_number(host, "PidsLimit"),
        cpu_millis=millis,
        open_files=files[0] if files and isinstance(files[0], int) else None,
    )


def _number(host: Mapping[str, Any], key: str) -> int | None:
    """A bound; nothing, zero and less are none."""
    value = host.get(key)
    return value if isinstance(value, int) and value > 0 else None


def _logging(host: Mapping[str, Any]) -> Logging:
    said = _table(host, "LogConfig")
    driver = str(said.get("Type") or SILENT.logging.driver)
    size = docker_bytes(str(_table(said, "Config").get("max-size") or ""))
    return Logging(driver=driver, max_bytes=size or None, bounded=driver not in UNBOUNDED_DRIVERS)


def _health(config: Mapping[str, Any]) -> Health:
    test = _list(_table(config, "Healthcheck"), "Test")
    checked = bool(test) and test[0] != "NONE"
    return Health(live=checked, ready=checked)


def _names(host: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(str(one).upper().removeprefix("CAP_") for one in _list(host, key))


def _words(path: Any, arguments: Any) -> tuple[str, ...]:
    words = [path, *(arguments if isinstance(arguments, list) else [])]
    return tuple(str(word) for word in words if word)


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    found = data.get(key)
    return found if isinstance(found, list) else []


def _rows(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    return [one for one in _list(data, key) if isinstance(one, dict)]
