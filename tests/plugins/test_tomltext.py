import time

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from ringfence.errors import ConfigError
from ringfence.tomltext import MAX_BYTES, load

EXAMPLE = '''\
name = "x" # a comment = [
version.a."b.c" = 1
[entry]
module = """
a = 1
"""
"cl\\u0061ss" = 'T'
[methods.build]
arguments = { type = "object", list = [1,
  2, { b = 1979-05-27 07:32:00 } ] }
[[array]]
x = 1
[[array]]
x = 2
[array.sub]
y = """""a"""""
[[array.more]]
z = [ [1, 2], # ]
 [3] ]
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("name",), 1),
        (("version", "a", "b.c"), 2),
        (("entry",), 3),
        (("entry", "module"), 4),
        (("entry", "class"), 7),
        (("methods",), 8),
        (("methods", "build", "arguments", "list", 1), 10),
        (("methods", "build", "arguments", "list", 2, "b"), 10),
        (("array", 0, "x"), 12),
        (("array", 1, "x"), 14),
        (("array", 1, "sub", "y"), 16),
        (("array", 1, "more", 0, "z", 1, 0), 19),
        (("entry", "missing"), 3),
        (("missing",), 1),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_of(path: tuple[str | int, ...], line: int, newline: str) -> None:
    """Every key, element and missing key has the line a reader would point at."""
    assert load(EXAMPLE.replace("\n", newline), file="x.toml").line_of(path) == line


KEYS = st.text(min_size=1, max_size=6).filter(lambda key: key.isprintable()) | st.sampled_from(["a", "b", "a.b"])
TREES = st.recursive(
    st.just(0),
    lambda inner: (
        st.dictionaries(KEYS, inner, min_size=1, max_size=3)
        | st.lists(st.just(0), min_size=1, max_size=3)
        | st.lists(st.dictionaries(KEYS, inner, min_size=1, max_size=2), min_size=1, max_size=3)
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(KEYS, TREES, max_size=4))
def test_lines_in_generated_documents(tree: dict[str, object]) -> None:
    """In any document that tomlkit writes, the line of every leaf is the line on which its value stands."""
    leaves: dict[tuple[str | int, ...], int] = {}

    def numbered(value: object, path: tuple[str | int, ...]) -> object:
        if isinstance(value, dict):
            return {key: numbered(item, (*path, key)) for key, item in value.items()}
        if isinstance(value, list):
            return [numbered(item, (*path, index)) for index, item in enumerate(value)]
        leaves[path] = 1_000_000 + len(leaves)
        return leaves[path]

    text = tomlkit.dumps(numbered(tree, ()))
    document = load(text, file="x.toml")
    lines = text.split("\n")
    for path, number in leaves.items():
        assert str(number) in lines[document.line_of(path) - 1]


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=80) | st.text(alphabet="ab=.[]{}\"'\\#,\n\r \t01x-:Tinf\ud800", max_size=80))
def test_any_text_is_a_document_or_a_config_error(text: bytes | str) -> None:
    """Whatever the text, nothing but ConfigError comes out, and lines can be asked for."""
    try:
        place = ("x.toml", load(text, file="x.toml").line_of(("a", 0, "b")))
    except ConfigError as error:
        place = (error.file, error.line)
    assert place[0] == "x.toml"
    assert place[1] >= 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1\nb =\n", "x.toml:2: not TOML: Invalid value"),
        ('a = 1\n\nb = """\n\n\n', "x.toml:3: not TOML: Unterminated string"),
        ("a = 1\na = 2", "x.toml:2: not TOML: Cannot overwrite a value"),
        (b"a = 1\nb = '\xff'", "x.toml:2: not UTF-8 text"),
        ("\ufeffa = 1", "x.toml:1: starts with a byte order mark"),
        ("a = 1\nb = [1,\nnan]", "x.toml:3: nan and inf are not accepted"),
        ("a = 1\nb = 9223372036854775808", "x.toml:2: an integer must fit into 64 bits"),
        ("a = 0x" + "f" * 9999, "x.toml:1: an integer must fit into 64 bits"),
        ("a = " + "1" * 9999, "x.toml:1: a number is too long"),
        ("a = " + "[" * 100_000, "x.toml:1: nested too deeply"),
        ("a" + ".a" * 100_000 + " = 1", "x.toml:1: not TOML: a dotted key has more than 32 parts"),
        ("b = {a" + ".a" * 40 + " = 1}", "x.toml:1: not TOML: a dotted key has more than 32 parts"),
        ("#" * (MAX_BYTES + 1), "x.toml:1: larger than 256 KiB"),
    ],
)
def test_refusals(text: str | bytes, message: str) -> None:
    """Unsound and hostile texts end quickly in one sentence with file and line."""
    begun = time.process_time()
    with pytest.raises(ConfigError) as caught:
        load(text, file="x.toml")
    assert caught.value.message == message
    assert time.process_time() - begun < 20


def test_dots_in_text_are_no_keys() -> None:
    """A line of prose with many dots is not mistaken for a long key."""
    prose = "a. " * 60
    assert load(f'd = """\n{prose}\n"""\n', file="x.toml").data == {"d": prose + "\n"}
