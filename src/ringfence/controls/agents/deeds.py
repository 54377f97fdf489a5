"""What the programs in what an agent is given do: their flows, followed from where data comes from to where it goes.

Programs beside a skill, blocks of code in a text, commands that run by themselves: `ringfence.programs` reads them.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, wraps
from itertools import pairwise
from typing import NamedTuple

from ringfence.controls.agents.agentlines import (
    CHANNELS,
    CREDENTIALS,
    LAB,
    NETWORK,
    SINKS,
    Told,
    denied,
    is_titled,
    sought,
)
from ringfence.controls.agents.fetching import KNOWN, LOCAL
from ringfence.controls.agents.spelled import programs_in, spelled_out
from ringfence.controls.agents.staying import ASKS, is_told
from ringfence.controls.control import Decision, Fault, Severity
from ringfence.models.agent import AgentScript, AgentText, Hook, Launch
from ringfence.programs.judge.case import Said
from ringfence.programs.reading import read_alone


class Deed(NamedTuple):
    """What a program does: a rule of the readers, at a path of the model; `shown`: in a block of what is bad."""

    rule: str
    path: str
    message: str
    shown: bool


def also(faults: Callable[[Told], Iterable[Fault]], control: str, want: Decision) -> Callable[[Told], Iterator[Fault]]:
    """Faults by words, and behind them those by what programs do, on lines where words said nothing."""

    @wraps(faults)
    def both(model: Told) -> Iterator[Fault]:
        said = set[str]()
        for fault in faults(model):
            if fault.severity is not Severity.LOW:
                said.add(fault.path)
            yield fault
        for deed in deeds(model):
            judged = _JUDGED.get(deed.rule)
            told = deed.path in said or (deed.rule == "credential-theft" and said)
            if judged is not None and judged[0] == control and not told:
                said.add(deed.path)
                weight = Severity.LOW if deed.shown else judged[1]
                yield Fault(path=deed.path, found=deed.message[:160], want=want, severity=weight)

    return both


@lru_cache(maxsize=4)
def deeds(model: Told) -> tuple[Deed, ...]:
    """Everything that the programs of a model do."""
    return tuple(_deeds(model))


def _deeds(model: Told) -> Iterator[Deed]:
    if isinstance(model, AgentScript):
        language = _LANGUAGES.get(model.language)
        if language:
            text, shown = "\n".join(model.lines), _TEST.search(model.name) is not None
            yield from _weighed(model, _at(_read(model.name, language, text), 0, shown=shown))
    elif isinstance(model, Hook):
        found = _of_words(model.command.split(), model.command)
        yield from (Deed(one.rule, "command", one.message, False) for one in found)
    elif isinstance(model, Launch):
        found = _of_words(model.words, " ".join(model.words))
        yield from (Deed(one.rule, "words", one.message, False) for one in found)
    elif isinstance(model, AgentText) and any(line.lstrip()[:3] in ("```", "~~~") for line in model.lines):
        yield from _weighed(model, _of_blocks(model))


def _read(name: str, language: str, text: str) -> Iterator[Said]:
    """A program as it stands, and a shell's with its own words put in; most shell texts have nothing to look for."""
    if language == "shell" and _TELLING.search(text) is None:
        return
    if language == "shell":
        text = _SHELL_ITSELF.sub("sh", text)
    yield from read_alone(name, language, text)
    if language != "shell":
        return
    plain = spelled_out(text)
    if plain != text:
        yield from read_alone(name, language, plain)
    for first, inner, program in programs_in(text):
        for one in read_alone(name, _LANGUAGES[program], inner):
            yield one._replace(line=one.line + first)


def _at(found: Iterable[Said], first: int, *, shown: bool) -> Iterator[Deed]:
    for one in found:
        if not one.soft:
            yield Deed(one.rule, f"lines[{first + max(one.line - 1, 0)}]", one.message, shown)


def _weighed(model: AgentScript | AgentText, found: Iterable[Deed]) -> Iterator[Deed]:
    """Without what is honest in a skill; what is often honest weighs little."""
    for one in found:
        at = int(one.path[6:-1])
        line = model.lines[at] if at < len(model.lines) else ""
        if not _is_honest(model, one, line):
            yield one._replace(shown=one.shown or _is_light(model, one, line))


def _is_honest(model: AgentScript | AgentText, one: Deed, line: str) -> bool:
    """Whether nothing is wrong: a message to the user's own channel, packages by a lock, a secret of its own."""
    match one.rule:
        case "exfiltration-address":
            return not (SINKS.search(f"{line}\n{one.message}") or _is_theirs(model, one))
        case "credential-theft":
            return _asks_keyring(model)
        case "identity-beacon":
            return one.message.endswith("reports the user")
        case "persistence":
            return isinstance(model, AgentText)
        case _:
            return one.message.startswith("it installs packages") and "://" not in one.message


