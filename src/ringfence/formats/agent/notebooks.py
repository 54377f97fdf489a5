"""Notebooks beside a skill: the code of their cells, each line where it stands in the file."""

import json
import re

from ringfence.formats.agent.texts import TextOfAgent
from ringfence.formats.document import Patch, Read, Subject


class Notebook(TextOfAgent):
    """A notebook, read as the program that its cells of code are."""

    def __init__(self, text: str, file: str, read: Read) -> None:
        super().__init__(_code(text), file, read)
        self.text, self._lines = text, text.split("\n")

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """Nothing: what is read of it is not as it is written."""
        return Patch(edits=(), left=(("lines", "this needs a decision"),))


def _code(text: str) -> str:
    """The lines of cells of code; nothing of any other line."""
    said, code, inside = list[str](), False, False
    for line in text.split("\n"):
        kind = _KIND.search(line)
        if kind is not None:
            code = kind[1] == "code"
        begins = _SOURCE.search(line)
        inside = inside or begins is not None
        rest = line[begins.end() :] if begins is not None else line
        said.append("; ".join(map(_plain, _STRING.findall(rest))) if inside and code else "")
        if inside and _ENDS.search(_STRING.sub("", rest)):
            inside = False
    return "\n".join(said)


def _plain(written: str) -> str:
    """A line as it stands in its cell; what a shell is given is a call."""
    try:
        line = str(json.loads(written)).rstrip("\n")
    except ValueError:
        return ""
    if line.lstrip().startswith("!"):
        return f"os.system({line.lstrip()[1:]!r})"
    return "" if line.startswith("%") else line


_KIND = re.compile(r'"cell_type"\s*:\s*"(\w+)"')
_SOURCE = re.compile(r'"source"\s*:\s*(?:\[|(?="))')
_STRING = re.compile(r'"(?:[^"\\]|\\.){0,8000}"')
_ENDS = re.compile(r"\]|\}")
