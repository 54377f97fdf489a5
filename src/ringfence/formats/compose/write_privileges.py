"""Writers: who a service runs as, and what it may do on the host."""

from collections.abc import Callable

from ringfence.formats.compose.aligning import aligned, same
from ringfence.formats.compose.braces import split
from ringfence.formats.compose.writer import Writer
from ringfence.formats.yamledit import CannotEdit
from ringfence.formats.yamltree import Scalar, resolved
from ringfence.model import Seccomp
from ringfence.models.service import Confinement

_FLAG = "no-new-privileges"


def _no_new_privileges(writer: Writer) -> None:
    places = writer.own_places("no_new_privileges")
    if not writer.new.no_new_privileges:
        for where in places:
            writer.drop(where)
    elif places:
        said = resolved(places[-1].item)
        sign = "=" if isinstance(said, Scalar) and said.value.startswith(_FLAG + "=") else ":"
        writer.change(places[-1], f"{_FLAG}{sign}true")
    else:
        writer.append(f"{_FLAG}:true", "security_opt")


def _option(path: str, default: object) -> Callable[[Writer], None]:
    """An option of `security_opt` that goes, so that the engine's default holds again."""

    def write(writer: Writer) -> None:
        if getattr(writer.new, path) != default:
            raise CannotEdit("somebody has to decide which profile")
        for where in writer.places(path):
            writer.drop(where)

    return write


def _proc_masked(writer: Writer) -> None:
    if writer.new.privileged and writer.new.proc_masked:
        raise CannotEdit("a privileged container sees all of it")
    if not writer.new.proc_masked and writer.old.privileged == writer.new.privileged:
        writer.append("systempaths=unconfined", "security_opt")
    elif writer.new.proc_masked:
        for where in writer.places("proc_masked"):
            writer.drop(where)


def _selinux(writer: Writer) -> None:
    for field in ("type", "user", "role", "disabled"):
        old, new = getattr(writer.old.selinux, field), getattr(writer.new.selinux, field)
        if old == new:
            continue
        with writer.attempt(f"selinux.{field}"):
            for where in writer.places(f"selinux.{field}"):
                writer.drop(where)
            if new:
                writer.append("label=disable" if new is True else f"label={field}:{new}", "security_opt")


def _privileged(writer: Writer) -> None:
    if writer.new.privileged:
        writer.put(True, "privileged")
        return
    for where in writer.places("privileged"):
        if where.item is not None:
            writer.amend(where, ("privileged",), False)
        else:
            writer.put(False, *where.keys)


def _read_only_root(writer: Writer) -> None:
    writer.put(writer.new.read_only_root, "read_only")


def _identity(writer: Writer) -> None:
    """User and group stand in one text."""
    pair = writer.reading.pair("user")
    said = resolved(pair[1]) if pair is not None else None
    said_user, said_group = _halves(said.value) if isinstance(said, Scalar) else ("", "")
    user = said_user if writer.new.user == writer.old.user else _text(writer.new.user)
    group = said_group if writer.new.group == writer.old.group else _text(writer.new.group)
    if user != said_user and not group and writer.new.group is None:
        group = user  # an id that the image does not know would be in the group root
    if user:
        writer.put(f"{user}:{group}" if group else user, "user")
    elif group:
        raise CannotEdit("a group needs a user: which one does the image have?")
    else:
        for where in writer.places("user"):
            writer.drop(where)


def _halves(said: str) -> tuple[str, str]:
    """User and group as written, variables and all."""
    user, *group = split(said, ":")
    return user, ":".join(group)


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _capabilities(writer: Writer) -> None:
    _set_of_names(writer, "capabilities", "cap_add")


def _dropped(writer: Writer) -> None:
    _set_of_names(writer, "dropped", "cap_drop")


def _set_of_names(writer: Writer, field: str, key: str) -> None:
    old, new = getattr(writer.old, field), getattr(writer.new, field)
    added = sorted(new - old)
    for name in sorted(old - new):
        with writer.attempt(f"{field}[{name}]"):
            for where in writer.places(f"{field}[{name}]"):
                if added and writer.own_places(f"{field}[{name}]"):
                    writer.change(where, added.pop(0))  # what is new takes the place of what goes
                else:
                    writer.drop(where)
    for name in added:
        writer.append(name, key)


def _host_namespaces(writer: Writer) -> None:
    for name in sorted(writer.new.host_namespaces - writer.old.host_namespaces):
        writer.left.append((f"host_namespaces[{name}]", "nobody should want that"))
    for name in sorted(writer.old.host_namespaces - writer.new.host_namespaces):
        with writer.attempt(f"host_namespaces[{name}]"):
            for where in writer.places(f"host_namespaces[{name}]"):
                writer.drop(where)


def _devices(writer: Writer) -> None:
    now, added = aligned(writer.old.devices, writer.new.devices, same)
    for index, device in enumerate(now):
        if device is None:
            with writer.attempt(f"devices[{index}]"):
                for where in writer.places(f"devices[{index}]"):
                    writer.drop(where)
    for device in added:
        writer.append(f"{device}:{device}", "devices")


def _cgroup_parent(writer: Writer) -> None:
    if writer.new.cgroup_parent:
        writer.put(writer.new.cgroup_parent, "cgroup_parent")
        return
    for where in writer.places("cgroup_parent"):
        writer.drop(where)


WRITERS: dict[str, Callable[[Writer], None]] = {
    "no_new_privileges": _no_new_privileges,
    "seccomp": _option("seccomp", Seccomp.RUNTIME_DEFAULT),
    "apparmor": _option("apparmor", Confinement.PLATFORM_DEFAULT),
    "proc_masked": _proc_masked,
    "selinux": _selinux,
    "privileged": _privileged,
    "read_only_root": _read_only_root,
    "user": _identity,
    "group": _identity,
    "capabilities": _capabilities,
    "dropped": _dropped,
    "host_namespaces": _host_namespaces,
    "devices": _devices,
    "cgroup_parent": _cgroup_parent,
}
