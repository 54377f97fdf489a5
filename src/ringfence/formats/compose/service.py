"""One service of a Compose file as the model has it."""

from typing import Any

from ringfence import dataclasses
from ringfence.formats import imageref
from ringfence.formats.compose import network, operation, publishing, resources, texts
from ringfence.formats.compose.facts import SILENT, UNKNOWN
from ringfence.formats.compose.interpolation import MARK, OPEN, shown
from ringfence.formats.compose.options import security
from ringfence.formats.compose.scalars import Reading, Where
from ringfence.formats.compose.storage import Storage
from ringfence.formats.yamlread import items
from ringfence.formats.yamltree import Mapping, resolved
from ringfence.model import Environment, Network, Reach
from ringfence.models.service import Image, Service


def read(reading: Reading, name: str) -> tuple[Service, Storage]:
    """The service, and which entry each of its mounts is; `reading` then has the places and what is unknown."""
    reading.unknown |= UNKNOWN
    storage = Storage(reading)
    image = _image(reading)
    values: dict[str, Any] = {
        "name": name,
        **_user(reading),
        **security(reading),
        **_connected(reading),
        "read_only_root": reading.flag("read_only_root", "read_only"),
        "capabilities": _capabilities(reading, "cap_add", "capabilities"),
        "dropped": _capabilities(reading, "cap_drop", "dropped"),
        "mounts": tuple(storage.mounts),
        "volumes": tuple(storage.volumes),
        "propagations": tuple(storage.propagations),
        "environment": Environment(inherits_host=False, variables=texts.environment(reading)),
        "limits": resources.limits(reading),
        "requests": resources.requests(reading),
        "image": image,
        "is_database": image is not None and imageref.is_database(image),
        "command": texts.command(reading),
        "checks": texts.checks(reading),
        "labels": texts.labels(reading),
        "devices": _devices(reading),
        "sysctls": texts.sysctls(reading),
        "logging": operation.logging(reading),
        "health": operation.health(reading),
        "restart": operation.restart(reading),
        "cgroup_parent": reading.said("cgroup_parent", "cgroup_parent"),
    }
    if reading.flag("privileged", "privileged"):
        values["proc_masked"] = False
        reading.at.setdefault("proc_masked", reading.at["privileged"])
    values["privileged"] = _privileged(reading)
    return dataclasses.replace(SILENT, **values), storage


def _connected(reading: Reading) -> dict[str, Any]:
    mode = reading.said("network_mode", "network_mode")
    if "network_mode" in reading.unknown:
        reading.unknown |= {"attachments", "network"}
    shared = network.host_namespaces(reading)
    joined, special = network.attachments(reading, shared) if not mode else ((), mode)
    alone = special == "none" and not joined
    return {
        "network_mode": mode,
        "host_namespaces": frozenset(shared),
        "network": Network(reach=Reach.NONE if alone else Reach.ANY, destinations=()),
        "attachments": joined,
        # What listens there listens on the host; the engine takes no ports beside it.
        "ports": () if special == "host" else publishing.ports(reading),
    }


def _privileged(reading: Reading) -> bool:
    """Whether the container is, or its build, or a command that is run in it at its start or end."""
    found = [
        (pair, Where(keys, None))
        for keys in (("privileged",), ("build", "privileged"))
        if (pair := reading.pair(*keys)) is not None and reading.truth(pair[1])
    ]
    for key in ("post_start", "pre_stop"):
        for hook in items(reading.node(key)):
            pair = reading.entries(hook).get("privileged")
            if pair is not None and reading.truth(pair[1]):
                found.append((pair, Where((key,), hook)))
    if found:
        reading.wheres["privileged"] = [where for _, where in found]
        reading.at["privileged"] = found[0][0]
    return bool(found)


def _user(reading: Reading) -> dict[str, int | None]:
    said = reading.text(reading.node("user"))
    user, colon, group = said.value.strip().partition(":") if said is not None else ("", "", "")
    if user:
        reading.note_at("user", "user")
        reading.note_at("group", "user")
    if not colon or not group:
        reading.unknown.add("group")  # the image says which group a user is in
    return {"user": _id(reading, user, "user"), "group": _id(reading, group, "group")}


def _id(reading: Reading, word: str, path: str) -> int | None:
    """A number, or root; what another name stands for only the image knows. None for nothing."""
    if word.isascii() and word.isdecimal() and len(word) < 20:
        return int(word)
    if word == "root":
        return 0
    if word:
        reading.unknown.add(path)
    return None


def _image(reading: Reading) -> Image | None:
    """The image; None where it is only built. A reference of which a part is not known is read as far as it goes."""
    built = reading.node("build") is not None
    said = reading.text(reading.node("image"))
    if said is None:
        return None
    reading.note_at("image", "image")
    value = said.value.strip()
    if not said.marked:
        image = imageref.parse(value, built_here=built)
        if image is None:
            reading.unknown.add("image")
        return image
    return _partly_known(reading, value, built)


def _partly_known(reading: Reading, value: str, built: bool) -> Image | None:
    # A word of the grammar stands for each variable. A variable at the end may hold a tag, or all.
    image = imageref.parse(MARK.sub("x", value), built_here=built)
    name, _, rest = value.rpartition("/")[2].replace("@", ":").partition(":")
    if image is None or OPEN in (rest or name):
        reading.unknown.add("image")
    if image is None:
        return None
    rest = "".join(f"{sign}{one}" for sign, one in ((":", image.tag), ("@", image.digest)) if one is not None)
    return dataclasses.replace(image, name=shown(value.removesuffix(rest)))


def _capabilities(reading: Reading, key: str, path: str) -> frozenset[str]:
    found = set[str]()
    reading.note_at(path, key)
    for said, item in reading.words(reading.node(key)):
        if said.marked:
            reading.unknown.add(path if path == "dropped" else f"{path}[{shown(said.value)}]")
            continue
        name = said.value.strip().upper().removeprefix("CAP_")
        reading.note_item(f"{path}[{name}]", item, key)
        found.add(name)
    if "ALL" in found:
        reading.unknown.discard(path)
    return frozenset(found)


def _devices(reading: Reading) -> tuple[str, ...]:
    found = list[str]()
    for item in items(reading.node("devices")):
        fields = reading.entries(item)
        said = reading.text(fields.get("source", (item, item))[1] if isinstance(resolved(item), Mapping) else item)
        if said is not None:
            path = f"devices[{len(found)}]"
            reading.note_item(path, item, "devices")
            device = said.value.partition(":")[0]
            if OPEN in device:
                reading.unknown.add(path)
            found.append(shown(device))
    for said, item in reading.words(reading.node("device_cgroup_rules")):
        path = f"devices[{len(found)}]"
        reading.note_item(path, item, "device_cgroup_rules")
        if OPEN in said.value:
            reading.unknown.add(path)
        found.append(shown(said.value))
    return tuple(found)
