"""From one model of a service to another: one small writer for each field of the model.

A writer gets the old and the wanted value and notes edits. What it cannot write it says in one sentence: a value
that another file brings, one that a variable decides, or one that somebody has to choose.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ringfence import dataclasses
from ringfence.formats import imageref, quantity
from ringfence.formats.compose import ports as portsyntax
from ringfence.formats.compose.scalars import Reading
from ringfence.formats.document import Patch, Subject
from ringfence.formats.yamledit import CannotEdit, Data, YamlEdits
from ringfence.formats.yamlread import entries, get, text
from ringfence.formats.yamltree import Mapping, Node, Scalar, Sequence, resolved
from ringfence.model import Namespace
from ringfence.models.service import Service

if TYPE_CHECKING:
    from ringfence.formats.compose.file import ComposeFile


def patch(file: "ComposeFile", reading: Reading, name: str, subject: Subject, wanted: object) -> Patch:
    """The edits of `file` after which the service is read as `wanted`."""
    old = subject.model
    if not (isinstance(old, Service) and isinstance(wanted, Service)):
        raise ValueError("a Compose file holds services only")
    changed = [one.name for one in dataclasses.fields(Service) if getattr(old, one.name) != getattr(wanted, one.name)]
    own = file.project.own.get(name)
    if own is None or not isinstance(own[1], Mapping):
        why = "the service is written elsewhere" if own is None else "the service is an alias or empty"
        return Patch(edits=(), left=tuple((field, why) for field in changed))
    writer = Writer(file, reading, own[1])
    for field in changed:
        writer.write(field, getattr(old, field), getattr(wanted, field))
    return writer.patch()


class Writer:
    """The edits of one service while they are collected."""

    def __init__(self, file: "ComposeFile", reading: Reading, service: Mapping) -> None:
        self.text = file.text
        self.root = file.project.root
        self.reading = reading
        self.service = service
        self.edits = YamlEdits(file.text)
        self.left = list[tuple[str, str]]()
        self._file_of = file.project.file_of
        self._file = file.file
        self._dropped = dict[int, tuple[str, Sequence, set[int]]]()
        self._kept_alive = set[str]()
        version = text(get(file.project.root, "version")) or ""
        deployed = get(service, "deploy", "resources") is not None
        #: Where limits go: the older top-level keys are not known to version 3 of the format.
        self.limits_in_deploy = deployed or version.startswith("3")

    def write(self, field: str, old: Any, new: Any) -> None:
        """Write one field; what cannot be written is noted."""
        try:
            _WRITERS.get(field, _nothing)(self, old, new)
        except CannotEdit as why:
            self.left.append((field, str(why)))

    def patch(self) -> Patch:
        """All that was collected."""
        for key, sequence, gone in self._dropped.values():
            if len(gone) == len(sequence.items) and key not in self._kept_alive and not self._is_merged(key):
                self.edits.remove(self.service, (key,))
            else:
                for index in gone:
                    self.edits.remove_item(sequence, index)
        try:
            return Patch(edits=self.edits.done(), left=tuple(self.left))
        except CannotEdit as why:
            return Patch(edits=(), left=(*self.left, ("", str(why))))

    def put(self, value: Data, *path: str) -> None:
        """Set a value at a key path of the service."""
        self._kept_alive.add(path[0])
        self.edits.put(self.service, path, value)

    def append(self, item: Data, key: str) -> None:
        """Add an item to a list of the service."""
        self._kept_alive.add(key)
        self.edits.append(self.service, (key,), item)

    def remove(self, *path: str) -> None:
        """Drop a key of the service."""
        self.edits.remove(self.service, path)

    def node(self, path: str) -> Node:
        """The node of a model path. Raises CannotEdit where this file has none, or it stands in another."""
        node = self.reading.at.get(path)
        if node is None:
            raise CannotEdit("it is not written here")
        file = self._file_of(node)
        if file != self._file:
            raise CannotEdit(f"it stands in {file}")
        return node

    def drop_item(self, key: str, node: Node) -> None:
        """Drop an item of a list of the service."""
        pair = entries(self.service).get(key)
        sequence = resolved(pair[1]) if pair is not None else None
        index = next((at for at, item in enumerate(getattr(sequence, "items", ())) if item is node), None)
        if pair is None or not isinstance(pair[1], Sequence) or index is None:
            raise CannotEdit(f"the list `{key}` is shared with or comes from elsewhere")
        self._dropped.setdefault(id(sequence), (key, pair[1], set()))[2].add(index)

    def drop_named(self, key: str, name: str, node: Node) -> None:
        """Drop a name of what is a mapping or a list of `NAME=value`."""
        value = entries(self.service).get(key, (None, None))[1]
        if isinstance(value, Mapping):
            self.remove(key, name)
        else:
            self.drop_item(key, node)

    def _is_merged(self, key: str) -> bool:
        return not any(isinstance(one, Scalar) and one.value == key for one, _ in self.service.pairs)


def _nothing(writer: Writer, old: Any, new: Any) -> None:
    raise CannotEdit("somebody has to decide what should stand there")


def _no_new_privileges(writer: Writer, old: bool, new: bool) -> None:
    node = writer.reading.at.get("no_new_privileges")
    if isinstance(node, Scalar) and node.value.startswith("no-new-privileges"):
        writer.edits.put_node(writer.node("no_new_privileges"), "no-new-privileges:true")
    else:
        writer.append("no-new-privileges:true", "security_opt")


def _option(path: str) -> Callable[[Writer, Any, Any], None]:
    def write(writer: Writer, old: Any, new: Any) -> None:
        writer.drop_item("security_opt", writer.node(path))

    return write


def _selinux(writer: Writer, old: Any, new: Any) -> None:
    for field in ("type", "user", "role", "disabled"):
        if getattr(old, field) != getattr(new, field):
            writer.drop_item("security_opt", writer.node(f"selinux.{field}"))


def _key(*path: str) -> Callable[[Writer, Any, Any], None]:
    """A field that is one key: a false or empty value takes it away, any other is put."""

    def write(writer: Writer, old: Any, new: Any) -> None:
        if new == "":
            writer.remove(*path)
        else:
            writer.put(new, *path)

    return write


def _user(writer: Writer, old: int | None, new: int | None) -> None:
    said = writer.reading.text(writer.reading.node("user"))
    group = said.value.partition(":")[2] if said is not None else ""
    writer.put(f"{new}:{group if group and group not in ('0', 'root') else new}", "user")


def _group(writer: Writer, old: int | None, new: int | None) -> None:
    said = writer.reading.text(writer.reading.node("user"))
    user = said.value.partition(":")[0] if said is not None else ""
    writer.put(f"{new if user in ('', '0', 'root') else user}:{new}", "user")


def _limits(writer: Writer, old: Any, new: Any) -> None:
    for field, (top, deployed, said) in _LIMITS.items():
        amount = getattr(new, field)
        if amount == getattr(old, field):
            continue
        if writer.limits_in_deploy and deployed:
            writer.put(str(said(amount)), "deploy", "resources", "limits", deployed)
        else:
            writer.put(said(amount), *top)


_LIMITS: dict[str, tuple[tuple[str, ...], str, Callable[[int], Any]]] = {
    "memory_bytes": (("mem_limit",), "memory", quantity.docker_text),
    "cpu_millis": (("cpus",), "cpus", quantity.cpus_text),
    "processes": (("pids_limit",), "", int),
    "open_files": (("ulimits", "nofile"), "", int),
}
_NAMESPACE_KEYS = {
    Namespace.NETWORK: "network_mode",
    Namespace.PID: "pid",
    Namespace.IPC: "ipc",
    Namespace.UTS: "uts",
    Namespace.USER: "userns_mode",
    Namespace.CGROUP: "cgroup",
}


def _host_namespaces(writer: Writer, old: Any, new: Any) -> None:
    for namespace in sorted(old - new):
        writer.remove(_NAMESPACE_KEYS[namespace])


def _capabilities(writer: Writer, old: Any, new: Any) -> None:
    for name in sorted(old - new):
        writer.drop_item("cap_add", writer.node(f"capabilities[{name}]"))


def _dropped(writer: Writer, old: Any, new: Any) -> None:
    for name in sorted(old - new):
        writer.drop_item("cap_drop", writer.node(f"dropped[{name}]"))
    for name in sorted(new - old):
        writer.append(name, "cap_drop")


def _mounts(writer: Writer, old: Any, new: Any) -> None:
    _stored(writer, "mounts", old, new)


def _volumes(writer: Writer, old: Any, new: Any) -> None:
    _stored(writer, "volumes", old, new)


def _stored(writer: Writer, field: str, old: Any, new: Any) -> None:
    """Entries of `volumes`: gone, or only writable no more."""
    kept = list(new)
    for index, entry in enumerate(old):
        node_path = f"{field}[{index}]"
        if kept and entry == kept[0]:
            kept.pop(0)
        elif kept and dataclasses.replace(entry, writable=kept[0].writable) == kept[0]:
            _read_only(writer, writer.node(node_path))
            kept.pop(0)
        else:
            writer.drop_item("volumes", writer.node(node_path))


def _read_only(writer: Writer, node: Node) -> None:
    if isinstance(node, Mapping):
        writer.edits.put(node, ("read_only",), True)
        return
    if not isinstance(node, Scalar):
        raise CannotEdit("the entry is an alias")
    *front, mode = node.value.split(":")
    modes = [one for one in mode.split(",") if one not in ("rw", "")]
    is_mode = len(front) > 1 and "/" not in mode
    writer.edits.put_node(node, ":".join([*front, ",".join([*modes, "ro"])]) if is_mode else f"{node.value}:ro")


def _propagations(writer: Writer, old: Any, new: Any) -> None:
    kept = list(new)
    for index, mode in enumerate(old):
        if kept and kept[0] == mode:
            kept.pop(0)
            continue
        node = writer.node(f"propagations[{index}]")
        if isinstance(node, Mapping):
            writer.edits.remove(node, ("bind", "propagation"))
        elif isinstance(node, Scalar):
            *front, modes = node.value.split(":")
            left = ",".join(one for one in modes.split(",") if one != mode)
            writer.edits.put_node(node, ":".join([*front, left] if left else front))


def _devices(writer: Writer, old: Any, new: Any) -> None:
    kept = list(new)
    for index, device in enumerate(old):
        if kept and kept[0] == device:
            kept.pop(0)
        else:
            writer.drop_item("devices", writer.node(f"devices[{index}]"))


def _named(field: str, key: str) -> Callable[[Writer, Any, Any], None]:
    """Pairs of names and values of which some go."""

    def write(writer: Writer, old: Any, new: Any) -> None:
        kept = list(new)
        for index, (name, value) in enumerate(old):
            if kept and kept[0] == (name, value):
                kept.pop(0)
            else:
                writer.drop_named(key, name, writer.node(f"{field}[{index}]"))

    return write


def _environment(writer: Writer, old: Any, new: Any) -> None:
    _named("environment.variables", "environment")(writer, old.variables, new.variables)


def _ports(writer: Writer, old: Any, new: Any) -> None:
    for index, (before, after) in enumerate(zip(old, new, strict=True)):
        if before.host == after.host:
            continue
        node = writer.node(f"ports[{index}]")
        if isinstance(node, Mapping):
            writer.edits.put(node, ("host_ip",), after.host)
        elif isinstance(node, Scalar):
            writer.edits.put_node(node, portsyntax.with_host(node.value, after.host))
        else:
            raise CannotEdit("the port is an alias")


def _logging(writer: Writer, old: Any, new: Any) -> None:
    if get(writer.service, "logging") is None:
        writer.put(new.driver, "logging", "driver")
    writer.put(quantity.docker_text(new.max_bytes), "logging", "options", "max-size")
    if get(writer.service, "logging", "options", "max-file") is None:
        writer.put("3", "logging", "options", "max-file")


def _attachments(writer: Writer, old: Any, new: Any) -> None:
    for before, after in zip(old, new, strict=True):
        if before.internal != after.internal and isinstance(writer.root, Mapping):
            writer.edits.put(writer.root, ("networks", before.name, "internal"), after.internal)


def _image(writer: Writer, old: Any, new: Any) -> None:
    writer.edits.put_node(entries(writer.service)["image"][1], imageref.dump(new))


_WRITERS: dict[str, Callable[[Writer, Any, Any], None]] = {
    "no_new_privileges": _no_new_privileges,
    "seccomp": _option("seccomp"),
    "apparmor": _option("apparmor"),
    "proc_masked": _option("proc_masked"),
    "selinux": _selinux,
    "privileged": _key("privileged"),
    "read_only_root": _key("read_only"),
    "restart": _key("restart"),
    "cgroup_parent": _key("cgroup_parent"),
    "network_mode": _key("network_mode"),
    "user": _user,
    "group": _group,
    "limits": _limits,
    "host_namespaces": _host_namespaces,
    "capabilities": _capabilities,
    "dropped": _dropped,
    "mounts": _mounts,
    "volumes": _volumes,
    "propagations": _propagations,
    "devices": _devices,
    "sysctls": _named("sysctls", "sysctls"),
    "labels": _named("labels", "labels"),
    "environment": _environment,
    "ports": _ports,
    "logging": _logging,
    "attachments": _attachments,
    "image": _image,
}
