"""Nothing is destroyed without asking.

Commands that wipe a disk, a home directory or a history cannot be undone, and an agent runs them in a second.

Bad, agent:

    ---
    name: clean
    description: Cleans up
    ---
    Run `rm -rf ~/` to start afresh.

Good, agent:

    ---
    name: clean
    description: Cleans up
    ---
    Run `rm -rf build/` to start afresh.
"""

import re
from collections.abc import Iterator

from ringfence.controls.agents.agentlines import MODELS, Told, sought
from ringfence.controls.agents.deeds import also
from ringfence.controls.agents.expressions import either
from ringfence.controls.agents.ransoms import locked_up
from ringfence.controls.agents.sentences import is_denied
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, owasp_llm
from ringfence.models.agent import AgentScript


def faults(model: Told) -> Iterator[Fault]:
    """No line wipes what cannot be had again."""
    for seen in sought(model, _SAID):
        looked_for = isinstance(model, AgentScript) and _LOOKED_FOR.match(seen.text, seen.match.end()) is not None
        typed_in = _PAYLOAD.search(seen.text[: seen.match.start()]) is not None
        weight = Severity.LOW if seen.quoted or looked_for or typed_in else None
        yield Fault(path=seen.path, found="it destroys what cannot be recovered", want=_QUESTION, severity=weight)
    for seen in sought(model, _TOLD):
        weight = Severity.LOW if seen.quoted else Severity.MEDIUM
        yield Fault(path=seen.path, found="it says to delete everything of a kind", want=_QUESTION, severity=weight)
    for seen in sought(model, _BURNS):
        light = seen.quoted or is_denied(seen.text, seen.match)
        yield Fault(
            path=seen.path,
            found="it destroys what cannot be recovered",
            want=_QUESTION,
            severity=Severity.LOW if light else None,
        )
    for path, said, weight in locked_up(model):
        yield Fault(path=path, found=said, want=_QUESTION, severity=weight)


#: A program looks whether it stands in something.
_LOOKED_FOR = re.compile(r"[^\"'\n]{0,20}[\"']?\s*(?:in|not\s+in)\s+\w")
#: It is what somebody else might type in.
_PAYLOAD = re.compile(r"[\"'][^\"']{0,60};\s*$|\b(?:input|payload|result)\b.{0,60};\s*$", re.IGNORECASE)
_SAID = either(
    r"\bfind\s+(?:~|\$HOME|/)\S{0,20}\s.{0,80}-name\s+[\"']?\.git\b.{0,80}(?:-delete|\brm\s+-\w*r)",
    r"\brm\s+-(?:\w*r\w*f|\w*f\w*r)\w*\s+(?:--no-preserve-root\s+)?[\x22']?(?:/(?:\s|[\x22'`*]|$)|~/?(?:\s|[\x22'`*]|$)"
    r"|\$HOME/?(?:\s|[\x22'`*]|$)|/(?:etc|usr|var|home|bin|lib)\b(?:/?\s|/?[\x22'`*]|/?$))",
    r"\bmkfs(?:\.\w+)?\s+/dev/|\bdd\b.{0,80}\bof=/dev/(?:sd|nvme|hd|disk)|:\(\)\s*\{\s*:\|:&\s*\};:|>\s*/dev/sd[a-z]\b",
    r"\bdel\s+/[sfq]\b.{0,20}C:|format\s+c:|\bshred\b.{0,40}(?:~|/home|\$HOME)"
    r"|Remove-Item\b.{0,60}(?:C:\\\\?\s|\$HOME\s|~\s|C:\\\\Users)",
    r"shutil\.rmtree\(\s*(?:os\.path\.expanduser\(\s*[\x22']~/?[\x22']|Path\.home\(\)\s*\)|[\x22']/[\x22'])",
    r"\bfind\s+(?:/|~|\$HOME)\s.{0,80}-delete\b|\bgit\s+push\b.{0,40}--force\b.{0,40}--all\b",
)
_TOLD = either(
    r"\brun(?:ning|s)?\b.{0,12}\bDROP\s+(?:TABLE|DATABASE|SCHEMA)\b\W{0,3}\s*on\s+the\b",
    r"\b(?:near-)?factory\s+state\b"
    r"|\b(?:delete|wipe|erase|destroy)\b(?:(?!\bfrom\b).){0,40}\b(?:file-?\s?systems?|home\s+director(?:y|ies)"
    r"|hard\s+(?:disks?|drives?)|entire\s+(?:disk|system|database))\b",
    r"\b(?:delete|remove|erase|wipe|destroy|overwrite)\s+(?:all|every)\s+(?:of\s+)?(?:the\s+|their\s+"
    r"|your\s+)?(?:users?'?s?\s+|original\s+|other\s+|personal\s+|existing\s+)?(?:files|data|documents|backups?|photos"
    r"|emails|messages|contacts|records|databases|repositories)\b"
    r"(?!\s+(?:in|under|from|of|matching|with|that|older|from)\b)",
)
#: What is deleted so that it cannot be had again, behind an order that was about something else.
_BURNS = either(
    r"\b(?:drop|truncate)\s+(?:the\s+)?(?:schema|table|database)s?\b.{0,40}\b(?:audit\w*|log\w*|login\w*|history"
    r"|events|backup\w*)\b|\bdelete-db-instance\b.{0,80}--skip-final-snapshot"
    r"|\bkubectl\s+delete\s+(?:ns|namespaces?)\s+--all\b|\baws\s+s3\s+r[mb]\s+s3://\$?\{?\w+\}?\s+--recursive.{0,40};",
    r"[\"'`]\s*drop\s+(?:table|schema|database|view)s?\b.{0,120}(?:\|\||\bconcat\b|\bquote_ident\b|\bformat\().{0,300}\|\s*(?:psql|mysql"
    r"|mariadb|sqlite3)\b",
    r"\breflog\s+expire\b.{0,40}--expire=now.{0,80}\bgc\b.{0,30}--prune=now"
    r"|\bdelete\s+all\s+branches\b.{0,40}\bremote\b|rmSync\(.{0,60}homedir\(\)"
    r"|\bbackups?\b.{0,30}\b(?:too|as\s+well)\b.{0,20}\b(?:delete|old\s+stuff)",
)
_QUESTION = Decision("name what may be deleted, and ask first")


CONTROL = Control(
    id="no-destructive-commands",
    title="Nothing is destroyed without asking",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.AGENT}),
    guards=(
        "lines",
        "command",
        "words",
    ),
    references=(
        cwe(77),
        owasp_llm("LLM06:2025 Excessive Agency"),
    ),
    unsafe_fix=False,
    faults=also(faults, "no-destructive-commands", _QUESTION),
    models=MODELS,
    standards=frozenset({Standard.DEFAULT}),
)
