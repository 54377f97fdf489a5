"""Image references, taken apart and put together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringfence.formats.imageref import base_name, dump, is_database, parse
from ringfence.models.service import Image

DIGEST = "sha256:0a399eb16751829e1af26fea27b20c3ec28d7ab1fb72182879dcae1cca21206a"

GOOD = {
    "nginx": ("nginx", None, None),
    "nginx:1.27-alpine": ("nginx", "1.27-alpine", None),
    "team/app": ("team/app", None, None),
    "localhost:5000/app": ("localhost:5000/app", None, None),
    "registry.example.com:5000/team/app_a/b--c:V_1.2": ("registry.example.com:5000/team/app_a/b--c", "V_1.2", None),
    f"app@{DIGEST}": ("app", None, DIGEST),
    f"docker.io/library/app:1@{DIGEST}": ("docker.io/library/app", "1", DIGEST),
    "[2001:db8::1]:5000/app:2": ("[2001:db8::1]:5000/app", "2", None),
}


@pytest.mark.parametrize("text", GOOD)
def test_a_reference_has_its_parts(text: str) -> None:
    """Name with registry and path, tag, digest; written again it is the same text."""
    image = parse(text)
    assert image is not None
    assert (image.name, image.tag, image.digest) == GOOD[text]
    assert image.built_here is False
    assert dump(image) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nginx",
        "nginx:",
        "nginx:-1",
        "nginx:a b",
        "app@sha256:12",
        "a//b",
        "-a",
        "a:1:2",
        "a/b:c/d",
        "x" * 513,
        "a\n",
    ],
)
def test_what_is_no_reference_is_none(text: str) -> None:
    """An upper-case name, an empty or malformed tag, a short digest, empty parts, too much."""
    assert parse(text) is None


def test_built_here_is_kept() -> None:
    """The caller says whether the file also tells how to build it."""
    image = parse("app:1", built_here=True)
    assert image == Image(name="app", tag="1", digest=None, built_here=True)


@pytest.mark.parametrize(
    "text",
    [
        "postgres:16",
        "docker.io/library/mysql",
        "bitnami/redis:7",
        "ghcr.io/valkey-io/valkey",
        "mcr.microsoft.com/mssql/server:2022",
    ],
)
def test_a_data_store_is_known_by_its_image(text: str) -> None:
    """Wherever it comes from, the last part of the path tells."""
    image = parse(text)
    assert image is not None
    assert is_database(image)


@pytest.mark.parametrize(
    "text", ["rabbitmq:3", "mongo-express", "prometheuscommunity/postgres-exporter", "server", "redis/ui"]
)
def test_what_only_speaks_to_a_data_store_is_none(text: str) -> None:
    """Brokers, exporters, consoles, and a name that says too little."""
    image = parse(text)
    assert image is not None
    assert not is_database(image)


def test_the_base_name_is_the_last_part_of_the_path() -> None:
    """A registry's port is no tag, and belongs to no name."""
    image = parse("localhost:5000/a/b:1")
    assert image is not None
    assert base_name(image) == "b"


_PARTS = st.from_regex(r"[a-z0-9]{1,8}((\.|_{1,2}|-{1,3})[a-z0-9]{1,8}){0,3}", fullmatch=True)


@settings(deadline=None, max_examples=150)
@given(
    path=st.lists(_PARTS, min_size=1, max_size=4),
    tag=st.none() | st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}", fullmatch=True),
    digest=st.none() | st.just(DIGEST),
)
def test_what_is_written_is_read_back(path: list[str], tag: str | None, digest: str | None) -> None:
    """Every image has one spelling."""
    image = Image(name="/".join(path), tag=tag, digest=digest, built_here=False)
    assert parse(dump(image)) == image


@settings(deadline=None, max_examples=150)
@given(text=st.text(alphabet="aA0.:/@-_[] \n", max_size=60))
def test_any_text_is_a_reference_or_none(text: str) -> None:
    """Never an error; and what is read is written as it was."""
    image = parse(text)
    assert image is None or dump(image) == text
