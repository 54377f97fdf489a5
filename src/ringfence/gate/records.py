"""What the journal keeps of a call: one record before it, one after it, one for a refusal.

Records hold no floats and no secrets; arguments stand as a digest and in redacted form.
"""

import hashlib
from collections.abc import Mapping

from ringfence import strictjson
from ringfence.errors import RingfenceError
from ringfence.gate.call import Request, Target
from ringfence.gate.envelope import now
from ringfence.gate.hidden import Hidden
from ringfence.gate.outcome import Outcome

_MOST_ARGUMENTS = 4096
_MOST_TEXT = 1000
_LIMITS = frozenset({"timeout", "memory-limit", "cpu-limit", "output-limit", "disk-limit"})


def _base(kind: str, request: Request) -> dict[str, object]:
    import os

    caller = request.caller
    return {
        "type": kind,
        "time": now(),
        "hostname": os.uname().nodename,
        "pid": os.getpid(),
        "request_id": request.id,
        "caller": {"uid": caller.uid, "gid": caller.gid, "pid": caller.pid, "via": caller.via},
        "plugin": _plain(request.plugin),
        "method": _plain(request.method),
        "arguments_digest": "sha256:" + hashlib.sha256(request.arguments).hexdigest(),
    }


def _plain(text: str) -> str:
    """Untrusted text that any JSON reader takes: bounded, without lone surrogates."""
    return text[:_MOST_TEXT].encode("utf-8", "replace").decode()


def _of_target(target: Target, arguments: Hidden) -> dict[str, object]:
    text = strictjson.dumps(arguments.kept)
    return {
        "version": target.version,
        "digest": target.digest,
        "arguments": text if len(text) <= _MOST_ARGUMENTS else text[:_MOST_ARGUMENTS] + "…",
    }


def call(request: Request, target: Target, arguments: Hidden, isolation: Mapping[str, object]) -> dict[str, object]:
    """Before the plugin runs."""
    cell = {"cell": str(isolation["cell"]), "isolation": dict(isolation)}
    return _base("call", request) | _of_target(target, arguments) | cell


def outcome(
    request: Request,
    target: Target,
    arguments: Hidden,
    isolation: Mapping[str, object],
    came: Outcome,
    duration_us: Mapping[str, int],
) -> dict[str, object]:
    """After it ran."""
    record = _base("outcome", request) | {
        "version": target.version,
        "digest": target.digest,
        "cell": str(isolation["cell"]),
        "status": "ok" if came.code == "ok" else "error",
        "code": came.code,
        "error": _plain(arguments.text(came.error)),
        "limits_hit": [came.code] if came.code in _LIMITS else [],
        "duration_us": dict(duration_us),
    }
    if came.network_refused:
        record["network_refused"] = list(came.network_refused)
    return record


def refusal(request: Request, error: RingfenceError) -> dict[str, object]:
    """Where the call never ran."""
    return _base("refusal", request) | {"status": "error", "code": error.code, "error": _plain(error.message)}
