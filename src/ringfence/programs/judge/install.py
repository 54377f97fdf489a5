"""What happens when a package is installed or only imported, before anybody calls anything."""

from collections.abc import Iterator

from ringfence.programs.judge.case import Case, Said, shown
from ringfence.programs.judge.theft import is_local
from ringfence.programs.seen import IMPORT, INSTALL, Seen


def said(case: Case) -> Iterator[Said]:
    """Install-time and import-time code."""
    classes = {one.name for one in case.of("install-class")}
    for one in case.of("net", "process", "exec"):
        if one.where == INSTALL or any(one.where.startswith(name + ".") for name in classes):
            yield from _installed(case, one)
        elif one.where == IMPORT and one.kind == "net":
            yield case.say("import-network", one, f"{one.name} as soon as it is imported")
    name = case.facts.path.rpartition("/")[2]
    if name.endswith(".pth"):
        yield from _at_start(case)
    elif name in ("sitecustomize.py", "usercustomize.py"):
        yield Said(
            "startup-code", case.facts.path, 1, f"{name} is run at every start of Python", case.kind == "package"
        )


def _installed(case: Case, one: Seen) -> Iterator[Said]:
    if one.kind == "net":
        if not (is_local(one.detail) and case.of("listen")):
            others = [each for each in case.of("process", "exec", "written") if each.where == one.where]
            yield case.say(
                "install-code",
                one,
                f"{one.name} while it is installed: {shown(one.detail)}",
                soft=not others and not one.labels,
            )
    elif one.kind == "process":
        yield case.say("install-process", one, f"{one.name} while it is installed: {shown(one.detail)}")


_ACTS = frozenset("exec process net hidden-name native credential unpickle".split())


def _is_plain(one: Seen) -> bool:
    """Code that is run from a text which stands there: what it does is seen by itself."""
    return "constant" in one.labels and "decoded" not in one.labels


def _at_start(case: Case) -> Iterator[Said]:
    seen = case.facts.seen
    acts = [one for one in seen if one.kind in _ACTS and not (one.kind == "exec" and _is_plain(one))]
    if acts:
        yield case.say("startup-code", acts[0], f"every start of Python runs {acts[0].name or acts[0].kind}")
    elif case.facts.language == "python":
        yield Said(
            "startup-code", case.facts.path, 1, "every start of Python imports something", case.kind == "package"
        )
