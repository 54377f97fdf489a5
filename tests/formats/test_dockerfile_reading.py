"""Dockerfiles: instructions, variables, stages and commands, and where each stands."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringfence.formats import dockerfile
from ringfence.formats.document import Document, Subject, applied, is_unknown
from ringfence.models.build import Verb
from ringfence.shellwords import commands

DIGEST = "sha256:" + "0" * 64


def load(text: str) -> Document:
    return dockerfile.load(text, "Dockerfile", lambda path: None)


def build(text: str) -> Any:
    document = load(text)
    assert document.unread == ()
    (subject,) = document.subjects
    return subject.model


def subject_of(text: str) -> tuple[Document, Subject]:
    document = load(text)
    (subject,) = document.subjects
    return document, subject


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("FROM alpine", [("alpine", None, None)]),
        ("from alpine:3.20 as x", [("alpine", "3.20", None)]),
        (
            "FROM --platform=linux/amd64 r.example:5000/a/b:1@sha256:" + "0" * 64,
            [("r.example:5000/a/b", "1", "sha256:" + "0" * 64)],
        ),
        ("ARG V=3.20\nFROM alpine:${V}", [("alpine", "3.20", None)]),
        ("ARG V\nFROM alpine:${V:-3.19}", [("alpine", "3.19", None)]),
        ("FROM a:1 AS b\nFROM b\nRUN true", [("a", "1", None)]),
        ("FROM a:1 AS b\nFROM scratch\nCOPY --from=b /x /x", [("a", "1", None)]),
        ("FROM a:1\nFROM scratch\nCOPY --from=c:2 /x /x\nCOPY --from=0 /x /x", [("a", "1", None), ("c", "2", None)]),
        ("FROM a:1\nRUN --mount=type=bind,from=c:2,target=/x true", [("a", "1", None), ("c", "2", None)]),
        ("# escape=`\nFROM a:1\nRUN dir c:\\ `\n  d", [("a", "1", None)]),
    ],
)
def test_the_images_that_it_is_made_of(text: str, bases: list[tuple[str, str | None, str | None]]) -> None:
    """Every image that a registry is asked for, and no stage."""
    assert [(one.name, one.tag, one.digest) for one in build(text).bases] == bases


@pytest.mark.parametrize(
    ("text", "user", "known"),
    [
        ("FROM a:1", None, True),
        ("FROM a:1\nUSER root", 0, True),
        ("FROM a:1\nUSER 0:0", 0, True),
        ("FROM a:1\nUSER 1000:1000", 1000, True),
        ("FROM a:1\nUSER app", None, False),
        ("FROM a:1\nRUN useradd -u 1001 app\nUSER app", 1001, True),
        ("FROM a:1\nRUN adduser -D --uid=1002 app && true\nUSER app", 1002, True),
        ("FROM a:1\nARG U=1003\nUSER ${U}", 1003, True),
        ("FROM a:1\nARG U\nUSER $U", None, False),
        ("FROM a:1\nUSER 1000\nUSER root", 0, True),
        ("FROM a:1 AS x\nUSER 1000\nFROM x", 1000, True),
        ("FROM a:1 AS x\nUSER 1000\nFROM b:1", None, True),
        ("FROM gcr.io/distroless/static:nonroot", None, False),
        ("FROM a:1\nONBUILD USER 1000", None, True),
    ],
)
def test_the_user_that_the_image_starts_as(text: str, user: int | None, known: bool) -> None:
    """The last USER of the last stage and of what it is built from; a name's id only where the file says it."""
    _, subject = subject_of(text)
    model: Any = subject.model
    assert (model.user, not is_unknown("user", subject.unknown)) == (user, known)


@pytest.mark.parametrize(
    ("text", "healthy"),
    [
        ("FROM a:1", False),
        ("FROM a:1\nHEALTHCHECK CMD true", True),
        ("FROM a:1\nHEALTHCHECK CMD true\nHEALTHCHECK NONE", False),
        ("FROM a:1 AS x\nHEALTHCHECK --interval=5s CMD true\nFROM x", True),
    ],
)
def test_its_health_check(text: str, healthy: bool) -> None:
    """The last one counts, also from an earlier stage; NONE is none."""
    assert build(text).health.live is healthy


