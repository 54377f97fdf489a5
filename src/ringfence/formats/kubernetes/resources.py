"""Limits and requests of a container: its own, else the whole pod's, else what a LimitRange gives."""

from ringfence.formats import quantity
from ringfence.formats.kubernetes.nodes import Pairs
from ringfence.formats.kubernetes.reading import Reading
from ringfence.formats.yamltree import Scalar
from ringfence.model import Limits
from ringfence.models.service import Requests


def limits(reading: Reading) -> Limits:
    """The three limits that a pod can state. (What Kubernetes has no field for is unknown: facts.LIMITS_ELSEWHERE.)"""
    holders = _holders(reading, "limits")
    return Limits(
        memory_bytes=_bytes(reading, holders, "memory", "limits.memory_bytes"),
        processes=None,
        cpu_millis=_millis(reading, holders, "limits.cpu_millis"),
        cpu_seconds=None,
        wall_millis=None,
        output_bytes=None,
        result_bytes=None,
        scratch_bytes=_bytes(reading, holders, "ephemeral-storage", "limits.scratch_bytes"),
        open_files=None,
    )


def requests(reading: Reading) -> Requests:
    """As written. (Where only a limit is written, Kubernetes takes that as the request.)"""
    holders = _holders(reading, "requests")
    return Requests(
        memory_bytes=_bytes(reading, holders, "memory", "requests.memory_bytes"),
        cpu_millis=_millis(reading, holders, "requests.cpu_millis"),
    )


def _holders(reading: Reading, key: str) -> list[Pairs]:
    nodes, pod = reading.nodes, reading.pod
    own = nodes.below(nodes.below(reading.pairs, "resources"), key)
    if pod.defaults or "resources" in pod.pairs:
        return [own, nodes.below(nodes.below(pod.pairs, "resources"), key), pod.defaults.get(key, {})]
    return [own]


def _find(reading: Reading, holders: list[Pairs], name: str, path: str) -> str | None:
    for pairs in holders:
        pair = pairs.get(name)
        if pair is not None:
            reading.places[path] = pair
            if isinstance(pair[1], Scalar):
                return pair[1].value
            reading.unknown.add(path)
            return None
    return None


def _bytes(reading: Reading, holders: list[Pairs], name: str, path: str) -> int | None:
    said = _find(reading, holders, name, path)
    if said is None:
        return None
    value = quantity.kubernetes_bytes(said)
    if value is None:
        reading.unknown.add(path)
    return value


def _millis(reading: Reading, holders: list[Pairs], path: str) -> int | None:
    said = _find(reading, holders, "cpu", path)
    if said is None:
        return None
    value = quantity.kubernetes_millis(said)
    if value is None:
        reading.unknown.add(path)
    return value
