"""Whether the value that stands under a telling name is a secret, or something that only stands there."""

import re
from functools import lru_cache

from ringfence.secrets.checks import decoded, entropy
from ringfence.secrets.passwords import has_digit, is_password, is_sentence, pieces
from ringfence.secrets.vocabulary import ALGORITHM, OF_CODE, WORDS
from ringfence.secrets.words import CAMEL, STRANGE, looks_drawn, strangeness, switches, worded

#: What a name promises. A password may be anything; a token is random; a key may also be that of a map.
PASSWORD, TOKEN, KEY = "password", "token", "key"

_PASSWORD = re.compile(
    r"pass?s?(?:word|wort|wrd|wd|phrase|code)|(?<![a-z])pass(?![a-z])|(?-i:(?<=[a-z])Pass(?![a-z]))"
    r"|(?<![a-z])pwd(?!ir)|pwd$|(?-i:Pwd(?![a-z])|(?<=[a-z])P[wW](?![a-zA-Z]))|psw(?:r?d)?(?![a-z])|security[_.]credentials"
    r"|(?<![a-z])pw(?![a-z])|minio[_.-]?secret[_.-]?key|senha|contrasen[ay]|kennwort|wachtwoord"
    r"|(?:db|user|admin|root|remote|sql|my|pg|smtp|mail|imap|pop|ftp|ssh|key|store|cert|wifi|wlan|login|auth|http"
    r"|proxy|ldap|bind|redis|vpn|app|test|new|old|rpc|pfx|p12|jks|sudo|su|master|mongo|rabbit|amqp|mqtt|api|sys|def"
    r"|some|the|enc)pass(?![a-z])",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"secret|token|credential|(?<![a-z])creds?(?![a-z])|bearer"
    r"|(?:api|app|auth|access|private|priv|encrypt(?:ion)?|enc|sign(?:ing|ature)?|master|account|storage|shared"
    r"|session|licen[cs]e|client|consumer|service|deploy|webhook|hmac|jwt|cipher|crypto|aes|des|rsa|ssh|gpg|pgp|bot"
    r"|admin|root|security|secure|subscription|instrumentation|write|server|push)"
    r"[_.\- ]?key|apikey|auth(?:orization|entication)?(?:[_.-]?(?:string|header|data|code))?$|(?:^|[_.-])auth$"
    r"|(?:^|[_.-])pat$",
    re.IGNORECASE,
)
_KEY = re.compile(
    r"key(?!cloak|stone)|salt|nonce|seed|(?:^|[_.-]|hash_?)(?:iv|hash|signature|sig)$|cookie|(?<![a-z])otp"
    r"|(?<![a-z])pin(?![a-z])",
    re.IGNORECASE,
)
_NOT_NAMES = re.compile(
    r"public|publish(?:able|ed)"
    r"|(?:^|[_.-])(?:max|min|num|total|count|length|len|size|limit|type|kind|name|names|id|ids|url|uri|path|file|dir"
    r"|folder|host|port|ttl|expir[a-z]*|timeout|age|policy|policies|rules?|length|format|pattern|regex|prompt|label|time"
    r"|date|timestamp|placeholder|hint|help|text|title|message|msg|error|errors|err|description|desc|field|input"
    r"|columns?|params?|attrs?|class|style|icon|image|strategy|provider|service|manager|handler|store|engine|endpoint"
    r"|scopes?|issuer|audience|index|version|reset|change|verify|forgot|required|enabled|disabled|allowed|valid"
    r"|validator|strength|mode|algo[a-z]*|header|prefix|suffix|separator|delimiter|codec?s?|alphabet|charset|drivers?"
    r"|config|spec|chars|col(?:umn)?s?_?\d?|backends?|question_?\d?|expression|colou?r|handle|grip|sha\d{0,3}|md5"
    r"|digest|encryption|map|list|set|table|method|function|func|callback|action|event|state|status|button|form|tag)$"
    r"|(?:^|\.)_{0,2}(?:max|min|num|is|has|looks?_like|err|errcode|label|use|no|enable|disable|allow|require|show|hide"
    r"|reset|forgot|change|update|validate|check|verify|get|set|fetch|find|load|read|parse|split|generate|create"
    r"|delete|remove|missing)"
    r"(?:[_.-]|(?=pass|pwd|token|secret|key|auth|cred)|(?-i:(?=[A-Z][a-z])))"
    r"|(?:Name|Id|Url|Uri|Path|File|Type|Length|Size|Count|Field|Label|Hint|Text|Policy|Timeout|Expiry|Errors?|Message"
    r"|Placeholder|Regex|Pattern|Prompt|Input|Column|Ref|Class|Style|Icon|Button|Form|Title|Header|Endpoint|Service"
    r"|Provider|Handler|Handle|Expression|Colou?r|Algorithm)$"
    r"|key(?:container|grip|handle|board|code|word|space|press|down|up|frame|stroke|note|pair|ring|chain|event|map"
    r"|bind|_?vault|_?char|_?str|_?detail|[_-]node|[_-]?meshing|[_-]?signature)|recv|(?<![a-z])pub_?key|key_?pub"
    r"|host_?key|websocket|monkey|turkey|donkey|hockey|(?:bucket|schema|sequence|natural|idx|issuer|unique)[_-]?key"
    r"|primary[_-]?key|foreign[_-]?key|sort[_-]?key|partition[_-]?key|cache[_-]?key|lookup[_-]?key|object[_-]?key"
    r"|translation"
    r"|tokeniz|tokenis|author(?!iz)|compass|bypass|encompass|passive|passenger|passage|compassion|pass_?through"
    r"|passthru|minipass|blob_?key|(?:(?:function|loop|module|initialize|render|multi)[_-]?|debug-)pass$"
    r"|single_?pass(?!w|p)"
    r"|secretar|secretsmanager|csrf|xsrf|user_?name_?password|token_?hash$|(?:fingerprint|thumbprint|checksum|revision|etag)$"
    r"|\.(?:py|js|ts|c|h|go|java|rb|php|md|txt|ya?ml|json|pem|crt)$|(?:next|page|continuation|sync|resume)[_-]?token"
    r"|(?-i:hash_?key|hash-key|hashKey)$|range[_-]?key|encrypted[_-]?key(?![a-z])|(?:^|[_.])by_key$|(?:^|[a-z])for_?key$|question\d?$"
    r"|hashed_(?:secret|pass)|pass_?fail|(?:^|\.)(?-i:(?:[Ee]lem(?:ent)?|[Aa]ttr|[Tt]ag|[Ff]ield|[Cc]ol(?:umn)?)(?=[A-Z]))"
    r"|(?:pbkdf2|crypt|s?sha\d*|s?md5)[-_]password"
    r"|(?:client[_-]?request|sequence|prev(?:ious)?|idempotency)[_-]?token$|(?:DNS|IPSEC)KEY$|QType::|^subkey$",
    re.IGNORECASE,
)
_CASED = re.compile(
    r"(?:Format|Mode|Name|Id|Url|Uri|Path|File|Type|Length|Size|Count|Field|Label|Hint|Text|Policy|Error|Message)$"
)

