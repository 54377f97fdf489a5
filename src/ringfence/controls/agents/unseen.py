"""What controls of agents know of what a page does not show: comments, texts without size or colour, and heads that
are programs."""

import re
from collections.abc import Iterator

from ringfence.controls.agents.agentlines import passages
from ringfence.controls.agents.expressions import either
from ringfence.models.agent import AgentText, AgentTool


def orders(model: AgentText | AgentTool) -> Iterator[int]:
    """The lines, from 0, where something begins that nobody sees and that gives orders. A block of code shows all."""
    text = "\n".join(model.lines)
    code = {passage.path: passage.code for passage in passages(model)}
    for start, hidden in (*_comments(text), *((one.start(), one[1]) for one in _others(text))):
        if (_TO_AGENT.search(hidden) and _DOES.search(hidden)) or len(set(_BEACON.findall(hidden.lower()))) > 1:
            line = text.count("\n", 0, start)
            if not code.get(f"lines[{line}]"):
                yield line


def _comments(text: str) -> Iterator[tuple[int, str]]:
    """Where each comment begins, and what it says. One that begins within a line and never ends is read by everyone."""
    at = 0
    while (found := _OPENS.search(text, at)) is not None:
        end = text.find("-->", found.end())
        if end < 0:
            found = _OPENS_LINE.search(text, at)
            if found is not None:
                yield found.start(), text[found.end() :]
            return
        yield found.start(), text[found.end() : end]
        at = end


def _others(text: str) -> Iterator[re.Match[str]]:
    for pattern in (_REMARK, _UNSEEN):
        yield from pattern.finditer(text)


def has_program_as_head(model: AgentText | AgentTool) -> bool:
    """Whether the head says that it is a program: some readers run it."""
    return _CODE_HEAD.match("\n".join(model.lines[:60]) + "\n") is not None


_CODE_HEAD = re.compile(
    r"(?:---\n(?:[^\n]*\n){0,40}?---\n\s*)?(?:```\w*\n)?---[ \t]*(?:js|javascript|coffee|coffeescript)[ \t]*\n",
    re.IGNORECASE,
)
#: Where a comment begins: not where it is named between backticks.
_OPENS = re.compile(r"(?<!`)<!--(?!`)|(?<=`)<!--(?![^`\n]*`)")
_OPENS_LINE = re.compile(r"^[ \t]{0,9}<!--", re.MULTILINE)
_REMARK = re.compile(
    r"^\[(?://|comment|_|#)\]:\s*(?:#|<>)\s*[(\"'](.{4,2000}?)[)\"']\s*$", re.MULTILINE | re.IGNORECASE
)
_UNSEEN = re.compile(
    r"<\w+[^>]{0,200}?(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])"
    r"|color\s*:\s*(?:white|#fff(?:fff)?|transparent)|\bhidden\b)"
    r"[^>]{0,200}>(.{4,2000}?)</",
    re.DOTALL | re.IGNORECASE,
)
#: What a hub has agents read: where to register, and how often to come again.
_BEACON = re.compile(
    r"\b(hub|reg(?:ister)?|ping|heartbeat|poll|beacon|callback|checkin|c2|webhook)\s*[=:]\s*[\"']?(?:https?://|POST|GET|/|\d+\s?[hms]\b)",
    re.I,
)
_TO_AGENT = either(
    r"\b(?:ai|assistant|agent|claude|gpt|copilot|gemini|codex|cursor|llm|model"
    r"|system\s+(?:note|message|instruction|prompt|override))\b|\byou\b|\bthe\s+user\b|\balways\b|\bsilently\b"
    r"|\bsecretly\b",
)
_DOES = either(
    r"\b(?:run|execute|invoke)\s+(?!\w*lint|the\s+tests?\b)\S"
    r"|\b(?:send|upload|post|transmit|exfiltrate|curl|fetch)\b\s+\S",
    r"\b(?:ignore|disregard|override|bypass|forget)\b.{0,40}\b(?:instructions?|rules?|prompt|guidelines|above"
    r"|previous)\b",
    r"\b(?:do\s+not|don't|never|without)\s+(?:\w+\s+)?(?:tell|telling|mention|inform|informing|show|reveal|notify|ask"
    r"|asking)\b",
    r"\b(?:read|open|cat|include|copy|collect|place|put|insert|paste|give)\b.{0,60}(?:\.env\b|\.ssh|id_rsa|credential"
    r"|secret|token|password|private\s+key|api[ _-]?key)",
    r"\b(?:append|add|write|insert)\b.{0,60}\b(?:CLAUDE\.md|AGENTS\.md|settings\.json|memory)\b"
    r"|\bif\s+(?:the\s+user|anyone)\s+asks\b",
    r"\bbefore\s+(?:responding|answering|replying|you\s+answer|doing\s+anything)\b",
)
