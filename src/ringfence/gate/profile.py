"""The isolation of one call: what follows from a grant, before any control has judged it.

Pure: takes a grant, a manifest and a method, gives a `Workload`. Limits that nobody chose are
the policy's (the bounded-* controls put them in); nothing else is left to hardening, so that a
fault in what an operator granted is an answer and not a silent correction.
"""

from collections.abc import Mapping

from ringfence.controls.control import Control, Fault
from ringfence.controls.hardening import faults, hardened
from ringfence.dataclasses import replace
from ringfence.errors import NotGranted
from ringfence.gate.grants import Grant, Resources
from ringfence.model import (
    Destination,
    Environment,
    Limits,
    Mount,
    Network,
    Reach,
    Seccomp,
    Workload,
)

USER = 65532
_VARIABLES = (
    ("HOME", "/tmp"),  # noqa: S108
    ("LANG", "C.UTF-8"),
    ("MALLOC_ARENA_MAX", "2"),
    ("PATH", "/usr/bin"),
    ("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt"),
    ("TMPDIR", "/tmp"),  # noqa: S108
    ("TZ", "UTC"),
)


def draft(name: str, code: str, grant: Grant | None, *, timeout_ms: int) -> Workload:
    """What a call of plugin `name`, whose files are at `code`, would run in."""
    reads = grant.read if grant else {}
    writes = grant.write if grant else {}
    network = tuple(Destination(host=h, port=p) for h, p in grant.network) if grant else ()
    return Workload(
        name=name,
        user=USER,
        group=USER,
        no_new_privileges=True,
        capabilities=frozenset(),
        seccomp=Seccomp.ALLOW_LIST,
        read_only_root=True,
        host_namespaces=frozenset(),
        network=Network(reach=Reach.GRANTED if network else Reach.NONE, destinations=network),
        mounts=(
            Mount(source=code, target="/plugin", writable=False, grant="plugin"),
            *_mounts(reads, "read", writable=False),
            *_mounts(writes, "write", writable=True),
        ),
        environment=Environment(inherits_host=False, variables=_VARIABLES),
        limits=_limits(grant.resources if grant else Resources(), timeout_ms),
    )


def _mounts(paths: Mapping[str, str], kind: str, *, writable: bool) -> list[Mount]:
    return [
        Mount(source=path, target=f"/granted/{name}", writable=writable, grant=f"{kind}.{name}")
        for name, path in sorted(paths.items())
    ]


def _limits(granted: Resources, timeout_ms: int) -> Limits:
    return Limits(
        memory_bytes=granted.memory_bytes,
        processes=granted.processes,
        cpu_millis=granted.cpu_millis,
        cpu_seconds=granted.cpu_seconds,
        wall_millis=timeout_ms,
        output_bytes=granted.output_bytes,
        result_bytes=None,
        scratch_bytes=granted.scratch_bytes,
        open_files=None,
    )


def settle(workload: Workload) -> Workload:
    """The profile to run: policy defaults for limits that are not set, refusal of any other fault.

    Raises NotGranted with the first fault, its control and its place.
    """
    limited = hardened(workload)
    profile = replace(workload, limits=limited.limits)
    wrong: list[tuple[Control, Fault]] = [
        (control, fault)
        for control, fault in faults(workload)
        if not (fault.path.startswith("limits.") and _is_absent(workload, fault.path))
    ]
    if wrong:
        control, fault = wrong[0]
        raise NotGranted(
            f"the grant of {workload.name} breaks the control {control.id}: {fault.path}: {fault.found}",
            hint=f"see 'ringfence controls {control.id}'",
            details=[{"control": c.id, "path": f.path, "found": f.found} for c, f in wrong],
        )
    return profile


def _is_absent(workload: Workload, path: str) -> bool:
    return getattr(workload.limits, path.removeprefix("limits.")) is None
