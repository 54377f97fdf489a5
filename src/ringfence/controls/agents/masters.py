"""Words by which texts for agents make it serve somebody else: a hub that gives it tasks, strangers whose steps it
carries out, a word that opens it, trades and gifts for others."""

import re
from collections.abc import Iterator

from ringfence.controls.agents.agentlines import Told
from ringfence.controls.agents.expressions import either
from ringfence.controls.agents.sentences import together
from ringfence.controls.control import Severity
from ringfence.models.agent import AgentScript

_WORK = r"(?:tasks?|jobs?|commands?|instructions?|orders|actions|assignments|bount(?:y|ies)|work|errands?)"
_GIVER = r"(?:it|they|the\s+(?:server|hub|response|answer|reply|api|endpoint|service|gateway|network|operator))"
#: What an address gives is to be done.
TASKS = either(
    rf"\b(?:carry\s+out|perform|execute|do|run|work\s+(?:on|through|off)|complete|process|handle)\b.{{0,30}}\b{_WORK}\b.{{0,20}}\b{_GIVER}\s+"
    r"(?:returns?|sends?|gives?|contains?|answers?\s+with|lists?|holds?|hands?\s+out|assigns?)\b",
    rf"\b(?:poll|check|query|ask|call|ping|visit|GET)\b.{{0,60}}https?://.{{0,100}}\b(?:for|and\s+(?:carry\s+out|execute|perform|run|do))\s+(?:any\s+|new\s+"
    rf"|pending\s+|open\s+|paid\s+|the\s+)*{_WORK}\b",
)
#: The agent makes itself known to a hub.
JOINS = either(
    r"\b(?:register|enrol|announce|enlist|sign\s+up|introduce|check\s+in|POST)\b.{0,120}https?://.{0,120}\b(?:your|the\s+agent's)\s+(?:own\s+)?(?:name|model|capabilities"
    r"|skills|tools|owner|identity|wallet)\b",
    r"\bPOST\s+\S{0,3}https?://\S{3,100}/(?:register|enrol|join|heartbeat|checkin|beacon)\b.{0,160}\b(?:capabilities|skills|model|owner|tools)\b",
)
#: What somebody else wrote holds steps,
_OTHERS = either(
    r"\b(?:events?|e?mails?|messages?|issues?|pages?|rows?|tickets?|comments?|documents?|notes?|posts?|cards?|invitations?|reviews?|items?)\b.{0,80}"
    r"\b(?:holds?|contains?|carr(?:y|ies)|lists?|gives?|includes?|have|has|are|come\s+with)\b.{0,60}\b(?:steps?|instructions?|commands?|orders|tasks?)\b"
)
#: which are to be done.
_DONE = either(
    r"\b(?:carry\s+(?:them|it|these|those)\s+out|(?:execute|run|perform|do|follow|obey|complete)\s+(?:them|these|those|it|each|all\s+of\s+them)\b)"
)
#: Who says a word is obeyed.
OPENED = either(
    r"\b(?:when|if|whenever|where)\b.{0,60}\b(?:messages?|prompts?|requests?|mails?|texts?|users?|anybody|anyone|someone|somebody|file|issue)\b.{0,60}\b"
    r"(?:words?|phrase|code\s?word|token|sign|marker|emoji)\b.{0,60}\b(?:do|follow|obey|execute|run|carry\s+out|unlock|grant|allow)\b.{0,80}\bwithout\s+"
    r"(?:checking|asking|confirm\w*|question\w*|review\w*|telling|approval)",
)
#: Others trade before the user does, with the user's money.
AHEAD = either(
    r"\b(?:before|ahead\s+of|prior\s+to)\b.{0,40}\b(?:user|customer|client|each|every|any)\b.{0,60}\b(?:buy|order|trade|swap|purchase)\b.{0,120}"
    r"\b(?:spend|buy|purchase|swap|trade)\b.{0,200}\b(?:then|afterwards|after\s+that|and)\s+sell\b",
)
_COINS = r"(?:XLM|SOL|ETH|BTC|USDC|USDT|TON|TRX|BNB|MATIC|POL|HBAR|XRP|DOGE|LTC|ADA|AVAX|USD|EUR|dollars|euros)"
_ADDRESS = (
    r"(?:0x[0-9a-f]{40}|bc1[a-z0-9]{25,60}|\bG[A-Z2-7]{40,60}|\bT[1-9A-Za-z]{33}\b|\b0\.0\.\d{5,9}\b"
    r"|(?<![\w/.-])[1-9A-HJ-NP-Za-km-z]{43,44}(?![\w/.-]))"
)
#: People are asked for money, at an address that stands there.
GIFTS = either(
    rf"\b(?:send|transfer|deposit|fund|donate|tip|pay)\b.{{0,30}}\b\d[\d.,]*\s?{_COINS}\b.{{0,60}}\b(?:to|into|at)\b.{{0,40}}{_ADDRESS}",
    rf"\b(?:ask|say\s+to|tell|request)\b.{{0,60}}\b(?:human|user|owner|operator)\b.{{0,120}}\b(?:starting\s+capital|send|fund|deposit)\b.{{0,80}}\b\d[\d.,]*\s?{_COINS}\b"
    r".{0,60}\b(?:to\s+(?:my|this|the)\s+(?:address|wallet|account)|grow|double|multiply)\b",
)


def served(model: Told) -> Iterator[tuple[str, str, Severity | None]]:
    """(path, what is wrong, how bad) of what others have written and the agent does."""
    for seen in together(model, _DONE, source=_OTHERS):
        denied = seen.quoted or _REFUSES.search(seen.text) is not None
        yield seen.path, "it does what others have written", Severity.LOW if denied else Severity.MEDIUM
    for seen in together(model, OPENED):
        yield seen.path, "whoever says a word is obeyed", Severity.LOW if seen.quoted else None


_REFUSES = re.compile(
    r"\b(?:never|not|n't|nor|refuse|ignore)\b|\b(?:user|human|owner|they)\s+(?:asks?|confirms?|approves?|agrees?|wants?)\b",
    re.IGNORECASE,
)


def answers_for_the_user(model: AgentScript) -> Iterator[str]:
    """Where a hook allows whatever is asked: nothing in it tells one request from another."""
    text = "\n".join(model.lines)
    if _ANSWERS.search(text) is None or _TELLS_APART.search(text) is not None:
        return
    for at, line in enumerate(model.lines):
        if _ALLOWS.search(line):
            yield f"lines[{at}]"
            return


_ANSWERS = re.compile(
    r"\bpermissionDecision\b|\bhookSpecificOutput\b|[\"']decision[\"']\s*:|[\"']permission[\"']\s*:|\bPermissionRequest\b"
)
_ALLOWS = re.compile(r"[\"'\\](?:allow|approve)\b")
#: Another answer, or a condition.
_TELLS_APART = re.compile(
    r"[\"'\\](?:deny|ask|block|denied)\b|^\s*(?:if|elif|case|switch|match|for|while)\b|\?\s*[\"']|\bif\s*[(\[]|\bif\s.{1,80}\belse\b|\bgrep\b|&&|\|\|"
    r"|\bexit\s+[12]\b",
    re.MULTILINE,
)
