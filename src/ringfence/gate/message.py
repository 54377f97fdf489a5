"""What a guest is sent of one call: what to call with what, and what the plugin is told of its grant."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ringfence.cells.plan import listen

if TYPE_CHECKING:
    from ringfence.cells.made import MadeCell


def message(
    cell: "MadeCell",
    entry: tuple[str, str],
    method: str,
    args: object,
    kwargs: object,
    secrets: Mapping[str, bytes],
) -> dict[str, object]:
    """The request. `entry` is the module and the class in it."""
    places = cell.paths
    return {
        "entry": {"module": entry[0], "class": entry[1]},
        "method": method,
        "args": args,
        "kwargs": kwargs,
        "policy": _policy(cell, secrets),
        "secrets": dict(secrets),
        "places": {
            "plugin": places.get("/plugin", "/plugin"),
            "secrets": places.get("/run/secrets", "/run/secrets"),
            "scratch": places.get("/tmp", "/tmp"),  # noqa: S108
        },
    }


def _policy(cell: "MadeCell", secrets: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    """What the plugin is told of its grant: where each granted thing is inside the cell."""
    profile = cell.plan.profile
    mounts = [m for m in profile.mounts if m.grant and m.grant.startswith(("read.", "write."))]
    folder = cell.paths.get("/run/secrets", "/run/secrets")
    pairs = zip(profile.network.destinations, listen(profile), strict=False)
    return {
        "read": {_name(m.grant): cell.paths.get(m.target, m.target) for m in mounts if not m.writable},
        "write": {_name(m.grant): cell.paths.get(m.target, m.target) for m in mounts if m.writable},
        "secrets": {name: f"{folder}/{name}" for name in secrets},
        "network": {f"{d.host}:{d.port}": f"{address}:{port}" for d, (address, port) in pairs},
    }


def _name(grant: str | None) -> str:
    return (grant or "").partition(".")[2]
