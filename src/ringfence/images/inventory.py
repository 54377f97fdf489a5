"""What is in anybody's image, by its own word: the databases of dpkg and apk, and Python's installed distributions.

Reads files of the image as data; a broken record is passed over, never guessed at.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from ringfence.dataclasses import dataclass
from ringfence.images.layout import Image
from ringfence.images.tree import Entry, flattened, sha256

#: Of one database; the whole of Debian's packages takes less.
_MOST_BYTES = 64 << 20
_HEAD_BYTES = 64 << 10
_DPKG = re.compile(r"var/lib/dpkg/(status|status\.d/[^/]+)")
_APK = "usr/lib/apk/db/installed"
_PYTHON = re.compile(r".*\.(?:dist-info/METADATA|egg-info/PKG-INFO)")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_-]{0,200}")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_:~!-]{0,200}")


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One package: "deb", "apk" or "pypi", and where that stands."""

    kind: str
    name: str
    version: str
    architecture: str
    place: str


def parts(files: Mapping[str, Entry]) -> tuple[Part, ...]:
    """All packages, sorted; each once."""
    found = set[Part]()
    for path, entry in files.items():
        if entry.data is None:
            continue
        if _DPKG.fullmatch(path) and not path.endswith(".md5sums"):
            found |= set(_debian(path, _text(entry.data, _MOST_BYTES)))
        elif path == _APK:
            found |= set(_alpine(path, _text(entry.data, _MOST_BYTES)))
        elif _PYTHON.fullmatch(path):
            found |= set(_python(path, _text(entry.data, _HEAD_BYTES)))
    return tuple(sorted(found))


def bill(image: Image) -> bytes:
    """CycloneDX 1.6 of an image; the same bytes for the same image."""
    import uuid

    from cyclonedx.model import Property
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.output.json import JsonV1Dot6
    from packageurl import PackageURL

    files = flattened(image.layers)
    distribution, version = release(files)
    spaces = {"deb": distribution or "debian", "apk": distribution or "alpine", "pypi": None}
    components = dict[str, Component]()
    for part in parts(files):
        said = {"arch": part.architecture, "distro": f"{distribution}-{version}" if distribution else ""}
        qualifiers = {key: value for key, value in said.items() if value and part.kind != "pypi"}
        name = re.sub(r"[-_.]+", "-", part.name).lower() if part.kind == "pypi" else part.name
        address = PackageURL(part.kind, spaces[part.kind], name, part.version, qualifiers).to_string()
        components[address] = Component(
            name=part.name,
            version=part.version,
            type=ComponentType.LIBRARY,
            purl=PackageURL.from_string(address),
            bom_ref=address,
            properties=[Property(name="ringfence:found", value=f"/{part.place}")],
        )
    bom = Bom(components=components.values())
    whole = Component(
        name=image.name or image.digest, version=image.digest, type=ComponentType.CONTAINER, bom_ref="image"
    )
    bom.metadata.component = whole
    bom.register_dependency(whole, components.values())
    bom.metadata.timestamp = _made(image)
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, sha256("\n".join([image.digest, *components]).encode()))
    return (JsonV1Dot6(bom).output_as_string(indent=1) + "\n").encode()


def release(files: Mapping[str, Entry]) -> tuple[str, str]:
    """The distribution and its version, as os-release has them; "" for what it does not say."""
    for path in ("etc/os-release", "usr/lib/os-release"):
        entry = files.get(path)
        if entry is not None and entry.data is not None:
            lines = _text(entry.data, 4096).replace('"', "").splitlines()
            facts = dict(line.split("=", 1) for line in lines if "=" in line)
            said = facts.get("ID", ""), facts.get("VERSION_ID", "")
            return said[0] if _NAME.fullmatch(said[0]) else "", said[1] if _VERSION.fullmatch(said[1]) else ""
    return "", ""


def _made(image: Image) -> datetime:
    """When the image says it was made; the beginning of time where it does not."""
    try:
        said = datetime.fromisoformat(str(image.config.get("created", "")))
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    return said if said.tzinfo is not None else said.replace(tzinfo=UTC)


def _debian(path: str, text: str) -> Iterator[Part]:
    for fields in _paragraphs(text, ": "):
        if "installed" in fields.get("Status", "installed").split():
            yield from _part("deb", fields, ("Package", "Version", "Architecture"), path)


def _alpine(path: str, text: str) -> Iterator[Part]:
    for fields in _paragraphs(text, ":"):
        yield from _part("apk", fields, ("P", "V", "A"), path)


def _python(path: str, text: str) -> Iterator[Part]:
    for fields in _paragraphs(text.partition("\n\n")[0], ": "):
        yield from _part("pypi", fields, ("Name", "Version", ""), path)


def _part(kind: str, fields: Mapping[str, str], keys: tuple[str, str, str], path: str) -> Iterator[Part]:
    name, version, architecture = (fields.get(key, "") for key in keys)
    if _NAME.fullmatch(name) and _VERSION.fullmatch(version):
        yield Part(kind, name, version, architecture if _NAME.fullmatch(architecture) else "", path)


def _paragraphs(text: str, sign: str) -> Iterator[dict[str, str]]:
    """Fields of records with empty lines between them; what goes on in a second line is left out."""
    fields = dict[str, str]()
    for line in [*text.splitlines(), ""]:
        if not line.strip():
            if fields:
                yield fields
            fields = {}
        elif not line[0].isspace() and sign in line:
            key, _, value = line.partition(sign)
            fields.setdefault(key, value.strip())


def _text(data: bytes, most: int) -> str:
    return data[:most].decode("utf-8", "replace")