_PLACEHOLDER = re.compile(
    r"\$\{[A-Za-z_!#.][^{}\s]*(?:\}|$|:)|\$\([a-z]|\{\{[^{}]*\}\}|^\{\{|\{\{$|\{\d*\}|<%|%\(\w+\)[sdr]|#\{"
    r"|\{[A-Za-z_][\w.]+\}|^\$(?-i:[a-z_0-9]+|[A-Z_0-9]+|[a-z]+[0-9]?(?:[A-Z]+[a-z]*[0-9]?)*)(?:$|[/.:\[>-])|^\$\d+$"
    r"|^\$Id:|A-Za-z|a-z0-9|0-9a-f|%(?-i:[A-Z_]{3,})%|^%[A-Za-z_]+%$|^@[A-Za-z_.]+@?$|^<.*>$|^\[.*\]$"
    r"|^\([^0-9]*\)$|^\{.*\}$|^&(?:lt|quot|apos|#\d+)(?:;|$)|^__\w+__$|(?-i:^[*&][a-z_]+(?:(?:->|\.)[a-z_]+)*;?$)"
    r"|^\+[a-z_][\w.]*[,)]?$|(?-i:^_[A-Z_]+_$)|^%~|^\*\.\w+$|(?-i:[a-z_]->[a-z_])|<[a-z][a-z _-]{2,30}>"
    r"|^[\s).+,]*\w[\w.]*[(\[]$|(?-i:ABCDEFGHIJKLM|abcdefghijklm)|^[A-Za-z_]{2,30}=$"
    r"|\$(?-i:[A-Z][A-Z0-9_]{2,})|^\$[A-Za-z_]\w*[$\[{(]|^ ?\$\$|^!\$[a-z_]+;?$|^`.*`$|\{[#$%@]|\[\"|^[\"'] ?[.+]|[.+] ?[\"']$"
    r"|\.(?:pem|key|crt|cer|p12|pfx|jks|txt|json|ya?ml|conf|cfg|properties|xml|html?|php|js|py|rb|java)$"
    r"|^ ?[.+] ?\$|\.\.\.|…|\*{3}|x{4,}|X{4,}|_{4,}|#{4,}|@{4,}|(?-i:eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9l)|^[x*.#_?-]+$|^(.)\1+$"
    r"|change[_ -]?(?:me|this|it|in[_ -]?prod)|your(?!self)[_ -]?|(?:^|[^a-z])my[_ -]|example|sample|dummy|placeholder|redacted|masked"
    r"|hidden|removed|fake|base64[_ -]?encoded|must_?be|at_?least|^my[a-z]*(?:pass|password|passwd|pwd|secret|token|key)$"
    r"|replace[_ -]?(?:me|this|with)?"
    r"|^(?:todo|tbd|fixme|insert|enter|put|fill|add|set|type|provide|specify|choose|some)[_ -]"
    r"|_here$|[ -]here|not[_ -]?(?:set|used|needed|a[_ -]real)|^n/?a$|default[_ -]?(?:password|token|key|secret)"
    r"|(?:password|token|key|secret)[_ -]value|lorem|ipsum",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"^(?:[?-]|\+--|[})\]][A-Za-z]+[0-9]?$|[\w-]+:[x*!]:\d|/|\./|\.\./|~/|[A-Za-z]:[\\/]|HK[A-Z]{2,3}\\|file:"
    r"|[a-z]{2,9}://[^@\s]*$|/\^|vault:|ref\+|op://|arn:|secrets?[:/]|ssm:|env[:.(]|projects/|data:|tag:|urn:"
    r"|\d{4}-\d\d-\d\dT|(?:\\x[0-9a-f]{2}){1,15}$|kms:|(?-i:CRYPT|ENC):|ENC(?:RYPTED)?[(\[]|\\?\$[a-z0-9-]{1,12}\\?\$|\*[0-9A-F]{40}$"
    r"|(?:pbkdf2|bcrypt|argon2|scrypt|sha\d*|md5|scram-sha-\d+)\w*\$|AQICAH|\$ANSIBLE_VAULT|![A-Za-z]+(?:/[\w-]+)?$"
    r"|-----BEGIN (?:PUBLIC|CERT|PGP PUBLIC)|ssh-(?:rsa|ed25519|dss)|ecdsa-"
    r"|(?-i:AAAA[BCE][23][NV]|MFkwEwYHK|MCowBQYDK2V|MII[BC]IjANBgkq|MIGfMA0GCSqG)|sha\d{1,3}[-:=]|md5[:=]"
    r"|\d{1,3} \d{1,3} |(?:[a-z_]\w*\.)+\w+:[a-z_]\w*$|[\w-]+(?:\.[\w-]+)+:\d{2,5}$|[a-z][\w-]*::\w+$|jwk-thumbprint:|=\?[\w-]+\?[bq]\?"
    r"|8:_[0-9A-F]{32}$|(?-i:(?:[A-Z2-7]{4}:){3,})|3082[0-9a-f]{4}(?:0282|300d06092a864886f70d01010105000382)"
    r"|(?-i:[ACNOUPX][A-Z2-7]{55})$|#(?:[0-9a-f]{3}){1,2}$|\{\w+\}|[\w.+-]+@[\w-]+\.[a-z]{2,}$|\w+\.\w+\("
    # What Azure's emulators of storage and of Cosmos DB have everywhere.
    r"|(?-i:Eby8vdM02xNOcqFlqUwJ|C2y6yDjf5/R\+ob0N8A7C)"
    r"|[A-Za-z]+://\$|[~^<>=v]{0,2}\d{1,4}(?:\.\d{1,6})+(?:[-+.][\w.]*)?$)",
    re.IGNORECASE,
)
_EXPRESSION = re.compile(
    r"^:|^(?:os|process|env|self|this|cls|config|cfg|conf|settings?|options?|opts|args|argv|params?|props|request|req"
    r"|res|response|ctx|context|data|user|session|app|ctx|vars?|local|module|each|values|input|output|form|body"
    r"|headers?|state|store|event|node|item|obj|object|secrets?|kwargs|flags?|k8s|system|java|com|org|django|flask"
    r"|express)[.\[(]"
    r"|^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+\(?|[\w\])]\(|^\w+\[|\w!\.\w|->|::|^new\s|^await\s|^async\s|^function"
    r"|^lambda|\breturn\b",
    re.IGNORECASE,
)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_HEX = re.compile(r"[0-9a-fA-F]+")
_SEQUENCE = re.compile(
    r"0123456|1234567|2345678|abcdefg|bcdefgh|qwertyu|asdfghj|zxcvbnm|aaaaaa|000000|111111|ffffff|abcabc|123123|a1b2c3"
    r"|deadbeef|cafebabe|(?-i:AAECAwQFBgcI)|0001020304050607",
    re.IGNORECASE,
)
_CONSTANT = re.compile(r"[A-Z][A-Z0-9]{0,14}(?:[_:-][A-Z0-9]{1,14})+")


