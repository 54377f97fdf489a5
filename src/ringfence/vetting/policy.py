"""`vet.toml`: which rules block, which only warn, which are off and why, and what comes of what was not examined.

    block = ["computed-import"]
    warn = ["process-not-asked"]
    unexamined = "block"                  # or "warn"
    [off]
    giant-line = "our tables are single lines"

Every key and every rule is known or an error. An empty policy is the default one: each rule's own verdict.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from ringfence import strictjson, tomltext
from ringfence.dataclasses import dataclass, field
from ringfence.errors import ConfigError
from ringfence.vetting.report import Verdict
from ringfence.vetting.rules import RULES

NAME = "vet.toml"
_MIN_REASON = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """`verdicts` override the rules' own; `off` maps a rule to the reason why it does not count."""

    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    off: Mapping[str, str] = field(default_factory=dict)
    unexamined: Verdict = Verdict.BLOCK

    def judge(self, rule: str, own: Verdict) -> Verdict | None:
        """The verdict of a finding whose rule would give `own`; None where the rule is off."""
        return None if rule in self.off else self.verdicts.get(rule, own)

    @property
    def digest(self) -> str:
        """What the policy says, as one hash: the same for the same decisions, however they are written."""
        said = {
            "verdicts": {rule: verdict.value for rule, verdict in sorted(self.verdicts.items())},
            "off": dict(sorted(self.off.items())),
            "unexamined": self.unexamined.value,
        }
        return "sha256:" + hashlib.sha256(strictjson.dumps(said).encode()).hexdigest()


def load(file: Path) -> Policy:
    """Read a policy. Raises ConfigError with file and line."""
    try:
        with open(file, "rb") as handle:
            text = handle.read(tomltext.MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", file=str(file)) from None
    return parse(text, str(file))


def parse(text: str | bytes, file: str = NAME) -> Policy:
    """A policy from its text. Raises ConfigError with file and line."""
    document = tomltext.load(text, file=file)
    verdicts = dict[str, Verdict]()
    for key, value in document.data.items():
        if key not in ("block", "warn", "off", "unexamined"):
            raise _wrong(document, (key,), f"there is no key {key!r}", "block, warn, unexamined and [off] are known")
        if key in ("block", "warn"):
            for rule in _rules(document, key, value):
                if rule in verdicts:
                    raise _wrong(document, (key,), f"{rule} is both in block and in warn")
                verdicts[rule] = Verdict(key)
    off = _off(document)
    for rule in off.keys() & verdicts.keys():
        raise _wrong(document, ("off", rule), f"{rule} is off and has a verdict as well")
    return Policy(verdicts=verdicts, off=off, unexamined=_unexamined(document))


def _rules(document: tomltext.Document, key: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _wrong(document, (key,), f"{key} must be a list of rules")
    for index, rule in enumerate(value):
        _known(document, (key, index), rule)
    return value


def _off(document: tomltext.Document) -> dict[str, str]:
    table = document.data.get("off", {})
    if not isinstance(table, dict):
        raise _wrong(document, ("off",), "off must be a table of rules, each with the reason")
    found = dict[str, str]()
    for rule, reason in table.items():
        _known(document, ("off", rule), rule)
        if not isinstance(reason, str) or len(reason.strip()) < _MIN_REASON:
            raise _wrong(document, ("off", rule), f"{rule} is off without a reason", 'write rule = "why it is no risk"')
        found[rule] = reason
    return found


def _unexamined(document: tomltext.Document) -> Verdict:
    value = document.data.get("unexamined", "block")
    if value not in ("block", "warn"):
        raise _wrong(document, ("unexamined",), 'unexamined must be "block" or "warn"')
    return Verdict(str(value))


def _known(document: tomltext.Document, path: tomltext.Path, rule: str) -> None:
    from ringfence.controls import CATALOGUE

    if rule not in RULES and rule not in CATALOGUE:
        raise _wrong(document, path, f"there is no rule {rule[:60]!r}", "`ringfence vet --rules` lists them")


def _wrong(document: tomltext.Document, path: tomltext.Path, message: str, hint: str = "") -> ConfigError:
    return ConfigError(message, file=document.file, line=document.line_of(path), hint=hint)
