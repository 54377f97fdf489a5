"""Classes of secrets and of look-alikes that real samples have: commands, calls, notes, headers, slugs.

Values are drawn when the tests run, so that no file here holds one.
"""

import base64
import random
import re
import string
import sys

import pytest

from ringfence.secrets import needles
from ringfence.secrets.scan import scan
from ringfence.secrets.words import STRANGE, strangeness, worded

DRAW = random.Random(20261121)
HEX = "0123456789abcdef"


def drawn(count: int, letters: str = string.ascii_letters + string.digits) -> str:
    return "".join(DRAW.choice(letters) for _ in range(count))


def password() -> str:
    return drawn(3, string.ascii_letters) + drawn(2, string.digits) + DRAW.choice("!%+#") + drawn(4)


TOLD = [
    ("a.sh", "curl -u bob:{} https://intranet/", password),
    ("a.sh", "curl -k https://intranet/ \\\n  -H 'Accept: */*' \\\n  -u bob:{}", password),
    ("a.sh", "curl --user bob:'{}' -X PATCH https://intranet/", password),
    ("a.sh", 'curl -u ":{}" https://intranet/', password),
    ("a.sh", "wget --http-password={} https://intranet/", password),
    ("a.sh", "curl --tlspassword {} https://intranet/", password),
    ("a.sh", "gpg --decrypt --passphrase {} --output b a.gpg", password),
    ("a.sh", "mysql -u root -p{} shop", lambda: drawn(5) + "7" + drawn(5)),
    ("a.sh", "sshpass -p {} ssh host", lambda: drawn(5) + "7" + drawn(5)),
    ("a.bat", "psexec \\\\10.0.0.5 -u admin -p {} cmd", password),
    ("a.sh", 'curl -H "Authorization: Api-Token {}" https://intranet/', lambda: drawn(40)),
    ("a.yml", "  - Bearer {}", lambda: drawn(64, HEX)),
    ("a.sh", 'curl -H "Authorization: Bearer 77|{}" https://intranet/', lambda: drawn(40)),
    ("a.sh", "curl -H 'authorization: bearer 77|{}' https://intranet/", lambda: drawn(40)),
    ("a.py", 'API_HASH = "{}"', lambda: drawn(32, HEX)),
    ("a.php", "$dbuser = 'root';\n$dbpass = '{}';", lambda: DRAW.choice(("OTTERS", "LANTERN", "MARSHES"))),
    ("a.sh", "sshpass -p '{}' ssh host", lambda: DRAW.choice(("QuietMarshLantern", "otterSwims", "FernAndMoss"))),
    ("a.py", "headers['Authorization'] = 'Basic {}'", lambda: base64.b64encode(f"bob:{password()}".encode()).decode()),
    ("a.conf", "enable secret {}", password),
    ("a.conf", "username bob privilege 15 password 0 {}", password),
    ("a.conf", "snmp-server community {} RW", password),
    ("a.cs", 'new NetworkCredential("bob", "{}");', password),
    ("a.go", 'request.SetBasicAuth("bob", "{}")', password),
    ("a.java", 'new DirectoryEntry("LDAP://intranet",\n    "bob", "{}");', password),
    ("a.java", 'options.setPassword("{}");', password),
    ("a.gradle", "buildConfigField 'String', 'API_KEY', '\"{}\"'", lambda: drawn(32, HEX)),
    ("a.cs", 'if (password == "{}")', password),
    ("a.rs", 'const API_TOKEN: &\'static str = "{}";', lambda: drawn(32)),
    ("a.py", 'password = os.getenv("DB_PASSWORD", "{}")', password),
    ("a.py", 'token = base64.b64decode("{}")', lambda: drawn(40)),
    ("a.js", '"https://intranet/js?api_key={}&debug=1"', lambda: drawn(40)),
    ("a.py", 'url = "smtps://bob@mail.test:{}@smtp.mail.test:465"', lambda: drawn(9) + "7"),
    ("a.py", 'url = "mongodb://bob:{}%40x@db.internal/shop"', lambda: drawn(9) + "7"),
    ("a.txt", "id/pw: bob/{}", lambda: drawn(6) + "7b"),
    ("a.txt", "bob@10.0.0.5 (pw:{})", lambda: drawn(6) + "7b"),
    ("a.txt", "password for the lab: {}", lambda: drawn(6) + "7b"),
    ("a.txt", "pwd of bob is {}", lambda: drawn(6) + "7b"),
    ("a.yml", "gitlab_key: {}", lambda: drawn(30) + "7b"),
    ("a.properties", "db.password={}", lambda: drawn(4) + "(7)" + drawn(4) + ",;" + drawn(2)),
    ("a.env", "VAULT=x\nvault_token: s.{}", lambda: drawn(23) + "7"),
    ("a.py", 'mail_password = "{}"', lambda: drawn(16, string.ascii_lowercase)),
    ("a.py", 'app_secret = "{}"', lambda: drawn(32, string.ascii_lowercase)),
    ("a.conf", "cloudflare: {}", lambda: drawn(37, HEX)),
    ("a.yaml", "  - name: DB_PASSWORD\n    value: {}", lambda: drawn(30) + "7b"),
    ("a.tf", '  name  = "API_TOKEN"\n  value = "{}"', lambda: drawn(30) + "7b"),
    ("a.json", '{"name": "DB_PASSWORD", "value": "{}"}', lambda: drawn(12) + "7b"),
    ("a.tf", 'env = [{ name = "DB_PASSWORD", value = "{}" }, { name = "A", value = "b" }]', lambda: drawn(12) + "7b"),
    ("a.json", '[{"value":"{}","name":"DB_PASSWORD"}]', lambda: drawn(12) + "7b"),
    ("a.tf", '  {\n    value = "{}"\n    name  = "DB_PASSWORD"\n  }', lambda: drawn(12) + "7b"),
    ("a.yml", "- value: {}\n  name: DB_PASSWORD\n", lambda: drawn(12) + "7b"),
    ("a.yml", "- {name: DB_PASSWORD, value: {}}", lambda: drawn(12) + "7b"),
    ("a.xml", '<property value="{}" name="db.password"/>', lambda: drawn(12) + "7b"),
    (
        "a.json",
        '{"a": 1, "b": [' + "1, 2, 3, " * 700 + '{"name": "DB_PASSWORD", "value": "{}"}]}',
        lambda: drawn(12) + "7b",
    ),
    ("a.py", "tokens = 1; " + "a = 2; " * 500 + 'b.password = "{}"', lambda: drawn(12) + "7b"),
    ("a.txt", "비밀번호: {}", lambda: drawn(6) + "7b"),
    ("a.sh", "app --api-key={}", lambda: drawn(40, HEX)),
    ("a.sh", "app --api_key {} --verbose", lambda: drawn(40, HEX)),
    ("a.py", "headers = ['X-Api-Key: {}']", lambda: drawn(40, HEX)),
    ("a.xml", '<Pass encoding="base64">{}</Pass>', lambda: base64.b64encode(drawn(30).encode()).decode()),
    ("a.php", "define('AUTH_SALT', '{}');", lambda: drawn(30) + "|%" + drawn(3) + "7 " + drawn(20) + "{[+"),
    ("a.java", 'env.put(Context.SECURITY_CREDENTIALS, "{}");', password),
    ("master.key", "{}\n", lambda: drawn(32, HEX)),
    (".env", "DB_PASSWORD={}", lambda: drawn(1, string.ascii_lowercase) + "indow" + "Sill"),
    ("a.txt", "client_secret = abc" + "8Q" + "~{}", lambda: drawn(15) + "~" + drawn(15)),
]


