"""Records as OCSF events and as syslog messages."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.journalkit import record
from ringfence.journal import ocsf, syslog
from ringfence.journal.line import Entry

_KINDS = ["call", "outcome", "refusal", "grant", "revoke", "trust", "start", "stop", "recovery"]

#: Attributes that OCSF 1.3.0 marks required, by class.
_REQUIRED = {
    6003: {"actor", "api", "src_endpoint"},
    6002: {"app"},
}
_BASE = {"activity_id", "category_uid", "class_uid", "metadata", "severity_id", "time", "type_uid"}

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
_ODD = st.dictionaries(st.sampled_from([*record(), "code", "error", "limits_hit", "cell", "digest"]), _JSON)


def _require(event: dict[str, object]) -> None:
    class_uid = event["class_uid"]
    assert isinstance(class_uid, int)
    assert event.keys() >= _BASE | _REQUIRED[class_uid]
    assert event["type_uid"] == class_uid * 100 + int(str(event["activity_id"]))
    assert event["category_uid"] == class_uid // 1000 == 6
    metadata = event["metadata"]
    assert isinstance(metadata, dict)
    assert metadata["version"] == "1.3.0"
    assert metadata["product"]["vendor_name"] == "Ringfence"


@pytest.mark.parametrize(
    ("kind", "type_uid", "status", "action"),
    [
        ("call", 600399, "Unknown", "Allowed"),
        ("outcome", 600399, "Success", "Allowed"),
        ("refusal", 600399, "Failure", "Denied"),
        ("grant", 600301, "Success", "Unknown"),
        ("revoke", 600304, "Success", "Unknown"),
        ("trust", 600303, "Success", "Unknown"),
        ("start", 600203, "Success", "Unknown"),
        ("stop", 600204, "Success", "Unknown"),
        ("recovery", 600299, "Success", "Unknown"),
    ],
)
def test_every_kind_has_its_class(kind: str, type_uid: int, status: str, action: str) -> None:
    """Class, activity, status and action follow from the kind of record."""
    event = ocsf.event(Entry(7, record(type=kind)))
    _require(event)
    assert (event["type_uid"], event["status"], event["action"]) == (type_uid, status, action)


def test_an_outcome_as_an_api_activity() -> None:
    """Who called what, how it ended and how long it took stand where OCSF has them."""
    event = ocsf.event(Entry(7, record(3, status="error", code="timeout", error="too slow", limits_hit=["wall"])))
    assert event["time"] == 1769860800123
    assert event["duration"] == 12
    assert event["status_code"] == "timeout"
    assert event["severity"] == "Low"
    assert event["actor"] == {"process": {"pid": 99}, "user": {"uid": "1000", "type_id": 0}}
    assert event["api"] == {
        "operation": "build",
        "service": {"name": "text-report", "version": "1.0.0"},
        "request": {"uid": "00000000-0000-4000-8000-000000000003"},
        "response": {"error": "timeout", "error_message": "too slow"},
    }
    assert event["unmapped"] == {
        "caller": {"uid": 1000, "gid": 1000, "pid": 99, "via": "cli"},
        "duration_us": {"total": 12345},
        "limits_hit": ["wall"],
    }


def test_a_good_outcome_has_no_error() -> None:
    """The code "ok" is not put where OCSF expects an error."""
    api = ocsf.event(Entry(7, record(code="ok", error="")))["api"]
    assert isinstance(api, dict)
    assert api["response"] == {"message": "ok"}


@settings(deadline=None, max_examples=200)
@given(_ODD, st.sampled_from(_KINDS))
def test_any_record_becomes_a_whole_event(odd: dict[str, object], kind: str) -> None:
    """Missing fields and fields of unexpected types never fail and never leave out what OCSF requires."""
    _require(ocsf.event(Entry(0, odd | {"type": kind})))
    _require(ocsf.event(Entry(0, odd)))


# RFC 5424, section 6: the grammar of one message.
_SYSLOG = re.compile(
    r"<(?P<pri>\d{1,3})>1 (?P<time>-|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z) (?P<host>[!-~]{1,255}) "
    r"(?P<app>[!-~]{1,48}) (?P<pid>[!-~]{1,128}) (?P<id>[!-~]{1,32}) "
    r'\[ringfence@32473(?: [a-z_]{1,32}="(?:[^"\\\]]|\\["\\\]])*")*\] \ufeff(?P<msg>.*)'
)


def test_a_refusal_as_a_syslog_message() -> None:
    """Facility audit, severity warning; quotes, backslashes and brackets are escaped."""
    entry = Entry(7, record(type="refusal", status="error", code="not-granted", method='a"b\\c]d', error="no\nway"))
    assert syslog.message(entry) == (
        "<108>1 2026-01-31T12:00:00.123Z host.example ringfence 4711 refusal "
        '[ringfence@32473 seq="7" request_id="00000000-0000-4000-8000-000000000000" plugin="text-report" '
        'version="1.0.0" method="a\\"b\\\\c\\]d" status="error" code="not-granted" caller_uid="1000" '
        'caller_gid="1000" caller_pid="99" caller_via="cli"] \ufeff'
        'refusal text-report a"b\\c]d error not-granted no way'
    )


@settings(deadline=None, max_examples=300)
@given(_ODD)
def test_any_record_becomes_one_well_formed_message(odd: dict[str, object]) -> None:
    """Whatever the fields hold, the message keeps to the grammar and is one line."""
    message = syslog.message(Entry(0, odd))
    assert _SYSLOG.fullmatch(message)
    assert message.replace("\ufeff", "").isprintable()
