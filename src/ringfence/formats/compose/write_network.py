"""Writers: ports and networks."""

from collections.abc import Callable

from ringfence import dataclasses
from ringfence.formats.compose import ports as syntax
from ringfence.formats.compose.aligning import aligned
from ringfence.formats.compose.scalars import Where
from ringfence.formats.compose.writer import Writer
from ringfence.formats.yamledit import CannotEdit
from ringfence.formats.yamltree import Mapping, Scalar, resolved
from ringfence.models.service import Attachment, Port


def _ports(writer: Writer) -> None:
    now, added = aligned(writer.old.ports, writer.new.ports, _may_be_bound)
    for index, (before, after) in enumerate(zip(writer.old.ports, now, strict=True)):
        path = f"ports[{index}]"
        for where in writer.places(path) if before != after else ():
            with writer.attempt(path if after is None else f"{path}.host"):
                if after is None:
                    writer.drop(where)
                else:
                    _bind(writer, where, after)
    for port in added:
        writer.append(_short(port), "ports")


def _may_be_bound(old: Port, new: Port) -> bool:
    return dataclasses.replace(old, host=new.host) == new


def _bind(writer: Writer, where: Where, port: Port) -> None:
    item = resolved(where.item)
    if isinstance(item, Mapping):
        writer.amend(where, ("host_ip",), port.host or None)
    elif isinstance(item, Scalar):
        said = syntax.with_host(item.value, port.host)
        read = syntax.short(writer.project.filled(said).value)
        if read is None or read.host != port.host:
            raise CannotEdit("a variable holds the whole entry")
        writer.change(where, said)


def _short(port: Port) -> str:
    said = syntax.with_host(f"{port.published}:{port.target}" if port.published else port.target, port.host)
    return said if port.protocol == "tcp" else f"{said}/{port.protocol}"


def _attachments(writer: Writer) -> None:
    now, added = aligned(writer.old.attachments, writer.new.attachments, _may_be_closed)
    for index, (before, after) in enumerate(zip(writer.old.attachments, now, strict=True)):
        path = f"attachments[{index}]"
        if after is None:
            with writer.attempt(path):
                _leave(writer, path)
        elif before.internal != after.internal:
            with writer.attempt(f"{path}.internal"):
                root, keys = writer.root("networks", before.name, "internal")
                writer.edits.put(root, keys, after.internal)
    for one in added:
        writer.left.append(("attachments", f"somebody has to decide what {one.name} is"))


def _may_be_closed(old: Attachment, new: Attachment) -> bool:
    return old.name == new.name


def _leave(writer: Writer, path: str) -> None:
    places = writer.places(path)
    if not places:
        raise CannotEdit("it is joined where nothing else is said")
    for where in places:
        writer.drop(where)


def _network_mode(writer: Writer) -> None:
    if writer.new.network_mode:
        writer.put(writer.new.network_mode, "network_mode")
        return
    for where in writer.places("network_mode"):
        writer.drop(where)


WRITERS: dict[str, Callable[[Writer], None]] = {
    "ports": _ports,
    "attachments": _attachments,
    "network_mode": _network_mode,
}
