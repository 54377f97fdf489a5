"""The auditor for a text that is in no file: what is found in it, and the text put right, as plain data."""

import difflib
from collections.abc import Mapping
from datetime import UTC, datetime

from ringfence.audit.fix import fixed
from ringfence.audit.judge import findings
from ringfence.audit.kinds import KINDS, Kind
from ringfence.audit.select import checked
from ringfence.audit.settings import Settings, assumed
from ringfence.controls.control import Scope

_NAMES = {
    Scope.COMPOSE: "compose.yaml",
    Scope.DOCKERFILE: "Dockerfile",
    Scope.KUBERNETES: "objects.yaml",
    Scope.TERRAFORM: "main.tf",
}


def check(scope: Scope, text: str) -> dict[str, object]:
    """{"findings": […], "unread": […]} of a text of one kind; each with its line."""
    return _judged(_kind(scope), text, _settings({}))


def harden(scope: Scope, text: str, *, unsafe: bool, assume: Mapping[str, str]) -> dict[str, object]:
    """{"text", "diff", "fixed", "findings", "unread"}: the text put right, and what is left for a person to decide.

    Raises UsageError for an assumption that is none.
    """
    settings, kind = _settings(assume), _kind(scope)
    result = fixed(text, _NAMES[scope], kind, _nothing, settings, unsafe=unsafe)
    lines = difflib.unified_diff(text.splitlines(), result.text.splitlines(), "before", "after", lineterm="", n=2)
    diff = "".join(line + "\n" for line in lines)
    return {"text": result.text, "diff": diff, "fixed": result.made, **_judged(kind, result.text, settings)}


def _kind(scope: Scope) -> Kind:
    return next(kind for kind in KINDS if kind.scope is scope)


def _settings(assume: Mapping[str, str]) -> Settings:
    return Settings(
        selection=checked("default", (), ()),
        today=datetime.now(UTC).date(),
        waivers=(),
        assume=assumed(assume),
        exclude=(),
        previews=False,
    )


def _judged(kind: Kind, text: str, settings: Settings) -> dict[str, object]:
    document = kind.format().load(text, _NAMES[kind.scope], _nothing)
    found = [
        {
            "control": one.control,
            "severity": one.severity.value,
            "line": one.place.line,
            "subject": one.subject,
            "message": one.message,
            "why": one.why,
        }
        for one in findings(document, _NAMES[kind.scope], settings)
        if one.waived is None
    ]
    unread = [{"line": one.place.line, "message": one.message} for one in document.unread]
    return {"findings": found, "unread": unread}


def _nothing(path: str) -> str | None:
    """No other file is there to be read."""
    return None
