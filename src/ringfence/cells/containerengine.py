"""A container engine on this machine, spoken to over its socket with the `docker` client.

Finds it, says what it lacks, keeps the guest's image in it, and makes and removes containers. Whatever goes wrong
there is one sentence: the engine gone, slow, its disk full, an image missing or another than was asked for.
"""

import contextlib
import hashlib
import json
import os
import re
import resource
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ringfence.cells import containerimage, owners
from ringfence.cells.containerflags import Body, body
from ringfence.cells.containerimage import LABEL_GUEST
from ringfence.cells.containersettings import Settings, sockets
from ringfence.cells.runtime import Runtime, identity
from ringfence.dataclasses import dataclass
from ringfence.errors import SandboxUnavailable

if TYPE_CHECKING:
    from docker.api import APIClient

LABEL_OWNER = "dev.ringfence.owner"
LABEL_STATE = "dev.ringfence.state"
_SECONDS = 60
_LOOKS = 20
_LOOK_SECONDS = 0.1
#: Docker 20.10 and Podman 4 speak it, and what came later still does.
_OLDEST_API = "1.41"
#: Of all containers of one user together; each container has a bound of its own.
_MANY_PROCESSES = 16_384
#: gVisor and Kata, by their programs and shims: what runs there are no processes of the host's kernel.
_OWN_KERNEL = re.compile(r"\b(runsc|kata)")
_DIGEST_LENGTH = len("sha256:") + 64


@dataclass(frozen=True, slots=True)
class Image:
    """The guest's image as the engine knows it."""

    id: str


@dataclass(frozen=True, slots=True)
class State:
    """Where a container is. `told` is the engine's sentence on how it ended."""

    running: bool
    pid: int
    told: str


def find(settings: Settings) -> str:
    """The socket of the engine to use. Raises SandboxUnavailable where there is none."""
    places = [settings.engine.removeprefix("unix://")] if settings.engine else sockets()
    for place in places:
        if "://" in place:
            raise SandboxUnavailable(
                f"the engine at {place} is not on this machine: a container cell cannot be examined there",
                hint="use an engine that listens on a unix socket",
            )
        with contextlib.suppress(OSError):
            if stat.S_ISSOCK(os.stat(place).st_mode):
                return place
    raise SandboxUnavailable(
        f"no container engine listens on {' or '.join(places)}",
        hint="install docker.io or podman, start it, or name its socket in $RINGFENCE_ENGINE",
    )


