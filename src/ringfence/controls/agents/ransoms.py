"""What controls of agents know of files that are locked up: by a program, or by orders to do it."""

from collections.abc import Iterator

from ringfence.controls.agents.agentlines import Told, sought
from ringfence.controls.agents.expressions import either
from ringfence.controls.control import Severity
from ringfence.models.agent import AgentScript, AgentText


def locked_up(model: Told) -> Iterator[tuple[str, str, Severity | None]]:
    """(path, what is wrong, how bad) of what encrypts files and does away with what was there."""
    if isinstance(model, AgentText) and next(sought(model, _LOCKS), None) is not None:
        for seen in sought(model, _DROPS):
            weight = Severity.LOW if seen.quoted else Severity.MEDIUM
            yield seen.path, "it locks files and deletes what was there", weight
    if isinstance(model, AgentScript) and all(next(sought(model, one), None) for one in (_WALKS, _REPLACES)):
        for seen in sought(model, _ENCRYPTS):
            yield seen.path, "it encrypts whole folders in their place", None
            return


_LOCKS = either(
    r"\b(?:encrypt|password-protect|lock)\w*\s+(?:\w+\s+){0,4}(?:files?|archives?|documents?|it"
    r"|with\s+(?:a\s+|the\s+)?(?:random|password))\b"
)
_DROPS = either(
    r"\b(?:delete|remove|erase|shred)\s+(?:the\s+|all\s+)?(?:original|unencrypted|other\s+versions|plaintext"
    r"|plain)\b.{0,40}\b"
    r"(?:files?|versions?|cop(?:y|ies)|originals?|of)"
)
_WALKS = either(
    r"\brglob\(|\bos\.walk\(|glob\(.{0,40}\*\*|\bfind\s+[~/$]|readdirSync\(.{0,60}recursive"
    r"|Get-ChildItem\b.{0,60}-Recurse"
)
_ENCRYPTS = either(
    r"\bFernet\(|\w*encrypt\w*\(|\bAES\.new\(|createCipheriv\(|\bopenssl\s+enc\s+(?!.{0,40}-d\b)"
    r"|\bgpg\b.{0,40}--symmetric"
)
_REPLACES = either(
    r"\bRANSOM|pay\s+(?:\w+\s+){0,4}to\s+(?:recover|decrypt|restore)|os\.remove\(|\.unlink\(|unlinkSync\("
    r"|write_bytes\(|\brm\s+-"
)
