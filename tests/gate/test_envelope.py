"""The envelope: one JSON object for every answer, and the records that stand beside it."""

import datetime
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from typing import Any

import pytest

from conftest import Desk
from ringfence import Gate

CODE = """
import os, sys, time
class Plugin:
    version = "1.0.0"
    def __init__(self, project_root=None, cache_dir=None, policy=None, fernet_lib=None):
        self.given = [project_root, cache_dir, sorted(policy), fernet_lib is not None]
    def echo(self, **arguments):
        print("out")
        os.write(2, b"err")
        return arguments
    async def later(self, x):
        import asyncio
        await asyncio.sleep(0.01)
        return x
    def boom(self):
        raise ValueError("no " + "way")
    def given_to(self):
        return self.given
    def number(self):
        return 7
    def leave(self):
        sys.exit(3)
    def spin(self):
        time.sleep(30)
"""
EXTRA = """
[methods.number]
arguments = { type = "object", additionalProperties = false }
result = { type = "string" }
[methods.typed]
arguments = { type = "object", properties = { n = { type = "integer", maximum = 9 } }, required = ["n"] }
result = {}
[methods.spin]
timeout_ms = 300
arguments = { type = "object" }
result = {}
[methods.version]
arguments = { type = "object" }
result = { type = "string" }
"""


@pytest.fixture
def granted(desk: Desk) -> Desk:
    """A desk with one plugin granted."""
    desk.grant(desk.plugin(CODE, "echo", "later", "boom", "given_to", "leave", extra=EXTRA))
    return desk


def test_success(granted: Desk) -> None:
    """A good call answers with its result, its output and what it ran in; the journal has both records."""
    answer = granted.call("probe", "echo", {"a": [1, 2.5, None, "ä"]})
    assert answer["exit"] == 0
    assert answer["success"] is True
    assert answer["status"] == "ok"
    assert answer["data"]["result"] == {"a": [1, 2.5, None, "ä"]}
    assert answer["data"]["output"] == {"stdout": "out\n", "stderr": "err"}
    assert answer["data"]["plugin_version"] == "1.0.0"
    assert answer["data"]["isolation"]["cell"] == "bubblewrap"
    assert answer["data"]["isolation"]["seccomp"] == "allow-list"
    assert len(answer["data"]["isolation"]["namespaces"]) == 7
    stamp = datetime.datetime.fromisoformat(answer["timestamp"])
    assert stamp.utcoffset() == datetime.timedelta(0)
    assert str(uuid.UUID(answer["request_id"])) == answer["request_id"]
    assert {"hostname", "pid"} <= set(answer)
    kinds = [r["type"] for r in granted.journal() if r.get("request_id") == answer["request_id"]]
    assert kinds == ["call", "outcome"]


def test_asynchronous_method(granted: Desk) -> None:
    """A coroutine is awaited."""
    assert granted.call("probe", "later", {"x": 3})["data"]["result"] == 3


def test_attribute_is_offered(granted: Desk) -> None:
    """`version` is answered where the plugin has it and it is granted."""
    assert granted.call("probe", "version")["data"]["result"] == "1.0.0"


def test_constructor_arguments(granted: Desk) -> None:
    """The constructor gets what it can take."""
    given = granted.call("probe", "given_to")["data"]["result"]
    assert given == ["/plugin", "/tmp/cache", ["network", "read", "secrets", "write"], False]


def test_plugin_error(granted: Desk) -> None:
    """An exception is an envelope with the plugin's own frames and no others."""
    answer = granted.call("probe", "boom")
    assert answer["exit"] == 10
    assert answer["data"]["code"] == "plugin-error"
    assert answer["data"]["error"] == "ValueError: no way"
    assert answer["data"]["traceback"].count("File ") == 1
    assert '"/plugin/probe.py"' in answer["data"]["traceback"]


def test_exit_is_an_error(granted: Desk) -> None:
    """A plugin that exits has not answered."""
    assert granted.call("probe", "leave")["data"]["code"] == "plugin-error"


def test_time_out(granted: Desk) -> None:
    """The manifest's time-out ends the call."""
    answer = granted.call("probe", "spin")
    assert (answer["exit"], answer["data"]["code"]) == (11, "timeout")
    assert granted.journal()[-1]["limits_hit"] == ["timeout"]


@pytest.mark.parametrize("command", ["run", "upm", "audit .", "grants"])
def test_a_working_directory_that_is_gone(granted: Desk, command: str) -> None:
    """Where nothing can be found any more, that is said, in an envelope by those who answer with one."""
    words = f"{command} probe echo" if command in ("run", "upm") else command
    script = f'mkdir gone && cd gone && rmdir ../gone && "{sys.executable}" -m ringfence {words}'
    named = {"RINGFENCE_CONFIG": "", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        ["sh", "-c", script], env=granted.environment | named, cwd=granted.folder, capture_output=True, check=False
    )
    assert done.returncode in (2, 3)
    assert b"working directory does not exist any more" in done.stdout + done.stderr
    assert (b'"invalid-config"' in done.stdout) == (command in ("run", "upm"))


