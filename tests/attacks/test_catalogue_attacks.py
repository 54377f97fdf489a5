"""No claim without an attack: on every control, in every cell, stopped; with its wall out, successful."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from attacks.catalogue import ATTACKS, Attack
from attacks.conftest import Results
from attacks.containers import BREACHES
from attacks.harness import CELLS, Range, attack, gained
from needs import unavailable
from ringfence.cells import pool
from ringfence.cells.made import Ended
from ringfence.controls import GUARDED, judging
from ringfence.controls.control import Scope
from ringfence.controls.matrix import FILE, Matrix, Verdict, recorded

#: Held by bubblewrap itself, which has no switch for it: shown outside of a cell instead.
ELSEWHERE = {"no-new-privileges"}
IDS = [f"{a.control}-{a.name.replace(' ', '-')}" for a in ATTACKS]


def _why(ended: Ended) -> str:
    """What stopped it: the outcome's code, or the error inside."""
    if ended.code != "ok" or ended.answer is None:
        return ended.code
    error = ended.answer.get("error")
    return f"{error['code']} {error['type']}: {error['message']}" if isinstance(error, dict) else "nothing"


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("aimed", ATTACKS, ids=IDS)
def test_attack_is_stopped_by_its_wall(
    range_: Range, values: dict[str, object], results: Results, aimed: Attack, cell: str
) -> None:
    """The attack fails in the whole cell, and succeeds in one without the wall."""
    code = aimed.code % values if "%(" in aimed.code else aimed.code
    stopped = attack(range_, cell, code, **dict(aimed.limits))
    assert re.search(aimed.stopped, _why(stopped)), stopped
    if cell in aimed.breachable:
        through = attack(range_, cell, code, breach=aimed.breach_in(cell), **dict(aimed.limits))
        assert gained(through)
    results.stopped(aimed.control, cell)


@pytest.mark.parametrize("cell", CELLS)
def test_no_program_gains_privileges(range_: Range, results: Results, cell: str) -> None:
    """PR_GET_NO_NEW_PRIVS is 1 in a cell; the same line outside says 0."""
    line = "LIBC.prctl(39, 0, 0, 0, 0)"
    assert gained(attack(range_, cell, f"return {line}")) == 1
    outside = f"import ctypes; LIBC = ctypes.CDLL(None); print({line})"
    said = subprocess.run([sys.executable, "-c", outside], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "0"
    results.stopped("no-new-privileges", cell)


def test_every_control_has_an_attack() -> None:
    """No control claims what nothing here attacks."""
    assert {a.control for a in ATTACKS} | ELSEWHERE == {c.id for c in judging(Scope.PLUGIN)}


def test_every_guarded_field_is_enforced_or_refused() -> None:
    """The isolating cells enforce every field that a control guards; the subprocess cell does not claim to."""
    assert {pool.KINDS[cell] for cell in CELLS} == {GUARDED}
    assert pool.KINDS["subprocess"] < GUARDED


def test_shipped_matrix_is_what_was_found(results: Results, request: pytest.FixtureRequest) -> None:
    """`controls --matrix` prints what this run found, for a run of the whole file."""
    ran = {item.nodeid for item in request.session.items if "test_attack_is_stopped" in item.nodeid}
    if len(ran) < len(ATTACKS) * len(CELLS):
        pytest.skip("only a part of the attacks was selected")
    if not any("container" in row for row in results.verdicts.values()):
        unavailable("there is no container engine here to run the attacks in")
    found = Matrix(policy=1, places=(*CELLS, "subprocess"), results=_verdicts(results))
    if os.environ.get("RINGFENCE_WRITE_MATRIX"):
        from ringfence.controls import matrix

        Path(matrix.__file__).with_name("matrix.json").write_text(found.dump())
    assert recorded(FILE).dump() == found.dump(), results.dump()


def _verdicts(results: Results) -> dict[str, dict[str, Verdict]]:
    verdicts = {}
    for control in judging(Scope.PLUGIN):
        row = {place: Verdict(verdict) for place, verdict in results.verdicts.get(control.id, {}).items()}
        held = all(any(e == g or e.startswith(f"{g}.") for e in pool.KINDS["subprocess"]) for g in control.guards)
        if not held:
            row["subprocess"] = Verdict("not-enforced")
        verdicts[control.id] = row
    return verdicts


def test_every_breach_of_a_container_is_of_an_attack() -> None:
    """None is left over from an attack that was renamed, and so quietly not used."""
    assert set(BREACHES) <= {(a.control, a.name) for a in ATTACKS}
