"""What an examination of dependencies gives: findings with their places, and what could not be examined."""

from ringfence.advisories.pins import Lock
from ringfence.controls.control import Severity
from ringfence.dataclasses import dataclass

#: Every rule and what it says, in the order of their weight.
RULES: dict[str, str] = {
    "malicious-package": "A package is on record as malicious.",
    "known-vulnerability": "An advisory covers the version that is pinned.",
    "lookalike-name": "A name is confusingly like that of a popular package.",
    "extra-index": "Packages may come from more than one place, so that a stranger can answer for a private name.",
    "dependency-outside-index": "A package comes from a file, a folder, a repository or an address of its own.",
    "unpinned-dependency": "A package has no exact version.",
    "unhashed-dependency": "A package has no SHA-256 or longer hash.",
    "missing-lock": "Packages are named, and no lock pins them.",
    "unreadable-lock": "A lock, or a line of it, cannot be read.",
    "unlocked-package": "A vendored package is not the one that the lock names.",
    "unjudged-advisory": "An advisory names the package, and its range cannot be compared with the version.",
    "source-only-dependency": "A package comes only as source, whose build runs code at install.",
    "yanked-dependency": "The author has taken the version back.",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class DependencyFinding:
    """`path` is relative to the plugin, `line` 1-based or 0; `package` is "name==version", "name" or "".

    `ids` are the advisories' identifiers, the first the one to name.
    """

    rule: str
    severity: Severity
    path: str
    line: int
    message: str
    hint: str
    package: str
    ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Examination:
    """All that was found. `unexamined` are sentences: what could not be looked at, never to be read as "all good".

    `warnings` are sentences about the data, such as its age.
    """

    findings: tuple[DependencyFinding, ...]
    unexamined: tuple[str, ...]
    warnings: tuple[str, ...]
    locks: tuple[Lock, ...]
