"""HCL's native syntax: what is where, and what of a damaged file can still be read."""

import pytest

from ringfence.formats.hcl import Unknown, evaluate, parse
from ringfence.formats.hcl.scope import UnknownScope
from ringfence.formats.hcl.syntax import Bad, Literal

FILE = """\
# a comment
resource "aws_instance" "web" {
  ami           = "ami-1" # why
  instance_type = var.size // which
  /* two
     lines */
  tags = {
    Name = "web"
  }

  root_block_device {
    encrypted = true
  }
  lifecycle { prevent_destroy = true }
}

locals {}
output "x" { value = 1 }
"""


def body(text):
    return parse(text, "main.tf").body


def value(text):
    file = parse(f"a = {text}\n", "main.tf")
    assert file.broken == ()
    return evaluate(file.body.attributes["a"].expression, UnknownScope())


def test_blocks_and_attributes_stand_in_order():
    file = parse(FILE, "main.tf")
    assert file.broken == ()
    assert [(block.type, block.labels, block.line) for block in file.body.blocks] == [
        ("resource", ("aws_instance", "web"), 2),
        ("locals", (), 17),
        ("output", ("x",), 18),
    ]
    web = file.body.blocks[0].body
    assert {name: attribute.line for name, attribute in web.attributes.items()} == {
        "ami": 3,
        "instance_type": 4,
        "tags": 7,
    }
    assert [block.type for block in web.blocks] == ["root_block_device", "lifecycle"]
    assert list(web.blocks[1].body.attributes) == ["prevent_destroy"]


def test_spans_are_exact():
    web = body(FILE).blocks[0]
    assert FILE[web.start : web.open_end] == 'resource "aws_instance" "web" {'
    assert FILE[web.start : web.end].endswith("prevent_destroy = true }\n}")
    assert FILE[web.body.end] == "}"
    size = web.body.attributes["instance_type"]
    assert FILE[size.start : size.end] == "instance_type = var.size"
    assert FILE[size.value_start : size.end] == "var.size"
    tags = web.body.attributes["tags"].expression
    assert FILE[tags.start : tags.end] == '{\n    Name = "web"\n  }'
    assert [FILE[start:end] for start, end in tags.key_spans] == ["Name"]
    [(key, name)] = tags.entries
    assert (key, FILE[name.start : name.end]) == ("Name", '"web"')
    nested = web.body.blocks[0]
    assert FILE[nested.start : nested.end] == "root_block_device {\n    encrypted = true\n  }"


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("a = x.y[0].z", "x.y[0].z"),
        ("a = -x  # c", "-x"),
        ("a = (1 + 2)  ", "(1 + 2)"),
        ("a = 1 + 2 /* c */", "1 + 2"),
        ("a = x ? y : z", "x ? y : z"),
        ("a = f(1,\n 2)", "f(1,\n 2)"),
        ("a = x[*].y", "x[*].y"),
        ("a = x.*.y", "x.*.y"),
        ("a = <<E\nx\nE\n", "<<E\nx\nE"),
        ("a = [for x in y : x]", "[for x in y : x]"),
        ('a = "é${x}" # c', '"é${x}"'),
    ],
)
def test_an_expression_ends_where_it_ends(text, spans):
    attribute = body(text).attributes["a"]
    assert text[attribute.expression.start : attribute.expression.end] == spans
    assert attribute.end == attribute.expression.end


def test_offsets_count_characters_not_bytes():
    text = 'é = "ü😀"\nb = 1\n'
    found = body(text).attributes
    assert text[found["é"].value_start : found["é"].end] == '"ü😀"'
    assert text[found["b"].start : found["b"].end] == "b = 1"


@pytest.mark.parametrize("change", [lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t, lambda t: t + "\n\n"])
def test_line_ends_and_byte_order_marks_change_nothing(change):
    text = change(FILE)
    file = parse(text, "main.tf")
    assert file.broken == ()
    assert [block.line for block in file.body.blocks] == [2, 17, 18]
    assert text[file.body.blocks[0].start :].startswith('resource "aws_instance"')
    assert evaluate(file.body.blocks[0].body.attributes["tags"].expression, UnknownScope()) == {"Name": "web"}


def test_tabs_and_no_spaces_at_all():
    found = body('resource"a""b"{\n\tx=1\n\ty=[1,2]\n}')
    assert found.blocks[0].labels == ("a", "b")
    assert list(found.blocks[0].body.attributes) == ["x", "y"]


def test_labels_without_quotes_and_with_escapes():
    file = parse('a b "c\\"d" {\n}\n', "x")
    assert file.body.blocks[0].labels == ("b", 'c\\"d')


def test_an_empty_text_is_an_empty_body():
    for text in ("", "\n", "# only\n", "\ufeff", "/* x */"):
        file = parse(text, "x")
        assert (file.broken, file.body.attributes, file.body.blocks) == ((), {}, [])


def test_items_of_a_tuple_and_entries_of_an_object():
    expression = body('a = ["x", y]\n').attributes["a"].expression
    assert [type(item).__name__ for item in expression.items] == ["Literal", "Variable"]
    assert expression.entries is None
    expression = body('a = { b = 1, "c d" = 2, (e) = 3 }\n').attributes["a"].expression
    assert [key if isinstance(key, str) else type(key).__name__ for key, _ in expression.entries] == [
        "b",
        "c d",
        "Parens",
    ]
    assert expression.items is None