#: Since 1970, in our days.
_SECONDS = re.compile(r"1[4-9]\d{8}(?:\d{3})?")


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


def is_secret(kind: str, value: str, *, quoted: bool, told: bool = False, beside: bool = False) -> bool:
    """Whether a value that stands under a name of a class is a secret.

    `quoted`: it is written as a text. What is not may be an expression of some language. `told` and `beside` are `is_password`'s.
    """
    value = value.strip()
    if not 4 <= len(value) <= 4000:
        return False
    if kind != PASSWORD and ALGORITHM.fullmatch(value):
        return False
    if kind != PASSWORD and _OF_MINIO.fullmatch(value):
        return True
    # What is seldom so is asked first.
    if kind != PASSWORD and not is_random(value, strict=kind == KEY):
        return False
    if kind == PASSWORD and not told and _UUID.fullmatch(value):
        return False
    if is_nothing(value, weak=told and quoted and kind == PASSWORD):
        return False
    if not quoted and (_is_expression(value) or not _could_be_bare(value)):
        return False
    if kind != PASSWORD:
        return not _says_words(value)
    return is_password(value, quoted=quoted, told=told, beside=beside)


#: What storage is set up with by whoever does not choose.
_OF_MINIO = re.compile(r"minio[_-]?(?:admin|secret|password|storage)?(?:key)?[0-9]{0,4}")
#: Characters as C and others write them.
_ESCAPED = re.compile(r"(?:\\x[0-9a-fA-F]{2}){4,100}")


