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
    """A glob as a regular expression: `*` stops at slashes, `**` between slashes does not."""
    parts, at = list[str](), 0
    while at < len(glob):
        if glob.startswith("**/", at) and (at == 0 or glob[at - 1] == "/"):
            parts.append("(?:.*/)?")
            at += 3
        elif glob.startswith("**", at) and at + 2 == len(glob) and (at == 0 or glob[at - 1] == "/"):
            parts.append(".*")
            at += 2
        else:
            said, at = _one(glob, at)
            parts.append(said)
    try:
        return re.compile("".join(parts), re.DOTALL)
    except re.error:
        return re.compile(re.escape(glob))


def _one(glob: str, at: int) -> tuple[str, int]:
    character = glob[at]
    if character == "*":
        while glob.startswith("*", at + 1):
            at += 1
        return "[^/]*", at + 1
    if character == "?":
        return "[^/]", at + 1
    if character == "[":
        end = glob.find("]", at + 2)
        if end > 0:
            inner = glob[at + 1 : end].replace("\\", "\\\\")
            return f"[{'^' + inner[1:] if inner[0] in '!^' else inner}]", end + 1
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
