"""Sentences of a text for an agent, and which ideas go together in one: the order of the words does not matter."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ringfence.controls.agents.agentlines import Passage, Seen, Told, is_quoted_at, passages
from ringfence.controls.agents.expressions import Expression, Pieces
from ringfence.models.agent import AgentText, AgentTool


class Sentence(NamedTuple):
    """A sentence, where in its passage it begins; `follows`: something stands before it in the same paragraph."""

    passage: Passage
    start: int
    text: str
    low: str
    follows: bool


def together(model: Told, does: Expression, *here: Expression, source: Expression | None = None) -> Iterator[Seen]:
    """Sentences in which something is done, `does`, with all these ideas; `source` may stand in the one before."""
    if not isinstance(model, AgentText | AgentTool):
        return
    text = _read(model)
    ideas = (*here, does) if source is None else (*here, does, source)
    if not all(text.pieces.narrowed(one) for one in ideas):
        return
    some = min((text.pieces.narrowed(one).numbers() for one in (*here, does)), key=len)
    for at in some:
        if not all(text.find(one, at) for one in here):
            continue
        match = text.find(does, at)
        said = text.sentences[at]
        if match is not None and (
            source is None or text.find(source, at) or (said.follows and text.find(source, at - 1))
        ):
            yield _seen(model, said, match)


class _Text:
    """The sentences of a model, and what was found in them: several controls ask for the same ideas."""

    def __init__(self, model: AgentText | AgentTool) -> None:
        self.sentences = tuple(_split(model))
        self.pieces = Pieces(one.low for one in self.sentences)
        self._found = dict[tuple[int, int], re.Match[str] | None]()

    def find(self, idea: Expression, at: int) -> re.Match[str] | None:
        """Where in a sentence it is."""
        narrowed = self.pieces.narrowed(idea)
        if not narrowed.may_be_at(at):
            return None
        key = (id(idea), at)
        if key not in self._found:
            self._found[key] = narrowed.search(at, self.sentences[at].text)
        return self._found[key]


@lru_cache(maxsize=2)
def _read(model: AgentText | AgentTool) -> _Text:
    return _Text(model)


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
    return _read(model).sentences


def _split(model: AgentText | AgentTool) -> Iterator[Sentence]:
    follows = False
    for passage in passages(model):
        if not passage.own:
            follows = False
            continue
        begins = [0, *(one.end() for one in _ENDS.finditer(passage.text))] if not passage.code else [0]
        for start, end in zip(begins, [*begins[1:], len(passage.text)], strict=True):
            if start >= passage.own:
                break
            text = passage.text[start:end]
            yield Sentence(passage, start, text, text.lower(), follows)
            follows = True


_ENDS = re.compile(r"[.!?]['\")*_]{0,3}\s+(?=[^a-z\s])|[\u3002\uff01\uff1f]|;\s+")
_NOT_BEFORE = re.compile(
    r"(?:\b(?:never|not|cannot|nicht|niemals|nie|keine?[nmrs]?|nunca|jam\xe1s|jamais|\u043d\u0435"
    r"|\u043d\u0438\u043a\u043e\u0433\u0434\u0430|non|mai|n\xe3o|nor|refuse|avoid|instead\s+of|rather\s+than)\b"
    r"|(?:^|[.,;:]\s*)no\b|n['\u2019]t\b|\bn['\u2019]|\u4e0d\u8981|\u8bf7\u52ff|\u5207\u52ff|\u4e0d\u5f97|\u7981\u6b62"
    r"|\u522b|\u52ff)[^,;:\uff0c\uff1b\uff1a]{0,40}$",
    re.IGNORECASE,
)
_NOT_BEHIND = re.compile(
    r"[^,;:.\uff0c\uff1b\uff1a\u3002\u3001]{0,14}(?:\u306a\u3044\u3067|\u307e\u305b\u3093|\u3066\u306f\u3044\u3051"
    r"|\u7981\u6b62|\b(?:nicht|niemals)\b|\bne\s+\w+\s+pas\b)"
    r"|[^\u3002]{0,40}(?:\u63a8\u5968\u3057\u306a\u3044|\u3079\u304d\u3067(?:\u306f)?\u306a\u3044"
    r"|\u3066\u306f\u306a\u3089\u306a\u3044|\u306a\u3044\u3053\u3068)|\s+(?:rien|pas|jamais)\b",
    re.IGNORECASE,
)
