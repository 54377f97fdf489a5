"""The bill of materials of an image: CycloneDX 1.6, every package with its version, purl, digest and licence file."""

from collections.abc import Iterable
from datetime import UTC, datetime

from ringfence import __version__
from ringfence.images.debian import Package
from ringfence.images.description import Variant
from ringfence.images.tree import sha256

KIND = "application/vnd.cyclonedx+json"


def text(variant: Variant, packages: Iterable[Package], distribution: tuple[str, str], epoch: int) -> bytes:
    """The document, the same bytes for the same packages."""
    import uuid

    from cyclonedx.model import HashAlgorithm, HashType, Property
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.output.json import JsonV1Dot6
    from packageurl import PackageURL

    components = []
    for package in packages:
        qualifiers = {"arch": package.architecture, "distro": "-".join(distribution)}
        purl = PackageURL("deb", distribution[0], package.name, package.version, qualifiers)
        components.append(
            Component(
                name=package.name,
                version=package.version,
                type=ComponentType.LIBRARY,
                purl=purl,
                bom_ref=purl.to_string(),
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=package.sha256)] if package.sha256 else [],
                properties=[Property(name="debian:source", value=package.source)],
            )
        )
    whole = Component(
        name=f"ringfence-{variant.name}", version=__version__, type=ComponentType.CONTAINER, bom_ref="image"
    )
    bom = Bom(components=components)
    bom.metadata.component = whole
    bom.register_dependency(whole, components)
    bom.metadata.timestamp = datetime.fromtimestamp(epoch, UTC)
    named = sha256("".join(sorted(one.bom_ref.value or "" for one in components)).encode())
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, f"ringfence:{variant.name}:{named}")
    return (JsonV1Dot6(bom).output_as_string(indent=1) + "\n").encode()
