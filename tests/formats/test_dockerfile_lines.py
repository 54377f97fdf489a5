"""A Dockerfile's text as instructions: directives, comments, continued lines, here-documents, and what is none."""

import pytest

from formats.dockerfile_kit import at, build, commands, load, unread, words
from ringfence.formats.dockerfile.lines import MAX_BODY, MAX_INSTRUCTIONS
from ringfence.models.build import Verb


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# escape=`\nFROM a:1\nLABEL a=b `\n  c=d\\\n", ("a=b", "c=d\\")),
        ("# ESCAPE = `\nFROM a:1\nLABEL a=b `\n  c=d\n", ("a=b", "c=d")),
        ("# syntax=docker/dockerfile:1\n# escape=`\nFROM a:1\nLABEL a=b `\n c=d\n", ("a=b", "c=d")),
        ("\ufeff#escape=`\r\nFROM a:1\r\nLABEL a=b `\r\n c=d\r\n", ("a=b", "c=d")),
        ("# a comment\n# escape=`\nFROM a:1\nLABEL a=b \\\n c=`\n", ("a=b", "c=`")),
        ("# other=1\n# escape=`\nFROM a:1\nLABEL a=b \\\n c=d\n", ("a=b", "c=d")),
        ("\n# escape=`\nFROM a:1\nLABEL a=b \\\n c=d\n", ("a=b", "c=d")),
        ("FROM a:1\n# escape=`\nLABEL a=b \\\n c=d\n", ("a=b", "c=d")),
    ],
)
def test_the_escape_character(text: str, wanted: tuple[str, ...]) -> None:
    """A directive counts on the first lines only, before any comment, blank line or unknown directive."""
    (one,) = build(text).instructions
    assert one.words == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("LABEL a=b \\\n\n  # why\n\t# and\n\n  c=d", ("a=b", "c=d")),
        ("LABEL a=b \\   \n  c=d", ("a=b", "c=d")),
        ("LABEL a=b\\\nc=d", ("a=bc=d",)),
        ("LABEL a=b \\", ("a=b",)),
        ("LABEL a=b \\\n", ("a=b",)),
        ("LABEL a=b \\\n# c", ("a=b",)),
        ("  \t LABEL\ta=b", ("a=b",)),
        ("label a=b", ("a=b",)),
        ("LABEL \\\n a=b", ("a=b",)),
        ("\\\nLABEL a=b", ("a=b",)),
        ("LABEL a=b # c=d", ("a=b", "#", "c=d")),
    ],
)
def test_lines_that_go_on(text: str, wanted: tuple[str, ...]) -> None:
    """Comments and blank lines between them are gone; a # within a line is none of a comment."""
    (one,) = load("FROM a:1\n" + text).subjects[0].model.instructions  # type: ignore[attr-defined]
    assert one.words == wanted


