"""What is known of expressions that the files do not say in full."""

import pytest

from ringfence.formats.hcl import Unknown, evaluate, parse
from ringfence.formats.hcl.encodings import decoded
from ringfence.formats.hcl.scope import UnknownScope, references_of
from ringfence.formats.hcl.values import Set, follow


class Known(UnknownScope):
    """Some locals, and everything else unknown."""

    def __init__(self, **names):
        self.names = names
        self.asked = []

    def lookup(self, root, path):
        self.asked.append((root, path))
        if root == "local":
            return follow(self.names, path)
        return super().lookup(root, path)

    def read_file(self, path):
        return {"greeting.tpl": "hello ${name}%{ if loud }!%{ endif }", "plain.json": '{"a":1}'}.get(path)


def expression(text):
    file = parse(f"a = {text}\n", "main.tf")
    assert file.broken == ()
    return file.body.attributes["a"].expression


def value(text, **names):
    return evaluate(expression(text), Known(**names))


def shown(found):
    """An unknown as the text it is, with `?` for what is not known."""
    if isinstance(found, Unknown):
        return "".join(one if isinstance(one, str) else "?" for one in found.pieces) if found.pieces else "?"
    if isinstance(found, list):
        return [shown(one) for one in found]
    return {key: shown(one) for key, one in found.items()} if isinstance(found, dict) else found


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("var.x", "var.x"),
        ("var.x.y[0]", "var.x"),
        ("aws_s3_bucket.b.id", "aws_s3_bucket.b"),
        ("aws_s3_bucket.b[0].id", "aws_s3_bucket.b"),
        ("aws_s3_bucket.b[*].id", "aws_s3_bucket.b"),
        ("data.aws_ami.a.id", "data.aws_ami.a"),
        ("module.m.out", "module.m"),
        ("upper(var.x)", "var.x"),
        ("-var.x", "var.x"),
        ("var.x + 1", "var.x"),
        ("[for one in var.x : one]", "var.x"),
        ("var.x[local.n]", "var.x"),
        ("jsonencode({a = var.x})", "var.x"),
        ("nosuchfunction(var.x)", "var.x"),
    ],
)
def test_an_unknown_says_where_it_comes_from(text, address):
    found = value(text, n=0)
    assert isinstance(found, Unknown)
    assert found.references == {address}
    assert references_of(expression(text)) - {"local.n"} == {address}


def test_a_loop_over_something_unknown_names_what_it_would_have_asked_for():
    assert value("[for one in var.x : aws_y.z[one].id if local.w]").references == {"var.x", "aws_y.z", "local.w"}


def test_an_error_says_what_the_expression_names():
    found = value("var.x + local.word", word="a")
    assert found.references == {"var.x"}
    found = value("local.word * 2", word="a")
    assert (found.references, found.why) == ({"local.word"}, "a number is needed")


def test_a_reference_is_asked_for_as_far_as_it_is_known():
    scope = Known(key="k", n=1, m={"k": [1, 2]})
    assert evaluate(expression("local.m[local.key][local.n]"), scope) == 2
    assert scope.asked[-1] == ("local", ("m", "k", 1))
    evaluate(expression("aws_x.y[var.key].id"), scope)
    assert scope.asked[-1] == ("aws_x", ("y",))
    evaluate(expression("aws_x.y[*].id"), scope)
    assert scope.asked[-1] == ("aws_x", ("y",))
    evaluate(expression("aws_x.y.0.id"), scope)
    assert scope.asked[-1] == ("aws_x", ("y", 0, "id"))


