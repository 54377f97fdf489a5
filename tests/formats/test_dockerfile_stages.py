"""Stages: where images come from, which instructions shape the last one, as whom it starts, on Linux and on Windows."""

from typing import Any

import pytest

from formats.dockerfile_kit import at, build, found, whole
from ringfence.formats.document import is_unknown


def bases(text: str) -> list[str]:
    return [f"{one.name}:{one.tag}" for one in build(text).bases]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("FROM a:1 AS x\nFROM b:2\nCOPY --from=x c d\nCOPY --from=X c d\nCOPY --from=0 c d", ["a:1", "b:2"]),
        ("FROM a:1 as Build\nFROM build\nCOPY --from=c:3 d e", ["a:1", "c:3"]),
        ("FROM a:1\nRUN --mount=from=b:2,target=/x c", ["a:1", "b:2"]),
        ("FROM a:1\nRUN --mount=type=bind,from=b:2,source=/y,target=/x --mount=type=cache,target=/z c", ["a:1", "b:2"]),
        ("FROM a:1 AS x\nFROM b:2\nRUN --mount=type=bind,from=x,target=/x c", ["a:1", "b:2"]),
        ("FROM scratch\nCOPY --from=scratch a b", []),
        ("FROM a:1\nONBUILD COPY --from=b:2 c d", ["a:1", "b:2"]),
        ("ARG R=r.example/\nARG V=1\nFROM ${R}a:${V}", ["r.example/a:1"]),
        ("FROM --platform=$BUILDPLATFORM a:1", ["a:1"]),
        ("FROM a:1 AS b:2\nFROM c:3", ["a:1", "c:3"]),
    ],
)
def test_images_that_a_registry_is_asked_for(text: str, wanted: list[str]) -> None:
    """Those of FROM, COPY and mounts; earlier stages by name, in any case, or number are none, nor is scratch."""
    assert bases(text) == wanted


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("ARG V\nFROM a:$V\nFROM b:1", {"bases[0]"}),
        ("FROM b:1\nCOPY --from=$X a b", {"bases[1]"}),
        ("FROM Not/A/Reference:1", {"bases[0]"}),
        ("FROM a:$TARGETARCH", {"bases[0]"}),
        ("ARG V=1\nFROM a:$V", set[str]()),
        ("ARG V\nFROM a:${V:-1}", set[str]()),
    ],
)
def test_an_image_that_a_variable_without_a_value_names_is_unknown(text: str, unknown: set[str]) -> None:
    """No finding is made for it; a default is a value."""
    _, subject = whole(f"{text}\nUSER 1:1\n")
    assert subject.unknown == unknown


def test_instructions_know_their_stage_and_whether_they_shape_the_last_one() -> None:
    """The last stage and what it is built from do; a stage that files are copied from does not."""
    text = "ARG A=1\nFROM a:1 AS x\nRUN 1\nFROM b:1 AS y\nRUN 2\nFROM x\nCOPY --from=y a b\nONBUILD RUN 3\n"
    assert [(one.stage, one.final, one.onbuild) for one in build(text).instructions] == [
        (0, True, False),
        (0, True, False),
        (1, False, False),
        (2, True, False),
        (2, True, True),
    ]


