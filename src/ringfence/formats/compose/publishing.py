"""What a service publishes on the machine that it runs on."""

from ringfence.formats.compose import ports as syntax
from ringfence.formats.compose.interpolation import OPEN, shown
from ringfence.formats.compose.scalars import Reading
from ringfence.formats.yamlread import items
from ringfence.formats.yamltree import Mapping, Node, resolved
from ringfence.models.service import Port


def ports(reading: Reading) -> tuple[Port, ...]:
    """Every entry of `ports`; what is no port is noted as a problem, as the engine would refuse it."""
    found = list[Port]()
    for item in items(reading.node("ports")):
        known = _long(reading, item) if isinstance(resolved(item), Mapping) else _short(reading, item)
        if known is None:
            reading.project.problems.append((item, "this is no port"))
            continue
        port, is_host_known = known
        path = f"ports[{len(found)}]"
        reading.note_item(path, item, "ports")
        bound = reading.entries(item).get("host_ip")
        if bound is not None:
            reading.note(f"{path}.host", *bound)
        if not is_host_known:
            reading.unknown.add(f"{path}.host")
        found.append(port)
    return tuple(found)


def _short(reading: Reading, item: Node) -> tuple[Port, bool] | None:
    said = reading.text(item)
    port = syntax.short(said.value.strip()) if said is not None else None
    if said is None or port is None:
        return None
    return _shown(port), syntax.is_host_known(port, said.value)


def _long(reading: Reading, item: Node) -> tuple[Port, bool] | None:
    fields = reading.entries(item)
    target, published, host, protocol = (
        reading.text(fields[key][1]) if key in fields else None
        for key in ("target", "published", "host_ip", "protocol")
    )
    if target is None or not target.value:
        return None
    port = Port(
        host=host.value if host is not None else "",
        published=published.value if published is not None else "",
        target=target.value,
        protocol=protocol.value.lower() if protocol is not None else "tcp",
    )
    return _shown(port), OPEN not in port.host


def _shown(port: Port) -> Port:
    if not any(OPEN in one for one in (port.host, port.published, port.target, port.protocol)):
        return port
    return Port(
        host=shown(port.host),
        published=shown(port.published),
        target=shown(port.target),
        protocol=shown(port.protocol),
    )