# Heredocs and templates


def test_a_heredoc_keeps_the_line_ends_of_the_file():
    text = "a = <<EOT\r\none\r\ntwo\r\nEOT\r\n"
    assert evaluate(body(text).attributes["a"].expression, UnknownScope()) == "one\r\ntwo\r\n"


def test_a_heredoc_may_end_with_the_file():
    assert value("<<EOT\none\nEOT") == "one\n"


def test_a_word_within_a_line_does_not_close_a_heredoc():
    assert value("<<EOT\nEOT x\nx EOT\n  EOT\n") == "EOT x\nx EOT\n"


# Damage


def said(file):
    return [(one.line, one.message) for one in file.broken]


def test_damage_in_one_value_leaves_the_others():
    file = parse('resource "a" "b" {\n  x = 1 + +\n  y = 2\n}\nresource "c" "d" {\n  z = 3\n}\n', "x")
    assert said(file) == [(2, "an expression is missing")]
    first, second = file.body.blocks
    assert list(first.body.attributes) == ["x", "y"]
    assert isinstance(first.body.attributes["x"].expression, Bad)
    assert isinstance(evaluate(first.body.attributes["x"].expression, UnknownScope()), Unknown)
    assert isinstance(first.body.attributes["y"].expression, Literal)
    assert first.body.broken
    assert not second.body.broken
    assert list(second.body.attributes) == ["z"]


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ("x = [1, 2", 3),
        ("x = f(1,", 3),
        ('x = "open', 2),
        ('x = "${1', 3),
        ("x =", 2),
        ("x = 1 2", 2),
        ("x = )", 2),
        ('x = "\\q"', 2),
        ("x = a..b", 2),
        ("x y z", 2),
        ('"x" = 1', 2),
        ("x = @", 2),
        ("x = 1\0", 2),
    ],
)
def test_what_follows_damage_is_read(broken, line):
    text = f'resource "a" "b" {{\n{broken}\n  y = 2\n}}\nresource "c" "d" {{\n  z = 3\n}}\n'
    file = parse(text, "x")
    assert file.broken
    assert file.broken[0].line in (line, line - 1)
    blocks = [block for block in file.body.blocks if block.labels == ("c", "d")]
    assert [list(block.body.attributes) for block in blocks] == [["z"]]
    first = file.body.blocks[0].body
    assert "y" in first.attributes or broken in ('x = "${1', "x = f(1,")
    assert first.broken


def test_a_heredoc_without_an_end_is_named_where_it_begins():
    file = parse('a = 1\nb = <<EOT\n  x\n\nresource "c" "d" {\n  z = 3\n}\n', "x")
    assert said(file) == [(2, "the heredoc is not closed: `EOT` is missing")]
    assert list(file.body.attributes) == ["a", "b"]
    assert [block.labels for block in file.body.blocks] == [("c", "d")]


def test_a_block_that_is_not_closed_ends_where_the_next_begins():
    file = parse('resource "a" "b" {\n  x = 1\n  in {\n    y = 1\n\nresource "c" "d" {\n  z = 3\n}\n', "x")
    assert said(file) == [(1, "this block is not closed"), (3, "this block is not closed")]
    assert [block.labels for block in file.body.blocks] == [("a", "b"), ("c", "d")]
    assert file.body.blocks[0].body.broken


def test_a_block_that_is_open_at_the_end_is_named():
    file = parse('resource "a" "b" {\n  x = 1\n', "x")
    assert said(file) == [(1, "this block is not closed")]
    assert list(file.body.blocks[0].body.attributes) == ["x"]


def test_a_brace_too_many_is_named():
    file = parse("a {\n}\n}\nb = 1\n", "x")
    assert said(file) == [(3, "`}` closes nothing")]
    assert list(file.body.attributes) == ["b"]


def test_the_first_of_two_attributes_counts_and_the_second_is_named():
    file = parse("a = 1\na = 2\n", "x")
    assert said(file) == [(2, "`a` is set twice")]
    assert file.body.broken
    assert evaluate(file.body.attributes["a"].expression, UnknownScope()) == 1


def test_a_comment_without_an_end_is_named():
    assert said(parse("a = 1\n/* b = 2\n", "x")) == [(2, "this comment is not closed")]
    assert said(parse("a = 1\n# /*\n// /*\n/* */\n", "x")) == []


def test_an_object_that_is_not_closed_takes_the_brace_of_its_block():
    file = parse('resource "a" "b" {\n  x = {\n    y = 1\n}\nresource "c" "d" {\n  z = 3\n}\n', "x")
    assert said(file) == [(1, "this block is not closed")]
    assert file.body.blocks[0].body.broken
    assert [list(block.body.attributes) for block in file.body.blocks] == [["x"], ["z"]]


def test_comments_may_stand_anywhere_in_a_line():
    text = 'a /* one */ = /* two */ 1 /* three */\nb /* four */ "c" /* five\n*/ {\n  /* six */ d = 2\n}\n'
    file = parse(text, "x")
    assert file.broken == ()
    assert text[file.body.attributes["a"].start : file.body.attributes["a"].end] == "a /* one */ = /* two */ 1"
    [block] = file.body.blocks
    assert (block.type, block.labels, list(block.body.attributes)) == ("b", ("c",), ["d"])
    assert text[block.open_end - 1] == "{"