def _is_light(model: AgentScript | AgentText, one: Deed, line: str) -> bool:
    """Whether it is often honest: installers that many know, what stays on the machine, what asks before."""
    match one.rule:
        case "pipe-to-shell" | "downloaded-code":
            known = any(each.search(text) for each in (KNOWN, LOCAL) for text in (line, one.message))
            return known or (one.message == "what was downloaded is run" and _fetches_known(model))
        case "persistence":
            return next(sought(model, ASKS), None) is not None or is_told(model, line)
        case "rights-taken":
            return "NOPASSWD" in line and is_titled(model)
        case "credential-theft":
            return "gathered" in one.message and next(sought(model, NETWORK), None) is None
        case "reverse-shell" | "hidden-name" if isinstance(model, AgentText) and _of_attacks(model):
            gap = LAB.search(line) or _GAP.search(line)
            return gap is not None or one.message.startswith("whoever unpickles")
        case "keylogging":
            return "key" not in one.message and next(sought(model, NETWORK), None) is None
        case _:
            return False


def _of_attacks(model: AgentText) -> bool:
    """Whether a text says in its head that it is about attacks that one is allowed to make."""
    return any(_GAMES.search(line) for line in model.lines[:12])


_GAMES = re.compile(
    r"\b(?:ctf|capture[- ]the[- ]flag|pen[- ]?test\w*|penetration|red[- ]team\w*|offensive|exploit\w*|oscp"
    r"|bug[- ]bount\w+|privilege[- ]escalation|ethical[- ]hack\w*|hackthebox|security\s+(?:research|training|lab))\b",
    re.IGNORECASE,
)


#: An address that whoever uses it puts in.
_GAP = re.compile(r"/dev/tcp/(?:\$|<|\{|\[|[A-Z_]{4,}/)")


def _asks_keyring(model: AgentScript | AgentText) -> bool:
    """Whether what it sends comes from the system's own store of secrets, where a program keeps its own."""
    text = "\n".join(model.lines)
    return "keyring.get_password(" in text and CREDENTIALS.search(text) is None


def _fetches_known(model: AgentScript | AgentText) -> bool:
    """Whether all that is downloaded comes from where many get it."""
    lines = [line for line in model.lines if "http" in line and _FETCH.search(line)]
    return bool(lines) and all(KNOWN.search(line) or LOCAL.search(line) for line in lines)


def _is_theirs(model: AgentScript | AgentText, one: Deed) -> bool:
    """Whether a bare address, or somebody's own channel of a chat, stands in the text."""
    return any(CHANNELS.search(text) or _BARE.search(text) for text in (*model.lines, one.message))


def _of_words(words: Iterable[str], whole: str) -> Iterator[Said]:
    """A command: what a shell makes of it, and the program in one of its words."""
    some = tuple(words)
    if _CLONES.search(whole):
        yield Said("downloaded-code", "command", 1, "it fetches a repository and runs what is in it")
    yield from (one for one in _read("command", "shell", whole) if not one.soft)
    for before, word in pairwise(some):
        if before in ("-c", "-e", "--eval", "-p"):
            program = some[0].rpartition("/")[2]
            language = next((_LANGUAGES[name] for name in _PROGRAMS if name in program), "shell")
            text = word if " " in word or ";" in word else whole.partition(before)[2].strip().strip("\"'")
            for one in _read("command", language, text):
                if one.rule == "import-network":
                    yield one._replace(
                        rule="network-in-command", message=f"a program in a command uses the network: {one.message}"
                    )
                elif not one.soft:
                    yield one


def _of_blocks(model: AgentText) -> Iterator[Deed]:
    """Blocks of code whose language is named."""
    start, language, mark, shown = 0, "", "", False
    for at, line in enumerate(model.lines):
        begins = line.lstrip()[:3]
        if not mark and begins in ("```", "~~~"):
            mark, start = begins, at + 1
            named = line.lstrip()[3:].strip().lower().partition(" ")[0].strip("{}")
            language = _LANGUAGES.get(named, "")
            shown = any(_BAD.search(one) or denied(one) for one in model.lines[max(0, at - 4) : at])
        elif mark and begins == mark:
            mark = ""
            if language and at > start:
                text = "\n".join(model.lines[start:at])
                text = text if language == "shell" else _dedented(text)
                yield from _at(_read("block", language, text), start, shown=shown)


def _dedented(text: str) -> str:
    from textwrap import dedent

    return dedent(text)


