"""Nothing is encoded without need.

Base64, character codes and compressed code keep people from reading what an agent or a machine will do. Data may be
encoded; code that is run may not.

Bad, agent:

    ---
    name: setup
    description: Sets up
    ---
    ```python
    exec(base64.b64decode(blob))
    ```

Good, agent:

    ---
    name: icons
    description: Draws icons
    ---
    ```python
    image = base64.b64decode(png)
    ```
"""

import re
from collections.abc import Iterator

from ringfence.controls.agents.agentlines import MODELS, Told, passages, sought
from ringfence.controls.agents.deeds import also
from ringfence.controls.agents.encodings import run_later, says_command
from ringfence.controls.agents.expressions import either
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import atlas, cwe, owasp_llm
from ringfence.models.agent import AgentText


def faults(model: Told) -> Iterator[Fault]:
    """No line runs, or hides, an encoded command."""
    runs = set[str]()
    for seen in sought(model, _RUNS):
        runs.add(seen.path)
        weight = Severity.LOW if seen.quoted else None
        yield Fault(path=seen.path, found="it runs what is encoded", want=_QUESTION, severity=weight)
    for path in run_later(model):
        yield Fault(path=path, found="it runs what it decoded before", want=_QUESTION)
    turned = next(sought(model, _TURNED), None) is not None
    for passage in passages(model):
        line = passage.text[: passage.own]
        if passage.path not in runs and says_command(line, turned=turned):
            yield Fault(path=passage.path, found="an encoded text contains a command", want=_QUESTION)
        elif isinstance(model, AgentText) and not passage.shown and line.count(",") > 47 and _NUMBERS.search(line):
            yield Fault(
                path=passage.path, found="a text is written as numbers", want=_QUESTION, severity=Severity.MEDIUM
            )
    if isinstance(model, AgentText):
        for seen in sought(model, _DECODES):
            weight = Severity.LOW if seen.quoted else Severity.MEDIUM
            yield Fault(path=seen.path, found="it has the agent decode what to do", want=_QUESTION, severity=weight)


_RUNS = either(
    r"b64encode\(\s*(?:base64\.)?b64encode|base64[\"']\)\s*\)\.toString\([\"']base64|\bbtoa\(\s*btoa\("
    r"|\|\s*base64\b[^|\n]{0,20}\|\s*base64\b(?!\s+-)",
    r"\b(?:exec|eval|compile)\s*\(\s*(?:\w+\.)*(?:b64decode|a85decode|b85decode|b32decode|decompress|loads|fromhex"
    r"|unhexlify|decode|atob|unescape|inflateSync)\b",
    r"\b(?:exec|eval|Function)\s*\(.{0,80}(?:b64decode|b85decode|fromCharCode|atob\(|marshal\.loads|zlib\.decompress"
    r"|codecs\.decode|Buffer\.from\(.{0,200}(?:base64|hex))",
    r"^\s*\w+\s*=\s*(?:exec|eval|__import__)\s*(?:#.*)?$",
    r"__import__\(\s*[\"'](?:os|subprocess|socket|base64)[\"']\s*\)"
    r"|getattr\(\s*(?:os|subprocess|builtins)\s*,\s*(?![\"']|name\b|attr\b|[\"']\w+[\"']\s*,)[\w.]+\("
    r"|getattr\(\s*__import__|getattr\(__builtins__",
    r"\[\s*[\"']\w{1,8}[\"']\s*\+\s*[\"']\w{1,8}[\"']\s*\]\s*\("
    r"|(?:\(\s*\)\s*=>\s*\{\s*\}|\bfunction\s*\(\s*\)\s*\{\s*\})\s*\)\s*\[\s*\w+\s*\]",
    r"\brequire\(\s*_0x\w+|\[\s*_0x\w+\(\s*0x[0-9a-f]+\s*\)\s*\]\s*\(",
    r"\bchr\(\s*\w+\s*\)\s+for\s+\w+\s+in\s+[\[(](?:\s*\d{1,3}\s*,){5}"
    r"|pickle\.loads\(\s*b[\"'].{0,40}(?:system|subprocess|exec|eval)",
    r"(?:chr\(\d{2,3}\)\s*\+\s*){4}|fromCharCode\((?:\s*\d{2,3}\s*,){8}|(?:\\\\x[0-9a-fA-F]{2}){16}",
    r"\b(?:Popen|system|run|popen|exec|eval|call|check_output|execSync|spawn|Function)\(\s*(?:[\"']{2}\.join\("
    r"|\[[^\]\n]{4,300}\]\.join\(\s*[\"']{2})",
    r"echo\s+[\"']?[A-Za-z0-9+/=]{24,}[\"']?\s*\|\s*base64\s+(?:-d|-D|--decode)|marshal\.loads\(",
    r"(?:base64\s+(?:-\w*[dD]\w*|--decode)|openssl\s+(?:enc|aes\S*|base64)\b[^|]{0,160}|xxd\s+-r\b[^|]{0,40}|gunzip"
    r"|zcat|gzip\s+-\w*d\w*|bzip2\s+-d|xz\s+-d|\brev\b|\btr\s+\S+\s+\S+"
    r"|uudecode)[^|\n]{0,120}\|\s*(?:sudo\s+)?(?:(?:ba|z|da|k)?sh|python[0-9.]*|node|perl)\b(?!\s+[\w./-])",
    r"(?:exec|eval)\s*\(\s*(?:open|Path)\([^)]{1,80}\)\.read\w*\([^)]{0,20}\)\s*(?:\[::-1\]|\.decode|\.translate)",
    r"\[Convert\]::FromBase64String\(.{0,200}(?:iex|Invoke-Expression)"
    r"|(?:iex|Invoke-Expression)\b.{0,120}FromBase64String",
)
_TURNED = either(r"\brot-?13\b|\bcaesar\b")
_NUMBERS = re.compile(r"(?:\b\d{2,3}\s*,\s*){48}")
_DECODES = either(
    r"\b(?:decode|decrypt|deobfuscate|reconstruct|reassemble|unscramble)\b.{0,100}\b(?:payload|string|text"
    r"|instructions?|message|commands?|blob|base64|hex|rot13|it)\b"
    r".{0,60}\b(?:and|then|to)\s+(?:\w+\s+){0,2}(?:follow|execute|run|eval|obey|perform|carry\s+out)\b",
    r"\bdecode\b.{0,80}\b(?:and|then)\b.{0,20}\b(?:do|act\s+on|apply|comply\s+with)\s+(?:what(?:ever)?|exactly|as|it|them|the\s+result)\b",
    r"\b(?:decode|decoding|decryption|reconstruction)\s+(?:instructions|procedure)\b"
    r"|\b(?:protected|encoded|encrypted|obfuscated)\s+(?:payload|instructions?|commands?)\b",
)
_QUESTION = Decision("say it in plain text")


CONTROL = Control(
    id="no-encoded-payloads",
    title="Nothing is encoded without need",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.AGENT}),
    guards=(
        "lines",
        "command",
        "words",
    ),
    references=(
        cwe(506),
        owasp_llm("LLM01:2025 Prompt Injection"),
        atlas("AML.T0068"),
    ),
    unsafe_fix=False,
    faults=also(faults, "no-encoded-payloads", _QUESTION),
    models=MODELS,
    standards=frozenset({Standard.DEFAULT}),
)