@pytest.mark.parametrize("told", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_told_to_stop(granted: Desk, told: str) -> None:
    """A call whose Ringfence is told to end is taken back: an envelope, an outcome on record, nothing left running."""
    extra = EXTRA.replace("timeout_ms = 300", "timeout_ms = 30000")
    granted.grant(granted.plugin(CODE.replace("time.sleep(30)", "print(1, flush=True); time.sleep(30)"), extra=extra))
    command = [sys.executable, "-m", "ringfence", "run", "probe", "spin"]
    with subprocess.Popen(command, env=granted.environment, stdout=subprocess.PIPE) as process:
        journal = granted.state / "journal"
        while not any(b'"type":"call"' in p.read_bytes() for p in journal.glob("*.jsonl")):
            time.sleep(0.02)
        process.send_signal(signal.Signals[told])
        answer = json.loads(process.communicate(timeout=600)[0])
    assert (process.returncode, answer["data"]["code"]) == (23, "cancelled")
    assert (granted.journal()[-1]["type"], granted.journal()[-1]["code"]) == ("outcome", "cancelled")


def test_result_that_does_not_fit(granted: Desk) -> None:
    """A result outside its schema is an error that names the place and the expectation."""
    answer = granted.call("probe", "number")
    assert (answer["exit"], answer["data"]["code"]) == (15, "invalid-result")
    assert "expected a string" in answer["data"]["error"]


@pytest.mark.parametrize(
    ("plugin", "method", "arguments", "code", "exit_code", "said"),
    [
        ("nobody", "echo", "{}", "not-granted", 4, "plugin 'nobody' is not granted"),
        ("probe", "nothing", "{}", "not-granted", 4, "method 'nothing' of probe is not granted"),
        ("probe", "__init__", "{}", "not-granted", 4, "is not granted"),
        ("probe==9", "echo", "{}", "not-granted", 4, "version '9'"),
        ("probe==", "echo", "{}", "not-granted", 4, "version ''"),
        ("probe", "typed", '{"n": 10}', "invalid-arguments", 6, "/n"),
        ("probe", "typed", "{}", "invalid-arguments", 6, "'n'"),
        ("probe", "echo", "[]", "invalid-arguments", 6, "must be a JSON object"),
        ("probe", "echo", '{"a": NaN}', "invalid-arguments", 6, "NaN"),
        ("probe", "echo", '{"a": 1, "a": 2}', "invalid-arguments", 6, "twice"),
        ("probe", "echo", '{"a": ' + "9" * 5000 + "}", "invalid-arguments", 6, "digits"),
        ("probe", "echo", '{"a": "\\ud800"}', "invalid-arguments", 6, "surrogate"),
        ("probe", "echo", '{"a": ' + "[" * 90 + "]" * 90 + "}", "invalid-arguments", 6, "deep"),
        ("probe", "echo", "{", "invalid-arguments", 6, "line 1"),
    ],
)
def test_refusals(
    granted: Desk, plugin: str, method: str, arguments: str, code: str, exit_code: int, said: str
) -> None:
    """Every refusal is an envelope with a stable word, its exit code and a sentence, and is on record."""
    done = granted.run("run", plugin, method, arguments)
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["data"]["code"]) == (exit_code, code)
    assert said in answer["data"]["error"]
    record = granted.journal()[-1]
    assert (record["type"], record["code"]) == ("refusal", code)
    assert record["request_id"] == answer["request_id"]


def test_a_hundred_megabytes_of_nesting(granted: Desk) -> None:
    """Arguments that are too large are refused unread."""
    done = granted.run("run", "probe", "echo", "-", input=b"[" * (100 << 20))
    answer = json.loads(done.stdout)
    assert done.returncode == 6
    assert "bytes" in answer["data"]["error"]


def test_arguments_from_standard_input(granted: Desk) -> None:
    """`-` reads the arguments from standard input."""
    done = granted.run("run", "probe", "echo", "-", input=b'{"b": 1}')
    assert json.loads(done.stdout)["data"]["result"] == {"b": 1}


def test_arguments_that_are_not_utf8(granted: Desk) -> None:
    """Bytes that are no text are refused with a sentence."""
    done = granted.run("run", "probe", "echo", "-", input=b'{"b": "\xff"}')
    assert json.loads(done.stdout)["data"]["code"] == "invalid-arguments"


@pytest.mark.parametrize(
    "words", [(), ("probe",), ("probe", "echo", "{}", "more"), ("--cell", "none", "probe", "echo")]
)
@pytest.mark.parametrize("command", ["run", "upm"])
def test_a_mistyped_command_line_is_answered(desk: Desk, command: str, words: tuple[str, ...]) -> None:
    """Whoever reads standard output gets an envelope there too; a person gets the sentence."""
    done = desk.run(command, *words)
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["success"], answer["data"]["code"]) == (2, False, "usage")
    assert answer["data"]["error"] in done.stderr


