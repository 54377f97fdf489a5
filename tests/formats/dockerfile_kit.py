"""What the tests of Dockerfiles share: loading, judging and patching, and texts in many spellings."""

import dataclasses
from typing import Any

from hypothesis import strategies as st

from ringfence.controls import load as control
from ringfence.formats import dockerfile
from ringfence.formats.document import Document, Place, Subject, applied, is_guess
from ringfence.models.build import Build

replace = dataclasses.replace


def load(text: str) -> Document:
    return dockerfile.load(text, "Dockerfile", lambda path: None)


def whole(text: str) -> tuple[Document, Subject]:
    """A document of which everything was read."""
    document = load(text)
    assert document.unread == (), text
    (subject,) = document.subjects
    return document, subject


def build(text: str) -> Build:
    model: Any = whole(text)[1].model
    assert isinstance(model, Build)
    return model


def unread(text: str) -> list[tuple[int, str]]:
    return [(one.place.line, one.message) for one in load(text).unread]


def words(text: str) -> list[tuple[str, ...]]:
    """The words of every instruction behind a FROM."""
    return [one.words for one in build("FROM a:1\n" + text).instructions]


def commands(text: str) -> list[tuple[str, ...]]:
    """The commands of every instruction behind a FROM."""
    return [some for one in build("FROM a:1\n" + text).instructions for some in one.commands]


def said(place: Place, text: str) -> str:
    """What stands at a place."""
    lines = text.split("\n")[place.line - 1 : place.end_line]
    lines[-1] = lines[-1][: place.end_column - 1]
    return "\n".join([lines[0][place.column - 1 :], *lines[1:]])


def at(text: str, path: str) -> str:
    """What stands where a model path does."""
    document, subject = whole(text)
    return said(document.place(subject, path), text)


def found(id: str, text: str) -> list[tuple[int, str]]:
    """What a control finds: (line, words), but for what the file does not let us know."""
    document, subject = whole(text)
    faults = [one for one in control(id).faults(subject.model) if not is_guess(one, subject.unknown)]
    return [(document.place(subject, one.path).line, one.found) for one in faults]


def patched(text: str, wanted: Build) -> tuple[str, list[tuple[str, str]]]:
    """The text after the patch to a model, and what was left."""
    document = load(text)
    (subject,) = document.subjects
    patch = document.patch(subject, wanted)
    return applied(text, patch.edits), list(patch.left)


_WORD = st.sampled_from(["a", "b.txt", "/srv/x", "app", "$V", "${V:-d}", '"x y"', "'q'", "-k", "é"])
_LINES = st.one_of(
    st.sampled_from(
        [
            "RUN a && b | c",
            "RUN <<EOF\na\nb\nEOF",
            "RUN apt-get update \\\n    # why\n    && apt-get install -y x",
            "COPY a b /x/",
            "COPY --chown=1:1 --from=build /a /b",
            "COPY --from=c:2 /a /b",
            'COPY ["a b", "/x"]',
            "ADD a /x",
            "add b.txt /y",
            "ADD a.tar.gz /",
            "ADD <<E /z\ntext\nE",
            "ENV A=1 B='2 3'",
            "ENV C d e",
            "ARG V=1.2",
            "ARG W",
            "EXPOSE 80 443/udp \\\n  8000-8010",
            "LABEL a=b c=d",
            "USER root",
            "USER 1000:1000",
            "USER app",
            "WORKDIR /srv",
            "# a comment",
            "",
            "HEALTHCHECK NONE",
            "HEALTHCHECK --interval=5s CMD x",
            'CMD ["x", "y"]',
            "ENTRYPOINT x",
            "VOLUME /data",
            "ONBUILD RUN x",
            "STOPSIGNAL 9",
            'SHELL ["/bin/bash", "-c"]',
            "MAINTAINER me",
        ]
    ),
    st.builds("RUN {} {}".format, _WORD, _WORD),
    st.builds("LABEL x={}".format, _WORD),
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Dockerfiles of two stages that a builder takes, with either line end, with or without the last one."""
    first = draw(st.lists(_LINES.filter(lambda one: "--from=build" not in one), max_size=5))
    last = draw(st.lists(_LINES, max_size=7))
    head = draw(st.sampled_from(["", "# syntax=docker/dockerfile:1\n", "ARG V=3.20\n\n"]))
    base = draw(
        st.sampled_from(["d:2", "r.example:5000/e/f:1@sha256:" + "0" * 64, "e:${V}" if "V=" in head else "e", "build"])
    )
    lines = [head + "FROM alpine:3.20 AS build", *first, f"FROM {base}", *last]
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    text = "\n".join(lines) + draw(st.sampled_from(["\n", "", "\n\n# end\n"]))
    return text.replace("\n", newline)
