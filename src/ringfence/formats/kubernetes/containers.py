"""A container of a pod as a `Service`."""

import re

from ringfence.formats import imageref
from ringfence.formats.kubernetes import facts, resources, security
from ringfence.formats.kubernetes.held import Held
from ringfence.formats.kubernetes.nodes import Nodes, Pairs, is_open, items, text, texts, value
from ringfence.formats.kubernetes.pods import Pod, containers
from ringfence.formats.kubernetes.reading import Reading
from ringfence.formats.kubernetes.volumes import Mounts, mounted
from ringfence.formats.yamlread import integer
from ringfence.formats.yamltree import Mapping
from ringfence.model import Environment, Network, Reach
from ringfence.models.service import Health, Image, Port, Service

_NETWORK = Network(reach=Reach.ANY, destinations=())
#: A reference whose name is filled in elsewhere, with a tag that is written.
_TAGGED = re.compile(r"(.*[)}][\w./-]*):(\w[\w.-]{0,127})", re.ASCII)
_HANDLERS = (
    ("livenessProbe",),
    ("readinessProbe",),
    ("startupProbe",),
    ("lifecycle", "postStart"),
    ("lifecycle", "preStop"),
)


class Container(Held):
    """A container that was read: with its pod and its own node, to which a patch writes."""

    __slots__ = ("node", "pod")

    def __init__(self, reading: Reading, model: Service) -> None:
        pod = reading.pod
        said = "container" if reading.role == "main" else f"{reading.role} container"
        title = f"{pod.of.title}, {said} {reading.name or '(no name)'}"
        super().__init__(pod.of, model, reading.places, frozenset(reading.unknown), (reading.node, None), title)
        self.pod = pod
        self.node = reading.node


def held_containers(pod: Pod) -> list[Container]:
    """Every container of a pod."""
    found = [(role, node) for role, node in containers(pod) if isinstance(node, Mapping)]
    names = set[str]()
    for _, node in found:
        names |= mounted(pod.of.nodes.pairs(node), pod.of.nodes)
    first = next((node for role, node in found if role == "main"), None)
    return [_container(pod, node, role, names if node is first else None) for role, node in found]


def _container(pod: Pod, node: Mapping, role: str, mounted_names: set[str] | None) -> Container:
    reading = Reading(pod, node, role)
    joined = Mounts(reading, mounted_names)
    if role == "ephemeral":
        reading.unknown |= facts.EPHEMERAL_UNKNOWN
    model = _service(reading, joined)
    reading.unknown |= pod.silent - reading.places.keys()
    return Container(reading, model)


def _service(reading: Reading, joined: Mounts) -> Service:
    pod = reading.pod
    uid, gid, refused = security.user(reading)
    image = _image(reading)
    variables, from_secrets = _environment(reading)
    return Service(
        name=reading.name,
        user=uid,
        group=gid,
        no_new_privileges=not reading.flag(
            reading.security, "allowPrivilegeEscalation", "no_new_privileges", not facts.NO_NEW_PRIVILEGES
        ),
        capabilities=security.capabilities(reading, "add", "capabilities"),
        seccomp=security.seccomp(reading),
        read_only_root=reading.flag(reading.security, "readOnlyRootFilesystem", "read_only_root", facts.READ_ONLY_ROOT),
        host_namespaces=pod.host_namespaces,
        network=_NETWORK,
        mounts=tuple(joined.mounts),
        environment=Environment(inherits_host=False, variables=variables),
        limits=resources.limits(reading),
        role=reading.role,
        namespace=pod.of.namespace,
        image=image,
        command=_command(reading),
        labels=pod.labels,
        privileged=reading.flag(reading.security, "privileged", "privileged", facts.PRIVILEGED),
        non_root_required=refused,
        dropped=security.capabilities(reading, "drop", "dropped"),
        devices=(),
        apparmor=security.apparmor(reading),
        selinux=security.selinux(reading),
        sysctls=pod.sysctls,
        proc_masked=security.proc_masked(reading),
        ports=_ports(reading),
        attachments=(),
        network_mode="",
        volumes=tuple(joined.volumes),
        propagations=tuple(joined.propagations),
        requests=resources.requests(reading),
        logging=facts.LOGGING,
        health=_health(reading),
        restart=pod.restart,
        is_database=_is_database(image, reading.name),
        token=pod.token,
        service_account=pod.service_account,
        secret_environment=from_secrets,
        probe_hosts=_probe_hosts(reading),
        checks=_checks(reading),
        windows_host_process=security.host_process(reading),
        cgroup_parent="",
    )


def _image(reading: Reading) -> Image | None:
    said = reading.word(reading.pairs, "image", "image")
    image = imageref.parse(said) if said else None
    tagged = _TAGGED.fullmatch(said) if is_open(said) else None
    if tagged is not None:
        reading.unknown.discard("image")
        return Image(name=tagged[1], tag=tagged[2], digest=None, built_here=False)
    if image is None:
        reading.unknown.add("image")
    return image


