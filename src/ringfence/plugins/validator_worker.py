"""The program that judges untrusted JSON Schemas; started by `worker`, never imported by Ringfence.

It runs by itself under `python -I -S`, so it knows only the standard library and jsonschema-rs, and can be
killed at any moment. Before it reads its first request it gives up what it does not need: opening files or
sockets (RLIMIT_NOFILE), writing files, memory beyond a bound, core dumps, and uid 0. Each request sets a
timer and a CPU limit that end the process even if the parent is gone.

Requests and answers are frames: four bytes of length (big-endian), then the body. A request is a marshalled
(kind, digest, schema or None, instance, seconds, longest); the answer is a JSON object. The first frame that is sent
says that the worker is ready.

    argv: directory of this file, directory of jsonschema-rs, bound on memory in bytes
"""

import json
import marshal
import os
import resource
import select
import signal
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jsonschema_rs

Fact = dict[str, object]
Request = tuple[str, bytes, object, object]

MAX_ERRORS = 20
MAX_SHOWN = 80
MAX_KEPT = 128
MAX_REGEX_BYTES = 1 << 20
DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: Formats that say what a value is for and not how it looks (OpenAPI's registry).
MEANINGS = ("password", "binary", "byte")
UNCHECKED_VALUE = ("falseSchema", "not", "required")
NOBODY = 65534


class Unknown(Exception):
    """The schema of this digest is not kept here (any more)."""


class NotLoaded(type(sys)):  # type: ignore[misc]  # the type of modules
    """Stands for `email.utils`, which jsonschema-rs loads to read the date of its own build: 10 ms for nothing."""

    parsedate_to_datetime = staticmethod(str)

    def __getattr__(self, name: str) -> object:
        """Whatever else a later jsonschema-rs may want, from the real module."""
        del sys.modules["email.utils"]
        import email.utils

        return getattr(email.utils, name)


class Compiled:
    """A validator, and whether values may be shown."""

    def __init__(self, schema: dict[str, object]) -> None:
        import jsonschema_rs as rs

        self.hidden = has_secret(schema)
        self.validator = rs.Draft202012Validator(
            schema,
            retriever=refuse,
            validate_formats=True,
            ignore_unknown_formats=False,
            formats=dict.fromkeys(MEANINGS, is_anything),
            pattern_options=rs.RegexOptions(size_limit=MAX_REGEX_BYTES, dfa_size_limit=MAX_REGEX_BYTES),
        )


class Worker:
    """Answers requests, one after the other."""

    def __init__(self) -> None:
        self.kept: dict[bytes, Compiled] = {}
        self.dialect: jsonschema_rs.Draft202012Validator | None = None  # made when the first schema is checked

    def answer(self, request: Request) -> dict[str, object]:
        """The answer to one request."""
        kind, digest, schema, instance = request
        if kind == "check":
            return {"errors": self.schema_errors(schema)}
        try:
            compiled = self.compiled(digest, schema)
        except Unknown:
            return {"unknown": True}
        except ValueError as error:
            return {"unusable": compile_error(error)}
        try:
            return {"errors": facts(compiled.validator.iter_errors(instance), compiled.hidden)}
        except (ValueError, TypeError) as error:
            return {"errors": [fact([], "json", str(error)[:MAX_SHOWN], "")]}

    def compiled(self, digest: bytes, schema: object) -> Compiled:
        """The validator of a schema, kept from last time or made now."""
        if digest in self.kept:
            return self.kept[digest]
        if not isinstance(schema, dict):
            raise Unknown
        if len(self.kept) == MAX_KEPT:
            del self.kept[next(iter(self.kept))]
        self.kept[digest] = Compiled(schema)
        return self.kept[digest]

    def schema_errors(self, schema: object) -> list[Fact]:
        """What keeps a schema from being used: where it breaks the dialect, else why it does not compile."""
        if not isinstance(schema, dict):
            return [fact([], "schema", "a schema must be a table", "")]
        if self.dialect is None:
            import jsonschema_rs as rs

            self.dialect = rs.Draft202012Validator({"$ref": DIALECT}, retriever=refuse)
        found: dict[tuple[str, str, str], Fact] = {}
        for error in facts(self.dialect.iter_errors(schema), False):
            found.setdefault((str(error["path"]), str(error["keyword"]), str(error["value"])), error)
        if found:
            return list(found.values())
        try:
            Compiled(schema)
        except ValueError as error:
            return [compile_error(error)]
        return []


def compile_error(error: ValueError) -> Fact:
    """The fact that a schema does not compile."""
    import jsonschema_rs as rs

    if not isinstance(error, rs.ValidationError):
        return fact([], "schema", str(error)[:MAX_SHOWN], "")
    return fact(list(error.instance_path), "schema", error.message.split("\n")[0][:300], "")


def facts(errors: "Iterable[jsonschema_rs.ValidationError]", hidden: bool) -> list[Fact]:
    """The first errors as plain data."""
    found = []
    for error in errors:
        found.append(error_fact(error, hidden))
        if len(found) == MAX_ERRORS:
            break
    return found


def error_fact(error: "jsonschema_rs.ValidationError", hidden: bool) -> Fact:
    """One error: where, which keyword, what it wanted, what was there."""
    kind, path = error.kind, list(error.instance_path)
    keyword, value = kind.name, kind.value
    if keyword == "falseSchema" and error.schema_path and error.schema_path[-1] == "additionalProperties":
        keyword = "additionalProperties"
    if keyword in ("anyOf", "oneOfNotValid", "oneOf"):
        value = [branch_types(branch) for branch in value]
    elif keyword == "propertyNames":
        value = error_fact(value, hidden)["keyword"]
    elif keyword in ("unevaluatedItems", "not"):
        value = None
    shown = "" if keyword in UNCHECKED_VALUE else describe(error.instance, hidden)
    return fact(path, keyword, plain(value), shown)


def branch_types(branch: "list[jsonschema_rs.ValidationError]") -> list[str] | None:
    """The types that a branch of anyOf or oneOf wants, where that is why it failed; None where it fits."""
    if not branch:
        return None
    return [name for error in branch if error.kind.name == "type" and not error.instance_path
            for name in error.kind.value]  # fmt: skip


def fact(path: list[str | int], keyword: str, value: object, got: str) -> Fact:
    """One error as JSON-able data."""
    return {"path": [part if isinstance(part, int) else part[:200] for part in path],
            "keyword": keyword, "value": value, "got": got}  # fmt: skip


def plain(value: object) -> object:
    """What a keyword wanted, small and JSON-able: lists shortened, all but small numbers as text."""
    if isinstance(value, list):
        return [plain(item) for item in value[:MAX_ERRORS]] + ["…"] * (len(value) > MAX_ERRORS)
    if value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) < 1 << 53):
        return value
    if isinstance(value, str):
        return value[:MAX_SHOWN]
    return shortened(value)