def user(text: str) -> tuple[Any, Any]:
    """The ids of user and group; "?" for what is not known."""
    _, subject = whole(text)
    model: Any = subject.model
    return tuple("?" if is_unknown(name, subject.unknown) else getattr(model, name) for name in ("user", "group"))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("FROM a:1", (None, "?")),
        ("FROM a:1\nUSER root", (0, "?")),
        ("FROM a:1\nUSER root:root", (0, "?")),
        ("FROM a:1\nUSER 1000:0", (1000, 0)),
        ("FROM a:1\nUSER 1000:root", (1000, 0)),
        ("FROM a:1\nUSER 1000:1001", (1000, 1001)),
        ("FROM a:1\nUSER app:app", ("?", "?")),
        ('FROM a:1\nUSER "1000"', (1000, "?")),
        ("FROM a:1\nENV U=1000\nUSER ${U}:${U}", (1000, 1000)),
        ("FROM a:1\nUSER $U", ("?", "?")),
        ("FROM a:1\nUSER " + "1" * 40, ("?", "?")),
        ("FROM a:1\nRUN groupadd -g 7 g && useradd -r -ms /bin/sh -u 1000 -g g app\nUSER app:g", (1000, 7)),
        ("FROM a:1\nRUN addgroup -g 7 -S g; adduser -SDu7 -G g app\nUSER app:g", (7, 7)),
        ("FROM a:1\nRUN adduser --uid 8 --gecos '' --disabled-password app\nUSER app", (8, "?")),
        ("FROM a:1\nRUN useradd --home-dir=/x --uid=9 app\nUSER app", (9, "?")),
        ("FROM a:1\nRUN useradd app -u 10\nUSER app", (10, "?")),
        ("FROM a:1\nRUN sudo useradd -o -u 0 toor\nUSER toor", (0, "?")),
        ("FROM a:1\nARG U=11\nRUN useradd -u $U app\nUSER app", (11, "?")),
        ("FROM a:1\nRUN useradd -u $(id) app\nUSER app", ("?", "?")),
        ("FROM a:1\nRUN useradd app\nUSER app", ("?", "?")),
        ("FROM a:1 AS x\nRUN useradd -u 12 app\nFROM x\nUSER app", (12, "?")),
        ("FROM a:1 AS x\nRUN useradd -u 12 app\nFROM b:1\nUSER app", ("?", "?")),
        ("FROM a:1 AS x\nUSER 13\nFROM x AS y\nFROM y", (13, "?")),
        ("FROM a:1 AS x\nUSER 13\nFROM x\nUSER root", (0, "?")),
        ("FROM a:1\nUSER 13\nONBUILD USER root", (13, "?")),
        ('FROM scratch\nENTRYPOINT ["/x"]', (0, "?")),
        ('FROM scratch AS x\nFROM x\nCMD ["/x"]', (0, "?")),
        ("FROM scratch\nCOPY --from=a:1 /x /x", ("?", "?")),
    ],
)
def test_as_whom_the_image_starts(text: str, wanted: tuple[Any, Any]) -> None:
    """Ids where the file says them, also by commands that make an account; an image of files alone starts nobody."""
    assert user(text) == wanted


@pytest.mark.parametrize(
    "image",
    [
        "gcr.io/distroless/static-debian12:nonroot",
        "nginxinc/nginx-unprivileged:1.27",
        "docker:27-rootless",
        "cgr.dev/chainguard/python:3",
        "mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled",
        "bitnami/redis:7.4",
    ],
)
def test_an_image_that_says_not_to_be_root_is_not_taken_for_root(image: str) -> None:
    """What stands in its name or where it comes from is as good as silence of others."""
    assert user(f"FROM {image}") == ("?", "?")
    assert found("non-root-user", f"FROM {image}\nUSER 0") == [(2, "user id 0 is root")]


def test_who_names_root_is_on_no_windows() -> None:
    """The escape character of Windows' Dockerfiles alone hides no root, who is known on other systems only."""
    assert found("non-root-user", "# escape=`\nFROM a:1\nUSER root") == [(3, "user id 0 is root")]
    assert found("non-root-user", "# escape=`\nFROM a:1") == []


