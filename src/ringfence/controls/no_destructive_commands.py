"""Nothing is destroyed without asking.

Commands that wipe a disk, a home or a history cannot be taken back, and an agent runs them in a second.

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

from collections.abc import Iterator

from ringfence.controls.agentlines import MODELS, Told, sought
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.expressions import either
from ringfence.controls.references import cwe, owasp_llm
from ringfence.models.agent import AgentScript, AgentText


def faults(model: Told) -> Iterator[Fault]:
    """No line wipes what cannot be had again."""
    for seen in sought(model, _SAID):
        weight = Severity.LOW if seen.quoted else None
        yield Fault(path=seen.path, found="it wipes what cannot be had again", want=_QUESTION, severity=weight)
    for seen in sought(model, _TOLD):
        weight = Severity.LOW if seen.quoted else Severity.MEDIUM
        yield Fault(path=seen.path, found="it tells to delete everything of a kind", want=_QUESTION, severity=weight)
    if isinstance(model, AgentText) and next(sought(model, _LOCKS), None) is not None:
        for seen in sought(model, _DROPS):
            weight = Severity.LOW if seen.quoted else Severity.MEDIUM
            yield Fault(
                path=seen.path, found="it locks files and deletes what was there", want=_QUESTION, severity=weight
            )
    if isinstance(model, AgentScript) and all(next(sought(model, one), None) for one in (_WALKS, _REPLACES)):
        for seen in sought(model, _ENCRYPTS):
            yield Fault(path=seen.path, found="it encrypts whole folders in their place", want=_QUESTION)
            return


_SAID = either(
    r"\brm\s+-(?:\w*r\w*f|\w*f\w*r)\w*\s+(?:--no-preserve-root\s+)?[\x22']?(?:/(?:\s|[\x22'`*]|$)|~/?(?:\s|[\x22'`*]|$)"
    r"|\$HOME/?(?:\s|[\x22'`*]|$)|/(?:etc|usr|var|home|bin|lib)\b(?:/?\s|/?[\x22'`*]|/?$))",
    r"\bmkfs(?:\.\w+)?\s+/dev/|\bdd\b.{0,80}\bof=/dev/(?:sd|nvme|hd|disk)|:\(\)\s*\{\s*:\|:&\s*\};:|>\s*/dev/sd[a-z]\b",
    r"\bdel\s+/[sfq]\b.{0,20}C:|format\s+c:|\bshred\b.{0,40}(?:~|/home|\$HOME)|Remove-Item\b.{0,60}(?:C:\\\\?\s|\$HOME\s|~\s|C:\\\\Users)",
    r"shutil\.rmtree\(\s*(?:os\.path\.expanduser\(\s*[\x22']~/?[\x22']|Path\.home\(\)\s*\)|[\x22']/[\x22'])",
    r"\bfind\s+(?:/|~|\$HOME)\s.{0,80}-delete\b|\bgit\s+push\b.{0,40}--force\b.{0,40}--all\b",
)
_TOLD = either(
    r"\b(?:delete|remove|erase|wipe|destroy|overwrite)\s+(?:all|every)\s+(?:of\s+)?(?:the\s+|their\s+|your\s+)?(?:users?'?s?\s+|original\s+|other\s+"
    r"|personal\s+|existing\s+)?(?:files|data|documents|backups?|photos|emails|messages|contacts|records|databases|repositories)\b"
    r"(?!\s+(?:in|under|from|of|matching|with|that|older|from)\b)",
)
_LOCKS = either(
    r"\b(?:encrypt|password-protect|lock)\w*\s+(?:\w+\s+){0,4}(?:files?|archives?|documents?|it|with\s+(?:a\s+|the\s+)?(?:random"
    r"|password))\b"
)
_DROPS = either(
    r"\b(?:delete|remove|erase|shred)\s+(?:the\s+|all\s+)?(?:original|unencrypted|other\s+versions|plaintext|plain)\b.{0,40}\b"
    r"(?:files?|versions?|cop(?:y|ies)|originals?|of)"
)
_WALKS = either(
    r"\brglob\(|\bos\.walk\(|glob\(.{0,40}\*\*|\bfind\s+[~/$]|readdirSync\(.{0,60}recursive|Get-ChildItem\b.{0,60}-Recurse"
)
_ENCRYPTS = either(
    r"\bFernet\(|\w*encrypt\w*\(|\bAES\.new\(|createCipheriv\(|\bopenssl\s+enc\s+(?!.{0,40}-d\b)|\bgpg\b.{0,40}--symmetric"
)
_REPLACES = either(
    r"\bRANSOM|pay\s+(?:\w+\s+){0,4}to\s+(?:recover|decrypt|restore)|os\.remove\(|\.unlink\(|unlinkSync\(|write_bytes\(|\brm\s+-"
)
_QUESTION = Decision("name what may go, and ask")


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
    faults=faults,
    models=MODELS,
    standards=frozenset({Standard.DEFAULT}),
)
