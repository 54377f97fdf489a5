"""A call of a module of the registry, read as if it were the resource that the module makes."""

import re
from collections.abc import Mapping, Set

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.view import Found, View

#: A version that bounds what may be taken: "3.7.0", "~> 3.7.0", "~> 3.7".
_VERSION = re.compile(r"\s*(~>|=|)\s*v?([0-9]{1,4})\.([0-9]{1,4})(\.[0-9]+)?\s*")


class Inputs(View):
    """Attributes are inputs, under the names of `renamed` (apart by spaces where versions differ). What is not passed
    is null where `null` names it, else it is not known. `part`: which module inside of it is called; `asked`: its
    version."""

    __slots__ = ("asked", "null", "part", "renamed")

    def __init__(
        self, view: View, renamed: Mapping[str, str], null: Set[str], *, part: str = "", asked: str = ""
    ) -> None:
        super().__init__(view.file, view.start, view.end, view.names, body=view.body)
        self.renamed, self.null, self.part = renamed, null, part
        self.asked = asked or super().find("version").value

    def older(self, major: int, minor: int = 0) -> bool:
        """Whether only versions before this one can be meant."""
        match = _VERSION.fullmatch(self.asked) if isinstance(self.asked, str) else None
        if match is None:
            return False
        most = (int(match[2]), int(match[3]))
        if match[1] == "~>" and not match[4]:
            return most[0] < major
        return most < (major, minor)

    def find(self, path: str) -> Found:
        """An input; not known where it is not passed."""
        some = [super(Inputs, self).find(name) for name in self.renamed.get(path, path).split()]
        found = next((one for one in some if one.there), some[0])
        if found.there or path in self.null or path.partition(".")[0] in self.null:
            return found
        return Found(Unknown(), False, False, -1, -1, None)

    def blocks(self, kind: str) -> tuple[list[View], bool]:
        """Blocks are passed as objects, under names of the module's own."""
        first = kind.partition(".")[0]
        passed = self.body is not None and (
            first in self.body.attributes or any(one.type == first for one in self.body.blocks)
        )
        return super().blocks(kind) if passed else ([], first in self.null)
