"""Conditions that decide when something bad happens: a date, a machine, a user, somebody who watches."""

from collections.abc import Iterable, Iterator

from ringfence.programs.judge.case import Case, Said
from ringfence.programs.seen import Seen
from ringfence.programs.words import PROBES

_DANGEROUS = ("exec", "process", "delete", "native-process", "memory", "net", "write", "hidden-name")
_ALONE = frozenset(["exec", "delete", "native-process", "memory", "hidden-name"])


def said(case: Case, found: Iterable[Said]) -> Iterator[Said]:
    """What is guarded, beside what else was `found` of the file."""
    bad = {(one.path, one.line) for one in found if not one.soft and one.rule not in _QUIET}
    for one in case.of(*_DANGEROUS):
        is_bad = (one.path, one.line) in bad or (one.kind in _ALONE and not _is_harmless(one, case.kind))
        yield from _guarded(case, one, is_bad)
    probes = {match[0].lower() for match in PROBES.finditer(case.mentioned)}
    if len(probes) > 2:
        acts = [one for one in case.of(*_DANGEROUS) if (one.path, one.line) in bad]
        where = acts[0] if acts else None
        if where is not None:
            yield case.say("environment-guard", where, f"it looks for {', '.join(sorted(probes)[:4])}")
        else:
            listed = ", ".join(sorted(probes)[:4])
            yield Said("environment-probe", case.facts.path, 0, f"it knows {listed}")


def _guarded(case: Case, one: Seen, is_bad: bool) -> Iterator[Said]:
    name = one.name or one.kind
    if "date" in one.guards and one.kind != "write":
        grave = is_bad or one.kind == "process"
        yield case.say("time-bomb" if grave else "dated-branch", one, f"a date decides whether {name} happens")
    elif "calendar" in one.guards and is_bad:
        yield case.say("time-bomb", one, f"the hour or the day decides whether {name} happens")
    asked = one.guards & {"probe", "identity", "locale"}
    if asked and one.kind != "write":
        words = {"probe": "a look for sandboxes", "identity": "who or where this is", "locale": "the user's language"}
        what = " and ".join(words[word] for word in sorted(asked))
        rule = "environment-guard" if is_bad else "environment-probe"
        yield case.say(rule, one, f"{what} decides whether {name} happens")
    elif "ci" in one.guards and is_bad and one.kind != "delete":
        yield case.say("environment-guard", one, f"whether this is a build decides whether {name} happens")


def _is_harmless(one: Seen, kind: str) -> bool:
    """A constant that is run, or one file that is deleted; in what is no plugin, a folder too."""
    if one.kind == "exec":
        return "constant" in one.labels and "decoded" not in one.labels
    return one.kind == "delete" and (
        (kind == "package" and "date" not in one.guards) or one.name.rpartition(".")[2] in ("remove", "unlink", "rmdir")
    )


#: Rules that say nothing of intent.
_QUIET = frozenset(
    "unpickles argument-as-path argument-in-query argument-in-command unverified-tls native-call frame-access "
    "patched-module computed-import install-process import-network giant-line invisible-text input-capture "
    "credential-access unreadable-code".split()
)
