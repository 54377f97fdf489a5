import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.version import InvalidVersion, Version

from plugins.plugin_dirs import MANIFEST, make_plugin
from ringfence.errors import InvalidPlugin
from ringfence.plugins.manifest import load_manifest, parse, problems
from ringfence.plugins.permissions import parse_destination, parse_size
from ringfence.plugins.problem import Weight
from ringfence.plugins.spdx import is_expression
from ringfence.plugins.version import is_version


def no_files(path: str) -> bytes:
    raise InvalidPlugin(f"cannot read {path!r}")


def said(text: str | bytes) -> list[str]:
    """The problems of a manifest as `place: message`."""
    return [f"{problem.place}: {problem.message}" for problem in parse(text, no_files)[1]]


def test_a_valid_manifest_becomes_data(tmp_path: Path) -> None:
    """Every key arrives where its name says, in the unit its name says."""
    manifest = load_manifest(make_plugin(tmp_path))
    assert (manifest.name, manifest.version, manifest.license) == ("word-count", "1.0.0", "Apache-2.0")
    assert (manifest.entry.module, manifest.entry.class_name) == ("word_count", "WordCount")
    assert manifest.methods["count"].timeout_ms == 30_000
    assert manifest.methods["count"].arguments["additionalProperties"] is False
    assert manifest.permissions.network == (("api.example.com", 443),)
    assert manifest.permissions.read == {"words": "a list of words"}
    assert manifest.permissions.memory_bytes == 64 * 1024 * 1024
    assert manifest.permissions.cpu_seconds is None


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('name = "word-count"\n', "", "plugin.toml:1: name is missing"),
        ("word-count", "Word_Count", "plugin.toml:1: name must be a lower-case letter, then at most 62"),
        ('"1.0.0"', '"one"', "plugin.toml:2: version must be a PEP 440 version, not 'one'"),
        ('"1.0.0"', "1.0", "plugin.toml:2: version must be a string"),
        ('"Counts words."', '"""a\nb"""', "plugin.toml:3: description must be one line of printable text"),
        ("Apache-2.0", "Apache 2.0", "plugin.toml:4: 'Apache 2.0' is no SPDX licence expression"),
        ("license =", 'licence = "MIT"\nlicense =', "plugin.toml:4: license and licence say the same"),
        ('module = "word_count"\n', "", "plugin.toml:6: entry.module is missing"),
        ('"word_count"', '"../word_count"', "plugin.toml:7: entry.module must be a dotted Python module"),
        ('"word_count"', '"a.class"', "plugin.toml:7: 'a.class' cannot be imported"),
        ('"WordCount"', '"Word.Count"', "plugin.toml:8: entry.class must be the name of a Python class"),
        ("methods.count", "methods._count", "plugin.toml:10: '_count' is no name for a method"),
        ("methods.count", "methods.import", "plugin.toml:10: 'import' is no name for a method"),
        ("result = ", "timeout_ms = 0\nresult = ", "plugin.toml:13: methods.count.timeout_ms must be from 1 to"),
        ("result = ", "timeout_ms = true\nresult = ", "plugin.toml:13: methods.count.timeout_ms must be a whole"),
        ("result = { type", "results = { type", "plugin.toml:10: method count has no result schema"),
        ("result = { type", "results = { type", "plugin.toml:13: unknown key 'methods.count.results'"),
        ('{ type = "integer" }', "7", "plugin.toml:13: a schema must be a table"),
        ('{ type = "integer" }', "{ const = 1979-05-27 }", "plugin.toml:13: a date has no place in JSON"),
        ('{ type = "integer" }', '{ "$schema" = "x" }', "plugin.toml:13: the only dialect is"),
        ('{ type = "integer" }', '"../x.json"', "plugin.toml:13: '../x.json' is no path of a file beside"),
        ('{ type = "integer" }', '"x.json"', "plugin.toml:13: cannot read 'x.json'"),
        ('{ type = "object", prop', "{ prop", 'plugin.toml:12: the arguments are one object: its schema needs type'),
        ('"api.example.com:443"', '"a.b:1", "*:443"', "plugin.toml:16: permissions.network must list destinations"),
        ('"api.example.com:443"', '"a.b:1", "a.b:1"', "plugin.toml:16: 'a.b:1' is listed twice"),
        ("read = {", "read = { ok = '', 'no way' = '',", "plugin.toml:17: 'no way' is no name"),
        ("memory =", "write = { words = '' }\nmemory =", "plugin.toml:18: 'words' is asked for reading and"),
        ('"64MiB"', '"64MB"', "plugin.toml:18: permissions.memory must be a size"),
        ('"64MiB"', '"1KiB"', "plugin.toml:18: permissions.memory must be from 16777216 to"),
        ("memory =", "cpu = 4\nmemory =", "plugin.toml:18: unknown key 'permissions.cpu'"),
        ("[permissions]", "[permision]", "plugin.toml:15: unknown key 'permision'"),
        ("[entry]", "[[entry]]", "plugin.toml:6: entry must be a table"),
    ],
)  # fmt: skip
def test_one_wrong_thing_is_reported_on_its_line(old: str, new: str, problem: str) -> None:
    """One change to a valid manifest gives that problem, with its line, and no manifest."""
    assert old in MANIFEST
    text = MANIFEST.replace(old, new, 1)
    assert any(line.startswith(problem) for line in said(text)), said(text)
    assert parse(text, no_files)[0] is None


