"""The kept BPF programs say what allow.toml says, with the kernel's numbers.

The oracle (`meaning`) reads the list on its own, without the code that builds the programs.
"""

import fcntl
import signal
import socket
import stat
import struct
import termios
import tomllib
from pathlib import Path

import pyseccomp
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ringfence.cells import seccomp
from ringfence.cells.seccomp import build, rules
from ringfence.errors import SandboxUnavailable

HOME = Path(seccomp.__file__).parent
LIST = tomllib.loads((HOME / "allow.toml").read_text())
NUMBERS = tomllib.loads((HOME / "numbers.toml").read_text())
AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
OTHER_AUDIT = {"i386": 0x40000003, "arm": 0x40000028, "riscv64": 0xC00000F3, "x86_64 as 32 bit": 0x4000003E}
LIBSECCOMP = {"x86_64": pyseccomp.Arch.X86_64, "aarch64": pyseccomp.Arch.AARCH64}
ALLOW, EPERM, ENOSYS, KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
PROGRAMS = [(arch, network) for arch in AUDIT for network in (False, True)]


def simulate(program: bytes, arch: int, nr: int, args: tuple[int, ...]) -> tuple[int, int]:
    """Run classic BPF over a struct seccomp_data: (returned word, instructions executed)."""
    data = struct.pack("<IIQ6Q", nr, arch, 0, *args)
    code = list(struct.iter_unpack("<HBBI", program))
    accumulator, place, steps = 0, 0, 0
    while True:
        op, true, false, k = code[place]
        place, steps = place + 1, steps + 1
        if op == 0x06:
            return k, steps
        if op == 0x20:
            accumulator = struct.unpack_from("<I", data, k)[0]
        elif op == 0x54:
            accumulator &= k
        elif op == 0x05:
            place += k
        else:
            holds = {0x15: accumulator == k, 0x35: accumulator >= k}[op]
            place += true if holds else false


def fits(way: dict[str, dict[str, dict[str, int]]], args: tuple[int, ...]) -> bool:
    """Whether the arguments fit one alternative of the list."""
    for key, test in way.items():
        word = args[int(key.removeprefix("arg"))] % 2**32
        if any(word & bit for bit in test.get("without", {}).values()):
            return False
        for bit in test.get("ignoring", {}).values():
            word &= ~bit
        if "is" in test and word not in test["is"].values():
            return False
    return True


def meaning(arch: str, network: bool, audit: int, nr: int, args: tuple[int, ...]) -> int:
    """What the list promises for one call."""
    if audit != AUDIT[arch] or (arch == "x86_64" and nr >= 0x40000000):
        return KILL
    name = next((name for name, numbers in NUMBERS.items() if numbers.get(arch) == nr), None)
    if any(name in group["calls"] for group in LIST["deny"]):
        return EPERM
    group = next((group for group in LIST["allow"] if name in group["calls"]), None)
    if group is None:
        return ENOSYS
    if group.get("network") and not network:
        return EPERM
    return ALLOW if any(fits(way, args) for way in group.get("when", [{}])) else EPERM


def interesting_words() -> list[int]:
    """Every constant that the list compares with, its complement, its neighbours and unions of flags."""
    found = {0, 1, 2**31, 2**32 - 1, 2**63, 2**64 - 1}
    for group in LIST["allow"]:
        for way in group.get("when", []):
            for test in way.values():
                for values in test.values():
                    found |= set(values.values()) | {value ^ (2**32 - 1) for value in values.values()}
                    found |= {value + 1 for value in values.values()} | {sum(values.values()) % 2**32}
    return sorted(found)


