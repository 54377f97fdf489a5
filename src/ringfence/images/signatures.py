"""Signatures of images, laid out as cosign lays them out: a manifest named `sha256-….sig` beside the image, whose layer
says which digest is meant ("simple signing") and whose annotation is the signature of exactly those bytes.

Verification takes the image's digest as it was computed, never as the signature has it.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ringfence import strictjson
from ringfence.errors import BadStatement
from ringfence.images.layout import CONFIG, MANIFEST, NAME, Layout, descriptors
from ringfence.signing.signers import signing

if TYPE_CHECKING:
    from securesystemslib.signer import Key, Signer

PAYLOAD = "application/vnd.dev.cosign.simplesigning.v1+json"
ANNOTATION = "dev.cosignproject.cosign/signature"
_KIND = "cosign container image signature"


def tag(digest: str) -> str:
    """Where cosign looks for the signatures of an image."""
    return digest.replace(":", "-") + ".sig"


def sign(layout: Layout, digest: str, signer: "Signer", reference: str = "") -> str:
    """Add a signature; earlier ones stay. The digest of the signatures' manifest. Raises KeyUnavailable."""
    payload = json.dumps(
        {
            "critical": {
                "identity": {"docker-reference": reference},
                "image": {"docker-manifest-digest": digest},
                "type": _KIND,
            },
            "optional": None,
        },
        separators=(",", ":"),
    ).encode()
    with signing(signer):
        made = signer.sign(payload)
    layer = layout.blob(payload, PAYLOAD)
    layer["annotations"] = {ANNOTATION: base64.b64encode(bytes.fromhex(made.signature)).decode()}
    layers = [*_signatures(layout, digest), layer]
    config = {
        "architecture": "",
        "os": "",
        "config": {},
        "rootfs": {"type": "layers", "diff_ids": [one["digest"] for one in layers]},
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": layout.blob(json.dumps(config, sort_keys=True).encode(), CONFIG),
        "layers": layers,
    }
    return layout.manifest(manifest, tag(digest))


def verify(layout: Layout, digest: str, keys: Sequence["Key"]) -> tuple[str, ...]:
    """The ids of those keys that signed this digest. Raises BadStatement where none did."""
    good = set()
    for layer in _signatures(layout, digest):
        payload = layout.get(layer["digest"])
        if _says(payload) != digest:
            continue
        for key in keys:
            if _holds(key, str(layer.get("annotations", {}).get(ANNOTATION, "")), payload):
                good.add(key.keyid)
    if not good:
        raise BadStatement(f"the image {digest} is not signed by any of the {len(keys)} keys that were given")
    return tuple(sorted(good))


def _signatures(layout: Layout, digest: str) -> list[dict[str, Any]]:
    for one in layout.index():
        if one.get("annotations", {}).get(NAME) == tag(digest):
            return descriptors(layout.document(one["digest"]), one["digest"])
    return []


def _says(payload: bytes) -> str:
    """The digest that a payload speaks of; "" where it is none of this kind."""
    try:
        said = strictjson.loads(payload)
    except strictjson.StrictJsonError:
        return ""
    match said:
        case {"critical": {"type": str(kind), "image": {"docker-manifest-digest": str(digest)}}} if kind == _KIND:
            return digest
    return ""


def _holds(key: "Key", text: str, payload: bytes) -> bool:
    from securesystemslib.exceptions import UnverifiedSignatureError, VerificationError
    from securesystemslib.signer import Signature

    try:
        signature = base64.b64decode(text, validate=True).hex()
        key.verify_signature(Signature(key.keyid, signature), payload)
    except (UnverifiedSignatureError, VerificationError, binascii.Error, ValueError):
        return False
    return True
