"""Edits of YAML: what is wanted is there, everything else stays byte for byte."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ringfence.formats.document import applied
from ringfence.formats.yamledit import CannotEdit, YamlEdits
from ringfence.formats.yamltree import Mapping, Sequence, parse
from ringfence.formats.yamlwrite import flow, pairs

Wish = Callable[[YamlEdits, Mapping], None]


def edited(text: str, wish: Wish) -> str:
    root = parse(text).documents[0]
    assert isinstance(root, Mapping)
    edits = YamlEdits(text)
    wish(edits, root)
    return applied(text, edits.done())


def below(root: Any, *path: str | int) -> Any:
    """The node at a path of keys and indices."""
    for step in path:
        root = root.items[step] if isinstance(step, int) else next(v for k, v in root.pairs if k.value == step)
    return root


CASES: list[tuple[str, str, Wish, str]] = [
    ("a new key goes behind the last", "a: 1\nb: 2\n", lambda e, r: e.put(r, ("c",), 3), "a: 1\nb: 2\nc: 3\n"),
    ("a text without a last newline", "a: 1", lambda e, r: e.put(r, ("b",), "x y"), 'a: 1\nb: "x y"'),
    (
        "line ends stay",
        "a: 1\r\nb:\r\n  c: 2\r\n",
        lambda e, r: e.put(r, ("b", "d"), 3),
        "a: 1\r\nb:\r\n  c: 2\r\n  d: 3\r\n",
    ),
    ("a byte order mark stays", "\ufeffa: 1\n", lambda e, r: e.put(r, ("b",), 2), "\ufeffa: 1\nb: 2\n"),
    (
        "comments stay where they are",
        "a:\n  b: 1  # one\n  # about nothing\n\n# about c\nc: 2\n",
        lambda e, r: e.put(r, ("a", "d"), True),
        "a:\n  b: 1  # one\n  d: true\n  # about nothing\n\n# about c\nc: 2\n",
    ),
    (
        "missing levels are made",
        "a: 1\n",
        lambda e, r: e.put(r, ("b", "c", "d"), "512m"),
        "a: 1\nb:\n  c:\n    d: 512m\n",
    ),
    (
        "several wishes make one block",
        "a: 1\n",
        lambda e, r: (e.put(r, ("b", "c"), 1), e.put(r, ("b", "d"), 2)),  # type: ignore[func-returns-value]
        "a: 1\nb:\n  c: 1\n  d: 2\n",
    ),
    ("flow style stays flow", "a: {b: 1}\n", lambda e, r: e.put(r, ("a", "c", "d"), 2), "a: {b: 1, c: {d: 2}}\n"),
    ("an empty flow mapping", "a: {}\n", lambda e, r: e.put(r, ("a", "c"), 2), "a: {c: 2}\n"),
    ("a flow mapping's last comma", "a: {b: 1, }\n", lambda e, r: e.put(r, ("a", "c"), 2), "a: {b: 1, c: 2 }\n"),
    (
        "a value is replaced with its quotes",
        "a: 'x' # why\n",
        lambda e, r: e.put(r, ("a",), "it's"),
        "a: 'it''s' # why\n",
    ),
    ("a number becomes a text", "a: 1\n", lambda e, r: e.put(r, ("a",), "1"), 'a: "1"\n'),
    (
        "an empty value is filled",
        "a: # later\nb: 1\n",
        lambda e, r: e.put(r, ("a", "c"), 1),
        "a: # later\n  c: 1\nb: 1\n",
    ),
    ("a null is filled", "a: null\nb: 1\n", lambda e, r: e.append(r, ("a",), "x"), "a:\n  - x\nb: 1\n"),
    ("an empty value gets a scalar", "a:\nb: 1\n", lambda e, r: e.put(r, ("a",), "x"), "a: x\nb: 1\n"),
    (
        "an alias is written out where it stands",
        "x: &x\n  b: 1\na: *x\n",
        lambda e, r: (e.put(r, ("a", "c"), 2), e.put(r, ("a", "d"), 3)),  # type: ignore[func-returns-value]
        "x: &x\n  b: 1\na:\n  b: 1\n  c: 2\n  d: 3\n",
    ),
    (
        "a merged key is overridden",
        "x: &x\n  b: {c: 1}\na:\n  <<: *x\n",
        lambda e, r: e.put(r, ("a", "b", "d"), 2),
        "x: &x\n  b: {c: 1}\na:\n  <<: *x\n  b:\n    c: 1\n    d: 2\n",
    ),
    (
        "a list without indent",
        "a:\n- 1\n- 2\nb: 1\n",
        lambda e, r: e.append(r, ("a",), "x"),
        "a:\n- 1\n- 2\n- x\nb: 1\n",
    ),
    ("a list in flow style", "a: [1]\n", lambda e, r: e.append(r, ("a",), "x"), "a: [1, x]\n"),
    (
        "a list of mappings",
        "a:\n  - b: 1\n    c: 2\n",
        lambda e, r: e.append(r, ("a",), {"b": 3, "c": 4}),
        "a:\n  - b: 1\n    c: 2\n  - b: 3\n    c: 4\n",
    ),
    (
        "behind a block scalar",
        "a:\n  b: |\n    text\n\nc: 1\n",
        lambda e, r: e.put(r, ("a", "d"), 1),
        "a:\n  b: |\n    text\n  d: 1\n\nc: 1\n",
    ),
    (
        "a key is put into a list's item",
        "a:\n  - b: 1 # x\n  - b: 2\n",
        lambda e, r: e.put(below(r, "a", 0), ("c",), 3),
        "a:\n  - b: 1 # x\n    c: 3\n  - b: 2\n",
    ),
    (
        "two depths end on one line",
        "a:\n  b:\n    c: 1\n",
        lambda e, r: (e.put(r, ("a", "x"), 1), e.put(r, ("a", "b", "z"), 2)),
        "a:\n  b:\n    c: 1\n    z: 2\n  x: 1\n",
    ),  # type: ignore[func-returns-value]
    (
        "a key goes with its lines",
        "a: 1\nb:\n  - x # y\n# c's\nc: 2\n",
        lambda e, r: e.remove(r, ("b",)),
        "a: 1\n# c's\nc: 2\n",
    ),
    ("the last key goes", "a: 1\nb: 2", lambda e, r: e.remove(r, ("b",)), "a: 1"),
    ("an emptied mapping goes too", "a:\n  b:\n    c: 1\nd: 2\n", lambda e, r: e.remove(r, ("a", "b", "c")), "d: 2\n"),
    ("the only key", "a: 1\n", lambda e, r: e.remove(r, ("a",)), "{}\n"),
    ("a key of a flow mapping", "a: {b: 1, c: 2, d: 3}\n", lambda e, r: e.remove(r, ("a", "c")), "a: {b: 1, d: 3}\n"),
    ("the last key of a flow mapping", "a: {b: 1, c: 2}\n", lambda e, r: e.remove(r, ("a", "c")), "a: {b: 1}\n"),
    (
        "a key that shares its line with a dash",
        "a:\n  - b: 1\n    c: 2\n",
        lambda e, r: e.remove(below(r, "a", 0), ("b",)),
        "a:\n  - c: 2\n",
    ),
    ("an item goes", "a:\n  - 1 # x\n  - 2\n", lambda e, r: e.remove_item(below(r, "a"), 0), "a:\n  - 2\n"),
    ("the only item", "a:\n- 1\nb: 2\n", lambda e, r: e.remove_item(below(r, "a"), 0), "a: []\nb: 2\n"),
    (
        "an item of a flow list",
        "a: [1, 2, 3]\n",
        lambda e, r: (e.remove_item(below(r, "a"), 0), e.remove_item(below(r, "a"), 1)),
        "a: [3]\n",
    ),  # type: ignore[func-returns-value]
    (
        "items go and one comes",
        "a:\n  - 1\n  - 2\n",
        lambda e, r: (e.remove_item(below(r, "a"), 0), e.remove_item(below(r, "a"), 1), e.append(r, ("a",), "x")),  # type: ignore[func-returns-value]
        "a:\n  - x\n",
    ),
    (
        "an item that is a list",
        "a:\n  - - 1\n    - 2\n  - 3\n",
        lambda e, r: e.remove_item(below(r, "a", 0), 0),
        "a:\n  - - 2\n  - 3\n",
    ),
    (
        "an item is replaced",
        'a:\n  - "8080:80"  # web\n',
        lambda e, r: e.put_item(below(r, "a"), 0, "127.0.0.1:8080:80"),
        'a:\n  - "127.0.0.1:8080:80"  # web\n',
    ),
    ("a document's end mark", "---\na: 1\n...\n", lambda e, r: e.put(r, ("b",), 2), "---\na: 1\nb: 2\n...\n"),
]


@pytest.mark.parametrize(("text", "wish", "wanted"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_an_edit(text: str, wish: Wish, wanted: str) -> None:
    """Each odd form of YAML is edited as a careful person would."""
    assert edited(text, wish) == wanted


@pytest.mark.parametrize(
    ("text", "wish", "message"),
    [
        ("a: 1\n", lambda e, r: e.put(r, ("a", "b"), 1), "`a` has a value of another kind"),
        (
            "? a\n: 1\n",
            lambda e, r: e.put(r, ("b",), 1),
            "the keys there are written in a form that nothing can be added to",
        ),
        (
            "x: &x {b: 1}\na:\n  <<: *x\n",
            lambda e, r: e.remove(r, ("a", "b")),
            "`b` is not written here: it is merged in from elsewhere",
        ),
    ],
)
def test_what_cannot_be_edited_says_why(text: str, wish: Wish, message: str) -> None:
    """A form that would have to be guessed at is refused with a sentence."""
    with pytest.raises(CannotEdit) as raised:
        edited(text, wish)
    assert str(raised.value) == message


words = st.one_of(
    st.sampled_from(
        [
            "",
            "yes",
            "No",
            "null",
            "~",
            "1e3",
            "0755",
            "12:30:45",
            "1_000",
            "a: b",
            "a #b",
            "- x",
            "0x1f",
            ".inf",
            "=",
            "<<",
            "512m",
            "*x",
            "&x",
            "!t",
            "%",
            "@",
            "`",
            "{",
            "\u2028",
            "\x85",
            "\x7f",
            "é",
            "😀",
            "it's",
            '"',
            "\\",
            "a\nb",
            "\t",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
)


@settings(deadline=None)
@given(
    st.dictionaries(
        words,
        st.one_of(words, st.integers(-(10**6), 10**6), st.booleans(), st.none(), st.lists(words, max_size=3)),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_written_is_read_back_by_another_reader(data: dict[str, Any]) -> None:
    """PyYAML, a YAML 1.1 reader, sees the same data in block and in flow style."""
    assert yaml.load("\n".join(pairs(data, 0)), yaml.CSafeLoader) == data
    assert yaml.load(flow(data), yaml.CSafeLoader) == data


keys = st.sampled_from(["a", "b", "c", "d"])
scalars = st.sampled_from(["1", "x", '"q r"', "'s'", "true", ""])


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Texts with nested mappings and lists, comments, blank lines and both line ends."""
    lines = list[str]()
    _mapping(draw, lines, 0, 3)
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    return newline.join(lines) + draw(st.sampled_from(["", newline, newline + "# end" + newline]))