def test_what_for_names_is_no_reference():
    assert references_of(expression("[for a in var.x : a.b if c.d == a]")) == {"var.x", "c.d"}
    assert references_of(expression('"%{ for a in var.x }${a.b}${e.f}%{ endfor }"')) == {"var.x", "e.f"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('"arn:aws:s3:::${var.x}/*"', "arn:aws:s3:::?/*"),
        ('"${var.x}${var.y}"', "??"),
        ('"a${1}${"b"}${var.x}c${true}"', "a1b?ctrue"),
        ('"${"a${var.x}"}b"', "a?b"),
        ('format("arn:%s:%s", "aws", var.x)', "arn:aws:?"),
        ('join(",", ["a", var.x, "b"])', "a,?,b"),
        ('join(",", ["a"], var.x)', "a,?"),
        ('lower("A${var.x}B")', "a?b"),
        ('"%{ if var.x }a%{ else }b%{ endif }c"', "?c"),
        ('"%{ if var.x }a%{ else }a%{ endif }c"', "ac"),
        ('"a%{ for one in var.x }b%{ endfor }c"', "a?c"),
        ('"a%{ for one in [1, var.x] }${one}%{ endfor }c"', "a1?c"),
        ('sensitive("a${var.x}")', "a?"),
        ('tostring("a${var.x}")', "a?"),
        ('trimspace("a${var.x}")', "?"),
    ],
)
def test_texts_keep_what_is_known(text, wanted):
    assert shown(value(text)) == wanted


def test_the_pieces_have_references_of_their_own():
    found = value('"a${var.x}b${aws_s3_bucket.b.arn}"')
    assert found.references == {"var.x", "aws_s3_bucket.b"}
    assert [piece if isinstance(piece, str) else set(piece.references) for piece in found.pieces] == [
        "a",
        {"var.x"},
        "b",
        {"aws_s3_bucket.b"},
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("true || var.x", True),
        ("var.x || true", True),
        ("false && var.x", False),
        ("var.x && false", False),
        ("var.x && true", "?"),
        ("var.x ? 1 : 1", 1),
        ("var.x ? 1 : 2", "?"),
        ("var.x ? {a = 1, b = 2} : {a = 1, b = 3}", {"a": 1, "b": "?"}),
        ("var.x ? [1, 2] : [1, 3]", [1, "?"]),
        ("var.x ? [1] : [1, 2]", "?"),
        ("var.x == var.x", "?"),
        ("[1, var.x] == [2, var.x]", False),
        ("[1, var.x] == [1, 2]", "?"),
        ('"a${var.x}" == "b"', False),
        ('"a${var.x}" == "abc"', "?"),
        ('"a${var.x}z" == "ab"', False),
        ('"a${var.x}" != null', True),
        ("[1, var.x]", [1, "?"]),
        ("{a = 1, b = var.x}", {"a": 1, "b": "?"}),
        ("{(var.x) = 1}", "?"),
        ("[1, var.x][0]", 1),
        ("{a = 1, b = var.x}.a", 1),
        ("[{a = 1}, {a = var.x}][*].a", [1, "?"]),
        ("[for one in [1, var.x] : one]", [1, "?"]),
        ("[for one in [1, var.x] : one if one != 1]", "?"),
        ("{for k, v in {a = var.x} : k => v}", {"a": "?"}),
        ("{for one in [var.x] : one => 1}", "?"),
        ("length([1, var.x])", 2),
        ("length(toset([1, var.x]))", "?"),
        ("length({a = var.x})", 1),
        ("length(var.x)", "?"),
        ("merge({a = 1}, {b = var.x})", {"a": 1, "b": "?"}),
        ("merge({a = 1}, var.x)", "?"),
        ("concat([1], [var.x])", [1, "?"]),
        ("concat([1], var.x)", "?"),
        ('flatten([[1], ["a${var.x}"]])', [1, "a?"]),
        ("flatten([[1], var.x])", "?"),
        ("element([var.x, 2], 1)", 2),
        ("keys({a = var.x})", ["a"]),
        ("values({a = var.x, b = 1})", ["?", 1]),
        ('lookup({a = 1, b = var.x}, "a", 2)', 1),
        ("lookup({a = 1}, var.x, 2)", "?"),
        ('contains(["a", var.x], "a")', True),
        ('contains(["b", var.x], "a")', "?"),
        ('contains(["b"], "a")', False),
        ('coalesce(null, "", 1)', "1"),
        ("coalesce(var.x, 1)", "?"),
        ('coalesce("a${var.x}", "b")', "a?"),
        ("tolist([1, var.x])", [1, "?"]),
        ('toset(["b", var.x, "a"])', ["a", "b", "?"]),
        ('zipmap(["a"], [var.x])', {"a": "?"}),
        ("reverse([1, var.x])", ["?", 1]),
        ("slice([1, var.x, 3], 0, 1)", [1]),
        ("one([var.x])", "?"),
        ("alltrue([false, var.x])", False),
        ("alltrue([true, var.x])", "?"),
        ("anytrue([true, var.x])", True),
        ('sort(["a", var.x])', "?"),
        ('startswith("arn:${var.x}", "arn")', True),
        ('startswith("arn:${var.x}", "b")', False),
        ('startswith("arn:${var.x}", "arn:a")', "?"),
        ('endswith("${var.x}.json", ".json")', True),
        ('strcontains("a-${var.x}", "-")', True),
        ('strcontains("a-${var.x}", "b")', "?"),
        ("try(var.x, 1)", "?"),
        ("try({}.a, 1)", 1),
        ("try(local.none, 1)", 1),
        ("can(var.x)", "?"),
        ("can(local.none)", False),
        ('setproduct(["a"], [var.x])', [["a", "?"]]),
        ("!var.x", "?"),
        ("null", None),
        ('compact(["a", "", var.x])', "?"),
        ('compact(["a", "", "b${var.x}"])', ["a", "b?"]),
        ('list("a", 1)', ["a", "1"]),
        ('map("a", var.x)', {"a": "?"}),
        ('provider::aws::arn_parse("a")', "?"),
    ],
)
def test_what_is_certain_is_known(text, wanted):
    assert shown(value(text)) == wanted


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("{a = 1, b = 1}[var.x]", 1),
        ("[[1], [1]][var.x]", [1]),
        ("{a = {k = 1, l = 2}, b = {k = 1, l = 3}}[var.x].k", 1),
        ("lookup({a = 1, b = 1}, var.x, 1)", 1),
        ("{a = 1}[var.x]", 1),
    ],
)
def test_what_all_items_agree_on_is_certain(text: str, certain: object) -> None:
    """Whichever of them it is."""
    assert value(text) == certain


