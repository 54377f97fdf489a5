"""One service of a Compose file as the model has it."""

from typing import Any

from ringfence import dataclasses
from ringfence.formats import imageref, quantity
from ringfence.formats.compose import ports as portsyntax
from ringfence.formats.compose import storage
from ringfence.formats.compose.facts import SILENT, UNBOUNDED_DRIVERS, UNKNOWN
from ringfence.formats.compose.interpolation import OPEN
from ringfence.formats.compose.options import security
from ringfence.formats.compose.scalars import Reading
from ringfence.formats.yamlread import boolean, entries, get, items, text
from ringfence.formats.yamltree import Mapping, Node, Scalar, resolved
from ringfence.model import Environment, Limits, Namespace, Network, Reach
from ringfence.models.service import Attachment, Health, Image, Logging, Port, Requests, Service


def read(reading: Reading, name: str) -> Service:
    """The service; `reading` then has the places and what is unknown."""
    reading.unknown |= UNKNOWN
    mounts, volumes, propagations = storage.read(reading)
    image = _image(reading)
    mode = reading.word("network_mode", "network_mode")
    values: dict[str, Any] = {
        "name": name,
        **_user(reading),
        **security(reading),
        "read_only_root": reading.flag("read_only", "read_only_root"),
        "privileged": reading.flag("privileged", "privileged"),
        "capabilities": _capabilities(reading, "cap_add", "capabilities"),
        "dropped": _capabilities(reading, "cap_drop", "dropped"),
        "host_namespaces": _host_namespaces(reading),
        "network": Network(reach=Reach.NONE if mode == "none" else Reach.ANY, destinations=()),
        "network_mode": mode,
        "mounts": mounts,
        "volumes": volumes,
        "propagations": propagations,
        "environment": Environment(inherits_host=False, variables=_environment(reading)),
        "limits": _limits(reading),
        "requests": Requests(memory_bytes=None, cpu_millis=None),
        "image": image,
        "is_database": image is not None and imageref.base_name(image) in imageref.DATABASES,
        "command": _command(reading),
        "labels": _labels(reading),
        "devices": _devices(reading),
        "sysctls": _sysctls(reading),
        "ports": _ports(reading) if mode != "host" else (),
        "attachments": _attachments(reading) if not mode else (),
        "logging": _logging(reading),
        "health": _health(reading),
        "restart": _restart(reading),
        "cgroup_parent": reading.word("cgroup_parent", "cgroup_parent"),
        "pull_policy": reading.word("pull_policy", "pull_policy"),
    }
    return dataclasses.replace(SILENT, **values)


def _user(reading: Reading) -> dict[str, int | None]:
    said = reading.text(reading.node("user", "user"), "user")
    if said is None:
        reading.unknown.add("group")
        return {"user": None, "group": None}
    user, colon, group = said.value.partition(":")
    if not colon or OPEN in said.value:
        reading.unknown.add("group")
    reading.at["group"] = reading.at["user"]
    return {"user": _id(reading, user, "user"), "group": _id(reading, group, "group") if colon else None}


def _id(reading: Reading, word: str, path: str) -> int | None:
    """A number, or root; what another name stands for only the image knows."""
    if word.isdecimal() and len(word) < 20:
        return int(word)
    if word == "root":
        return 0
    reading.unknown.add(path)
    return None


def _image(reading: Reading) -> Image | None:
    built = reading.node("build", "image") is not None
    said = reading.text(reading.node("image", "image"), "image")
    if said is None:
        return None
    image = None if said.marked else imageref.parse(said.value, built_here=built)
    if image is None:
        reading.unknown.add("image")
    return image


def _capabilities(reading: Reading, key: str, path: str) -> frozenset[str]:
    found = set[str]()
    for said, item in reading.words(reading.node(key, path)):
        name = said.value.upper().removeprefix("CAP_")
        if OPEN in said.value:
            reading.unknown.add(path)
        found.add(name)
        reading.at[f"{path}[{name}]"] = item
    return frozenset(found)