def _mapping(draw: st.DrawFn, lines: list[str], indent: int, depth: int) -> None:
    for key in draw(st.lists(keys, min_size=1, max_size=3, unique=True)):
        if draw(st.integers(0, 3)) == 0:
            lines.append(" " * indent + f"# c{len(lines)}")
        kind = draw(st.sampled_from(["scalar", "mapping", "list", "flow"] if depth else ["scalar"]))
        comment = draw(st.sampled_from(["", f" # t{len(lines)}"]))
        head = " " * indent + key + ":"
        if kind == "scalar":
            lines.append((head + " " + draw(scalars)).rstrip() + comment)
        elif kind == "flow":
            lines.append(head + " " + draw(st.sampled_from(["[1, 2]", "{x: 1, y: 2}", "[]", "{}"])) + comment)
        elif kind == "mapping":
            lines.append(head + comment)
            _mapping(draw, lines, indent + draw(st.sampled_from([2, 4])), depth - 1)
        else:
            lines.append(head + comment)
            dash = indent + draw(st.sampled_from([0, 2]))
            for _ in range(draw(st.integers(1, 3))):
                lines.append(" " * dash + "- " + draw(st.sampled_from(["1", '"q"', "z: 1", "{m: 1}"])))


@settings(deadline=None, max_examples=400)
@given(
    text=documents(),
    path=st.lists(keys, min_size=1, max_size=3).map(tuple),
    data=st.sampled_from(["v", 7, True, ["l"], {"k": "w"}]),
    kind=st.sampled_from(["put", "append", "remove"]),
)
def test_any_edit_does_what_it_says_and_no_more(text: str, path: tuple[str, ...], data: Any, kind: str) -> None:
    """The data is what was wanted, comments stay, and no line is touched that need not be."""
    before = yaml.load(text, yaml.CSafeLoader)
    try:
        after = edited(text, lambda e, r: e.remove(r, path) if kind == "remove" else getattr(e, kind)(r, path, data))
    except CannotEdit:
        return
    assert yaml.load(after, yaml.CSafeLoader) == wanted(before, path, data, kind), after
    lost = [line for line in text.splitlines() if line not in after.splitlines()]
    is_replaced = kind == "put" and isinstance(value_at(before, path), dict | list)
    if kind != "remove" and not is_replaced:
        assert all("#" not in line or line[line.index("#") :] in after for line in text.splitlines())
        assert len(lost) <= 1


def value_at(data: Any, path: tuple[str, ...]) -> Any:
    """What stands at a path of plain data, if anything."""
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def wanted(data: Any, path: tuple[str, ...], value: Any, kind: str) -> Any:
    """What the edit should make of plain data."""
    name, rest = path[0], path[1:]
    data = dict(data or {})
    if kind == "remove":
        if rest:
            below_ = wanted(data[name], rest, value, kind)
            data = {key: one for key, one in data.items() if key != name} if below_ == {} else data | {name: below_}
        else:
            del data[name]
        return data
    if rest:
        data[name] = wanted(data.get(name), rest, value, kind)
    else:
        data[name] = [*(data.get(name) or []), value] if kind == "append" else value
    return data


def test_lists_that_are_replaced_by_scalars_are_single_values() -> None:
    """A collection can be replaced whole, in one line."""
    text = "a:\n  - 1\n  - 2\nb: 3\n"
    root = parse(text).documents[0]
    assert isinstance(root, Mapping)
    assert isinstance(below(root, "a"), Sequence)
    assert yaml.safe_load(edited(text, lambda e, r: e.put(r, ("a",), ["x"]))) == {"a": ["x"], "b": 3}
