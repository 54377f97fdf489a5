"""Names that are confusingly like popular ones: what a hurried eye, a slipped finger or a guess would take for them.

The popular names are data (`popular.txt`, its source at its top). A popular name itself is never a lookalike. Two names
are alike where they are the same once look-alike letters are unified, separators dropped, or words reordered; where one
letter is missing, doubled, wrong or swapped; or where a word such as "python" or "official" was put on.
"""

from functools import cache
from importlib.resources import files

from ringfence.dataclasses import dataclass

#: Short names differ by one letter from many honest ones.
_SHORTEST = 5
#: What looks alike in common fonts, within the letters that a package's name can have (Unicode TR 39 for ASCII).
_UNIFIED = tuple(pair.split(">") for pair in "rn>m vv>w cl>d 0>o 1>l i>l 5>s 3>e 2>z 8>b".split())
_PUT_ON = frozenset(
    "python python2 python3 py py3 lib official original real latest new secure safe fixed patched update updated "
    "upgrade beta pro plus dev installer setup".split()
)
#: How many of the most popular names are worth a letter; the rest is in the table to be known as honest.
_WORTH_A_LETTER = 1000
#: To how many of the most popular names words are put on by those who deceive.
_WORTH_A_WORD = 400
#: And to how many a number: below them are psycopg2 and its like.
_WORTH_A_DIGIT = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Lookalike:
    """The popular name that is meant, and by what the other differs."""

    popular: str
    trick: str


@cache
def popular() -> tuple[str, ...]:
    """The most downloaded names, normalised, most first."""
    text = (files("ringfence.advisories") / "popular.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return tuple(dict.fromkeys(name for line in lines for name in line.split()))


def lookalike(name: str) -> Lookalike | None:
    """The popular name that a normalised name is confusingly like; None where it is none, or is popular itself."""
    return None if name in _tables().known else alike(name, _tables())


@dataclass(frozen=True, kw_only=True)
class Tables:
    """What popular names turn into, so that one name is held against all of them at once."""

    known: dict[str, int]
    unified: dict[str, str]
    joined: dict[str, str]
    sorted_words: dict[str, str]
    shortened: dict[str, list[str]]


def tables(names: tuple[str, ...]) -> Tables:
    """The tables of these names."""
    made = Tables(
        known={name: rank for rank, name in enumerate(names)}, unified={}, joined={}, sorted_words={}, shortened={}
    )
    for name in names:
        made.unified.setdefault(unified(name), name)
        made.joined.setdefault(name.replace("-", ""), name)
        if "-" in name:
            made.sorted_words.setdefault(_words(name), name)
        if len(name) >= _SHORTEST and made.known[name] < _WORTH_A_LETTER:
            for short in {name, *_without_one(name)}:
                made.shortened.setdefault(short, []).append(name)
    return made


@cache
def _tables() -> Tables:
    return tables(popular())


def alike(name: str, against: Tables) -> Lookalike | None:
    """The name of the tables that `name` is like, the most telling trick first."""
    if len(name) < 3 or len(name) > 100:
        return None
    for table, key, trick in (
        (against.joined, name.replace("-", ""), "separators are put in or left out"),
        (against.sorted_words, _words(name), "its words are in another order"),
        (against.unified, unified(name), "letters are replaced by others that look like them"),
    ):
        found = table.get(key)
        if key and found and found != name and len(found) >= _SHORTEST:
            return Lookalike(popular=found, trick=trick)
    return _one_letter(name, against) or _word_put_on(name, against)


def unified(name: str) -> str:
    """What is left of a name for an eye that reads quickly: look-alike letters made one."""
    for one, other in _UNIFIED:
        name = name.replace(one, other)
    return name


def _words(name: str) -> str:
    words = name.split("-")
    return "-".join(sorted(words)) if len(words) > 1 else ""


def _without_one(name: str) -> list[str]:
    return [name[:at] + name[at + 1 :] for at in range(len(name))]


def _one_letter(name: str, against: Tables) -> Lookalike | None:
    candidates = {found for short in (name, *_without_one(name)) for found in against.shortened.get(short, ())}
    for found in sorted(candidates, key=against.known.__getitem__):
        if found != name and (trick := _trick(name, found, against.known[found] < _WORTH_A_DIGIT)):
            return Lookalike(popular=found, trick=trick)
    return None


def _trick(name: str, found: str, digits_count: bool) -> str:
    """By what one letter the names differ; "" where honest names do too: in the number at their end."""
    begin = 0
    while begin < min(len(name), len(found)) and name[begin] == found[begin]:
        begin += 1
    left, right = name[begin:], found[begin:]
    if left[1:] == right[1:] and left and right:
        return "" if left[0].isdigit() and right[0].isdigit() else "one letter is another"
    if left[1:] == right and left:
        return "" if left.isdigit() and len(left) == 1 and not digits_count else "one letter is too many"
    if left == right[1:] and right:
        return "" if right[0].isdigit() and len(right) == 1 and len(name) < 6 else "one letter is missing"
    if left[:2] == right[:2][::-1] and left[2:] == right[2:]:
        return "two letters are swapped"
    return ""


def _word_put_on(name: str, against: Tables) -> Lookalike | None:
    words = name.split("-")
    if len(words) < 2:
        return None
    for word, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
        found = "-".join(rest)
        if word in _PUT_ON and len(found) >= 4 and against.known.get(found, _WORTH_A_WORD) < _WORTH_A_WORD:
            return Lookalike(popular=found, trick=f"the word {word!r} is put on")
    return None