def test_without_a_process_to_check_schemas(
    granted: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where not even the first helper can be started (too many processes, say), that is an envelope as well."""
    from ringfence.cli.main import main

    monkeypatch.setattr(os, "posix_spawn", lambda *_, **__: (_ for _ in ()).throw(OSError(11, "Try again")))
    assert main(["run", "probe", "echo"]) == 8
    answer = json.loads(capsys.readouterr().out)
    assert (answer["data"]["code"], answer["success"]) == ("sandbox-unavailable", False)


def test_what_a_program_hands_over_wrongly_is_answered(granted: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """From Python, too, every failure is an envelope and on record, none an exception."""
    endless: dict[str, object] = {}
    endless["again"] = endless
    wrong: list[Any] = [
        {"a": float("nan")},
        {"a": {1}},
        {"a": b"x"},
        {"a": "\ud800"},
        endless,
        None,
        5,
        [1],
        b"\xff",
        "",
    ]
    monkeypatch.setenv("RINGFENCE_STATE", str(granted.state))
    with Gate(granted.config) as gate:
        answers = [gate.call("probe", "echo", arguments) for arguments in wrong]
        answers += [gate.call(*words) for words in ((None, "echo"), ("probe", 5))]  # type: ignore[arg-type]
    codes = [answer.body["data"]["code"] for answer in answers]  # type: ignore[index]
    assert codes == ["invalid-arguments"] * len(answers)
    assert [record["code"] for record in granted.journal()[-len(codes) :]] == codes


@pytest.mark.parametrize(
    ("closed", "code", "said"),
    [
        (">&-", 2, "standard output is closed"),
        ("<&- - ", 6, '"invalid-arguments"'),
        ("2>&- --cell subprocess", 0, '"success": true'),
    ],
)
def test_closed_streams(granted: Desk, closed: str, code: int, said: str) -> None:
    """A stream that the caller closed is no defect, and no other text comes in its place."""
    command = f'"{sys.executable}" -m ringfence run probe echo {closed}'
    done = subprocess.run(["sh", "-c", command], env=granted.environment, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert said in done.stdout + done.stderr
    assert done.stdout.count("\n") <= 1


@pytest.mark.parametrize(
    ("body", "code", "error"),
    [
        (r"raise ValueError('\udcff')", "plugin-error", r"ValueError: \udcff"),
        ("raise type('M', (type,), {'__name__': 5})('E', (Exception,), {})('x')", "plugin-error", "E: x"),
        ("return type('D', (dict,), {'items': lambda s: 1 / 0})(a=1)", "invalid-result", "not JSON: division by zero"),
        ("sys.stdout = type('O', (), {'flush': lambda s: sys.exit(3)})()", "", ""),
    ],
)
def test_what_only_breaks_when_it_is_read(desk: Desk, body: str, code: str, error: str) -> None:
    """Exceptions, results and streams that are hostile themselves end in the same words as honest ones."""
    desk.grant(desk.plugin(f"import sys\nclass Plugin:\n    def odd(self):\n        {body}\n", "odd"))
    data = desk.call("probe", "odd")["data"]
    assert data.get("code", "") == code
    assert error in data.get("error", "")
    assert "guest.py" not in data["output"]["stderr"]


def test_subprocess_cell_is_only_by_name(granted: Desk) -> None:
    """Without isolation only where it is named; the envelope, the journal and standard error say so."""
    done = granted.run("run", "probe", "later", '{"x": 1}', "--cell", "subprocess")
    answer = json.loads(done.stdout)
    assert answer["data"]["result"] == 1
    assert answer["data"]["isolation"]["isolation"] == "none"
    assert "seccomp" in answer["data"]["isolation"]["not_enforced"]
    assert "isolates nothing" in done.stderr
    assert granted.journal()[-1]["cell"] == "subprocess"


def test_sensitive_arguments_are_hidden_in_the_journal(granted: Desk) -> None:
    """The journal keeps arguments in redacted form and as a digest."""
    granted.call("probe", "echo", {"password": "hunter2hunter2", "user": "anna"})
    call = [r for r in granted.journal() if r["type"] == "call"][-1]
    assert json.loads(call["arguments"]) == {"password": "[hidden]", "user": "anna"}
    assert call["arguments_digest"].startswith("sha256:")
    assert "hunter2" not in json.dumps(granted.journal())


def test_refused_connections_are_told_and_recorded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A granted name that leads inside is not reached; the envelope and the journal say why."""
    from ringfence import Gate

    code = (
        "import socket\nclass Plugin:\n    def go(self):\n"
        "        return socket.create_connection(('inside.example', 443), timeout=60).recv(1).decode()\n"
    )
    folder = desk.plugin(code, "go", extra='[permissions]\nnetwork = ["inside.example:443"]\n')
    desk.grant(folder, "--all-methods", "--net", "inside.example:443")
    monkeypatch.setenv("RINGFENCE_STATE", str(desk.state))
    with Gate(desk.config, resolver=lambda host, port: ["10.0.0.1"]) as gate:
        answer = gate.call("probe", "go")
    data = answer.body["data"]
    assert isinstance(data, dict)
    assert data["network_refused"] == [
        "inside.example:443: inside.example leads to 10.0.0.1, which is not a public address"
    ]
    assert desk.journal()[-1]["network_refused"] == data["network_refused"]
