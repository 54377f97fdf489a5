"""Shell scripts, the scripts of package.json, and what can be read of a compiled file."""

import json
import re

from ringfence.programs.seen import INSTALL, Facts, Seen
from ringfence.programs.shell import harms, is_incomplete
from ringfence.programs.texts import odd
from ringfence.programs.words import COLLECTORS, MINERS

_HOOKS = (
    "preinstall",
    "install",
    "postinstall",
    "prepare",
    "prepublish",
    "preuninstall",
    "postuninstall",
    "prepublishOnly",
)
_FETCHES = re.compile(r"\b(?:curl|wget|fetch|nc|ncat|ssh|scp|rsync|ftp)\b")
_PRINTABLE = re.compile(rb"[\x20-\x7e]{6,}")
_MOST = 4 << 20


def shell_facts(path: str, data: bytes) -> Facts:
    """What a shell script does."""
    text = data.decode("utf-8", "replace")
    said = [(rule, text.count("\n", 0, at) + 1, what) for rule, at, what in harms(text)]
    seen = tuple(
        Seen("net", path, text.count("\n", 0, one.start()) + 1, "script", name=one[0])
        for one in _FETCHES.finditer(text)
    )
    return Facts(
        path,
        "shell",
        seen[:50],
        (*said, *odd(text)),
        frozenset(),
        "it is too long to be read whole" if is_incomplete(text) else "",
    )


def package_facts(path: str, data: bytes) -> Facts:
    """What installing an npm package runs."""
    text = data.decode("utf-8", "replace")
    try:
        scripts = json.loads(text).get("scripts", {})
    except (ValueError, AttributeError, RecursionError):
        return Facts(path, "json", (), (), frozenset(), "it is no JSON object that can be read")
    said, seen = list[tuple[str, int, str]](), list[Seen]()
    for name, command in scripts.items() if isinstance(scripts, dict) else ():
        if not isinstance(command, str):
            continue
        line = text.count("\n", 0, max(text.find(f'"{name}"'), 0)) + 1
        said += [(rule, line, f"script {name}: {what}") for rule, _, what in harms(command)]
        if name in _HOOKS:
            seen.append(Seen("process", path, line, INSTALL, detail=command, name=f"script {name}"))
            if re.search(r"\bnode\s+-e\b|\bpython3?\s+-c\b|\beval\b", command) or _FETCHES.search(command):
                said.append(("install-code", line, f"script {name} runs {command[:80]}"))
    return Facts(path, "json", tuple(seen), tuple(said), frozenset())


def binary_facts(path: str, data: bytes) -> Facts:
    """The texts in a compiled file: that is all that can be said of it here."""
    texts = b"\n".join(_PRINTABLE.findall(data[:_MOST])).decode("ascii")
    said = [("native-file", 0, "compiled code, of which only texts could be read")]
    if MINERS.search(texts):
        said.append(("miner", 0, "a compiled file that holds the addresses of miners' pools"))
    elif COLLECTORS.search(texts) or "/dev/tcp/" in texts:
        said.append(("exfiltration-address", 0, "a compiled file that holds the address of a collector"))
    return Facts(path, "binary", (), tuple(said), frozenset())
