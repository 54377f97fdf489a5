"""What a container uses, as its own cgroups say: v1 or v2. The engine made them and takes them away."""

import contextlib
from pathlib import Path

from ringfence.cells.cgroup import Sample
from ringfence.errors import SandboxUnavailable

_MOUNTS = Path("/sys/fs/cgroup")


class ContainerAccount:
    """The groups that process `pid` is in. Raises SandboxUnavailable where they cannot be read."""

    doors: tuple[int, ...] = ()

    def __init__(self, pid: int, mounts: Path = _MOUNTS) -> None:
        try:
            groups = _groups(Path(f"/proc/{pid}/cgroup").read_text())
        except OSError as error:
            raise SandboxUnavailable(f"the container's groups cannot be found: {error}") from error
        self._oom = False
        if "memory" in groups:
            self.kind = "engine, cgroup-v1"
            self._memory = mounts / "memory" / groups["memory"].lstrip("/")
            self._cpu = mounts / "cpuacct" / groups["cpuacct"].lstrip("/") / "cpuacct.usage"
            self.group = self._memory
            self._files = {
                "memory": self._memory / "memory.limit_in_bytes",
                "processes": mounts / "pids" / groups.get("pids", "").lstrip("/") / "pids.max",
            }
        else:
            self.kind = "engine, cgroup-v2"
            self._memory = self.group = mounts / groups.get("", "/").lstrip("/")
            self._cpu = self._memory / "cpu.stat"
            self._files = {"memory": self._memory / "memory.max", "processes": self._memory / "pids.max"}

    def bound(self, what: str) -> int | None:
        """What the kernel says bounds all of it, "memory" in bytes or "processes"; None is no bound."""
        with contextlib.suppress(OSError, ValueError):
            return int(self._files[what].read_text())
        return None

    def processes(self) -> list[int]:
        """What runs in the group, by this machine's kernel."""
        return [int(word) for word in (self.group / "cgroup.procs").read_text().split()]

    def remember_oom(self) -> None:
        """Somebody else saw that the kernel killed for memory."""
        self._oom = True

    def hold(self, pid: int) -> None:
        """The engine did, before the first process was started."""

    def sample(self) -> Sample | None:
        """Use of the whole container."""
        try:
            if self.kind.endswith("v1"):
                memory = int((self._memory / "memory.usage_in_bytes").read_text())
                return Sample(memory, int(self._cpu.read_text()) // 1000)
            usage = dict(line.split() for line in self._cpu.read_text().splitlines())
            return Sample(int((self._memory / "memory.current").read_text()), int(usage["usage_usec"]))
        except (OSError, ValueError, KeyError):
            return None

    def oom(self) -> bool:
        """Whether the kernel killed for memory; remembered once seen, as the groups go with the container."""
        name = "memory.oom_control" if self.kind.endswith("v1") else "memory.events"
        with contextlib.suppress(OSError):
            lines = (self._memory / name).read_text().splitlines()
            self._oom = self._oom or any(line.startswith("oom_kill ") and line != "oom_kill 0" for line in lines)
        return self._oom

    def close(self) -> None:
        """The engine takes them away."""


def _groups(text: str) -> dict[str, str]:
    found = {}
    for line in text.splitlines():
        _, controllers, path = line.split(":", 2)
        for controller in controllers.split(","):
            found[controller.removeprefix("name=") if controllers else ""] = path
    return found
