"""Sentences of a text for an agent, and which ideas go together in one: the order of the words does not matter."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ringfence.controls.agentlines import Passage, Seen, Told, is_quoted_at, passages
from ringfence.controls.expressions import Expression
from ringfence.models.agent import AgentText, AgentTool


class Sentence(NamedTuple):
    """A sentence, where in its passage it begins, and with `before` it what was said just before."""

    passage: Passage
    start: int
    text: str
    before: str


def together(model: Told, does: Expression, *here: Expression, source: Expression | None = None) -> Iterator[Seen]:
    """Sentences in which something is done, `does`, with all these ideas; `source` may stand in the one before."""
    if not isinstance(model, AgentText | AgentTool):
        return
    whole = _whole(model)
    for one in (does, *here, *((source,) if source is not None else ())):
        if one.words and not any(word in whole for word in one.words):
            return
    for said in sentences(model):
        match = does.search(said.text)
        if match is None or not all(one.search(said.text) for one in here):
            continue
        if source is None or source.search(said.text) or source.search(said.before):
            yield _seen(model, said, match)


def _seen(model: Told, said: Sentence, match: re.Match[str]) -> Seen:
    start = said.start + match.start()
    quoted = is_quoted_at(model, said.passage, start, said.start + match.end()) or is_denied(said.text, match)
    return Seen(said.passage.path, said.text, match, quoted, said.passage.code, said.passage.intro)


def is_denied(text: str, match: re.Match[str]) -> bool:
    """Whether it is said that this is not to be done."""
    return (
        _NOT_BEFORE.search(text[: match.start()][-60:]) is not None or _NOT_BEHIND.match(text, match.end()) is not None
    )


def sentences(model: AgentText | AgentTool) -> tuple[Sentence, ...]:
    """All sentences; a line of code is one."""
    return _sentences(model)


@lru_cache(maxsize=4)
def _sentences(model: AgentText | AgentTool) -> tuple[Sentence, ...]:
    found, last, path = list[Sentence](), "", ""
    for passage in passages(model):
        if not passage.own:
            last = ""
            continue
        begins = [0, *(one.end() for one in _ENDS.finditer(passage.text))] if not passage.code else [0]
        for start, end in zip(begins, [*begins[1:], len(passage.text)], strict=True):
            if start >= passage.own:
                break
            text = passage.text[start:end]
            found.append(Sentence(passage, start, text, last if path else ""))
            last, path = text, passage.path
    return tuple(found)


@lru_cache(maxsize=4)
def _whole(model: AgentText | AgentTool) -> str:
    return "\n".join(model.lines).lower()


_ENDS = re.compile(r"[.!?]['\")*_]{0,3}\s+(?=[^a-z\s])|[\u3002\uff01\uff1f]|;\s+")
_NOT_BEFORE = re.compile(
    r"(?:\b(?:never|not|cannot|nicht|niemals|nie|keine?[nmrs]?|nunca|jam\xe1s|jamais|\u043d\u0435|\u043d\u0438\u043a\u043e\u0433\u0434\u0430|non|mai|n\xe3o|nor|refuse|avoid|instead\s+of|rather\s+than)\b"
    r"|(?:^|[.,;:]\s*)no\b|n['\u2019]t\b|\bn['\u2019]|\u4e0d\u8981|\u8bf7\u52ff|\u5207\u52ff|\u4e0d\u5f97|\u7981\u6b62|\u522b|\u52ff)[^,;:\uff0c\uff1b\uff1a]{0,40}$",
    re.IGNORECASE,
)
_NOT_BEHIND = re.compile(
    r"[^,;:.\uff0c\uff1b\uff1a\u3002\u3001]{0,14}(?:\u306a\u3044\u3067|\u307e\u305b\u3093|\u3066\u306f\u3044\u3051|\u7981\u6b62|\b(?:nicht|niemals)\b|\bne\s+\w+\s+pas\b)|\s+(?:rien|pas|jamais)\b",
    re.IGNORECASE,
)
