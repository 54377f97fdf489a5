import tomllib
from pathlib import Path

import pytest

from plugins.plugin_dirs import make_plugin
from ringfence.errors import InvalidPlugin
from ringfence.plugins.check import check
from ringfence.plugins.derive import Derived, as_toml, derive
from ringfence.plugins.problem import Weight

HEAD = """\
import typing as t
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Literal, NewType, NotRequired, Optional, TypedDict, Union

Word = NewType("Word", str)
Words = list[Word]

class Colour(Enum):
    RED = "red"
    BLUE = "blue"

class Point(TypedDict):
    x: int
    y: NotRequired[float]

class Loose(TypedDict, total=False):
    a: str

@dataclass
class Size:
    wide: int
    high: int = 1

class Node(TypedDict):
    kids: "list[Node]"
"""


def derived(tmp_path: Path, signature: str, head: str = HEAD) -> Derived:
    code = f"{head}\nraise SystemExit\nclass Typed:\n    {signature}\n"
    make_plugin(tmp_path, '[entry]\nmodule = "typed"\nclass = "Typed"\n', typed=code)
    (found,) = derive(tmp_path)
    return found


@pytest.mark.parametrize(
    ("hint", "schema"),
    [
        ("str", {"type": "string"}),
        ("int", {"type": "integer"}),
        ("float", {"type": "number"}),
        ("bool", {"type": "boolean"}),
        ("None", {"type": "null"}),
        ("'int'", {"type": "integer"}),
        ("list", {"type": "array"}),
        ("list[int]", {"type": "array", "items": {"type": "integer"}}),
        ("t.Sequence[str]", {"type": "array", "items": {"type": "string"}}),
        ("tuple[int, ...]", {"type": "array", "items": {"type": "integer"}}),
        ("tuple[int, str]",
         {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "minItems": 2, "items": False}),
        ("dict[str, int]", {"type": "object", "additionalProperties": {"type": "integer"}}),
        ("dict[str, Any]", {"type": "object"}),
        ("Optional[int]", {"type": ["integer", "null"]}),
        ("Union[int, str]", {"type": ["integer", "string"]}),
        ("int | str | None", {"type": ["integer", "string", "null"]}),
        ("list[int] | None", {"anyOf": [{"type": "array", "items": {"type": "integer"}}, {"type": "null"}]}),
        ("int | int", {"type": "integer"}),
        ("int | Any", {}),
        ("Literal['a', 1, -2]", {"enum": ["a", 1, -2]}),
        ("Literal['a', None]", {"anyOf": [{"enum": ["a"]}, {"type": "null"}]}),
        ("t.Literal[True]", {"enum": [True]}),
        ("Annotated[int, 'how many']", {"type": "integer", "description": "how many"}),
        ("Word", {"type": "string"}),
        ("Words", {"type": "array", "items": {"type": "string"}}),
        ("Colour", {"enum": ["red", "blue"]}),
        ("Loose", {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False}),
        ("Point", {"type": "object", "properties": {"x": {"type": "integer"}, "y": {"type": "number"}},
                   "additionalProperties": False, "required": ["x"]}),
        ("Size", {"type": "object", "properties": {"wide": {"type": "integer"}, "high": {"type": "integer"}},
                  "additionalProperties": False, "required": ["wide"]}),
        ("Node", {"type": "object", "properties": {"kids": {"type": "array"}},
                  "additionalProperties": False, "required": ["kids"]}),
        ("Any", {}),
    ],
)  # fmt: skip
def test_hints_become_schemas(tmp_path: Path, hint: str, schema: dict[str, object]) -> None:
    """Each kind of hint has its schema, as an argument and as a result."""
    found = derived(tmp_path, f"def go(self, it: {hint}) -> {hint}: ...")
    assert found.arguments["properties"] == {"it": schema}
    assert found.result == schema


@pytest.mark.parametrize("hint", ["bytes", "set[int]", "Decimal", "Callable[[int], str]", "1 + 1", "Literal[b'x']"])
def test_what_json_cannot_say_is_any_value_with_a_note(tmp_path: Path, hint: str) -> None:
    """A hint without a meaning in JSON gives the open schema and says so."""
    found = derived(tmp_path, f"def go(self) -> {hint}: ...")
    assert found.result == {}
    assert len(found.notes) == 1
    assert found.notes[0].startswith("the result: ")


def test_parameters(tmp_path: Path) -> None:
    """Defaults, keyword-only ones, missing hints and `**more` are told apart."""
    found = derived(
        tmp_path, 'def go(self, a, b: int = 3, *, c: str, d: int = f()) -> None:\n        """Goes.\n\n        Far."""'
    )
    assert found.description == "Goes."
    assert found.arguments["required"] == ["a", "c"]
    assert found.arguments["properties"] == {
        "a": {}, "b": {"type": "integer", "default": 3}, "c": {"type": "string"}, "d": {"type": "integer"},
    }  # fmt: skip
    assert found.arguments["additionalProperties"] is False
    assert found.notes == ("a: there is no type hint",)
    assert "additionalProperties" not in derived(tmp_path, "def go(self, **more: int) -> None: ...").arguments


def test_derived_tables_make_a_sound_manifest(tmp_path: Path) -> None:
    """What is printed can be pasted into the manifest, and the plugin then passes its check."""
    code = (
        f"{HEAD}\nclass Typed:\n"
        "    def go(self, it: Point, how: Literal['a', None] = None, odd: str = '\\x7f\"\\n') -> Size:\n"
        "        '''Goes \"far\".'''\n\n    async def sit(self, more: list[str] = []) -> None:\n        '''Sits.'''\n"
    )
    head = 'name = "typed"\nversion = "1"\ndescription = "x"\nlicense = "MIT"\n'
    head += '[entry]\nmodule = "typed"\nclass = "Typed"\n'
    make_plugin(tmp_path, head, typed=code)
    text = as_toml(derive(tmp_path))
    assert tomllib.loads(text)["methods"]["go"]["description"] == 'Goes "far".'
    make_plugin(tmp_path, f"{head}\n{text}", typed=code)
    assert [problem for problem in check(tmp_path) if problem.severity is Weight.ERROR] == []


def test_class_without_methods(tmp_path: Path) -> None:
    """A class that offers nothing is an error with its line."""
    with pytest.raises(InvalidPlugin, match="has no public method"):
        derived(tmp_path, "def _go(self): ...")
