"""The files of a tree that Terraform reads: parsed once, and who calls whom."""

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath

from ringfence.formats.document import Read
from ringfence.formats.hcl import HclFile, parse, parse_json

_LOCAL = re.compile(r'source"?[ \t]*[=:][ \t]*"(\.{1,2}/[^"\n]*)"')
_ENDS = (".tf", ".tf.json", ".tofu", ".tofu.json")
#: Files of one folder that are read, and callers above each other that are looked for.
MAX_FILES = 1000
MAX_CALLERS = 50


class Sources:
    """Folders of configuration files, through a `Read`. `changed` are texts that stand for those on disk."""

    def __init__(self, read: Read, changed: Mapping[str, str]) -> None:
        self._read, self._changed = read, dict(changed)
        self._files = dict[str, HclFile | None]()
        self._folders = dict[str, list[HclFile]]()
        self._callers: dict[str, set[str]] | None = None

    def text(self, file: str) -> str | None:
        """A file of the tree."""
        return self._changed[file] if file in self._changed else self._read(file)

    def folder(self, folder: str) -> list[HclFile]:
        """The configuration files of a folder, in the order in which Terraform reads them."""
        if folder not in self._folders:
            paths = [file for file in self._names(folder) if file.endswith(_ENDS)]
            self._folders[folder] = [one for path in paths if (one := self._parsed(path)) is not None]
        return self._folders[folder]

    def values(self, folder: str) -> list[HclFile]:
        """The files of values that a root in this folder takes by itself, in their order."""
        names = self._names(folder)
        plain = [n for n in names if n.rpartition("/")[2] in ("terraform.tfvars", "terraform.tfvars.json")]
        auto = [n for n in names if n.endswith((".auto.tfvars", ".auto.tfvars.json"))]
        return [one for path in [*plain, *auto] if (one := self._parsed(path)) is not None]

    def roots(self, folder: str) -> list[str]:
        """The folders that lead to this one through calls and are called by none; itself where nobody calls it."""
        callers = self._all_callers()
        found, waiting, seen = list[str](), [folder], {folder}
        while waiting and len(seen) < MAX_CALLERS:
            at = waiting.pop()
            above = callers.get(at, set()) - {at}
            if not above:
                found.append(at)
            waiting += sorted(above - seen)
            seen |= above
        # Folders that only call each other have no root: then it is one of them, the same for all.
        return sorted(found) or [min(seen)]

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder; none where nobody can say."""
        at = "" if folder in ("", ".") else folder
        listed = set(self._read.names(at) if hasattr(self._read, "names") else ())
        return sorted(listed | {file.rpartition("/")[2] for file in self._changed if dirname(file) == at})

    def _parsed(self, path: str) -> HclFile | None:
        if path not in self._files:
            text = self.text(path)
            reader = parse_json if path.endswith(".json") else parse
            self._files[path] = None if text is None else reader(text, path)
        return self._files[path]

    def _names(self, folder: str) -> list[str]:
        return [join("" if folder == "." else folder, name) for name in self.names(folder)[:MAX_FILES]]

    def _all_callers(self) -> dict[str, set[str]]:
        if self._callers is None:
            self._callers = {}
            folders = list(self._read.folders(_ENDS)) if hasattr(self._read, "folders") else []
            for folder in folders:
                for called in self._called_from(folder):
                    self._callers.setdefault(called, set()).add(normpath(folder) if folder else ".")
        return self._callers

    def _called_from(self, folder: str) -> Iterator[str]:
        """The folders of the modules that the files of a folder call by a local path."""
        for path in self._names(folder):
            text = (self.text(path) or "") if path.endswith(_ENDS) else ""
            for found in _LOCAL.finditer(text) if "module" in text else ():
                yield normpath(join(folder, found[1]))