WORDS = st.one_of(
    st.sampled_from(interesting_words()),
    st.builds(lambda low, high: low | high << 32, st.sampled_from(interesting_words()), st.integers(1, 2**32 - 1)),
    st.integers(0, 2**64 - 1),
)
CONDITIONED = sorted(name for group in LIST["allow"] if "when" in group for name in group["calls"])


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, bool, int, int, tuple[int, ...]]:
    """A program and a call for it: mostly of listed numbers with telling arguments."""
    arch, network = draw(st.sampled_from(PROGRAMS))
    conditioned = [NUMBERS[name][arch] for name in CONDITIONED if arch in NUMBERS[name]]
    nr = draw(
        st.one_of(
            st.sampled_from(conditioned),
            st.integers(0, 600),
            st.integers(0x40000000, 0x40000000 + 600),
            st.integers(0, 2**32 - 1),
        )
    )
    audit = draw(st.sampled_from([AUDIT[arch]] * 12 + [*AUDIT.values(), *OTHER_AUDIT.values()]))
    return arch, network, audit, nr, draw(st.tuples(*[WORDS] * 6))


def test_the_kept_programs_are_those_that_the_list_gives() -> None:
    """Building again from allow.toml and numbers.toml gives the bytes that are kept."""
    assert build.programs() == {name: (HOME / name).read_bytes() for name in build.programs()}
    assert {path.name for path in [*HOME.glob("*.bpf"), *HOME.glob("*.json")]} == set(build.programs())


def test_check_finds_a_stale_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`build --check` names the program that differs and fails; building puts it right."""
    monkeypatch.setattr(build, "_HERE", tmp_path)
    assert build.main([]) == 0
    assert build.main(["--check"]) == 0
    whole = (tmp_path / "aarch64.bpf").read_bytes()
    (tmp_path / "aarch64.bpf").write_bytes(whole[:-8])
    capsys.readouterr()
    assert build.main(["--check"]) == 1
    assert f"aarch64.bpf: {len(whole) // 8} instructions, stale" in capsys.readouterr().out
    assert build.main([]) == 0
    assert (tmp_path / "aarch64.bpf").read_bytes() == whole


@pytest.mark.parametrize("arch", AUDIT)
def test_numbers_are_those_of_libseccomp(arch: str) -> None:
    """Each number is libseccomp's, and a call is absent exactly where the architecture lacks it."""
    unknown = set()
    for name, numbers in NUMBERS.items():
        try:
            number = pyseccomp.resolve_syscall(LIBSECCOMP[arch], name)
        except OSError:
            number = -1
        if number == -1:
            unknown.add(name)
            continue
        assert numbers.get(arch) == (number if number >= 0 else None), name
    # libseccomp 2.5.4 does not know it yet; since 424 a new call has one number everywhere.
    assert unknown <= {"fchmodat2"}
    assert NUMBERS["fchmodat2"] == {"x86_64": 452, "aarch64": 452}


def test_named_constants_have_the_values_of_the_system() -> None:
    """A constant's name in the list and its value belong together, where Python knows the name."""
    known = 0
    for group in LIST["allow"]:
        for way in group.get("when", []):
            for test in way.values():
                for values in test.values():
                    for name, value in values.items():
                        for module in (fcntl, signal, socket, stat, termios):
                            if hasattr(module, name):
                                assert getattr(module, name) == value, name
                                known += 1
    assert known > 30


@settings(deadline=None, max_examples=1500)
@given(calls())
@example(("x86_64", True, AUDIT["x86_64"], 2**32 - 1, (0,) * 6))
@example(("x86_64", False, AUDIT["aarch64"], 0, (0,) * 6))
def test_a_program_answers_what_the_list_means(call: tuple[str, bool, int, int, tuple[int, ...]]) -> None:
    """For any architecture, number and arguments the BPF returns what the list promises."""
    arch, network, audit, nr, args = call
    program = seccomp.load(arch, network=network)
    assert simulate(program, audit, nr, args)[0] == meaning(arch, network, audit, nr, args)


@pytest.mark.parametrize(("arch", "network"), PROGRAMS)
def test_every_number_is_answered_as_the_list_means(arch: str, network: bool) -> None:
    """Not one number up to 1000 slips through the bisection, with zero arguments."""
    program = seccomp.load(arch, network=network)
    args = (0,) * 6
    for nr in range(1000):
        answer = simulate(program, AUDIT[arch], nr, args)[0]
        assert answer == meaning(arch, network, AUDIT[arch], nr, args), nr


