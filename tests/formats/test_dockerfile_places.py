"""Model paths of a Dockerfile and what stands there, to the character."""

from typing import Any

import pytest
from hypothesis import given, settings

from formats.dockerfile_kit import at, load, said, texts, whole

TEXT = r"""
# syntax=docker/dockerfile:1
ARG V=3.20
FROM alpine:${V} AS build
RUN --mount=type=bind,from=golang:1.23,target=/x \
    one --flag 'a b' \
  # why
  && two \
  && sh -c 'three | four'
FROM debian:12
COPY --from=build --chown=1:1 /a b.txt /b/
COPY --from=busybox:1.37 ["c d", "/e"]
ENV A=1 \
    B="2 3"
ENV OLD form of it
EXPOSE 80 \
  22
RUN <<EOF
five
six seven
EOF
ONBUILD ADD x /y
USER root
HEALTHCHECK NONE
CMD ["sh", "-c", "eight; nine"]
""".lstrip()


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("bases[0]", "alpine:${V}"),
        ("bases[0].tag", "alpine:${V}"),
        ("bases[1]", "golang:1.23"),
        ("bases[2].digest", "debian:12"),
        ("bases[3]", "busybox:1.37"),
        ("instructions[0]", "ARG V=3.20"),
        ("instructions[0].words[0]", "V=3.20"),
        ("instructions[1]", "RUN --mount=type=bind,from=golang:1.23,target=/x \\"),
        ("instructions[1].flags[0]", "--mount=type=bind,from=golang:1.23,target=/x"),
        ("instructions[1].commands[0]", "one --flag 'a b'"),
        ("instructions[1].commands[1]", "two"),
        ("instructions[1].commands[2]", "sh -c 'three | four'"),
        ("instructions[1].commands[3]", "'three | four'"),
        ("instructions[1].commands[5]", "'three | four'"),
        ("instructions[2].flags[1]", "--chown=1:1"),
        ("instructions[2].words[1]", "b.txt"),
        ("instructions[2].words[2]", "/b/"),
        ("instructions[3].words[0]", '"c d"'),
        ("instructions[4].words[0]", "A=1"),
        ("instructions[4].words[1]", 'B="2 3"'),
        ("instructions[5].words[0]", "OLD form of it"),
        ("instructions[6].words[1]", "22"),
        ("instructions[7].commands[0]", "five"),
        ("instructions[7].commands[1]", "six seven"),
        ("instructions[8]", "ONBUILD ADD x /y"),
        ("instructions[8].verb", "ADD"),
        ("instructions[8].words[0]", "x"),
        ("user", "USER root"),
        ("group", "USER root"),
        ("user_name", "USER root"),
        ("health", "HEALTHCHECK NONE"),
        ("health.live", "HEALTHCHECK NONE"),
        ("instructions[11].commands[0]", '["sh", "-c", "eight; nine"]'),
        ("instructions[11].commands[2]", '"eight; nine"'),
        ("name", "FROM debian:12"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_what_stands_where_a_path_does(path: str, wanted: str, newline: str) -> None:
    """Words without their blanks, commands on their own line, an instruction by its first line; both line ends."""
    assert at(TEXT.replace("\n", newline), path) == wanted


def test_what_the_file_does_not_say_stands_at_the_last_from() -> None:
    """A user and a health check belong to the last stage."""
    text = "FROM a:1 AS b\nUSER 0\n  FROM --platform=x c:1\nRUN d\n"
    assert [at(text, path) for path in ("user", "group", "health", "name")] == ["FROM --platform=x c:1"] * 4


def test_a_user_of_an_earlier_stage_is_shown_where_it_is_set() -> None:
    """Whoever reads the finding has to change that line, or add one."""
    assert at("FROM a:1 AS b\nUSER root\nFROM b\nRUN c\n", "user") == "USER root"


def test_a_byte_order_mark_moves_no_line() -> None:
    """The first line is as long as it looks, and one character more."""
    text = "\ufeffFROM a:1\nUSER root\n"
    assert at(text, "bases[0]") == "a:1"
    assert at(text, "user") == "USER root"


def test_an_error_covers_its_line() -> None:
    """From the first character to the last."""
    text = "FROM a:1\n  FOO bar\n"
    (one,) = load(text).unread
    assert said(one.place, text) == "  FOO bar"


@settings(deadline=None, max_examples=150)
@given(texts())
def test_every_path_has_a_place_that_holds_what_the_model_says(text: str) -> None:
    """Whatever the spelling: literal words stand at their place, commands begin with their first word."""
    _, subject = whole(text)
    model: Any = subject.model
    for number, one in enumerate(model.instructions):
        here = f"instructions[{number}]"
        first = at(text, here)
        assert first
        assert not set("\r\n").intersection(first)
        for index, word in enumerate(one.words if one.verb in ("ADD", "COPY", "EXPOSE", "ENV") else ()):
            there = at(text, f"{here}.words[{index}]")
            name = word.removesuffix("/tcp").partition("=")[0]
            assert name in there or "$" in there
        for index, words in enumerate(one.commands):
            assert words[0][:1] in at(text, f"{here}.commands[{index}]")
    for index, base in enumerate(model.bases):
        assert base.name in at(text, f"bases[{index}]")
