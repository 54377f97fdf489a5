"""The JSON report: its shape, its numbers, any text in it."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings

from reports import reportkit as kit
from ringfence import __version__
from ringfence.audit.reports import render

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text(encoding="utf-8"))


def value(report):
    return json.loads(render("json", report, kit.read))


def strict(schema):
    """The schema with no unknown field allowed, so that each one that is written is documented."""
    if isinstance(schema, dict):
        inner = {key: strict(one) for key, one in schema.items()}
        return inner | ({"additionalProperties": False} if "properties" in schema else {})
    return [strict(one) for one in schema] if isinstance(schema, list) else schema


VALIDATOR = jsonschema.Draft202012Validator(strict(SCHEMA))


def test_the_head_and_the_summary():
    """Numbers first: findings without the waived ones, and what was examined."""
    whole = value(kit.SMALL)
    assert list(whole) == ["version", "tool", "root", "elapsed_seconds", "summary", "findings", "unread", "skipped"]
    assert (whole["version"], whole["tool"]) == (1, {"name": "ringfence", "version": __version__})
    assert (whole["root"], whole["elapsed_seconds"]) == ("/srv/app", 0.0421)
    assert whole["summary"] == {
        "findings": 3,
        "severities": {"critical": 1, "high": 1, "medium": 1, "low": 0},
        "waived": 1,
        "fixable": {"safe": 1, "unsafe": 1},
        "files": {"compose": 2, "dockerfile": 1},
        "unread": 1,
        "skipped": 1,
    }


def test_safe_and_unsafe_fixes_are_counted_apart():
    """Who runs `--fix` alone knows how far it goes."""
    assert value(kit.only(kit.PORTS))["summary"]["fixable"] == {"safe": 1, "unsafe": 0}
    assert value(kit.only(kit.MEMORY))["summary"]["fixable"] == {"safe": 0, "unsafe": 1}
    assert value(kit.only(kit.SECRET))["summary"]["fixable"] == {"safe": 0, "unsafe": 0}


def test_a_finding_has_everything():
    """Every field of a finding, its fix and its waiver is there."""
    memory, waived = value(kit.SMALL)["findings"][:2]
    assert memory == {
        "control": "bounded-memory",
        "title": "Memory is bounded",
        "severity": "medium",
        "message": "no memory limit",
        "why": "One greedy container takes the machine down.",
        "subject": "service web",
        "path": "limits.memory_bytes",
        "place": {"file": "compose.yaml", "line": 2, "column": 3, "end_line": 2, "end_column": 6},
        "fix": {
            "title": "limit it",
            "safe": False,
            "assumption": "memory = 268435456",
            "edits": [{"start": 40, "end": 40, "text": "    mem_limit: 256M\n"}],
            "left": [{"path": "limits.swap_bytes", "why": "it comes from another file"}],
        },
        "waived": None,
        "references": [],
        "fingerprint": "77aa01",
    }
    assert waived["waived"] == {
        "control": "pinned-tag",
        "reason": "only for development",
        "until": "2027-01-31",
        "place": {"file": "compose.yaml", "line": 3, "column": 24, "end_line": 3, "end_column": 80},
    }


def test_what_is_unread_or_skipped_is_there_with_its_reason():
    """Both lists say where and why."""
    whole = value(kit.SMALL)
    assert whole["unread"] == [
        {
            "place": {"file": "charts/web.yaml", "line": 3, "column": 1, "end_line": 3, "end_column": 1},
            "message": "it is a Helm template, and helm is not installed",
        }
    ]
    assert whole["skipped"] == [{"path": "node_modules", "why": "ignored by git"}]


@pytest.mark.parametrize("report", [kit.SMALL, kit.EMPTY, kit.NOTHING, kit.UNREAD_ONLY, kit.WAIVED_ONLY])
def test_every_report_is_as_documented(report):
    """What is printed fits docs/report.schema.json, and nothing is printed that is not in there."""
    VALIDATOR.validate(value(report))


@settings(deadline=None, max_examples=60)
@given(kit.reports)
def test_any_text_comes_back_as_it_was(report):
    """JSON's own escapes hold every text, lone surrogates too, in plain ASCII."""
    printed = render("json", report, kit.read)
    assert printed.isascii()
    whole = json.loads(printed)
    VALIDATOR.validate(whole)
    assert whole["root"] == report.root
    said = sorted((one.place.file, one.message, one.subject, one.why) for one in report.findings)
    assert (
        sorted((one["place"]["file"], one["message"], one["subject"], one["why"]) for one in whole["findings"]) == said
    )
