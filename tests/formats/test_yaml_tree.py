"""YAML as a tree: places, damage, and that hostile texts are bounded."""

import pytest

from ringfence.formats.yamltree import MAX_BROKEN, MAX_TAG_DIRECTIVES, Mapping, Scalar, parse


def damage(text: str) -> list[tuple[int, int, str]]:
    return [(one.line, one.column, one.message) for one in parse(text).broken]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: b\nc: [1,\n", (2, 7, "did not find expected node content")),
        ("a: b\nc: [1,\n\n\n", (4, 1, "did not find expected node content")),
        ("a: 'b\n", (1, 4, "found unexpected end of stream")),
        ("a:\n\tb: 1\n", (2, 1, "found character that cannot start any token")),
        ("a: *b\n", (1, 4, "the alias *b stands for nothing that was read before")),
        ("a: &a [*a]\n", (1, 8, "the alias *a stands inside of what it stands for")),
        ("a: \x01\n", (1, 4, "it holds '\\x01', which no YAML may")),
        ("\ufeffa: \x01\n", (1, 4, "it holds '\\x01', which no YAML may")),
    ],
)
def test_damage_has_a_place_that_is_there(text: str, wanted: tuple[int, int, str]) -> None:
    """The last line that there is, where the text ends too soon."""
    assert damage(text) == [wanted]


def test_documents_around_a_broken_one_are_whole() -> None:
    """Before it and behind it; of one with a character that no YAML may, too."""
    for middle in ("b: [", "b: \x01", "b: *x", "- a\nb: 1"):
        parsed = parse(f"a: 1\n---\n{middle}\n---\nc: 3\n")
        assert len(parsed.broken) == 1, middle
        roots = [one for one in parsed.documents if isinstance(one, Mapping)]
        assert [key.value for one in roots for key, _ in one.pairs if isinstance(key, Scalar)] == ["a", "c"], middle


def test_many_directives_are_refused_at_once() -> None:
    """libyaml compares each %TAG with all before it: a file of them would take minutes."""
    some = "".join(f"%TAG !a{number}! tag:x,{number}:\n" for number in range(250_000))
    (one,) = damage(some + "--- a\n")
    assert one[2] == f"it has more than {MAX_TAG_DIRECTIVES} %TAG directives"
    few = "".join(f"%TAG !a{number}! tag:x,{number}:\n" for number in range(MAX_TAG_DIRECTIVES))
    assert damage(few + "--- a\n") == []
    assert damage("a: '%TAG'\n" * 1 + "b: |\n" + "  %TAG x\n" * 1000) == []


def test_many_broken_documents_end() -> None:
    """Each is told up to a bound, and then that there is more."""
    found = damage("--- [\n" * 100_000)
    assert len(found) == MAX_BROKEN + 1
    assert found[-1][2] == "too much before it is broken"


@pytest.mark.parametrize("newline", ["\r", "\x85", "\u2028", "\u2029"])
def test_only_a_line_feed_ends_a_line(newline: str) -> None:
    """Editors count so; YAML 1.1 has other breaks, which do not shift what follows."""
    (root,) = parse(f"a: 'x{newline}y'\nb: 2\n").documents
    assert isinstance(root, Mapping)
    key, _ = root.pairs[1]
    assert (key.line, key.column) == (2, 1)


def test_an_anchor_and_a_tag_stand_before_what_they_mark() -> None:
    """Also with comments and line breaks between them."""
    text = "a: &x !y  # why\n  'b'\nc: &m\n  d: 1\ne: !z [1]\n"
    (root,) = parse(text).documents
    assert isinstance(root, Mapping)
    values = [value for _, value in root.pairs]
    assert [(one.line, text[one.start : one.start + 3]) for one in values] == [(2, "'b'"), (4, "d: "), (5, "[1]")]
