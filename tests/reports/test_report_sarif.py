"""SARIF: valid by the schema of the standard, and meaning what the audit meant."""

import dataclasses
import json
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given, settings

from reports import reportkit as kit
from ringfence.audit.reports import render
from ringfence.controls import load, page
from ringfence.controls.control import Severity
from ringfence.formats.document import Edit, applied

_FORMATS = jsonschema.FormatChecker()
_NEVER = set(' "<>\\^`{|}')


@_FORMATS.checks("uri-reference")
def _is_reference(value: object) -> bool:
    """An address without a character that must be percent-encoded."""
    return not isinstance(value, str) or (
        value.isascii() and value.isprintable() and not set(value) & set(' "<>\\^`{|}')
    )


SCHEMA = json.loads((Path(__file__).parent / "data" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA, format_checker=_FORMATS)


def run_of(report, read=kit.read):
    log = json.loads(render("sarif", report, read))
    VALIDATOR.validate(log)
    assert log["version"] == "2.1.0"
    return log["runs"][0]


def result_of(finding, **changes):
    return run_of(kit.only(finding, **changes))["results"][0]


def test_the_validator_can_fail():
    """A log with a line 0, as some scanners write it, is refused by the schema that the other tests use."""
    log = json.loads(render("sarif", kit.SMALL, kit.read))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    with pytest.raises(jsonschema.ValidationError, match="less than the minimum"):
        VALIDATOR.validate(log)


def test_a_result_says_what_where_and_how_bad():
    """Rule, level, message, place with its text, fingerprint."""
    result = result_of(kit.PORTS)
    assert {key: result[key] for key in ("ruleId", "ruleIndex", "kind", "level", "message", "partialFingerprints")} == {
        "ruleId": "published-ports",
        "ruleIndex": 0,
        "kind": "fail",
        "level": "error",
        "message": {"text": "service web: port 3001 is open on every interface"},
        "partialFingerprints": {"ringfence/v1": "5f1d0c2a9b7e4d31"},
    }
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "compose.yaml", "uriBaseId": "%SRCROOT%", "index": 0},
                "region": {
                    "startLine": 5,
                    "startColumn": 9,
                    "endLine": 5,
                    "endColumn": 20,
                    "snippet": {"text": '"3001:3000"'},
                },
            },
            "logicalLocations": [{"name": "service web", "fullyQualifiedName": "ports[0].host"}],
        }
    ]


@pytest.mark.parametrize(
    ("severity", "level"),
    [(Severity.CRITICAL, "error"), (Severity.HIGH, "error"), (Severity.MEDIUM, "warning"), (Severity.LOW, "note")],
)
def test_severities_are_levels(severity, level):
    """SARIF has three levels for our four."""
    result = result_of(kit.PORTS, severity=severity)
    assert (result["level"], result["properties"]) == (level, {"severity": severity.value})


def test_a_rule_is_the_page_of_its_control():
    """Help in text and Markdown, a link, tags and the score by which GitHub sorts."""
    (rule,) = run_of(kit.only(kit.PORTS))["tool"]["driver"]["rules"]
    control = load("published-ports")
    assert rule["help"] == {"text": page.plain(control), "markdown": page.markdown(control)}
    assert (rule["id"], rule["name"]) == ("published-ports", "PublishedPorts")
    assert rule["shortDescription"] == {"text": "Published ports are bound to loopback"}
    assert rule["helpUri"] == "https://cwe.mitre.org/data/definitions/668.html"
    score = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.5"}[control.severity]
    assert rule["properties"] == {
        "tags": ["security", "external/cwe/cwe-668"],
        "precision": "high",
        "security-severity": score,
    }


def test_rules_are_listed_once_and_results_point_at_them():
    """Every result's ruleIndex leads to its own rule, in any order of findings."""
    run = run_of(dataclasses.replace(kit.SMALL, findings=(kit.SECRET, kit.PORTS, kit.MEMORY, kit.PORTS, kit.WAIVED)))
    rules = run["tool"]["driver"]["rules"]
    assert sorted(one["id"] for one in rules) == sorted({one["ruleId"] for one in run["results"]})
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])


def test_a_finding_that_no_control_stands_behind_is_its_own_rule():
    """A bad waiver, say: its why is the help."""
    (rule,) = run_of(kit.only(kit.PORTS, control="waiver-valid", references=()))["tool"]["driver"]["rules"]
    assert rule["help"]["text"] == kit.PORTS.why
    assert "helpUri" not in rule


def test_a_waived_finding_is_suppressed_in_the_source_or_outside():
    """A comment suppresses in the source, the configuration from outside; the reason is told."""
    result = result_of(kit.WAIVED)
    assert result["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "only for development"}
    ]
    outside = result_of(kit.WAIVED, waived=dataclasses.replace(kit.WAIVED.waived, place=None))
    assert outside["suppressions"][0]["kind"] == "external"
    assert "suppressions" not in result_of(kit.PORTS)