def test_all_problems_are_reported_in_order() -> None:
    """A second problem is not hidden by the first."""
    text = MANIFEST.replace('"1.0.0"', '"one"').replace("64MiB", "64").replace("api.", "API.")
    assert [line.split(": ")[0] for line in said(text)] == ["plugin.toml:2", "plugin.toml:16", "plugin.toml:18"]


def test_missing_description_and_license_are_warnings() -> None:
    """A plugin without a description or licence is usable, and its author is told."""
    lines = [line for line in MANIFEST.splitlines() if not line.startswith(("description", "license"))]
    manifest, found = parse("\n".join(lines), no_files)
    assert manifest is not None
    assert {problem.message for problem in found} == {
        "description is missing",
        "license is missing",
        "method count has no description",
    }
    assert {problem.severity for problem in found} == {Weight.WARNING}


def test_unknown_keys_come_with_a_suggestion() -> None:
    """A misspelt key names the one that was meant."""
    found = parse(MANIFEST.replace("memory", "memroy"), no_files)[1]
    assert [problem.hint for problem in found] == ["did you mean 'memory'?"]


def test_load_manifest_raises_the_first_error_with_its_line(tmp_path: Path) -> None:
    """The gate's error is one sentence that names file and line and how many more there are."""
    make_plugin(tmp_path, MANIFEST.replace('"1.0.0"', '"one"').replace("64MiB", "64"))
    with pytest.raises(InvalidPlugin) as caught:
        load_manifest(tmp_path)
    assert caught.value.message == "plugin.toml:2: version must be a PEP 440 version, not 'one' (and 1 more)"


def test_schema_in_a_file(tmp_path: Path) -> None:
    """A schema may stand in a JSON file beside the manifest."""
    make_plugin(tmp_path, MANIFEST.replace('{ type = "integer" }', '"schemas/count.json"'))
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas/count.json").write_text('{"type": "integer"}')
    assert load_manifest(tmp_path).methods["count"].result == {"type": "integer"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{\n "type":\n}', "schema.json:3: not JSON:"),
        ('{"a": 1,\n "$schema": "x"}', "schema.json:2: the only dialect is"),
        ('{"a": [NaN]}', "schema.json:1: not acceptable JSON: NaN at /a/0"),
        ("[" * 70 + "]" * 70, "schema.json:1: not acceptable JSON: nested deeper than 64 levels"),
        ("true", "schema.json:1: a schema must be a table"),
    ],
)
def test_wrong_schema_files_are_reported_in_the_file(tmp_path: Path, text: str, problem: str) -> None:
    """What is wrong with a schema file carries that file's name and line."""
    make_plugin(tmp_path, MANIFEST.replace('{ type = "integer" }', '"schema.json"'))
    (tmp_path / "schema.json").write_text(text)
    found = problems(tmp_path)[0]
    assert f"{found.place}: {found.message}".startswith(problem)


@pytest.mark.parametrize("kind", ["link", "pipe", "directory", "missing", "huge"])
def test_schema_file_must_be_an_ordinary_file(tmp_path: Path, kind: str) -> None:
    """Links, pipes, directories, missing and huge files are refused without waiting or following."""
    plugin = make_plugin(tmp_path / "plugin", MANIFEST.replace('{ type = "integer" }', '"schema.json"'))
    place = plugin / "schema.json"
    if kind == "link":
        (tmp_path / "outside.json").write_text("{}")
        place.symlink_to(tmp_path / "outside.json")
    elif kind == "pipe":
        os.mkfifo(place)
    elif kind == "directory":
        place.mkdir()
    elif kind == "huge":
        place.write_text(" " * 300_000)
    assert [(found.file, found.line) for found in problems(plugin)] == [("plugin.toml", 13)]


def test_no_manifest(tmp_path: Path) -> None:
    """A directory without a manifest, and no directory at all, are one sentence each."""
    with pytest.raises(InvalidPlugin, match=r"cannot read 'plugin.toml': no such file"):
        load_manifest(tmp_path)
    with pytest.raises(InvalidPlugin, match="no plugin at"):
        load_manifest(tmp_path / "missing")


