"""VEX statements: valid CycloneDX, and never "not affected" without a reason."""

import json

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from ringfence.advisories.vex import JUSTIFICATIONS, STATES, Statement, document
from ringfence.dataclasses import replace
from ringfence.errors import UsageError

GOOD = Statement(
    plugin="word-count",
    version="1.0+x",
    vulnerability="CVE-2026-1",
    state="not_affected",
    justification="code_not_reachable",
    detail="The parser is never called.",
    time="2026-11-20T12:00:00Z",
)


def test_every_state_and_justification_is_valid() -> None:
    """Whatever may be said is CycloneDX 1.6, and the order in which it is said does not matter."""
    statements = [
        replace(GOOD, vulnerability=f"CVE-{number}", justification=one) for number, one in enumerate(JUSTIFICATIONS)
    ]
    statements += [
        replace(GOOD, plugin=state.replace("_", "-"), state=state, justification="")
        for state in STATES
        if state != "not_affected"
    ]
    data = document(statements)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(data.decode()) is None
    assert data == document(statements[::-1])
    first = json.loads(data)["vulnerabilities"][0]
    assert first["affects"] == [{"ref": "pkg:generic/exploitable@1.0%2Bx"}]


@pytest.mark.parametrize(
    "change",
    [
        {"justification": ""},
        {"detail": " "},
        {"state": "fine"},
        {"justification": "trust_me"},
        {"state": "exploitable"},
    ],
)
def test_statements_that_are_refused(change: dict) -> None:
    """No reason, an unknown state, or a justification for what needs none: refused, although a good one came first."""
    with pytest.raises(UsageError):
        document([GOOD, replace(GOOD, **change)])
