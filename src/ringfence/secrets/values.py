"""Whether the value that stands under a telling name is a secret, or something that only stands there."""

import itertools
import re
from functools import lru_cache

from ringfence.secrets.checks import entropy
from ringfence.secrets.words import STRANGE, strangeness, worded

#: What a name promises. A password may be anything; a token is random; a key may also be that of a map.
PASSWORD, TOKEN, KEY = "password", "token", "key"

_PASSWORD = re.compile(
    r"pass(?:word|wort|wrd|wd|phrase|code)|(?<![a-z])pass(?![a-z])|(?-i:(?<=[a-z])Pass(?![a-z]))|(?<![a-z])pwd|pwd$|psw"
    r"|(?<![a-z])pw(?![a-z])"
    r"|(?:db|user|admin|root|sql|my|pg|smtp|mail|imap|pop|ftp|ssh|key|store|cert|wifi|wlan|login|auth|http|proxy|ldap|bind|redis|vpn"
    r"|app|test|new|old|rpc|pfx|p12|jks|sudo|su|master|mongo|rabbit|amqp|mqtt|api|sys|def|some|the|enc)pass(?![a-z])",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"secret|token|credential|(?<![a-z])creds?(?![a-z])|bearer"
    r"|(?:api|app|auth|access|private|priv|encrypt(?:ion)?|enc|sign(?:ing|ature)?|master|account"
    r"|storage|shared|session|licen[cs]e|client|consumer|service|deploy|webhook|hmac|jwt|cipher|crypto|aes|des|rsa|ssh|gpg"
    r"|pgp|bot|admin|root|security|secure|subscription|instrumentation|write|server|push)"
    r"[_.\- ]?key|apikey|auth(?:orization|entication)?(?:[_.-]?(?:string|header|data|code))?$|(?:^|[_.-])auth$|(?:^|[_.-])pat$",
    re.IGNORECASE,
)
_KEY = re.compile(
    r"key|salt|nonce|seed|(?:^|[_.-])(?:iv|hash|signature|sig)$|cookie|(?<![a-z])otp|(?<![a-z])pin(?![a-z])",
    re.IGNORECASE,
)
_NOT_NAMES = re.compile(
    r"public|publish(?:able|ed)|(?:^|[_.-])(?:max|min|num|total|count|length|len|size|limit|type|kind|name|names|id|ids|url|uri|path"
    r"|file|dir|folder|host|port|ttl|expir\w*|timeout|age|policy|policies|rules?|length|format|pattern|regex|prompt|label"
    r"|placeholder|hint|help|text|title|message|msg|error|errors|err|description|desc|field|input|column|param|attr|class|style|icon"
    r"|image|strategy|provider|service|manager|handler|store|engine|endpoint|scopes?|issuer|audience|index|version|reset|change"
    r"|confirm|verify|forgot|required|enabled|disabled|allowed|valid|validator|strength|mode|algo\w*|header|prefix|suffix"
    r"|separator|delimiter|codec?s?|map|list|set|table|method|function|func|callback|action|event|state|status|button|form|tag)$"
    r"|^(?:max|min|num|is|has|use|no|enable|disable|allow|require|show|hide|reset|forgot|change|update|validate|check|verify|get"
    r"|set|fetch|find|load|read|parse|split|generate|create|delete|remove|invalid|missing|wrong|expected|incorrect)"
    r"(?:[_.-]|(?=pass|pwd|token|secret|key|auth|cred)|(?-i:(?=[A-Z][a-z])))"
    r"|(?:Name|Id|Url|Uri|Path|File|Type|Length|Size|Count|Field|Label|Hint|Text|Policy|Timeout|Expiry|Errors?|Message|Placeholder"
    r"|Regex|Pattern|Prompt|Input|Column|Ref|Class|Style|Icon|Button|Form|Title|Header|Endpoint|Service|Provider|Handler)$"
    r"|key(?:board|code|word|space|press|down|up|frame|stroke|note|pair|ring|chain|event|map|bind|_?vault|_?char|_?str|_?detail"
    r"|[_-]node|[_-]?meshing|[_-]?signature)|recv|(?<![a-z])pub_?key|host_?key|websocket|monkey|turkey|donkey|hockey|(?:bucket|schema|sequence|natural|idx|issuer|unique)[_-]?key"
    r"|primary[_-]?key|foreign[_-]?key|sort[_-]?key|partition[_-]?key|cache[_-]?key|lookup[_-]?key|object[_-]?key|translation"
    r"|tokeniz|tokenis|author(?!iz)|compass|bypass|encompass|passive|passenger|passage|compassion|pass_?through|passthru|minipass"
    r"|secretar|csrf|xsrf|authenticity_token|(?:next|page|continuation|sync|resume)[_-]?token|hash[_-]?key$|range[_-]?key",
    re.IGNORECASE,
)
_CASED = re.compile(r"(?:Name|Id|Url|Uri|Path|File|Type|Length|Size|Count|Field|Label|Hint|Text|Policy|Error|Message)$")

