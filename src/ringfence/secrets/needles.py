"""Where any of many words stands in a text."""

import re
from collections.abc import Collection, Iterator
from functools import cache

#: Hits of one word that are looked at in one text.
MAX_HITS = 5000
#: From so many characters on one expression of all words is quicker than to look for each.
_MANY = 1 << 15


def hits(text: str, words: Collection[str]) -> Iterator[tuple[int, str]]:
    """(offset, word) of all words, those too that stand within each other."""
    if not text:
        return iter(())
    return _one_by_one(text, words) if len(text) < _MANY else _all_at_once(text, frozenset(words))


def _one_by_one(text: str, words: Collection[str]) -> Iterator[tuple[int, str]]:
    for word in words:
        at, count = text.find(word), 0
        while at >= 0 and count < MAX_HITS:
            count += 1
            yield at, word
            at = text.find(word, at + 1)


def _all_at_once(text: str, words: frozenset[str]) -> Iterator[tuple[int, str]]:
    expression, beginnings = _compiled(words)
    left = dict.fromkeys(words, MAX_HITS)
    found = expression.search(text)
    while found is not None:
        for word in beginnings[found.group()]:
            left[word] -= 1
            if left[word] >= 0:
                yield found.start(), word
        found = expression.search(text, found.start() + 1)


@cache
def _compiled(words: frozenset[str]) -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """An expression of the longest word at a place, and for each word those that it begins with."""
    return re.compile(_branch(sorted(words))), {one: [w for w in words if one.startswith(w)] for one in words}


def _branch(words: list[str]) -> str:
    """Words in order, with what they begin with in common written once."""
    by_letter = dict[str, list[str]]()
    for word in words:
        if word:
            by_letter.setdefault(word[0], []).append(word[1:])
    if not by_letter:
        return ""
    said = "|".join(re.escape(letter) + _branch(rest) for letter, rest in by_letter.items())
    return f"(?:{said})?" if "" in words else f"(?:{said})"