def _is_database(image: Image | None, name: str) -> bool:
    return name in imageref.DATABASES or (image is not None and imageref.base_name(image) in imageref.DATABASES)


def _command(reading: Reading) -> tuple[str, ...]:
    words = list[str]()
    for key in ("command", "args"):
        for said, node in texts(reading.pairs, key):
            reading.places[f"command[{len(words)}]"] = node, None
            words.append(said)
    for key in ("script", "source"):  # a step of a task or of a workflow
        said = text(reading.pairs, key)
        if said:
            reading.places[f"command[{len(words)}]"] = reading.pairs[key]
            words.append(said)
    return tuple(words)


def _environment(reading: Reading) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Variables with a value of their own, and the names of those (or of whole secrets) that a secret fills."""
    variables, secrets, nodes = list[tuple[str, str]](), list[str](), reading.nodes
    for item in plain_variables(reading.pairs, nodes):
        one = nodes.pairs(item)
        # The value is what is at fault, and what a report must not show.
        reading.places[f"environment.variables[{len(variables)}]"] = value(one, "value") or item, None
        variables.append((text(one, "name"), text(one, "value")))
    for other in items(reading.pairs, "env"):
        one = nodes.pairs(other)
        if "secretKeyRef" in nodes.below(one, "valueFrom"):
            reading.places[f"secret_environment[{len(secrets)}]"] = one.get("name", (other, None))
            secrets.append(text(one, "name"))
    for other in items(reading.pairs, "envFrom"):
        one = nodes.pairs(other)
        if "secretRef" in one:
            reading.places[f"secret_environment[{len(secrets)}]"] = one["secretRef"]
            secrets.append(text(nodes.below(one, "secretRef"), "name"))
    return tuple(variables), tuple(secrets)


def plain_variables(pairs: Pairs, nodes: Nodes) -> list[Mapping]:
    """The items of `env` that hold a value themselves."""
    return [item for item in items(pairs, "env") if isinstance(item, Mapping) and "valueFrom" not in nodes.pairs(item)]


def host_ports(pairs: Pairs, nodes: Nodes) -> list[Mapping]:
    """The items of `ports` that take a port of the node."""
    return [
        item
        for item in items(pairs, "ports")
        if isinstance(item, Mapping) and text(nodes.pairs(item), "hostPort").strip() not in {"", "0"}
    ]


def _ports(reading: Reading) -> tuple[Port, ...]:
    found = list[Port]()
    for item in host_ports(reading.pairs, reading.nodes):
        one = reading.nodes.pairs(item)
        base = f"ports[{len(found)}]"
        reading.places[base] = one["hostPort"]
        if "hostIP" in one:
            reading.places[base + ".host"] = one["hostIP"]
        if integer(one["hostPort"][1]) is None:
            reading.unknown.add(base)
        found.append(
            Port(
                host=text(one, "hostIP"),
                published=text(one, "hostPort").strip(),
                target=text(one, "containerPort"),
                protocol=(text(one, "protocol") or facts.PROTOCOL).lower(),
            )
        )
    return tuple(found)


def _health(reading: Reading) -> Health:
    """Only for what runs on: an init container and the pod of a job end by themselves."""
    if reading.role == "init" or reading.pod.ending:
        reading.unknown.add("health")
    live, ready = reading.pairs.get("livenessProbe"), reading.pairs.get("readinessProbe")
    return Health(live=live is not None, ready=ready is not None)


def probe_actions(pairs: Pairs, nodes: Nodes) -> list[Mapping]:
    """What the kubelet calls for probes and hooks: the mappings that may name a host."""
    found = list[Mapping]()
    for key, *more in _HANDLERS:
        if key not in pairs:
            continue
        handler = nodes.below(pairs, key)
        for name in more:
            handler = nodes.below(handler, name)
        found += [one for action in ("httpGet", "tcpSocket") if isinstance(one := value(handler, action), Mapping)]
    return found


def _checks(reading: Reading) -> tuple[tuple[str, ...], ...]:
    """What the kubelet runs in the container for probes and hooks."""
    found = list[tuple[str, ...]]()
    for key, *more in _HANDLERS:
        handler = reading.nodes.below(reading.pairs, key) if key in reading.pairs else {}
        for name in more:
            handler = reading.nodes.below(handler, name)
        said = texts(reading.nodes.below(handler, "exec"), "command") if "exec" in handler else []
        if said:
            base = f"checks[{len(found)}]"
            reading.places |= {f"{base}[{number}]": (node, None) for number, (_, node) in enumerate(said)}
            found.append(tuple(word for word, _ in said))
    return tuple(found)


def _probe_hosts(reading: Reading) -> tuple[str, ...]:
    found = list[str]()
    for action in probe_actions(reading.pairs, reading.nodes):
        one = reading.nodes.pairs(action)
        host = text(one, "host")
        if host:
            reading.places[f"probe_hosts[{len(found)}]"] = one["host"]
            found.append(host)
    return tuple(found)
