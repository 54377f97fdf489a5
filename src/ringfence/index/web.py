"""The web face of an index: its static files, and the API that takes submissions. On loopback, behind a proxy.

Static files are those of public/, with types and caching that fit TUF: what carries a hash or a version never changes.
A submission is taken from a key that some publisher of the index has, of a bounded size, a few a minute.
"""

import asyncio
import base64
import hashlib
import re
import tempfile
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from ringfence.errors import RingfenceError, UsageError
from ringfence.index import accept, files, places, policy
from ringfence.index.repository import Repository
from ringfence.index.upload import PATH, to_sign

if TYPE_CHECKING:
    from securesystemslib.signer import Key

    from ringfence.index.accept import Vet
    from ringfence.index.workspace import Workspace

MAX_SUBMISSION = 64 << 20
#: Seconds that a signed request holds.
_FRESH = 300
#: Seconds without a byte of a body after which nobody waits for it any more.
SILENCE = 10.0
_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")
_HASHED = re.compile(r"[0-9a-f]{64}\..+|[0-9]+\..+\.json")
_TYPES = {
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".png": "image/png",
}
_SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class _Refused(Exception):
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Rate:
    """At most `most` events in any `seconds`, for each who."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._seen: dict[str, deque[float]] = {}

    def allows(self, who: str) -> bool:
        """Whether one more is allowed now; it counts."""
        now = self._clock()
        if len(self._seen) > 10_000:
            self._seen = {w: times for w, times in self._seen.items() if times and times[-1] > now - self._seconds}
        times = self._seen.setdefault(who, deque())
        while times and times[0] <= now - self._seconds:
            times.popleft()
        if len(times) >= self._most:
            return False
        times.append(now)
        return True


def application(
    space: "Workspace", vet: "Vet | None", *, submissions_a_minute: int = 10, silence: float = SILENCE
) -> Starlette:
    """The application for an index. `vet` vets each submission before it is taken."""
    by_key = Rate(submissions_a_minute, 60)
    by_address = Rate(60, 60)
    reads = Rate(6000, 60)
    reader = Repository(space.public)
    one_at_a_time = asyncio.Lock()

    async def submit(request: Request) -> Response:
        try:
            if not by_address.allows(_address(request)):
                raise _Refused(429, "too many requests: wait a minute")
            keyid, digest, length = _signed_by(request, reader)
            if not by_key.allows(keyid):
                raise _Refused(429, "too many submissions: wait a minute")
            with tempfile.TemporaryDirectory(prefix="ringfence-submission-") as scratch:
                place = Path(scratch, "submission")
                await _received(request, place, digest, length, silence)
                async with one_at_a_time:
                    done = await run_in_threadpool(accept.accept, space, place, vet)
        except _Refused as error:
            return JSONResponse({"error": error.reason}, status_code=error.status, headers=_SAFE)
        except RingfenceError as error:
            said = {"error": error.message, "hint": error.hint, "code": error.code}
            return JSONResponse(said, status_code=422, headers=_SAFE)
        except ClientDisconnect:
            return Response(status_code=400)
        answer = {"state": "published", "name": done.name, "version": done.version, "verdict": done.verdict}
        return JSONResponse(answer, status_code=201, headers=_SAFE)

    async def read(request: Request) -> Response:
        if not reads.allows(_address(request)):
            return Response("too many requests\n", status_code=429, headers=_SAFE)
        place = _place(space.public, request.path_params["path"])
        if place is None:
            return Response("there is no such file\n", status_code=404, headers=_SAFE, media_type="text/plain")
        age = "public, max-age=31536000, immutable" if _HASHED.fullmatch(place.name) else "no-cache"
        kind = _TYPES.get(place.suffix, "application/octet-stream")
        return FileResponse(place, media_type=kind, headers={**_SAFE, "Cache-Control": age})

    async def health(_: Request) -> Response:
        return JSONResponse({"index": space.name, "status": "ok"}, headers=_SAFE)

    return Starlette(
        routes=[
            Route(PATH, submit, methods=["POST"]),
            Route("/api/v1/health", health, methods=["GET"]),
            Route("/{path:path}", read, methods=["GET", "HEAD"]),
        ]
    )


def _signed_by(request: Request, reader: Repository) -> tuple[str, str, int]:
    """(key id, digest of the body, its length) of a request that a publisher's key signed, just now."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or len(length) > 12:
        raise _Refused(411, "a submission says its Content-Length")
    if int(length) > MAX_SUBMISSION:
        raise _Refused(413, f"a submission has at most {MAX_SUBMISSION} bytes")
    digest = _DIGEST.fullmatch(request.headers.get("content-digest", ""))
    date = request.headers.get("ringfence-date", "")
    if digest is None or not _is_fresh(date):
        raise _Refused(401, "the request is not signed, or was signed too long ago: is the clock right?")
    keyid = request.headers.get("ringfence-key", "")
    key = _publisher_key(reader, keyid)
    signed = to_sign("POST", request.url.path, digest[1], int(length), date)
    if key is None or not _holds(key, request.headers.get("ringfence-signature", ""), signed):
        raise _Refused(401, "the request is not signed by a publisher of this index")
    return keyid, digest[1], int(length)