class Engine:
    """One engine, checked: it is there, has what cells need, and holds the guest's image.

    `runtime_root` is the guest's root on this machine, from which the image is made where none was named.
    """

    def __init__(self, settings: Settings, runtime_root: Runtime, store: Path) -> None:
        self._store = store
        self.settings = settings
        self._client = client(find(settings))
        with contextlib.ExitStack() as undo:
            undo.callback(self.close)
            self._look_over(settings)
            self.image = self._named(settings.image) if settings.image else self._own(runtime_root)
            undo.pop_all()

    def close(self) -> None:
        """Close the connections to it."""
        self._client.close()

    def _look_over(self, settings: Settings) -> None:
        """What it is, and whether it has what cells need."""
        with _said("could not be asked what it can do"):
            self.info: dict[str, Any] = self._client.info()
            version = self._client.version()
        parts = [part["Name"] for part in version.get("Components") or []]
        self.podman = any("Podman" in part for part in parts)
        self.title = f"{'podman' if self.podman else 'docker'} {version['Version']}"
        if wanting := lacks(self.info):
            raise SandboxUnavailable(
                f"{self.title} cannot hold a cell: {wanting[0]}", hint="run 'ringfence doctor' for all that it lacks"
            )
        self.runtime = settings.runtime or "default"
        known = set(self.info.get("Runtimes") or {})
        if settings.runtime and settings.runtime not in known:
            raise SandboxUnavailable(
                f"{self.title} has no runtime {settings.runtime!r}", hint=f"it has: {', '.join(sorted(known))}"
            )
        name, self.own_kernel = own_kernel(self.info, settings.runtime)
        if self.own_kernel and not (settings.allow_unexamined_runtime and settings.runtime and not self.podman):
            raise SandboxUnavailable(
                f"the runtime {name} of {self.title} cannot hold a cell: it has a kernel of its own, so the "
                "namespaces, privileges, filters, user and mounts in it could not be examined from outside",
                hint=_own_kernel_hint(name, podman=self.podman),
            )

    @property
    def maps_users(self) -> bool:
        """Whether no user of its containers is the same user of the host, by the engine's own word."""
        return _maps_users(self.info) != ""

    def _own(self, runtime_root: Runtime) -> Image:
        """The image of this machine's root: there already, or loaded now; its layer is the one that was made."""
        name = f"ringfence-guest:{runtime_root.digest[:16]}"
        kept = self._store / f"image-{runtime_root.digest[:16]}.layer"
        layer = kept.read_text() if kept.exists() else ""
        found = self._look(name)
        if found is None or not layer:
            made = containerimage.archive(runtime_root, identity()["guest"])
            with _said("would not take the guest's image"):
                for said in self._client.load_image(made.data):  # type: ignore[no-untyped-call]
                    if "error" in said:
                        raise OSError(said["error"])
            layer = made.layer
            temporary = kept.with_suffix(f".tmp-{os.getpid()}")
            temporary.write_text(layer)
            temporary.replace(kept)
            found = self._look(name)
        if found is None:
            raise SandboxUnavailable(f"{self.title} does not have the image {name} that it was just given")
        if found["RootFS"]["Layers"] != [layer] or found["Config"].get("Volumes"):
            raise SandboxUnavailable(
                f"the image {name} in {self.title} is not the one that was made here",
                hint=f"somebody changed it; remove it with 'docker rmi {name}', it is made again",
            )
        return Image(found["Id"])

    def _named(self, name: str) -> Image:
        """The image that an operator named, by digest and with this version's guest in it."""
        if not name.rpartition("@")[2].startswith("sha256:") or len(name.rpartition("@")[2]) != _DIGEST_LENGTH:
            raise SandboxUnavailable(
                f"the image {name!r} is not named by digest", hint="name it sha256:…, as 'ringfence image list' does"
            )
        found = self._look(name)
        if found is None:
            raise SandboxUnavailable(
                f"{self.title} has no image {name}", hint="load it first; nothing is pulled for a call"
            )
        digest = name.rpartition("@")[2]
        if found["Id"] != digest and not any(one.endswith(digest) for one in found.get("RepoDigests") or []):
            raise SandboxUnavailable(f"{self.title} gave image {found['Id']} where {digest} was asked for")
        labels = found["Config"].get("Labels") or {}
        if labels.get(LABEL_GUEST) != identity()["guest"]:
            raise SandboxUnavailable(
                f"the image {name} does not hold the guest of this version of Ringfence",
                hint="build it with 'ringfence image build guest'",
            )
        return Image(found["Id"])

    def _look(self, name: str) -> dict[str, Any] | None:
        from docker.errors import NotFound

        with _said(f"could not be asked for the image {name}"):
            try:
                found: dict[str, Any] = self._client.inspect_image(name)  # type: ignore[no-untyped-call]
            except NotFound:
                return None
        return found

    def create(self, arguments: list[str], command: tuple[str, ...], *, attached: bool = False) -> str:
        """A container that is not started yet; its id."""
        with _said("could not make a container"):
            made = self._client.create_container_from_config(  # type: ignore[no-untyped-call]
                self.asked(arguments, command, attached=attached)
            )
        container: str = made["Id"]
        if warnings := _serious(made.get("Warnings") or []):
            self.remove(container)
            raise SandboxUnavailable(f"{self.title} would leave something out: {warnings[0]}")
        return container

    def asked(self, arguments: list[str], command: tuple[str, ...], *, attached: bool = False) -> Body:
        """What it is sent to make a container.

        `command` is a module of the guest and its arguments; `attached` leaves its standard input open for one.
        """
        from ringfence.cells.seccomp import engine_profile, engine_profile_path

        asked = body(arguments)
        # Docker is sent the profile itself, as its own client sends it; Podman opens the file.
        profile = engine_profile_path() if self.podman else engine_profile()
        options = asked["HostConfig"].get("SecurityOpt", [])
        asked["HostConfig"]["SecurityOpt"] = [
            f"seccomp={profile}" if option == "seccomp=allow-list" else option for option in options
        ]
        if self.podman:
            shown = asked["HostConfig"].get("Tmpfs", {})
            asked["HostConfig"]["Tmpfs"] = {path: _for_podman(text) for path, text in shown.items()}
            # It would raise this one to what the machine could have, which the engine itself may be refused.
            hard = resource.getrlimit(resource.RLIMIT_NPROC)[1]
            most = _MANY_PROCESSES if hard == resource.RLIM_INFINITY else min(hard, _MANY_PROCESSES)
            asked["HostConfig"].setdefault("Ulimits", []).append({"Name": "nproc", "Soft": most, "Hard": most})
        if self.runtime != "default":
            asked["HostConfig"]["Runtime"] = self.runtime
        labels = {LABEL_OWNER: owners.owner(), LABEL_STATE: state_mark(self._store)}
        start = containerimage.START.format(command[1])
        asked |= {
            "Image": self.image.id,
            "Labels": asked.get("Labels", {}) | labels,
            "Entrypoint": [*containerimage.INTERPRETER, "-c", start, *command[2:]],
            "Cmd": [],
            "NetworkDisabled": asked["HostConfig"].get("NetworkMode") == "none",
        }
        if attached:
            asked |= {"OpenStdin": True, "StdinOnce": True, "AttachStdin": True, "AttachStdout": True}
        return asked

    def attach(self, container: str) -> socket.socket:
        """A connection to its standard input and output, before it is started."""
        with _said("would not connect to a container"):
            made = self._client.attach_socket(container, params={"stdin": 1, "stdout": 1, "stream": 1})
            own = socket.socket(fileno=os.dup(made.fileno()))
            made._response.close()  # what holds the connection to it, which is ours now
            made.close()
        own.settimeout(None)
        return own

    def inspect(self, container: str) -> Body:
        """All that it says of one."""
        with _said("could not be asked about a container"):
            found: Body = self._client.inspect_container(container)
        return found

    def ran_out_of_memory(self, container: str, since: float) -> bool:
        """Whether the kernel killed in it for memory, as far as the engine remembers; known once it is removed."""
        filters = json.dumps({"container": [container], "event": ["oom", "destroy"]})
        with contextlib.suppress(SandboxUnavailable), _said("could not be asked what happened"):
            for _ in range(_LOOKS):
                when = {"since": f"{since:.9f}", "until": f"{time.time():.9f}", "filters": filters}
                address = f"{self._client.base_url}/v{_OLDEST_API}/events"
                lines = self._client.get(address, params=when, timeout=_SECONDS).text.splitlines()
                happened = {json.loads(line).get("Action") for line in lines}
                if happened:
                    return "oom" in happened
                time.sleep(_LOOK_SECONDS)
        return False

    def start(self, container: str) -> None:
        """Start it."""
        with _said("could not start a container"):
            self._client.start(container)

    def state(self, container: str) -> State:
        """Where it is."""
        from docker.errors import NotFound

        with _said("could not be asked about a container"):
            try:
                found = self._client.inspect_container(container)["State"]
            except NotFound:
                return State(False, 0, "it is no more")
        told = found.get("Error") or f"exit code {found.get('ExitCode')}"
        return State(bool(found["Running"]), int(found.get("Pid") or 0), str(told)[:300])

    def remove(self, container: str) -> None:
        """End and remove it; what somebody else removed already, or the engine is removing, is as good."""
        from docker.errors import APIError
        from requests.exceptions import RequestException

        with contextlib.suppress(APIError, RequestException):
            self._client.remove_container(container, force=True, v=True)

    def ours(self, *, orphans: bool) -> list[str]:
        """Containers of this state directory: those whose owner is gone, or those of this very process."""
        mark = f"{LABEL_STATE}={state_mark(self._store)}"
        with _said("could not list its containers"):
            found = self._client.containers(all=True, filters={"label": mark})
        named = {one["Id"]: (one.get("Labels") or {}).get(LABEL_OWNER, "") for one in found}
        own = owners.owner()
        return [id for id, name in named.items() if (owners.gone(name) if orphans else name == own)]

    def sweep(self, *, orphans: bool) -> list[str]:
        """Remove what is left of containers; their ids."""
        left = self.ours(orphans=orphans)
        for container in left:
            self.remove(container)
        return left


