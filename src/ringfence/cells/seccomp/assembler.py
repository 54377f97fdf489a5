"""Turns answers into a classic BPF program (linux/filter.h, linux/seccomp.h).

The program checks the architecture, then finds the number by bisection (about seven
comparisons, whichever call it is), then tests arguments where the answer hangs on them. All
jumps go forward. A jump that a byte cannot hold is a ValueError, never a wrong program.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ringfence.cells.seccomp.rules import Answer, Condition, Test, Verdict

#: AUDIT_ARCH_* (linux/audit.h): machine, 64 bit, little-endian.
AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
#: Set in the numbers of x32, the 32-bit-pointer calls of x86-64 (asm/unistd.h). From here on KILL:
#: no library falls back from such a call, so whoever makes one is looking for a way round the list.
X32_BIT = 0x40000000

_RETURN = {
    Answer.ALLOW: 0x7FFF0000,
    Answer.EPERM: 0x00050000 | 1,
    Answer.ENOSYS: 0x00050000 | 38,
    Answer.KILL: 0x80000000,
}
_LD_WORD, _AND, _JA, _JEQ, _JGE, _RET = 0x20, 0x54, 0x05, 0x15, 0x35, 0x06
_NUMBER, _ARCH, _ARGS = 0, 4, 16  # offsets in struct seccomp_data


@dataclass(frozen=True)
class _Label:
    """A place to jump to: the next instruction that is emitted after it."""

    name: str


@dataclass(frozen=True)
class _Jump:
    """An instruction whose targets are labels; None is the next instruction."""

    code: int
    k: int
    true: str | None
    false: str | None


_Item = _Label | _Jump | tuple[int, int]


def assemble(arch: str, verdicts: Mapping[int, Verdict]) -> bytes:
    """The program for an architecture as `struct sock_filter[]`, little-endian."""
    runs = _runs(arch, verdicts)
    conditions = sorted({verdict for _, verdict in runs if isinstance(verdict, tuple)}, key=repr)
    names = {condition: f"condition{index}" for index, condition in enumerate(conditions)}
    code: list[_Item] = [
        (_LD_WORD, _ARCH),
        _Jump(_JEQ, AUDIT_ARCH[arch], "number", None),
        (_RET, _RETURN[Answer.KILL]),
        _Label("number"),
        (_LD_WORD, _NUMBER),
    ]
    code += _search(runs, names)
    for condition, name in names.items():
        code += [_Label(name), *_tests(condition, name)]
    return _encode(code)


def _runs(arch: str, verdicts: Mapping[int, Verdict]) -> list[tuple[int, Verdict]]:
    """Numbers as runs of one answer: (first number, answer), from 0 upwards without a gap."""
    answers = dict(verdicts)
    for number in verdicts:
        answers.setdefault(number + 1, Answer.ENOSYS)
    answers.setdefault(0, Answer.ENOSYS)
    if arch == "x86_64":
        answers[X32_BIT] = Answer.KILL
    runs: list[tuple[int, Verdict]] = []
    for number, verdict in sorted(answers.items(), key=lambda item: item[0]):
        if not runs or runs[-1][1] != verdict:
            runs.append((number, verdict))
    return runs


def _search(runs: Sequence[tuple[int, Verdict]], names: Mapping[Condition, str]) -> list[_Item]:
    if len(runs) == 1:
        verdict = runs[0][1]
        if isinstance(verdict, Answer):
            return [(_RET, _RETURN[verdict])]
        return [_Jump(_JA, 0, names[verdict], None)]
    middle = len(runs) // 2
    first = runs[middle][0]
    upper = f"from{first}"
    return [
        _Jump(_JGE, first, upper, None),
        *_search(runs[:middle], names),
        _Label(upper),
        *_search(runs[middle:], names),
    ]


def _tests(condition: Condition, name: str) -> list[_Item]:
    code: list[_Item] = []
    for index, alternative in enumerate(condition):
        otherwise = f"{name}.else{index}"
        for step, test in enumerate(alternative):
            code += _test(test, f"{name}.{index}.{step}", otherwise)
        code += [(_RET, _RETURN[Answer.ALLOW]), _Label(otherwise)]
    return [*code, (_RET, _RETURN[Answer.EPERM])]


def _test(test: Test, fits: str, otherwise: str) -> list[_Item]:
    code: list[_Item] = [(_LD_WORD, _ARGS + 8 * test.arg)]
    if test.mask != 0xFFFFFFFF:
        code.append((_AND, test.mask))
    code += [_Jump(_JEQ, value, fits, None) for value in test.values[:-1]]
    code.append(_Jump(_JEQ, test.values[-1], None, otherwise))
    return [*code, _Label(fits)]


def _encode(code: Sequence[_Item]) -> bytes:
    places: dict[str, int] = {}
    count = 0
    for item in code:
        if isinstance(item, _Label):
            places[item.name] = count
        else:
            count += 1
    program = b""
    for item in code:
        if not isinstance(item, _Label):
            program += _instruction(item, places, len(program) // 8)
    return program


def _instruction(item: _Jump | tuple[int, int], places: Mapping[str, int], place: int) -> bytes:
    if not isinstance(item, _Jump):
        return struct.pack("<HBBI", item[0], 0, 0, item[1])
    true = places[item.true] - place - 1 if item.true is not None else 0
    false = places[item.false] - place - 1 if item.false is not None else 0
    if item.code == _JA:
        return struct.pack("<HBBI", _JA, 0, 0, true)
    if not (0 <= true <= 255 and 0 <= false <= 255):
        raise ValueError(f"the jump to {item.true or item.false} is too long for a byte")
    return struct.pack("<HBBI", item.code, true, false, item.k)
