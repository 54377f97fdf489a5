"""What controls of agents know of texts that are fetched into a file by one line, and followed by another."""

import re
from collections.abc import Iterator

from ringfence.controls.agents.agentlines import Told, passages
from ringfence.controls.agents.sentences import is_denied
from ringfence.models.agent import AgentText


def told_by_file(model: Told) -> Iterator[str]:
    """Where a text is followed that a command before had fetched into a file."""
    names = set[str]()
    for passage in passages(model) if isinstance(model, AgentText) else ():
        obeys = _DO_AS.search(passage.text[: passage.own]) if any(one in passage.text for one in names) else None
        if obeys is not None and not (passage.shown or is_denied(passage.text, obeys)):
            yield passage.path
        if "http" in passage.low:
            names |= {one for found in _INTO_TEXT.findall(passage.text) for one in found if one}


_INTO_TEXT = re.compile(
    r"\b(?:curl|wget)\b[^|;&\n]{0,300}?(?:-o\s*|-O\s+|--output[ =]|>\s*)([\w./~-]{2,80}\.(?:md|txt|prompt|json|ya?ml))"
    r"|\b(?:curl|wget)\b[^|;&\n]{0,80}?(?:-O|-LO|-sO|-OL|-sLO)\s+https?://\S{1,200}?/([\w.-]{2,60}\.(?:md|txt))"
)
_DO_AS = re.compile(
    r"\b(?:do|follow|obey|execute|carry\s+out|act\s+on|apply|perform)\b.{0,40}\b(?:what|whatever|exactly|every|each"
    r"|all|its|the)\b",
    re.IGNORECASE,
)
