import contextlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringfence.errors import Busy, InvalidPlugin
from ringfence.plugins.validator import SchemaValidator
from ringfence.plugins.worker import WorkerProcess
from ringfence.strictjson import StrictJsonError

DEADLINE = 1.0
FORM = {
    "type": "object",
    "properties": {"name": {"type": "string", "maxLength": 5}, "count": {"type": "integer", "minimum": 1}},
    "required": ["name"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def validator() -> Iterator[SchemaValidator]:
    with SchemaValidator(seconds=DEADLINE) as made:
        yield made


def children(pid: int) -> set[int]:
    found = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):  # a thread that ended meanwhile
            found |= {int(child) for child in (task / "children").read_text().split()}
    return found


def gone(pid: int, within: float = 120) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.02)
    return False


def worked(pid: int) -> float:
    """The seconds of processor time that a process has used (clock_getcpuclockid(3))."""
    return time.clock_gettime((~pid << 3) | 2)


def worked_by_the_ended() -> float:
    """The seconds of processor time of all children that have ended: a busy machine changes none."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def doubling(depth: int) -> dict[str, object]:
    """A small schema that takes 2**depth steps."""
    parts: dict[str, object] = {"d0": {"type": "integer"}}
    for index in range(1, depth + 1):
        parts[f"d{index}"] = {"allOf": [{"$ref": f"#/$defs/d{index - 1}"}] * 2}
    return {"$ref": f"#/$defs/d{depth}", "$defs": parts}


@pytest.mark.parametrize(
    ("schema", "instance", "said"),
    [
        (FORM, {"name": "x", "count": 3}, []),
        (FORM, {"name": 7}, ["/name: expected a string, got 7"]),
        (FORM, {}, ["the whole value: the member 'name' is missing"]),
        (FORM, [], ["the whole value: expected an object, got an array of 0 items"]),
        (FORM, {"name": "longer"}, ['/name: expected text of at most 5 characters, got "longer"']),
        (FORM, {"name": "x", "a": 1, "b": 2}, ["the whole value: members that are not allowed: 'a', 'b'"]),
        (
            FORM,
            {"name": None, "count": 0},
            ["/count: expected a number of at least 1, got 0", "/name: expected a string, got null"],
        ),
        ({"type": ["integer", "null"]}, "x", ['the whole value: expected null or an integer, got "x"']),
        ({"enum": ["a", 1]}, "x" * 500, ["the whole value: expected one of 'a', 1, got \"" + "x" * 79 + "…"]),
        ({"const": {"a": 1}}, 1, ["the whole value: expected exactly '{\"a\": 1}', got 1"]),
        ({"pattern": "^a"}, "b", ["the whole value: expected text that matches '^a', got \"b\""]),
        ({"format": "email"}, "b", ["the whole value: expected text of the format 'email', got \"b\""]),
        ({"items": {"type": "integer"}}, [1, "x"], ['/1: expected an integer, got "x"']),
        ({"properties": {"a/b": {"type": "null"}}}, {"a/b": 1}, ["/a~1b: expected null, got 1"]),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, 1, ["the whole value: expected a string or null, got 1"]),
        ({"oneOf": [{"type": "integer"}, {"minimum": 0}]}, 1,
         ["the whole value: expected a value that fits one form only (oneOf), got 1"]),
        ({"additionalProperties": False}, {"a": 1}, ["the whole value: members that are not allowed"]),
        ({"properties": {"a": False}}, {"a": 1}, ["/a: nothing is allowed here"]),
        ({"uniqueItems": True}, [1, 1],
         ["the whole value: expected items that are all different, got an array of 2 items"]),
    ],
)  # fmt: skip
def test_violations_name_place_and_what_was_expected(
    validator: SchemaValidator, schema: dict[str, object], instance: object, said: list[str]
) -> None:
    """Each violation is a sentence with the JSON pointer, what the schema wants, and a short form of the value."""
    assert sorted(str(violation) for violation in validator.validate(schema, instance)) == sorted(said)


@pytest.mark.parametrize("secret", [{"type": "integer", "writeOnly": True}, {"type": "integer", "format": "password"}])
@pytest.mark.parametrize("wrap", ["plain", "any", "reference"])
def test_secret_values_are_never_shown(validator: SchemaValidator, secret: dict[str, object], wrap: str) -> None:
    """Where a schema marks a field as secret, no violation shows a value, however the field is reached."""
    field: dict[str, object] = {"anyOf": [secret, {"type": "null"}]} if wrap == "any" else secret
    field = {"$ref": "#/$defs/secret"} if wrap == "reference" else field
    schema = {"properties": {"key": field}, "$defs": {"secret": secret}}
    found = validator.validate(schema, {"key": "hunter2"})
    assert [violation.pointer for violation in found] == ["/key"]
    assert "hunter2" not in repr(found)


@pytest.mark.parametrize(
    ("schema", "instance", "fits"),
    [
        ({"type": "integer"}, 10**400, True),
        ({"maximum": 10**400}, 10**400 + 1, False),
        ({"const": 10**30}, 10**30 + 1, False),
        ({"maximum": 2**53}, 2**53 + 1, False),
        ({"enum": [2**53 + 1]}, float(2**53), False),
        ({"type": "integer"}, 1.0, True),
        ({"const": 1}, 1.0, True),
        ({"const": 1}, True, False),
        ({"enum": [0]}, False, False),
        ({"multipleOf": 0.1}, 0.3, True),
        ({"multipleOf": 0.01}, 4.35, True),
        ({"multipleOf": 0.1}, 0.35, False),
        ({"minLength": 2}, "é", False),
        ({"maxLength": 1}, "😀", True),
    ],
)
def test_numbers_are_exact(validator: SchemaValidator, schema: dict[str, object], instance: object, fits: bool) -> None:
    """Big integers, decimal steps, 1.0 and booleans are judged as mathematics and JSON Schema say."""
    assert (validator.validate(schema, instance) == []) is fits


@pytest.mark.parametrize(
    ("schema", "pointer", "message"),
    [
        ({"$ref": "#"}, "", "the schema refers to itself without end"),
        ({"allOf": [{"$ref": "#"}]}, "/allOf/0", "the schema refers to itself without end"),
        ({"$defs": {"a": {"$anchor": "x", "not": {"$ref": "#x"}}}}, "/$defs/a/not", "the schema refers to itself"),
        ({"$dynamicAnchor": "x", "anyOf": [{"$dynamicRef": "#x"}]}, "/anyOf/0", "the schema refers to itself"),
        ({"$defs": {"%": {"$ref": "#/$defs/%25"}}}, "/$defs/%", "the schema refers to itself"),
        ({"$ref": "https://example.com/s"}, "/$ref", "references to other documents are refused"),
        ({"items": {"$ref": "file:///etc/passwd"}}, "/items/$ref", "references to other documents are refused"),
        ({"items": {"$id": "x"}}, "/items/$id", "$id is taken only at the top"),
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, "/$schema", "the only dialect is"),
        ({"type": "strange"}, "/type", "expected one of 2 forms, and fits none"),
        ({"properties": {"a": {"minimum": "x"}}}, "/properties/a/minimum", 'expected a number, got "x"'),
        ({"pattern": "(?=a)b"}, "/pattern", "no look-around, no back-references"),
        ({"pattern": "(a{1000}){1000}"}, "/pattern", 'is not a "regex"'),
        ({"format": "emial"}, "/format", "Unknown format: 'emial'"),
        ({"$ref": "#/$defs/none"}, "", "Pointer '/$defs/none' does not exist"),
        ({"enum": list(range(30_000))}, "", "the schema has more than 20000 values"),
    ],
)
def test_unusable_schemas(validator: SchemaValidator, schema: dict[str, object], pointer: str, message: str) -> None:
    """A schema that cannot be used is named with its place, by the check and by a use without a check."""
    found = validator.check_schema(schema)
    assert [violation.pointer for violation in found] == [pointer]
    assert message in found[0].message
    with pytest.raises(InvalidPlugin, match="the schema cannot be used"):
        validator.validate(schema, 1)


def test_all_faults_of_a_schema_are_found(validator: SchemaValidator) -> None:
    """The first fault of a schema does not hide the second."""
    found = validator.check_schema({"minimum": "x", "properties": {"a": {"maxLength": -1}}})
    assert sorted(violation.pointer for violation in found) == ["/minimum", "/properties/a/maxLength"]


def test_sound_recursion_is_no_circle(validator: SchemaValidator) -> None:
    """A tree's schema, which refers to itself through its members, is fine."""
    tree = {"type": "object", "properties": {"kids": {"items": {"$ref": "#"}}}, "additionalProperties": False}
    assert validator.check_schema(tree) == []
    assert validator.validate(tree, {"kids": [{"kids": []}, {}]}) == []
    assert [v.pointer for v in validator.validate(tree, {"kids": [{"kids": [1]}]})] == ["/kids/0/kids/0"]


