"""Which files are Compose's: by their names, or by what stands in their first lines.

Lines are looked at one by one and nothing is parsed, so that a broken file is recognised too, and then told of.
"""

import re

_NAME = re.compile(r"(docker-?)?compose([\w.-]*)\.ya?ml|.+[._-](docker-?)?compose\.ya?ml", re.IGNORECASE)
_STEM = re.compile(r"(?:docker-?)?compose[._-]?(.*)\.ya?ml", re.IGNORECASE)
_FLOW = re.compile(r"""\b(image|build|extends)["']?[ \t]*:[ \t]*[^\s{]""")

#: Top-level keys of files that have services of another kind.
_OTHERS = frozenset(
    "apiVersion kind jobs on stages pipelines definitions AWSTemplateFormatVersion steps workflow before_script"
    " default trigger pool parameters resource_types".split()
)
_OURS = frozenset("image build extends container_name".split())


def by_name(name: str) -> bool:
    """Whether a file's name says that it is Compose's."""
    return _NAME.fullmatch(name) is not None


def is_addition(name: str) -> bool:
    """Whether a name is that of a file which is laid over another one: `compose.prod.yaml`."""
    match = _STEM.fullmatch(name)
    return match is not None and match[1] != ""


def by_content(head: str) -> bool:
    """Whether the beginning of a file has services with an image or a way to build one, and is nothing else."""
    look = _Look()
    for line in head.splitlines():
        word = line.lstrip(" \t")
        if not word or word.startswith(("#", "---", "%")):
            continue
        if line[0] not in " \t-":
            if _key(word) in _OTHERS:
                return False
            look.top(word)
        elif look.inside and not look.found:
            look.below(len(line) - len(word), word)
    return look.found


class _Look:
    """What was seen so far: whether we are below `services`, how deep services and their keys stand."""

    def __init__(self) -> None:
        self.inside = self.found = False
        self._service = self._inner = -1

    def top(self, word: str) -> None:
        """A line without indentation."""
        name, _, value = word.partition(":")
        self.inside = name.strip(" \t\"'{") == "services" and all(
            one[0] in "&!#{" for one in value.partition("#")[0].split()[:1]
        )
        self._service = self._inner = -1
        self.found = self.found or (self.inside and _FLOW.search(value) is not None)

    def below(self, depth: int, word: str) -> None:
        """A line below `services`."""
        if self._service < 0:
            self._service = depth
        if depth <= self._service:
            self.inside = not word.startswith("-")
            self._inner = -1
            self.found = "{" in word and _FLOW.search(word) is not None
            return
        if self._inner < 0:
            self._inner = depth
        self.found = depth == self._inner and _says_how(word)


def _says_how(word: str) -> bool:
    """Whether a key of a service says what it is made from: in one word, or in a mapping below `build`."""
    name, _, value = word.partition(":")
    if name.strip(" \t\"'") in ("build", "extends"):
        return True
    return _key(word) in _OURS and value.strip() != "" and not value.strip().startswith(("{", "#"))


def _key(word: str) -> str:
    return word.partition(":")[0].strip(" \t\"'")
