"""What runs in a container engine of this machine, judged by the controls that judge the files it comes from.

The engine is only asked: nothing is started, changed or read from a container.
"""

import contextlib
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ringfence.audit.finding import Finding, Report
from ringfence.audit.judge import findings
from ringfence.audit.settings import Settings
from ringfence.errors import UsageError
from ringfence.formats.container import Container

if TYPE_CHECKING:
    from docker.api import APIClient


def audit_running(names: Sequence[str], settings: Settings) -> Report:
    """Judge the running containers of these names or ids, or all of them.

    Raises SandboxUnavailable where no engine answers, UsageError for a name that does not run.
    """
    from ringfence.cells import containerengine
    from ringfence.cells.containersettings import Settings as Engine

    started = time.perf_counter()
    socket = containerengine.find(Engine())
    found, count = list[Finding](), 0
    with contextlib.closing(containerengine.client(socket)) as client:
        for container in _containers(client, names, socket):
            count += 1
            found += findings(container, container.file, settings)
    return Report(
        root=socket,
        findings=tuple(found),
        unread=(),
        files={"containers": count},
        skipped=(),
        elapsed=time.perf_counter() - started,
    )


def _containers(client: "APIClient", names: Sequence[str], socket: str) -> Iterator[Container]:
    from docker.errors import NotFound

    internal = {str(one["Name"]): one.get("Internal") is True for one in client.networks()}
    old_cgroups = str(client.info().get("CgroupVersion") or "1") == "1"
    asked = list(names) or [str(one["Id"]) for one in client.containers()]
    for name in asked:
        try:
            said: dict[str, Any] = client.inspect_container(name)
        except NotFound:
            if not names:  # it ended while we looked
                continue
            raise UsageError(
                f"no container {name!r} is known to the engine at {socket}", hint="`docker ps` lists them"
            ) from None
        yield Container(said, internal, shares_cgroups=old_cgroups)
