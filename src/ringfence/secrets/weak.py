"""Words that are passwords: such as everybody knows, or that are called after who has them, where it is said whose they are."""

import re

from ringfence.secrets import beside, passwords, patterns, values
from ringfence.secrets.lines import Line, is_somebody
from ringfence.secrets.vocabulary import USED


def word(line: Line) -> tuple[int, int] | None:
    """Where the word stands that is the whole value of a password."""
    found = patterns.WORD.match(line.text)
    if found is None or values.class_of(found["name"]) != values.PASSWORD or not beside.NAMED_SO.search(found["name"]):
        return None
    name = found["name"]
    if found["run"] and (found["blank"] or not name.isupper()):
        return None  # what a program is run with has no blank before it
    if not line.settings and found["blank"] and not (line.opens() or beside.is_first(name) or is_setting(name)):
        return None
    return found.span("value") if is_given(name, found["value"], line) else None


def is_setting(name: str) -> bool:
    """Whether it is called as what an environment sets: `SHOP_PASSWORD`."""
    return name.isupper() and "_" in name


def is_given(name: str, value: str, line: Line) -> bool:
    """Whether a word is a password where no code is, so that it is the name of nothing."""
    if beside.is_weak(name, value, line):
        return True
    whose = line.opens() or beside.is_first(name)
    if values.is_secret(values.PASSWORD, value, quoted=True, told=True, beside=whose):
        return True
    if passwords.is_two_words(value) and not values.is_nothing(value):
        return True
    says_what = whose or _SAYS_WHAT.search(name) is not None
    said = (line.settings or is_setting(name)) and says_what and passwords.is_any_word(value)
    return said and not line.example and not line.text.lstrip().startswith(("#", ";"))


#: A name that says what is opened; it is given nothing but what opens it.
_SAYS_WHAT = re.compile(r"[A-Za-z][_.-]?(?:[pP]ass|PASS|[pP]wd|PWD|[pP]w|PW)")


def is_noted(value: str, line: Line) -> bool:
    """Whether what people write down beside an account is its password."""
    if not line.accounts() or values.stands_for_some(value):
        return False
    if value in USED or passwords.is_any_word(value) or passwords.is_of_somebody(value):
        return True
    letters = sum(one.isalpha() for one in value)
    return passwords.has_digit(value) and (letters > 1 or (value.isdigit() and len(set(value)) > 1))


#: Who it is that a command is told a password of.
_TOLD_WHO = re.compile(
    r"(?<![\w-])(?:-u|-U|--?(?:user|username|login|account|email))[ =]{1,2}[\"']?(?P<who>[A-Za-z][\w.@+-]{1,60})"
)


def is_default(value: str) -> bool:
    """Whether a word is the password where nobody sets another."""
    return value in USED and not value.startswith("pass") and value != "pwd"


def is_option(name: str, value: str, line: Line) -> bool:
    """Whether a command is told a word as the password of somebody."""
    if not (passwords.is_any_word(value) or passwords.is_of_somebody(value)):
        return False
    if name in ("storepass", "keypass"):
        return True
    return any(is_somebody(who["who"]) for who in _TOLD_WHO.finditer(line.text))


def is_used(name: str, value: str, line: Line) -> bool:
    """Whether a password is one that everybody knows, or is called after who has it, where it is said whose it is."""
    if value not in USED and not value.isalpha() and "_" not in value and "-" not in value:
        return False  # no word, as most are
    if beside.is_weak(name, value, line):
        return True
    if line.example:
        return False
    if value in USED and passwords.has_digit(value) and _SAYS_WHAT.search(name) and value.isalnum():
        return not value.isdigit()
    called = passwords.is_of_somebody(value) or _is_upper_camel(value)
    return called and (beside.is_first(name) or line.accounts())


def _is_upper_camel(value: str) -> bool:
    """Whether it is words as only types and classes are called so, none of which speaks of what it is."""
    if not value[:1].isupper() or not passwords.is_two_words(value) or values.is_nothing(value):
        return False
    return beside.NAMED_SO.search(value) is None and not passwords.speaks(value)
