"""Defects of Ringfence itself, provoked under way: still one answer, one outcome on record, nothing left."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Desk
from ringfence import Gate
from ringfence.cells import made, relay
from ringfence.cells.made import MadeCell
from ringfence.gate import gate as gates
from ringfence.plugins.validator import SchemaValidator

CODE = """
class Plugin:
    def echo(self, x=None):
        return x
"""
CANARY = "canary-of-a-defect"


@pytest.fixture
def granted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose state and grants this process uses too."""
    desk.grant(desk.plugin(CODE, "echo"))
    for name, value in desk.environment.items():
        monkeypatch.setenv(name, value)
    return desk


def _raise(*_: object, **__: object) -> None:
    raise LookupError(CANARY)


def _in_call(patch: pytest.MonkeyPatch) -> None:
    """Before the request is handed over."""
    patch.setattr(MadeCell, "call", _raise)


def _in_exchange(patch: pytest.MonkeyPatch) -> None:
    """While the plugin runs."""
    patch.setattr(made._Exchange, "_read_answer", _raise)


def _in_drain(patch: pytest.MonkeyPatch) -> None:
    """After the answer, with the cell killed."""
    patch.setattr(made._Exchange, "drain", _raise)


def _in_judge(patch: pytest.MonkeyPatch) -> None:
    """While it is judged what came out."""
    patch.setattr(gates, "judge", _raise)


def _in_result(patch: pytest.MonkeyPatch) -> None:
    """While the result is checked (the arguments were checked well before)."""
    check = SchemaValidator.validate
    asked: list[object] = []

    def validate(self: SchemaValidator, schema: dict[str, object], value: object) -> object:
        asked.append(schema)
        return check(self, schema, value) if len(asked) == 1 else _raise()

    patch.setattr(SchemaValidator, "validate", validate)


def _in_destroy(patch: pytest.MonkeyPatch) -> None:
    """While the cell is taken apart."""
    destroy = MadeCell.destroy

    def broken(self: MadeCell) -> None:
        destroy(self)
        _raise()

    patch.setattr(MadeCell, "destroy", broken)


def _processes() -> set[str]:
    """This process's children, by all of its threads."""
    found: set[str] = set()
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(FileNotFoundError):  # a thread that ended meanwhile
            found |= set((task / "children").read_text().split())
    return found


@pytest.mark.parametrize("cell", ["bubblewrap", "prefork"])
@pytest.mark.parametrize("where", [_in_call, _in_exchange, _in_drain, _in_judge, _in_result, _in_destroy])
def test_a_defect_under_way_is_an_outcome(
    granted: Desk, monkeypatch: pytest.MonkeyPatch, cell: str, where: Callable[[pytest.MonkeyPatch], None]
) -> None:
    """Wherever it happens: `internal-error`, an outcome for the same request, and the next call goes well."""
    children = _processes()
    with Gate(cell=cell) as gate:
        with monkeypatch.context() as patch:
            where(patch)
            answer = gate.call("probe", "echo", {"x": 1})
        assert (answer.exit_code, answer.body["data"]["code"]) == (70, "internal-error")
        assert CANARY not in str(answer.body)
        assert "LookupError" in answer.body["data"]["error"]
        again = gate.call("probe", "echo", {"x": 2})
        assert again.ok, again.body
    assert _processes() <= children
    records = granted.journal()
    kinds = [(r["type"], r.get("code")) for r in records if r.get("request_id") == answer.body["request_id"]]
    assert kinds == [("call", None), ("outcome", "internal-error")]
    assert CANARY not in str(records)
    assert granted.run("journal", "verify").returncode == 0


def test_a_defect_before_the_call_is_a_refusal(granted: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the plugin was never going to run, the record says so."""
    with Gate() as gate, monkeypatch.context() as patch:
        patch.setattr(gates.profiles, "settle", _raise)
        answer = gate.call("probe", "echo", {"x": 1})
    assert answer.body["data"]["code"] == "internal-error"
    assert [(r["type"], r["code"]) for r in granted.journal() if "request_id" in r] == [("refusal", "internal-error")]


def test_a_refusal_under_way_is_an_outcome(granted: Desk) -> None:
    """A folder too full to be watched ends the call after its first record; so there is a second."""
    full = granted.folder / "full"
    full.mkdir()
    full.chmod(0o777)
    folder = granted.plugin(CODE, "echo", name="writer", extra='[permissions.write]\nout = ""\n')
    granted.grant(folder, "--all-methods", "--write", f"out={full}")
    for number in range(20_001):
        os.close(os.open(full / str(number), os.O_CREAT | os.O_WRONLY, 0o600))
    answer = granted.call("writer", "echo", {"x": 1})
    assert (answer["exit"], answer["data"]["code"]) == (8, "sandbox-unavailable")
    assert "more than 20000 entries" in answer["data"]["error"]
    assert "grant a smaller folder" in answer["data"]["hint"]
    kinds = [(r["type"], r.get("code")) for r in granted.journal() if r.get("request_id") == answer["request_id"]]
    assert kinds == [("call", None), ("outcome", "sandbox-unavailable")]


def test_a_program_that_is_stopped_leaves_an_outcome(granted: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C goes on to the caller's program; the record says that the call was interrupted."""

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with Gate() as gate:
        with monkeypatch.context() as patch:
            patch.setattr(made._Exchange, "run", stopped)
            with pytest.raises(KeyboardInterrupt):
                gate.call("probe", "echo", {"x": 1})
        assert gate.call("probe", "echo", {"x": 2}).ok
    kinds = [(r["type"], r.get("code")) for r in granted.journal() if "request_id" in r]
    assert kinds == [("call", None), ("outcome", "cancelled"), ("call", None), ("outcome", "ok")]


def test_a_broken_relay_is_an_outcome(granted: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way out fails to start: the call is on record as ended by a defect, and no listener is left."""
    folder = granted.plugin(CODE, "echo", name="caller", extra='[permissions]\nnetwork = ["example.org:443"]\n')
    granted.grant(folder, "--all-methods", "--net", "example.org:443")
    with Gate() as gate, monkeypatch.context() as patch:
        patch.setattr(relay, "Relay", _raise)
        answer = gate.call("caller", "echo", {"x": 1})
    assert answer.body["data"]["code"] == "internal-error", answer.body
    kinds = [(r["type"], r.get("code")) for r in granted.journal() if r.get("plugin") == "caller" and "request_id" in r]
    assert kinds == [("call", None), ("outcome", "internal-error")]
