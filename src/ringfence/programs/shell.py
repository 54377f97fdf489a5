"""Shell text: which of its commands do harm. For scripts, for what Python and JavaScript start, for package.json."""

import re
from collections.abc import Iterator, Sequence

from ringfence.programs.words import COLLECTORS, COMPLETION, LONGEST, MINERS, PERSISTENCE, credentials
from ringfence.shellwords import MAX_CHARS, MAX_COMMANDS, SHELLS, Command, commands

#: (rule, offset, what was found)
Harm = tuple[str, int, str]

_FETCHERS = frozenset("curl wget fetch aria2c http https lwp-request iwr irm".split())
_INTERPRETERS = SHELLS | frozenset("python python2 python3 perl ruby node php pwsh powershell".split())
_DECODERS = frozenset("base64 base32 xxd openssl uudecode gunzip zcat rev tr".split())
_SENDERS = frozenset("curl wget nc ncat netcat socat telnet ftp scp rsync http".split())
_CHECKERS = frozenset("sha256sum sha512sum sha1sum shasum gpg gpgv cosign minisign b2sum".split())
_READERS = frozenset("less more view bat vim vi nano emacs code".split())
_BEFORE = frozenset("sudo env nohup exec command time nice setsid busybox timeout stdbuf doas xargs".split())
_BROAD = re.compile(
    r"^(?:/|/\*|~|~/\*?|\$HOME/?\*?|\$\{HOME\}/?\*?|/home/?\*?|/root/?|/etc/?|/usr/?|/var/?|/boot/?|[a-z]:\\?\*?|\*)$",
    re.I,
)
_BOMB = re.compile(r":\(\)\s*\{\s*:\s*\|\s*:\s*&?\s*\}\s*;?\s*:|\bfork\(\)\s+while\s+fork\(\)")
_DEVICE = re.compile(
    r"/dev/tcp/|/dev/udp/|\b(?:nc|ncat|netcat)\b[^\n|;]{0,80}\s-[a-z]*[ec]\b|\bsocat\b[^\n]{0,120}\bexec:"
    r"|\bmkfifo\b[^\n]{0,200}\b(?:nc|ncat|telnet|openssl)\b|\bbash\s+-i\b[^\n]{0,40}>&"
)
_REMOTE_CODE = re.compile(
    r"\b(?:python[23]?|perl|ruby|php|node)\b[^\n]{0,40}-(?:c|e|r)\b[^\n]{0,400}\bsocket\b[^\n]{0,400}\b(?:dup2"
    r"|/bin/(?:ba)?sh|exec)",
    re.I,
)
_EVALUATED = re.compile(r"\b(?:eval|source|\.|(?:ba|z|da)?sh\s+-c)\s+[\"']?(?:\$\(|<\(|`)\s*(?:curl|wget|fetch)\b")
_SUBSTITUTED = re.compile(
    r"\b(?:ba|z|da|k)?sh\s+<\(\s*(?:curl|wget)\b"
    r"|\b(?:iex|invoke-expression)\b[^\n]{0,200}\b(?:downloadstring|iwr|irm|invoke-webrequest|invoke-restmethod)"
    r"|\b(?:downloadstring|iwr|irm)\b[^\n|]{0,200}\|\s*(?:iex|invoke-expression)",
    re.I,
)
_ENVIRONMENT = frozenset("env printenv set export".split())
_OFF = re.compile(
    r"\bsetenforce\s+0|\bufw\s+disable|\biptables\s+-F"
    r"|\bsystemctl\s+(?:stop|disable|mask)\s+(?:auditd|apparmor|firewalld|falco|ufw|crowdstrike|wazuh)"
    r"|set-mppreference\b[^\n]{0,80}disable|\bcsrutil\s+disable|\bspctl\s+--master-disable|\bhistory\s+-c\b"
    r"|\bunset\s+HISTFILE\b|\bHISTFILE=/dev/null|>\s*~?/?\S*\.bash_history|\bauditctl\s+-e\s*0"
    r"|netsh\s+advfirewall\s+set\s+\w+\s+state\s+off",
    re.I,
)
_STARTS_AGAIN = re.compile(
    r"\bcrontab\s+(?:-(?!l\b)|/|\S+\.)|\|\s*crontab\b|\bsystemctl\s+(?:--user\s+)?enable\b"
    r"|\blaunchctl\s+(?:load|bootstrap)\b|\bschtasks\b[^\n]{0,80}/create|\breg\s+add\b[^\n]{0,120}\\run\b|\bat\s+now\b"
    r"|\bupdate-rc\.d\b",
    re.I,
)
_WRITES = re.compile(r"(?:>>?|\btee\s+(?:-a\s+)?)\s*[\"']?([^\s\"'|;&<>]{3,300})")
_DISK = re.compile(
    r"\bdd\b[^\n]{0,120}\bof=/dev/(?:sd|nvme|vd|hd|mmc|disk)|\bmkfs(?:\.\w+)?\s+\S*/dev/"
    r"|>\s*/dev/(?:sd|nvme|vd|hd)[a-z0-9]*|\bshred\b[^\n]{0,80}(?:/dev/|~|\$HOME|/home)|\bwipefs\b|\bcipher\s+/w"
    r"|\bformat\s+[a-z]:|\bvssadmin\b[^\n]{0,60}delete"
    r"|\bfind\s+(?:/|~|\$HOME)\s[^\n]{0,120}-(?:delete|exec\s+(?:rm|shred))",
    re.I,
)
_DATA_SENT = re.compile(r"(?:-d|--data\S*|-F|--form|-T|--upload-file|--post-(?:data|file)\S*|-X\s*POST)\b", re.I)


