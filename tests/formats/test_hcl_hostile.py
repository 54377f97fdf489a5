"""Whatever an HCL text holds: no traceback, bounded work and memory, and an answer that says what was too much."""

import resource
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringfence.formats.hcl import Unknown, evaluate, parse, parse_json
from ringfence.formats.hcl.scope import NoScope, UnknownScope
from ringfence.formats.hcl.values import MAX_ITEMS, MAX_TEXT, Work, follow

pytestmark = pytest.mark.timeout(600)
law = settings(deadline=None, max_examples=300)
MANY = 100_000


@contextmanager
def memory(megabytes):
    """At most so much more address space than now."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm", encoding="ascii") as statm:
        used = int(statm.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + megabytes * 2**20, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def read(text):
    """Parse and evaluate all of a text."""
    file = parse(text, "main.tf")
    for attribute in list(file.body.attributes.values())[:20]:
        assert 0 <= attribute.start <= attribute.value_start <= attribute.end <= len(text)
        evaluate(attribute.expression, UnknownScope())
    for block in list(file.body.blocks)[:20]:
        assert 0 <= block.start <= block.open_end <= block.end <= len(text)
    return file


DEEP = {
    "parentheses": "(",
    "brackets": "[",
    "braces": "{a=",
    "calls": "f(",
    "templates": '"${',
    "heredocs": "<<A\n${",
    "signs": "!",
    "conditionals": "1?",
    "loops": "[for x in ",
    "splats": "a[*]",
    "indexes": "a[",
    "directives": '"%{if ',
}


@pytest.mark.parametrize("opening", DEEP.values(), ids=DEEP.keys())
def test_deep_nesting_is_refused(opening):
    file = read("b = 1\na = " + opening * MANY + "\n")
    assert file.broken
    assert file.broken[0].line >= 2
    assert evaluate(file.body.attributes["b"].expression, NoScope()) == 1


def test_deep_blocks_are_refused():
    file = read("a {\n" * MANY)
    assert "nested deeper" in file.broken[0].message


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1" + "+1" * MANY, MANY + 1),
        ("true ? 1 : " * 20_000 + "2", 1),
        ("false ? 1 : " * 20_000 + "2", 2),
        ('"' + "x" * 900_000 + '"', "x" * 900_000),
        ("true" + " && true" * 10_000, True),
    ],
)
def test_long_chains_are_no_nesting(text, wanted):
    file = parse(f"a = {text}\n", "x")
    assert file.broken == ()
    assert evaluate(file.body.attributes["a"].expression, NoScope()) == wanted


LARGE = {
    "one line": 'a = "' + "x" * 8_000_000 + '"',
    "blanks": "a = " + " " * 8_000_000,
    "newlines": "\n" * 8_000_000,
    "comments": "#\n" * 4_000_000,
    "comments in a line": "/**/" * 2_000_000,
    "quotes": '"' * 8_000_000,
    "braces": "}" * 8_000_000,
    "equals": "a=\n" * 2_500_000,
    "items": "a = [" + "1," * 4_000_000,
    "entries": "a = {" + "a=1," * 2_000_000,
    "escapes": 'a = "' + "\\n" * 4_000_000,
    "dollars": 'a = "' + "$" * 8_000_000,
    "interpolations": 'a = "' + "${a}" * 2_000_000 + '"',
    "labels": "a " + '"b" ' * 2_000_000 + "{}",
    "digits": "a = " + "1" * 8_000_000,
    "names": "a." * 4_000_000,
    "heredocs": "a = <<E\n" * 900_000,
    "open": 'a = "${"\n' * 800_000,
    "all at once": 'a = [{"${(<<E\n' * 400_000,
    "too long": "a" * 9_000_000,
}


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE.keys())
def test_large_texts_end_in_bounded_memory(text):
    with memory(700):
        file = read(text)
    assert len(file.broken) <= 101


def test_a_nul_is_named_and_the_rest_is_read():
    file = read("a = 1\n\0\nb = 2\n")
    assert [one.line for one in file.broken] == [2]
    assert list(file.body.attributes) == ["a", "b"]


BOMBS = {
    "join": 'join("x", [for i in range(1000) : join("x", [for j in range(1000) : "xxxxxxxxxx"])])',
    "format": 'format("%999999999d", 1)',
    "precision": 'format("%.999999999f", 1)',
    "formatlist": 'formatlist("%9999s", range(1024))',
    "setproduct": "setproduct(range(1000), range(1000), range(1000))",
    "range": "range(1000000000)",
    "range of fractions": "range(0, 1, 0.0000000001)",
    "loops": "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]",
    "flatten": "flatten([for a in range(1000) : [for b in range(1000) : a]])",
    "copies of what is not known": '[for i in range(1000) : "a${local.long}${var.x}"]',
    "replace": f'replace("{"a" * 1000}", "a", "{"b" * 5000}")',
    "replace by pattern": f'replace("{"a" * 1000}", "/a/", "{"b" * 5000}")',
    "replace of nothing": f'replace("{"a" * 1000}", "", "{"b" * 5000}")',
    "power": "pow(10, 1000000)",
    "multiplication": "*".join(["99999999999999999999999999999999999999999999999999"] * 50_000),
    "parseint": f'parseint("{"9" * 900_000}", 10)',
    "tonumber": 'tonumber("1e999999999")',
    "literal": "1e999999999",
    "indent": 'indent(1000000000, "a\\nb\\n")',
    "substr": 'substr("abc", 0, 1000000000000)',
    "chunklist": "chunklist([1, 2, 3], 100000000000000)",
    "cidrsubnets": "cidrsubnets(" + ", ".join(['"::/0"', *["32"] * 50_000]) + ")",
    "cidrsubnet": 'cidrsubnet("10.0.0.0/8", 1000000000, 1)',
    "nested quantifiers": f'regex("(a+)+b", "{"a" * 5000}")',
    "alternatives": f'regex("(a|a|a)*b", "{"a" * 5000}")',
    "stars": f'regex("{"a*" * 500}b", "{"a" * 5000}")',
    "counted": 'regex("((a{1000}){1000}){1000}", "a")',
    "deep pattern": f'regex("{"(" * 1000}{")" * 1000}", "a")',
    "long pattern": f'regex("{"a" * 100_000}", "a")',
    "every place": f'regexall("a*b", "{"a" * 20_000}")',
    "jsondecode": f'jsondecode("{"[" * 40_000}{"]" * 40_000}")',
    "yamldecode": f'yamldecode("{"[" * 10_000}")',
    "yaml aliases": 'yamldecode("a: &a [x,x,x,x,x,x,x,x,x]\\n'
    + "".join(f"b{n}: &b{n} [{','.join([f'*b{n - 1}' if n else '*a'] * 9)}]\\n" for n in range(9))
    + '")',
    "csvdecode": f'csvdecode("{"a," * 50_000}")',
    "template": '"%{ for a in range(1000) }%{ for b in range(1000) }xxxxxxxxxx%{ endfor }%{ endfor }"',
    "merge": 'merge([for i in range(1000) : {for j in range(1000) : "${i}-${j}" => j}]...)',
    "arguments": "max([for i in range(1000) : [for j in range(1000) : j]]...)",
    "timeadd": 'timeadd("2020-01-01T00:00:00Z", "999999999h")',
    "unicode": f'strrev("{"é" * 400_000}")',
    "equality": "[for i in range(1000) : range(1000)] == [for i in range(1000) : range(1000)]",
    "distinct": 'distinct([for i in range(1000) : "${i}"])',
    "contains": "[for i in range(1000) : contains(range(1000), i)]",
    "nested conditionals": "var.a ? " * 90 + "1" + " : 2" * 90,
    "unknown indexes": "a[b.c" * 90 + "]" * 90,
}


class Long(UnknownScope):
    """local.long is a long text."""

    def lookup(self, root, path):
        return "x" * 900_000 if path == ("long",) else super().lookup(root, path)


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_bombs_end_with_a_small_answer(text):
    file = parse(f"a = {text}\n", "x")
    with memory(500):
        found = evaluate(file.body.attributes["a"].expression, Long())
    if isinstance(found, Unknown):
        assert found.why or found.references
    else:
        assert size(found) <= 8 * MAX_TEXT


def size(value):
    """Characters and items, however deep."""
    if isinstance(value, dict):
        return sum(len(key) + size(item) for key, item in value.items())
    if isinstance(value, list):
        assert len(value) <= MAX_ITEMS
        return sum(size(item) for item in value)
    return len(value) if isinstance(value, str) else 1


class Doubling:
    """local.nN is two times local.n(N-1): small in memory, endless when written out."""

    def __init__(self):
        self.values = {"n0": ["x"]}
        for n in range(1, 60):
            self.values[f"n{n}"] = [self.values[f"n{n - 1}"]] * 2
        self.values["w0"] = ["x", 1] * 500
        for n in range(1, 9):
            self.values[f"w{n}"] = [self.values[f"w{n - 1}"]] * 1000

    def lookup(self, root, path):
        return follow(self.values, path)

    def read_file(self, path):
        return None


@pytest.mark.parametrize(
    "text",
    [
        "jsonencode(local.n59)",
        "yamlencode(local.n59)",
        "local.n59 == local.n59",
        "flatten(local.n59)",
        "toset(local.n59)",
        "distinct(local.n59)",
        'format("%v", local.n59)',
        "contains(local.n59, local.n58)",
        "tolist(local.n59)",
        "sort(local.n59)",
        'join(",", flatten(local.n59))',
        "true ? local.n59 : local.n58",
        "var.x ? local.n59 : local.n58",
        "[for x in local.n59 : jsonencode(x)]",
        "setproduct(local.n59, local.n59)",
        "setunion(local.n59, local.n58)",
        "coalesce(local.n59, local.n58)",
        "tolist(local.w8)",
        "tolist([{ a = local.w8 }, { b = local.w7 }])",
        "true ? local.w8 : local.w1",
        "setintersection(local.w8, local.w7)",
        "distinct(local.w8)",
    ],
)
def test_shared_values_are_not_written_out(text):
    file = parse(f"a = {text}\n", "x")
    with memory(500):
        evaluate(file.body.attributes["a"].expression, Doubling())


def test_many_costly_expressions_share_what_their_scope_gives():
    scope = UnknownScope()
    scope.work = Work(1_000_000)
    bomb = parse("a = [for a in range(1000) : [for b in range(1000) : a]]\n", "x").body.attributes["a"].expression
    for _ in range(10):
        assert isinstance(evaluate(bomb, scope), Unknown)
    assert scope.work.left == 0
    plain = parse("a = 1 + 1\n", "x").body.attributes["a"].expression
    assert isinstance(evaluate(plain, scope), Unknown)
    assert evaluate(plain, UnknownScope()) == 2


class Chain:
    """local.nN asks for local.n(N+1), without an end."""

    def __init__(self):
        self.expression = parse("a = [local.next]\n", "x").body.attributes["a"].expression

    def lookup(self, root, path):
        return evaluate(self.expression, self)

    def read_file(self, path):
        return None


def test_an_endless_chain_of_references_ends():
    chain = Chain()
    found = evaluate(chain.expression, chain)
    for _ in range(10_000):
        if isinstance(found, Unknown):
            break
        [found] = found
    assert isinstance(found, Unknown)


JSON = {
    "deep": '{"a":' * MANY,
    "lists": "[" * MANY,
    "long": '{"a":"' + "x" * 8_000_000 + '"}',
    "many": '{"a":[' + "1," * 3_000_000 + "1]}",
    "keys": "{" + ",".join(f'"{n}":1' for n in range(300_000)) + "}",
    "too long": " " * 9_000_000,
    "nul": '{"a":"\0"}',
    "templates": '{"a":"' + "${" * MANY + '"}',
    "digits": '{"a":' + "9" * 1_000_000 + "}",
}


@pytest.mark.parametrize("text", JSON.values(), ids=JSON.keys())
def test_json_that_is_too_much_is_refused_or_read(text):
    with memory(1000):
        file = parse_json(text, "main.tf.json")
        for attribute in list(file.body.attributes.values())[:20]:
            evaluate(attribute.expression, UnknownScope())
    assert len(file.broken) <= 1


PIECES = st.sampled_from(
    [
        "a", "b.c", "resource", '"x"', '"', "{", "}", "(", ")", "[", "]", "=", "==", "=>", ":", "?", ",", ".", "...",
        "\n", "\r\n", " ", "\t", "${", "%{", "~", "<<EOT\n", "<<-EOT\n", "EOT\n", "EOT", "#", "//", "/*", "*/",
        "for", "in", "if", "else", "endif", "endfor", "1", "1.5", "1e9", "-", "!", "*", "[*]", "||", "&&", "null",
        "true", "\\", "\\n", "é", "\0", "$", "%", "jsonencode(", "try(", "regex(", "\ufeff", "🎉",
    ]
)  # fmt: skip


@law
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_text_of_pieces_raises(text):
    read(text)
    read("a = " + text)
    read("a {\n" + text + "\n}\nb {\n}\n")


@law
@given(st.text(max_size=200))
def test_no_text_raises(text):
    read(text)
    parse_json(text, "x")


@law
@given(
    st.lists(
        st.sampled_from(['{"', '":', '"a"', "[", "]", "{", "}", ",", "1", "tru", "\\u", '"\\ud800"', " "]), max_size=30
    )
)
def test_no_json_raises(pieces):
    text = "".join(pieces)
    for attribute in parse_json(text, "x").body.attributes.values():
        evaluate(attribute.expression, UnknownScope())
