"""Which paths a `.gitignore` leaves out, after gitignore(5)."""

import re
from functools import lru_cache

MAX_BYTES = 256 * 1024
MAX_RULES = 5000


class Rules:
    """The rules of one file. Paths are relative to the folder that the file stands in, with forward slashes."""

    def __init__(self, text: str) -> None:
        self._rules = [rule for line in text.splitlines()[:MAX_RULES] if (rule := _rule(line)) is not None]

    def verdict(self, path: str, *, folder: bool) -> bool | None:
        """Whether the last rule that fits leaves the path out; None where none fits."""
        for pattern, kept, folders_only in reversed(self._rules):
            if (folder or not folders_only) and pattern.fullmatch(path):
                return not kept
        return None


def _rule(line: str) -> tuple[re.Pattern[str], bool, bool] | None:
    line = re.sub(r"(?<!\\) +$", "", line.rstrip("\r\n"))
    if not line or line.startswith("#") or len(line) > 1000:
        return None
    kept = line.startswith("!")
    line = line[1:] if kept else line
    folders_only = line.endswith("/")
    body = line.rstrip("/")
    if not body:
        return None
    anchored = "/" in body
    body = body.lstrip("/")
    return _pattern(body if anchored else f"**/{body}"), kept, folders_only


@lru_cache(maxsize=4096)
def _pattern(glob: str) -> re.Pattern[str]:
    """A glob as a regular expression: `*` stops at slashes, `**` between slashes does not.

    What stands between two stars is taken where it first fits, and never tried elsewhere (an atomic group): no fit is
    lost, as it has a fixed length, and no glob takes longer than its length times that of a path.
    """
    runs: list[list[str]] = [[]]
    for part in glob.split("/"):
        if part == "**":
            runs.append([])
        else:
            runs[-1].append(part)
    first, *others = [[_part(part) for part in run] for run in runs]
    said = "/".join(first) + ("/" if first and others else "")
    for number, run in enumerate(others, 1):
        if number < len(others):
            said += f"(?>(?:[^/]*/)*?{'/'.join(run)}/)" if run else ""
        else:
            said += f"(?:.*/)?{'/'.join(run)}" if run else ".*"
    try:
        return re.compile(said, re.DOTALL)
    except re.error:
        return re.compile(re.escape(glob))


def _part(glob: str) -> str:
    """What stands between two slashes."""
    runs, at = [""], 0
    while at < len(glob):
        if glob[at] == "*":
            runs += [""] if runs[-1] or len(runs) == 1 else []
            at += 1
        else:
            said, at = _one(glob, at)
            runs[-1] += said
    first, *others = runs
    return first + "".join(
        f"(?>[^/]*?{run})" if number < len(others) else f"[^/]*{run}" for number, run in enumerate(others, 1)
    )


def _one(glob: str, at: int) -> tuple[str, int]:
    character = glob[at]
    if character == "?":
        return "[^/]", at + 1
    if character == "[":
        end = glob.find("]", at + 2)
        if end > 0:
            inner = glob[at + 1 : end].replace("\\", "\\\\")
            return f"(?!/)[{'^' + inner[1:] if inner[0] in '!^' else inner}]", end + 1
    if character == "\\" and at + 1 < len(glob):
        return re.escape(glob[at + 1]), at + 2
    return re.escape(character), at + 1


def matches(glob: str, path: str) -> bool:
    """Whether a path fits a glob of the configuration, with the meaning it has in a `.gitignore`."""
    anchored = "/" in glob.rstrip("/")
    body = glob.strip("/")
    return _pattern(body if anchored else f"**/{body}").fullmatch(path) is not None or any(
        _pattern(body if anchored else f"**/{body}").fullmatch(path[:at]) for at in range(len(path)) if path[at] == "/"
    )
