"""JSON syntax (`.tf.json`) gives the same bodies as the native one, and keeps its places."""

import pytest

from ringfence.formats.hcl import Unknown, evaluate, parse_json
from ringfence.formats.hcl.scope import UnknownScope
from ringfence.formats.hcl.syntax import Bad

FILE = """\
{
  "//": "a comment",
  "resource": {
    "aws_security_group": {
      "web": {
        "name": "web-${var.stage}",
        "ingress": [
          {"from_port": 22, "cidr_blocks": ["0.0.0.0/0"]},
          {"from_port": 80, "//": "why"}
        ],
        "tags": {"${var.key}": 1, "b": 2},
        "dynamic": {"egress": {"for_each": "${var.ports}", "content": {"to_port": "${egress.value}"}}},
        "provisioner": [{"local-exec": {"command": "true"}}]
      }
    },
    "aws_s3_bucket": {"a": {}, "b": {"acl": "private"}}
  },
  "terraform": {"backend": {"s3": {"bucket": "x"}}, "required_version": ">= 1"},
  "locals": [{"a": 1.5}, {"b": null}],
  "variable": {"stage": {"default": "dev"}},
  "module": {"m": [{"source": "./m"}]},
  "output": {"o": {"value": "%{ if true }y%{ endif }"}}
}
"""


def value(attribute):
    return evaluate(attribute.expression, UnknownScope())


def test_blocks_have_their_labels_and_lines():
    file = parse_json(FILE, "main.tf.json")
    assert file.broken == ()
    assert [(block.type, block.labels, block.line) for block in file.body.blocks] == [
        ("resource", ("aws_security_group", "web"), 5),
        ("resource", ("aws_s3_bucket", "a"), 16),
        ("resource", ("aws_s3_bucket", "b"), 16),
        ("terraform", (), 18),
        ("locals", (), 19),
        ("locals", (), 19),
        ("variable", ("stage",), 20),
        ("module", ("m",), 21),
        ("output", ("o",), 22),
    ]


def test_objects_are_blocks_and_attributes():
    web = parse_json(FILE, "x").body.blocks[0].body
    assert web.json
    rules = [block for block in web.blocks if block.type == "ingress"]
    assert [block.line for block in rules] == [8, 9]
    assert [list(block.body.attributes) for block in rules] == [["from_port", "cidr_blocks"], ["from_port"]]
    assert value(web.attributes["ingress"])[0]["cidr_blocks"] == ["0.0.0.0/0"]
    [dynamic] = [block for block in web.blocks if block.type == "dynamic"]
    assert dynamic.labels == ("egress",)
    assert value(dynamic.body.attributes["for_each"]).references == {"var.ports"}
    assert [block.type for block in dynamic.body.blocks] == ["content"]
    [provisioner] = [block for block in web.blocks if block.type == "provisioner"]
    assert provisioner.labels == ("local-exec",)
    assert "//" not in parse_json(FILE, "x").body.attributes


def test_a_backend_has_a_label_in_terraform_only():
    file = parse_json('{"terraform":{"backend":{"s3":{"a":1}}},"resource":{"x":{"y":{"backend":{"s3":{"a":1}}}}}}', "x")
    terraform, resource = file.body.blocks
    assert terraform.body.blocks[0].labels == ("s3",)
    assert resource.body.blocks[0].labels == ()


def test_texts_are_templates():
    file = parse_json(FILE, "x")
    name = value(file.body.blocks[0].body.attributes["name"])
    assert name.pieces[0] == "web-"
    assert name.references == {"var.stage"}
    assert value(file.body.blocks[-1].body.attributes["value"]) == "y"
    tags = value(file.body.blocks[0].body.attributes["tags"])
    assert (isinstance(tags, Unknown), tags.references) == (True, {"var.key"})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('"a\\"b\\u00e9\\n"', 'a"bé\n'),
        ('"\\ud83d\\ude00\\/"', "😀/"),
        ('"$${x}"', "${x}"),
        ('"${1 + 2}"', 3),
        ('"${"\\"x\\""}"', None),
        ("1.50", 1.5),
        ("-3", -3),
        ("1e3", 1000),
        ("true", True),
        ("null", None),
        ("[]", []),
        ('[1,\t"a", {}]', [1, "a", {}]),
    ],
)
def test_values(text, wanted):
    file = parse_json(f'{{"a": {text}}}', "x")
    if text.startswith('"${"'):
        assert file.broken
        return
    assert file.broken == ()
    assert value(file.body.attributes["a"]) == wanted


def test_spans_are_those_of_the_json_text():
    body = parse_json(FILE, "x").body.blocks[0].body
    name = body.attributes["name"]
    assert FILE[name.start : name.end] == '"name": "web-${var.stage}"'
    assert FILE[name.expression.start : name.expression.end] == '"web-${var.stage}"'
    tags = body.attributes["tags"].expression
    assert [FILE[start:end] for start, end in tags.key_spans] == ['"${var.key}"', '"b"']
    assert [FILE[item.start : item.end] for _, item in tags.entries] == ["1", "2"]
    block = body.blocks[0]
    assert FILE[block.open_end - 1] == "{"
    assert FILE[block.body.end] == "}"


@pytest.mark.parametrize(
    ("text", "place", "names"),
    [
        ('{"a": 1, "b": 2,}', (1, 17), ["a", "b"]),
        ('{"a": 1,\n "b": tru}', (2, 7), ["a"]),
        ('{"a": {"c": [1, 2', (1, 18), ["a"]),
        ('{"a": 1} x', (1, 10), ["a"]),
        ("{'a': 1}", (1, 2), []),
        ('{"a": 01}', (1, 7), []),
        ('{"a": NaN}', (1, 7), []),
        ('{"a": "x\n"}', (1, 9), []),
        ('{"a" 1}', (1, 6), []),
        ("", (1, 1), []),
        ("[1]", (1, 1), []),
        ("# no json", (1, 1), []),
    ],
)
def test_damage_has_a_place_and_what_stands_before_it_is_read(text, place, names):
    file = parse_json(text, "x")
    [broken] = file.broken
    assert (broken.line, broken.column) == place
    assert list(file.body.attributes) == names
    assert file.body.broken or text == "[1]"


def test_a_name_that_stands_twice_is_named_and_the_first_counts():
    file = parse_json('{"a": 1,\n "a": 2}', "x")
    assert [(one.line, one.column, one.message) for one in file.broken] == [(2, 2, "`a` is set twice")]
    assert value(file.body.attributes["a"]) == 1


def test_blocks_of_the_same_name_are_all_there():
    file = parse_json('{"locals": {"a": 1}, "locals": {"b": 2}}', "x")
    assert file.broken == ()
    assert [list(block.body.attributes) for block in file.body.blocks] == [["a"], ["b"]]


def test_a_text_that_is_no_template_is_unknown():
    file = parse_json('{"a": "${1 +}", "b": 1}', "x")
    assert isinstance(file.body.attributes["a"].expression, Bad)
    assert isinstance(value(file.body.attributes["a"]), Unknown)
    assert value(file.body.attributes["b"]) == 1
