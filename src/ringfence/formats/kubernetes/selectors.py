"""Label selectors as kubectl and Kustomize spell them: `app=web,tier!=db,env in (a, b),!legacy`."""

import re

from ringfence.formats.kubernetes.nodes import Pairs, text

_TERM = re.compile(r"\s*(?:[^,(]|\([^)]*\))+")
_SET = re.compile(r"(\S+)\s+(in|notin)\s+\(([^)]*)\)")
MAX_CHARS = 4096


def selects(selector: str, labels: Pairs) -> bool | None:
    """Whether labels (or annotations) satisfy a selector; None for one that is not understood."""
    if len(selector) > MAX_CHARS:
        return None
    found = [_holds(term.strip(), labels) for term in _TERM.findall(selector)]
    return None if None in found else all(found)


def _holds(term: str, labels: Pairs) -> bool | None:
    member = _SET.fullmatch(term)
    if member is not None:
        name, word, values = member.groups()
        is_one = name in labels and text(labels, name) in {one.strip() for one in values.split(",")}
        return is_one if word == "in" else not is_one
    for sign in ("!=", "==", "="):
        name, found, wanted = term.partition(sign)
        if found:
            is_equal = name.strip() in labels and text(labels, name.strip()) == wanted.strip()
            return is_equal is not (sign == "!=")
    if " " in term or not term:
        return None
    return term[1:].strip() not in labels if term.startswith("!") else term in labels
