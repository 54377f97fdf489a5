"""Numbers as texts of a file say them. Digits of other scripts, and more of them than anybody means, are no number."""

import re

_WHOLE = re.compile(r"-?[0-9]{1,15}")


def whole(text: str) -> int | None:
    """A whole number; None where a text is none."""
    return int(text) if _WHOLE.fullmatch(text) else None


def span(first: str, last: str = "") -> tuple[int, int] | None:
    """A range of ports; None where one of its ends is no port. Without a last one it is the first alone."""
    low, high = whole(first.strip()), whole((last or first).strip())
    return None if low is None or high is None or min(low, high) < 0 else (low, high)


def ports_of(said: str, between: str = "-") -> tuple[tuple[int, int], ...]:
    """A range of ports as it is written ("22", "8000-8010"); none, which is every port, for a word or a number below
    0."""
    if said.startswith("-"):
        return ()
    first, _, last = said.partition(between)
    found = span(first, last)
    return () if found is None else (found,)
