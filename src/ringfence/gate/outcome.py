"""Judges what came out of a cell: from hostile bytes to a code, a sentence and a result. Pure."""

from ringfence.cells.made import Ended
from ringfence.dataclasses import dataclass, field
from ringfence.errors import RingfenceError
from ringfence.gate.redact import Redactor
from ringfence.model import Limits

_GUEST_CODES = frozenset({"plugin-error", "memory-limit", "invalid-result", "output-limit"})
MOST_MESSAGE = 4000
_MOST_TRACEBACK = 16000


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """`code` "ok" has a `result`; any other has an `error`, and `traceback` for a plugin's own exception.

    `fault` is an error of ours that ended a call which was under way.
    `network_refused` says which of the plugin's connections led nowhere, and why.
    """

    code: str
    result: object = None
    error: str = ""
    traceback: str = ""
    details: object = None
    output: dict[str, str] = field(default_factory=dict)
    network_refused: tuple[str, ...] = ()
    fault: RingfenceError | None = None


def judge(ended: Ended, limits: Limits, redactor: Redactor) -> Outcome:
    """What came of a call, with every secret taken out."""
    full = len(ended.stdout) + len(ended.stderr) >= (limits.output_bytes or 0)
    output = {
        "stdout": redactor.text(ended.stdout.decode("utf-8", "replace"), cut=full),
        "stderr": redactor.text(ended.stderr.decode("utf-8", "replace"), cut=full),
    }
    if ended.code != "ok" or ended.answer is None:
        return Outcome(code=ended.code, error=_sentence(ended, limits), output=output)
    if set(ended.answer) == {"result"}:
        return Outcome(code="ok", result=redactor.value(ended.answer["result"]), output=output)
    error = ended.answer.get("error")
    if not isinstance(error, dict) or error.get("code") not in _GUEST_CODES:
        return Outcome(code="protocol-error", error="the guest's answer makes no sense", output=output)
    kind, message = _text(error, "type", 200), _text(error, "message", MOST_MESSAGE)
    return Outcome(
        code=str(error["code"]),
        error=redactor.text(f"{kind}: {message}" if kind else message, cut=len(message) >= MOST_MESSAGE),
        traceback=redactor.text(_text(error, "traceback", _MOST_TRACEBACK)),
        output=output,
    )


def _text(error: dict[str, object], name: str, most: int) -> str:
    value = error.get(name)
    return value[:most] if isinstance(value, str) else ""


def _sentence(ended: Ended, limits: Limits) -> str:
    """Why a call ended without an answer."""
    sentences = {
        "timeout": f"the call took longer than {limits.wall_millis} ms",
        "memory-limit": f"the call needed more than {limits.memory_bytes} bytes of memory",
        "cpu-limit": f"the call used more than {limits.cpu_seconds} s of processor time",
        "output-limit": f"the call wrote more than {limits.output_bytes} bytes of output or a result over "
        f"{limits.result_bytes} bytes",
        "plugin-crashed": "the plugin's process ended without an answer",
        "disk-limit": f"the call added more than {limits.scratch_bytes} bytes to the folders that it may write",
        "invalid-result": "the answer is not JSON that can be taken",
        "protocol-error": "the plugin broke the protocol of the guest",
        "cancelled": "the caller took the call back",
    }
    return sentences[ended.code] + (f" ({ended.detail})" if ended.detail else "")
