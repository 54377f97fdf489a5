"""What a vetting gives: findings by step, what could not be examined, and a verdict. Data, no judgement."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from ringfence.controls.control import Severity
from ringfence.dataclasses import dataclass
from ringfence.errors import RingfenceError

MAX_FINDINGS = 5000
_MAX_TEXT = 4000

_Word = TypeVar("_Word", bound=StrEnum)
_Item = TypeVar("_Item")


class Verdict(StrEnum):
    """What follows for the release, the mildest first."""

    PASS = "pass"  # noqa: S105
    WARN = "warn"
    BLOCK = "block"


def worst(*verdicts: Verdict) -> Verdict:
    """The hardest of some verdicts; PASS of none."""
    return max(verdicts, key=list(Verdict).index, default=Verdict.PASS)


class InvalidReport(RingfenceError):
    """What was given is no vetting report."""

    exit_code = 7
    code = "invalid-report"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing that was found. `path` is relative to the plugin's folder ("" for the whole); `line` counts from 1,
    0 is the whole file."""

    step: str
    rule: str
    severity: Severity
    path: str
    line: int
    message: str
    hint: str
    verdict: Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class StepReport:
    """What came of one step. `unexamined` are sentences: what, and why."""

    step: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    unexamined: tuple[str, ...]
    milliseconds: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A whole vetting of one tree (`digest`) under one policy."""

    name: str
    version: str
    digest: str
    policy_digest: str
    steps: tuple[StepReport, ...]
    verdict: Verdict

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Those of all steps."""
        return tuple(one for step in self.steps for one in step.findings)

    @property
    def unexamined(self) -> tuple[str, ...]:
        """What no step could examine."""
        return tuple(one for step in self.steps for one in step.unexamined)

    def as_dict(self) -> dict[str, object]:
        """Plain data, as `from_dict` takes it."""
        return {
            "name": self.name,
            "version": self.version,
            "digest": self.digest,
            "policy_digest": self.policy_digest,
            "verdict": self.verdict.value,
            "steps": [_step_as_dict(one) for one in self.steps],
        }

    @classmethod
    def from_dict(cls, value: object) -> "Report":
        """A report from plain data of others: bounded, every key known. Raises InvalidReport."""
        read = _Reader(value, ("name", "version", "digest", "policy_digest", "verdict", "steps"), "the report")
        return cls(
            name=read.text("name"),
            version=read.text("version"),
            digest=read.text("digest"),
            policy_digest=read.text("policy_digest"),
            verdict=read.one_of("verdict", Verdict),
            steps=read.each("steps", _step_from_dict, 32),
        )


def _step_as_dict(step: StepReport) -> dict[str, object]:
    return {
        "step": step.step,
        "verdict": step.verdict.value,
        "findings": [_finding_as_dict(one) for one in step.findings],
        "unexamined": list(step.unexamined),
        "milliseconds": step.milliseconds,
    }


def _finding_as_dict(one: Finding) -> dict[str, object]:
    return {
        "step": one.step,
        "rule": one.rule,
        "severity": one.severity.value,
        "path": one.path,
        "line": one.line,
        "message": one.message,
        "hint": one.hint,
        "verdict": one.verdict.value,
    }


def _step_from_dict(value: object) -> StepReport:
    read = _Reader(value, ("step", "verdict", "findings", "unexamined", "milliseconds"), "a step")
    return StepReport(
        step=read.text("step"),
        verdict=read.one_of("verdict", Verdict),
        findings=read.each("findings", _finding_from_dict, MAX_FINDINGS),
        unexamined=read.each("unexamined", _sentence, MAX_FINDINGS),
        milliseconds=read.number("milliseconds"),
    )


def _finding_from_dict(value: object) -> Finding:
    keys = ("step", "rule", "severity", "path", "line", "message", "hint", "verdict")
    read = _Reader(value, keys, "a finding")
    return Finding(
        step=read.text("step"),
        rule=read.text("rule"),
        severity=read.one_of("severity", Severity),
        path=read.text("path"),
        line=read.number("line"),
        message=read.text("message"),
        hint=read.text("hint"),
        verdict=read.one_of("verdict", Verdict),
    )


def _sentence(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        raise InvalidReport("what is unexamined must be a sentence")
    return value


class _Reader:
    """One object of a report, strictly: exactly its keys, each of its type and size."""

    def __init__(self, value: object, keys: tuple[str, ...], what: str) -> None:
        if not isinstance(value, dict) or set(value) != set(keys):
            raise InvalidReport(f"{what} must be an object with exactly: {', '.join(keys)}")
        self._value = value
        self._what = what

    def text(self, key: str) -> str:
        value = self._value[key]
        if not isinstance(value, str) or len(value) > _MAX_TEXT:
            raise InvalidReport(f"{key} of {self._what} must be a text of at most {_MAX_TEXT} characters")
        return value

    def number(self, key: str) -> int:
        value = self._value[key]
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1 << 53:
            raise InvalidReport(f"{key} of {self._what} must be a whole number")
        return value

    def one_of(self, key: str, words: type[_Word]) -> _Word:
        try:
            return words(self.text(key))
        except ValueError:
            raise InvalidReport(f"{key} of {self._what} must be one of {', '.join(words)}") from None

    def each(self, key: str, make: Callable[[object], _Item], most: int) -> tuple[_Item, ...]:
        value = self._value[key]
        if not isinstance(value, list) or len(value) > most:
            raise InvalidReport(f"{key} of {self._what} must be a list of at most {most}")
        return tuple(make(one) for one in value)