def runs(text: str) -> list[tuple[str, ...]]:
    return [words for one in build(text).instructions for words in one.commands]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("FROM a:1\nRUN a b && c || d; e", [("a", "b"), ("c",), ("d",), ("e",)]),
        ("FROM a:1\nRUN a \\\n  # why\n\n  b | c", [("a", "b"), ("|",), ("c",)]),
        ('FROM a:1\nRUN ["a", "b c"]', [("a", "b c")]),
        ('FROM a:1\nCMD ["sh", "-c", "a | b"]', [("sh", "-c", "a | b"), ("a",), ("|",), ("b",)]),
        ("FROM a:1\nRUN <<EOF\na b\nc\nEOF\nRUN d", [("a", "b"), ("c",), ("d",)]),
        ("FROM a:1\nRUN bash <<-'X'\n\ta\n\tX\nRUN d", [("bash",), ("a",), ("d",)]),
        ("FROM a:1\nRUN cat <<EOF >/x\na b\nEOF\nRUN d", [("cat",), ("d",)]),
        ("FROM a:1\nHEALTHCHECK --timeout=3s CMD curl -f x", [("curl", "-f", "x")]),
        ("FROM a:1\r\nRUN a \\\r\n b\r\n", [("a", "b")]),
    ],
)
def test_commands_of_a_run(text: str, wanted: list[tuple[str, ...]]) -> None:
    """Continuations, comments within, here-documents, JSON and shell forms."""
    assert runs(text) == wanted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ENV A=b C='d e'", ("A=b", "C=d e")),
        ("ENV A b c", ("A=b c",)),
        ("ENV A=1\nENV B=$A-${A:+x}", ("A=1", "B=1-x")),
        ("ARG A", ("A",)),
        ("LABEL a.b=c \\\n  d=e", ("a.b=c", "d=e")),
        ("EXPOSE 80 53/udp", ("80/tcp", "53/udp")),
        ("ADD a b /c/", ("a", "b", "/c/")),
        ('COPY ["a b", "/c"]', ("a b", "/c")),
        ("ADD --chmod=755 --checksum=sha256:0 https://x/y /z", ("https://x/y", "/z")),
    ],
)
def test_arguments_of_instructions(text: str, words: tuple[str, ...]) -> None:
    """Quotes, both forms of ENV, variables, flags that are none of the words."""
    found = build(f"FROM a:1\n{text}\n").instructions
    assert tuple(word for one in found for word in one.words) == words


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("RUN true\n", 1, "RUN stands before the first FROM"),
        ("", 1, "there is no FROM, so it builds no image"),
        ("FROM a:1\nFOO bar\n", 2, "there is no instruction FOO"),
        ("FROM a:1\n\n{}\n", 3, "this is no instruction: '{}'"),
        ("FROM a:1\nRUN <<EOF\ntrue\n", 2, "the here-document EOF does not end"),
        ("FROM\n", 1, "FROM names no image"),
    ],
)
def test_what_is_no_dockerfile_is_said_with_its_line(text: str, line: int, message: str) -> None:
    """Each mistake is an item of its own."""
    assert (line, message) in [(one.place.line, one.message) for one in load(text).unread]


def test_places_are_those_of_words_and_commands() -> None:
    """A command of a long RUN stands on its own line."""
    text = "FROM a:1\nENV A=1 \\\n    B=2\nRUN one \\\n && two \\\n && three\nUSER root\n"
    document, subject = subject_of(text)
    places = {
        "bases[0]": (1, 6),
        "instructions[0].words[1]": (3, 5),
        "instructions[1].commands[1]": (5, 5),
        "instructions[1].commands[2]": (6, 5),
        "user": (7, 1),
        "health": (1, 1),
    }
    found = {path: document.place(subject, path) for path in places}
    assert {path: (place.line, place.column) for path, place in found.items()} == places