def test_unread_things_are_notifications_of_a_run_that_failed():
    """A viewer sees that the audit is not complete, and where."""
    (invocation,) = run_of(kit.UNREAD_ONLY)["invocations"]
    assert invocation["executionSuccessful"] is False
    (note,) = invocation["toolExecutionNotifications"]
    assert (note["level"], note["message"]["text"]) == ("error", "it is a Helm template, and helm is not installed")
    assert note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "charts/web.yaml"


@pytest.mark.parametrize("report", [kit.EMPTY, kit.NOTHING])
def test_an_empty_report_is_valid_and_successful(report):
    """No results, no rules, and no failure."""
    run = run_of(report)
    assert (run["results"], run["invocations"][0]["executionSuccessful"]) == ([], True)
    assert run["columnKind"] == "unicodeCodePoints"


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("a b/c#d?.yaml", "a%20b/c%23d%3F.yaml"),
        ("ü/木.yaml", "%C3%BC/%E6%9C%A8.yaml"),
        ("100%.yaml", "100%25.yaml"),
        ("c:x.yaml", "c%3Ax.yaml"),
        ("./x/../y.yaml", "y.yaml"),
        ("bad\udcff.yaml", "bad%FF.yaml"),
    ],
)
def test_addresses_are_relative_and_percent_encoded(file, uri):
    """Whatever a file is called, its address is one."""
    location = result_of(kit.PORTS, place=dataclasses.replace(kit.PORTS.place, file=file), fix=None)["locations"][0]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_file_outside_the_root_has_an_absolute_address():
    """It is not said to be below %SRCROOT%."""
    location = result_of(kit.PORTS, place=dataclasses.replace(kit.PORTS.place, file="/etc/x y"), fix=None)["locations"][
        0
    ]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "file:///etc/x%20y", "index": 0}


def test_messages_hold_no_placeholders_and_no_links():
    """Text of others cannot point a reader of the log elsewhere."""
    result = result_of(kit.PORTS, message="{0} [click](https://evil.example)\nnext \x1b[1m", subject="s")
    assert result["message"]["text"] == r"s: {{0}} [click] (https://evil.example) next \x1b[1m"


def replaced(text, replacements, by):
    """Replacements made by their offsets, or by their lines and columns."""
    mark = text.startswith("\ufeff")
    body = text[mark:]
    starts = [0]
    for line in body.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    edits = []
    for one in replacements:
        region = one["deletedRegion"]
        if by == "offset":
            start, end = region["charOffset"], region["charOffset"] + region["charLength"]
        else:
            start = starts[region["startLine"] - 1] + region["startColumn"] - 1
            end = starts[region["endLine"] - 1] + region["endColumn"] - 1
        edits.append(Edit(start=start, end=end, text=one["insertedContent"]["text"]))
    return text[:mark] + applied(body, edits)


@pytest.mark.parametrize(
    "text", [kit.COMPOSE, "\ufeff" + kit.COMPOSE, kit.COMPOSE.replace("\n", "\r\n"), "木" + kit.COMPOSE]
)
@pytest.mark.parametrize("by", ["offset", "line"])
def test_a_fix_does_what_the_edits_do(text, by):
    """Replacements by offset and by line both lead to the fixed text, behind a byte order mark too."""
    at, begin = text.index("3001"), text.index("services")
    edits = (
        Edit(start=at, end=at, text="127.0.0.1:"),
        Edit(start=text.index("    image"), end=text.index("    ports"), text=""),
        Edit(start=begin, end=begin + 3, text="# x\nSER"),
    )
    report = kit.only(kit.PORTS, fix=dataclasses.replace(kit.PORTS.fix, edits=edits))
    (fix,) = run_of(report, {"compose.yaml": text}.get)["results"][0]["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "compose.yaml", "uriBaseId": "%SRCROOT%", "index": 0}
    assert replaced(text, change["replacements"], by) == applied(text, edits)


def test_a_fix_says_what_it_risks_and_assumes():
    """Who applies it in an editor reads it first."""
    (fix,) = result_of(kit.MEMORY)["fixes"]
    assert fix["description"]["text"] == ("limit it (unsafe, it can break what runs now; assumes memory = 268435456)")


def test_no_snippet_is_longer_than_a_screen():
    """A place of ten thousand characters has no snippet, and its region stays true."""
    report = kit.only(kit.PORTS, place=kit.place(1, 1, 1, 10_000), fix=None)
    (result,) = run_of(report, {"compose.yaml": "x" * 20_000}.get)["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 1,
        "startColumn": 1,
        "endLine": 1,
        "endColumn": 10_000,
    }


@settings(deadline=None, max_examples=60)
@given(kit.reports)
def test_any_report_is_valid(report):
    """Whatever text a finding holds, the log fits the schema, is plain ASCII, and its addresses lead to the files."""
    printed = render("sarif", report, kit.read)
    assert printed.isascii()
    assert json.dumps(json.loads(printed), ensure_ascii=False).encode()  # no half of a character is left
    run = run_of(report)
    assert len(run["results"]) == len(report.findings)
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        uri = run["artifacts"][place["artifactLocation"]["index"]]["location"]["uri"]
        assert uri == place["artifactLocation"]["uri"]
        assert unquote(uri) or uri == "."
        region = place["region"]
        assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
        assert "\n" not in result["message"]["text"]