@pytest.mark.parametrize(
    "text",
    [
        "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN a",
        "FROM mcr.microsoft.com/dotnet/runtime:8.0-nanoserver-1809\nRUN a",
        "FROM --platform=windows/amd64 a:1\nRUN a",
        "# escape=`\nFROM a:1\nUSER ContainerAdministrator",
        'ARG B\nFROM $B\nSHELL ["powershell", "-Command"]\nRUN a',
        "FROM mcr.microsoft.com/windows/nanoserver:1809 AS x\nFROM x\nUSER 1000",
    ],
)
def test_on_windows_no_user_id_is_asked_for(text: str) -> None:
    """There are none; and none is written."""
    document, subject = whole(text)
    model: Any = subject.model
    assert is_unknown("user", subject.unknown)
    assert is_unknown("group", subject.unknown)
    from formats.dockerfile_kit import replace

    patch = document.patch(subject, replace(model, user=65532, group=65532))
    assert (patch.edits, patch.left) == ((), (("user", "which user a container for Windows has is not known"),))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('SHELL ["powershell", "-Command"]\nRUN a | b; c', [("a",), ("|",), ("b",), ("c",)]),
        ('SHELL ["C:\\\\Windows\\\\System32\\\\cmd.exe", "/S", "/C"]\nRUN a C:\\b && c', [("a", "C:\\b"), ("c",)]),
        ('SHELL ["/usr/bin/env", "bash", "-c"]\nRUN a', [("/usr/bin/env", "bash", "-c", "a")]),
        ('SHELL ["python3", "-c"]\nRUN a; b', [("python3", "-c", "a; b")]),
        ('SHELL ["pwsh", "-c"]\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN a && b', [("a",), ("b",)]),
        ('CMD ["powershell", "-Command", "a; b"]', [("powershell", "-Command", "a; b"), ("a",), ("b",)]),
        ('CMD ["sh", "-c", "a | b"]', [("sh", "-c", "a | b"), ("a",), ("|",), ("b",)]),
        ("ENTRYPOINT a && b", [("a",), ("b",)]),
        ("HEALTHCHECK CMD a || exit 1", [("a",), ("exit", "1")]),
        ('HEALTHCHECK --interval=1s CMD ["a", "b"]', [("a", "b")]),
        ("HEALTHCHECK NONE", []),
        ("ENTRYPOINT []", []),
    ],
)
def test_the_shell_of_a_stage_decides_how_its_text_is_read(text: str, wanted: list[tuple[str, ...]]) -> None:
    """POSIX, PowerShell and cmd are known; another program gets its text as one word."""
    assert [words for one in build(f"FROM a:1\n{text}").instructions for words in one.commands] == wanted


def test_a_shell_holds_in_stages_that_are_built_from_it() -> None:
    """Another image begins with its own."""
    text = 'FROM a:1 AS x\nSHELL ["python3", "-c"]\nFROM x\nRUN a; b\nFROM c:1\nRUN a; b\n'
    assert [one.commands for one in build(text).instructions] == [
        (),
        (("python3", "-c", "a; b"),),
        (("a",), ("b",)),
    ]


@pytest.mark.parametrize(
    ("text", "live", "place"),
    [
        ("FROM a:1\nRUN x", False, "FROM a:1"),
        ("FROM a:1\nHEALTHCHECK CMD x", True, "HEALTHCHECK CMD x"),
        ("FROM a:1\nHEALTHCHECK CMD x\nHEALTHCHECK NONE", False, "HEALTHCHECK NONE"),
        ("FROM a:1\nHEALTHCHECK NONE\nHEALTHCHECK CMD x", True, "HEALTHCHECK CMD x"),
        ("FROM a:1 AS b\nHEALTHCHECK CMD x\nFROM b\nRUN y", True, "HEALTHCHECK CMD x"),
        ("FROM a:1 AS b\nHEALTHCHECK CMD x\nFROM c:1", False, "FROM c:1"),
        ("FROM a:1\nONBUILD HEALTHCHECK CMD x", False, "FROM a:1"),
    ],
)
def test_the_health_check_that_holds(text: str, live: bool, place: str) -> None:
    """The last one of the last stage or of what it is built from, and its place."""
    assert (build(text).health.live, at(text, "health")) == (live, place)
