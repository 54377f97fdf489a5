"""Commands that a model runs, for the controls that judge them."""

from collections.abc import Callable, Iterator

from ringfence.models.build import Build
from ringfence.models.service import Service
from ringfence.shellwords import commands

_BEFORE = frozenset({"sudo", "exec", "env", "time", "nice", "nohup", "command", "doas"})

Commands = tuple[tuple[str, ...], ...]


def runs(model: Service | Build) -> Iterator[tuple[Callable[[int], str], Commands]]:
    """Commands that run one after another, and what gives the model path of each by its number."""
    if isinstance(model, Build):
        for number, one in enumerate(model.instructions):
            if one.commands:
                yield _numbered(number), one.commands
        return
    for index, word in enumerate(model.command):
        if any(character in word for character in " \t\n|;"):
            yield _fixed(f"command[{index}]"), tuple(one.words for one in commands(word))


def program(words: tuple[str, ...]) -> str:
    """The name of the program that a command starts, without `sudo` and the like, and without its folder."""
    at = 0
    while at < len(words) - 1 and (words[at] in _BEFORE or (at and (words[at].startswith("-") or "=" in words[at]))):
        at += 1
    return words[at].rpartition("/")[2]


def is_download(words: tuple[str, ...]) -> bool:
    """Whether a command fetches something from the network to its output."""
    return program(words) in ("curl", "wget", "fetch", "aria2c", "http", "https")


def _numbered(number: int) -> Callable[[int], str]:
    return lambda index: f"instructions[{number}].commands[{index}]"


def _fixed(path: str) -> Callable[[int], str]:
    return lambda index: path