def harms(text: str) -> Iterator[Harm]:
    """Everything harmful in a shell text."""
    text = text[:MAX_CHARS]
    for rule, pattern, said in _TEXTS:
        for found in pattern.finditer(text):
            if not (found[0] in ("/dev/tcp/", "/dev/udp/") and _only_probes(text)):
                yield rule, found.start(), said
    for found in _WRITES.finditer(text):
        if PERSISTENCE.search(found[1]):
            line = text[text.rfind("\n", 0, found.start()) + 1 : found.end()]
            if not COMPLETION.search(line):
                yield "persistence", found.start(), f"it writes {found[1]}, which is started again by itself"
    yield from _of_pipes(_pipes(commands(text)), text)


_ENCODED_COMMAND = re.compile(
    r"\b(?:powershell|pwsh)(?:\.exe)?\b[^\n]{0,120}\s-e(?:nc|ncodedcommand|c)?\s+[\"']?[A-Za-z0-9+/=]{8,}", re.I
)
_RIGHTS = re.compile(
    r"\bchmod\s+(?:[ugo]*\+[rwx]*s|[246][0-7]{3})\b|\b(?:useradd|adduser|usermod|chpasswd|visudo(?!\s+-\w*c)|passwd\s+--stdin)\b"
    r"|NOPASSWD|>>?\s*/etc/(?:sudoers|passwd|shadow)|\bsetcap\s+cap_",
    re.I,
)
_TEXTS = (
    ("decoded-command", _ENCODED_COMMAND, "a command is hidden in base64"),
    ("rights-taken", _RIGHTS, "it gives itself rights or users"),
    ("destructive", _BOMB, "a fork bomb"),
    ("destructive", _DISK, "it overwrites or empties disks or homes"),
    ("reverse-shell", _DEVICE, "a shell is tied to a network connection"),
    ("reverse-shell", _REMOTE_CODE, "a shell is tied to a network connection"),
    ("pipe-to-shell", _EVALUATED, "a download is run by a shell"),
    ("pipe-to-shell", _SUBSTITUTED, "a download is run by a shell"),
    ("security-off", _OFF, "it turns off what protects or records"),
    ("persistence", _STARTS_AGAIN, "it arranges to be started again"),
    ("miner", MINERS, "a miner of coins"),
)


#: What makes a connection of a shell one that is talked over.
_TALKS = re.compile(
    r"-i\b|0?[<>]&[ ]?\d|\beval\b|\bsh\b\s*<|\bread\b(?!\s+-\w*[tp])|\|\s*(?:ba)?sh\b|\bcat\b|\bexec\s+\d+>"
)


def _only_probes(text: str) -> bool:
    """Whether all connections of a shell's own are tried and let go, to know that somebody listens."""
    lines = [line for line in text.split("\n") if "/dev/tcp/" in line or "/dev/udp/" in line]
    return all("2>/dev/null" in line.replace(" ", "") for line in lines) and _TALKS.search(text) is None


def is_incomplete(text: str) -> bool:
    """Whether a text is longer than what is read of it."""
    return len(text) > MAX_CHARS or len(commands(text)) >= MAX_COMMANDS


def _pipes(found: Sequence[Command]) -> list[list[Command]]:
    """Commands that feed each other, together."""
    groups, joined = list[list[Command]](), False
    for command in found:
        if command.words == ("|",):
            joined = True
            continue
        if joined and groups:
            groups[-1].append(command)
        else:
            groups.append([command])
        joined = False
    return groups


