"""OCI image layouts on disk (image-spec 1.1), and the archives of `docker save`: written, and read with every digest
checked. No engine is needed for either.

An image is a `manifest` in `index.json`; what is attached to it (a bill of materials, a signature) is a manifest of its
own that names it as its subject, or by the tag that cosign looks for.
"""

import gzip
import io
import json
import os
import re
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ringfence import strictjson
from ringfence.dataclasses import dataclass
from ringfence.errors import ImageRefused
from ringfence.images.tree import sha256

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
EMPTY = "application/vnd.oci.empty.v1+json"
NAME = "org.opencontainers.image.ref.name"
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_LIMITS = strictjson.JsonLimits(max_bytes=16 << 20, max_depth=40, max_items=400_000)
_MOST_BLOB = 4 << 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """An image as it was read and checked: its digest, its configuration, its layers as plain archives."""

    digest: str
    config: dict[str, Any]
    layers: tuple[bytes, ...]
    name: str


class Layout:
    """A folder that holds an OCI layout; made where it is missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self) -> None:
        """Begin an empty one."""
        (self.folder / "blobs" / "sha256").mkdir(parents=True, exist_ok=True)
        _write(self.folder / "oci-layout", b'{"imageLayoutVersion": "1.0.0"}')
        if not (self.folder / "index.json").exists():
            self._write_index([])

    def blob(self, data: bytes, media: str) -> dict[str, Any]:
        """Keep bytes under their digest; their descriptor."""
        digest = sha256(data)
        path = self.folder / "blobs" / "sha256" / digest.removeprefix("sha256:")
        if not path.exists():
            _write(path, data)
        return {"mediaType": media, "digest": digest, "size": len(data)}

    def image(self, layer: bytes, config: dict[str, Any], annotations: Mapping[str, str], name: str) -> str:
        """Write an image of one layer and list it under a name, which it takes from an earlier one; its digest."""
        config = config | {"rootfs": {"type": "layers", "diff_ids": [sha256(layer)]}}
        return self.add(Image(digest="", config=config, layers=(layer,), name=name), annotations)

    def add(self, image: Image, annotations: Mapping[str, str]) -> str:
        """Write an image, whoever made it, and list it under its name; its digest."""
        return self.manifest(
            {
                "schemaVersion": 2,
                "mediaType": MANIFEST,
                "config": self.blob(_json(image.config), CONFIG),
                "layers": [self.blob(gzip.compress(layer, 6, mtime=0), LAYER) for layer in image.layers],
                "annotations": dict(sorted(annotations.items())),
            },
            image.name,
        )

    def attach(self, subject: str, kind: str, data: bytes, annotations: Mapping[str, str] | None = None) -> str:
        """Attach a document to an image: a manifest whose subject it is (OCI referrers)."""
        empty = self.blob(b"{}", EMPTY)
        found = self._descriptor(subject)
        said = {"annotations": dict(annotations)} if annotations else {}
        return self.manifest(
            {
                **said,
                "schemaVersion": 2,
                "mediaType": MANIFEST,
                "artifactType": kind,
                "config": empty,
                "layers": [self.blob(data, kind)],
                "subject": {key: found[key] for key in ("mediaType", "digest", "size")},
            },
            "",
            kind,
        )

    def manifest(self, manifest: dict[str, Any], name: str, kind: str = "") -> str:
        """Write a manifest and list it."""
        found = self.blob(_json(manifest), MANIFEST)
        if kind:
            found["artifactType"] = kind
        if kind and "annotations" in manifest:
            found["annotations"] = manifest["annotations"]
        if name:
            found["annotations"] = {NAME: name}
        others = [one for one in self.index() if one["digest"] != found["digest"]]
        if name:
            others = [one for one in others if one.get("annotations", {}).get(NAME) != name]
        self._write_index([*others, found])
        digest: str = found["digest"]
        return digest

    def index(self) -> list[dict[str, Any]]:
        """The descriptors that are listed. Raises ImageRefused."""
        match _parsed(_read(self.folder / "index.json", 16 << 20), "index.json"):
            case {"manifests": list(found)}:
                if all(_is_descriptor(one) for one in found):
                    return found
        raise ImageRefused(f"{self.folder} is no OCI layout: its index.json lists no manifests")

    def get(self, digest: str) -> bytes:
        """A blob, whose digest is checked. Raises ImageRefused."""
        if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            raise ImageRefused(f"{str(digest)[:80]!r} is no digest")
        data = _read(self.folder / "blobs" / "sha256" / digest.removeprefix("sha256:"), _MOST_BLOB)
        if sha256(data) != digest:
            raise ImageRefused(f"the blob {digest} of {self.folder} holds something else")
        return data

    def find(self, name: str = "") -> str:
        """The digest of the image of that name, or of the only one. Raises ImageRefused."""
        images = [one for one in self.index() if not one.get("artifactType")]
        named = {one.get("annotations", {}).get(NAME, ""): one["digest"] for one in images}
        named = {key: digest for key, digest in named.items() if not key.endswith(".sig")}
        if name in named:
            return str(named[name])
        if name in named.values():
            return name
        if not name and len(named) == 1:
            return str(next(iter(named.values())))
        raise ImageRefused(
            f"{self.folder} has no image {name!r}" if name else f"{self.folder} holds several images, or none",
            hint=f"it has: {', '.join(sorted(named)) or 'nothing'}",
        )

    def read(self, name: str = "") -> Image:
        """An image, every digest of it checked. Raises ImageRefused."""
        digest = self.find(name)
        manifest = self.document(digest)
        try:
            config = self.document(manifest["config"]["digest"])
            wanted = list(config["rootfs"]["diff_ids"])
            packed = [(self.get(one["digest"]), str(one["mediaType"])) for one in manifest["layers"]]
        except (KeyError, TypeError) as error:
            raise ImageRefused(f"the image {digest} is not described as OCI has it") from error
        layers = tuple(_unpacked(data) for data, _ in packed)
        if [sha256(layer) for layer in layers] != wanted:
            raise ImageRefused(f"the layers of {digest} are not those that its configuration names")
        return Image(digest=digest, config=config, layers=layers, name=name)

    def attached(self, subject: str, kind: str) -> list[bytes]:
        """The documents of a kind that are attached to an image."""
        found = []
        for one in self.index():
            if one.get("artifactType") == kind:
                manifest = self.document(one["digest"])
                if _table(manifest.get("subject")).get("digest") == subject:
                    found += [self.get(layer["digest"]) for layer in descriptors(manifest, one["digest"])]
        return found

    def document(self, digest: str) -> dict[str, Any]:
        """A blob that is a JSON object."""
        return _parsed(self.get(digest), digest)

    def _descriptor(self, digest: str) -> dict[str, Any]:
        for one in self.index():
            if one["digest"] == digest:
                return one
        raise ImageRefused(f"{self.folder} has no image {digest}")

    def _write_index(self, manifests: list[dict[str, Any]]) -> None:
        index = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": manifests}
        _write(self.folder / "index.json", _json(index))


def descriptors(manifest: Mapping[str, Any], what: str) -> list[dict[str, Any]]:
    """The layers that a manifest names. Raises ImageRefused."""
    layers = manifest.get("layers")
    if not isinstance(layers, list) or not all(_is_descriptor(one) for one in layers):
        raise ImageRefused(f"the manifest {what} is damaged: its layers are not described")
    return layers


def _is_descriptor(one: object) -> bool:
    if not isinstance(one, dict) or not isinstance(one.get("digest"), str) or not _DIGEST.fullmatch(one["digest"]):
        return False
    said = one.get("annotations", {})
    return isinstance(said, dict) and all(isinstance(value, str) for value in said.values())


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def archive(image: Image, tag: str) -> bytes:
    """The image as `docker save` writes it, which every engine loads."""
    config = _json(image.config)
    identity = sha256(config).removeprefix("sha256:")
    names = [f"{number}/layer.tar" for number in range(len(image.layers))]
    manifest = _json([{"Config": f"{identity}.json", "RepoTags": [tag], "Layers": names}])
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.GNU_FORMAT) as tar:
        parts = [(f"{identity}.json", config), *zip(names, image.layers, strict=True), ("manifest.json", manifest)]
        for name, data in parts:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return whole.getvalue()


def read_archive(data: bytes) -> Image:
    """The only image of a `docker save` archive, its layers checked. Raises ImageRefused."""
    try:
        with tarfile.open(fileobj=io.BytesIO(_unpacked(data)), mode="r:") as tar:
            links = {m.name: m for m in tar if m.isfile() or m.issym() or m.islnk()}

            def get(name: str) -> bytes:
                member = links[os.path.normpath(name)]
                opened = tar.extractfile(member)
                return opened.read() if opened else b""

            manifest = strictjson.loads(get("manifest.json"), limits=_LIMITS)
            if not isinstance(manifest, list) or len(manifest) != 1:
                raise ImageRefused("the archive holds several images, or none")
            config_bytes = get(manifest[0]["Config"])
            config = _parsed(config_bytes, "the configuration")
            layers = tuple(_unpacked(get(name)) for name in manifest[0]["Layers"])
            wanted = list(config["rootfs"]["diff_ids"])
            name = str((manifest[0].get("RepoTags") or [""])[0])
    except KeyError as error:
        raise ImageRefused(
            f"this is no archive of an image: there is no {error.args[0]!r} in it",
            hint="an OCI layout is named by its folder: unpack it",
        ) from None
    except (tarfile.TarError, TypeError, IndexError, strictjson.StrictJsonError, OSError) as error:
        raise ImageRefused(f"this is no archive of an image: {error}") from error
    if [sha256(layer) for layer in layers] != wanted:
        raise ImageRefused("the layers of the archive are not those that its configuration names")
    return Image(digest=sha256(config_bytes), config=config, layers=layers, name=name)


def _unpacked(data: bytes) -> bytes:
    """Plain bytes of what may be compressed, bounded."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            plain = file.read(_MOST_BLOB + 1)
    except (OSError, EOFError) as error:
        raise ImageRefused(f"a layer is damaged: {error}") from error
    if len(plain) > _MOST_BLOB:
        raise ImageRefused("a layer is larger than an image may be")
    return plain


def _parsed(data: bytes, what: str) -> dict[str, Any]:
    try:
        found = strictjson.loads(data, limits=_LIMITS)
    except strictjson.StrictJsonError as error:
        raise ImageRefused(f"{what} is not good JSON: {error.message}") from error
    if not isinstance(found, dict):
        raise ImageRefused(f"{what} is not a JSON object")
    return found


def _json(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise ImageRefused(f"{path} cannot be read: {error.strerror}") from error
    if len(data) > most:
        raise ImageRefused(f"{path} is larger than an image may be")
    return data


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        raise ImageRefused(f"{path} cannot be written: {error.strerror}") from error
