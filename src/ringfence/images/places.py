"""Where an image is: a folder with an OCI layout, an archive, or an engine. Each gives the same checked image."""

import re
from pathlib import Path

from ringfence.dataclasses import replace
from ringfence.errors import ImageRefused, UsageError
from ringfence.images import inventory, sbom
from ringfence.images.layout import Image, Layout, read_archive

_MOST_BYTES = 8 << 30


def split(place: str) -> tuple[Path, str]:
    """A layout's folder and the name of an image in it: `FOLDER` or `FOLDER:NAME`."""
    folder, _, name = place.rpartition(":")
    if folder and "/" not in name and not Path(place).exists():
        return Path(folder), name
    return Path(place), ""


def read(place: str, engine: str | None = None) -> Image:
    """The image at a place. Raises ImageRefused, SandboxUnavailable."""
    if place.startswith("engine:"):
        return read_archive(saved(place.removeprefix("engine:"), engine))
    path, name = split(place)
    if path.is_dir():
        return Layout(path).read(name)
    try:
        with path.open("rb") as file:
            return read_archive(file.read(_MOST_BYTES))
    except OSError as error:
        raise ImageRefused(
            f"there is no image at {place}: {error.strerror}",
            hint="name a folder with an OCI layout (FOLDER:NAME), a `docker save` archive, or engine:NAME",
        ) from error


def layout(place: str) -> tuple[Path, str]:
    """A layout's folder and the name of an image in it. Raises UsageError for what holds no signatures."""
    if place.startswith("engine:"):
        name = place.removeprefix("engine:")
        raise UsageError(
            "an engine keeps no manifest that could be signed: it makes one when it pushes an image",
            hint=f"'docker save {name} --output image.tar', then sign image.tar and push the layout that comes of it",
        )
    return split(place)


def from_archive(archive: Path, folder: Path) -> str:
    """Make a layout of an archive, with the bill that its files give; the image's name in it. Raises ImageRefused."""
    image = read(str(archive))
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", image.name) or archive.stem
    made = Layout(folder)
    made.create()
    digest = made.add(replace(image, name=name), {})
    if not made.attached(digest, sbom.KIND):
        made.attach(digest, sbom.KIND, inventory.bill(made.read(name)))
    return name


def saved(name: str, engine: str | None = None) -> bytes:
    """The archive of an image that an engine holds. Raises ImageRefused, SandboxUnavailable."""
    from docker.errors import APIError

    from ringfence.cells import containerengine
    from ringfence.cells.containersettings import Settings

    client = containerengine.client(containerengine.find(Settings(engine=engine)))
    try:
        return b"".join(client.get_image(name))
    except APIError as error:
        raise ImageRefused(f"the engine does not give the image {name}: {error.explanation}") from error
    finally:
        client.close()
