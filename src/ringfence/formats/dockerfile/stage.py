"""One stage of a build: what its instructions have set so far, and what they take from an earlier stage."""

import re

from ringfence.dataclasses import dataclass, field
from ringfence.formats.dockerfile.arguments import Word
from ringfence.formats.dockerfile.lines import Raw
from ringfence.formats.dockerfile.scripts import POSIX, WINDOWS, Shell, name_of
from ringfence.formats.dockerfile.users import Accounts
from ringfence.models.service import Image

# What an image for Windows has in its name or tag.
_WINDOWS = re.compile(r"(^|[/._-])(windows|windowsservercore|servercore|nanoserver)([/._-]|$)", re.IGNORECASE)
# Images that say that their own user is not root: by their tag, or by where they come from.
_UNPRIVILEGED = re.compile(r"non-?root|unprivileged|rootless|chiseled|^cgr\.dev/|^dhi\.io/|^(docker\.io/)?bitnami/")


@dataclass(slots=True)
class Variables:
    """What ENV and ARG say by name; None for what has no value that is known. ENV wins."""

    environment: dict[str, str | None] = field(default_factory=dict)
    arguments: dict[str, str | None] = field(default_factory=dict)

    def value(self, name: str) -> str | None:
        """A variable's value; None where it is not known."""
        return self.environment[name] if name in self.environment else self.arguments.get(name)

    def copy(self) -> "Variables":
        """Another one that holds the same."""
        return Variables(dict(self.environment), dict(self.arguments))


@dataclass(slots=True)
class Stage:
    """One FROM with what follows it. `parent` is the stage it is built from; None for an image.

    `user` is the last USER with its text, `health` the last HEALTHCHECK and whether it is a check; of this stage alone.
    `starts`: it says what the image starts.
    """

    raw: Raw
    name: str
    parent: "Stage | None"
    image: Image | None
    scratch: bool
    windows: bool
    variables: Variables
    accounts: Accounts
    shell: Shell
    user: tuple[Raw, str] | None = None
    health: tuple[Raw, bool] | None = None
    starts: bool = False

    def chain(self) -> "list[Stage]":
        """This stage, the one that it is built from, and so on down to one that is built from an image."""
        found, stage = list[Stage](), self
        while True:
            found.append(stage)
            if stage.parent is None:
                return found
            stage = stage.parent

    def set_shell(self, words: tuple[str, ...]) -> None:
        """SHELL: PowerShell and cmd mean Windows, but for the PowerShell of other systems."""
        self.shell = words
        self.windows = self.windows or name_of(words) in ("cmd", "powershell")


def opened(raw: Raw, name: str, parent: Stage | None, base: Word | None, image: Image | None, windows: bool) -> Stage:
    """A stage as FROM makes it: what an earlier one set holds in it, arguments too; a base image begins anew."""
    if parent is not None:
        variables, accounts = parent.variables.copy(), parent.accounts.copy()
        return Stage(raw, name, parent, None, parent.scratch, parent.windows, variables, accounts, parent.shell)
    said = base.text if base else ""
    windows = windows or _WINDOWS.search(said) is not None
    shell = WINDOWS if windows else POSIX
    return Stage(raw, name, None, image, said == "scratch", windows, Variables(), Accounts(), shell)


def may_be_unprivileged(reference: str) -> bool:
    """Whether a base image says of itself that it does not start as root."""
    return _UNPRIVILEGED.search(reference) is not None