def _for_podman(options: str) -> str:
    """A memory file system without what Podman does not know: an owner, and a bound on inodes.

    The container has but one user, and what inodes take is memory of the container, which is bounded.
    """
    return re.sub(r"mode=0700", "mode=1777", re.sub(r",(nr_inodes|uid|gid)=\d+", "", options))


def client(place: str) -> "APIClient":
    """A client of the engine at that socket. Raises SandboxUnavailable where nobody answers."""
    from docker.api import APIClient

    with _said(f"at {place} does not answer"):
        # The version is asked for apart, so that what fails is closed.
        made = APIClient(base_url=f"unix://{place}", version=_OLDEST_API, timeout=_SECONDS)
        with contextlib.ExitStack() as undo:
            undo.callback(made.close)
            made.version()
            undo.pop_all()
        return made


def lacks(info: dict[str, Any]) -> list[str]:
    """What cells need and an engine, by its own word, does not have; empty where all is there."""
    missing = []
    options = info.get("SecurityOptions") or []
    if not any("seccomp" in str(option) for option in options):
        missing.append("it has no seccomp filters")
    for key, what in (
        ("MemoryLimit", "it cannot bound memory"),
        ("PidsLimit", "it cannot bound processes"),
        ("CpuCfsQuota", "it cannot bound processor time"),
    ):
        if info.get(key) is False:
            missing.append(what)
    if _maps_users(info) == "rootless" and str(info.get("CgroupVersion", "")) == "1":
        missing.append("it is rootless on cgroup v1, where it can bound nothing")  # Podman says that it could
    if info.get("OSType", "linux") != "linux":
        missing.append("its containers are not Linux")
    return missing


