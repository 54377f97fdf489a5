"""Compose files that nobody should write: read without an error, in bounded time, and never as if all were well."""

import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formats.compose_kit import KEYS, WEB, load, texts
from ringfence.controls import judging
from ringfence.controls.control import Decision, Scope
from ringfence.controls.hardening import put_right
from ringfence.formats import compose
from ringfence.formats.document import Document, applied

hostile = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])

_NAMES = [
    *sorted(KEYS),
    "secrets",
    "configs",
    "command",
    "entrypoint",
    "healthcheck",
    "env_file",
    "extends",
    "post_start",
]
_NAMES += [
    "network_mode",
    "uts",
    "cpu_quota",
    "cpu_period",
    "use_api_socket",
    "provider",
    "<<",
    "volumes_from",
]
_words = st.sampled_from(
    ["", "x", "80:80", "${A}", "${A:-b}:1", "a:b:c:d:e", "host", "-1", "1e999", "\ue000x\ue001", "$$", "{", "no"]
)
_scalars = _words | st.integers(-5, 5) | st.booleans() | st.none() | st.floats(allow_nan=False)
_values = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*_NAMES, "target", "source", "type", "bind"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def exercise(document: Document) -> None:
    """Everything that the engine does with a document: judge, place, patch, apply."""
    assert all(one.place.line >= 1 and one.place.column >= 1 and one.message for one in document.unread)
    for subject in document.subjects:
        for control in judging(Scope.COMPOSE):
            for fault in control.faults(subject.model):
                place = document.place(subject, fault.path)
                assert (place.line, place.column) <= (place.end_line, place.end_column)
                if not isinstance(fault.want, Decision):
                    patch = document.patch(subject, put_right(subject.model, [fault]))
                    applied(document.text, patch.edits)


@hostile
@given(
    service=st.dictionaries(st.sampled_from(_NAMES), _values, max_size=4),
    top=st.dictionaries(st.sampled_from(["networks", "volumes", "include", "version", "x-a"]), _values, max_size=2),
)
def test_any_value_under_any_key_is_read(service: dict[str, Any], top: dict[str, Any]) -> None:
    """Whatever stands where, there is a document, and everything can be done with it."""
    exercise(load(json.dumps({"services": {"web": service, "db": {"image": "x"}}, **top})))


@hostile
@given(text=texts(), data=st.data())
def test_a_damaged_file_is_read_as_far_as_it_goes(text: str, data: st.DataObject) -> None:
    """Cut, spliced, with characters that do not belong there."""
    at = data.draw(st.integers(0, len(text)))
    piece = data.draw(
        st.sampled_from(
            ["", "\t", "{", "[", "*x", "&x ", "!reset ", ": ", "- ", "\n", "\r", "'", "#", "<<: *y", "\0", "%", "|"]
        )
    )
    cut = data.draw(st.integers(0, 12))
    exercise(load(text[:at] + piece + text[at + cut :]))


@hostile
@given(head=st.text(alphabet=" \t\n-:#{}[]&!*'\"serviceimagbuldx", max_size=120))
def test_any_beginning_is_claimed_or_not(head: str) -> None:
    """Whether a file is Compose's is always answered, and the name alone is enough."""
    assert compose.claims("x.yaml", head) in (True, False)
    assert compose.claims("compose.yaml", head)


BOMBS = {
    "aliases": "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 10)}]\n" for n in range(8))
    + "services: {web: {image: x, ports: *i}}\n",
    "merges": "x: &a {image: x}\n"
    + "".join(f"x{n}: &a\n  <<: [*a, *a, *a]\n" for n in range(30))
    + "services: {web: *a}\n",
    "variables": WEB + "    command: " + "${A:-" * 3000 + "x" + "}" * 3000 + "\n",
    "open-braces": WEB + "    command: " + "${A:-" * 30_000 + "\n",
    "dollars": WEB + "    command: " + "$A" * 50_000 + "\n",
    "colons": WEB + "    ports: ['" + ":" * 50_000 + "']\n",
    "spaces": "services:\n  web:\n    image" + " " * 60_000 + "x\n",
    "anchors": "services: " + "&a" * 20_000 + " x\n",
    "deep": WEB + "    labels: " + "[" * 90 + "]" * 90 + "\n",
    "too-deep": WEB + "    labels: " + "[" * 5000 + "]" * 5000 + "\n",
    "ports": WEB + "    ports:\n" + "".join(f"    - {port}:80\n" for port in range(3000)),
    "services": "services:\n" + "".join(f"  s{number}: {{image: x}}\n" for number in range(500)),
    "chain": "services:\n"
    + "".join(f"  s{n}: {{image: x, extends: s{n + 1}}}\n" for n in range(200))
    + "  s200: {image: x}\n",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_does_not_go_off(name: str) -> None:
    """Time grows with the text and no faster; what cannot be read is said."""
    text = BOMBS[name]
    started = time.process_time()
    document = load(text)
    compose.claims("x.yaml", text[:65_536])
    for subject in document.subjects[:20]:
        document.place(subject, "ports[0].host")
    assert time.process_time() - started < 4
    assert document.subjects or document.unread


