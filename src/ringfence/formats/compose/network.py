"""Which namespaces a service shares with the host, and which networks it joins."""

from ringfence.formats.compose.interpolation import OPEN, shown
from ringfence.formats.compose.scalars import Keys, Reading, Where
from ringfence.formats.yamlread import is_null
from ringfence.formats.yamltree import Mapping, Node, resolved
from ringfence.model import Namespace
from ringfence.models.service import Attachment

#: The keys whose value `host` shares a namespace; a build may share the network, too.
_SHARING: tuple[tuple[Keys, Namespace], ...] = (
    (("network_mode",), Namespace.NETWORK),
    (("build", "network"), Namespace.NETWORK),
    (("pid",), Namespace.PID),
    (("ipc",), Namespace.IPC),
    (("uts",), Namespace.UTS),
    (("userns_mode",), Namespace.USER),
    (("cgroup",), Namespace.CGROUP),
)


def host_namespaces(reading: Reading) -> set[Namespace]:
    """What is shared with the host by a key of its own."""
    shared = set[Namespace]()
    for keys, namespace in _SHARING:
        said = reading.text(reading.node(*keys))
        path = f"host_namespaces[{namespace}]"
        if said is None:
            continue
        if said.value == "host":
            shared.add(namespace)
            reading.note_at(path, *keys)
        elif said.marked and namespace not in shared:
            reading.unknown.add(path)
    return shared


def attachments(reading: Reading, shared: set[Namespace]) -> tuple[tuple[Attachment, ...], str]:
    """The networks that it joins, and `host` or `none` where it joins one of the engine's own under another name: what
    the first of them shares is added to `shared`."""
    found = list[Attachment]()
    special = ""
    for name, item, where in _joined(reading):
        settings, is_elsewhere = _settings(reading, name)
        outside = reading.word(settings["name"][1]) if is_elsewhere and "name" in settings else ""
        if outside in ("host", "none"):
            special = special or outside
            if outside == "host":
                shared.add(Namespace.NETWORK)
                reading.note("host_namespaces[network]", item or reading.head, None, where)
            continue
        path = f"attachments[{len(found)}]"
        if item is not None:
            reading.note(path, item, None, where)
        internal = reading.truth(settings["internal"][1]) if "internal" in settings else False
        if is_elsewhere or internal is None or OPEN in name:
            reading.unknown.add(f"{path}.internal")
        found.append(Attachment(name=shown(name), internal=internal is True))
    return tuple(found), special


def _joined(reading: Reading) -> list[tuple[str, Node | None, Where]]:
    node = resolved(reading.node("networks"))
    if isinstance(node, Mapping):
        named: list[tuple[str, Node | None, Where]] = [
            (name, key, Where(("networks", name), None)) for name, (key, _) in reading.entries(node).items()
        ]
    else:
        named = [(said.value, item, Where(("networks",), item)) for said, item in reading.words(node)]
    return named or [("default", None, Where(("networks",), None))]


def _settings(reading: Reading, name: str) -> tuple[dict[str, tuple[Node, Node]], bool]:
    """What the file says about a network, and whether it was made elsewhere, so that this is not all."""
    declared = reading.project.sections["networks"].get(name)
    settings = reading.entries(declared[1]) if declared is not None else {}
    external = settings.get("external")
    if external is None or is_null(external[1]):
        return settings, False
    if isinstance(resolved(external[1]), Mapping):  # the older form has the name in there
        return {**settings, **reading.entries(external[1])}, True
    return settings, reading.truth(external[1]) is not False