_PLACEHOLDER = re.compile(
    r"\$\{[A-Za-z_!#.]|\$\([a-z]|\{\{[^{}]*\}\}|^\{\{|\{\{$|\{\d*\}|<%|%\(\w+\)[sdr]|#\{|\{[A-Za-z_][\w.]*\}|^\$[A-Za-z_]\w*(?:$|[/.:\[>-])|^\$\d+$|^%[A-Za-z_]+%$|^@[A-Za-z_.]+@?$|^<.*>$|^\[.*\]$"
    r"|^\(.*\)$|^\{.*\}$|^&lt;.*&gt;$|^__\w+__$|^[A-Za-z_]{2,30}=$"
    r"|\.\.\.|…|\*{3}|x{4,}|X{4,}|_{4,}|#{4,}|^[x*.#_?-]+$|^(.)\1+$"
    r"|change[_ -]?(?:me|this|it)|your[_ -]?|(?:^|[^a-z])my[_ -]|example|sample|dummy|placeholder|redacted|masked|hidden|removed|fake"
    r"|replace[_ -]?(?:me|this|with)?|^(?:todo|tbd|fixme|insert|enter|put|fill|add|set|type|provide|specify|choose|some)[_ -]"
    r"|_here$|[ -]here|not[_ -]?(?:set|used|needed|a[_ -]real)|^n/?a$|default[_ -]?(?:password|token|key|secret)|lorem|ipsum",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"^(?:[?-]|[\w-]+:[x*!]:\d|/|\./|\.\./|~/|[A-Za-z]:\\|HK[A-Z]{2,3}\\|file:|https?://[^@\s]*$|vault:|ref\+|op://|arn:|secrets?[:/]"
    r"|ssm:|env[:.(]|projects/|data:|tag:"
    r"|kms:|ENC[(\[]|\$[a-z0-9-]{1,12}\$|\*[0-9A-F]{40}$|(?:pbkdf2|bcrypt|argon2|scrypt)\w*\$|AQICAH|\$ANSIBLE_VAULT|![A-Za-z]+$|-----BEGIN (?:PUBLIC|CERT|PGP PUBLIC)|ssh-(?:rsa|ed25519|dss)|ecdsa-|(?-i:AAAA[BCE][23][NV]|MFkwEwYHK|MCowBQYDK2V|MII[BC]IjANBgkq|MIGfMA0GCSqG)|sha\d{1,3}[-:=]"
    r"|md5[:=]|\{\w+\}|[\w.+-]+@[\w-]+\.[a-z]{2,}$|\w+\.\w+\(|[A-Za-z]+://\$|[~^<>=v]{0,2}\d{1,4}(?:\.\d{1,6})+(?:[-+.][\w.]*)?$)",
    re.IGNORECASE,
)
_EXPRESSION = re.compile(
    r"^(?:os|process|env|self|this|cls|config|cfg|conf|settings?|options?|opts|args|argv|params?|props|request|req|res|response|ctx"
    r"|context|data|user|session|app|ctx|vars?|local|module|each|values|input|output|form|body|headers?|state|store|event|node|item"
    r"|obj|object|secrets?|kwargs|flags?|k8s|system|java|com|org|django|flask|express)[.\[(]"
    r"|^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+\(?|[\w\])]\(|^\w+\[|->|::|^new\s|^await\s|^async\s|^function|^lambda|\breturn\b",
    re.IGNORECASE,
)
_WORDS = frozenset(
    """true false yes no on off none null nil undefined void enabled disabled required optional auto default random string str text
    int integer number bool boolean object array list map any char varchar bytes byte float double date datetime uuid password passwd
    pass pwd passphrase secret secrets token tokens key keys apikey auth bearer basic digest oauth oauth2 jwt cookie session login user
    username admin root guest test tests testing tester demo foo bar baz foobar qux hello world abc abcd abcdef asdf qwerty letmein
    example sample dummy fake mock stub placeholder changeme changeit change_me value values name email id none unknown empty blank
    public private local remote hidden visible input field label submit cancel ok error invalid missing forbidden unauthorized
    undefined self this file path env environment config plain plaintext raw hash md5 sha1 sha256 sha512 hmac aes rsa des base64 hex
    utf8 utf-8 ascii latin1 json xml yaml html css header headers query body param params form data type kind code description title
    message redacted xxx xxxx test123 test1234 12345 123456 1234567 12345678 123456789 1234567890 1234 123 111111 000000 a b c x y z
    0 1 mypassword mysecret mytoken testpassword testtoken testkey testsecret somepassword sometoken somesecret notasecret notreal
    insecure supersecret topsecret verysecret doesnotexist somepass""".split()
)
_SPLIT = re.compile(r"[\s_.:/\\|,;@&+=~#!?()<>\[\]{}*'\"-]+")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_HEX = re.compile(r"[0-9a-fA-F]+")
_SEQUENCE = re.compile(
    r"0123456|1234567|2345678|abcdefg|bcdefgh|qwertyu|asdfghj|zxcvbnm|aaaaaa|000000|111111|ffffff|abcabc|123123|a1b2c3|deadbeef|cafebabe",
    re.IGNORECASE,
)
_CONSTANT = re.compile(r"[A-Z][A-Z0-9]{0,14}(?:[_-][A-Z0-9]{1,14})+")