def _says_words(value: str) -> bool:
    """Whether it is base64 of a sentence or of a placeholder, as of `the sample nonce`."""
    said = decoded(value) if len(value) < 200 and not value.startswith("eyJ") else None
    if said is None and _ESCAPED.fullmatch(value):
        said = bytes.fromhex(value.replace("\\x", "")).decode("latin-1")
        return said.replace(" ", "").isalpha() and said.isascii()
    if said is None:
        return False
    return said.strip().isalpha() or said.lower() in WORDS or is_sentence(said) or _PLACEHOLDER.search(said) is not None


#: Keys that somebody thinks of, as of passwords, and what they are made of that says nothing.
_CHOSEN = re.compile(
    r"(?:(?:jwt|session|cookie|auth|token|app|flask|django|sign(?:ing)?|express|hash|access|refresh|master|webhook|hmac"
    r"|encrypt(?:ion)?)[_.-]?secret|(?<!client.)(?<!client)secret[_.-]?key|(?:encrypt(?:ion)?|crypto|cipher|aes|sign(?:ing)?"
    r"|hmac|jwt)[_.-]?key)(?:[_.-]?(?:key|base))?$|^secret$|^x-api-key$",
    re.IGNORECASE,
)
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@lru_cache(maxsize=4096)
def is_of_signing(name: str) -> bool:
    """Whether it is the name of what tokens and sessions are signed with, which often is words."""
    return _CHOSEN.search(name) is not None