@pytest.mark.parametrize(("name", "line", "draw"), TOLD, ids=[line[:40] for _, line, _ in TOLD])
def test_what_is_told_in_another_way_is_found(name: str, line: str, draw: object) -> None:
    """In commands over several lines, in calls, in the settings of devices, in headers and in notes."""
    assert callable(draw)
    hits = 0
    for _ in range(20):
        text = line.replace("{}", value := draw())
        hits += any(value in text[one.start : one.end + 4] and one.end > one.start for one in scan(text, name))
    assert hits >= 16, (line, hits)


HONEST = [
    ("a.yml", "- {name: MODEL, value: hT7qZx2LmVb9Kp4R}\n- {name: DB_PASSWORD, valueFrom: vault}"),
    ("a.json", '[{"name": "MODEL", "value": "hT7qZx2LmVb9Kp4R"}, {"name": "DB_PASSWORD"}]'),
    ("a.json", '[{"name": "DB_PASSWORD", "value": "${var.password}"}]'),
    ("a.json", '"license_key": "gpl-exception-2.0-plus-library"'),
    ("a.json", '"spdx_license_key": "LicenseRef-house-utah-2014"'),
    ("package.json", '"minipass": "^7.1.2",'),
    ("VERSIONS", "pwd: 3.0-"),
    ("a.py", 'password = password.encode("latin1")'),
    ("a.py", 'MovedAttribute("HTTPErrorProcessor", "urllib2", "urllib.request")'),
    ("a.py", "splitpasswd('user:a\\tb')"),
    ("a.py", "surrogatepass_errors = codecs.lookup_error('surrogatepass')"),
    ("a.py", 'CHALLENGE_PASSWORD = ObjectIdentifier("1.2.840.113549.1.9.7")'),
    ("a.py", "if key_node.tag == 'tag:yaml.org,2002:merge':"),
    ("a.json", '"keyDetails": "PKCS1_RSA_PKCS1V5",'),
    ("a.java", 'String usernamePassword = "application:" + appKey + ":" + appSecret;'),
    ("a.yml", "MasterUserPassword: !Ref 'MasterUserPassword'"),
    ("a.html", '<input type="hidden" name="csrf_token" value="7SWa-Fo2xhsC6oovfBsJFLGPUl2EhkSWPbJhWANwgaJW">'),
    ("a.js", 'sequenceKey = "rows-2024-by-name"'),
    ("a.sh", "curl -u test:test https://intranet/"),
    ("a.sh", 'curl -u "${NAME}:${PASSWORD}" https://intranet/'),
    ("a.sh", "curl -u <user:password> https://intranet/"),
    ("a.sh", 'curl -H "Authorization: Bearer $TOKEN" https://intranet/'),
    ("a.sh", "mysql -u root -p$PASSWORD shop"),
    ("a.txt", "The password is required for users of level 2."),
    ("a.txt", "pass/fail (2 of 10)"),
    ("a.txt", "id/pw: see page 12 of the handbook"),
    ("a.txt", "PASSWORD for step2: type it twice"),
    ("a.py", 'format_password = "prefix_{}".format(name)'),
    ("a.conf", "cloudflare_zone_id = 023e105f4ecef8ad9ca31a8372d0c353"),
    ("a.py", 'Token.Name.Builtin: "bold #08547A",'),
    ("a.conf", "password = ENC(Gx7+0pQvR2s9)"),
    ("a.py", 'secret = "' + "asdf" * 12 + '"'),
    ("a.js", "password: 'newPasswordField',"),
    ("a.json", '"password": "Passord"'),
    ("a.py", 'form = {"password1": "repeated_password2", "password2": "REFUSED_VALUE1"}'),
    ("a.json", '"password": "pbkdf2_sha256$10000$qpNwYcVbTzRk$8bTfK2mWqLrXe0sJvHdGyZu1oPaI5nC7"'),
    ("a.py", 'password_of_shop = "*0C5B1E7F9A3D2468ACE013579BDF8642CAFE1357"'),
    ("a.yml", "password: required"),
    ("a.md", "xoxe.xoxp-1-SlackAppConfigurationAccessTokenHere"),
    ("a.md", "sgp_0000000000000000_0000000000000000000000000000000000000000"),
]


