"""One program as facts, and what follows from them."""

import ast
import re
import sys
import warnings

from ringfence.programs.judge import judged
from ringfence.programs.judge.case import Said
from ringfence.programs.python import source
from ringfence.programs.python.reader import Module, read_project
from ringfence.programs.seen import IMPORT, INSTALL, Facts, Seen
from ringfence.programs.texts import odd

#: What is read of one program here; a longer one is for the child process of the vetting.
MAX_BYTES = 128 << 10
_ROUNDS = 2


def read_alone(path: str, language: str, text: str) -> tuple[Said, ...]:
    """What is to be said of one program by itself; nothing of one that is too long, or that cannot be followed."""
    data = text.encode("utf-8", "replace")
    if len(data) > MAX_BYTES:
        return ()
    try:
        return tuple(judged([_facts(path, language, data)], "package"))
    except (RecursionError, MemoryError):
        return ()


def _facts(path: str, language: str, data: bytes) -> Facts:
    if language != "python":
        return other(path, language, data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = parsed(path, data)
    if isinstance(module, Facts):
        return module
    found, _, failed = read_project([module], frozenset(), _ROUNDS)
    seen = (
        *found.get(path, ()),
        *(
            Seen("obfuscation", path, 1, IMPORT, detail=said)
            for said in source.features(module.tree, data.decode("utf-8", "replace"))
        ),
    )
    return Facts(path, "python", seen, tuple(odd_in(module, data)), source.mentions(module.tree), failed.get(path, ""))


def odd_in(module: Module, data: bytes) -> list[tuple[str, int, str]]:
    """What of a Python file needs no judge: characters that hide something, code that is pushed out of sight."""
    text = data.decode("utf-8", "replace")
    return [*odd(text), *(("pushed-code", line, said) for line, said in source.pushed(module.tree, text))]


_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")


def _is_odd_encoding(data: bytes) -> bool:
    """Whether the source names an encoding that is none of text, or that nobody here knows (PEP 263)."""
    import codecs

    for line in data.split(b"\n", 2)[:2]:
        if found := _COOKIE.match(line):
            try:
                known = codecs.lookup(found[1].decode("ascii"))
            except (LookupError, UnicodeDecodeError):
                return True
            return not getattr(known, "_is_text_encoding", True)
    return False


def parsed(path: str, data: bytes) -> Module | Facts:
    """The tree of a Python file; what can be said of one that is none."""
    if path.endswith(".pth"):
        data = b"\n".join(line for line in data.splitlines() if line.startswith((b"import ", b"import\t")))
    try:
        tree = ast.parse(data, path)
    except (SyntaxError, ValueError, LookupError) as error:
        return _not_python(path, data, error)
    except (RecursionError, MemoryError):
        return Facts(path, "python", (), (), frozenset(), "it is nested too deeply to be read")
    name = (
        path.removesuffix(".py").removesuffix(".pyw").removesuffix(".pth").removesuffix("/__init__").replace("/", ".")
    )
    base = path.rpartition("/")[2]
    return Module(name.removeprefix("vendor."), path, tree, INSTALL if base == "setup.py" else IMPORT)


def _not_python(path: str, data: bytes, error: Exception) -> Facts:
    """A file that this Python cannot read: another one might. With dangerous words in it, that is not passed over."""
    line = getattr(error, "lineno", None) or 1
    if isinstance(error, LookupError) or _is_odd_encoding(data):
        return Facts(
            path,
            "text",
            (),
            (("odd-encoding", 1, "its encoding is none of text"),),
            frozenset(),
            "its encoding is unknown",
        )
    said = (
        ("not-python", int(line), f"it is not Python {sys.version_info[0]}.{sys.version_info[1]}: {str(error)[:200]}"),
    )
    dangerous = source.names_danger(data) and not _is_template(path, data)
    return Facts(
        path, "text", (), said, frozenset(), "it cannot be read, and names dangerous things" if dangerous else ""
    )


def _is_template(path: str, data: bytes) -> bool:
    """Whether a file is text for a generator, or Python 2, which nobody here runs."""
    return (
        b"{{" in data
        or b"{%" in data
        or b"print " in data
        or (b"except " in data and b", e:" in data)
        or "lib2to3" in path
        or "/tests/" in path
        or path.startswith("tests/")
    )


def other(path: str, language: str, data: bytes) -> Facts:
    """What a file does that is not Python."""
    if language == "shell":
        from ringfence.programs.scripts import shell_facts

        return shell_facts(path, data)
    if language == "json":
        from ringfence.programs.scripts import package_facts

        return package_facts(path, data)
    if language == "javascript":
        from ringfence.programs.javascript.reader import javascript_facts

        return javascript_facts(path, data)
    from ringfence.programs.lines import LANGUAGES, line_facts

    if language in LANGUAGES:
        return line_facts(path, language, data)
    from ringfence.programs.scripts import binary_facts

    return binary_facts(path, data)