def test_two_escape_characters_continue_nothing() -> None:
    """What stands behind them is an instruction of its own."""
    assert commands("RUN a \\\\\nRUN b") == [("a", "\\"), ("b",)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("RUN <<EOF\na\nb c\nEOF\nRUN d", [("a",), ("b", "c"), ("d",)]),
        ("RUN <<'EOF'\na\nEOF\nRUN d", [("a",), ("d",)]),
        ("RUN <<-EOF\n\ta\n\t\tEOF\nRUN d", [("a",), ("d",)]),
        ("RUN <<EOF\n  EOF\na\nEOF\nRUN d", [("EOF",), ("a",), ("d",)]),
        ("RUN --mount=type=cache,target=/x <<EOF\na\nEOF\nRUN d", [("a",), ("d",)]),
        ("RUN <<EOF sh -x && b\na\nEOF\nRUN d", [("sh", "-x"), ("b",), ("a",), ("d",)]),
        ("RUN cat <<A >x && cat <<B >y\na\nA\nb\nB\nRUN d", [("cat",), ("cat",), ("d",)]),
        ("RUN python3 <<EOF\nimport a; b()\nEOF\nRUN d", [("python3",), ("d",)]),
        ("RUN <<EOF\n#!/usr/bin/env python3\nimport a; b()\nEOF\nRUN d", [("/usr/bin/env", "python3"), ("d",)]),
        ("RUN <<-EOF\n\t#!/bin/bash\n\ta; b\nEOF\nRUN d", [("a",), ("b",), ("d",)]),
        ("RUN echo '<<EOF' \"<<EOF\" x<<EOF $((1<<2))\nRUN d", [("echo", "<<EOF", "<<EOF", "x", "$((1<<2))"), ("d",)]),
        ("RUN cat <<< x\nRUN d", [("cat", "x"), ("d",)]),
        ('RUN ["cat", "<<EOF"]\nRUN d', [("cat", "<<EOF"), ("d",)]),
        ("ONBUILD RUN <<EOF\na\nEOF\nRUN d", [("a",), ("d",)]),
        ("RUN <<EOF\r\na\r\nEOF\r\nRUN d\r\n", [("a",), ("d",)]),
        ("COPY <<a <<b /x/\nRUN 1\na\nRUN 2\nb\nRUN d", [("d",)]),
    ],
)
def test_here_documents(text: str, wanted: list[tuple[str, ...]]) -> None:
    """Alone they are the script, beside a command what its shell makes of them; what follows is read on."""
    assert commands(text) == wanted


def test_a_here_document_is_no_source() -> None:
    """What COPY writes from the Dockerfile itself comes from nowhere."""
    assert words('COPY <<a x <<"b" /y/\n1\na\n2\nb\n') == [("x", "/y/")]


def test_an_instruction_ends_with_its_here_document() -> None:
    """Its place is its first line; the one behind it is on its own."""
    text = "FROM a:1\nRUN <<EOF\na\nEOF\nLABEL x=y\n"
    assert at(text, "instructions[0]") == "RUN <<EOF"
    assert at(text, "instructions[1]") == "LABEL x=y"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# escape=x\nFROM a:1", [(1, "the escape character can be a backslash or a backquote only")]),
        ("# syntax=a\n# syntax=b\nFROM a:1", [(2, "the directive syntax stands here twice")]),
        ("FROM a:1\nRUN <<EOF\na\n", [(2, "the here-document EOF does not end")]),
        ("FROM a:1\nRUN cat <<A <<B\nA\n", [(2, "the here-document B does not end")]),
        ("", [(1, "there is no FROM, so it builds no image")]),
        ("# only a comment\n", [(1, "there is no FROM, so it builds no image")]),
        ("ENV a=b\nFROM a:1", [(1, "ENV stands before the first FROM")]),
        ("FROM a:1\n\nFOO x\nRUN b", [(3, "there is no instruction FOO")]),
        ("FROM a:1\n=x", [(2, "this is no instruction: '=x'")]),
        ("FROM a:1\nONBUILD", [(2, "ONBUILD needs another instruction than itself")]),
        ("FROM a:1\nONBUILD ONBUILD RUN x", [(2, "ONBUILD needs another instruction than itself")]),
        ("FROM a:1\nONBUILD FROM b", [(2, "FROM cannot stand behind ONBUILD")]),
        ("FROM", [(1, "FROM names no image")]),
        ("FROM a b", [(1, "FROM has an image, or an image, AS and a name")]),
        ("FROM a:1\nCOPY x", [(2, "COPY needs a source and a target")]),
        ("FROM a:1\nADD", [(2, "ADD needs a source and a target")]),
        ("FROM a:1\nENV", [(2, "ENV needs a name and a value")]),
        ("FROM a:1\nENV a", [(2, "ENV needs NAME=value, not 'a'")]),
        ("FROM a:1\nENV a=b c", [(2, "ENV needs NAME=value, not 'c'")]),
        ("FROM a:1\nRUN", [(2, "RUN needs a command")]),
        ("FROM a:1\nUSER", [(2, "USER needs a user")]),
        ("FROM a:1\nCMD [1]", [(2, "an array of arguments holds strings only")]),
        ("FROM a:1\nCOPY --from=1 a b", [(2, "there is no stage 1 before this one")]),
        ("FROM a:1 AS x\nCOPY --from=x a b", [(2, "the stage x does not stand before this one")]),
        (
            "FROM a AS x\nCOPY --from=y a b\nFROM b AS Y\nCOPY --from=x a b",
            [(2, "the stage y does not stand before this one")],
        ),
    ],
)
def test_what_a_builder_refuses_is_said_with_its_line(text: str, wanted: list[tuple[int, str]]) -> None:
    """Each mistake is told once, at the instruction where it is made; what follows is read."""
    assert unread(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "COPY $FILES",
        "COPY <<EOF /x\na\nEOF",
        "CMD",
        "ENTRYPOINT []",
        "RUN [ -f a ] && b",
        'RUN ["a", "b"',
        "ENV a=",
        "EXPOSE $PORT",
        "HEALTHCHECK NONE",
        "ARG A B=c",
    ],
)
def test_what_a_builder_takes_is_no_mistake(text: str) -> None:
    """Bad JSON is a command, a variable may hold several words, a value may be empty."""
    assert unread("FROM a:1\n" + text) == []


