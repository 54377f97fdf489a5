"""The files that one Compose file leads to: each read and parsed once, and which node stands in which of them."""

import posixpath
from collections.abc import Mapping as Dict

from ringfence.formats.compose import dotenv
from ringfence.formats.document import Read
from ringfence.formats.yamltree import Broken, Mapping, Node, Sequence, YamlText, parse

MAX_FILES = 100


class Files:
    """`main` is the file that was asked for. Nothing is read but through `read`, and no more than MAX_FILES."""

    def __init__(self, main: str, parsed: YamlText, read: Read) -> None:
        self.main = main
        self.texts = {main: parsed.text}
        self.broken: dict[str, tuple[Broken, ...]] = {main: parsed.broken}
        self._read = read
        self._roots: dict[str, tuple[Node, ...] | None] = {main: _roots(parsed)}
        self._variables = dict[tuple[str, bool], dict[str, str] | None]()
        # By id: nodes of other files than the main one. They are kept, so that no id is used again.
        self._origins = dict[int, str]()
        self._kept = list[Node]()

    def roots(self, file: str) -> tuple[Node, ...] | None:
        """The documents of a file; None where it cannot be read."""
        if file not in self._roots:
            content = self.text(file)
            parsed = parse(content) if content is not None else None
            self._roots[file] = _roots(parsed) if parsed is not None else None
            if parsed is not None:
                self.texts[file] = parsed.text
                self.broken[file] = parsed.broken
                for root in _roots(parsed):
                    self._mark(root, file)
        return self._roots[file]

    def text(self, file: str) -> str | None:
        """The text of a file; None where it is not there or outside of what is audited."""
        if file.startswith(("/", "../")) or len(self._roots) + len(self._variables) >= MAX_FILES:
            return None
        return self._read(file)

    def variables(self, file: str, env: Dict[str, str], *, raw: bool = False) -> dict[str, str]:
        """The variables of an `.env`-like file; none where it cannot be read."""
        key = (file, raw)
        if key not in self._variables:
            content = self.text(file)
            said = None if content is None else dotenv.raw(content) if raw else dotenv.variables(content, env)
            self._variables[key] = said
        return self._variables[key] or {}

    def file_of(self, node: Node) -> str:
        """The file in which a node was written."""
        return self._origins.get(id(node), self.main)

    def made(self, node: Node, source: Node) -> None:
        """Note that a node was made from what stands where another one does."""
        file = self._origins.get(id(source))
        if file is not None:
            self._origins[id(node)] = file
            self._kept.append(node)

    def _mark(self, root: Node, file: str) -> None:
        waiting = [root]
        while waiting:
            node = waiting.pop()
            self._origins[id(node)] = file
            self._kept.append(node)
            if isinstance(node, Mapping):
                waiting += [one for pair in node.pairs for one in pair]
            elif isinstance(node, Sequence):
                waiting += node.items


def beside(file: str, path: str) -> str:
    """A path as it is meant in a file: relative to the file's folder."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), path))


def _roots(parsed: YamlText) -> tuple[Node, ...]:
    return tuple(one for one in parsed.documents if one is not None)
