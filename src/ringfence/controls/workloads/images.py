"""The images that a model names, for the controls that judge references."""

from collections.abc import Iterator

from ringfence.models.build import Build
from ringfence.models.service import Image, Service


def images(model: Service | Build) -> Iterator[tuple[str, Image]]:
    """Each image and its model path."""
    if isinstance(model, Build):
        for index, image in enumerate(model.bases):
            yield f"bases[{index}]", image
    elif model.image is not None:
        yield "image", model.image
