"""What controls of agents know of keys that are pressed: who keeps them, and who sends them to somebody."""

import re
from collections.abc import Iterator

from ringfence.controls.agents.agentlines import NETWORK, Told, sought
from ringfence.models.agent import AgentScript


def typed(model: AgentScript) -> Iterator[str]:
    """Where a page sends what is typed into it to somebody."""
    text = "\n".join(model.lines)
    for found in _TYPED.finditer(text):
        if _SECRET_FIELD.search(found[0]) and _TO_SOMEBODY.search(found[0]):
            yield f"lines[{text.count(chr(10), 0, found.start())}]"


def session_sent(model: AgentScript) -> Iterator[str]:
    """Where the headers by which somebody is signed in become part of an address."""
    text = "\n".join(model.lines)
    for found in _HEADERS.finditer(text):
        yield f"lines[{text.count(chr(10), 0, found.start())}]"


_HEADERS = re.compile(
    r"headers?\W{1,4}(?:authorization|cookie)\b(?:[^\n]{0,300}\n){0,4}?[^\n]{0,300}[\"'`]https?://(?!localhost|127\.)[^\s\"'`]{4,120}[?&]\w{1,20}="
    r"(?:\$\{|[\"']\s*\+)",
    re.IGNORECASE,
)


def forgets(model: Told, line: str) -> bool:
    """Whether a program only reacts to keys: it keeps none, and has no way out."""
    if not isinstance(model, AgentScript) or _REACTS.search(line) is None:
        return False
    return next(sought(model, NETWORK), None) is None and not any(_KEEPS.search(one) for one in model.lines)


_REACTS = re.compile(r"keyboard\.(?:Listener|on_press|on_release|hook)\(")
_KEEPS = re.compile(
    r"\b(?:append|write\w*|put|send\w*|print|extend|log\w*|info|debug)\(.{0,80}\b(?:key|event|k|char)\b|\+=.{0,40}\b(?:key|event|char)\b"
)
#: What a page's user types, from where it is listened to on.
_TYPED = re.compile(
    r"addEventListener\(\s*[\"'`](?:key(?:down|up|press)|input|change|beforeinput|paste|submit)[\"'`](?:[^\n]{0,400}\n){0,9}?"
    r"[^\n]{0,400}(?:sendBeacon|\bfetch|XMLHttpRequest|new\s+Image|new\s+WebSocket)\b[^\n]{0,400}"
)
_SECRET_FIELD = re.compile(r"passw|\bcvv\b|\bcard\b|\botp\b|\bpin\b|\.key\b|keyCode|document\.cookie", re.IGNORECASE)
_TO_SOMEBODY = re.compile(r"[\"'`](?:https?|wss?):?//(?!localhost|127\.)[\w-]+\.")
