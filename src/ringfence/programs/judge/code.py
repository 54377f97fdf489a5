"""Code and commands that come from elsewhere than the source that a reader sees."""

from collections.abc import Iterator

from ringfence.programs.judge.case import Case, Said, shown
from ringfence.programs.seen import Seen
from ringfence.programs.words import SHELL_NAMES


def said(case: Case) -> Iterator[Said]:
    """Decoded, downloaded, hidden, obfuscated."""
    yield from _run(case)
    yield from _started(case)
    yield from _shells(case)
    for one in case.of("hidden-name"):
        yield case.say("hidden-name", one, f"{one.name} is put together from pieces")
    for one in case.of("computed-import", "computed-attribute"):
        if one.labels & {"decoded", "network"} and (case.kind != "package" or one.labels & {"literal", "network"}):
            yield case.say("hidden-name", one, "what is imported or called is decoded or downloaded")
        elif one.kind == "computed-attribute" or case.kind == "plugin":
            yield case.say("computed-import", one, f"{one.name} with a name that is only known when it runs")
    for one in case.of("reduced"):
        yield case.say("hidden-name", one, f"whoever unpickles it calls {one.name}")
    for one in case.of("unpickle"):
        rule = "unpickles-network" if "network" in one.labels else "unpickles"
        yield case.say(rule, one, f"{one.name} can run code that is in its data")
    for one in case.of("unverified"):
        yield case.say("unverified-tls", one, f"{one.name} does not check the certificate")
    yield from _obfuscated(case)


def _run(case: Case) -> Iterator[Said]:
    for one in case.of("exec"):
        if "socket" in one.labels:
            yield case.say("remote-control", one, "what comes over a socket is run")
        elif one.labels & {"network", "downloaded"}:
            yield case.say("downloaded-code", one, f"{one.name} runs what was downloaded")
        if "decoded" in one.labels and (case.kind != "package" or _is_told(one)):
            what = shown(one.detail) if "constant" in one.labels and one.detail.isprintable() else ""
            yield case.say("decoded-code", one, f"{one.name} runs what was decoded" + (f": {what}" if what else ""))
        elif {"joined", "constant"} <= one.labels and _acts(case, one):
            yield case.say("decoded-code", one, f"{one.name} runs text that is put together")
        elif "marshalled" in one.labels:
            yield case.say("decoded-code", one, f"{one.name} runs code that was compiled before", soft=True)


def _acts(case: Case, one: Seen) -> bool:
    """Whether what is run does something that nobody puts together from pieces."""
    acts = case.of("process", "net", "hidden-name", "native", "credential", "delete")
    return "reversed" in one.labels or any(each.line == one.line for each in acts)


def _is_told(one: Seen) -> bool:
    """Whether what was decoded stood in the code, or in a file that is run as a program is."""
    return bool(one.labels & {"literal", "constant"}) or ("file" in one.labels and one.name in ("exec", "eval"))


def _started(case: Case) -> Iterator[Said]:
    for one in case.of("process"):
        labels = one.labels
        feeds = SHELL_NAMES.search(one.detail) is not None
        if "socket" in labels or ("fed-network" in labels and feeds):
            yield case.say("remote-control", one, f"{one.name} runs what comes over the network")
        elif labels & {"network", "downloaded"}:
            yield case.say("downloaded-code", one, f"{one.name} runs what was downloaded")
        told = labels & {"literal", "joined"} or one.detail.strip("\0 ")
        if ("decoded" in labels and told) or ("fed-decoded" in labels and feeds):
            yield case.say("decoded-command", one, f"{one.name} runs a command that was decoded: {shown(one.detail)}")


def _shells(case: Case) -> Iterator[Said]:
    """A process whose ends are a socket's."""
    for one in case.of("process"):
        tied = "fed-sock" in one.labels or case.beside(one, "dup-socket")
        shell = one.name == "pty.spawn" and any("socket" in each.name for each in case.beside(one, "net", "listen"))
        if tied or shell:
            yield case.say("reverse-shell", one, f"{one.name} is tied to a network connection")


def _obfuscated(case: Case) -> Iterator[Said]:
    marks = case.of("obfuscation")
    if not marks:
        return
    acts = case.of(
        "exec", "process", "hidden-name", "net", "computed-import", "computed-attribute", "native", "unpickle"
    )
    what = "; ".join(dict.fromkeys(one.detail for one in marks))
    strong = len({one.detail for one in marks}) > 1 or any(
        "names" in one.detail or "obfuscator" in one.detail for one in marks
    )
    escaped = case.of("exec", "hidden-name")
    if acts and (strong or escaped):
        yield case.say("obfuscated", acts[0], f"{what}, and {acts[0].name or acts[0].kind} is used")
    else:
        yield case.say("unreadable-code", marks[0], what)