def test_bad_json_is_read_as_a_command() -> None:
    """The shell form is what is left."""
    assert commands('RUN ["a", "b"\nCMD [ -f x ]') == [("[a,", "b"), ("[", "-f", "x", "]")]


def test_what_is_wrong_keeps_nothing_else_from_being_read() -> None:
    """Behind each damage the next instruction is judged."""
    text = "RUN a\nFROM a:1\nFOO\nUSER 1000:1000\n===\nCMD [1]\nEXPOSE 80\n"
    (subject,) = load(text).subjects
    model = subject.model
    assert (model.user, [one.verb for one in model.instructions]) == (  # type: ignore[attr-defined]
        1000,
        [Verb.RUN, Verb.OTHER, Verb.OTHER, Verb.EXPOSE],
    )
    assert [line for line, _ in unread(text)] == [1, 3, 5, 6]


def test_an_instruction_of_a_megabyte_is_not_examined_and_said_to_be_so() -> None:
    """It costs no time, and what follows is read."""
    text = "FROM a:1\nRUN " + "a" * 2**20 + "\nRUN b\nRUN " + "c \\\n" * 200_000 + "d\nEXPOSE 80\n"
    assert unread(text) == [(line, f"the instruction is longer than {MAX_BODY} characters") for line in (2, 4)]
    assert [one.verb for one in load(text).subjects[0].model.instructions] == [Verb.RUN, Verb.EXPOSE]  # type: ignore[attr-defined]


def test_a_here_document_of_a_megabyte_is_said_to_be_cut() -> None:
    """What is examined of it is what fits."""
    text = "FROM a:1\nRUN <<EOF\n" + "a\n" * 600_000 + "EOF\nRUN b\n"
    assert unread(text) == [(2, "the instruction is longer than what is examined of one")]


def test_more_instructions_than_the_bound_are_said() -> None:
    """The first of those that are not read is named."""
    text = "FROM a:1\n" + "RUN a\n" * (MAX_INSTRUCTIONS + 5)
    assert unread(text) == [(MAX_INSTRUCTIONS + 1, f"there are more than {MAX_INSTRUCTIONS} instructions")]


def test_a_file_that_is_none_does_not_say_so_in_every_line() -> None:
    """Fifty sentences are enough."""
    said = unread("FROM a:1\n" + "=\n" * 1000)
    assert len(said) == 50
    assert said[-1] == (51, "from here on 951 more things could not be read")
