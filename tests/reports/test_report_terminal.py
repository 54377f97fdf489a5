"""The report in a terminal, and the one of one line a finding."""

import dataclasses
import re
import time

from hypothesis import given, settings

from reports import reportkit as kit
from ringfence.audit.reports import render
from ringfence.audit.reports.text import width
from ringfence.formats.document import Edit

SMALL = """\
compose.yaml: 3 findings

medium[bounded-memory]: service web: no memory limit
   --> compose.yaml:2:3
    |
  2 |   web:
    |   ^^^
    = why: One greedy container takes the machine down.
    = fix (unsafe, assumes memory = 268435456): limit it
    |
  3 |     image: example/web
  4 +     mem_limit: 256M
  4 |     ports:
    = left to you: it comes from another file

high[published-ports]: service web: port 3001 is open on every interface
   --> compose.yaml:5:9
    |
  5 |       - "3001:3000"
    |         ^^^^^^^^^^^
    = why: Published so, a port is reachable by everybody who reaches the machine.
    = fix (safe): bind it to 127.0.0.1
    |
  4 |     ports:
  5 -       - "3001:3000"
  5 +       - "127.0.0.1:3001:3000"
  6 |     environment:

critical[no-secrets-in-environment]: service web: POSTGRES_PASSWORD holds a password
   --> compose.yaml:7:7
    |
  7 |       POSTGRES_PASSWORD: **************
    |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    = why: Everybody who reads the file has it.

1 thing could not be examined
  charts/web.yaml:3:1: it is a Helm template, and helm is not installed

3 findings in 1 file: 1 critical, 1 high, 1 medium; 1 waived
Examined 3 files (2 compose, 1 dockerfile) in 0.04 s, 1 could not be
2 can be fixed: ringfence audit --fix makes 1, --unsafe-fixes 1 more (--diff shows what would change; unsafe ones can \
break what runs now)
"""


def printed(report, text=kit.COMPOSE, **options):
    return render("terminal", report, {"compose.yaml": text}.get, **options)


def test_the_whole_report_by_file_and_line():
    """Every finding shows its line, why and its fix; unread things and the summary come last."""
    assert printed(kit.SMALL) == SMALL


def test_nothing_found_says_what_was_examined():
    """A clean result names how many files of which kind it is about."""
    assert printed(kit.EMPTY) == "Nothing found\nExamined 3 files (2 compose, 1 dockerfile) in 0.04 s\n"


def test_nothing_examined_is_not_nothing_found():
    """A scan that looked at nothing does not look like a clean one."""
    assert printed(kit.NOTHING) == "Nothing was examined\nExamined 0 files in 0.04 s\n"


def test_unread_alone_stands_in_a_block_of_its_own():
    """What could not be examined is told though nothing was found."""
    assert printed(kit.UNREAD_ONLY) == (
        "1 thing could not be examined\n"
        "  charts/web.yaml:3:1: it is a Helm template, and helm is not installed\n"
        "\n"
        "Nothing found\n"
        "Examined 3 files (2 compose, 1 dockerfile) in 0.04 s, 1 could not be\n"
    )


def test_waived_findings_are_only_counted():
    """A waiver takes its finding out of sight, not out of the count."""
    assert printed(kit.WAIVED_ONLY).splitlines()[0] == "Nothing found; 1 waived"


def test_waived_findings_are_shown_where_asked_for():
    """With their reason and until when, in place of why."""
    assert printed(kit.WAIVED_ONLY, waived=True).startswith(
        "compose.yaml: 1 finding\n"
        "\n"
        "low[pinned-tag]: service web: the image has no tag\n"
        "   --> compose.yaml:3:12\n"
        "    |\n"
        "  3 |     image: example/web\n"
        "    |            ^^^^^^^^^^^\n"
        "    = waived until 2027-01-31: only for development\n"
        "\n"
        "Nothing found; 1 waived\n"
    )


def test_what_was_told_is_not_told_again():
    """A second finding of a place has no second picture of it, a second one of a control no second reason."""
    again = dataclasses.replace(
        kit.MEMORY, control="bounded-cpu", message="no cpu limit", why="Loops. Forever.", fix=None
    )
    other = dataclasses.replace(again, place=kit.place(3, 5, 3, 10), severity=kit.PORTS.severity)
    shown = printed(dataclasses.replace(kit.EMPTY, findings=(again, kit.MEMORY, other))).split("\n\n")[1:4]
    assert shown[0].splitlines()[1:] == [
        "   --> compose.yaml:2:3",
        "    |",
        "  2 |   web:",
        "    |   ^^^",
        "    = why: Loops.",
    ]
    assert shown[1].splitlines()[1:3] == [
        "   --> compose.yaml:2:3",
        "    = why: One greedy container takes the machine down.",
    ]
    assert shown[2].splitlines()[1:] == [
        "   --> compose.yaml:3:5",
        "    |",
        "  3 |     image: example/web",
        "    |     ^^^^^",
    ]


def test_a_place_of_many_lines_shows_the_first_ones():
    """Of a long block four lines are shown, and that there are more."""
    text = "".join(f"line {n}\n" for n in range(1, 10))
    shown = printed(kit.only(kit.PORTS, place=kit.place(2, 1, 8, 4), why="", fix=None), text).splitlines()
    assert shown[3:14] == [
        "   --> compose.yaml:2:1",
        "    |",
        "  2 | line 2",
        "    | ^^^^^^",
        "  3 | line 3",
        "    | ^^^^^^",
        "  4 | line 4",
        "    | ^^^^^^",
        "  5 | line 5",
        "    | ^^^^^^",
        "    | ...",
    ]


