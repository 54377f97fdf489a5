"""What harms the machine, its user, or the runtime: persistence, destruction, miners, native code, capture, patches."""

import re
from collections.abc import Iterator

from ringfence.programs.judge.case import Case, Said, shown
from ringfence.programs.seen import IMPORT, Seen
from ringfence.programs.shell import harms
from ringfence.programs.words import COMPLETION, CRYPTO_ADDRESS, MINERS, PERSISTENCE

_RANSOM = re.compile(
    r"\bransom|your files|decrypt(?:ion)? key|\bbitcoin\b|\bbtc\b|\bpay\b.{0,40}\bwallet\b|\.locked\b|\.encrypted\b",
    re.I,
)
_INSTALLS = re.compile(
    r"\b(?:pip3?|uv\s+pip|npm|pnpm|yarn|gem|cargo|go)\s+(?:install|add|i)\b(?!\s+(?:-e\s+)?\.)"
    r"(?P<odd>[^\n]*?(?:--(?:extra-)?index-url|--registry|git\+|https?://))?"
)
_HELD = re.compile(r"secret|policy|request|token|passw|channel|guest", re.I)
_MODULES = frozenset(["process", "net", "native", "native-process"])


def said(case: Case) -> Iterator[Said]:
    """Everything of this family."""
    yield from _commands(case)
    yield from _again(case)
    yield from _destroyed(case)
    yield from _mined(case)
    yield from _native(case)
    yield from _captured(case)
    yield from _runtime(case)


def _commands(case: Case) -> Iterator[Said]:
    """Harmful text for a shell, wherever it is handed over."""
    for one in case.of("process", "shell-input", "native-process"):
        for rule, _, what in harms(one.detail.replace("\0", "x")):
            yield case.say(rule, one, f"{what}: {shown(one.detail)}")
    for one in case.of("written"):
        _, _, content = one.detail.partition("\n")
        if content.lstrip().startswith(("#!/", "@echo", "[Unit]", "[Desktop")):
            for rule, _, what in harms(content.replace("\0", "x")):
                yield case.say(rule, one, f"a script is written in which {what}")
    for one in case.of("process"):
        if found := _INSTALLS.search(one.detail):
            odd = found["odd"] or one.where == IMPORT
            rule = "downloaded-code" if odd else "runtime-install"
            yield case.say(rule, one, f"it installs packages when it runs: {shown(one.detail)}")
    for one in case.of("native-process"):
        yield case.say("native-process", one, f"{one.name} starts a program behind Python's back")


def _again(case: Case) -> Iterator[Said]:
    for one in case.of("write"):
        found = PERSISTENCE.search(one.detail)
        if found is None:
            continue
        content = "\n".join(each.detail.partition("\n")[2] for each in case.beside(one, "written"))
        honest = bool(COMPLETION.search(content)) and not list(harms(content.replace("\0", "x")))
        yield case.say(
            "persistence", one, f"it writes {shown(one.detail)}, which is started again by itself", soft=honest
        )


def _destroyed(case: Case) -> Iterator[Said]:
    for one in case.of("delete"):
        if one.labels & {"broad", "walked-home"}:
            yield case.say("destructive", one, f"{one.name} deletes {shown(one.detail) or 'what is not its own'}")
    for one in case.of("fork"):
        if "forever" in one.labels:
            yield case.say("destructive", one, "it makes processes without an end")
    for one in case.of("write"):
        if {"walked-home"} & one.labels and one.labels & {"encrypted", "xor"}:
            yield case.say("encrypts-files", one, "files of the home folder are encrypted in their place")
        elif "walked-home" in one.labels and one.name != "open":
            yield case.say("destructive", one, "files of the home folder are overwritten")
    locked = [one for one in case.of("write") if one.labels & {"encrypted", "xor"}]
    walked = [one for one in case.of("encrypt", "write", "read", "delete") if one.labels & {"walked", "walked-home"}]
    if locked and walked and _RANSOM.search(case.mentioned) and case.of("delete", "net", "rename", "write"):
        yield case.say("encrypts-files", locked[0], "files are encrypted, and somebody is told to pay")