@lru_cache(maxsize=4096)
def class_of(name: str) -> str | None:
    """What a name promises: PASSWORD, TOKEN, KEY, or None for a name that holds no secret."""
    name = name[-80:].strip(" \"'[]$@-.:")
    if not name or _NOT_NAMES.search(name) or _CASED.search(name):
        return None
    if _PASSWORD.search(name):
        return PASSWORD
    if _TOKEN.search(name):
        return TOKEN
    return KEY if _KEY.search(name) else None


def is_secret(kind: str, value: str, *, quoted: bool) -> bool:
    """Whether a value that stands under a name of a class is a secret.

    `quoted`: it is written as a text. What is not may be an expression of some language.
    """
    value = value.strip()
    if not 4 <= len(value) <= 4000 or is_nothing(value):
        return False
    if not quoted and (_is_expression(value) or not _could_be_bare(value)):
        return False
    if kind == PASSWORD:
        return _password(value, quoted=quoted)
    return is_random(value, strict=kind == KEY)


def is_nothing(value: str) -> bool:
    """Whether a value is a placeholder, a reference, or one of the words that stand for some value."""
    folded = value.lower()
    if folded in _WORDS or _PLACEHOLDER.search(value[:400]) or _refers(value) or _SEQUENCE.search(value[:400]):
        return True
    return len(set(value)) < max(4, min(len(value) // 7, 8)) or not value.isprintable()


def _refers(value: str) -> bool:
    """Whether it is a path, an address or the name of a stored secret; base64 may begin with a slash too."""
    if _REFERENCE.match(value) is None:
        return False
    return not (value[0] == "/" and len(value) > 30 and worded(value) < 0.2 and value.count("/") < 4)


def _is_expression(value: str) -> bool:
    if _EXPRESSION.search(value) is None:
        return False
    return not any(
        len(word) > 15 and _has_digit(word) and worded(word) < 0.5 for word in re.split(r"[^A-Za-z0-9]", value)
    )


def _could_be_bare(value: str) -> bool:
    """A bare word of letters alone is the name of something."""
    return not re.fullmatch(r"[A-Za-z_$][A-Za-z_$.]*", value) or looks_drawn(value)


def _words(value: str) -> list[str]:
    return [one for one in _SPLIT.split(value) if one]


_IDENTIFIER = re.compile(r"[A-Za-z]+(?:[_.-][A-Za-z]+)+")
#: `new_password2`, `FORBIDDEN_VALUE1`: fields and constants are numbered, too.
_NUMBERED = re.compile(r"[A-Za-z]{2,}(?:_[A-Za-z]{2,})+_?[0-9]{1,2}")
_SPEAKING = re.compile(r"pass(?:word|wd)|secret|token", re.IGNORECASE)
#: What stands before `password` in the names of fields and messages.
_OF_FIELDS = frozenset(
    """ your my new old user confirm confirmed reset forgot forgotten change current repeat login enter invalid wrong set get check verify
    valid hash hashed encrypt encrypted show hide no is has the a client admin db database auth account email bad missing default some
    test fake example input update generate random retype previous temporary weak strong incorrect require required""".split(
        " "
    )
)


def _password(value: str, *, quoted: bool) -> bool:
    if len(value) > 120 or _is_sentence(value) or sum(one.isalnum() for one in value) < 3 or value[-1] == ":":
        return False
    if all(word.lower() in _WORDS for word in _words(value)):
        return not value.isalnum() and _has_digit(value) and any(one in "!@#$%^&*+" for one in value)
    if _IDENTIFIER.fullmatch(value) or _NUMBERED.fullmatch(value):
        return any(looks_drawn(word) for word in _words(value))
    if _SPEAKING.search(value) and quoted and value.islower() and value.isalpha():
        return len(value) < 30 and _SPEAKING.split(value)[0] not in _OF_FIELDS
    if _SPEAKING.search(value):
        rest = _SPEAKING.sub("", value)
        return _has_digit(rest) and (len(rest) > 2 or not rest.isalnum()) and not _CONSTANT.fullmatch(value)
    value = value.rstrip(",.;")
    if value.isalpha():
        # A word alone: a name in some languages, a weak password in others. Camel case is a name.
        weak = quoted and value.islower() and 5 <= len(value) <= 20 and entropy(value) > 2.3 and not _is_word(value)
        return weak or looks_drawn(value)
    if value.isdigit():
        return quoted and 6 <= len(value) <= 20
    return True


def is_two_words(value: str) -> bool:
    """Whether it is letters that begin more than one word: an identifier in code, a password where no code is."""
    return value.isalpha() and value.isascii() and 7 < len(value) < 60 and _HUMP.search(value) is not None


_HUMP = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")


def _is_sentence(value: str) -> bool:
    """Sentences are labels and messages; a passphrase of words cannot be told from them. Drawn characters may hold a blank."""
    if " " not in value:
        return False
    marked = any(not one.isalnum() and one not in " .,:;?!'-()" for one in value)
    if not marked or not _has_digit(value) or value.count(" ") > len(value) / 12:
        return True
    return any(piece.isalpha() and len(piece) > 2 for piece in value.split(" ")) or worded(value) > 0.5


def _has_digit(value: str) -> bool:
    return any(one.isdigit() for one in value)


_NAMES_OF_THINGS = re.compile(
    r"(?:tion|ment|ness|able|ible|ing|ed|er|or|ity|ous|ive|less|ful|ize|ise|ly|al|ic|field|input|label|text|name|code|type)$"
)


def _is_word(value: str) -> bool:
    return _NAMES_OF_THINGS.search(value) is not None and strangeness(value) < STRANGE


_CAMEL = re.compile(r"_*[A-Za-z]?[a-z]+(?:[A-Z][a-z]+)*[0-9]{0,3}")


def looks_drawn(value: str) -> bool:
    """Whether letters alone look drawn at random: their case changes, or they follow each other, as in no word."""
    if len(value) < 8:
        return False
    if _switches(value) > len(value) / 4 and not _CAMEL.fullmatch(value):
        return True
    return len(value) >= 10 and (value.islower() or value.isupper()) and strangeness(value) > STRANGE


def is_random(value: str, *, strict: bool) -> bool:
    """Whether a value looks drawn: no words, enough different characters, digits among letters."""
    value = value.removeprefix("Bearer ").removeprefix("Basic ").removeprefix("Token ")
    if _is_sentence(value) or len(value) < (16 if strict else 8):
        return False
    if _UUID.fullmatch(value):
        return not strict
    if _HEX.fullmatch(value) and not value.isdigit():
        return len(value) >= 16 and entropy(value) > (2.9 if strict else 2.5) and _has_digit(value)
    if value.isdigit():
        return not strict and len(value) >= 10 and entropy(value) > 2.5
    if _CONSTANT.fullmatch(value) and max(map(len, re.split("[_-]", value))) < 12:
        return False
    if not _has_digit(value):
        letters = "".join(one for one in value if one.isalpha())
        if letters.islower() or letters.isupper():
            return len(letters) >= 16 and strangeness(letters) > STRANGE + 0.1
        return len(value) >= 16 and entropy(value) > 3.6 and _switches(value) > len(value) / 5 and worded(value) < 0.7
    if worded(value) > 0.6:
        return False
    words = _words(value)
    longest = max(words, key=len, default="")
    if len(longest) < (12 if strict else 8) and len(words) > 1 and not re.search(r"[^\w.:/-]", value):
        return sum(_has_digit(word) and not word.isdigit() for word in words) >= 2 and entropy(value) > 3.2
    return entropy(value) > (3.4 if strict else 2.75)


def _switches(value: str) -> int:
    """How often the case changes: in words seldom, in drawn letters every other one."""
    return sum(one.islower() != other.islower() for one, other in itertools.pairwise(value))