@pytest.mark.parametrize(("name", "line"), HONEST)
def test_look_alikes_of_real_code_are_none(name: str, line: str) -> None:
    """Slugs, versions, functions named after passwords, forms of pages, sentences, placeholders."""
    assert scan(line, name) == []


def test_words_and_drawn_letters_differ() -> None:
    """Nearly all drawn letters are stranger than nearly all words; a slug is words, a token is none."""
    words = "authentication exception handler thunderstorm notwithstanding internationalisation passenger".split()
    assert all(strangeness(one) < STRANGE for one in words)
    hits = sum(strangeness(drawn(16, string.ascii_lowercase)) > STRANGE for _ in range(200))
    assert hits > 160
    assert worded("some-exception-to-licence-3.0") > 0.9
    assert sum(worded(drawn(32)) < 0.5 for _ in range(200)) > 190
    assert strangeness("") == 0.0


def test_json_in_one_long_line_is_searched() -> None:
    """Its members are; the same words in minified code are no names of secrets."""
    filler = '{"name": "some words", "count": 12}, ' * 500
    for name in ("password", "client_secret", "apiToken"):
        value = drawn(20) + "7b"
        for text in (
            f'[{filler}{{"{name}": "{value}"}}, {filler}]',
            f'"{filler}{{\\"{name}\\":\\"{value}\\"}}, {filler}"',
        ):
            assert [text[one.start : one.end] for one in scan(text, "a.json")] == [value], name
    assert scan("function(a){return a.key=b.token," * 500 + 'c.password="Zu7ahk2eeC";', "a.js") == []


def test_words_are_found_all_at_once_as_one_by_one() -> None:
    """Those too that begin another one, stand within one or overlap one, and at the edges of a part."""
    words = ["sk-", "sk-ant-", "ant", "nt-x", "key", "eyJ", "a"]
    text = "".join(DRAW.choice([*words, "zz", " ", "sk"]) for _ in range(90_000))
    told = {word: [found.start() for found in re.finditer(f"(?={word})", text)] for word in words}
    quick, slow = needles.Needles(words), needles.Needles(words)
    slow.__dict__["_find"] = needles._by_expression([word.encode() for word in words])
    assert quick.places(text.encode()) == slow.places(text.encode()) == told


def test_where_the_library_is_missing_the_same_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no wheel of it for every platform."""
    monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    assert needles.Needles(["key", "ey"]).places(b"a key") == {"key": [2], "ey": [3]}