def deep(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("schema", "instance"),
    [
        (doubling(40), 1),
        ({"type": "array", "items": {"anyOf": [{"$ref": "#"}, {"$ref": "#"}]}}, deep(60)),
        ({"items": {"allOf": [{"$ref": "#"}] * 8}}, deep(60)),
    ],
)
def test_explosive_schemas_end_in_an_error(
    validator: SchemaValidator, schema: dict[str, object], instance: object
) -> None:
    """Exponential schemas end in a sentence once they took the time they have, and the next request is answered."""
    begun = worked_by_the_ended()
    with pytest.raises(InvalidPlugin, match=r"took too long|too much memory or stack"):
        validator.validate(schema, instance)
    assert worked_by_the_ended() - begun < DEADLINE + 1
    assert validator.validate(FORM, {"name": "x"}) == []


@pytest.mark.parametrize(
    ("schema", "instance"),
    [
        ({"pattern": "^(a+)+$"}, "a" * 100_000 + "!"),
        ({"pattern": "^(([a-z])+.)+[A-Z]([a-z])+$"}, "a" * 100_000),
        ({"patternProperties": {"^(a|a)*$": False}}, {"a" * 50_000 + "!": 1}),
        ({"enum": list(range(19_000))}, -1),
        ({"uniqueItems": True}, [{"a": n} for n in range(20_000)]),
        ({"not": {"not": {"not": {"type": "null"}}}}, 1),
        ({"contains": {"const": 1}, "minContains": 10**9}, [1] * 10_000),
        ({"properties": {"a": {"maxLength": 10**300}}}, {"a": "x"}),
    ],
)
def test_heavy_schemas_are_answered(validator: SchemaValidator, schema: dict[str, object], instance: object) -> None:
    """Expressions that backtrack elsewhere, large lists and large bounds are simply judged."""
    validator.validate(schema, instance)