@pytest.mark.parametrize(("arch", "network"), PROGRAMS)
def test_programs_are_small_and_quick(arch: str, network: bool) -> None:
    """The kernel's bound of 4096 instructions is far, and a plain call is answered within 14."""
    program = seccomp.load(arch, network=network)
    assert len(program) % 8 == 0
    assert len(program) // 8 < 512
    for name in ("read", "write", "futex", "mmap", "epoll_pwait", "close"):
        answer, steps = simulate(program, AUDIT[arch], NUMBERS[name][arch], (0,) * 6)
        assert (answer, steps <= 14) == (ALLOW, True), (name, steps)


def test_no_architecture_named_is_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """`load(None)` goes by `uname -m`."""
    for arch, network in PROGRAMS:
        monkeypatch.setattr(seccomp.os, "uname", lambda arch=arch: type("U", (), {"machine": arch}))
        assert seccomp.load(None, network=network) == seccomp.load(arch, network=network)
    assert len({seccomp.load(arch, network=network) for arch, network in PROGRAMS}) == 4


@pytest.mark.parametrize("arch", ["riscv64", "", "../x86_64", "i686", "x86_64-net"])
def test_an_unknown_machine_has_no_sandbox(arch: str) -> None:
    """A machine without a program is refused by name, never run unfiltered."""
    with pytest.raises(SandboxUnavailable, match="no seccomp allow-list for") as caught:
        seccomp.load(arch, network=False)
    assert caught.value.hint == "cells run on x86_64 and aarch64"


def test_a_missing_program_is_no_sandbox(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An installation that lost its programs refuses with a sentence."""
    monkeypatch.setattr(seccomp, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(SandboxUnavailable, match=r"x86_64\.bpf cannot be read: No such file"):
        seccomp.load("x86_64", network=False)


GOOD = {"reason": "r", "calls": ["read"]}


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"allow": [GOOD, GOOD], "deny": []}, "read is named twice"),
        ({"allow": [GOOD], "deny": [GOOD]}, "read is named twice"),
        ({"allow": [GOOD | {"reason": ""}], "deny": []}, "no reason is given"),
        ({"allow": [GOOD | {"only_if": 1}], "deny": []}, r"unknown keys \['only_if'\]"),
        ({"allow": [GOOD], "deny": [GOOD | {"when": []}]}, r"unknown keys \['when'\]"),
        ({"allow": [GOOD], "deny": [], "log": []}, r"unknown keys \['log'\]"),
        ({"allow": [GOOD | {"when": []}], "deny": []}, "an empty condition"),
        ({"allow": [GOOD | {"when": [{"arg0": {"is": {"A": 1}}}, {}]}], "deny": []}, "an empty condition"),
        ({"allow": [GOOD | {"when": [{"arg0": {"is": {}}}]}], "deny": []}, "can never be"),
        (
            {"allow": [GOOD | {"when": [{"arg0": {"is": {"A": 3}, "ignoring": {"B": 1}}}]}], "deny": []},
            "never be",
        ),
        ({"allow": [GOOD | {"when": [{"arg0": {"is": {"A": 2**32}}}]}], "deny": []}, "can never be"),
        (
            {"allow": [GOOD | {"when": [{"arg0": {"without": {"A": 2**32}}}]}], "deny": []},
            "do not fit 32 bits",
        ),
        ({"allow": [GOOD | {"when": [{"arg0": {"not": {"A": 1}}}]}], "deny": []}, r"unknown keys \['not'\]"),
        ({"allow": [GOOD | {"when": [{"arg6": {"is": {"A": 1}}}]}], "deny": []}, "not in tuple"),
    ],
)
def test_a_slip_in_the_list_is_an_error(document: dict[str, object], says: str) -> None:
    """What the builder does not understand stops it, instead of allowing more or less than written."""
    with pytest.raises(ValueError, match=says):
        rules.by_name(document, network=False)
