"""Whether a line may hold a secret at all: most of those with a telling word have nothing that could be one.

A password may be any word, so every line that speaks of one may. What stands under other names is drawn: then something in
the line has digits among its letters, or letters that follow each other as in no word.
"""

import re
from bisect import bisect_left

from ringfence.secrets.words import STRANGE, strangeness, switches

#: What stands behind the name of what is given a text, or anything in settings; and before `key` what somebody may think of one for.
_GIVEN = r"\w{0,12}[\"'`\])]{0,3}[ \t]{0,40}(?:[:=,|?(]|or )(?:[ \t]{0,40}\r?\n)?[^\n]{0,80}?[\"'`]"
_SETTING = r"\w{0,12}[ \t]{0,10}[:=][ \t]{0,10}[A-Za-z0-9][\w-]{3,60}(?![^\s#;,])"
_SIGNING = "|".join(
    f"(?<=(?i:{what}key))|(?<=(?i:{what}.key))"
    for what in ("encrypt", "encryption", "crypto", "cipher", "aes", "sign", "signing", "hmac", "jwt")
)
#: What speaks of a password, or of what is one under another name, by how it begins.
_SPEAKS = {
    "pass": re.compile(r"(?i:passs?(?:word|wort|wrd|wd|phrase|code))|PASS(?![A-Za-z])|[pP]ass(?![a-z])"),
    "psw": re.compile("(?i:psw)"),
    "senha": re.compile("(?i:senha)"),
    "contrase": re.compile("(?i:contrase)"),
    "kennwort": re.compile("(?i:kennwort)"),
    "wachtwoord": re.compile("(?i:wachtwoord)"),
    "pw": re.compile(r"(?i:pwd|(?<![a-z])pw(?![a-z]))"),
    "auth": re.compile(r"(?i:authoriz)|auth[ ]?="),
    "secret": re.compile(rf"(?i:secret)(?:(?<=(?i:minio.secret))|{_GIVEN}|{_SETTING})"),
    "key": re.compile(rf"(?i:key)(?:(?<=(?i:[cgnorst]key))|(?<=(?i:[cgnorst].key)))(?={_GIVEN})(?:{_SIGNING})"),
    "cred": re.compile(r"(?i:(?<=security.)credentials)"),
}
#: With what one of those words ends, and what may stand behind it.
_BEFORE_KEY, _BETWEEN = frozenset("tTnNoOrRsSgGcC"), frozenset("_-.")
#: The rest of an address that tells nothing but a place.
_ADDRESS = re.compile(r"://[^\s=:@\"'`<>()]*(?=[\s\"'`<>()]|$)")
_RUN = re.compile(r"[^\s\"'`<>()\[\]{},;]{8,}")
_TEXT = re.compile(r"[\"'`>:=][ \t]*[^\s\"'`<]{8,}")
_DIGIT = re.compile("[0-9]")
_LETTERS = re.compile(r"[A-Za-z+/_~$.-]{12,}")


class Prospects:
    """The lines of a text that may hold a secret. `folded`: where words stand in the text in lower case."""

    def __init__(self, text: str, folded: dict[str, list[int]]) -> None:
        self._ascii = text.isascii()
        spoken = [(word, pattern) for word, pattern in _SPEAKS.items() if word in folded]
        self._speaks = sorted(
            at
            for word, pattern in spoken
            for at in folded[word]
            if (word != "key" or _may_sign(text, at)) and pattern.match(text, at)
        )

    def has_any(self, line: str, start: int) -> bool:
        """Whether something in a line, that begins at a place, may be a secret."""
        at = bisect_left(self._speaks, start)
        if at < len(self._speaks) and self._speaks[at] < start + len(line):
            return True
        if (not self._ascii and not line.isascii()) or "Basic " in line:
            return True
        if "://" in line:
            line = _ADDRESS.sub("", line)
        if _DIGIT.search(line) and (_has_digits(_RUN.findall(line)) or _has_digits(_TEXT.findall(line))):
            return True
        return "minio" in line or any(map(_is_strange, _LETTERS.findall(line)))


def _may_sign(text: str, at: int) -> bool:
    """Whether one of the words that keys for signing are called by may stand before a place."""
    before = text[at - 1 : at]
    return before in _BEFORE_KEY or (before in _BETWEEN and text[at - 2 : at - 1] in _BEFORE_KEY)


def _has_digits(runs: list[str]) -> bool:
    return any(map(_DIGIT.search, runs))


def _is_strange(run: str) -> bool:
    """Whether letters without digits may be drawn; of very many it is not asked."""
    if len(run) > 200:
        return True
    letters = "".join(filter(str.isalpha, run))
    if letters.islower() or letters.isupper():
        return len(letters) >= 12 and strangeness(letters) > STRANGE + 0.1
    return len(run) >= 16 and switches(run) > len(run) / 5
