"""What lies beside a skill and is no Markdown: texts, tables and data that its own text has the agent follow.

Only what that text points to is read; the data of a skill about attacks is not what it tells the agent to do.
"""

import re
from collections.abc import Callable

from ringfence.formats.agent.texts import TextOfAgent
from ringfence.formats.document import Patch, Read, Subject

_MOST = 256 << 10
#: Who reads of attacks, or tests for them, has lists of what attackers say.
_OF_ATTACKS = re.compile(
    r"inject|jailbreak|red.?team|attack|phish|malicious|scam|fraud|securit|pentest|exploit|threat|vulnerab|moderat",
    re.IGNORECASE,
)
_TESTS = re.compile(r"(?:^|/)(?:tests?|__tests__|fixtures|evals?|node_modules)/", re.IGNORECASE)


class AssetOfSkill(TextOfAgent):
    """A file of texts that a skill points to; nothing of any other."""

    def __init__(self, text: str, file: str, read: Read) -> None:
        followed = len(text) <= _MOST and is_followed(file, read)
        super().__init__(_plain(text, file) if followed else "", file, read)
        self.text, self._lines = text, text.split("\n")
        if not followed:
            self.subjects = ()

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """Nothing: what is read of it is not as it is written."""
        return Patch(edits=(), left=(("lines", "this needs a decision"),))


def is_followed(file: str, read: Read) -> bool:
    """Whether the skill that a file lies below points to it, and is about no attacks."""
    if _TESTS.search(file):
        return False
    folder = file
    while folder:
        folder = folder.rpartition("/")[0]
        told = read(f"{folder}/SKILL.md".lstrip("/"))
        if told is not None:
            path = file.removeprefix(folder).lstrip("/")
            named = path in told or path.rpartition("/")[2] in told
            inside = "/" in path and path.rpartition("/")[0] + "/" in told
            return (named or inside) and _OF_ATTACKS.search("\n".join(told.split("\n")[:12])) is None
    return False


def _plain(text: str, file: str) -> str:
    """Its sentences, each on the line where it stands."""
    ending = file.rpartition(".")[2].lower()
    as_text = _READ.get(ending, _of_text)
    return "\n".join(as_text(line) for line in text.split("\n"))


def _of_text(line: str) -> str:
    return _BOX.sub("- ", line)


def _of_json(line: str) -> str:
    said = (one.replace("\\n", " ").replace('\\"', "'") for one in _STRING.findall(line))
    return ". ".join(one.rstrip(".") for one in said if one.count(" ") > 2)


def _of_table(line: str) -> str:
    return line.replace('""', "'").replace('"', "")


def _of_tags(line: str) -> str:
    return _TAG.sub(" ", line)


def _of_settings(line: str) -> str:
    if line.lstrip().startswith("#"):
        return ""
    value = _KEY.sub("", line).strip()
    return value.strip("\"'") if value.count(" ") > 2 else ""


_BOX = re.compile(r"^\s*\[[ xX*]?\]\s*")
_STRING = re.compile(r'"((?:[^"\\]|\\.){8,4000})"')
_TAG = re.compile(r"<[^>\n]{0,300}>")
_KEY = re.compile(r"^\s*(?:-\s+)?(?:[\w.\"'-]{1,60}\s*[:=]\s*(?=\S)[|>]?)?")
_READ: dict[str, Callable[[str], str]] = {
    "json": _of_json,
    **dict.fromkeys(("csv", "tsv"), _of_table),
    **dict.fromkeys(("xml", "html", "htm"), _of_tags),
    **dict.fromkeys(("yaml", "yml", "toml"), _of_settings),
}