def test_a_user_is_put_before_what_the_image_starts() -> None:
    """In the last stage, before CMD, in the place of the last USER, or at the end."""
    import dataclasses

    for text, wanted in (
        ('FROM a:1\nCMD ["x"]\n', 'FROM a:1\nUSER 65532:65532\nCMD ["x"]\n'),
        ("FROM a:1\nUSER root # x\nRUN y\n", "FROM a:1\nUSER root # x\nRUN y\nUSER 65532:65532\n"),
        ("FROM a:1 AS b\nUSER 0\nFROM c:1\nRUN y", "FROM a:1 AS b\nUSER 0\nFROM c:1\nRUN y\nUSER 65532:65532"),
        ("FROM a:1\r\nRUN y\r\n", "FROM a:1\r\nRUN y\r\nUSER 65532:65532\r\n"),
    ):
        document, subject = subject_of(text)
        model: Any = subject.model
        patch = document.patch(subject, dataclasses.replace(model, user=65532, group=65532))
        assert applied(text, patch.edits) == wanted
        assert subject_of(wanted)[1].model.user == 65532  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "text", "claimed"),
    [
        ("Dockerfile", "", True),
        ("Dockerfile.prod", "FROM a:1\n", True),
        ("Dockerfile.part", "RUN true\n", False),
        ("dockerfile.vim", "FROM a:1\n", False),
        ("web.Dockerfile", "", True),
        ("Containerfile", "", True),
        ("Dockerfile.md", "", False),
        (".dockerignore", "", False),
        ("build", "# syntax=docker/dockerfile:1\nARG A=1\nFROM a:$A AS b\nRUN true\n", True),
        ("notes", "FROM here on everything changes\nRUN away\n", False),
        ("query", "FROM users\nSELECT *\nWHERE a\n", False),
    ],
)
def test_files_are_claimed_by_name_and_by_content(name: str, text: str, claimed: bool) -> None:
    """A build file is known without its name; prose and SQL are not taken for one."""
    assert dockerfile.claims(name, text) is claimed


lines = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "FROM a:1",
                "FROM a:1 AS b",
                "FROM b",
                "RUN a && b | c",
                "RUN <<EOF",
                "EOF",
                "ENV A=b",
                "ARG A",
                "USER $A",
                "COPY --from=b x y",
                "# c",
                "RUN a \\",
                '["x"]',
                "ADD",
                "ONBUILD RUN x",
                "HEALTHCHECK",
                "EXPOSE $A",
                "LABEL",
                "ENV",
            ]
        ),
        st.text(max_size=12),
    ),
    max_size=10,
)


@settings(deadline=None, max_examples=300)
@given(lines.map("\n".join))
def test_nothing_that_a_file_holds_is_too_much(text: str) -> None:
    """Any text gives a document, with places inside of it."""
    document = load(text)
    count = text.count("\n") + 1
    for one in document.unread:
        assert 1 <= one.place.line <= count
    for subject in document.subjects:
        model: Any = subject.model
        for number in range(len(model.instructions)):
            place = document.place(subject, f"instructions[{number}]")
            assert 1 <= place.line <= place.end_line <= count
            assert place.column >= 1


@settings(deadline=None, max_examples=300)
@given(st.text(st.sampled_from("ab '\"\\$(){}`|&;<>\n#=-"), max_size=40))
def test_any_shell_text_is_taken_apart(text: str) -> None:
    """No quote, bracket or operator is too much; every command has words and stands inside the text."""
    for command in commands(text):
        assert command.words
        assert 0 <= command.offset < command.end <= len(text)


def test_a_verb_is_one_of_the_reference() -> None:
    """Instructions that controls look at have their verb, the rest is OTHER."""
    found = build("FROM a:1\nCOPY a b\nVOLUME /x\n").instructions
    assert [one.verb for one in found] == [Verb.COPY, Verb.OTHER]
