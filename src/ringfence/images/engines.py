"""Giving a built image to an engine: Docker over its socket, podman and buildah by their programs."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from ringfence.errors import ImageRefused, SandboxUnavailable
from ringfence.images.layout import Image, archive

KINDS = ("docker", "podman", "buildah")
_SECONDS = 600


def present() -> str:
    """The first engine that is there; "" where there is none."""
    from ringfence.cells import containerengine
    from ringfence.cells.containersettings import Settings

    try:
        containerengine.find(Settings())
    except SandboxUnavailable:
        return next((kind for kind in ("podman", "buildah") if shutil.which(kind)), "")
    return "docker"


def give(image: Image, tag: str, kind: str) -> None:
    """Load the image under a tag. Raises ImageRefused, SandboxUnavailable."""
    data = archive(image, tag)
    if kind == "docker":
        _docker(data)
        return
    with tempfile.NamedTemporaryFile(suffix=".tar") as file:
        Path(file.name).write_bytes(data)
        commands = {
            "podman": ["podman", "load", "--input", file.name],
            "buildah": ["buildah", "pull", f"docker-archive:{file.name}"],
        }
        try:
            done = subprocess.run(commands[kind], capture_output=True, text=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.SubprocessError) as error:
            raise ImageRefused(f"{kind} could not be run: {error}") from error
    if done.returncode != 0:
        raise ImageRefused(f"{kind} would not take the image: {' '.join(done.stderr.split())[-300:]}")


def _docker(data: bytes) -> None:
    from ringfence.cells import containerengine
    from ringfence.cells.containersettings import Settings

    client = containerengine.client(containerengine.find(Settings()))
    try:
        for said in client.load_image(data):  # type: ignore[no-untyped-call]
            if "error" in said:
                raise ImageRefused(f"docker would not take the image: {said['error']}")
    finally:
        client.close()
