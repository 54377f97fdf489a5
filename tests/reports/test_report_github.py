"""Annotations of GitHub Actions: one command a line, and only ours."""

import dataclasses
import re

from hypothesis import given, settings

from reports import reportkit as kit
from ringfence.audit.reports import render
from ringfence.controls.control import Severity


def lines(report):
    return render("github", report, kit.read).split("\n")[:-1]


def unescaped(text):
    """What the runner makes of an escaped text."""
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_the_worst_comes_first_and_unread_before_all():
    """GitHub shows ten of a kind, so what matters leads; waived findings are not annotated."""
    assert lines(kit.SMALL) == [
        "::error file=charts/web.yaml,line=3,endLine=3,col=1,endColumn=1,title=could not be examined"
        "::it is a Helm template, and helm is not installed",
        "::error file=compose.yaml,line=7,endLine=7,col=7,endColumn=39,title=no-secrets-in-environment (critical)"
        "::service web: POSTGRES_PASSWORD holds a password%0AEverybody who reads the file has it.",
        "::error file=compose.yaml,line=5,endLine=5,col=9,endColumn=19,title=published-ports (high)"
        "::service web: port 3001 is open on every interface"
        "%0APublished so, a port is reachable by everybody who reaches the machine.",
        "::warning file=compose.yaml,line=2,endLine=2,col=3,endColumn=5,title=bounded-memory (medium)"
        "::service web: no memory limit%0AOne greedy container takes the machine down.",
    ]


def test_nothing_to_say_is_no_line():
    """An empty report and a waived one print nothing."""
    assert (lines(kit.EMPTY), lines(kit.WAIVED_ONLY)) == ([], [])


def test_unread_alone_is_an_error():
    """What could not be examined is annotated where it stands."""
    assert [line.split("::")[1].split(",")[0] for line in lines(kit.UNREAD_ONLY)] == ["error file=charts/web.yaml"]


def test_low_findings_are_notices_and_long_places_have_no_columns():
    """GitHub refuses columns for a place of several lines."""
    (line,) = lines(kit.only(kit.PORTS, severity=Severity.LOW, place=kit.place(2, 3, 4, 9), why=""))
    assert line.startswith("::notice file=compose.yaml,line=2,endLine=4,title=published-ports (low)::")


def test_everything_that_means_something_is_escaped():
    """Per cent, line ends, and in properties colons and commas."""
    place = dataclasses.replace(kit.PORTS.place, file="a,b:c%d\n::error::x")
    (line,) = lines(kit.only(kit.PORTS, place=place, message="100%\r\n::stop-commands::x, y", why=""))
    head, said = re.fullmatch("::error (.*?)::(.*)", line).groups()
    assert head.startswith("file=a%2Cb%3Ac%25d%0A%3A%3Aerror%3A%3Ax,line=5,")
    assert said == "service web: 100%25 ::stop-commands::x, y"


def test_more_than_github_shows_is_told_first():
    """A notice says how many annotations are only in the log."""
    some = tuple(dataclasses.replace(kit.PORTS, place=kit.place(n, 1, n, 2)) for n in range(1, 14))
    shown = lines(dataclasses.replace(kit.EMPTY, findings=some))
    assert len(shown) == 14
    assert shown[0] == (
        "::notice title=Ringfence::GitHub shows ten annotations of a kind; 3 more are in the log of this step"
    )


@settings(deadline=None, max_examples=80)
@given(kit.reports)
def test_any_text_gives_one_command_a_line(report):
    """No text of others begins a line, ends a property, or comes back other than as it was."""
    shown = lines(report)
    alive = [one for one in report.findings if one.waived is None]
    assert len(shown) == len(alive) + len(report.unread)
    for line in shown:
        found = re.fullmatch(r"::(error|warning|notice) ([^:\n\r]*?)::([^\n\r]*)", line)
        assert found
        properties = dict(part.split("=", 1) for part in found[2].split(","))
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        files = {one.place.file for one in (*alive, *report.unread)}
        assert unescaped(properties["file"]) in files
        assert int(properties["line"]) <= int(properties["endLine"])
