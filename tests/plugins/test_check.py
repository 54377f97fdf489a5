from pathlib import Path

import pytest

from plugins.plugin_dirs import CODE, MANIFEST, make_plugin
from ringfence.plugins.check import check
from ringfence.plugins.problem import Weight

FORM = '{ type = "object", properties = { text = { type = "string" } }, additionalProperties = false }'
SOUND = MANIFEST.replace(FORM, FORM[:-2] + ', required = ["text"] }')


def said(plugin: Path, severity: Weight | None = None) -> list[str]:
    found = check(plugin)
    return [f"{p.place}: {p.message}" for p in found if severity in (None, p.severity)]


def test_a_sound_plugin_has_no_problems(tmp_path: Path) -> None:
    """The plugin that the other tests damage is without fault."""
    assert said(make_plugin(tmp_path, SOUND)) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            'type = "string"',
            'type = "strink"',
            "plugin.toml:12: methods.count.arguments: /properties/text/type: expected",
        ),
        (
            '{ type = "integer" }',
            '{ format = "emial" }',
            "plugin.toml:13: methods.count.result: /format: Unknown format",
        ),
        ('{ type = "integer" }', '{ pattern = "(?=a)" }', "plugin.toml:13: methods.count.result: /pattern:"),
        (
            '{ type = "integer" }',
            '{ "$ref" = "https://x" }',
            "plugin.toml:13: references to other documents are refused",
        ),
        (
            'required = ["text"]',
            "required = []",
            "word_count.py:7: count needs 'text', which its schema does not require",
        ),
        ('required = ["text"]', "required = [{}]", "plugin.toml:12: methods.count.arguments: /required/0: expected"),
        ("properties = {", "properties = { how = {},", "word_count.py:7: count does not take 'how', which its schema"),
        ("methods.count", "methods.sum", "word_count.py:4: class WordCount has no sum"),
        (
            '"WordCount"',
            '"WordCounter"',
            "word_count.py:1: there is no class WordCounter at the top of the file; there is",
        ),
        ('"word_count"', '"gone"', "plugin.toml:7: there is no module 'gone'"),
        ('"word_count"', '"json"', "plugin.toml:7: 'json' is a module of the standard library"),
    ],
)
def test_each_fault_has_its_place(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """One damage to a sound plugin is reported as an error, in the file and on the line where it stands."""
    assert old in SOUND
    found = said(make_plugin(tmp_path, SOUND.replace(old, new, 1)), Weight.ERROR)
    assert any(line.startswith(problem) for line in found), found


@pytest.mark.parametrize(
    ("old", "new", "warning"),
    [
        ("additionalProperties = false, ", "", "word_count.py:7: the schema of count lets through arguments"),
        ('{ type = "integer" }', '{ minmum = 1 }', "plugin.toml:13: methods.count.result: at the top: JSON Schema has"),
        ("Apache-2.0", "Apache-9.0", "plugin.toml:4: license: "),
    ],
)  # fmt: skip
def test_likely_slips_are_warnings(tmp_path: Path, old: str, new: str, warning: str) -> None:
    """What works but is hardly meant is a warning, not an error."""
    assert old in SOUND
    plugin = make_plugin(tmp_path, SOUND.replace(old, new, 1))
    assert any(line.startswith(warning) for line in said(plugin, Weight.WARNING)), said(plugin)
    assert said(plugin, Weight.ERROR) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("text: str)", "text: str, /)", "word_count.py:7: count: text is positional-only"),
        ("    def count", "    def __init__(self, x) -> None:\n        pass\n\n    def count",
         "word_count.py:7: the constructor needs 'x', which it is not offered"),
        ("def count", "def other(self) -> None:\n        pass\n\n    def count",
         "word_count.py:7: other is public but not in the manifest"),
        ("return", "return (", "word_count.py:9: not Python:"),
        ('"""Counts words."""', '"""Counts words."""\n\0', "word_count.py:1: not Python:"),
        ("class WordCount", "class WordCount(Base)", ""),
        ("text: str)", "**members)", ""),
        ("text: str)", "text: str, more: int = 1)", ""),
        ("(self, text: str)", "(text: str)", "word_count.py:7: count does not take 'text'"),
        ("    def count(self, text", "    @staticmethod\n    def count(text", ""),
        ("    def count(self, text: str)", "    def __init__(self, *, policy, cache_dir) -> None:\n        pass\n\n"
         "    async def count(self, *, text: str)", ""),
    ],
)  # fmt: skip
def test_code_is_held_against_the_manifest(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """Signatures that a call by name could not meet are found in the syntax tree; sound ones are left alone."""
    assert old in CODE
    found = said(make_plugin(tmp_path, SOUND, word_count=CODE.replace(old, new, 1)))
    assert any(line.startswith(problem) for line in found) if problem else found == [], found


def test_method_of_an_unseen_base_is_a_warning(tmp_path: Path) -> None:
    """Where a base class lies outside the file, a missing method may still be there."""
    plugin = make_plugin(tmp_path, SOUND, word_count="class WordCount(Base):\n    pass\n")
    assert said(plugin) == [
        "word_count.py:1: class WordCount has no count of its own; whether Base has, is not known without running it"
    ]


def test_method_of_a_base_in_the_same_file_counts(tmp_path: Path) -> None:
    """Inherited methods of the same file are seen."""
    code = CODE.replace("class WordCount", "class Base") + "\n\nclass WordCount(Base):\n    pass\n"
    assert said(make_plugin(tmp_path, SOUND, word_count=code)) == []


def test_class_imported_from_another_file_of_the_plugin(tmp_path: Path) -> None:
    """An entry module that only passes a class on is followed, relative and absolute, and a ring of them ends."""
    plugin = make_plugin(tmp_path, SOUND, word_count="from inner import Inner as WordCount\n")
    (plugin / "inner").mkdir()
    (plugin / "inner" / "__init__.py").write_text("from .code import WordCount as Inner\n")
    (plugin / "inner" / "code.py").write_text(CODE)
    assert said(plugin) == []
    (plugin / "inner" / "code.py").write_text("from . import Inner as WordCount\n")
    assert any("imported over more than" in line for line in said(plugin))


def test_schema_in_a_file_has_its_own_lines(tmp_path: Path) -> None:
    """What is wrong with a schema in a JSON file is reported there, not in the manifest."""
    plugin = make_plugin(tmp_path, SOUND.replace('{ type = "integer" }', '"result.json"'))
    (plugin / "result.json").write_text('{"anyOf": [\n  {"type": "null"},\n  {"a/b": 1,\n   "minimum": "x"}]}')
    found = said(plugin)
    assert any(
        line.startswith("result.json:4: methods.count.result: /anyOf/1/minimum: expected a number") for line in found
    )
    (plugin / "result.json").write_text('{"type": "null",\n "a/b": 1}')
    assert said(plugin) == ["result.json:2: methods.count.result: at the top: JSON Schema has no keyword 'a/b', so it "
                            "has no effect"]  # fmt: skip


def test_one_fault_hides_no_other(tmp_path: Path) -> None:
    """Manifest, schema, tree and code are all reported in one go."""
    manifest = SOUND.replace('"1.0.0"', '"one"').replace('"integer"', '"intger"')
    plugin = make_plugin(tmp_path, manifest, word_count=CODE.replace("text:", "words:"))
    (plugin / "link").symlink_to("/etc/passwd")
    assert [line.split(": ")[0] for line in said(plugin, Weight.ERROR)] == [
        "plugin.toml:2", "plugin.toml:13", ".", "word_count.py:7", "word_count.py:7",
    ]  # fmt: skip


DOUBLING = (
    "T0 = int\n"
    + "".join(f"T{n + 1} = tuple[T{n}, T{n}]\n" for n in range(40))
    + "class WordCount:\n    def count(self, text: T40) -> T40: ..."
)


@pytest.mark.parametrize(
    "code",
    [
        "(" * 100_000,
        "x = " + "-" * 200_000 + "1",
        "x = " + "[" * 90 + "]" * 90,
        "a" + ".a" * 300_000,
        "class WordCount:\n def count(self, text: " + "'" * 3 + "(" * 200 + "'" * 3 + "): ...",
        "\xff".encode("latin-1").decode("latin-1") * 10,
        DOUBLING,
        "T = list['T']\nclass WordCount:\n    def count(self, text: T) -> T: ...",
        "class WordCount(WordCount):\n    pass",
        "class WordCount:\n    def count(self, text: 'str' = 1e999, n=10**9999, s='\\ud800') -> 1: ...",
        "class WordCount:\n    def count(self, text: str = " + "9" * 6000 + "): ...",
    ],
    ids=range(11),
)  # fmt: skip
def test_hostile_code_is_only_read(tmp_path: Path, code: str) -> None:
    """Code that would exhaust a parser, or the memory of who describes its types, ends quickly in problems."""
    found = check(make_plugin(tmp_path, SOUND, word_count=code))
    assert all(problem.message and "\n" not in problem.message for problem in found)


def test_types_that_double_are_told_as_such(tmp_path: Path) -> None:
    """They are counted, and not described until the processor's time is up."""
    found = said(make_plugin(tmp_path, SOUND, word_count=DOUBLING), Weight.ERROR)
    assert found == ["word_count.py:1: its type hints describe too much"]


def test_nothing_is_imported(tmp_path: Path) -> None:
    """Checking a plugin whose module acts on import does nothing of that."""
    canary = tmp_path / "canary"
    plugin = make_plugin(tmp_path / "p", SOUND, word_count=f"open({str(canary)!r}, 'w')\n{CODE}")
    assert said(plugin) == []
    assert not canary.exists()


@pytest.mark.parametrize("text", ["", "[", "name = 1", "[methods.count]\narguments = 1", "[entry]\nmodule = 1"])
def test_unfinished_manifests_are_checked_as_far_as_they_go(tmp_path: Path, text: str) -> None:
    """Whatever is there, the answer is a list of errors in the manifest."""
    assert {problem.file for problem in check(make_plugin(tmp_path, text))} == {"plugin.toml"}