def test_variables_of_a_file_cannot_multiply() -> None:
    """A `.env` whose variables double each time gives a text of bounded size, and what is left out is unknown."""
    lines = ["A0=xxxxxxxxxxxxxxxx", *(f"A{n}=$A{n - 1}$A{n - 1}" for n in range(1, 60))]
    document = load(WEB + "    cgroup_parent: $A59$A59\n    user: $A0\n", {".env": "\n".join(lines)})
    (subject,) = document.subjects
    assert {"cgroup_parent", "user"} <= subject.unknown


def test_an_env_file_of_blank_lines_is_read_in_linear_time() -> None:
    """No expression looks at the same blank twice."""
    started = time.process_time()
    load(WEB + "    env_file: a.env\n", {"a.env": "\n" * 300_000 + "!" + " " * 300_000 + "#\n" * 1000})
    assert time.process_time() - started < 2


def test_files_that_include_each_other_many_times_are_read_once() -> None:
    """Two ways to each of nineteen files are not half a million."""
    files = {f"{n}.yaml": f"include: [{n + 1}.yaml, {n + 1}.yaml]\n" for n in range(1, 19)} | {
        "19.yaml": "services: {}\n"
    }
    started = time.process_time()
    document = load("include: [1.yaml, 1.yaml]\n" + WEB, files)
    assert document.unread == ()
    assert time.process_time() - started < 2


def test_no_more_files_are_read_than_the_bound() -> None:
    """A thousand includes are a thousand look-ups at most, and are said."""
    asked = []

    def read(path: str) -> str | None:
        asked.append(path)
        return "services: {}\n"

    document = compose.load("include:\n" + "".join(f"- {n}.yaml\n" for n in range(1000)) + WEB, "compose.yaml", read)
    assert len(asked) < 120
    assert len(document.unread) > 800


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("services:\n  web:\n\timage: x\n", 3, "found character that cannot start any token"),
        ("services:\n  web: {image: x\n", 2, "did not find expected ',' or '}'"),
        ("services:\n  web:\n    image: x\n    image: y\n", 4, "the key image stands here twice"),
        (
            "services:\n  web:\n    image: x\n    ports: [{target: 1, target: 2}]\n",
            4,
            "the key target stands here twice",
        ),
        ("services: [a]\n", 1, "`services` is no mapping"),
        ("- services\n", 1, "a Compose file is a mapping"),
        ("one: two\nthree: four\n", 1, "nothing here is of a Compose file"),
        ("services:\n  web:\n", 2, "the service web is no mapping"),
        ("services:\n  web: [a]\n", 2, "the service web is no mapping"),
        (WEB + "    ports: ['80:80', 'eighty']\n", 4, "this is no port"),
        (WEB + "    ports:\n    - published: 80\n", 5, "this is no port"),
        (WEB + "    volumes: ['']\n", 4, "this is no volume"),
        ("services:\n  web:\n    image: \0\n", 3, "it holds '\\x00', which no YAML may"),
        (WEB + "    labels: *gone\n", 4, "the alias *gone stands for nothing that was read before"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, line: int, message: str) -> None:
    """Compose refuses each of these, so nobody may think that it was found good."""
    assert (line, message) in [(one.place.line, one.message) for one in load(text).unread]


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "services: {}\n", "services:\n", "---\n", "volumes:\n  a:\n", "x-a: 1\n", "name: a\n"]
)
def test_a_file_without_services_is_no_error(text: str) -> None:
    """There is nothing to judge."""
    document = load(text)
    assert (document.subjects, document.unread) == ((), ())


def test_what_is_not_broken_is_judged() -> None:
    """A bad service or a bad second document does not hide a good one."""
    document = load(WEB + "    privileged: true\n  db: nothing\n---\n[\n")
    (subject,) = document.subjects
    assert subject.model.privileged  # type: ignore[attr-defined]
    assert len(document.unread) == 2


def test_characters_of_our_marks_are_nothing_special() -> None:
    """A file cannot make a value unknown by writing what stands for the unknown in here."""
    lines = ["privileged: true", 'ports: ["80:80\ue000x\ue001"]', 'environment: {PASSWORD: "hunter2hunter2\ue000"}']
    document = load(WEB + "".join(f"    {line}\n" for line in lines))
    (subject,) = document.subjects
    assert not {path for path in subject.unknown if path.startswith(("ports", "environment"))}
    assert [one.message for one in document.unread] == ["this is no port"]


def test_a_subject_of_another_document_is_refused() -> None:
    """Nothing is placed or patched for a service that this file does not have."""
    (other,) = load("services:\n  other:\n    image: x\n").subjects
    with pytest.raises(ValueError, match="service other is no subject"):
        load(WEB).place(other, "image")
