"""Building a context by an engine's own build: Docker over its socket, podman and buildah by their programs.

What an engine has built is read back and judged as our own images are, before anybody is given it.
"""

import re
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from ringfence.dataclasses import dataclass
from ringfence.errors import ImageRefused
from ringfence.images import harden, inventory
from ringfence.images.description import Variant
from ringfence.images.layout import Image, read_archive
from ringfence.images.tree import flattened

if TYPE_CHECKING:
    from docker.api import APIClient

_SECONDS = 1800
#: "Step 3/9 : RUN …" of Docker, "[1/2] STEP 3/9: RUN …" of podman and buildah.
_STEP = re.compile(r"(?:\[\d+/\d+\] )?step \d+(?:/\d+)? ?: *(.+)", re.IGNORECASE)
_IDLE = ("--->", "Removing intermediate container", "Trying to pull", "Resolved ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What an engine is asked to build. `network` is that of the build, "" the engine's own choice."""

    context: Path
    tag: str
    kind: str
    network: str
    epoch: int


def build(
    variant: Variant, order: Order, progress: Callable[[str], None], supported: Callable[[str, str], None]
) -> Image:
    """Build, read back and judge; what breaks a rule is taken away again, as is one of a release not `supported`.

    Raises ImageRefused, SandboxUnavailable.
    """
    _follow(_docker(order) if order.kind == "docker" else _program(order), progress, order.kind)
    progress("looking at every file")
    image = read_archive(_saved(order))
    files = flattened(image.layers)
    try:
        if wrong := list(harden.faults(files, shell=variant.shell, unhardened=variant.unhardened)):
            raise harden.refused(wrong)
        supported(*inventory.release(files))
    except ImageRefused:
        _remove(order)
        raise
    return image


def _follow(said: Iterable[tuple[str, bool]], progress: Callable[[str], None], kind: str) -> None:
    """Tell of each step; an error in the words of the step that it came from."""
    step, last = "", list[str]()
    for text, failed in said:
        for line in filter(None, map(str.strip, text.splitlines())):
            if begun := _STEP.match(line):
                step, last = begun.group(1), []
                progress(f"{kind}: {step}")
            elif not line.startswith(_IDLE):
                last = [*last, line][-5:]
        if failed:
            raise _failure(step, last, kind)


def _failure(step: str, last: list[str], kind: str) -> ImageRefused:
    words = step.split()
    if words[:1] == ["FROM"] and words[1] != "scratch":
        return ImageRefused(
            f"{kind} cannot get the base image {words[1]}: {''.join(last[-1:])[-300:]}",
            hint="name one that it has, or that its registry has, with --base",
        )
    where = f", in {' '.join(words[:3])}" if words else ""
    return ImageRefused(f"{kind} could not build the image{where}: {' '.join(last)[-600:]}")


def _docker(order: Order) -> Iterator[tuple[str, bool]]:
    """The lines that Docker says while it builds, and whether one is its last."""
    from docker.errors import APIError, DockerException
    from docker.utils.build import tar

    from ringfence.cells import containerengine
    from ringfence.cells.containersettings import Settings

    with closing(containerengine.client(containerengine.find(Settings()))) as client:
        client.timeout = _SECONDS
        made = _Made()
        try:
            with closing(cast("IO[bytes]", tar(order.context))) as packed:
                steps: Iterator[dict[str, Any]] = client.build(
                    fileobj=packed, custom_context=True, tag=order.tag, rm=True, forcerm=True, nocache=True,
                    network_mode=order.network or None, decode=True,
                )  # fmt: skip
                for one in steps:
                    text = str(one.get("error") or one.get("stream") or "")
                    made.hear(text)
                    yield text, "error" in one
        except APIError as error:
            yield str(error.explanation or error), True
        except (DockerException, OSError) as error:
            yield f"it does not answer: {error}", True
        finally:
            made.clear(client)


class _Made:
    """What Docker's build leaves of the stages before the last: it names each image that a step made."""

    def __init__(self) -> None:
        self._last = ""
        self._stages: list[str] = []
        self._whole = False

    def hear(self, text: str) -> None:
        """One piece of what the build says."""
        for line in map(str.strip, text.splitlines()):
            if (step := _STEP.match(line)) and step.group(1).startswith("FROM ") and self._last:
                self._stages.append(self._last)
            elif named := re.fullmatch(r"---> ([0-9a-f]{12,64})", line):
                self._last = named.group(1)
            elif line.startswith("Successfully built"):
                self._whole = True

    def clear(self, client: "APIClient") -> None:
        """Take it away; never what somebody gave a name to, as a base has one."""
        from docker.errors import DockerException

        for image in self._stages if self._whole else [*self._stages, self._last]:
            with suppress(DockerException, OSError):
                found = client.inspect_image(image) if image else {}  # type: ignore[no-untyped-call]
                if found and not found.get("RepoTags") and not found.get("RepoDigests"):
                    client.remove_image(image)


def _program(order: Order) -> Iterator[tuple[str, bool]]:
    """The lines that podman or buildah says while it builds, and whether one is its last."""
    words = [
        *{"podman": ["podman", "build"], "buildah": ["buildah", "bud"]}[order.kind],
        "--tag", order.tag, "--format", "docker", "--no-cache", "--layers=false", "--timestamp", str(order.epoch),
        *(["--network", order.network] if order.network else []), str(order.context),
    ]  # fmt: skip
    try:
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    except OSError as error:
        yield f"it could not be run: {error.strerror}", True
        return
    with process:
        late = threading.Timer(_SECONDS, process.kill)
        late.start()
        try:
            for line in process.stdout or ():
                yield line, False
        finally:
            late.cancel()
            process.kill()
    if process.returncode != 0:
        yield "", True


def _saved(order: Order) -> bytes:
    """The image as an archive."""
    if order.kind == "docker":
        from ringfence.images import places

        return places.saved(order.tag)
    with tempfile.TemporaryDirectory(prefix="ringfence-image-") as folder:
        file = Path(folder) / "image.tar"
        _run(
            ["podman", "save", "--quiet", "--format", "docker-archive", "--output", str(file), order.tag]
            if order.kind == "podman"
            else ["buildah", "push", "--quiet", order.tag, f"docker-archive:{file}:{order.tag}"]
        )
        return file.read_bytes()


def _remove(order: Order) -> None:
    if order.kind == "docker":
        from ringfence.cells import containerengine
        from ringfence.cells.containersettings import Settings

        with closing(containerengine.client(containerengine.find(Settings()))) as client:
            client.remove_image(order.tag)
    else:
        _run([order.kind, "rmi", order.tag])


def _run(words: list[str]) -> None:
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.SubprocessError) as error:
        raise ImageRefused(f"{words[0]} could not be run: {error}") from error
    if done.returncode != 0:
        raise ImageRefused(f"{words[0]} {words[1]} failed: {' '.join(done.stderr.split())[-300:]}")