@pytest.mark.parametrize(
    "text",
    [
        "{a = 1, b = 2}[var.x]",
        "lookup({a = 1, b = 1}, var.x, 2)",
        "lookup({a = 1, b = 1}, var.x)",
        "{}[var.x]",
        f"[{'1,' * 65}][var.x]",
        "try({a = 1, b = 1}[var.x], 2)",
        "can({a = 1, b = 1}[var.x])",
        "{a = {k = 1, l = 2}, b = {k = 1, l = 3}}[var.x].l",
    ],
)
def test_what_items_do_not_agree_on_is_not_known(text: str) -> None:
    """Nor is it where something else comes in where there is no such item."""
    assert isinstance(value(text), Unknown)


def test_a_conditional_names_its_options():
    found = value('var.x ? "public-read" : "private"')
    assert (found.options, found.references) == (("public-read", "private"), {"var.x"})
    found = value("var.x ? aws_kms_key.k.arn : null")
    assert None in found.options
    assert found.references == {"var.x", "aws_kms_key.k"}
    assert value("var.x ? 1 : var.y ? 2 : 3").options == (1, 2, 3)
    assert value("{a = var.x ? 1 : 2}")["a"].options == (1, 2)
    assert value("var.x").options is None


def test_an_error_in_one_arm_does_not_hide_the_other():
    found = value("var.x ? [][0] : 1")
    assert (isinstance(found, Unknown), found.references) == (True, {"var.x"})
    assert value("true ? 1 : [][0]") == 1
    assert isinstance(value("false ? 1 : [][0]"), Unknown)


