"""What follows from what was seen: a family of rules a file, over one file of the plugin at a time.

A rule is a generator of `Said`. `soft` lowers its verdict to a warning, where only one thing of two was seen.
"""

from collections.abc import Callable, Iterable, Iterator

from ringfence.programs.judge import arguments, code, guards, harm, install, theft
from ringfence.programs.judge.case import Case, Said
from ringfence.programs.seen import Facts

_FAMILIES: tuple[Callable[[Case], Iterator[Said]], ...] = (
    code.said,
    theft.said,
    harm.said,
    arguments.said,
    install.said,
)


def judged(facts: Iterable[Facts], kind: str) -> Iterator[Said]:
    """All that is to be said of a plugin, a file at a time. `kind` says what it is: plugin, agent or package."""
    whole = tuple(facts)
    for one in whole:
        case = Case(one, whole, kind)
        found = [Said(rule, one.path, line, message) for rule, line, message in one.odd]
        for family in _FAMILIES:
            found += family(case)
        found += guards.said(case, found)
        yield from (one._replace(soft=True) if _is_of_tests(one, kind) else one for one in found)


#: What tests of honest packages do to folders of their own.
_OF_TESTS = frozenset(["persistence", "destructive", "environment-guard", "patched-runtime", "encrypts-files"])


def _is_of_tests(one: Said, kind: str) -> bool:
    """Whether it stands in the tests of a package, which nothing of it runs."""
    parts = one.path.split("/")
    return kind == "package" and one.rule in _OF_TESTS and any(part in ("tests", "test") for part in parts[:-1])
