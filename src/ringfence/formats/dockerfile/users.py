"""Which ids the users and groups have that the commands of a build make."""

from collections.abc import Mapping

from ringfence.dataclasses import dataclass, field

_WITH_VALUE = frozenset("ugGdscpkefKbhCZ")
_LONG_WITH_VALUE = frozenset(
    "--uid --gid --groups --home --home-dir --shell --comment --gecos --ingroup --password --base-dir --skel"
    " --expiredate --inactive --firstuid --lastuid".split()
)
_USERS = frozenset({"useradd", "adduser"})
_GROUPS = frozenset({"groupadd", "addgroup"})
#: The highest number that is taken for an id: what is longer is none.
_MAX_DIGITS = 18


@dataclass(slots=True)
class Accounts:
    """Ids by name; `root` is known everywhere."""

    users: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)

    def copy(self) -> "Accounts":
        """Another one that knows the same."""
        return Accounts(dict(self.users), dict(self.groups))

    def note(self, words: tuple[str, ...]) -> None:
        """Learn what `useradd -u 1000 app`, `addgroup -g 1000 app` and their kin say."""
        for at, word in enumerate(words[:2]):
            name = word.rpartition("/")[2]
            if name in _USERS or name in _GROUPS:
                made, id = _made(words[at + 1 :], "u" if name in _USERS else "g")
                if made and id is not None:
                    (self.users if name in _USERS else self.groups)[made] = id
                return


def id_of(name: str, known: Mapping[str, int]) -> int | None:
    """The id of a user or group as USER names it; None where only the image knows."""
    if name == "root":
        return 0
    return number(name) if name.isdecimal() else known.get(name)


def number(text: str) -> int | None:
    """A decimal number that is short enough to be an id."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS else None


def _made(arguments: tuple[str, ...], letter: str) -> tuple[str, int | None]:
    """The name that is made, and the id that the option `-u` or `-g` gives it."""
    names, id, awaited = list[str](), None, ""
    for word in arguments:
        if awaited:
            id = number(word) if awaited == letter else id
            awaited = ""
        elif word.startswith("--"):
            option, equals, value = word.partition("=")
            is_id = option == ("--uid" if letter == "u" else "--gid")
            if equals:
                id = number(value) if is_id else id
            elif option in _LONG_WITH_VALUE:
                awaited = letter if is_id else "-"
        elif word.startswith("-") and len(word) > 1:
            at = next((at for at, one in enumerate(word) if one in _WITH_VALUE), 0)
            if at and at < len(word) - 1:
                id = number(word[at + 1 :]) if word[at] == letter else id
            elif at:
                awaited = word[at]
        else:
            names.append(word)
    return (names[0] if names else ""), id
