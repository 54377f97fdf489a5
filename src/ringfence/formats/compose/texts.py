"""Texts of a service in which secrets may stand: variables, labels, and the words of its command.

Only what stands in a file counts: a default of a variable does, the value that a shell or `.env` gives does not.
"""

from collections.abc import Iterable

from ringfence.formats.compose.files import beside
from ringfence.formats.compose.interpolation import shown
from ringfence.formats.compose.scalars import Named, Reading, Where
from ringfence.formats.yamlread import items, text
from ringfence.formats.yamltree import Mapping, Node, Scalar, resolved

Pairs = tuple[tuple[str, str], ...]

#: How a health check is run: its first word.
_RUN_AS = frozenset({"CMD", "CMD-SHELL", "NONE"})


def environment(reading: Reading) -> Pairs:
    """The service's variables, then the arguments of its build, then what its files of variables add."""
    own = reading.named("environment")
    said = [*own, *reading.named("build", "args"), *_from_files(reading, {one.name for one in own})]
    return _noted(reading, "environment.variables", said)


def labels(reading: Reading) -> Pairs:
    """Labels of the container, and those that a deployment puts on the service."""
    return _noted(reading, "labels", [*reading.named("labels"), *reading.named("deploy", "labels")])


def sysctls(reading: Reading) -> Pairs:
    """Kernel parameters."""
    return _noted(reading, "sysctls", reading.named("sysctls"))


def _noted(reading: Reading, path: str, said: Iterable[Named]) -> Pairs:
    found = list[tuple[str, str]]()
    for one in said:
        here = f"{path}[{len(found)}]"
        reading.note(here, one.place, one.place, one.where)
        value = reading.literal(one.value)
        if value is None:
            reading.unknown.add(here)
        found.append((one.name, value or ""))
    return tuple(found)


def _from_files(reading: Reading, known: set[str]) -> list[Named]:
    """What `env_file` adds: later files win, and the service's own variables win over all."""
    node = reading.node("env_file")
    if node is None:
        return []
    found = dict[str, Named]()
    for item in [node] if isinstance(resolved(node), Scalar) else items(node):
        fields = reading.entries(item)
        path = reading.text(fields["path"][1] if "path" in fields else item)
        if path is None or path.marked:
            continue
        raw = "format" in fields and text(fields["format"][1]) == "raw"
        file = beside(reading.project.files.file_of(item), path.value)
        for name, value in reading.project.files.variables(file, {}, raw=raw).items():
            if name not in known:
                found[name] = Named(name, _escaped(shown(value)), item, Where(("env_file",), item))
    return list(found.values())


def _escaped(value: str) -> str:
    """The value so that it reads as itself where variables are filled in."""
    return value.replace("$", "$$")


def command(reading: Reading) -> tuple[str, ...]:
    """The words of the entry point and of what follows it; one text is split as a shell splits it."""
    found = list[str]()
    for key in ("entrypoint", "command"):
        node = reading.node(key)
        split = isinstance(resolved(node), Scalar)
        for item in [node] if split and node is not None else items(node):
            _take(reading, "command", found, item, split=split)
    return tuple(found)


def checks(reading: Reading) -> tuple[tuple[str, ...], ...]:
    """The words of the health check's test (without the one that says how it is run), and those of hooks."""
    tests = [reading.node("healthcheck", "test")]
    for key in ("post_start", "pre_stop"):
        hooks = [reading.entries(one) for one in items(reading.node(key))]
        tests += [hook["command"][1] for hook in hooks if "command" in hook]
    found = list[tuple[str, ...]]()
    for test in tests:
        words = list[str]()
        split = isinstance(resolved(test), Scalar)
        for number, item in enumerate([test] if split and test is not None else items(test)):
            if split or number or reading.word(item) not in _RUN_AS:
                _take(reading, f"checks[{len(found)}]", words, item, split=split)
        if words:
            found.append(tuple(words))
    return tuple(found)


def _take(reading: Reading, of: str, found: list[str], item: Node, *, split: bool) -> None:
    if isinstance(resolved(item), Mapping):
        return
    said = reading.literal(item)
    for word in [said] if not split or said is None else _words(said):
        path = f"{of}[{len(found)}]"
        reading.note(path, item)
        if word is None:
            reading.unknown.add(path)
        found.append(word or "")


def _words(command: str) -> list[str]:
    import shlex

    try:
        return shlex.split(command)
    except ValueError:
        return command.split()
