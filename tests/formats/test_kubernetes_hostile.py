"""Whatever a file holds: no traceback, places inside the file, edits that apply, and an end in good time."""

import gc
import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formats.kubernetes_kit import POD, load, objects, texts
from ringfence.controls import judging
from ringfence.controls.control import Decision, Scope
from ringfence.controls.hardening import faults, put_right
from ringfence.formats.document import Document, applied, is_guess

law = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])

JUNK: tuple[Any, ...] = (
    None,
    "",
    "x",
    "${X}",
    "{{ x }}",
    -1,
    10**30,
    1.5,
    True,
    [],
    {},
    [None],
    ["x"],
    [[]],
    [{}],
    {"a": None},
    {"name": "app"},
    {"<<": {"privileged": True}},
)


def spoiled(data: Any, random: Any, share: float) -> Any:
    """The data with junk in some places, some of it repeated."""
    if random.random() < share:
        return random.choice(JUNK)
    if isinstance(data, dict):
        return {key: spoiled(value, random, share) for key, value in data.items()}
    if isinstance(data, list):
        items = [spoiled(value, random, share) for value in data]
        return items + items[:1] if random.random() < share else items
    return data


def exercise(document: Document) -> None:
    """Ask for everything that the auditor asks for."""
    lines = document.text.splitlines() or [""]
    for unread in document.unread:
        assert 1 <= unread.place.line <= len(lines) + 1
        assert unread.message
    for subject in document.subjects:
        found = [
            fault
            for _, fault in faults(subject.model, judging(Scope.KUBERNETES))
            if not is_guess(fault, subject.unknown)
        ]
        for fault in found:
            place = document.place(subject, fault.path)
            assert 1 <= place.line <= place.end_line <= len(lines)
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        right = [fault for fault in found if not isinstance(fault.want, Decision)]
        wanted = put_right(subject.model, right)
        patch = document.patch(subject, wanted)
        text = applied(document.text, patch.edits)
        assert len(load(text).unread) <= len(document.unread), text


@law
@given(data=objects, random=st.randoms(use_true_random=False), share=st.sampled_from([0.02, 0.05, 0.2]))
def test_junk_in_any_place(data: Any, random: Any, share: float) -> None:
    """Values of another kind than the field's, as JSON."""
    exercise(load(json.dumps(spoiled(data, random, share), indent=random.choice([None, 2]))))


@law
@given(text=texts(), random=st.randoms(use_true_random=False))
def test_text_that_was_damaged(text: str, random: Any) -> None:
    """Pieces taken out, doubled, or put in."""
    for _ in range(random.randint(1, 4)):
        begin = random.randrange(len(text) + 1)
        end = min(len(text), begin + random.choice([0, 1, 3, 20, 100]))
        piece = random.choice(
            [
                "",
                text[begin:end] * 2,
                "\t",
                "- ",
                "? ",
                "&a ",
                "*a",
                "<<: *a",
                "!!x ",
                "'",
                "{",
                "[",
                "#",
                "---\n",
                "|\n",
                "\0",
                "{{ x }}",
            ]
        )
        text = text[:begin] + piece + text[end:]
    document = load(text)
    if all("\r" not in line and "\x85" not in line and "\u2028" not in line for line in text.split("\n")):
        exercise(document)


@law
@given(text=texts(), random=st.randoms(use_true_random=False))
def test_a_kustomization_of_anything(text: str, random: Any) -> None:
    """Objects, patches and operations that do not fit each other."""
    entries = [
        "patches: [{path: b.yaml}]",
        "patchesStrategicMerge: [b.yaml, a.yaml]",
        "patches: [{target: {kind: .*}, patch: '[{op: remove, path: /spec/template}]'}]",
        "patches: [{target: {name: w.*}, patch: '[{op: add, path: /x/-, value: 1}]'}]",
        "namespace: n",
        "namePrefix: [a]",
        "images: [{name: example/web, newTag: [1]}, {name: example/web, newName: z, digest: 1}, 3]",
        "commonLabels: {a: b, c: [d]}",
        "patches: 7",
        "resources: [a.yaml, a.yaml, ., {}, [b]]",
        "secretGenerator: [{name: s, literals: [a, =, b=c]}, 1]",
    ]
    kustomization = "\n".join(["resources: [a.yaml]", *random.sample(entries, 4)]) + "\n"
    part = text.replace("containers", random.choice(["containers", "volumes", "x"]))
    document = load(kustomization, "kustomization.yaml", {"a.yaml": text, "b.yaml": part})
    for subject in document.subjects:
        for _, fault in faults(subject.model, judging(Scope.KUBERNETES)):
            assert document.place(subject, fault.path).line >= 1
        assert document.patch(subject, subject.model).edits == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff",
        "---\n---\n",
        "apiVersion: v1\nkind: Pod\nspec: " + "[" * 200_000,
        "apiVersion: v1\nkind: Pod\nspec: " + "{a: " * 500 + "}" * 500,
        "apiVersion: v1\nkind: List\nitems: &a [*a]\n",
        "apiVersion: v1\nkind: Pod\nspec: &s {containers: [{name: a, <<: *s}]}\n",
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9))
        + POD,
        POD.replace("name: app", "name: " + "x" * 1_000_000),
        POD + "\0",
        "apiVersion: v1\nkind: Secret\ndata: {a: " + "=" * 100_000 + "}\n",
        "apiVersion: v1\nkind: " + "List" * 10_000 + "\n",
    ],
    ids=range(12),
)
def test_a_hostile_file_ends_soon(text: str) -> None:
    """Bombs, depth, cycles, one long line: bounded, and said where something could not be read."""
    began = time.process_time()
    exercise(load(text))
    assert time.process_time() - began < 60


def test_cost_grows_with_the_file() -> None:
    """Ten times the objects cost about ten times as much."""

    def cost(count: int) -> float:
        text = "---\n".join([POD] * count)
        began = time.process_time()
        assert len(load(text).subjects) == count
        return time.process_time() - began

    gc.collect()
    gc.disable()  # its work grows with all that the tests before this one left
    try:
        small = min(cost(200) for _ in range(4))
        assert min(cost(2000) for _ in range(2)) < 30 * small
    finally:
        gc.enable()


def test_many_containers_behind_aliases_are_bounded() -> None:
    """A thousand pods that share one list of containers are read, each once."""
    shared = "x: &c [" + ", ".join("{name: a, image: x}" for _ in range(20)) + "]\n"
    items = "".join("- {apiVersion: v1, kind: Pod, spec: {containers: *c}}\n" for _ in range(500))
    document = load(f"apiVersion: v1\nkind: List\n{shared}items:\n{items}")
    assert len(document.subjects) == 10_000