_NAMESPACES = {
    "network_mode": Namespace.NETWORK,
    "pid": Namespace.PID,
    "ipc": Namespace.IPC,
    "uts": Namespace.UTS,
    "userns_mode": Namespace.USER,
    "cgroup": Namespace.CGROUP,
}


def _host_namespaces(reading: Reading) -> frozenset[Namespace]:
    shared = set[Namespace]()
    for key, namespace in _NAMESPACES.items():
        said = reading.text(reading.node(key, f"host_namespaces[{namespace}]"))
        if said is not None and said.value == "host":
            shared.add(namespace)
    return frozenset(shared)


def _environment(reading: Reading) -> tuple[tuple[str, str], ...]:
    """The service's variables, and behind them the arguments of its build."""
    found = list[tuple[str, str]]()
    for node in (reading.node("environment"), get(reading.node("build"), "args")):
        for name, said, item in reading.pairs(node):
            path = f"environment.variables[{len(found)}]"
            reading.at[path] = item
            # What the shell or .env gives does not stand in this file.
            if said is None or said.marked or said.foreign:
                reading.unknown.add(path)
            found.append((name, said.value if said is not None else ""))
    return tuple(found)


def _labels(reading: Reading) -> tuple[tuple[str, str], ...]:
    found = list[tuple[str, str]]()
    for name, said, item in reading.pairs(reading.node("labels")):
        path = f"labels[{len(found)}]"
        reading.at[path] = item
        if said is None or said.marked or said.foreign:
            reading.unknown.add(path)
        found.append((name, said.value if said is not None else ""))
    return tuple(found)


def _command(reading: Reading) -> tuple[str, ...]:
    found = list[str]()
    for key in ("entrypoint", "command"):
        node = reading.node(key)
        for said, item in reading.words(node):
            for word in _split(said.value) if isinstance(resolved(node), Scalar) else [said.value]:
                path = f"command[{len(found)}]"
                reading.at[path] = item
                if said.foreign or OPEN in word:
                    reading.unknown.add(path)
                found.append(word)
    return tuple(found)


def _split(command: str) -> list[str]:
    import shlex

    try:
        return shlex.split(command)
    except ValueError:
        return command.split()


def _devices(reading: Reading) -> tuple[str, ...]:
    found = list[str]()
    for item in items(reading.node("devices", "devices")):
        said = reading.text(get(item, "source") if isinstance(resolved(item), Mapping) else item)
        if said is not None:
            path = f"devices[{len(found)}]"
            reading.at[path] = item
            if said.marked:
                reading.unknown.add(path)
            found.append(said.value.partition(":")[0])
    return tuple(found)


def _sysctls(reading: Reading) -> tuple[tuple[str, str], ...]:
    found = list[tuple[str, str]]()
    for name, said, item in reading.pairs(reading.node("sysctls", "sysctls")):
        reading.at[f"sysctls[{len(found)}]"] = item
        found.append((name, said.value if said is not None else ""))
    return tuple(found)


def _ports(reading: Reading) -> tuple[Port, ...]:
    found = list[Port]()
    for item in items(reading.node("ports", "ports")):
        path = f"ports[{len(found)}]"
        port, known = _long_port(reading, item) if isinstance(resolved(item), Mapping) else _short_port(reading, item)
        if port is None:
            continue
        reading.at[path] = item
        if not known:
            reading.unknown.add(f"{path}.host")
        found.append(port)
    return tuple(found)


def _short_port(reading: Reading, item: Node) -> tuple[Port | None, bool]:
    said = reading.text(item)
    port = portsyntax.short(said.value) if said is not None else None
    if said is None or port is None:
        return None, False
    return port, portsyntax.is_host_known(port.host, said.value)


