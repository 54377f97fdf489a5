"""`ringfence plugin init`: a small plugin that works, with a test of its own."""

import sys
from keyword import iskeyword
from pathlib import Path

from ringfence.errors import UsageError
from ringfence.plugins.names import is_plugin

_MANIFEST = """\
name = "{name}"
version = "0.1.0"
description = "Counts words."
license = "Apache-2.0"

[entry]
module = "{module}"
class = "{cls}"

[methods.count]
description = "How many words a text has."
timeout_ms = 10000

[methods.count.arguments]
type = "object"
properties = {{ text = {{ type = "string", maxLength = 100000 }} }}
required = ["text"]
additionalProperties = false

[methods.count.result]
type = "object"
properties = {{ words = {{ type = "integer", minimum = 0 }} }}
required = ["words"]
additionalProperties = false

# What the plugin asks for; an operator grants it, or does not.
# [permissions]
# network = ["api.example.com:443"]
# memory = "256MiB"
# [permissions.read]
# documents = "the folder with the documents"
# [permissions.secrets]
# token = "the token of the service"
"""

_CODE = '''\
"""Counts words."""


class {cls}:
    """`policy` says where granted paths and secrets are: {{"read": {{name: path}}, "write": …, "secrets": …}}."""

    version = "0.1.0"

    def __init__(self, policy: dict | None = None) -> None:
        self.policy = policy or {{}}

    {async_}def count(self, text: str) -> dict[str, int]:
        """How many words a text has."""
        return {{"words": len(text.split())}}
'''

_TEST = '''\
"""Run with: python -m pytest {name}"""

{imports}import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

from {module} import {cls}  # noqa: E402


def test_count() -> None:
    """Words are counted."""
    assert {call} == {{"words": 3}}
'''


def init(folder: Path, *, asynchronous: bool) -> list[Path]:
    """Write the plugin into a new folder whose name is the plugin's. Raises UsageError; returns the files."""
    name = folder.name
    if not is_plugin(name):
        raise UsageError(f"{name!r} is not a plugin's name", hint="a lower-case letter, then letters, digits and '-'")
    module = name.replace("-", "_")
    cls = "".join(part.capitalize() for part in name.split("-"))
    if iskeyword(module) or iskeyword(cls) or module in sys.stdlib_module_names:
        raise UsageError(f"{name!r} already means something in Python", hint="choose another name")
    words = {
        "name": name,
        "module": module,
        "cls": cls,
        "async_": "async " if asynchronous else "",
        "imports": "import asyncio\n" if asynchronous else "",
    }
    call = f'{words["cls"]}().count("one two three")'
    words["call"] = f"asyncio.run({call})" if asynchronous else call
    files = {
        folder / "plugin.toml": _MANIFEST,
        folder / f"{module}.py": _CODE,
        folder / "tests" / f"test_{module}.py": _TEST,
    }
    try:
        folder.mkdir(parents=True)
        (folder / "tests").mkdir()
        for path, text in files.items():
            path.write_text(text.format_map(words))
    except FileExistsError as error:
        raise UsageError(f"{folder} exists already", hint="choose another name") from error
    except OSError as error:
        raise UsageError(f"{folder} could not be written: {error.strerror}") from error
    return list(files)
