"""Sends a submission to the API of an index, and how such a request is signed.

    POST /api/v1/submissions        the submission as the body
    Content-Digest: sha-256=:…:     of the body (RFC 9530)
    Ringfence-Date: 2026-11-21T08:00:00Z
    Ringfence-Key: the key's id
    Ringfence-Signature: base64 of the signature over the lines METHOD, PATH, digest, length, date

So the server knows who sends before it reads a body; the submission itself carries the signature that counts.
"""

import base64
import hashlib
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ringfence import strictjson
from ringfence.errors import IndexRefused, IndexUnreachable
from ringfence.index.repository import utc_now
from ringfence.signing.signers import signing

if TYPE_CHECKING:
    from securesystemslib.signer import Signer

PATH = "/api/v1/submissions"
_SECONDS, _SILENCE = 1800, 300  # the server vets before it answers
_MAX_ANSWER = 1 << 20


def headers(method: str, path: str, digest: str, length: int, signer: "Signer", date: str) -> dict[str, str]:
    """The headers of a signed request."""
    with signing(signer):
        signature = signer.sign(to_sign(method, path, digest, length, date))
    return {
        "Content-Digest": f"sha-256=:{digest}:",
        "Content-Type": "application/vnd.ringfence.submission",
        "Ringfence-Date": date,
        "Ringfence-Key": signer.public_key.keyid,
        "Ringfence-Signature": base64.b64encode(bytes.fromhex(signature.signature)).decode(),
    }


def to_sign(method: str, path: str, digest: str, length: int, date: str) -> bytes:
    """What a request's signature is over."""
    return "\n".join(["ringfence-request-v1", method, path, digest, str(length), date]).encode()


def upload(url: str, submission: Path, signer: "Signer") -> dict[str, object]:
    """Send it; the server's answer. Raises IndexRefused with the server's reason, IndexUnreachable."""
    from ringfence.network.transfer import Transfers
    from ringfence.network.watch import Bounds, TransferError

    data = submission.read_bytes()
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http"):
        raise IndexRefused(f"{url} takes no submissions", hint="--to DIR publishes into the folder of an index")
    path = parts.path.rstrip("/") + PATH
    date = utc_now().strftime("%Y-%m-%dT%H:%M:%SZ")
    where = f"{parts.scheme}://{parts.netloc}{path}"
    try:
        signed = headers("POST", path, digest, len(data), signer, date)
        with closing(Transfers(Bounds(deadline=_SECONDS, silence=_SILENCE, rate=0))) as transfers:
            status, said = transfers.post(where, data, signed, at_most=_MAX_ANSWER)
    except TransferError as error:
        raise IndexUnreachable(str(error)) from error
    try:
        found = strictjson.loads(said)
    except strictjson.StrictJsonError:
        found = {}
    if status != 201 or not isinstance(found, dict):
        reason = str(found.get("error", "")) if isinstance(found, dict) else ""
        raise IndexRefused(f"the index answers {status}: {reason or 'no reason was given'}"[:2000])
    return found