def _of_pipes(groups: list[list[Command]], text: str) -> Iterator[Harm]:
    fetched = set[str]()
    for group in groups:
        programs = [_program(one.words) for one in group]
        start = group[0].offset
        runs = [at for at, one in enumerate(programs) if at and one in _INTERPRETERS and not _has_program(group[at])]
        if runs:
            first = runs[0]
            before = programs[:first]
            if any(one in _FETCHERS for one in before):
                yield "pipe-to-shell", start, "a download is piped into an interpreter"
            elif any(_decodes(one) for one in group[:first]):
                yield "decoded-command", start, "decoded text is piped into an interpreter"
        yield from _sent(group, programs, text)
        for one, program in zip(group, programs, strict=True):
            yield from _of_command(one, program, fetched)


def _has_program(command: Command) -> bool:
    """Whether an interpreter is given its program in a word or a file: what is piped into it is data."""
    words = list(command.words)
    at = next((n for n, word in enumerate(words) if _program((word,)) in _INTERPRETERS), 0)
    for word in words[at + 1 :]:
        if word in ("-", "/dev/stdin", "-s", "--"):
            return False
        if re.match(r"-[a-zA-Z]*[cemrnp]$|--(?:eval|print)$", word) or not word.startswith("-"):
            return _program((words[at],)) not in SHELLS or not word.startswith("-")
    return False


def _of_command(one: Command, program: str, fetched: set[str]) -> Iterator[Harm]:
    words = one.words
    if program == "rm" and any(re.fullmatch(r"-\w*[rR]\w*|--recursive|--no-preserve-root", word) for word in words):
        broad = next((word for word in words[1:] if _BROAD.match(word)), "")
        if broad and broad != "*":
            yield "destructive", one.offset, f"it removes {broad} with all that is in it"
    if program in _CHECKERS and any(word in ("-c", "--check", "--verify", "verify", "verify-blob") for word in words):
        fetched.clear()
    if program in _READERS:  # somebody looks at it before it is run
        fetched -= {word.rpartition("/")[2] for word in words}
    if program in _FETCHERS:
        fetched |= {word.rpartition("/")[2] for word in _outputs(words)}
    elif fetched and program:
        named = {word.rpartition("/")[2] for word in words if word and not word.startswith("-")}
        runs = program in fetched or (program in _INTERPRETERS | {"source", "."} and named & fetched)
        if runs:
            yield "downloaded-code", one.offset, "what was downloaded is run"


def _outputs(words: Sequence[str]) -> Iterator[str]:
    """The files that a download is written to."""
    for at, word in enumerate(words):
        if (word in ("-o", "-O", "--output", "--output-document") and at + 1 < len(words)) or (
            re.fullmatch(r"-[a-zA-Z]*[oO]", word) and at + 1 < len(words)
        ):
            yield words[at + 1]
        if word.startswith(("http://", "https://")) and not word.endswith("/"):
            yield word.partition("?")[0]


def _sent(group: list[Command], programs: list[str], text: str) -> Iterator[Harm]:
    """Credentials, the environment, or anything at all on the way to a collector."""
    if not any(one in _SENDERS for one in programs):
        return
    said = text[group[0].offset : group[-1].end][:LONGEST]
    families = credentials(said) - {"metadata"}
    if families and (len(programs) > 1 or _DATA_SENT.search(said) or "@" in said or "$(" in said or "scp" in programs):
        yield "credential-theft", group[0].offset, f"credentials ({', '.join(sorted(families))}) are sent away"
    if programs[0] in _ENVIRONMENT or re.search(r"\$\(\s*(?:env|printenv|set)\b|`(?:env|printenv)`", said):
        yield "environment-theft", group[0].offset, "the environment is sent away"
    elif COLLECTORS.search(said) and (_DATA_SENT.search(said) or len(programs) > 1 or "$(" in said):
        yield "exfiltration-address", group[0].offset, "data is sent to a collector"
    if re.search(r"https?://[^\s\"']{0,100}\$\(\s*(?:whoami|hostname|id|uname)\b", said):
        yield "identity-beacon", group[0].offset, "who and where this is, is reported"


def _decodes(command: Command) -> bool:
    program = _program(command.words)
    if program == "base64":
        return any(word in ("-d", "-D", "--decode", "-di") for word in command.words)
    return program in _DECODERS and (program != "openssl" or "-d" in command.words)


def _program(words: Sequence[str]) -> str:
    """The program that a simple command starts, behind what only changes how."""
    last = ""
    for word in words:
        last = word if word in _BEFORE else last
        if word in _BEFORE or word.startswith("-") or re.match(r"[A-Za-z_]\w*=", word) or word.isdigit():
            continue
        return word.replace("\\", "/").rpartition("/")[2].removesuffix(".exe").lower()
    return last
