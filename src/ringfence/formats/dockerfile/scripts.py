"""The commands that an instruction runs, and where each stands."""

import re

from ringfence.formats.dockerfile.lines import Raw
from ringfence.formats.dockerfile.words import exec_form, exec_spans, split
from ringfence.shellwords import MAX_CHARS, MAX_COMMANDS, SHELLS, Command, commands, script_of, windows_commands

#: How the shell of a stage is called: its name decides how its text is read.
Shell = tuple[str, ...]
POSIX: Shell = ("/bin/sh", "-c")
WINDOWS: Shell = ("cmd", "/S", "/C")

_WINDOWS = frozenset({"cmd", "powershell", "pwsh"})
_CMD = re.compile(r"CMD(?:\s+|$)", re.IGNORECASE)
_WITH_COMMANDS = frozenset({"RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"})


def commands_of(raw: Raw, begin: int, shell: Shell, text: str) -> list[Command]:
    """The simple commands of an instruction with offsets in the file; `begin` is where its flags end in its body."""
    if raw.keyword not in _WITH_COMMANDS:
        return []
    if raw.keyword == "HEALTHCHECK":
        match = _CMD.match(raw.body, begin)
        if match is None:
            return []
        begin = match.end()
    rest = raw.body[begin:]
    if not rest:
        return []
    array = exec_form(rest)
    if array is not None:
        return _of_array(raw, begin, array, rest)
    if raw.heredocs and raw.keyword == "RUN":
        return _of_heredocs(raw, begin, shell, text)
    return [
        Command(one.words, *raw.span(begin + one.offset, begin + one.end))
        for one in _read(rest, shell, raw.span(begin, len(raw.body)))
    ]


def is_cut(raw: Raw, found: list[Command]) -> bool:
    """Whether an instruction holds more than is read of it."""
    longest = max((one.end - one.start for one in raw.heredocs), default=0)
    return len(found) >= MAX_COMMANDS or longest > MAX_CHARS - len(raw.body) - 1


def name_of(shell: Shell) -> str:
    """`powershell` of `C:\\Windows\\…\\PowerShell.exe`."""
    return re.split(r"[\\/]", shell[0])[-1].lower().removesuffix(".exe") if shell else ""


def _read(text: str, shell: Shell, span: tuple[int, int]) -> tuple[Command, ...]:
    """The commands of a text by its shell; one that is no shell we know, say python, is one command."""
    name = name_of(shell)
    if name in SHELLS:
        return commands(text)
    if name in _WINDOWS:
        return windows_commands(text)
    return (Command((*shell, text), 0, len(text)),) if text.strip() else ()


def _of_array(raw: Raw, begin: int, array: tuple[str, ...], rest: str) -> list[Command]:
    """An array is one command; the text that it gives to a shell holds more."""
    if not array:
        return []
    found = [Command(array, *raw.span(begin, len(raw.body)))]
    script = script_of(array)
    reader = commands
    if script is None and len(array) > 2 and name_of(array) in _WINDOWS:
        script, reader = len(array) - 1, windows_commands
    if script is not None:
        start, end = exec_spans(rest)[script]
        found += [Command(one.words, *raw.span(begin + start, begin + end)) for one in reader(array[script])]
    return found


def _of_heredocs(raw: Raw, begin: int, shell: Shell, text: str) -> list[Command]:
    """A here-document alone is the script; beside a command it is what the shell makes of it."""
    rest, first = raw.body[begin:], raw.heredocs[0]
    if len(split(rest)) == 1:
        return _of_script(text[first.start : first.end], first.start, shell)
    whole = f"{rest}\n{text[first.start : raw.end]}"
    behind = first.start - len(rest) - 1
    found = list[Command]()
    for one in _read(whole, shell, (raw.start, raw.end)):
        if one.end <= len(rest):
            found.append(Command(one.words, *raw.span(begin + one.offset, begin + one.end)))
        else:
            start = raw.offset(begin + one.offset) if one.offset < len(rest) else behind + one.offset
            found.append(Command(one.words, start, max(behind + one.end, start + 1)))
    return found


def _of_script(script: str, offset: int, shell: Shell) -> list[Command]:
    """A script that may say which program reads it."""
    if script.lstrip("\t").startswith("#!"):
        line = script.lstrip("\t")[2:].split("\n", 1)[0]
        words = tuple(line.split())
        names = [word.rpartition("/")[2] for word in words]
        if words and not SHELLS.intersection(names):
            return [Command(words, offset, offset + script.index(line) + len(line))]
        shell = POSIX
    found = _read(script, shell, (offset, offset + len(script)))
    return [Command(one.words, offset + one.offset, offset + one.end) for one in found]
