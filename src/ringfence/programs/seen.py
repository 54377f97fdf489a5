"""What a reader of code saw at one place. Data between the readers and the judge."""

from typing import NamedTuple

EMPTY: frozenset[str] = frozenset()

#: Where code runs when it is only imported, or when its package is installed.
IMPORT = "import"
INSTALL = "install"
MAIN = "main"
#: The kind of what runs and could not be read: `detail` says why. It is unexamined.
UNREAD = "unread"


class Seen(NamedTuple):
    """One capability at one place.

    `kind` says which (`names.KINDS`, or a rule's id where the reader is sure); `where` is the function it stands in,
    or IMPORT, INSTALL, MAIN. `labels` say where what it is given comes from, `guards` what decides whether it happens;
    `detail` is the name, the address, the path or the command, as far as it is known, with NUL for what is not.
    """

    kind: str
    path: str
    line: int
    where: str
    labels: frozenset[str] = EMPTY
    guards: frozenset[str] = EMPTY
    detail: str = ""
    name: str = ""


class Facts(NamedTuple):
    """What was seen in one file, and what cannot be said of it. `odd` are (rule, line, message) that need no judge."""

    path: str
    language: str
    seen: tuple[Seen, ...]
    odd: tuple[tuple[str, int, str], ...]
    mentions: frozenset[str]
    unexamined: str = ""
