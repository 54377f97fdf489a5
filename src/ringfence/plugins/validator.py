"""Does a value fit a JSON Schema (dialect 2020-12)? Asked of a worker, because schemas are hostile.

Schemas come from plugins. A small one can take exponential time or endless recursion to judge, so it is
judged in a process that can be killed, under a deadline. `format` is asserted, unknown formats are refused,
regular expressions are linear, and references lead nowhere outside the schema.
"""

import hashlib
import marshal
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from ringfence.errors import Busy, InvalidPlugin
from ringfence.plugins.schemas import shape_faults
from ringfence.plugins.violation import Violation, from_fact
from ringfence.plugins.worker import WorkerFailed, WorkerProcess
from ringfence.plugins.workerstart import Started
from ringfence.strictjson import StrictJsonError, pointer

DEADLINE_SECONDS = 2.0
_MAX_KNOWN = 1024


class SchemaValidator:
    """Judges schemas and values in up to `workers` processes. Thread-safe; use `close` or `with`.

    After a failure of a worker the next request gets a new one. In a forked child it starts its own.
    """

    def __init__(self, *, workers: int = 2, seconds: float = DEADLINE_SECONDS, started: Started | None = None) -> None:
        """`started` is a first worker that was started before this module was loaded."""
        self._seconds = seconds
        self._most = workers
        self._idle = [WorkerProcess(started)] if started else []
        self._running = len(self._idle)
        self._free = threading.Condition()
        self._sound: set[bytes] = set()
        self._closed = False

    def start(self) -> None:
        """Start a worker in the background, so that the first request finds it ready. Returns at once."""
        with self._free:
            if self._closed or self._running:
                return
            self._running += 1
        self._put_back(self._started())

    def check_schema(self, schema: Mapping[str, object]) -> list[Violation]:
        """What keeps a schema from being used; pointers are into the schema. Raises InvalidPlugin, Busy."""
        faults = [Violation(pointer(path), fault, "a sound schema") for path, fault in shape_faults(schema)]
        return faults or self._ask("check", _digest(schema), schema, None)

    def validate(self, schema: Mapping[str, object], instance: object) -> list[Violation]:
        """Where `instance` (plain JSON data) does not fit; empty where it does.

        Raises InvalidPlugin where the schema cannot be used or takes too long, StrictJsonError where the
        instance is not plain data, Busy where no worker comes free.
        """
        digest = _digest(schema)
        if digest not in self._sound:
            for path, fault in shape_faults(schema):
                raise InvalidPlugin(f"the schema cannot be used: {fault} (at {pointer(path) or 'the top'})")
            self._remember(digest)
        return self._ask("validate", digest, schema, instance)

    def close(self) -> None:
        """End all workers; those at work end with their request. Later requests raise Busy."""
        with self._free:
            self._closed = True
            idle, self._idle = self._idle, []
            self._running -= len(idle)
            self._free.notify_all()
        for worker in idle:
            worker.kill()

    def __enter__(self) -> "SchemaValidator":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, kind: str, digest: bytes, schema: object, instance: object) -> list[Violation]:
        try:
            with self._borrowed() as worker:
                unsent = kind == "validate" and digest in worker.known
                answer = worker.ask((kind, digest, None if unsent else schema, instance), self._seconds)
                if "unknown" in answer:
                    answer = worker.ask((kind, digest, schema, instance), self._seconds)
                if kind == "validate" and "errors" in answer:
                    worker.known.add(digest)
        except WorkerFailed as error:
            raise _too_much(error, self._seconds) from None
        return _violations(answer)

    @contextmanager
    def _borrowed(self) -> Iterator[WorkerProcess]:
        worker = self._take()
        try:
            yield worker
        except StrictJsonError:  # refused before anything was sent
            self._put_back(worker)
            raise
        except BaseException:
            worker.kill()
            self._give_up()
            raise
        self._put_back(worker)

    def _take(self) -> WorkerProcess:
        until = time.monotonic() + 4 * self._seconds
        with self._free:
            while True:
                if self._closed:
                    raise Busy("no worker is left to check schemas: Ringfence is shutting down")
                if self._idle:
                    worker = self._idle.pop()
                    if worker.owner == os.getpid() and worker.alive():
                        return worker
                    worker.kill()  # killed by somebody; or of the process that this one was forked from, let go of
                    self._running -= 1
                elif self._running < self._most:
                    self._running += 1
                    break
                elif not self._free.wait(until - time.monotonic()):
                    raise Busy("all workers that check schemas are at work", hint="try again later")
        return self._started()

    def _started(self) -> WorkerProcess:
        try:
            return WorkerProcess()
        except BaseException:
            self._give_up()
            raise

    def _put_back(self, worker: WorkerProcess) -> None:
        with self._free:
            if not self._closed:
                self._idle.append(worker)
                self._free.notify()
                return
            self._running -= 1
        worker.kill()

    def _give_up(self) -> None:
        with self._free:
            self._running -= 1
            self._free.notify()

    def _remember(self, digest: bytes) -> None:
        if len(self._sound) >= _MAX_KNOWN:
            self._sound.clear()
        self._sound.add(digest)


def _digest(schema: object) -> bytes:
    """What names a schema between here and the workers: the hash of its marshalled form, without sharing."""
    try:
        plain = marshal.dumps(schema, 2)  # type: ignore[arg-type]
    except ValueError:
        raise InvalidPlugin("the schema cannot be used: it holds something other than plain data") from None
    return hashlib.blake2b(plain, digest_size=16).digest()


def _violations(answer: dict[str, object]) -> list[Violation]:
    if isinstance(unusable := answer.get("unusable"), dict):
        found = from_fact(unusable)
        raise InvalidPlugin(f"the schema cannot be used: {found.message} (at {found.pointer or 'the top'})")
    errors = answer.get("errors")
    if not isinstance(errors, list):
        raise InvalidPlugin("the schema cannot be checked: the answer of the worker makes no sense")
    return [from_fact(error) for error in errors]


def _too_much(error: WorkerFailed, seconds: float) -> InvalidPlugin:
    hint = "simplify the schema: fewer nested allOf, anyOf and $ref, smaller bounds in patterns"
    if error.timed_out:
        return InvalidPlugin(f"the schema took too long to check (more than {seconds:g} s)", hint=hint)
    return InvalidPlugin("the schema needed too much memory or stack to check", hint=hint)
