"""A line of a text in which a telling name stands, and what stands around it."""

import re
from typing import NamedTuple

from ringfence.secrets.vocabulary import ANYBODY

#: Whose a password is, or what it opens: what stands beside it where it is used.
_OPENS = re.compile(
    r"(?<![A-Za-z])\w{0,20}?(?:user|login|e?mail|account|host(?:name)?|database|db|bind_?dn|ssid"
    r"|dsn)(?:_?(?:name|id))?[\"'`\])]{0,3}[ \t]{0,30}"
    r"(?:=>|:=|[:=,(>])[ \t]{0,10}[bfru@]{0,2}[\"'`]?[A-Za-z0-9]|(?<![\w.])[\"']?name[\"']?[ ]?(?::|=>)[ ]?[\"'][a-z]"
    r"|\bjdbc:[a-z]|String id[ ]?=",
    re.IGNORECASE,
)
#: Who may do everything: an account whose password is one, however weak.
_ADMINISTERS = re.compile(
    r"(?:user(?:[ _-]?name|[ _-]?id)?|login|uid|account)[\"'`\])]{0,3}[ \t]{0,30}(?:=>|:=|[:=,(>])[ \t]{0,10}"
    r"[bfru@]{0,2}[\"'`]?(?:root|admin|administrator|sa|postgres|sysdba|system|guest)(?![\w.$(@])",
    re.IGNORECASE,
)
#: Who it is that has a password: what a name, a mail address or an account is given.
_ACCOUNT = re.compile(
    r"(?<![A-Za-z])\w{0,20}?(?:user(?:[ _-]?name|[ _-]?id)?|login|uid|account|e-?mail|ssid|usuario|用户名|账号|사용자)[\"'`*\])]{0,4}[ \t]{0,30}"
    r"(?:=>|:=|[:=,(>\uff1a]|to(?=[ ][\"'])|value[ ]?=(?=[ ]?[\"'])|is:?[ ])[ \t*]{0,10}(?:[bfru@]{0,2}(?P<quote>[\"'`]))?(?P<who>[A-Za-z][\w.+-]{1,40}(?:@[\w-]{1,40}(?:\.[\w-]{1,40}){1,4})?)"
    r"(?=[\"'`\s,;&<})|]|$)",
    re.IGNORECASE,
)


class Within(NamedTuple):
    """What a line stands in. `bare`: it is no code, so that what stands without quotes is a text, too; `settings`: nothing but
    names and what they are given stands there; `example`: it shows what is to be filled in."""

    bare: bool
    settings: bool
    example: bool


class Line:
    """A line, and what stands around it."""

    def __init__(self, text: str, start: int, end: int, within: Within) -> None:
        self.text, self.start, self.end, self._whole = text[start:end], start, end, text
        self.bare, self.settings, self.example = within
        self._opens: bool | None = None
        self._accounts: bool | None = None

    def around(self, many: int) -> str:
        """What stands around the line, and it."""
        return self._whole[max(self.start - many, 0) : self.end + many]

    def opens(self) -> bool:
        """Whether it is said in the line, or in three before and behind it, whose a password is."""
        if self._opens is None:
            self._opens = _OPENS.search(self._whole, *self._near()) is not None
        return self._opens

    def administers(self) -> bool:
        """Whether whose it is may do everything."""
        return _ADMINISTERS.search(self._whole, *self._near()) is not None

    def accounts(self) -> bool:
        """Whether it is said there whose it is, by a name that is somebody's."""
        if self._accounts is None:
            near = _ACCOUNT.finditer(self._whole, *self._near())
            self._accounts = any((self.bare or found["quote"]) and is_somebody(found["who"]) for found in near)
        return self._accounts

    def near(self) -> str:
        """The line, with three before and behind it."""
        low, high = self._near()
        return self._whole[low:high]

    def _near(self) -> tuple[int, int]:
        low, high = self.start, self.end
        for _ in range(3):
            before = self._whole.rfind("\n", max(low - 200, 0), max(low - 1, 0)) + 1
            low = before if before or low < 200 else low
            behind = self._whole.find("\n", high + 1, high + 200)
            ends = len(self._whole) if len(self._whole) - high < 200 else high
            high = ends if behind < 0 else behind
        return low, high


def is_somebody(who: str) -> bool:
    """Whether it is the name of an account, and not a word for whichever there will be."""
    folded = who.lower().partition("@")[0]
    anybody = folded.startswith(("your", "my_", "my-", "some")) or folded.endswith(("username", "user_name"))
    return folded not in ANYBODY and not anybody and not who.istitle()