def judged(engine: "APIClient", place: str) -> tuple[bool | None, str, str]:
    """For the doctor: whether cells can be made there, what it is, what follows. Raises SandboxUnavailable."""
    with _said("could not be asked what it can do"):
        info, version = engine.info(), engine.version()
    wanting = lacks(info)
    if own := own_kernel(info, None)[0]:
        wanting.append(f"its default runtime {own} has a kernel of its own, in which no cell can be examined")
    walled = sorted(name for name in info.get("Runtimes") or {} if own_kernel(info, name)[0])
    what = f"{version['Version']} at {place}, cgroup v{info.get('CgroupVersion', '1')}"
    mapped = _maps_users(info)
    note = "" if mapped else "root of a container is root of the host: rootless or userns-remap would be a wall more"
    what += f", {mapped}" if mapped else ""
    named = f"{', '.join(walled)}: held by name, and not examined, with allow_unexamined_runtime" if walled else ""
    return (None if wanting else True), what, "; ".join(filter(None, [*wanting, note, named]))


def _maps_users(info: dict[str, Any]) -> str:
    """How an engine keeps its containers' users apart from the host's; "" where it does not."""
    options = " ".join(map(str, info.get("SecurityOptions") or []))
    if "rootless" in options or info.get("Rootless") is True:  # as Docker says it, and Podman
        return "rootless"
    return "user ids remapped" if "userns" in options else ""


def own_kernel(info: dict[str, Any], runtime: str | None) -> tuple[str, str]:
    """The name and the kind of the runtime that would be used, where it is known for a kernel of its own."""
    name = runtime or str(info.get("DefaultRuntime") or "")
    entry = (info.get("Runtimes") or {}).get(name) or {}
    said = f"{name} {Path(str(entry.get('path') or '')).name} {entry.get('runtimeType') or ''}"
    found = _OWN_KERNEL.search(said)
    return (name, found[0]) if found else ("", "")


def _own_kernel_hint(name: str, *, podman: bool) -> str:
    if podman:
        return "use runc or crun; Docker can hold cells in such a runtime"
    return (
        "use runc or crun, whose processes are those of this machine's kernel, or give that examination up by name: "
        f'runtime = "{name}" and allow_unexamined_runtime = true under [container]'
    )


def state_mark(store: Path) -> str:
    """What marks the containers of one state directory."""
    return hashlib.sha256(str(store).encode()).hexdigest()[:16]


def _serious(warnings: list[str]) -> list[str]:
    """Warnings that matter: without any swap on the machine, its bound is nothing to miss."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    swapless = any(line.split()[:2] == ["SwapTotal:", "0"] for line in lines)
    return [one for one in warnings if one and not ("swap" in one.lower() and swapless)]


@contextlib.contextmanager
def _said(what: str) -> Iterator[None]:
    """Whatever the client raises, as one sentence."""
    from docker.errors import APIError, DockerException
    from requests.exceptions import RequestException, Timeout

    try:
        yield
    except APIError as error:
        told = " ".join(str(error.explanation or error).split())[:400]
        raise SandboxUnavailable(f"the container engine {what}: {told}", hint=_hint(told)) from error
    except Timeout as error:
        raise SandboxUnavailable(f"the container engine {what}: no answer in {_SECONDS} s") from error
    except (RequestException, DockerException, OSError) as error:
        told = " ".join(str(error).split())[:300]
        hint = _hint(told) if "space" in told else "is it running, and may this user open its socket?"
        raise SandboxUnavailable(f"the container engine {what}: {told}", hint=hint) from error


def _hint(told: str) -> str:
    if "no space left" in told.lower():
        return "free some space on the engine's disk, such as with 'docker system prune'"
    return "run 'ringfence doctor' to see what the engine lacks"
