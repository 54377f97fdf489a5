"""Functions that search texts: regex, regexall and replace."""

import re

from ringfence.formats.hcl.functions import Function
from ringfence.formats.hcl.regexes import Groups, Regex, compiled
from ringfence.formats.hcl.values import MAX_TEXT, EvaluationError, TooMuchError, Value, Work, cost

_TEMPLATE = re.compile(r"\$(?:(\$)|\{(\w+)\}|(\w+))", re.ASCII)


def _value(regex: Regex, text: str, found: Groups) -> Value:
    """What Terraform makes of a match: a text, a list of groups or an object of named groups."""
    parts = [text[found[at] : found[at + 1]] if found[at] >= 0 else None for at in range(0, len(found), 2)]
    names = regex.names[1:]
    if not names:
        return parts[0]
    if all(names):
        return dict(zip(names, parts[1:], strict=True))
    if any(names):
        raise EvaluationError("a regular expression names some of its groups only")
    return list(parts[1:])


def _regex(work: Work, pattern: str, text: str) -> Value:
    regex = compiled(pattern)
    found = regex.search(text, 0, work)
    if found is None:
        raise EvaluationError("the regular expression does not match")
    return _value(regex, text, found)


def _regexall(work: Work, pattern: str, text: str) -> Value:
    regex = compiled(pattern)
    return [_value(regex, text, found) for found in regex.find_all(text, work)]


def _replace(work: Work, text: str, wanted: str, new: str) -> Value:
    if len(wanted) > 1 and wanted.startswith("/") and wanted.endswith("/"):
        return _substituted(work, compiled(wanted[1:-1]), text, new)
    if text.count(wanted) * len(new) > MAX_TEXT:
        raise TooMuchError("a text is too long")
    return text.replace(wanted, new)


def _substituted(work: Work, regex: Regex, text: str, new: str) -> Value:
    made, done, size = list[str](), 0, len(text)
    for found in regex.find_all(text, work):
        said = _TEMPLATE.sub(lambda one, at=found: _inserted(one, regex, text, at), new)  # type: ignore[misc]
        made += [text[done : found[0]], said]
        done = found[1]
        size += len(said)
        work.spend(cost(said))
        if size > MAX_TEXT:
            raise TooMuchError("a text is too long")
    return "".join([*made, text[done:]])


def _inserted(one: re.Match[str], regex: Regex, text: str, found: Groups) -> str:
    if one[1]:
        return "$"
    name = one[2] or one[3]
    if name.isdigit():
        index = int(name) if len(name) < 6 else len(regex.names)
    else:
        index = regex.names.index(name) if name in regex.names else len(regex.names)
    if index >= len(regex.names) or found[2 * index] < 0:
        return ""
    return text[found[2 * index] : found[2 * index + 1]]


TABLE = {
    "regex": Function(body=_regex, takes="ss", counts=True),
    "regexall": Function(body=_regexall, takes="ss", counts=True),
    "replace": Function(body=_replace, takes="sss", counts=True),
}
