"""The corpora of `tests/vetting/corpus`: text in, folders with plugins out. The bench reads them too.

    === NAME | RULE | net=HOST:PORT processes=4 read=NAME write=NAME secret=NAME
    code of the plugin's module; without a class, one is added whose method calls `main`
    --- PATH
    another file

RULE, of hostile plugins alone, is one that has to block; `any` is any that does not only hold code against its
manifest. Backslash escapes of non-ASCII stand for the characters, so
that these files hold none.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CORPUS = Path(__file__).parent / "corpus"
_CLASS = """

class Plugin:
    def act(self, text: str) -> object:
        return main(text)
"""
_WIDE = re.compile(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})")


class Sample(NamedTuple):
    name: str
    rule: str
    asks: dict[str, str]
    files: dict[str, str]


def samples(corpus: str) -> Iterator[Sample]:
    """Every plugin of `hostile` or `honest`."""
    text = (CORPUS / f"{corpus}.txt").read_text(encoding="utf-8")
    for part in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        name, *words = (one.strip() for one in head.split("|"))
        rule = words.pop(0) if corpus == "hostile" else ""
        asks = dict(one.split("=", 1) for one in " ".join(words).split())
        first, *others = re.split(r"^--- ", body, flags=re.MULTILINE)
        files = {"probe/__init__.py": _code(first)}
        for other in others:
            path, _, content = other.partition("\n")
            at_top = path.endswith((".json", ".js", ".sh", ".pth")) or path == "setup.py"
            files[path if at_top else f"probe/{path}"] = _characters(content)
        yield Sample(name, rule, asks, files)


def _code(text: str) -> str:
    return _characters(text if "class Plugin" in text else text + _CLASS)


def _characters(text: str) -> str:
    return _WIDE.sub(lambda found: chr(int(found[1] or found[2], 16)), text)


def write(sample: Sample, folder: Path) -> Path:
    """Make the plugin's folder."""
    made = folder / sample.name
    for path, text in ({"plugin.toml": _manifest(sample)} | sample.files).items():
        file = made / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return made


def _manifest(sample: Sample) -> str:
    asks = sample.asks
    lines = [f'name = "{sample.name}"', 'version = "1.0.0"', 'description = "A sample."', 'license = "MIT"']
    lines += ["[entry]", 'module = "probe"', 'class = "Plugin"', "[methods.act]", 'description = "Acts."']
    arguments = 'type = "object", required = ["text"], additionalProperties = false'
    lines += [f'arguments = {{ {arguments}, properties = {{ text = {{ type = "string" }} }} }}', "result = {}"]
    lines += ["[permissions]"]
    if "net" in asks:
        lines.append(f'network = ["{asks["net"]}"]')
    if "processes" in asks:
        lines.append(f"processes = {asks['processes']}")
    for word, table in (("read", "read"), ("write", "write"), ("secret", "secrets")):
        if word in asks:
            lines += [f"[permissions.{table}]", f'{asks[word]} = "what it needs"']
    return "\n".join(lines) + "\n"