def test_nothing_of_the_plugin_is_executed(tmp_path: Path) -> None:
    """Loading the manifest of a plugin whose module acts on import does nothing."""
    canary = tmp_path / "canary"
    make_plugin(tmp_path / "p", word_count=f"open({str(canary)!r}, 'w').close()")
    load_manifest(tmp_path / "p")
    assert not canary.exists()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["object", "1.0", "a:1"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "name", "result", "arguments", "read", "x"]), inner, max_size=4)
    ),
    max_leaves=8,
)
KEYS = ["name", "version", "entry", "methods", "permissions", "license", "licence", "description", "x"]


def as_toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {as_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(as_toml(item) for item in value) + "]"
    return '"none"' if value is None else json.dumps(value)


@settings(deadline=None, max_examples=200)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES))
def test_any_table_gives_problems_and_no_exception(table: dict[str, object]) -> None:
    """Whatever types stand under the known keys, the answer is a list of problems with lines in the file."""
    text = "\n".join(f"{key} = {as_toml(value)}" for key, value in table.items())
    manifest, found = parse(text, no_files)
    assert manifest is None
    assert all(1 <= problem.line <= len(table) + 1 for problem in found)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=100), st.integers(0, len(MANIFEST)))
def test_any_damage_gives_problems_and_no_exception(junk: bytes, at: int) -> None:
    """Junk anywhere in a manifest is either harmless or reported."""
    manifest, found = parse(MANIFEST.encode()[:at] + junk + MANIFEST.encode()[at:], no_files)
    assert manifest is not None or found


VERSIONS = st.from_regex(r"\A[v0-9.!+_ab-]{1,8}\Z") | st.from_regex(
    r"\Av?([0-9]!)?[0-9]{1,2}(\.[0-9]{1,2}){0,2}([-_.]?(a|rc|alpha|c|pre)[-_.]?[0-9]?)?(-[0-9]|\.post[0-9])?(\.?dev[0-9]?)?(\+[a-z0-9.]{1,4})?\Z"
)


@settings(deadline=None, max_examples=400)
@given(VERSIONS)
def test_versions_are_those_of_packaging(text: str) -> None:
    """The check agrees with `packaging` on every text without white space around it."""
    try:
        Version(text)
        valid = True
    except InvalidVersion:
        valid = False
    assert is_version(text) == valid


@pytest.mark.parametrize("text", [" 1.0", "1.0\n", "", "1.٣", "1.0 ", "1" + ".1" * 5000 + "x"])
def test_versions_have_no_space_and_no_foreign_digits(text: str) -> None:
    """White space that `packaging` forgives, and digits of other scripts, are refused."""
    assert not is_version(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("api.example.com:443", ("api.example.com", 443)),
        ("192.0.2.1:80", ("192.0.2.1", 80)),
        ("[2001:db8::1]:443", ("2001:db8::1", 443)),
        ("localhost:1", ("localhost", 1)),
        ("API.example.com:443", None),
        ("*.example.com:443", None),
        ("example.com", None),
        ("example.com:0", None),
        ("example.com:65536", None),
        ("example.com:080", None),
        ("example.com.:443", None),
        ("127.1:80", None),
        ("0x7f000001:80", None),
        ("2130706433:80", None),
        ("127.0.0.01:80", None),
        ("[::1%lo]:80", None),
        ("[2001:DB8::1]:443", None),
        ("2001:db8::1:443", None),
        ("a" * 64 + ".com:443", None),
        ("user@host:80", None),
        ("host\n:80", None),
    ],
)
def test_destinations(text: str, value: tuple[str, int] | None) -> None:
    """Only a plain lower-case host, or an address as it is usually written, with a port, is a destination."""
    assert parse_destination(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("1B", 1), ("4096", 4096), ("256MiB", 256 << 20), ("1 GiB", 1 << 30), ("1GB", None), ("0", None), ("-1", None),
     ("1.5GiB", None), ("9" * 16, None), ("", None)],
)  # fmt: skip
def test_sizes(text: str, value: int | None) -> None:
    """Sizes are whole numbers of bytes or binary units."""
    assert parse_size(text) == value


@pytest.mark.parametrize(
    ("text", "valid"),
    [("MIT", True), ("Apache-2.0 WITH LLVM-exception", True), ("(MIT OR BSD-3-Clause) AND LicenseRef-x", True),
     ("GPL-2.0+", True), ("MIT OR", False), ("OR MIT", False), ("(MIT", False), ("MIT)", False), ("MIT BSD", False),
     ("()", False), ("", False), ("MIT/X", False)],
)  # fmt: skip
def test_licence_expressions(text: str, valid: bool) -> None:
    """The form of an SPDX expression is checked, operators and parentheses included."""
    assert is_expression(text) is valid


def test_the_example_in_the_docs_is_a_manifest() -> None:
    """What docs/plugins.md shows is a manifest without errors that asks for every kind of permission."""
    text = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text()
    example = text.split("```toml\n")[1].split("```")[0]
    manifest, found = parse(example, lambda path: b'{"type": "integer"}')
    assert found == []
    assert manifest is not None
    assert all(getattr(manifest.permissions, name) for name in manifest.permissions.__slots__)
