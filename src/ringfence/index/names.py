"""Names that can be taken for one another: by sight, by separators, by a slip of the finger.

Pure functions over the names of an index; used before a new name is let in.
"""

import re

from ringfence.advisories.names import unified

_AFFIXES = ("plugin", "ringfence", "official", "python", "py", "lib", "cli", "tool", "js", "new")


def skeleton(name: str) -> str:
    """What is left of a name for an eye that reads quickly: no separators, look-alikes made one."""
    return unified(name.replace("-", ""))


def confusable(name: str, known: str) -> str:
    """Why two different names can be taken for one another; empty where they cannot."""
    if name == known:
        return ""
    if skeleton(name) == skeleton(known):
        return "looks the same"
    if _core(name) == _core(known):
        return "differs only by a word that says nothing"
    longest = max(len(name), len(known))
    if longest >= 5 and _distance_at_most(name.replace("-", ""), known.replace("-", ""), 2 if longest >= 12 else 1):
        return "differs by a slip of the finger"
    return ""


def _core(name: str) -> str:
    words = [word for word in re.split("-", name) if word not in _AFFIXES]
    return "-".join(words) or name


def _distance_at_most(one: str, other: str, limit: int) -> bool:
    """Whether the optimal string alignment distance is at most `limit`."""
    if abs(len(one) - len(other)) > limit:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before = before, row
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return False
    return row[-1] <= limit