def shortened(value: object) -> str:
    """The beginning of a value's JSON text."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        text = str(value)
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"


def describe(value: object, hidden: bool) -> str:
    """A value in a few words; its type alone where it may be secret."""
    if isinstance(value, dict):
        return f"an object with {len(value)} members"
    if isinstance(value, list | tuple):
        return f"an array of {len(value)} items"
    if value is None or isinstance(value, bool) or not hidden:
        return shortened(value)
    return "a string" if isinstance(value, str) else "a number"


def has_secret(schema: object) -> bool:
    """Whether anything in a schema is marked writeOnly or has the format "password"."""
    todo = [schema]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            if value.get("writeOnly") is True or value.get("format") == "password":
                return True
            todo.extend(value.values())
        elif isinstance(value, list):
            todo.extend(value)
    return False


def refuse(uri: str) -> dict[str, object]:
    """References lead nowhere outside the schema."""
    raise ValueError("references to other documents are refused")


def is_anything(value: object) -> bool:
    """Formats of MEANINGS accept every string."""
    return True


def read_exactly(size: int) -> bytes:
    """`size` bytes of standard input. Ends the process when the parent is gone."""
    parts = []
    while size:
        part = os.read(0, min(size, 1 << 20))
        if not part:
            os._exit(0)
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def wait_for_request(parent: int) -> None:
    """Block until there is input, looking once a second whether the parent still lives."""
    poll = select.poll()
    poll.register(0, select.POLLIN)
    while not poll.poll(1000):
        if os.getppid() != parent:
            os._exit(0)


def send(answer: dict[str, object]) -> None:
    """Write one frame."""
    body = json.dumps(answer, ensure_ascii=True, separators=(",", ":")).encode()
    frame = memoryview(len(body).to_bytes(4, "big") + body)
    while frame:
        frame = frame[os.write(1, frame) :]


def lower(limit: int, value: int) -> None:
    """Set a limit of this process, soft and hard, never above what it already is."""
    hard = resource.getrlimit(limit)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (value, value))


def give_up_rights(memory_bytes: int) -> None:
    """Keep only what judging schemas needs; everything is imported by now."""
    lower(resource.RLIMIT_CORE, 0)
    lower(resource.RLIMIT_FSIZE, 0)
    lower(resource.RLIMIT_NOFILE, 3)
    lower(resource.RLIMIT_AS, memory_bytes)
    if os.geteuid() == 0:
        try:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
        except OSError:
            pass  # a user namespace that maps no other user: uid 0 there is nobody in particular


def arm(seconds: float, longest: float) -> None:
    """End this process by itself after so many seconds of processor time, or where the parent waits no longer.

    SIGPROF tells the parent why. A machine that has little time for it is no fault of the schema.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, longest * 2)
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = int(used.ru_utime + used.ru_stime + seconds * 2) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def main() -> None:
    """Serve requests until the parent closes the pipe."""
    parent = os.getppid()
    os.closerange(3, 1 << 20)  # whatever the parent was given by somebody else
    sys.path.append(sys.argv[2])
    sys.modules["email.utils"] = NotLoaded("email.utils")
    worker = Worker()
    worker.answer(("validate", b"", {"type": "object", "pattern": "^a"}, None))  # warms what is loaded lazily
    give_up_rights(int(sys.argv[3]))
    send({"ready": True})
    while True:
        wait_for_request(parent)
        body = read_exactly(int.from_bytes(read_exactly(4), "big"))
        kind, digest, schema, instance, seconds, longest = marshal.loads(body)  # noqa: S302 - from the parent
        arm(seconds, longest)
        answer = worker.answer((kind, digest, schema, instance))
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(answer)