_LANGUAGES = {
    **dict.fromkeys("py pyw python python3 ipynb".split(), "python"),
    **dict.fromkeys("sh bash zsh ksh command shell console makefile envrc".split(), "shell"),
    **dict.fromkeys("js mjs cjs jsx ts mts cts tsx javascript typescript node".split(), "javascript"),
    **dict.fromkeys("rb ruby rake rakefile".split(), "ruby"),
    **dict.fromkeys("pl pm perl".split(), "perl"),
    **dict.fromkeys("ps1 psm1 powershell pwsh".split(), "powershell"),
    **dict.fromkeys("cs csharp c#".split(), "csharp"),
    **dict.fromkeys("kt kts kotlin scala groovy gradle".split(), "kotlin"),
    **dict.fromkeys("rs rust".split(), "rust"),
    **dict.fromkeys("ex exs elixir".split(), "elixir"),
    "java": "java",
    "swift": "swift",
    "lua": "lua",
    "go": "go",
    "golang": "go",
    "php": "php",
}
#: The shell that runs it, named by a variable, where something is piped into it.
_SHELL_ITSELF = re.compile(r"(?<=\|)(?:\s*)\$[({]?SHELL[)}]?|(?<=\| )\$[({]?SHELL[)}]?")
_PROGRAMS = ("python", "node")
_BARE = re.compile(r"\b(?!0\.0\.0\.0|10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)(?:\d{1,3}\.){3}\d{1,3}\b")
#: A word that every harm in a shell's text needs.
_TELLING = re.compile(
    r"curl|wget|\bfetch\b|aria2c|lwp-request|\biwr\b|\birm\b|\biex\b|base64|base32|xxd|openssl|uudecode|gunzip|zcat"
    r"|=['\"]\w{1,9}['\"]{2}\w|\brev\b|/dev/|\$[{']?\w+[}]?\$|\$'|\$\(\s*(?:printf|echo)"
    r"|\bnc\b|n(?:et)?cat\b|socat|mkfifo|bash\s+-i|socket|telnet|\b(?:ftp|scp|rsync|dig|nslookup)\b|cron|systemctl"
    r"|systemd|launchctl|Launch(?:Agents|Daemons)|autostart|schtasks|\breg\s"
    r"|rc\b|profile|authorized_keys|customize|\.pth\b|\brm\s|\bdd\s|mkfs|shred|wipefs|\bfind\s|vssadmin|cipher|:\(\)"
    r"|setenforce|\bufw\b|iptables|auditd|auditctl|falco|mppreference|csrutil|spctl"
    r"|history|HISTFILE|netsh|chmod|useradd|adduser|usermod|passwd|visudo|NOPASSWD|sudoers|shadow|setcap|xmrig|stratum"
    r"|miner|nicehash|randomx|\b(?:python|node|perl|ruby)[0-9.]*\s+(?:-\w|<<|-\s)|powershell|pwsh",
    re.IGNORECASE,
)
_CLONES = re.compile(
    r"\bgit\s+clone\b.{0,200}(?:&&|;).{0,200}\b(?:npm\s+(?:i|ci|install|start)|node|python3?|make|sh|bash)\b"
)
_FETCH = re.compile(r"\b(?:curl|wget)\b")
_TEST = re.compile(r"(?:^|/)(?:tests?|__tests__|fixtures|examples?)/|(?:^|/)test_|\.test\.|\.spec\.")
_BAD = re.compile(
    r"\b(?:bad|wrong|attack(?:er)?s?|malicious|vulnerab\w+|insecure|unsafe|dangerous|detect\w*|red flags?"
    r"|suspicious|anti-?patterns?|exploits?)\b|\u274c",
    re.IGNORECASE,
)
_M, _H, _C = Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL
#: Which control a rule of the readers is of, and how bad it is there.
_JUDGED: dict[str, tuple[str, Severity]] = {
    "credential-theft": ("no-credential-access", _C),
    "environment-theft": ("no-exfiltration", _H),
    "identity-beacon": ("no-exfiltration", _M),
    "file-theft": ("no-exfiltration", _H),
    "exfiltration-address": ("no-exfiltration", _H),
    "network-in-command": ("no-exfiltration", _M),
    "dns-exfiltration": ("no-exfiltration", _H),
    "downloaded-code": ("no-download-and-run", _M),
    "pipe-to-shell": ("no-download-and-run", _H),
    "unpickles-network": ("no-download-and-run", _M),
    "install-code": ("no-download-and-run", _H),
    "native-memory": ("no-encoded-payloads", _H),
    "decoded-code": ("no-encoded-payloads", _H),
    "decoded-command": ("no-encoded-payloads", _H),
    "hidden-name": ("no-encoded-payloads", _H),
    "obfuscated": ("no-encoded-payloads", _H),
    "reverse-shell": ("no-remote-shells", _C),
    "remote-control": ("no-remote-shells", _C),
    "persistence": ("no-persistence", _M),
    "startup-code": ("no-persistence", _M),
    "keylogging": ("no-spying", _M),
    "clipboard-swap": ("no-spying", _C),
    "destructive": ("no-destructive-commands", _H),
    "encrypts-files": ("no-destructive-commands", _C),
    "rights-taken": ("no-permission-bypass", _M),
    "security-off": ("no-permission-bypass", _M),
    "miner": ("no-resource-theft", _H),
    "time-bomb": ("no-deception", _H),
}
