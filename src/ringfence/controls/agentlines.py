"""What controls of agents know of texts: the lines that count, what is only quoted, and words that go together.

Expressions here look at one line, cut at a bound, and repeat nothing within a repetition.
"""

import re
from collections.abc import Iterator

from ringfence.models.agent import AgentScript, AgentText, Hook, Launch

Told = AgentText | AgentScript | Hook | Launch
MODELS = ("AgentText", "AgentScript", "Hook", "Launch")
_LONGEST = 4000


def told(model: Told) -> Iterator[tuple[str, str]]:
    """(path, text) of everything that an agent is told, or that is run for it."""
    if isinstance(model, AgentText | AgentScript):
        for index, line in enumerate(model.lines):
            if line:
                yield f"lines[{index}]", line[:_LONGEST]
    elif isinstance(model, Hook):
        yield "command", model.command[:_LONGEST]
    else:
        yield "words", " ".join(model.words)[:_LONGEST]


def is_quoted(model: Told, line: str, found: re.Match[str]) -> bool:
    """Whether what was found is only mentioned in prose: within quotes, in a table, or after a word that says so."""
    if not isinstance(model, AgentText):
        return False
    before, behind = line[: found.start()], line[found.end() :]
    if before.count("`") % 2 and "`" in behind and _ORDERS.search(before.rpartition("`")[0]):
        return False
    if any(before.count(mark) % 2 and mark in behind for mark in ('"', "`", "\u201c")):
        return True
    return _MENTIONS.search(before[-80:]) is not None or line.lstrip().startswith(("|", "- [ ]", "- \u274c"))


#: What is between backticks behind such a word is to be done.
_ORDERS = re.compile(
    r"\b(?:run|runs|running|execute|start|launch|type|enter|invoke|call|use|using|with|then|first|via|do|by)[ :]*$",
    re.IGNORECASE,
)
_MENTIONS = re.compile(
    r"\b(?:detects?|detecting|such as|like|e\.g\.|for example|examples?:|pattern|phrases?|attempts? to|attack|malicious|avoid"
    r"|never|don't|do not|prevents?|blocks?|reject|refuse|flag|warn|check for|look for|scan)\b",
    re.IGNORECASE,
)

#: Where data is taken to by who must not have it.
SINKS = re.compile(
    r"webhook\.site|requestbin|\bpipedream\.net|m\.pipedream|\.ngrok(?:-free)?\.(?:io|app|dev)|burpcollaborator|\binteract\.sh"
    r"|\boast\.(?:pro|live|site|online|fun|me)|requestcatcher|beeceptor\.com|hookbin|postb\.in|transfer\.sh|\bfile\.io\b"
    r"|discord(?:app)?\.com/api/webhooks|api\.telegram\.org/bot|pastebin\.com/api|\btermbin\.com|0x0\.st|\bdnslog\.",
    re.IGNORECASE,
)
#: Where secrets lie on a machine.
CREDENTIALS = re.compile(
    r"\.ssh/(?:id_|\*|$|[\"'` )]|known)|\.aws/(?:credentials|config)|\.netrc\b|\.pgpass\b|\.kube/config|\.docker/config\.json|\.gnupg"
    r"|\.config/gcloud|application_default_credentials|\.azure/(?:access|msal)|/etc/shadow|169\.254\.169\.254|metadata\.google\.internal"
    r"|login data\b|cookies\.sqlite|key4\.db|logins\.json|find-generic-password|find-internet-password|login\.keychain"
    r"|wallet\.dat|\.electrum|metamask|\.config/solana/id\.json|seed phrase|recovery phrase|mnemonic phrase|\.git-credentials"
    r"|\.config/gh/hosts|gh auth token|\.claude/\.credentials|\.openclaw|\.bash_history|\.zsh_history|/proc/self/environ",
    re.IGNORECASE,
)
#: What gets something over the network.
NETWORK = re.compile(
    r"\bcurl\b|\bwget\b|\brequests\.(?:post|put|get|request)|\burllib|\bhttpx?\.(?:post|put|client|get)|\bfetch\(|axios|XMLHttpRequest"
    r"|socket\.(?:socket|create_connection)|\bnc\s+-|/dev/tcp/|Invoke-(?:WebRequest|RestMethod)|\bsmtplib|http\.request|net\.connect",
    re.IGNORECASE,
)
