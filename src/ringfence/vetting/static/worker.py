"""The child process: reads hostile code, and prints what is to be said of it. Runs without site packages.

From the parent: marshal (its own, trusted) on standard input. To the parent: JSON lines; `{"begin": PATH}` before a
file is touched, so that the parent knows which one ended this process; at last `{"said": …, "uses": …, …}`.
"""

import json
import marshal
import resource
import sys
import threading
import warnings
from typing import Any

from ringfence.programs.judge import judged
from ringfence.programs.python import source
from ringfence.programs.python.reader import Module, read_project
from ringfence.programs.reading import odd_in, other, parsed
from ringfence.programs.seen import IMPORT, UNREAD, Facts, Seen

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
            facts.append(other(path, language, data))
            continue
        module = parsed(path, data)
        if isinstance(module, Facts):
            facts.append(module)
            continue
        sizes += len(data)
        odd[path] = list(odd_in(module, data))
        modules.append(module)
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


if __name__ == "__main__":
    main()
