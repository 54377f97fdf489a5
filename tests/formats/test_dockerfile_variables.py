"""Arguments of instructions: quotes, arrays, flags, and variables with their operators and their scope."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.dockerfile_kit import build, whole, words
from ringfence.formats.dockerfile.words import filled, split, unquoted

VALUES = {"A": "x", "E": "", "P": "a.b.c", "S": "a b"}


@pytest.mark.parametrize(
    ("word", "wanted", "known"),
    [
        ("$A-${A}", "x-x", True),
        ("$Az", "$Az", False),
        ("$U/y", "$U/y", False),
        ("${U}", "${U}", False),
        ("${A:-d}${U:-d}${E:-d}${E-d}", "xdd", True),
        ("${A:+d}${U:+d}${E:+d}${E+d}", "dd", True),
        ("${A:?no}${A?no}", "xx", True),
        ("${U:?no}", "${U:?no}", False),
        ("${U:-$A}${U:-${U:-${A}}}", "xx", True),
        ("${U:-$V}", "$V", False),
        ("${P#*.}-${P##*.}-${P%.*}-${P%%.*}", "b.c-c-a.b-a", True),
        ("${P#?}${P#z}", ".b.ca.b.c", True),
        ("${P/./-}-${P//./-}", "a-b.c-a-b-c", True),
        ("${U#x}", "${U#x}", False),
        ("${P#*.*.*.}", "${P#*.*.*.}", False),
        ("'$A' \"$A\" \\$A", "$A x $A", True),
        ('"a\\"b" \'c\\d\' e\\ f', 'a"b c\\d e f', True),
        ("\"it's\" 'a\"b'", "it's a\"b", True),
        ("$ $1 ${ $}", "$ $1 ${ $}", True),
        ("${A", "x", True),
        ("${U:-a}b}", "ab}", True),
    ],
)
def test_variables_are_filled_in(word: str, wanted: str, known: bool) -> None:
    """Every operator of the reference; what is not known stays as it is written."""
    assert filled(word, VALUES.get) == (wanted, known)


def test_defaults_deeper_than_the_bound_are_not_known() -> None:
    """A value that would take too long to find is left."""
    assert filled("${U:-" * 30 + "x" + "}" * 30, VALUES.get)[1] is False


def test_the_escape_character_of_the_file_escapes() -> None:
    """A backslash means nothing where the backquote does."""
    assert unquoted('a`"b C:\\d', "`") == 'a"b C:\\d'
    assert split("a` b C:\\ d", "`") == [("a` b", 0), ("C:\\", 5), ("d", 9)]


@settings(deadline=None, max_examples=300)
@given(st.text(st.sampled_from("aA\"'\\$`{}:-+#%/ U?*."), max_size=40), st.sampled_from("\\`"))
def test_any_word_is_filled_in(word: str, escape: str) -> None:
    """No quote and no brace is too much; words cover all that is no blank."""
    text, known = filled(word, VALUES.get, escape)
    assert known or "$" in text
    parts = split(word, escape)
    assert all(word.startswith(part, at) for part, at in parts)
    assert "".join(part for part, _ in parts).replace(" ", "") == word.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('ENV A=b C=\'d e\' "F"="g h" I=j\\ k L=', ("A=b", "C=d e", "F=g h", "I=j k", "L=")),
        ("ENV A b  c", ("A=b  c",)),
        ("ENV A 'b c'", ("A=b c",)),
        ("LABEL a.b/c=d e='f=g'", ("a.b/c=d", "e=f=g")),
        ("ARG A B=c D='e f'", ("A", "B=c", "D=e f")),
        ("EXPOSE 80 53/UDP 1-2", ("80/tcp", "53/udp", "1-2/tcp")),
        ('COPY --link ["a b", "c\\u0041", "/d"]', ("a b", "cA", "/d")),
        ('COPY "a b" /c', ("a b", "/c")),
        ("WORKDIR /a b", ("/a b",)),
        ("VOLUME /a /b", ("/a /b",)),
        ("RUN a $B 'c'", ("a $B 'c'",)),
        ('CMD ["a", "$B"]', ('["a", "$B"]',)),
        ('COPY ["\\ud800", "/c"]', ("?", "/c")),
    ],
)
def test_words_of_each_instruction(text: str, wanted: tuple[str, ...]) -> None:
    """Pairs in both forms, ports with their protocol, arrays, and all else as one word."""
    assert words(text) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("COPY --from=b --chown=1:2 a /b", ("from=b", "chown=1:2")),
        ("COPY --link --chmod='7 55' a /b", ("link=", "chmod=7 55")),
        ("RUN --mount=type=secret,id=x --network=none a --b=c", ("mount=type=secret,id=x", "network=none")),
        ("HEALTHCHECK --interval=5s --retries=3 CMD a", ("interval=5s", "retries=3")),
        ("ARG V=1\nCOPY --chown=$V:$U a /b", ("chown=1:$U",)),
        ("CMD --a b", ()),
    ],
)
def test_flags(text: str, wanted: tuple[str, ...]) -> None:
    """Those at the beginning of instructions that have some, with variables."""
    assert build("FROM x AS b\nFROM a:1\n" + text).instructions[-1].flags == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ENV A=1\nENV A=2 B=$A\nLABEL x=$A$B", "x=21"),
        ("ARG A=1\nENV A=2\nARG A=3\nLABEL x=$A", "x=2"),
        ("ARG A=1\nARG A=2\nLABEL x=$A", "x=2"),
        ("ARG A\nLABEL x=$A", "x=$A"),
        ("ARG A\nLABEL x=${A:-y}", "x=y"),
        ("ENV A=$B/c\nLABEL x=$A", "x=$A"),
        ("ENV A='$B'\nLABEL x=$A", "x=$A"),
        ("ONBUILD ENV A=1\nLABEL x=$A", "x=$A"),
        ("LABEL x=$HTTP_PROXY", "x=$HTTP_PROXY"),
        ("ENV P=a\nENV P=$P:b\nLABEL x=$P", "x=a:b"),
        ("ARG TARGETARCH\nLABEL x=$TARGETARCH", "x=$TARGETARCH"),
    ],
)
def test_what_a_variable_holds(text: str, wanted: str) -> None:
    """ENV beats ARG, the last one counts, a whole instruction sees what was before it; what is not known stays."""
    assert words(text)[-1] == (wanted,)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ARG V=1\nFROM a:$V\nLABEL x=$V", "x=$V"),
        ("ARG V=1\nFROM a:$V\nARG V\nLABEL x=$V", "x=1"),
        ("ARG V=1\nFROM a:$V\nARG V=2\nLABEL x=$V", "x=2"),
        ("FROM a:1 AS b\nARG V=1\nENV E=2\nFROM b\nLABEL x=$V$E", "x=12"),
        ("FROM a:1 AS b\nARG V=1\nENV E=2\nFROM c:1\nLABEL x=$V$E", "x=$V$E"),
        ("FROM a:1 AS b\nFROM b\nENV E=1\nFROM b\nLABEL x=$E", "x=$E"),
    ],
)
def test_where_a_variable_holds(text: str, wanted: str) -> None:
    """In its stage and those built from it; what stands before the first FROM only where ARG names it again."""
    assert build(text).instructions[-1].words == (wanted,)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("EXPOSE 80 $P", {"instructions[0].words[1]"}),
        ("ENV A=$B C=d$B E=f", {"instructions[0].words[0]"}),
        ("ADD ${F} /x", {"instructions[0].words[0]"}),
        ("WORKDIR $W", {"instructions[0].words[0]"}),
        ("ARG P=1\nEXPOSE $P", set[str]()),
    ],
)
def test_a_word_that_is_all_variable_is_unknown(text: str, unknown: set[str]) -> None:
    """One that says something beside the variable is judged for that."""
    _, subject = whole(f"FROM a:1\n{text}\nUSER 1:1\n")
    assert subject.unknown == unknown
