"""Where a shell or another interpreter gets its program from, for the controls that judge it."""

import re

from ringfence.controls.commands.shell import Words
from ringfence.shellwords import script_of

_FETCH = re.compile(r"\b(curl|wget|iwr|irm|Invoke-WebRequest|Invoke-RestMethod|DownloadString)\b", re.IGNORECASE)
_SHELL = re.compile(r"(ba|da|a|z|k|mk)?sh")
_INTERPRETER = re.compile(r"python[0-9.]*|perl|ruby|node|nodejs|php[0-9.]*")
_OF_SHELL = re.compile(r"-[a-z]*c")
_OF_INTERPRETER = re.compile(r"-[a-zA-Z]*[cmeEprn]|--(eval|print|run)")
_POWERSHELL = frozenset({"iex", "invoke-expression"})


def reads_program(name: str, words: Words) -> bool:
    """Whether an interpreter runs what comes in: it is given no program in an option or a file."""
    if name.lower() in _POWERSHELL:
        return True
    if _SHELL.fullmatch(name) is None and _INTERPRETER.fullmatch(name) is None:
        return False
    for word in words[1:]:
        if word in ("-", "/dev/stdin", "--") or (word == "-s" and _SHELL.fullmatch(name)):
            return True
        if not word.startswith("-"):
            return False
        if (_OF_SHELL if _SHELL.fullmatch(name) else _OF_INTERPRETER).match(word):
            return False
    return True


def takes_download(name: str, words: Words) -> bool:
    """Whether the program itself, not an argument of it, is what a download gives."""
    if name.lower() in _POWERSHELL:
        return any(_FETCH.search(word) for word in words[1:])
    script = script_of(words)
    if script is None:
        takes = name in (".", "source") or _SHELL.fullmatch(name) or _INTERPRETER.fullmatch(name)
        script = next((at for at in range(1, len(words)) if not words[at].startswith("-")), None) if takes else None
    return script is not None and words[script].startswith(("$(", "`", "<(")) and bool(_FETCH.search(words[script]))
