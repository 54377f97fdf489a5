"""Volumes of a pod joined to the mounts of its containers."""

from ringfence.formats.kubernetes import facts
from ringfence.formats.kubernetes.held import Spot
from ringfence.formats.kubernetes.nodes import Nodes, Pairs, items, text
from ringfence.formats.kubernetes.reading import Reading
from ringfence.formats.yamlread import boolean
from ringfence.formats.yamltree import Mapping
from ringfence.model import Mount
from ringfence.models.service import Volume, VolumeKind

_SILENT: Pairs = {}


class Mounts:
    """What one container mounts: paths of the node, other volumes, and modes of mount propagation.

    `mounted_names`, for one container of a pod: what its containers mount. The other volumes are shown with this one.
    """

    __slots__ = ("_reading", "mounts", "propagations", "volumes")

    def __init__(self, reading: Reading, mounted_names: set[str] | None) -> None:
        self._reading = reading
        self.mounts = list[Mount]()
        self.volumes = list[Volume]()
        self.propagations = list[str]()
        if mounted_names is not None:
            self._add_unmounted(mounted_names)
        for item in items(reading.pairs, "volumeMounts"):
            if isinstance(item, Mapping):
                self._mount(item)

    def _add_unmounted(self, names: set[str]) -> None:
        """Volumes of the pod that no container mounts: they are there all the same, and cannot be written."""
        for name, volume in self._reading.pod.volumes.items():
            if name in names or not volume:
                continue
            if "hostPath" in volume:
                self._host_path(volume, _SILENT)
            else:
                self._volume(name, volume, _SILENT, volume.get("name"))

    def _mount(self, item: Mapping) -> None:
        reading = self._reading
        mount = reading.nodes.pairs(item)
        name = text(mount, "name")
        volume = reading.pod.volumes.get(name, _SILENT)
        if "hostPath" in volume:
            self._host_path(volume, mount)
            base = f"mounts[{len(self.mounts) - 1}]"
        else:
            self._volume(name, volume, mount, (item, None))
            base = f"volumes[{len(self.volumes) - 1}]"
        reading.places[base + ".target"] = item, None
        reading.places[base + ".writable"] = mount.get("readOnly", (item, None))
        mode = mount.get("mountPropagation")
        if mode is not None and text(mount, "mountPropagation") != "None":
            reading.places[f"propagations[{len(self.propagations)}]"] = mode
            self.propagations.append(text(mount, "mountPropagation").lower())

    def _host_path(self, volume: Pairs, mount: Pairs) -> None:
        reading, base = self._reading, f"mounts[{len(self.mounts)}]"
        below = reading.nodes.below(volume, "hostPath")
        reading.places[base] = below.get("path", volume["hostPath"])
        source = reading.word(below, "path", base + ".source")
        inside = text(mount, "subPath") or text(mount, "subPathExpr")
        if inside:
            source = source.rstrip("/") + "/" + inside
        writable = self._is_writable(mount, base) if mount else False
        self.mounts.append(Mount(source=source, target=text(mount, "mountPath"), writable=writable, grant=None))

    def _volume(self, name: str, volume: Pairs, mount: Pairs, otherwise: Spot | None) -> None:
        reading, base = self._reading, f"volumes[{len(self.volumes)}]"
        type_ = next((key for key in volume if key != "name"), facts.VOLUME)
        if not volume:  # a claim template of a StatefulSet, or something that is not in this file
            type_ = "persistentVolumeClaim"
            if name not in reading.pod.claims:
                reading.unknown.add(base)
        spot = volume.get(type_) or volume.get("name") or otherwise
        if spot is not None:
            reading.places[base] = spot
        kind = facts.VOLUME_KINDS.get(type_, VolumeKind.OTHER)
        if type_ == "emptyDir" and text(reading.nodes.below(volume, "emptyDir"), "medium") == "Memory":
            kind, type_, name = VolumeKind.TMPFS, "tmpfs", ""
        writable = bool(mount) and type_ not in facts.READ_ONLY_VOLUMES and self._is_writable(mount, base)
        target = text(mount, "mountPath")
        self.volumes.append(Volume(name=name, kind=kind, type=type_, target=target, writable=writable))

    def _is_writable(self, mount: Pairs, base: str) -> bool:
        pair = mount.get("readOnly")
        if pair is None:
            return facts.MOUNT_WRITABLE
        said = boolean(pair[1])
        if said is None:
            self._reading.unknown.add(base + ".writable")
        return not said


def mounted(pairs: Pairs, nodes: Nodes) -> set[str]:
    """The names of the volumes that a container mounts, as files or as block devices."""
    found = items(pairs, "volumeMounts") + items(pairs, "volumeDevices")
    return {text(nodes.pairs(one), "name") for one in found}
