"""The envelope: the one JSON object that answers every call, and nothing else does."""

import os
import time
from collections.abc import Mapping

from ringfence.dataclasses import dataclass
from ringfence.errors import OUTCOME_EXIT, Cancelled, RingfenceError


@dataclass(frozen=True, slots=True)
class Envelope:
    """An answer. `exit_code` is what a command that prints it ends with: 0 only on success."""

    body: Mapping[str, object]
    exit_code: int

    @property
    def ok(self) -> bool:
        """Whether the call succeeded."""
        return self.exit_code == 0


def now() -> str:
    """The time in ISO 8601, UTC, to the microsecond."""
    seconds, rest = divmod(time.time_ns() // 1000, 1_000_000)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{rest:06}Z"


def _frame(request_id: str, status: str, data: Mapping[str, object]) -> dict[str, object]:
    return {
        "success": status == "ok",
        "status": status,
        "data": data,
        "timestamp": now(),
        "hostname": os.uname().nodename,
        "pid": os.getpid(),
        "request_id": request_id,
    }


def success(request_id: str, data: Mapping[str, object]) -> Envelope:
    """The answer of a call that went well; `data` has `result`, `output` and `plugin_version`."""
    return Envelope(_frame(request_id, "ok", data), 0)


def failure(request_id: str, code: str, message: str, exit_code: int, **more: object) -> Envelope:
    """The answer of a call that did not; `more` joins `data` where it says something."""
    said = {name: value for name, value in more.items() if value not in (None, "", [], {})}
    return Envelope(_frame(request_id, "error", {"error": message, "code": code} | said), exit_code)


def refusal(request_id: str, error: RingfenceError, **more: object) -> Envelope:
    """The answer where an error stopped the call before the plugin ran."""
    return failure(
        request_id, error.code, error.message, error.exit_code, hint=error.hint, details=error.details, **more
    )


def outcome_exit(code: str) -> int:
    """The exit code of an outcome's word."""
    return Cancelled.exit_code if code == Cancelled.code else OUTCOME_EXIT[code]
