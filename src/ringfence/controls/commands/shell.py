"""Commands that a model runs, for the controls that judge them."""

import re
from collections.abc import Callable, Iterator

from ringfence.models.build import Build
from ringfence.models.service import Service
from ringfence.shellwords import commands

Words = tuple[str, ...]
Commands = tuple[Words, ...]

#: Programs that start another one, and which of their options have a value of their own.
_BEFORE: dict[str, frozenset[str]] = {
    "sudo": frozenset("-u -g -h -p -C -D -R -T --user --group --host --prompt --chdir".split()),
    "doas": frozenset({"-u", "-C"}),
    "env": frozenset({"-u", "--unset", "-C", "--chdir"}),
    "exec": frozenset({"-a"}),
    "nice": frozenset({"-n", "--adjustment"}),
    "xargs": frozenset("-I -L -P -a -d -n -s --max-args --max-procs --delimiter --arg-file".split()),
    "timeout": frozenset({"-s", "-k", "--signal", "--kill-after"}),
    "stdbuf": frozenset({"-i", "-o", "-e"}),
    **dict.fromkeys(("time", "nohup", "command", "builtin", "busybox", "setsid", "gosu", "su-exec"), frozenset()),
}
#: Those whose first word is not the program yet: a duration, a user.
_LEADING = frozenset({"timeout", "gosu", "su-exec"})
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_SCRIPT = re.compile(r"[ \t\n|;]")
_DOWNLOADS = frozenset("curl wget fetch aria2c http https lynx iwr irm invoke-webrequest invoke-restmethod".split())
_MAX_NESTED = 4


def runs(model: Service | Build) -> Iterator[tuple[Callable[[int], str], Commands]]:
    """Commands that run one after another, and what gives the model path of each by its number."""
    if isinstance(model, Build):
        for number, one in enumerate(model.instructions):
            if one.commands:
                yield _numbered(number), one.commands
        return
    for index, word in enumerate(model.command):
        if _SCRIPT.search(word):
            yield _fixed(f"command[{index}]"), tuple(one.words for one in commands(word))


def started(words: Words) -> Words:
    """The command that is run in the end: behind `sudo`, `env A=b`, `xargs -n1`, `find … -exec` and the like."""
    for _ in range(_MAX_NESTED):
        name = _name(words[0])
        rest = _behind_find(words) if name == "find" else _behind(words, name) if name in _BEFORE else ()
        if not rest:
            return words
        words = rest
    return words


def program(words: Words) -> str:
    """The name of the program that a command starts, without `sudo` and the like, and without its folder."""
    return _name(started(words)[0])


def is_download(words: Words) -> bool:
    """Whether a command fetches something from the network to its output."""
    return program(words).lower() in _DOWNLOADS or any(word.startswith(".DownloadString") for word in words)


def _name(word: str) -> str:
    return word.rpartition("/")[2]


def _behind(words: Words, name: str) -> Words:
    """What a program that starts another one is given to start; nothing where it is given none."""
    at, leading = 1, name in _LEADING
    while at < len(words):
        word = words[at]
        if word.startswith("-"):
            at += 2 if word in _BEFORE[name] else 1
        elif _ASSIGNMENT.match(word):
            at += 1
        elif leading:
            leading = False
            at += 1
        else:
            return words[at:]
    return ()


def _behind_find(words: Words) -> Words:
    for at, word in enumerate(words):
        if word in ("-exec", "-execdir", "-ok"):
            return words[at + 1 :]
    return ()


def _numbered(number: int) -> Callable[[int], str]:
    return lambda index: f"instructions[{number}].commands[{index}]"


def _fixed(path: str) -> Callable[[int], str]:
    return lambda index: path