def test_jsonencode_keeps_what_it_was_given():
    found = value('jsonencode({Statement = [{Action = "s3:*", Resource = ["${aws_s3_bucket.b.arn}/*", var.x]}]})')
    assert found.references == {"aws_s3_bucket.b", "var.x"}
    assert shown(found.decoded) == {"Statement": [{"Action": "s3:*", "Resource": ["?/*", "?"]}]}
    assert decoded(found) is found.decoded
    assert value("jsonencode({a = 1})") == '{"a":1}'
    assert shown(value("jsondecode(jsonencode({a = [var.x]}))")) == {"a": ["?"]}
    assert shown(value("yamldecode(yamlencode({a = [var.x]}))")) == {"a": ["?"]}


POLICY = """<<-EOF
  {
    "Version": "2012-10-17",
    "Statement": [
      {
        "Effect": "Allow",
        "Resource": ["${aws_s3_bucket.b.arn}", "${aws_s3_bucket.b.arn}/*", "a \\"quoted\\" ${var.x}"],
        "Principal": ${jsonencode({ AWS = var.who })},
        "Condition": ${var.condition},
        "Count": 1
      }
    ]
  }
  EOF"""


def test_a_heredoc_of_json_with_holes_can_be_decoded():
    found = value(POLICY)
    assert isinstance(found, Unknown)
    assert shown(decoded(found)) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Resource": ["?", "?/*", 'a "quoted" ?'],
                "Principal": {"AWS": "?"},
                "Condition": "?",
                "Count": 1,
            }
        ],
    }
    resource = decoded(found)["Statement"][0]["Resource"][1]
    assert resource.references == {"aws_s3_bucket.b"}
    assert shown(value(f"jsondecode({POLICY}\n)")) == shown(decoded(found))


@pytest.mark.parametrize("text", ['"{${var.x}}"', '"{\\"a\\": [1 ${var.x}]}"', '"no json ${var.x}"', "var.x"])
def test_what_is_no_json_with_holes_is_unknown(text):
    found = decoded(value(text))
    assert isinstance(found, Unknown)
    assert found.references == {"var.x"}


def test_a_key_with_a_hole_makes_its_object_unknown_and_no_more():
    found = decoded(value('"{\\"a\\": {\\"${var.x}\\": 1}, \\"b\\": 2}"'))
    assert shown(found) == {"a": "?", "b": 2}
    assert found["a"].references == {"var.x"}


def test_files_are_read_through_the_scope():
    assert value('file("plain.json")') == '{"a":1}'
    assert value('jsondecode(file("plain.json")).a') == 1
    assert value('templatefile("greeting.tpl", {name = "you", loud = true})') == "hello you!"
    assert shown(value('templatefile("greeting.tpl", {name = var.x, loud = false})')) == "hello ?"
    assert isinstance(value('templatefile("greeting.tpl", {name = "you"})'), Unknown)
    assert isinstance(value('templatefile("greeting.tpl", var.x)'), Unknown)
    assert isinstance(value('file("missing")'), Unknown)
    assert isinstance(value("file(var.x)"), Unknown)
    assert value('filebase64("plain.json")') == "eyJhIjoxfQ=="
    assert value('fileexists("plain.json")') is True
    assert isinstance(value('fileexists("missing")'), Unknown)
    assert isinstance(value('try(file("missing"), "x")'), Unknown)


def test_a_template_file_sees_its_own_variables_only():
    scope = Known()
    scope.read_file = lambda path: "${local.secret}"
    found = evaluate(expression('templatefile("x", {})'), scope)
    assert isinstance(found, Unknown)
    assert scope.asked == []


@pytest.mark.parametrize("name", ["timestamp()", "uuid()", 'bcrypt("x")', 'filesha256("x")', "plantimestamp()"])
def test_what_depends_on_the_run_is_unknown(name):
    assert isinstance(value(name), Unknown)


def test_a_set_is_a_list_whose_keys_are_its_values():
    found = value('toset(["b", "a", "b"])')
    assert isinstance(found, Set)
    assert found == ["a", "b"]
    assert value('{for k, v in toset(["b", "a"]) : k => v}') == {"a": "a", "b": "b"}


def test_an_empty_list_of_some_type_may_differ_from_the_empty_one():
    assert isinstance(value("local.list == []", list=[]), Unknown)
    assert value("length(local.list) == 0", list=[]) is True
    assert value("local.list == []", list=["a"]) is False
