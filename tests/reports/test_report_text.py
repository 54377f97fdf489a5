"""Text of others made fit for a terminal, and the diffs of edits."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringfence.audit.reports import text
from ringfence.audit.reports.source import Source
from ringfence.formats.document import Edit, applied


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("ports: 8080", "ports: 8080"),
        ("\x1b[2J\x07", r"\x1b[2J\x07"),
        ("a\r\nb", r"a\x0d\x0ab"),
        ("a\u202eb\u2066c", r"a\u202eb\u2066c"),
        ("pay\u200bpal\ufeff", r"pay\u200bpal\ufeff"),
        ("\x9b31m", r"\x9b31m"),
        ("\udc80", r"\udc80"),
        ("\U000e0041", r"\U000e0041"),
        ("a\u3164b", r"a\u3164b"),
        ("n\u0303\u0304", "n\u0303\u0304"),
        ("n\u0303\u0304\u0305", "n\u0303\u0304\\u0305"),
        ("\tx", "    x"),
        ("木 ü", "木 ü"),
        ("##[stop-commands]x ##vso[task.x]", r"#\x23[stop-commands]x #\x23vso[task.x]"),
        ("## heading ##", "## heading ##"),
    ],
)
def test_what_a_terminal_or_a_runner_obeys_is_shown_as_an_escape(given_text, shown):
    """Control, direction, invisible and stacked characters are escaped; letters stay."""
    assert text.safe(given_text) == shown


@settings(deadline=None, max_examples=300)
@given(st.text(st.characters(exclude_categories=[])))
def test_no_text_leaves_anything_that_moves_the_cursor(anything):
    """Whatever is given, only printable characters without more than two marks on one come out."""
    shown = text.safe(anything)
    assert shown.isprintable()
    marks = "".join("m" if unicodedata.category(c) in ("Mn", "Me") else "." for c in shown)
    assert "mmm" not in marks
    assert text.width(shown) >= 0


def test_a_line_that_begins_like_a_workflow_command_is_broken():
    """A file called `::error::` cannot give orders to a runner."""
    assert text.beginning("::stop-commands::x:1:1") == r"\x3a:stop-commands::x:1:1"
    assert text.beginning("a::b") == "a::b"


def test_wide_characters_take_two_columns_and_marks_none():
    """Carets stand under what they mean in Chinese too."""
    assert [text.width(one) for one in ("abc", "木", "ü", "u\u0308", "🐳")] == [3, 2, 1, 1, 2]


def test_long_lines_are_cut_so_that_the_place_stays_in_sight():
    """A cut line says so at its ends and tells how many characters are gone."""
    line = "".join(str(i % 10) for i in range(100))
    assert text.window(line, 0, 20) == ("01234567890123456...", 0)
    shown, gone = text.window(line, 90, 20)
    assert shown == "...789012345678901..."[:20] or len(shown) <= 20
    assert shown[90 - gone] == line[90]
    assert text.window("short", 2, 20) == ("short", 0)


@settings(deadline=None, max_examples=200)
@given(st.text("ab木\u0301", max_size=60), st.integers(0, 60), st.integers(12, 40))
def test_a_window_fits_and_shows_its_character(line, start, columns):
    """The cut line is never wider than asked, and holds the character that was asked for."""
    shown, gone = text.window(line, start, columns)
    assert text.width(shown) <= columns
    if start < len(line):
        assert shown[start - gone] == line[start]


def lines_of(hunks):
    return ["".join((line.sign, str(line.number), ":", line.text)) for hunk in hunks for line in hunk.lines]


def test_a_replacement_shows_the_line_before_and_after_it_with_a_line_around():
    """One changed word is one line out and one line in."""
    source = Source("a: 1\nb: 2\nc: 3\nd: 4\n")
    (hunk,) = source.hunks([Edit(start=8, end=9, text="20")])
    assert hunk.header == "@@ -1,3 +1,3 @@"
    assert lines_of([hunk]) == [" 1:a: 1", "-2:b: 2", "+2:b: 20", " 3:c: 3"]


def test_an_insertion_behind_a_line_does_not_show_that_line_as_changed():
    """Text put behind a line's last character is only new lines."""
    source = Source("a: 1\r\nb: 2\r\n")
    (hunk,) = source.hunks([Edit(start=4, end=4, text="\r\nx: 9")])
    assert lines_of([hunk]) == [" 1:a: 1", "+2:x: 9", " 2:b: 2"]


def test_a_blank_line_behind_a_change_is_left_out():
    """What stands around a change helps to find it; an empty line does not."""
    (hunk,) = Source("a: 1\n\nb: 2\n").hunks([Edit(start=4, end=4, text="\nx: 9")])
    assert lines_of([hunk]) == [" 1:a: 1", "+2:x: 9"]


def test_changes_far_apart_are_two_hunks_and_the_second_counts_on():
    """The numbers of new lines take the earlier hunks into account."""
    source = Source("".join(f"{n}\n" for n in range(1, 10)))
    first, second = source.hunks([Edit(start=0, end=2, text=""), Edit(start=14, end=15, text="x\ny")])
    assert (first.header, second.header) == ("@@ -1,2 +1,1 @@", "@@ -7,3 +6,4 @@")
    assert lines_of([first, second]) == ["-1:1", " 2:2", " 7:7", "-8:8", "+7:x", "+8:y", " 9:9"]


def test_edits_that_change_nothing_have_no_hunk():
    """A replacement by the same text is no change."""
    assert Source("a\nb\n").hunks([Edit(start=0, end=1, text="a")]) == ()


def patched(old, hunks):
    """What `patch` would make of hunks."""
    lines, at = list[str](), 1
    for hunk in hunks:
        lines += old[at - 1 : hunk.old - 1]
        assert len(lines) == hunk.new - 1
        for line in hunk.lines:
            if line.sign != "+":
                assert old[line.number - 1] == line.text
            if line.sign != "-":
                lines.append(line.text)
        at = hunk.old + sum(line.sign != "+" for line in hunk.lines)
    return lines + old[at - 1 :]


@st.composite
def texts_with_edits(draw):
    whole = draw(st.text("ab\n", max_size=40))
    cuts = sorted(draw(st.lists(st.integers(0, len(whole)), max_size=8, unique=True)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return whole, [Edit(start=a, end=b, text=draw(st.text("xy\n", max_size=5))) for a, b in pairs]


@settings(deadline=None, max_examples=300)
@given(texts_with_edits(), st.integers(0, 3))
def test_hunks_are_what_the_edits_do(whole_and_edits, context):
    """Applying the hunks to the old lines gives the lines of the edited text."""
    whole, edits = whole_and_edits
    hunks = Source(whole).hunks(edits, context)
    old, new = (
        one.split("\n")[: -1 if one.endswith("\n") or not one else None] for one in (whole, applied(whole, edits))
    )
    assert patched(old, hunks) == new


def test_offsets_have_lines_and_columns_from_one():
    """The place of an offset, at the begin, behind a line end, and at the end of the text."""
    source = Source("ab\ncd\n")
    assert [source.at(n) for n in (0, 2, 3, 6)] == [(1, 1), (1, 3), (2, 1), (3, 1)]
    assert [source.line(n)[0] for n in (0, 1, 2, 3)] == ["", "ab", "cd", ""]
