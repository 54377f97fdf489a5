"""Passwords and keys that functions of libraries are given, as they are written in programs, tests and pages."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ringfence.secrets import values
from ringfence.secrets.lines import is_somebody
from ringfence.secrets.passwords import is_two_words
from ringfence.secrets.vocabulary import USED

#: A text that is the value, and any other.
_VALUE = r"[\"'`](?P<value>[^\"'`\n]{4,120})[\"'`]"
_TEXT = r"[\"'][^\"'\n]{1,100}[\"']"
#: Characters of the line before a word, and behind it.
_BEFORE, _BEHIND = 150, 500
#: Places of one word that are looked at.
_MAX_HITS = 5000


#: What only says what it is.
_OF_ITSELF = frozenset("password passwd pass pwd secret user mypassword mypass changeit default hello world".split())


class _Call(NamedTuple):
    """A way to call, and the words, in lower case, of which one is in it. `key`: what it is given is drawn, if nobody thought
    of it; `said`: it may be a word, as nothing else stands there."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]
    key: bool = False
    said: bool = False


_CALLS = (
    _Call(
        (".tochararray(",),
        re.compile(
            r"(?:\.load|\.init|getKey|setEntry|PBEKeySpec|PasswordProtection|PasswordAuthentication|[pP]assword\w{0,20})"
            r"[ ]?[(=][^\n;]{0,120}?\"(?P<value>[^\"\n]{4,100})\"\.toCharArray\(\)"
        ),
        said=True,
    ),
    _Call(
        ("hmac256(", "hmac384(", "hmac512(", "signwith(", "signingkey(", "secretkeyspec(", "shakeyfor(", "securitykey("),
        re.compile(
            r"(?:\.HMAC\d{3}\(|signWith\((?:[^,\n]{1,60},)?|setSigningKey\(|SecretKeySpec\(|hmacShaKeyFor\("
            r"|SymmetricSecurityKey\()[ ]?(?:[\w.]{1,40}\()?\"(?P<value>[^\"\n]{8,200})\""
        ),
        key=True,
    ),
    _Call(
        ("awscredentials(", "basiccredentials.create(", "staticcredentials", "sessioncredentials("),
        re.compile(
            r"(?:AWSCredentials|AwsBasicCredentials\.create|SessionCredentials(?:\.create)?|NewStaticCredentials"
            rf"|StaticCredentialsProvider)\([ ]?{_TEXT},\s{{0,40}}\"(?P<value>[A-Za-z0-9/+]{{30,60}})\""
        ),
        key=True,
    ),
    _Call(
        ("psycopg2.connect(", "pymysql.connect(", "connector.connect(", "dbi->connect("),
        re.compile(
            r"(?:(?:psycopg2|pymysql|connector)\.|DBI->)connect\([ \t]*[^,=\n]{1,200},[ \t]*[^,=\n]{1,100},[ \t]*" + _VALUE
        ),
        said=True,
    ),
    _Call(
        ("cx_oracle.connect(", "oracledb.connect("),
        re.compile(rf"(?:cx_Oracle|oracledb)\.connect\([ ]?{_TEXT},[ ]?{_VALUE}"),
        said=True,
    ),
    _Call(
        (".connect(",),
        re.compile(rf"\.connect\([ ]?[^,()=\n]{{1,60}},[ ]?\d{{2,5}},[ ]?{_TEXT},[ ]?{_VALUE}"),
        said=True,
    ),
    _Call(
        (".auth(",),
        re.compile(rf"\.auth\([ ]?{_TEXT},[ ]?{_VALUE}[ ]?[),]"),
        said=True,
    ),
    _Call(
        ("client(",),
        re.compile(r"Client\([ ]?[\"']AC[0-9a-f]{32}[\"'],[ ]?[\"'](?P<value>[0-9a-f]{32})[\"']"),
        key=True,
    ),
    _Call(
        ("create_user(", "create_superuser("),
        re.compile(rf"create_(?:super)?user\([ ]?{_TEXT},[ ]?{_TEXT},[ ]?{_VALUE}"),
    ),
    _Call(
        ("fill_in", ".fill(", ".type(", ".setvalue(", "typetext(", "entertext("),
        re.compile(
            r"(?:\bfill_in|\.fill|\.type|\.setValue|typeText|enterText)[( ][ ]?(?P<quote>[\"'`])(?:(?!(?P=quote))[^\n]){0,100}?[pP]ass"
            r"(?:(?!(?P=quote))[^\n]){0,40}(?P=quote),[ ]?(?:with:[ ]?|:with[ ]?=>[ ]?)?"
            r"[\"'`](?P<value>[^\"'`\n{}]{4,80})(?:\{\w{1,12}\})?[\"'`]"
        ),
    ),
    _Call(
        (".type(", ".fill(", ".sendkeys(", ".send_keys(", ".setvalue("),
        re.compile(
            r"[pP]ass(?:word|wd)?(?:[^\n]{0,40}?[\"'`\]]\){1,3}|\w{0,20}(?:\(\))?)(?:\.\w{1,12}\(\)){0,2}\.(?:type|fill|sendKeys|send_keys|setValue)"
            r"\([ ]?[\"'`](?P<value>[^\"'`\n{}]{3,80})(?:\{\w{1,12}\})?[\"'`]"
        ),
        said=True,
    ),
    # Somebody and a password on their way into a header.
    _Call(
        ("b64encode(", "base64.encode(", "base64_encode(", "btoa(", "buffer.from(", "encodetostring("),
        re.compile(
            r"(?:b64encode|[bB]ase64\.encode|base64_encode|btoa|Buffer\.from|encodeToString)\([ ]?(?:\[\]byte\()?[bu]?"
            r"[\"'](?P<user>[A-Za-z][\w.@-]{1,40}):(?P<value>[^\s\"'`:/$<{}]{3,80})[\"']"
        ),
        said=True,
    ),
    # What a cipher begins with.
    _Call(
        ("iv = \"", "iv = '", "iv: \"", "iv: '", "iv=\"", "iv='"),
        re.compile(r"(?<![A-Za-z])(?:(?:[A-Za-z]{1,12}_)?(?:iv|IV)|[A-Za-z]{1,12}IV)[ ]?[:=][ ]?[bB]?[\"'](?P<value>[A-Za-z0-9+/=_#!@$%^&*-]{16,64})[\"']"),
        key=True,
    ),
    # A field that is called otherwise: only what is mixed as passwords have to be.
    _Call(
        (".sendkeys(", ".send_keys("),
        re.compile(
            r"\.send_?[kK]eys\([ ]?[\"'](?P<value>(?=[^\"'\n]*[A-Za-z])(?=[^\"'\n]*[0-9])(?=[^\"'\n]*[!#$%^&*@])[A-Za-z][\w!#$%^&*@]{7,30})[\"']"
        ),
    ),
    _Call(
        ("type=\"password\"", "type='password'"),
        re.compile(
            r"<input(?=[^<>\n]{0,300}\btype=[\"']password)[^<>\n]{0,300}?\svalue=[\"'](?P<value>[^\"'<>{}\n$]{4,80})[\"']"
        ),
    ),
    _Call(
        ("curlopt_userpwd",),
        re.compile(r"CURLOPT_USERPWD,[ ]?[\"'][^\"':\n]{1,60}:(?P<value>[^\"'\n$]{4,80})[\"']"),
        said=True,
    ),
    _Call(("net use ",), re.compile(r"net use [^\n]{1,120}?/user:\S{1,60}[ ]+(?P<value>[^\s/*]{4,60})", re.IGNORECASE)),
    _Call(
        ("credentials(",),
        re.compile(r"Credentials\((?:[ ]?\"[^\"\n]{1,80}\",){3}[ ]?\"(?P<value>[^\"\n]{4,80})\""),
        said=True,
    ),
    _Call(
        ("unprotect ", "unprotect(", ".protect ", ".protect("),
        re.compile(r"(?:Unp|\.P)rotect[ (][ ]?(?:Password:=)?\"(?P<value>[^\"\n]{4,60})\""),
        said=True,
    ),
    _Call(
        ("input password",),
        re.compile(r"Input Password[ \t]{2,20}\S{1,80}[ \t]{2,20}(?P<value>[^\s$]{4,60})", re.IGNORECASE),
    ),
    _Call(
        (
            "bcrypt.hash", "password_hash(", "make_password(", "hashpassword(", "hash_password(",
            "encoder.encode(", "encoder().encode(", "argon2.hash(",
        ),
        re.compile(
            r"(?:bcrypt\.hash(?:Sync|pw|_password)?|password_hash|make_password|[hH]ash_?[pP]assword"
            r"|(?i:pass|pwd|crypt|secret)[^\n]{0,40}?[eE]ncoder(?:\(\))?\.encode|argon2\.hash)\([ ]?(?:\$?\w[\w.>-]{0,40},[ ]?)?b?" + _VALUE
        ),
        said=True,
    ),
    _Call(("bcrypt(", "hash::make("), re.compile(r"(?:(?<![\w.>:])bcrypt|Hash::make)\([ ]?" + _VALUE), said=True),
    _Call(
        ("send \"", "send \\\"", "send -- "),
        re.compile(
            r"(?i:assword|assphrase)[^\n]{0,40}?[\"}]{0,2}[;\s{]{0,20}(?:exp_)?send(?: --)? \\?\"(?P<value>[^\"\\\n$]{4,60})\\{1,2}[rn]"
        ),
        said=True,
    ),
    _Call(
        ("openssl enc",),
        re.compile(r"openssl enc\b[^\n]{0,200}?\s-k[ ]{1,3}[\"']?(?P<value>[^\s\"'$`]{4,60})"),
    ),
    _Call(
        ("basicauth", "basic_auth"),
        re.compile(
            r"basic_?auth[\"']?[ ]{0,4}[:=][ ]{0,4}[\"']?[A-Za-z][\w.@-]{0,40}:(?P<value>[^\s\"'$<>{},]{4,80})", re.IGNORECASE
        ),
    ),
    _Call(
        ("forhttpheaderfield",),
        re.compile(
            r"setValue(?:\(|:@)[ ]?\"(?P<value>[^\"\n]{16,400})\",? forHTTPHeaderField:[ ]?@?\"(?P<name>[\w-]{3,40})\""
        ),
        key=True,
    ),
)  # fmt: skip
_BY_WORD = dict[str, list[_Call]]()
for _call in _CALLS:
    for _word in _call.words:
        _BY_WORD.setdefault(_word, []).append(_call)