def _publisher_key(reader: Repository, keyid: str) -> "Key | None":
    reader.refresh()
    data = reader.read_target(places.POLICY) or b""
    if not any(keyid in each.keys for each in policy.parse(data).publishers.values()):
        return None
    delegations = reader.role(places.TARGETS).signed.delegations
    return delegations.keys.get(keyid) if delegations else None


def _holds(key: "Key", signature: str, signed: bytes) -> bool:
    from securesystemslib.exceptions import UnverifiedSignatureError, VerificationError
    from securesystemslib.signer import Signature

    try:
        raw = base64.b64decode(signature, validate=True)
        key.verify_signature(Signature(key.keyid, raw.hex()), signed)
    except (ValueError, UnverifiedSignatureError, VerificationError):
        return False
    return True


def _is_fresh(date: str) -> bool:
    try:
        said = datetime.strptime(date, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return False
    return abs((datetime.now(UTC) - said).total_seconds()) <= _FRESH


async def _received(request: Request, place: Path, digest: str, length: int, silence: float) -> None:
    """The body in a file, if it is the one that was announced."""
    whole = hashlib.sha256()
    count = 0
    started = time.monotonic()
    with open(place, "wb") as file:
        stream = request.stream()
        while True:
            try:
                async with asyncio.timeout(silence):
                    chunk = await anext(stream, None)
            except TimeoutError:
                raise _Refused(408, "the body does not come") from None
            if chunk is None:
                break
            count += len(chunk)
            passed = time.monotonic() - started
            if count > length or (passed > 15 and count < 2048 * passed):
                raise _Refused(400, "the body is longer than announced, or comes too slowly")
            whole.update(chunk)
            file.write(chunk)
    if count != length or base64.b64encode(whole.digest()).decode() != digest:
        raise _Refused(400, "the body is not the one that was signed")


def _place(public: Path, path: str) -> Path | None:
    """The file of a request below public/, or of the site; never a hidden one, never through a link out of it."""
    parts = [part for part in path.split("/") if part]
    if any(part.startswith(".") and part != ".well-known" for part in parts) or "\0" in path:
        return None
    for base in (public, public / "site"):
        place = base.joinpath(*parts)
        try:
            if place.is_dir():
                place = place / "index.html"
            if place.is_file() and place.resolve().is_relative_to(public.resolve()):
                return place
        except OSError:
            return None
    return None


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def serve(
    space: "Workspace",
    vet: "Vet | None",
    port: int,
    ready: Callable[[int], None],
    rate: int,
    *,
    silence: float = SILENCE,
) -> None:
    """Serve on 127.0.0.1 until told to stop (SIGTERM, SIGINT). `ready` is told the port."""
    import socket

    import uvicorn

    if not 0 <= port <= 0xFFFF:
        raise UsageError(f"nothing can be served on port {port}: ports go to 65535")
    space.unlock()
    with files.locked(space.folder / ".serve.lock", "the server of this index", wait=False):
        try:
            listening = socket.create_server(("127.0.0.1", port))
        except OSError as error:
            raise UsageError(f"nothing can be served on port {port}: {error}") from None
        config = uvicorn.Config(
            application(space, vet, submissions_a_minute=rate, silence=silence),
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_keep_alive=15,
            limit_concurrency=256,
            h11_max_incomplete_event_size=32 * 1024,
        )
        ready(listening.getsockname()[1])
        uvicorn.Server(config).run(sockets=[listening])
