"""Whether a value that stands under the name of a password is one, or a label, a field, a message, an expression."""

import re

from ringfence.secrets.checks import entropy
from ringfence.secrets.vocabulary import ALGORITHM, OF_CODE, OF_FIELDS, USED, WORDS
from ringfence.secrets.words import CAMEL, STRANGE, is_no_word, looks_drawn, strangeness, worded

#: What stands before a field.
_LABEL = re.compile(r"[^!@#$%^*]*:", re.DOTALL)
_IDENTIFIER = re.compile(r"[A-Za-z]+(?:[_.-][A-Za-z]+)+")
#: `new_password2`, `FORBIDDEN_VALUE1`: fields and constants are numbered, too.
_NUMBERED = re.compile(r"[A-Za-z]{2,}(?:_[A-Za-z]{2,})+_?[0-9]{1,2}")
#: `shop2.keyStorePassword`.
_PROPERTY = re.compile(r"[A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z][A-Za-z0-9-]*)+")
_SPEAKING = re.compile(r"pass(?:word|wd)|secret|token", re.IGNORECASE)
_ENDS_SPEAKING = re.compile(r"[A-Z]{2}(?:PASS|PASSWORD|PASSWD|PWD|PW|SECRET|TOKEN|KEY)$")
_CONSTANT = re.compile(r"[A-Z][A-Z0-9]{0,14}(?:[_-][A-Z0-9]{1,14})+")
_SPLIT = re.compile(r"[\s_.:/\\|,;@&+=~#!?()<>\[\]{}*'\"-]+")
#: Two ports, the parts of an expression, a text that is formatted.
_COMPUTED = re.compile(
    r"\d+:\d+|\d?\*\(?[A-Z]+\)?|\w+(?:::\w+)+|[A-Z]+_?[A-Z_]*=.+|[a-z]+(?:,[a-z]+)+|\d{1,4}-[a-z]+"
    r"|.*%[0-9.-]{0,4}[sdxu](?![A-Za-z]).*|[*][|)].*|[a-z_]+(?::[\w,.]+)?(?:\|[a-z_]+(?::[\w,.]+)?)+"
    r"|(?:in|min|max|size|same|regex|exists|unique|between|digits|required_with|required_if):.*",
    re.DOTALL,
)
_PIECE = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HUMP = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")


def is_password(value: str, *, quoted: bool, told: bool = False, beside: bool = False) -> bool:
    """Whether a value is a password.

    `told`: it is given to a name that says so and no more, which a word may be given to as well; `beside`: whose it is, or where it
    opens something, stands beside it.
    """
    if len(value) > 120 or is_sentence(value) or sum(one.isalnum() for one in value) < 3 or _LABEL.fullmatch(value):
        return False
    if ALGORITHM.fullmatch(value) or _COMPUTED.fullmatch(value) or _is_of_another_language(value):
        return False
    if all(word.lower() in WORDS for word in pieces(value)):
        signs = any(one in "!@#$%^&*+" for one in value)
        return not value.isalnum() and has_digit(value) and (signs or (told and quoted and len(value) > 7))
    if _IDENTIFIER.fullmatch(value):
        return _are_drawn(pieces(value), told=told) or (told and beside and quoted and _is_phrase(value))
    if _NUMBERED.fullmatch(value):
        return _are_drawn(pieces(value), told=told)
    if _SPEAKING.search(value):
        if _PROPERTY.fullmatch(value):
            return False
        return _is_grown(value, quoted=quoted)
    value = value.rstrip(",.;")
    if value.isalpha():
        return _is_letters(value, quoted=quoted, told=told, beside=beside)
    if value.isdigit():
        return quoted and 6 <= len(value) <= 20
    return True


def _are_drawn(parts: list[str], *, told: bool) -> bool:
    """Whether one of the words of a name is drawn, or where it is said that it may be, all of them."""
    if any(looks_drawn(word) and not _ENDS_SPEAKING.search(word) for word in parts):
        return True
    letters = "".join(parts).rstrip("0123456789")
    if not told or not letters.isalpha() or not letters.islower():
        return False
    return is_no_word(letters) and not any(one in OF_CODE or one in WORDS for one in parts)


def _is_of_another_language(value: str) -> bool:
    """Whether most of it is written in letters beyond ASCII: a label."""
    beyond = sum(one > "\x7f" for one in value)
    return beyond > 0 and (beyond > len(value) / 3 or not has_digit(value))