WORDS = tuple(_BY_WORD)


def given(text: str, folded: dict[str, list[int]]) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of what is given. `folded`: where words stand in the text in lower case."""
    for word in [one for one in folded if one in _BY_WORD]:
        for call in _BY_WORD[word]:
            for at in folded[word][:_MAX_HITS]:
                low = max(text.rfind("\n", max(at - _BEFORE, 0), at) + 1, at - _BEFORE, 0)
                if call.words[0].startswith("send"):
                    low = max(at - _BEFORE, 0)  # what is answered stands in the line before
                found = call.pattern.search(text, low, at + _BEHIND)
                if found is not None and found.start() <= at + 40 and _is_secret(found, call):
                    yield *found.span("value"), "a key or token" if call.key else "a password"


def _is_secret(found: re.Match[str], call: _Call) -> bool:
    value = found["value"]
    sign = any(one in "!@#$%^&*" for one in value)
    digit = sign or any(one.isdigit() for one in value)
    if "name" in call.pattern.groupindex and values.class_of(found["name"]) is None:
        return False
    if call.key:
        chosen = digit and len(value) < 40 and "-----" not in value
        kind = values.PASSWORD if chosen and "name" not in call.pattern.groupindex else values.TOKEN
        return values.is_secret(kind, value, quoted=True, told=True)
    if call.said and (value.lower() in USED and value.lower() not in _OF_ITSELF):
        return True
    if "user" in call.pattern.groupindex:
        return is_somebody(found["user"]) and not values.stands_for_some(value)
    if call.said and value.isdigit() and len(value) < 6:
        return True
    if sign and len(value) > 7 and value[0].isalnum() and " " not in value and not values.is_nothing(value):
        return True  # words, too, that speak of themselves
    if call.said and is_two_words(value) and not values.is_nothing(value):
        return True
    return (digit or call.said) and values.is_secret(values.PASSWORD, value, quoted=True, told=True, beside=call.said)