#: The keys of a service, which it draws: `SHOPS_SECRET_KEY`.
_OF_SERVICES = re.compile(
    r"(?i)(?:^|[^a-z])(?!(?:jwt|session|cookie|auth|token|app|flask|django|sign|signing|express|hash|access|refresh|master|webhook|hmac"
    r"|encryption|api|user|admin|default)[_.-]?secret)[a-z]+[_.-]secret[_.-]?key$"
)


def is_of_service(name: str) -> bool:
    """Whether it is the name of a key that a service draws, so that nobody thinks of one."""
    return _OF_SERVICES.search(name) is not None


#: Letters, digits and a sign that no name has.
_SIGNED = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9])(?=[^\s]*[!@#$%^&*])[\w!@#$%^&*.+-]{8,60}")


def is_chosen(name: str, value: str, *, quoted: bool) -> bool:
    """Whether a key is made of words and digits that somebody thought of: `otters-of-2019-Key`; in quotes words alone are
    enough, where they are many."""
    if quoted and _SIGNED.fullmatch(value) and name.lower().endswith("secret") and not is_nothing(value):
        return True
    if not 12 <= len(value) <= 80 or not value.isascii() or not is_of_signing(name):
        return False
    if " " in value or is_nothing(value) or _EXPRESSION.search(value):
        return False
    parts = [part.lower() for part in _PART.findall(value)]
    if value.isupper() and (len(parts) < 4 or not has_digit(value)):
        return False
    if not has_digit(value) and (
        not quoted or "." in value or name.lower() == "secret" or (len(parts) < 3 and not value.islower())
    ):
        return False
    if "change" in value.lower() or (not has_digit(value) and is_of_service(name)):
        return False
    return any(len(part) > 3 and part not in WORDS and part not in OF_CODE and part not in _OF_KEYS for part in parts)


_OF_KEYS = frozenset(
    "aws azure gcp google github facebook twitter jwt prod production dev develop development staging super long very unsafe insecure signing for local".split()
)


def is_nothing(value: str, *, weak: bool = False) -> bool:
    """Whether a value is a placeholder, a reference, or one of the words that stand for some value.

    `weak`: few characters, and such as lie beside each other, do not make it one.
    """
    if value.lower() in WORDS or (_PLACEHOLDER.search(value[:400]) and not _is_of_signs(value)) or _refers(value):
        return True
    if not (weak and len(value) < 13) and _SEQUENCE.search(value[:400]) and (len(value) < 40 or entropy(value) < 4.3):
        return True
    return len(set(value)) < max(3 if weak else 4, min(len(value) // 7, 8)) or not value.isprintable()


def stands_for_some(value: str) -> bool:
    """Whether a value is a placeholder or a reference, whatever word it is."""
    return _PLACEHOLDER.search(value[:400]) is not None or _refers(value)


def _is_of_signs(value: str) -> bool:
    """Whether so many signs are mixed with the letters of a long value that a placeholder stands in it by chance."""
    signs = sum(not one.isalnum() for one in value)
    return (
        len(value) >= 40 and len(value) / 8 < signs < len(value) * 0.7 and entropy(value) > 4.8 and worded(value) < 0.4
    )


def _refers(value: str) -> bool:
    """Whether it is a path, an address or the name of a stored secret; base64 may begin with a slash too."""
    if _REFERENCE.match(value) is None:
        return value.count("/") > 1 and worded(value) > 0.5
    return not (value[0] == "/" and len(value) > 30 and worded(value) < 0.2 and value.count("/") < 4)


def _is_expression(value: str) -> bool:
    if _EXPRESSION.search(value) is None:
        return False
    return not any(
        len(word) > 15 and has_digit(word) and worded(word) < 0.5 for word in re.split(r"[^A-Za-z0-9]", value)
    )


def _could_be_bare(value: str) -> bool:
    """A bare word of letters alone is the name of something."""
    return not re.fullmatch(r"[A-Za-z_$][A-Za-z_$.]*", value) or looks_drawn(value)


_OF_TOKENS = re.compile(r"[A-Za-z0-9+/=_~$-]+")
#: Digits here and there among letters of both cases, though these can be spoken.
_SCATTERED = re.compile(r"(?=.{14})(?=.*[a-z][A-Z]|.*[A-Z]{2}[a-z])[A-Za-z]+(?:[0-9]{1,2}[A-Za-z]+){2,}")
#: `SAFEUTF8STRING`, `t.v2.Name`, `gpl-2.0-plus`, `name>=2.0`.
_NAMED = re.compile(
    r"[A-Z]{2,12}[0-9][A-Z]{2,12}|[a-z][a-z0-9]{0,20}(?:-[a-z0-9]{1,20}){0,9}-[0-9]\.[0-9](?:-[a-z]{1,20})?"
    r"|[A-Za-z][a-z]+(?:\.[A-Za-z][A-Za-z0-9]*)+|[A-Za-z][\w.-]*(?:\[[\w,]+\])?(?:[<>=~!]=|[<>])[0-9][\w.,<>=~!*]*"
)

#: What is measured of a device: `vendor.model7.fan[speed]`.
_DOTTED = re.compile(r"[a-z][\w-]*(?:(?:\.[\w-]+){2,}|(?:\.[\w-]+)+(?=\[))(?:\[[^\]]*\])?", re.IGNORECASE)


def is_random(value: str, *, strict: bool) -> bool:
    """Whether a value looks drawn: no words, enough different characters, digits among letters."""
    value = value.removeprefix("Bearer ").removeprefix("Basic ").removeprefix("Token ")
    if is_sentence(value) or len(value) < (16 if strict else 8):
        return False
    if _UUID.search(value):
        return not strict and len(value) == 36
    if _HEX.fullmatch(value) and not value.isdigit():
        return len(value) >= (20 if strict else 16) and entropy(value) > (2.9 if strict else 2.5) and has_digit(value)
    if value.isdigit():
        return not strict and len(value) >= 10 and entropy(value) > 2.5 and _SECONDS.fullmatch(value) is None
    if _CONSTANT.fullmatch(value) and max(map(len, re.split("[_-]", value))) < 12:
        return False
    if not has_digit(value):
        letters = "".join(one for one in value if one.isalpha())
        if letters.islower() or letters.isupper():
            return len(letters) >= 12 and strangeness(letters) > (STRANGE + 0.1 if len(letters) > 15 else STRANGE + 0.4)
        drawn = _OF_TOKENS.fullmatch(value) and len(value) >= 16 and switches(value) > len(value) / 5
        drawn = drawn and not CAMEL.fullmatch(value)
        return bool(drawn) and entropy(value) > 3.6 and worded(value) < 0.7
    if strict and _DOTTED.fullmatch(value) and worded(value) > 0.4:
        return False
    if strict and sum(value.count(sign) for sign in "-._") > max(len(value) / 10, 2):
        return False  # such are names with versions, hosts and labels
    if (worded(value) > 0.6 and not _SCATTERED.fullmatch(value)) or _NAMED.fullmatch(value):
        return False
    words = pieces(value)
    longest = max(words, key=len, default="")
    if len(longest) < (12 if strict else 8) and len(words) > 1 and not re.search(r"[^\w.:/-]", value):
        return sum(has_digit(word) and not word.isdigit() for word in words) >= 2 and entropy(value) > 3.2
    return entropy(value) > (3.4 if strict else 2.75)


def is_short_and_random(value: str) -> bool:
    """Whether a few characters look drawn, as salts and nonces are."""
    if not 8 <= len(value) < 40 or value.count(":") > 1 or is_nothing(value) or not any(c.isdigit() for c in value):
        return False
    return value.isascii() and worded(value) < 0.3 and any(c.isalpha() for c in value) and " " not in value


def is_mixed(value: str) -> bool:
    """Letters of a word and digits or signs, as no word, number, date or path has them."""
    digits, letters = sum(c.isdigit() for c in value), sum(c.isalpha() for c in value)
    if letters > 9 and switches("".join(c for c in value if c.isalpha())) > letters / 3:
        return True
    if letters < 3 or not (digits or any(c in "!@#$%^&*+" for c in value)):
        return False
    return worded(value) < 0.5 or (not value.isalnum() and any(c in "!@#$%^&*+" for c in value) and digits > 0)


def is_long_and_random(value: str) -> bool:
    """Whether many characters look drawn."""
    return len(value) >= 20 and is_random(value, strict=True)
