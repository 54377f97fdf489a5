"""Laws of HCL's reader: what is written is read back, spans cut out what they name, reading is the same in pieces."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from ringfence.formats.hcl import Unknown, evaluate, parse, parse_json
from ringfence.formats.hcl.encodings import json_text, yaml_text
from ringfence.formats.hcl.scope import NoScope, UnknownScope, children
from ringfence.formats.hcl.syntax import Bad

law = settings(deadline=None, max_examples=200)

characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
texts = st.text(characters, max_size=20) | st.sampled_from(
    ["${x}", "%{y}", "$", '"', "\\", "a\nb", "EOT", "~}", "$$", "#"]
)
numbers = st.integers(-(10**20), 10**20) | st.floats(-1e15, 1e15, allow_nan=False).filter(
    lambda n: n == 0 or abs(n) > 1e-9
)
scalars = st.none() | st.booleans() | numbers | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=12
)


def quoted(text):
    said = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return '"' + said.replace("${", "$${").replace("%{", "%%{") + '"'


def written(value, gap=" "):
    """A value as HCL."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return (
            format(value, "d" if isinstance(value, int) else "f" if value == 0 else ".17f").rstrip() if value else "0"
        )
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return "[" + gap + f",{gap}".join(written(item, gap) for item in value) + gap + "]"
    return (
        "{" + gap + f",{gap}".join(f"{quoted(key)} = {written(item, gap)}" for key, item in value.items()) + gap + "}"
    )


def same(ours, theirs):
    if isinstance(ours, float) or isinstance(theirs, float):
        return not isinstance(ours, bool) and math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-15)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return type(ours) is type(theirs) and ours == theirs


@law
@given(values, st.sampled_from([" ", "\n", " # why\n", "\r\n", "/* x */", ""]))
def test_a_value_that_is_written_is_read_back(value, gap):
    file = parse(f"a = {written(value, gap)}\nb = 1\n", "x")
    assert file.broken == ()
    assert list(file.body.attributes) == ["a", "b"]
    assert same(evaluate(file.body.attributes["a"].expression, NoScope()), value)


@law
@given(st.text(characters.filter(lambda char: char not in "\r"), max_size=60))
def test_a_heredoc_is_its_lines(text):
    body = text.replace("${", "$${").replace("%{", "%%{")
    if any(line.strip() == "EOT" for line in text.split("\n")):
        return
    file = parse(f"a = <<EOT\n{body}\nEOT\nb = 1\n", "x")
    assert list(file.body.attributes) == ["a", "b"]
    assert evaluate(file.body.attributes["a"].expression, NoScope()) == text + "\n"


@law
@given(values)
def test_json_is_its_own_inverse(value):
    text = json_text(value)
    made = evaluate(parse(f"a = jsondecode({quoted(text)})\n", "x").body.attributes["a"].expression, NoScope())
    assert same(made, value)


@law
@given(values)
def test_yaml_is_its_own_inverse(value):
    text = yaml_text(value)
    made = evaluate(parse(f"a = yamldecode({quoted(text)})\n", "x").body.attributes["a"].expression, NoScope())
    assert same(made, value), text


@law
@given(st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), values, max_size=4))
def test_json_syntax_reads_the_same_values(found):
    escaped = {key: value for key, value in found.items() if "$" not in str(value) and "%" not in str(value)}
    file = parse_json(json_text(dict(escaped)), "x.tf.json")
    assert file.broken == ()
    for key, value in escaped.items():
        assert same(evaluate(file.body.attributes[key].expression, NoScope()), value)


WORDS = [
    "var.x",
    "1",
    '"t"',
    "local.y[0]",
    "true",
    "null",
    'f("a")',
    "[1, 2]",
    "{ a = 1 }",
    "x[*].y",
    '"a${b}c"',
    "<<E\nx\nE\n",
]
leaves = st.sampled_from(WORDS)


def joined(inner):
    return (
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||"]), inner).map(
            " ".join
        )
        | st.tuples(inner, inner, inner).map(lambda three: f"({three[0]}) ? ({three[1]}) : ({three[2]})")
        | inner.map(lambda one: f"({one})")
        | inner.map(lambda one: f"!({one})")
        | st.lists(inner, max_size=3).map(lambda some: f"[{', '.join(some)}]")
        | st.lists(inner, max_size=3).map(lambda some: f"g({', '.join(some)})")
        | st.tuples(inner, inner).map(lambda two: f"[for k, v in {two[0]} : {two[1]}]")
        | inner.map(lambda one: '"a${' + one + '}b"')
        | st.lists(inner, max_size=3).map(
            lambda some: "{" + "\n".join(f"k{n} = ({one})" for n, one in enumerate(some)) + "\n}"
        )
    )


expressions = st.recursive(leaves, joined, max_leaves=8)


@law
@given(expressions)
def test_every_span_cuts_out_an_expression_that_reads_the_same(text):
    source = f"a = ({text})\n"
    file = parse(source, "x")
    assert file.broken == ()
    attribute = file.body.attributes["a"]
    whole = evaluate(attribute.expression, UnknownScope())
    again = parse(source[attribute.start : attribute.end] + "\n", "x").body.attributes["a"]
    assert shown(evaluate(again.expression, UnknownScope())) == shown(whole)
    waiting = [attribute.expression]
    while waiting:
        node = waiting.pop()
        cut = parse(f"a = ({source[node.start : node.end]}\n)\n", "x")
        assert cut.broken == ()
        inner = cut.body.attributes["a"].expression.inner
        assert type(inner) is type(node)
        waiting += [child for child, _ in children(node)]


def shown(value):
    return "?" if isinstance(value, Unknown) else value


@law
@given(
    st.lists(
        st.sampled_from(
            [
                "x = 1\n", "y = [1, 2]\n", "z = {\n a = 1\n}\n", "w = <<E\nq\nE\n", "b {\n c = 1\n}\n", "# c\n", "\n",
                "v = f(1,\n 2)\n", "u = 1 +\n", "t = [1\n", 's = "x\n', "q q q\n", "/* c */\n",
            ]
        ),
        max_size=8,
    )
)  # fmt: skip
def test_blocks_of_the_top_do_not_touch_each_other(lines):
    before, behind = 'resource "a" "b" {\n  k = "v"\n}\n', '\nresource "c" "d" {\n  k = "v"\n}\n'
    file = parse(before + "".join(lines) + behind, "x")
    for labels in (("a", "b"), ("c", "d")):
        [block] = [one for one in file.body.blocks if one.labels == labels]
        assert list(block.body.attributes) == ["k"]
        assert evaluate(block.body.attributes["k"].expression, NoScope()) == "v"
        assert not block.body.broken


@law
@given(st.text(st.sampled_from('a1 =[]{}()"$\n#,.<E'), max_size=30))
def test_what_is_not_broken_evaluates_without_bad_nodes(text):
    file = parse(text, "x")
    if file.broken:
        return
    for attribute in file.body.attributes.values():
        waiting = [attribute.expression]
        while waiting:
            node = waiting.pop()
            assert not isinstance(node, Bad)
            waiting += [child for child, _ in children(node)]
