"""Whether letters are words or drawn at random: by how seldom, in English and in names of code, one letter follows another."""

import itertools
import re
from functools import lru_cache

#: For each letter how seldom each other one follows it: 1 often, 9 as good as never.
_SELDOM = (
    "74337648495232949232566658 25452667257165259335378848 27552682493357169342478969 35541568177465368435467769"
    " 36325458697342646223756469 36553268199365268344397859 37561643299353369235378967 17661889297556269443489959"
    " 44344449997341348432849694 26552789366656266626274879 36650546288464457625474958 27641678197276259744468939"
    " 14651788297546228745478969 37332427385575359722558969 55337558585331439233354688 27662674396267239243487849"
    " 58656586689355768535057988 26441648295545259433567949 47362663295456336631376859 27461683198566359234476848"
    " 43453459499332639232889798 17570778299767469656788879 17552573296463268335776799 45342485298445527551667457"
    " 45453557379333419523755775 27860676287666358655599855"
).split()
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_STEP = {a + b: int(row[at]) for a, row in zip(_LETTERS, _SELDOM, strict=True) for at, b in enumerate(_LETTERS)}
#: Of drawn letters nine in ten lie above this, of words hardly any.
STRANGE = 4.1
_RUN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_MIXED = re.compile(r"[A-Za-z0-9]+")
_NUMBERED = re.compile(r"[vV]?[0-9]{1,4}|[0-9]*[A-Za-z]+[0-9]{0,4}")


@lru_cache(maxsize=8192)
def strangeness(letters: str) -> float:
    """How seldom its letters follow each other, in the mean of its pairs: words 2 to 4, drawn letters 4 to 6."""
    folded = letters.lower()
    steps = [_STEP[pair] for one, other in itertools.pairwise(folded) if (pair := one + other) in _STEP]
    return sum(steps) / len(steps) if steps else 0.0


#: The same for letters that are few: the strangest one or two in a hundred of the words of code lie above these.
_STRANGE_OF = {5: 5.3, 6: 4.7, 7: 4.2, 8: 3.9, 9: 3.7}


def is_no_word(letters: str) -> bool:
    """Whether letters follow each other as in no word, though they are few."""
    return len(letters) >= 5 and strangeness(letters) > _STRANGE_OF.get(len(letters), 3.6)


#: Words that are joined as names of code are.
CAMEL = re.compile(r"_*[A-Za-z]?[a-z]+(?:[A-Z][a-z]+)*[0-9]{0,3}")


def looks_drawn(value: str) -> bool:
    """Whether letters alone look drawn at random: their case changes, or they follow each other, as in no word."""
    if len(value) < 8:
        return False
    if switches(value) > len(value) / 4 and not CAMEL.fullmatch(value):
        return True
    return len(value) >= 10 and (value.islower() or value.isupper()) and strangeness(value) > STRANGE


def switches(value: str) -> int:
    """How often the case changes: in words seldom, in drawn letters every other one."""
    return sum(one.islower() != other.islower() for one, other in itertools.pairwise(value))


def worded(value: str) -> float:
    """The share of a value that is words, as `release-notes-2024` and `oneBigName` are whole."""
    known = total = 0
    for piece in _MIXED.findall(value):
        if piece.isdigit():
            total += len(piece) if len(piece) > 8 else 0
            continue
        if len(piece) < 4 and piece.isalpha():
            continue
        total += len(piece)
        runs = [run for run in _RUN.findall(piece) if len(run) > 2]
        told = sum(len(run) for run in runs if strangeness(run) < STRANGE)
        if told > len(piece) * 0.6 and _NUMBERED.fullmatch(piece):
            told = len(piece)
        known += told
    return known / total if total else 1.0
