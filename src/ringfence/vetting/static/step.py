"""The parent's side: which files are code, one bounded child that reads them, and what the manifest says to it."""

import json
import marshal
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from ringfence.vetting.found import Gathered, Raw
from ringfence.vetting.report import Verdict
from ringfence.vetting.static.asked import asked
from ringfence.vetting.subject import Subject

SECONDS = 120.0
#: A child that says nothing for so long reads a file that it will not get through.
SILENT_SECONDS = 30.0
MAX_FILE = 4 << 20
MAX_WHOLE = 64 << 20
MAX_ANSWER = 64 << 20
_TRIES = 4
_PYTHON = (".py", ".pyw", ".pth")
_SHELL = (".sh", ".bash", ".zsh", ".ksh", ".command")
_JAVASCRIPT = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".jsx", ".tsx")
_BINARY = (".so", ".pyd", ".dll", ".dylib", ".exe", ".node", ".wasm", ".o", ".a", ".pyc", ".pyo")
_BOOT = "import sys; sys.path.append(sys.argv[1]); from ringfence.vetting.static.worker import main; main()"
_PACKAGES = str(Path(__file__).parents[3])


def static(gathered: Gathered, subject: Subject) -> None:
    """Everything of the step."""
    files = _files(gathered, subject)
    answer = _asked_of_child(gathered, subject, files) if files else None
    if answer is None:
        return
    gathered.unexamined += [str(one)[:500] for one in answer["unexamined"]]
    for rule, path, line, message, soft in answer["said"]:
        gathered.findings.append(
            Raw(str(rule), str(path), int(line), str(message), verdict=Verdict.WARN if soft else None)
        )
    gathered.findings += asked(subject, answer)


def _files(gathered: Gathered, subject: Subject) -> list[tuple[str, str, bytes]]:
    """(path, language, bytes) of all code; what is too large is named."""
    found, whole = list[tuple[str, str, bytes]](), 0
    for path in subject.files:
        language = _language(path)
        try:
            with open(os.path.join(subject.folder, path), "rb") as file:
                head = file.read(4096)
                language = language or _by_head(head)
                if not language:
                    continue
                data = head + file.read(MAX_FILE + 1 - len(head))
        except OSError as error:
            gathered.unexamined.append(f"{path}: it cannot be opened: {error.strerror}")
            continue
        if len(data) > MAX_FILE and language != "binary":
            gathered.unexamined.append(f"{path}: it is larger than {MAX_FILE >> 20} MiB")
            continue
        whole += len(data)
        if whole > MAX_WHOLE:
            gathered.unexamined.append(f"{path} and what follows: there is more than {MAX_WHOLE >> 20} MiB of code")
            break
        found.append((path, language, data))
    return found


def _language(path: str) -> str:
    lower = path.lower()
    if lower.endswith(_PYTHON):
        return "python"
    if lower.endswith(_SHELL):
        return "shell"
    if lower.endswith(_JAVASCRIPT) and not lower.endswith(".d.ts"):
        return "javascript"
    if lower.endswith(_BINARY) or ".so." in lower:
        return "binary"
    return "json" if lower.rpartition("/")[2] == "package.json" else ""


def _by_head(head: bytes) -> str:
    """The language of a file whose name does not say: by the program that it names, or by the mark of an executable."""
    if head.startswith((b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\0asm")):
        return "binary"
    if not head.startswith(b"#!"):
        return ""
    first = head.partition(b"\n")[0]
    if b"python" in first:
        return "python"
    if b"node" in first or b"deno" in first or b"bun" in first:
        return "javascript"
    return "shell" if b"sh" in first else ""


def _entry(subject: Subject) -> list[str]:
    """The methods that callers may call, as the reader names them."""
    if subject.manifest is None:
        return []
    entry = subject.manifest.entry
    return [f"{entry.module}.{entry.class_name}.{name}" for name in subject.manifest.methods]


def _asked_of_child(gathered: Gathered, subject: Subject, files: list[tuple[str, str, bytes]]) -> dict[str, Any] | None:
    """The child's answer. A file that it does not survive is named, and the others are read without it."""
    left, deadline = list(files), time.monotonic() + SECONDS
    for _ in range(_TRIES):
        request = {"files": left, "entry": _entry(subject), "kind": subject.kind.value}
        answer, at, why = _run(marshal.dumps(request, 2), deadline)
        if answer is not None:
            return answer
        if time.monotonic() >= deadline:
            gathered.unexamined.append(f"reading all of the code takes longer than {SECONDS:.0f} s")
            return None
        if not at:
            break
        gathered.unexamined.append(f"{at}: {why}")
        left = [one for one in left if one[0] != at]
        if not left:
            return None
    gathered.unexamined.append("the code could not be read")
    return None


def _run(request: bytes, deadline: float) -> tuple[dict[str, Any] | None, str, str]:
    """(answer, None's last file, why) of one child."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-S", "-B", "-c", _BOOT, _PACKAGES],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if os.environ.get("RINGFENCE_DEBUG") else subprocess.DEVNULL,
        env={},
        start_new_session=True,
    )
    try:
        return _talk(child, request, deadline)
    finally:
        child.send_signal(signal.SIGKILL)
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                stream.close()
        child.wait()


def _talk(child: "subprocess.Popen[bytes]", request: bytes, deadline: float) -> tuple[dict[str, Any] | None, str, str]:
    assert child.stdin is not None  # noqa: S101
    assert child.stdout is not None  # noqa: S101
    try:
        child.stdin.write(request)
        child.stdin.close()
    except BrokenPipeError:
        return None, "", "the reader ended"
    at, buffer = "", b""
    descriptor = child.stdout.fileno()
    while True:
        left = min(SILENT_SECONDS, deadline - time.monotonic())
        if left <= 0 or not select.select([descriptor], [], [], left)[0]:
            return None, at, "reading it takes too long"
        part = os.read(descriptor, 1 << 20)
        buffer += part
        *lines, buffer = buffer.split(b"\n") if b"\n" in part else [buffer]
        for line in lines:
            message = _message(line)
            if "begin" in message:
                at = str(message["begin"])
            elif "said" in message:
                return message, "", ""
        if not part:
            return None, at, "reading it ends the reader"
        if len(buffer) > MAX_ANSWER:
            return None, at, "there is too much to be said of it"


def _message(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
