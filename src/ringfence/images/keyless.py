"""Signatures of images by an identity instead of a key: Sigstore's CA vouches for who signed, its log for when.

Laid out as cosign lays out its bundles since 2.5: an OCI referrer of the image whose layer is the bundle, in which an
in-toto statement names the image's digest. Verified without a network, against roots of trust that are at hand.

The library raises classes of its own insides and whatever a hostile bundle provokes in them: all of it is a refusal.
"""

import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence import strictjson
from ringfence.errors import BadStatement, KeyUnavailable
from ringfence.images.layout import Layout

if TYPE_CHECKING:
    from sigstore.models import ClientTrustConfig
    from sigstore.verify import Verifier
    from sigstore.verify.policy import Identity

KIND = "application/vnd.dev.sigstore.bundle.v0.3+json"
PREDICATE = "https://sigstore.dev/cosign/sign/v1"
_ENVELOPE = "application/vnd.in-toto+json"
_STATEMENT = "https://in-toto.io/Statement/v1"
_ANNOTATIONS = {"dev.sigstore.bundle.content": "dsse-envelope", "dev.sigstore.bundle.predicateType": PREDICATE}
_MOST_BYTES = 1 << 20
_MOST_BUNDLES = 64
_MOST_TOKEN = 64 << 10


def sign(layout: Layout, digest: str, token_file: str | None, trust: str | None, reference: str = "") -> str:
    """Attach a signature by the identity of a token; the digest of its manifest.

    `token_file` holds an OpenID Connect token (else what the CI offers is taken), `trust` a client trust configuration
    (else Sigstore's public one is fetched). Raises KeyUnavailable.
    """
    _available()
    from sigstore.dsse import Statement
    from sigstore.oidc import IdentityToken
    from sigstore.sign import SigningContext

    statement = {
        "_type": _STATEMENT,
        "subject": [{"name": reference, "digest": {"sha256": digest.removeprefix("sha256:")}}],
        "predicateType": PREDICATE,
        "predicate": {},
    }
    token = _token(token_file)
    try:
        context = SigningContext.from_trust_config(_config(trust, offline=False))
        with context.signer(IdentityToken(token)) as signer:
            bundle = signer.sign_dsse(Statement(json.dumps(statement, separators=(",", ":")).encode()))
    except Exception as error:
        told = _told(error).replace(token, "…")
        raise KeyUnavailable(f"Sigstore gave no signature: {told}", hint="is the token of this hour?") from error
    return layout.attach(digest, KIND, bundle.to_json().encode(), _ANNOTATIONS)


def verify(layout: Layout, digest: str, identity: str, issuer: str, trust: str | None) -> int:
    """How many signatures of this digest by that identity, which that issuer knows, hold.

    Raises BadStatement where none does, with what is wrong with the first.
    """
    _available()
    from sigstore.verify import Verifier
    from sigstore.verify.policy import Identity

    bundles = layout.attached(digest, KIND)
    if len(bundles) > _MOST_BUNDLES:
        raise BadStatement(f"more than {_MOST_BUNDLES} bundles are attached to the image {digest}")
    try:
        verifier = Verifier(trusted_root=_config(trust, offline=True).trusted_root)
    except Exception as error:
        raise BadStatement(f"the roots of trust {trust or 'of Sigstore'} cannot be used: {_told(error)}") from error
    policy = Identity(identity=identity, issuer=issuer)
    wrong = [_wrong(verifier, policy, data, digest) for data in bundles]
    good = sum(not one for one in wrong)
    if not good:
        first = f": {wrong[0]}" if wrong else ", and holds no bundle of Sigstore"
        raise BadStatement(f"the image {digest} is not signed by {identity} of {issuer}{first}")
    return good


def _wrong(verifier: "Verifier", policy: "Identity", data: bytes, digest: str) -> str:
    """Why a bundle is no signature of this digest; "" where it is one."""
    from sigstore.models import Bundle

    if len(data) > _MOST_BYTES:
        return f"a bundle is larger than {_MOST_BYTES} bytes"
    try:
        kind, payload = verifier.verify_dsse(Bundle.from_json(data), policy)
    except Exception as error:
        return _told(error)
    if kind != _ENVELOPE:
        return f"it holds {kind[:80]!r}"
    try:
        said = strictjson.loads(payload)
    except strictjson.StrictJsonError as error:
        return error.message
    match said:
        case {"_type": kind, "predicateType": what} if kind != _STATEMENT or what != PREDICATE:
            return f"it says {str(what)[:80]!r}, which is no signature of an image"
        case {"_type": _, "predicateType": _, "subject": [{"digest": {"sha256": str(signed)}}]}:
            return "" if f"sha256:{signed}" == digest else f"it is of the image sha256:{signed[:64]}"
    return "its statement names no single image"


def _available() -> None:
    from importlib.util import find_spec

    if find_spec("sigstore") is None:
        raise KeyUnavailable("Sigstore's library is not installed", hint="pip install 'ringfence[sigstore]'")
    logging.getLogger("sigstore").setLevel(logging.ERROR)  # it warns that it uses no network, as it was told


def _config(trust: str | None, *, offline: bool) -> "ClientTrustConfig":
    from sigstore.models import ClientTrustConfig

    if trust is None:
        return ClientTrustConfig.production(offline=offline)
    return ClientTrustConfig.from_json(Path(trust).read_text())


def _token(file: str | None) -> str:
    """The identity token; never of an argument. Raises KeyUnavailable."""
    from sigstore.oidc import IdentityError, detect_credential

    if file is None:
        try:
            found = detect_credential()
        except IdentityError as error:
            raise KeyUnavailable(f"the CI gave no identity token: {_told(error)}") from error
        if not found:
            raise KeyUnavailable("there is no identity token", hint="--identity-token-file names a file that holds it")
        return found
    try:
        with open(file, encoding="ascii") as opened:
            text = opened.read(_MOST_TOKEN).strip()
    except (OSError, UnicodeDecodeError) as error:
        told = getattr(error, "strerror", None) or "it is no token"
        raise KeyUnavailable(f"the identity token {file} cannot be read: {told.lower()}") from None
    if not text:
        raise KeyUnavailable(f"the identity token {file} is empty")
    return text


def _told(error: Exception) -> str:
    text = " ".join(str(error).split()).partition(" [type=")[0]  # what pydantic adds helps nobody here
    return text[:300] or type(error).__name__