def test_carets_stand_under_wide_and_escaped_characters():
    """A caret is as wide as what it marks, in the columns that the terminal draws."""
    text = "a: 木木 \u202e x\tmark\n"
    column = text.index("mark") + 1
    shown = printed(kit.only(kit.PORTS, place=kit.place(1, column, 1, column + 4), why="", fix=None), text).splitlines()
    assert shown[5] == r"  1 | a: 木木 \u202e x    mark"
    assert shown[6] == "    | " + " " * width(r"a: 木木 \u202e x    ") + "^^^^"


def test_a_long_line_is_cut_around_its_place():
    """The place stays in sight, with three dots at both ends, and the caret under it."""
    text = "x" * 5000 + "BAD" + "y" * 5000 + "\n"
    shown = printed(kit.only(kit.PORTS, place=kit.place(1, 5001, 1, 5004), why="", fix=None), text, columns=60)
    line, carets = shown.splitlines()[5:7]
    assert len(line) <= 60
    assert line.startswith("  1 | ...xxx")
    assert line.endswith("yyy...")
    assert carets.index("^") == line.index("BAD")
    assert carets.strip(" |") == "^^^"


def test_a_file_that_is_gone_is_reported_without_its_line():
    """Where the text is not there any more, place and words are still told."""
    shown = render("terminal", kit.only(kit.PORTS), lambda file: None)
    assert "--> compose.yaml:5:9" in shown
    assert "= fix (safe): bind it to 127.0.0.1" in shown


def test_a_secret_is_shown_nowhere():
    """Not in its own finding, nor in another of the same line, nor in what a fix of another removes or adds."""
    start = kit.COMPOSE.index("hunter2hunter2")
    fix = dataclasses.replace(kit.PORTS.fix, edits=(Edit(start=start, end=start, text="x-hunter2hunter2"),))
    other = dataclasses.replace(kit.PORTS, place=kit.place(6, 5, 7, 40), fix=fix)
    report = dataclasses.replace(kit.EMPTY, findings=(kit.SECRET, other))
    for form in ("terminal", "concise", "markdown", "html", "sarif", "github", "junit"):
        shown = render(form, report, kit.read).replace('"text": "x-hunter2hunter2"', "")
        assert "hunter2" not in shown, form


def test_a_secret_that_looks_like_a_name_is_hidden_whole():
    """Only a name that the finding itself speaks of stays in sight."""
    text = "command: c2VjcmV0c2VjcmV0==\n"
    finding = dataclasses.replace(kit.SECRET, place=kit.place(1, 10, 1, 28), message="it holds a token", why="")
    assert "  1 | command: ******************\n" in printed(kit.only(finding), text)


def test_a_secret_that_stands_there_twice_is_hidden_twice():
    """The same value in a comment, shown by another finding, is hidden as well."""
    text = kit.COMPOSE + "# was hunter2hunter2 before\n"
    other = dataclasses.replace(kit.PORTS, place=kit.place(8, 1, 8, 2), fix=None)
    shown = printed(dataclasses.replace(kit.EMPTY, findings=(kit.SECRET, other)), text)
    assert "  8 | # was ************** before\n" in shown


def test_a_secret_of_several_lines_is_hidden_on_all_of_them():
    """A private key in a block has no line left to read."""
    text = "key: |\n  -----BEGIN\n  AAAA\n  BBBB\nnext: 1\n"
    finding = dataclasses.replace(kit.SECRET, place=kit.place(1, 6, 4, 7), message="key holds a private key", why="")
    shown = printed(kit.only(finding), text)
    assert not re.search("BEGIN|AAAA|BBBB", shown)


def test_colours_only_where_asked_for():
    """Plain text has no escape; coloured text is the same text."""
    plain, coloured = printed(kit.SMALL), printed(kit.SMALL, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31mcritical[no-secrets-in-environment]\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_concise_is_one_line_a_finding():
    """`file:line:column: severity control: message`, and what is unread says so."""
    assert render("concise", kit.SMALL, kit.read) == (
        "charts/web.yaml:3:1: unread: it is a Helm template, and helm is not installed\n"
        "compose.yaml:2:3: medium bounded-memory: service web: no memory limit\n"
        "compose.yaml:5:9: high published-ports: service web: port 3001 is open on every interface\n"
        "compose.yaml:7:7: critical no-secrets-in-environment: service web: POSTGRES_PASSWORD holds a password\n"
    )
    assert render("concise", kit.EMPTY, kit.read) == ""


@settings(deadline=None, max_examples=60)
@given(kit.reports)
def test_no_text_of_others_draws_or_orders(report):
    """Whatever a finding holds: printable lines, none of which a CI runner would obey."""
    for form in ("terminal", "concise"):
        shown = render(form, report, kit.read, columns=80)
        assert all(line.isprintable() for line in shown.split("\n"))
        assert not re.search(r"##[A-Za-z]*\[|^\s*::", shown, re.MULTILINE)


def test_five_thousand_findings_of_one_long_line_take_a_moment():
    """A file of one line of megabytes costs no more than its findings."""
    text = "x" * 4_000_000
    some = [dataclasses.replace(kit.PORTS, place=kit.place(1, n * 700 + 1, 1, n * 700 + 9)) for n in range(5000)]
    began = time.process_time()
    shown = printed(dataclasses.replace(kit.EMPTY, findings=tuple(some)), text)
    assert time.process_time() - began < 4
    assert shown.count("published-ports") == 5000
    assert len(shown) < 5_000_000
