"""What controls of agents know of encodings: the texts that a line may stand for, and what makes one a command."""

import codecs
import html
import re
from collections.abc import Iterator

from ringfence.controls.agents.agentlines import Told, passages
from ringfence.controls.agents.expressions import either
from ringfence.models.agent import AgentScript
from ringfence.secrets.checks import decoded


def says_command(line: str, *, turned: bool) -> bool:
    """Whether what is encoded in a line is a command, an address that runs one, or an instruction."""
    return any(_COMMAND.search(one) for one in _readings(line, turned=turned))


def _readings(line: str, *, turned: bool) -> Iterator[str]:
    if turned:
        yield codecs.decode(line, "rot13")
    if len(line) < 32:
        return
    for run in _BASE64.findall(line)[:20]:
        text = decoded(run)
        if text is not None:
            yield text
    for run in _HEX.findall(line)[:20]:
        digits = re.sub(r"\\x|0x|[\s,]", "", run)
        text = bytes.fromhex(digits[: len(digits) // 2 * 2]).decode("latin-1")
        if text.isprintable():
            yield text
    if line.count("&#") >= 8:
        yield html.unescape(line)


def run_later(model: Told) -> Iterator[str]:
    """Where something is run that an earlier line decoded into a name."""
    names = set[str]()
    php = isinstance(model, AgentScript) and model.language == "php"
    for passage in passages(model):
        line = passage.text[: passage.own]
        run = {found[1] or found[2] for found in _RUNS_NAME.finditer(line)} if names else set[str]()
        if php and names:
            run |= set(_CALLS_NAME.findall(line))
        if run & names:
            yield passage.path
        if "=" in line and (found := _INTO_NAME.search(passage.text)) is not None:
            names.add(found[1] or found[2])


_INTO_NAME = re.compile(
    r"\b(\w+)\s*=\s*[^=\n]{0,80}?(?:b64decode|base64_decode|strrev|str_rot13|hex2bin|gzinflate|b85decode|a85decode|fromhex|unhexlify|decompress"
    r"|\batob|Buffer\.from)\(|\b(\w+)=\$\([^)\n]{0,120}base64\s+(?:-d|-D|--decode)"
)
_RUNS_NAME = re.compile(
    r"\b(?:exec|eval|Function|system|popen|execSync|spawnSync)\s*\(\s*\$?(\w+)\b|\beval\s+[\"']?\$\{?(\w+)"
)
#: A function whose name is in a variable.
_CALLS_NAME = re.compile(r"(?<![>:\w])\$(\w+)\(\s*(?=[$\w\"'])")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{32,4000}={0,2}")
_HEX = re.compile(r"(?:(?:\\x|0x)[0-9a-fA-F]{2}[\s,]*){16,2000}|\b[0-9a-fA-F]{40,4000}\b")
_COMMAND = either(
    r"\b(?:curl|wget|bash|/bin/sh|powershell|python3?\s+-c|nc\s+-|rm\s+-rf|chmod|eval|exec|os\.system|subprocess"
    r"|import\s+os|import\s+socket|/dev/tcp)\b",
    r"\b(?:ignore|disregard)\s+(?:all|previous|your)\b|do not tell|\bfetch\(|\bid_rsa\b"
    r"|https?://\S+\.(?:sh|ps1|exe|py)\b",
)