def test_what_takes_too_long_is_said_to() -> None:
    """A worker that used up its time says so by how it ends: it is no lack of memory."""
    with SchemaValidator(workers=1, seconds=0.5) as slow, pytest.raises(InvalidPlugin, match="took too long"):
        slow.validate(doubling(40), 1)


def test_a_machine_that_has_no_time_is_no_fault_of_the_schema() -> None:
    """A worker that stands still for longer than it may work is waited for."""
    before = children(os.getpid())
    with SchemaValidator(workers=1, seconds=0.5) as slow:
        slow.validate(FORM, {"name": "x"})
        [pid] = children(os.getpid()) - before
        os.kill(pid, signal.SIGSTOP)
        going_on = threading.Timer(1.5, os.kill, (pid, signal.SIGCONT))
        going_on.start()
        assert slow.validate(FORM, {"name": "x"}) == []
        going_on.join()


def test_deep_schema_is_refused_before_it_is_sent(validator: SchemaValidator) -> None:
    """Nesting that could overflow a stack is refused by depth."""
    schema: dict[str, object] = {}
    for _ in range(100_000):
        schema = {"not": schema}
    with pytest.raises(InvalidPlugin, match=r"nested deeper|plain data"):
        validator.validate(schema, 1)


def test_data_that_is_no_json_is_refused(validator: SchemaValidator) -> None:
    """Objects, keys that are no strings, and lone surrogates are an error or a violation, never a crash."""
    with pytest.raises(StrictJsonError):
        validator.validate(FORM, object())
    for instance in ({1: 2}, "\ud800", float("nan"), deep(1000)):
        assert validator.validate({"type": "boolean"}, instance) != []
    with pytest.raises(StrictJsonError):
        validator.validate({"type": "boolean"}, deep(100_000))


SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.5, 1.0, 2.5]) | st.text("ab", max_size=3)
INSTANCES = st.recursive(
    SCALARS, lambda x: st.lists(x, max_size=3) | st.dictionaries(st.sampled_from("ab"), x, max_size=2), max_leaves=5
)
TYPES = st.sampled_from(["null", "boolean", "integer", "number", "string", "array", "object"])
SMALL = st.integers(0, 3)


def bigger(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    named = st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    some = st.lists(inner, min_size=1, max_size=2)
    optional = {
        "type": TYPES | st.lists(TYPES, min_size=1, max_size=2, unique=True),
        "enum": st.lists(SCALARS, min_size=1, max_size=3),
        "const": SCALARS, "minimum": SMALL, "exclusiveMaximum": SMALL, "multipleOf": st.sampled_from([1, 2, 0.5]),
        "minLength": SMALL, "maxLength": SMALL, "pattern": st.sampled_from(["^a", "b$", "^(a|b)*$"]),
        "minItems": SMALL, "maxItems": SMALL, "uniqueItems": st.booleans(), "contains": inner, "items": inner,
        "prefixItems": some, "unevaluatedItems": inner, "properties": named, "patternProperties": named,
        "additionalProperties": inner, "unevaluatedProperties": inner, "propertyNames": inner,
        "required": st.lists(st.sampled_from("ab"), unique=True), "minProperties": SMALL, "maxProperties": SMALL,
        "dependentRequired": st.just({"a": ["b"]}), "allOf": some, "anyOf": some, "oneOf": some, "not": inner,
        "if": inner, "then": inner, "else": inner,
    }  # fmt: skip
    chosen = st.lists(st.sampled_from(sorted(optional)), min_size=1, max_size=3, unique=True)
    return chosen.flatmap(lambda keys: st.fixed_dictionaries({key: optional[key] for key in keys}))


SCHEMAS = st.recursive(st.booleans() | bigger(st.booleans()), bigger, max_leaves=4).filter(
    lambda s: isinstance(s, dict)
)


@settings(deadline=None, max_examples=400)
@given(SCHEMAS, INSTANCES)
def test_agrees_with_the_reference(validator: SchemaValidator, schema: dict[str, object], instance: object) -> None:
    """On generated schemas and values the verdict is that of the reference implementation."""
    reference = jsonschema.Draft202012Validator(schema).is_valid(instance)
    assert (validator.validate(schema, instance) == []) is reference


WORDS = ["type", "$ref", "allOf", "properties", "$defs", "pattern", "format", "#", "$id", "$anchor", "items", "not"]
ANYTHING = st.recursive(
    SCALARS,
    lambda x: st.lists(x, max_size=2) | st.dictionaries(st.sampled_from(WORDS), x, max_size=3),
    max_leaves=6,
)


@settings(deadline=None, max_examples=150)
@given(ANYTHING)
def test_any_value_as_schema_is_judged(validator: SchemaValidator, schema: object) -> None:
    """Whatever stands where a schema should, the answer is violations or none."""
    assert isinstance(validator.check_schema(schema), list)  # type: ignore[arg-type]


def test_threads_share_workers() -> None:
    """Many threads get their own answers from at most the given number of processes."""
    before = children(os.getpid())
    wrong: list[int] = []
    with SchemaValidator(workers=2) as validator:

        def ask(number: int) -> None:
            for _ in range(50):
                if validator.validate({"const": number}, number) or not validator.validate({"const": number}, -1):
                    wrong.append(number)

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(children(os.getpid()) - before) <= 2
    assert wrong == []
    assert children(os.getpid()) - before == set()


def test_slow_schema_does_not_hold_up_others() -> None:
    """While one worker is stuck in a hostile schema, another answers."""
    before = children(os.getpid())
    with SchemaValidator(workers=2, seconds=60) as validator:
        validator.validate(FORM, {})
        [pid] = children(os.getpid()) - before
        caught: list[InvalidPlugin] = []

        def stuck() -> None:
            try:
                validator.validate(doubling(40), 1)
            except InvalidPlugin as error:
                caught.append(error)

        thread = threading.Thread(target=stuck)
        thread.start()
        had = worked(pid)
        while worked(pid) < had + 0.05:
            time.sleep(0.01)
        assert validator.validate(FORM, {"name": "x"}) == []
        assert thread.is_alive()
        os.kill(pid, signal.SIGKILL)
        thread.join()
        assert len(caught) == 1


def test_killed_worker_is_replaced() -> None:
    """A worker that was killed while it waited costs no error, and leaves no zombie."""
    before = children(os.getpid())
    with SchemaValidator(workers=1) as validator:
        validator.validate(FORM, {})
        (pid,) = children(os.getpid()) - before
        os.kill(pid, signal.SIGKILL)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert validator.validate(FORM, {})
        assert gone(pid)
        assert validator.validate(FORM, {"name": "x"}) == []


def test_closed_validator_refuses() -> None:
    """After close there is no process and no answer."""
    before = children(os.getpid())
    validator = SchemaValidator()
    validator.start()
    validator.close()
    validator.close()
    assert children(os.getpid()) - before == set()
    with pytest.raises(Busy):
        validator.validate(FORM, {})


def test_worker_has_given_up_its_rights() -> None:
    """A ready worker cannot open files, is not root, has bounded memory and a session of its own."""
    before = children(os.getpid())
    stray = os.open("/etc/passwd", os.O_RDONLY)
    os.set_inheritable(stray, True)
    with SchemaValidator() as validator:
        validator.validate(FORM, {})
        os.close(stray)
        (pid,) = children(os.getpid()) - before
        limits = Path(f"/proc/{pid}/limits").read_text()
        status = Path(f"/proc/{pid}/status").read_text()
        assert "Max open files            3 " in limits
        assert f"Max address space         {512 << 20} " in limits
        assert "Max core file size        0 " in limits
        assert not any(line.startswith("Uid:\t0\t") for line in status.splitlines())
        assert os.getsid(pid) == pid
        assert os.geteuid() != 0 or os.listdir(f"/proc/{pid}/fd") == ["0", "1", "2"]


@pytest.mark.parametrize("busy", [False, True])
def test_workers_die_with_their_parent(busy: bool) -> None:
    """Whether idle or stuck in a hostile schema, no worker outlives a parent that was killed."""
    act = f"v.validate(json.loads({json.dumps(json.dumps(doubling(40)))}), 1)" if busy else "input()"
    code = (
        "import json\nfrom ringfence.plugins.validator import SchemaValidator\n"
        "v = SchemaValidator(seconds=1)\nv.validate({}, 1)\nprint('up', flush=True)\n" + act
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"up\n"
        time.sleep(0.1)
        (pid,) = children(parent.pid)
        parent.kill()
    assert gone(pid)


def test_forked_child_has_its_own_worker() -> None:
    """A fork neither disturbs the parent's worker nor waits for it."""
    with SchemaValidator() as validator:
        validator.validate(FORM, {})
        pid = os.fork()
        if pid == 0:
            try:
                fine = validator.validate(FORM, {"name": "x"}) == [] and len(children(os.getpid())) == 1
                validator.close()
                os._exit(0 if fine else 1)
            finally:
                os._exit(2)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        assert validator.validate(FORM, {"name": "x"}) == []


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_worker_itself_fetches_nothing(scheme: str, tmp_path: Path) -> None:
    """Even a reference that nobody refused before is not followed by the worker."""
    (tmp_path / "any.json").write_text("{}")
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = f"127.0.0.1:{server.getsockname()[1]}/x" if scheme == "http" else f"{tmp_path}/any.json"
        worker = WorkerProcess()
        try:
            answer = worker.ask(("validate", b"x", {"$ref": f"{scheme}://{place}"}, 1), 5)
        finally:
            worker.kill()
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert "references to other documents are refused" in str(answer["unusable"])


def test_start_returns_at_once_and_overlaps() -> None:
    """Starting does not wait for the worker."""
    with SchemaValidator() as validator:
        validator.start()
        assert [worker._ready for worker in validator._idle] == [False]
        assert validator.validate(FORM, {"name": "x"}) == []
