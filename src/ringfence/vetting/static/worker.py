"""The child process: reads hostile code, and prints what is to be said of it. Runs without site packages.

From the parent: marshal (its own, trusted) on standard input. To the parent: JSON lines; `{"begin": PATH}` before a
file is touched, so that the parent knows which one ended this process; at last `{"said": …, "uses": …, …}`.
"""

import ast
import json
import marshal
import re
import resource
import sys
import threading
import warnings
from typing import Any

from ringfence.vetting.static.judge import judged
from ringfence.vetting.static.python import source
from ringfence.vetting.static.python.reader import Module, read_project
from ringfence.vetting.static.seen import IMPORT, INSTALL, UNREAD, Facts, Seen

MEMORY_BYTES = 1 << 30
_STACK = 256 << 20
_DEPTH = 12_000
#: Above so many bytes of source, what functions give each other is followed over fewer rounds.
_ROUNDS = ((1 << 20, 3), (8 << 20, 2), (1 << 62, 1))
_USES = frozenset(["net", "dns", "process", "native-process", "read", "write", "delete", "listen"])


def main() -> None:
    """Answer the one request."""
    limits = ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_AS, MEMORY_BYTES))
    for limit, value in limits:
        hard = resource.getrlimit(limit)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (value, value))
    sys.setrecursionlimit(_DEPTH)
    threading.stack_size(_STACK)
    warnings.simplefilter("ignore")
    request = marshal.loads(sys.stdin.buffer.read())  # the parent's  # noqa: S302
    thread = threading.Thread(target=_answer, args=(request,))
    thread.start()
    thread.join()


def _say(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _answer(request: dict[str, Any]) -> None:
    facts = list[Facts]()
    modules, sizes = list[Module](), 0
    odd = dict[str, list[tuple[str, int, str]]]()
    for path, language, data in request["files"]:
        _say({"begin": path})
        if language != "python":
            facts.append(_other(path, language, data))
            continue
        parsed = _parsed(path, data)
        if isinstance(parsed, Facts):
            facts.append(parsed)
            continue
        sizes += len(data)
        odd[path] = list(_odd(parsed, data))
        modules.append(parsed)
    rounds = next(number for most, number in _ROUNDS if sizes <= most)
    found, imports, failed = read_project(
        modules, frozenset(request["entry"]), rounds, lambda path: _say({"begin": path})
    )
    for module in modules:
        path, text = module.path, _text_of(request, module.path)
        seen = [
            *found.get(path, ()),
            *(Seen("obfuscation", path, 1, IMPORT, detail=said) for said in source.features(module.tree, text)),
        ]
        why = f"it cannot be followed: {failed[path]}" if path in failed else ""
        facts.append(Facts(path, "python", tuple(seen), tuple(odd[path]), source.mentions(module.tree), why))
    _say({"begin": ""})
    _say(_whole(facts, modules, imports, request))


def _text_of(request: dict[str, Any], path: str) -> str:
    return next((data.decode("utf-8", "replace") for one, _, data in request["files"] if one == path), "")


def _whole(
    facts: list[Facts], modules: list[Module], imports: dict[str, set[str]], request: dict[str, Any]
) -> dict[str, object]:
    names = {one.name: one.path for one in modules}
    return {
        "said": [list(one) for one in judged(facts, request["kind"])],
        "uses": [
            [seen.kind, seen.path, seen.line, seen.detail[:500], seen.name, sorted(seen.labels)]
            for one in facts
            for seen in one.seen
            if seen.kind in _USES
        ],
        "unexamined": [
            *(f"{one.path}: {one.unexamined}" for one in facts if one.unexamined),
            *(f"{seen.path}:{seen.line}: {seen.detail}" for one in facts for seen in one.seen if seen.kind == UNREAD),
        ],
        "modules": names,
        "imports": {name: sorted(found) for name, found in imports.items()},
        "computed": sorted({seen.path for one in facts for seen in one.seen if seen.kind == "computed-import"}),
    }


def _odd(module: Module, data: bytes) -> list[tuple[str, int, str]]:
    from ringfence.vetting.static.texts import odd

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


def _parsed(path: str, data: bytes) -> Module | Facts:
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


def _other(path: str, language: str, data: bytes) -> Facts:
    if language == "shell":
        from ringfence.vetting.static.scripts import shell_facts

        return shell_facts(path, data)
    if language == "json":
        from ringfence.vetting.static.scripts import package_facts

        return package_facts(path, data)
    if language == "javascript":
        from ringfence.vetting.static.javascript.reader import javascript_facts

        return javascript_facts(path, data)
    from ringfence.vetting.static.scripts import binary_facts

    return binary_facts(path, data)


if __name__ == "__main__":
    main()