def _long_port(reading: Reading, item: Node) -> tuple[Port | None, bool]:
    def said(key: str) -> str:
        found = reading.text(get(item, key))
        return found.value if found is not None else ""

    host = said("host_ip")
    port = Port(host=host, published=said("published"), target=said("target"), protocol=said("protocol") or "tcp")
    return port, OPEN not in host


def _attachments(reading: Reading) -> tuple[Attachment, ...]:
    node = resolved(reading.node("networks", "attachments"))
    named: list[tuple[str, Node | None]] = [(name, key) for name, (key, _) in entries(node).items()]
    named = named or [(said.value, item) for said, item in reading.words(node)]
    found = list[Attachment]()
    for name, item in named or [("default", None)]:
        path = f"attachments[{len(found)}]"
        if item is not None:
            reading.at[path] = item
        declared = reading.project.networks.get(name)
        settings = entries(declared[1]) if declared is not None else {}
        if "external" in settings or OPEN in name:
            reading.unknown.add(f"{path}.internal")
        internal = boolean(settings["internal"][1]) if "internal" in settings else False
        found.append(Attachment(name=name, internal=internal is True))
    return tuple(found)


def _logging(reading: Reading) -> Logging:
    node = reading.node("logging", "logging")
    driver = reading.text(get(node, "driver")) if node is not None else None
    name = driver.value if driver is not None else "json-file"
    said = reading.text(get(node, "options", "max-size"), "logging.max_bytes") if node is not None else None
    size = quantity.docker_bytes(said.value) if said is not None else None
    return Logging(driver=name, max_bytes=size, bounded=name not in UNBOUNDED_DRIVERS)


def _health(reading: Reading) -> Health:
    node = reading.node("healthcheck", "health")
    test = get(node, "test")
    words = reading.words(test)
    disabled = boolean(get(node, "disable")) is True or bool(words and words[0][0].value == "NONE")
    # Without a test of its own the section only tunes the one of the image, which it takes to be there.
    checked = node is not None and not disabled
    return Health(live=checked, ready=checked)


def _restart(reading: Reading) -> str:
    deployed = get(reading.node("deploy"), "restart_policy")
    if deployed is not None:
        reading.at["restart"] = deployed
        return text(get(deployed, "condition")) or "any"
    said = reading.word("restart", "restart")
    return said or "no"


def _limits(reading: Reading) -> Limits:
    deploy = get(reading.node("deploy"), "resources", "limits")
    memory = get(deploy, "memory")
    cpus = get(deploy, "cpus")
    pids = get(deploy, "pids")
    return dataclasses.replace(
        SILENT.limits,
        memory_bytes=_amount(reading, memory, "mem_limit", "limits.memory_bytes", quantity.docker_bytes),
        cpu_millis=_cpu_millis(reading, cpus),
        processes=_amount(reading, pids, "pids_limit", "limits.processes", quantity.docker_bytes),
        open_files=_open_files(reading),
    )


def _amount(reading: Reading, deployed: Node | None, key: str, path: str, of: Any) -> int | None:
    node = deployed if deployed is not None else reading.node(key, path)
    said = reading.text(node, path)
    if said is None or said.marked:
        return None
    amount: int | None = of(said.value)
    if amount is None:
        reading.unknown.add(path)
    return amount


def _cpu_millis(reading: Reading, deployed: Node | None) -> int | None:
    millis = _amount(reading, deployed, "cpus", "limits.cpu_millis", quantity.cpu_millis)
    if millis is not None or "cpu_quota" not in reading.fields:
        return millis
    quota = _amount(reading, None, "cpu_quota", "limits.cpu_millis", quantity.docker_bytes)
    period = reading.word("cpu_period", "")
    return None if quota is None else quota * 1000 // (int(period) if period.isdecimal() and int(period) else 100_000)


def _open_files(reading: Reading) -> int | None:
    nofile = get(reading.node("ulimits", "limits.open_files"), "nofile")
    said = reading.text(nofile) or reading.text(get(nofile, "hard"))
    return int(said.value) if said is not None and said.value.lstrip("-").isdecimal() else None