def _mined(case: Case) -> Iterator[Said]:
    found = MINERS.search(case.mentioned)
    if found is None:
        return
    acts = [one for kind in sorted(_MODULES) for one in case.of(kind)]
    if acts:
        yield case.say("miner", acts[0], f"{shown(found[0])} stands beside {acts[0].name}")


def _native(case: Case) -> Iterator[Said]:
    memory = case.of("memory")
    executable = [one for one in case.of("native") if "exec" in one.labels]
    if executable or len({one.name for one in memory}) > 1 or any("address" in one.labels for one in memory):
        yield case.say("native-memory", (executable or memory)[0], "memory is made that holds machine code")
    elif memory:
        yield case.say("native-call", memory[0], f"{memory[0].name} writes to memory")
    for one in case.of("native"):
        if "exec" not in one.labels:
            yield case.say("native-call", one, f"{one.name} {shown(one.detail)}".strip())


def _captured(case: Case) -> Iterator[Said]:
    captured = case.of("capture")
    kept = [one for one in case.of("net", "write", "written") if "capture" in one.labels]
    for one in captured:
        if kept or (any(each.kind == "net" for each in case.of("net")) and "clip" not in one.name):
            yield case.say(
                "keylogging", one, f"{one.name}, and what it gives is kept or sent", soft=not kept and not _sends(case)
            )
        else:
            yield case.say("input-capture", one, f"{one.name} watches the user")
    clips = case.of("clip")
    if clips and captured and CRYPTO_ADDRESS.search(case.mentioned):
        yield case.say("clipboard-swap", clips[0], "addresses of wallets in the clipboard are replaced")


def _sends(case: Case) -> bool:
    return any(
        one.name.endswith((".post", ".put", ".send", ".sendall", "sendmail", "send_message")) for one in case.of("net")
    )


def _runtime(case: Case) -> Iterator[Said]:
    for one in case.of("patch-core"):
        yield case.say("patched-runtime", one, f"{one.name} is replaced", soft=case.kind == "package")
    for one in case.of("patch"):
        hooks = case.kind == "plugin" and one.name.startswith("sys.meta_path")
        yield case.say("patched-runtime" if hooks else "patched-module", one, f"{one.name} is changed")
    subclasses, spaces = case.of("subclasses"), case.of("globals")
    for one in subclasses:
        if case.beside(one, "globals") or _escapes(case):
            yield case.say("introspection", one, "the classes of the interpreter are searched for what is not imported")
        else:
            yield case.say("frame-access", one, "subclasses are listed")
    walked = {one.name for one in case.of("frames")}
    acts = case.of("exec", "process", "hidden-name")
    for one in [*case.of("frames"), *spaces]:
        if case.kind != "package" and _searches(case, one, walked, bool(acts)):
            yield case.say("introspection", one, f"{one.name} reaches what is the caller's")
        else:
            yield case.say("frame-access", one, f"{one.name} is used")


def _searches(case: Case, one: Seen, walked: set[str], acts: bool) -> bool:
    """Whether frames or the collector's objects are searched for what is not the plugin's."""
    if one.name in ("gc.get_objects", "gc.get_referrers"):
        return _HELD.search(case.mentioned) is not None
    if not walked & {"f_back", "inspect.stack", "inspect.getouterframes", "sys._current_frames"}:
        return False
    return one.name == "f_locals" or (one.name == "f_globals" and acts)


def _escapes(case: Case) -> bool:
    """Whether what is searched for is named: classes that lead to the system."""
    return any(
        word in case.mentioned for word in ("Popen", "_wrap_close", "catch_warnings", "BuiltinImporter", "FileLoader")
    )
