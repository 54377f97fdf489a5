"""ComposeSecure: a Compose file in, findings and the hardened text out. Reads no file, connects to nothing."""

import difflib
from datetime import UTC, datetime

from ringfence.audit.fix import fixed
from ringfence.audit.judge import findings
from ringfence.audit.kinds import KINDS
from ringfence.audit.select import checked
from ringfence.audit.settings import Settings, assumed
from ringfence.controls.control import Scope

VERSION = "1.0.0"
FILE = "compose.yaml"
KIND = next(kind for kind in KINDS if kind.scope is Scope.COMPOSE)


class ComposeSecure:
    """Runs Ringfence's own auditor, in a cell like any other plugin."""

    version = VERSION

    def check(self, text):
        """What is unsafe, on which line and why."""
        found, unread = _judged(text, _settings({}))
        return {"findings": found, "unread": unread}

    def harden(self, text, unsafe=False, assume=None):
        """The text put right, the difference, and what is left for a person to decide."""
        settings = _settings(assume or {})
        result = fixed(text, FILE, KIND, _nothing, settings, unsafe=unsafe)
        found, unread = _judged(result.text, settings)
        return {
            "text": result.text,
            "diff": _diff(text, result.text),
            "fixed": result.made,
            "findings": found,
            "unread": unread,
        }


def _settings(assume):
    return Settings(
        selection=checked("default", (), ()),
        today=datetime.now(UTC).date(),
        waivers=(),
        assume=assumed(assume),
        exclude=(),
        previews=False,
    )


def _judged(text, settings):
    document = KIND.format().load(text, FILE, _nothing)
    found = [
        {
            "control": one.control,
            "severity": one.severity.value,
            "line": one.place.line,
            "subject": one.subject,
            "message": one.message,
            "why": one.why,
        }
        for one in findings(document, FILE, settings)
        if one.waived is None
    ]
    return found, [{"line": one.place.line, "message": one.message} for one in document.unread]


def _nothing(path):
    """No other file is there to be read."""


def _diff(before, after):
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), "before", "after", lineterm="", n=2)
    return "".join(line + "\n" for line in lines)