def _is_grown(value: str, *, quoted: bool) -> bool:
    """Whether what speaks of itself says more than what it is: `mypassword7x` does, `newPassword2` does not."""
    if quoted and value.islower() and value.isalpha():
        first = _SPEAKING.split(value)[0]
        if first == "":
            rest = _SPEAKING.sub("", value)
            return len(rest) > 4 and rest not in OF_CODE | OF_FIELDS | WORDS
        return len(value) < 30 and first not in OF_FIELDS
    rest = _SPEAKING.sub("", value)
    return has_digit(rest) and (len(rest) > 1 or not rest.isalnum()) and not _CONSTANT.fullmatch(value)


def _is_phrase(value: str) -> bool:
    """Whether it is words that no field or message is named with."""
    words = pieces(value)
    return (
        value.islower()
        and "." not in value
        and all(len(word) > 2 and word not in OF_CODE | OF_FIELDS | WORDS for word in words)
    )


def speaks(value: str) -> bool:
    """Whether it says itself that it is a password, or what is done with one."""
    said = {one.lower() for one in _PIECE.findall(value)}
    return _SPEAKING.search(value) is not None or not said.isdisjoint(OF_CODE | OF_FIELDS | WORDS)


def is_any_word(value: str) -> bool:
    """Whether it is a word that code, pages and settings have no other use for."""
    folded = value.lower()
    return (
        value.isalpha()
        and value.isascii()
        and 4 <= len(value) <= 30
        and not value.istitle()
        and folded not in OF_CODE
        and (value in USED or (folded not in WORDS and _SPEAKING.search(value) is None))
        and len(set(value)) > 2
    )


#: `shop_password`: of whoever is called so, where that says more than what it is.
_OF_SOMEBODY = re.compile(r"(?P<whose>[a-z]{3,20})[-_]?(?:password|passwd|pass|secret|pwd|pw)")


def is_of_somebody(value: str) -> bool:
    """Whether a password is called after who has it."""
    named = _OF_SOMEBODY.fullmatch(value)
    return named is not None and named["whose"] not in OF_FIELDS | OF_CODE | _ANYBODYS


_ANYBODYS = frozenset("user some hello this that demo sample the fake my your any example changeme dummy".split())


def _is_letters(value: str, *, quoted: bool, told: bool, beside: bool) -> bool:
    """Whether letters alone are a password: drawn ones, and where it is said words, too. Camel case is a name."""
    if looks_drawn(value):
        return True
    if not quoted or not value.isascii():
        return False
    if told and beside and len(value) > 5 and not value.isupper() and not CAMEL.fullmatch(value):
        return True
    folded = value.lower()
    if folded in OF_CODE:
        return False
    if told and is_no_word(folded) and (value.islower() or (len(value) > 6 and not value.isupper())):
        return True
    if not 4 <= len(value) <= 20 or not (value.islower() or (beside and told and value.isupper())):
        return False
    if beside and told:
        return len(set(value)) > 2
    varied = len(set(value)) > 2 if told else len(value) > 4 and entropy(value) > 2.3
    return varied and not _is_word(value)


def is_two_words(value: str) -> bool:
    """Whether it is letters that begin more than one word: an identifier in code, a password where no code is."""
    return value.isalpha() and value.isascii() and 7 < len(value) < 60 and _HUMP.search(value) is not None


#: As Google draws them for an application.
_GROUPED = re.compile(r"[a-z]{4}(?: [a-z]{4}){3}")


def is_sentence(value: str) -> bool:
    """Sentences are labels and messages; a passphrase of words cannot be told from them. Drawn characters may hold a blank."""
    if " " not in value:
        return False
    if _GROUPED.fullmatch(value):
        return not is_no_word(value.replace(" ", ""))
    marked = any(not one.isalnum() and one not in " .,:;?!'-()" for one in value)
    if not marked or not has_digit(value) or value.count(" ") > len(value) / 12:
        return True
    return any(piece.isalpha() and len(piece) > 2 for piece in value.split(" ")) or worded(value) > 0.5


def pieces(value: str) -> list[str]:
    """The words of a value, by what stands between them."""
    return [one for one in _SPLIT.split(value) if one]


def has_digit(value: str) -> bool:
    """Whether a digit stands in it."""
    return any(one.isdigit() for one in value)


_NAMES_OF_THINGS = re.compile(
    r"(?:tion|ment|ness|able|ible|ing|ed|er|or|ity|ous|ive|less|ful|ize|ise|ly|al|ic|field|input|label|text|name|code"
    r"|type)$"
)


def _is_word(value: str) -> bool:
    return _NAMES_OF_THINGS.search(value) is not None and strangeness(value) < STRANGE
