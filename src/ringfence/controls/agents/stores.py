"""What controls of agents know of lines about credentials: which read them, send them, use them, or only name them."""

import re

from ringfence.controls.agents.agentlines import CREDENTIALS, Seen, Told
from ringfence.controls.agents.concepts import LISTS_ATTACKS
from ringfence.controls.agents.expressions import either
from ringfence.models.agent import AgentScript

#: What a key is for: a connection, or its own care.
USES = either(
    r"\bssh-(?:keygen|add|copy-id|agent)\b",
    r"\bchmod\s+[0-7]{3,4}\b",
    r"\b(?:ssh|scp|sftp|rsync|git)\b.{0,80}\s-i\s",
    r"\bIdentityFile\b|\bkey_filename\b|\bprivate_key_(?:file|path)\b",
    r"\bfind-generic-password\b(?=.{0,80}\s-s\s+[\"']?(?!\S{0,20}(?:Chrome|Brave|Edge|Safari|Slack|Storage|iCloud"
    r"|login))[\w.-]+)(?!.{0,120}\bcurl\b)",
    r"\b(?:block|deny|restrict|protect|prevent|ssrf|test:)\w*\b.{0,60}169\.254\.169\.254"
    r"|169\.254\.169\.254\S{0,40}\s.{0,20}\b(?:blocked|denied|unreachable|must\s+not)\b",
)
#: A line of a program that only speaks of it.
SAYS = re.compile(
    r"^\s*(?:#|//|\*|print\(|echo\s|raise\s|logg?(?:er|ing)?\.|console\.|throw\s|\"\"\"|die\s)", re.IGNORECASE
)
SEND = either(
    r"\b(?:send|upload|post|transmit|forward|exfiltrate|submit|commit|paste"
    r"|email)\b(?:(?!\b(?:using|with|from|via|by)\b).){0,80}?" + f"(?:{CREDENTIALS.pattern})",
    f"(?:{CREDENTIALS.pattern})"
    + r".{0,120}\b(?:and|then)\s+(?:\w+\s+){0,2}(?:send|upload|post|transmit|forward|submit|paste|commit)\b",
)
READ = either(
    r"\b(?:cat|cp|tar|zip|gist\s+create|base64|grep|head|strings|xxd|type|Get-Content)\s[^|;]{0,120}?"
    + f"(?:{CREDENTIALS.pattern})",
    r"\b(?:read|open|load|get|copy|extract|collect|gather|harvest|steal|dump|include|paste|find|list"
    r"|access)\w*\b.{0,100}?" + f"(?:{CREDENTIALS.pattern})",
    r"\b(?:open|read_text|readFileSync|readFile|expanduser|Path|join)\s*\(",
)
#: What introduces a list of them.
TOLD = either(
    r"\b(?:read|open|load|copy|collect|gather|include|send|upload|extract|harvest)\b.{0,60}\b(?:files?|following|these"
    r"|contents?)\b"
)
#: A search of the whole machine for what is worth stealing.
HUNTS = either(
    r"\b(?:mcp\s+servers?|other\s+(?:servers|tools|skills|plugins))\b.{0,80}\b(?:note|collect|gather|copy|extract|take|read)\s+(?:down\s+)?"
    r"(?:their|its|all|every)\s+(?:\w+\s+)?(?:tokens?|keys?|credentials?|passwords?)\b",
    r"\b(?:look|search|hunt|scour)\s+for\s+(?:other|more|any|further)\s+(?:\w+\s+)?(?:keys|tokens|credentials"
    r"|passwords|secrets)\b.{0,120}(?:\.env\b|shell\s+history|browser|other\s+projects|home)",
    r"\bkubectl\s+get\s+secrets?\s+(?:-A|--all-namespaces)\b.{0,40}\|\s*(?!grep|jq|head|less|yq|wc|sort|awk)\w",
    r"\b(?:recursively|search|scan|crawl|enumerate|look\s+for|find)\b.{0,100}(?:\$HOME\b|home\s+(?:director|folder)"
    r"|/etc\b|file\s?system|local\s+paths|whole\s+(?:disk|machine)).{0,240}"
    r"(?:wallet|keystore|keyring|private\s+keys?|\.env\b|credentials?|metamask|id_rsa)",
    r"\b(?:look\s+for|search\s+for|find)\b.{0,60}\b(?:credentials?|tokens?|private\s+keys?"
    r"|wallets?)\b.{0,80}\bhome\s+(?:director|folder)",
    r"\bfind\s[^|;\n]{0,160}-i?name\s+[\"'\\]{0,2}\*?(?:\.(?:pem|key|env|kdbx|p12|ppk)|id_|wallet|credentials)[^|;\n]{0,200}\|\s*(?:cpio|xargs\s+(?:-\S+\s+){0,3}"
    r"(?:tar|zip|cat|cp|base64|curl)|tar\b[^|;\n]{0,40}-T|zip\b[^|;\n]{0,40}-@|while\s+read\b[^\n]{0,80}\bcurl)",
    r"\bfind\s+(?:/|~/?|\$HOME/?)\s.{0,80}-name\s+[\"']?\*?(?:\.pem|\.key|id_rsa|\.env|wallet|\.kdbx).{0,200}\b(?:tar"
    r"|zip|scp|curl|nc|cp|cat)\b",
)


def is_sought(model: Told, seen: Seen) -> bool:
    """Whether a program that looks for attacks has an address of metadata alone in a row of its list."""
    return (
        isinstance(model, AgentScript)
        and LISTS_ATTACKS.search(model.name) is not None
        and _ROW.match(seen.text) is not None
    )


_ROW = re.compile(r"\s*[\"'](?:169\.254\.\d{1,3}\.\d{1,3}|metadata\.google\.internal)[\"'],")


def cares_for(model: Told, store: str) -> bool:
    """Whether a skill says in its head that it is about the keys or profiles of a service, which nothing takes away."""
    head = "\n".join(model.described[:8]).lower() if isinstance(model, AgentScript) else ""
    return len(store) > 2 and re.search(rf"\b{re.escape(store)}\b", head) is not None and _CARE.search(head) is not None


_CARE = re.compile(
    r"\b(?:keys?|credentials?|profiles?|log-?ins?|accounts?|sso|passwords?|history|config(?:uration)?)\b"
)


def store_of(said: str) -> str:
    """Which store a path is of: the first word in it."""
    return re.sub(r"\W+", " ", said.lower()).strip().partition(" ")[0]
