"""Where a damaged piece of HCL ends: counting brackets only."""

import re

_NEXT = re.compile(r'"(?:[^"\\\n]|\\[^\n])*"?|[()\[\]{}\n]|#[^\n]*|//[^\n]*|/\*(?:.*?\*/|.*)', re.DOTALL)
_CLOSES = {")": "(", "]": "[", "}": "{"}
_MARGIN = re.compile(r"[^\W\d][\w-]*[ \t]+(?:\"|\{)")
_MARGIN_LINE = re.compile(r"^[^\W\d][\w-]*(?:[ \t]+\"[^\"\n]*\")*[ \t]*\{", re.MULTILINE)
#: How far to look.
_FAR = 100_000


def margin(text: str, start: int) -> int:
    """The offset of the next line that begins a block at the left margin; the end where there is none."""
    found = _MARGIN_LINE.search(text, start)
    return found.start() if found else len(text)


def item_end(text: str, start: int) -> int | None:
    """The offset at which the item ends that `start` stands in: that of a newline, or of the `}` around it.

    None where the brackets do not fit, or something at the left margin begins before they do.
    """
    opened, limit = list[str](), min(len(text), start + _FAR)
    for found in _NEXT.finditer(text, start, limit):
        sign = found.group()
        if sign == "\n":
            if not opened:
                return found.start()
            if _MARGIN.match(text, found.end()):
                return None
        elif sign in "([{":
            opened.append(sign)
        elif sign in _CLOSES:
            if not opened:
                return found.start() if sign == "}" else None
            if opened.pop() != _CLOSES[sign]:
                return None
    return limit if limit == len(text) and not opened else None
