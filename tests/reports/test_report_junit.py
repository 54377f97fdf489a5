"""JUnit XML: what CI servers count, and well-formed whatever was found."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings

from reports import reportkit as kit
from ringfence.audit.reports import render

SMALL = """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="ringfence audit" tests="5" failures="3" errors="1" skipped="1" time="0.042">
  <testsuite name="charts/web.yaml" tests="1" failures="0" errors="1" skipped="0">
    <testcase name="could not be examined, line 3" classname="charts/web.yaml" file="charts/web.yaml" line="3">
      <error message="it is a Helm template, and helm is not installed" type="unread"/>
    </testcase>
  </testsuite>
  <testsuite name="compose.yaml" tests="4" failures="3" errors="0" skipped="1">
    <testcase name="bounded-memory: service web, line 2" classname="compose.yaml" file="compose.yaml" line="2">
      <failure message="no memory limit" type="medium">compose.yaml:2:3: medium bounded-memory: no memory limit
One greedy container takes the machine down.</failure>
    </testcase>
    <testcase name="pinned-tag: service web, line 3" classname="compose.yaml" file="compose.yaml" line="3">
      <skipped message="waived: only for development"/>
    </testcase>
    <testcase name="published-ports: service web, line 5" classname="compose.yaml" file="compose.yaml" line="5">
      <failure message="port 3001 is open on every interface" type="high">compose.yaml:5:9: high published-ports: \
port 3001 is open on every interface
Published so, a port is reachable by everybody who reaches the machine.</failure>
    </testcase>
    <testcase name="no-secrets-in-environment: service web, line 7" classname="compose.yaml" file="compose.yaml" \
line="7">
      <failure message="POSTGRES_PASSWORD holds a password" type="critical">compose.yaml:7:7: critical \
no-secrets-in-environment: POSTGRES_PASSWORD holds a password
Everybody who reads the file has it.</failure>
    </testcase>
  </testsuite>
</testsuites>
"""


def parsed(report):
    return ET.fromstring(render("junit", report, kit.read).encode("utf-8"))


def numbers(element):
    return [int(element.attrib[name]) for name in ("tests", "failures", "errors", "skipped")]


def test_the_whole_file():
    """A suite a file; failures, a skipped one for the waived, an error for the unread."""
    assert render("junit", kit.SMALL, kit.read) == SMALL


@pytest.mark.parametrize(
    ("report", "wanted", "name"),
    [
        (kit.EMPTY, [1, 0, 0, 0], "nothing was found in 3 files (2 compose, 1 dockerfile)"),
        (kit.NOTHING, [1, 0, 1, 0], "nothing was examined"),
        (kit.UNREAD_ONLY, [1, 0, 1, 0], "could not be examined, line 3"),
        (kit.WAIVED_ONLY, [1, 0, 0, 1], "pinned-tag: service web, line 3"),
    ],
)
def test_a_report_with_little_in_it_still_has_a_case(report, wanted, name):
    """Clean is passed, nothing examined is an error, unread is an error, waived is skipped."""
    root = parsed(report)
    assert numbers(root) == wanted
    (case,) = root.iter("testcase")
    assert case.attrib["name"] == name


def test_text_that_xml_cannot_hold_is_escaped():
    """Control characters, surrogates and text that turns round stand there in words; markup is text."""
    (case,) = parsed(kit.only(kit.PORTS, message="\x00\x1b[1m \ud800 \u202e \ufffe <b> & ]]>", why="")).iter("testcase")
    said = r"\u0000\u001b[1m \ud800 \u202e \ufffe <b> & ]]>"
    assert case[0].attrib["message"] == said
    assert case[0].text.endswith(said + "\n")


@settings(deadline=None, max_examples=80)
@given(kit.reports)
def test_any_report_parses_and_counts_right(report):
    """Whatever text a finding holds, the file is well-formed, and its numbers are those of its cases."""
    root = parsed(report)
    total = max(1, len(report.findings) + len(report.unread))
    assert len(list(root.iter("testcase"))) == numbers(root)[0] == total
    for element in (root, *root.iter("testsuite")):
        cases = list(element.iter("testcase"))
        tags = [[len(case.findall(tag)) for case in cases] for tag in ("failure", "error", "skipped")]
        assert numbers(element) == [len(cases), *map(sum, tags)]
    assert {element.tag for element in root.iter()} <= {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "error",
        "skipped",
    }
