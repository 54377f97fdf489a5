"""What somebody states about files, signed: in-toto Statement v1 in a DSSE envelope (in-toto attestation 1.0).

    {"_type": "https://in-toto.io/Statement/v1", "subject": [{"name": …, "digest": {"sha256": …}}],
     "predicateType": …, "predicate": {…}}

Takes values, gives values; no I/O. Envelopes are bounded before they are parsed.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ringfence.dataclasses import dataclass
from ringfence.errors import BadStatement
from ringfence.signing.signers import signing
from ringfence.strictjson import JsonLimits, StrictJsonError, loads

if TYPE_CHECKING:
    from securesystemslib.signer import Key, Signer

PAYLOAD = "application/vnd.in-toto+json"
STATEMENT = "https://in-toto.io/Statement/v1"
_LIMITS = JsonLimits(max_bytes=16 << 20, max_depth=40, max_items=400_000, max_digits=30)


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """`subjects` maps names of files to their SHA-256 (hex); `signers` are the ids of keys whose signature is good."""

    kind: str
    subjects: Mapping[str, str]
    predicate: Mapping[str, object]
    signers: tuple[str, ...]


def signed(kind: str, subjects: Mapping[str, str], predicate: Mapping[str, object], signer: "Signer") -> bytes:
    """The statement under one signature, as JSON."""
    from securesystemslib.dsse import Envelope

    payload = {
        "_type": STATEMENT,
        "subject": [{"name": name, "digest": {"sha256": digest}} for name, digest in sorted(subjects.items())],
        "predicateType": kind,
        "predicate": predicate,
    }
    envelope = Envelope(json.dumps(payload, sort_keys=True, separators=(",", ":")).encode(), PAYLOAD, {})
    with signing(signer):
        envelope.sign(signer)
    return (json.dumps(envelope.to_dict(), sort_keys=True) + "\n").encode()


def opened(data: bytes, keys: Sequence["Key"], *, kind: str, what: str) -> Statement:
    """The statement in an envelope that at least one of `keys` signed. Raises BadStatement; `what` names it."""
    from securesystemslib.dsse import Envelope
    from securesystemslib.exceptions import VerificationError

    try:
        raw = loads(data, limits=_LIMITS)
        envelope = Envelope.from_dict(raw)  # type: ignore[arg-type]
        signers = envelope.verify(list(keys), 1) if keys else {}
    except VerificationError:
        signers = {}
    except Exception as error:  # the library raises whatever a hostile envelope makes it meet
        raise BadStatement(f"{what} is no signed statement") from error
    if not signers:
        raise BadStatement(f"{what} is not signed by anybody who may say so")
    if envelope.payload_type != PAYLOAD:
        raise BadStatement(f"{what} holds something else than a statement")
    return _parsed(envelope.payload, tuple(sorted(signers)), kind, what)


def _parsed(payload: bytes, signers: tuple[str, ...], kind: str, what: str) -> Statement:
    try:
        found = loads(payload, limits=_LIMITS)
    except StrictJsonError as error:
        raise BadStatement(f"{what} is damaged: {error.message}") from None
    if not isinstance(found, dict) or found.get("_type") != STATEMENT or found.get("predicateType") != kind:
        raise BadStatement(f"{what} states something else")
    predicate = found.get("predicate")
    try:
        subjects = {str(each["name"]): str(each["digest"]["sha256"]) for each in found["subject"]}
    except (TypeError, KeyError):
        raise BadStatement(f"{what} does not say of which files it speaks") from None
    if not isinstance(predicate, dict) or not subjects:
        raise BadStatement(f"{what} states nothing")
    return Statement(kind=kind, subjects=subjects, predicate=predicate, signers=signers)
