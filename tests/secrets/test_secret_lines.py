"""Secrets in single lines of many languages: what is one, and what only looks like one.

Tokens are drawn when the tests run, so that no file here holds one.
"""

import base64
import json
import random
import string
import zlib

import pytest

from ringfence.secrets.scan import scan

DRAW = random.Random(20260401)
LETTERS = string.ascii_letters + string.digits
HEX = "0123456789abcdef"
BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase


def drawn(count: int, letters: str = LETTERS) -> str:
    return "".join(DRAW.choice(letters) for _ in range(count))


def with_check_digits(prefix: str) -> str:
    """A token whose last six characters are the check digits of the rest, as GitHub and npm make them."""
    body = drawn(30)
    value, digits = zlib.crc32(body.encode()), ""
    while value:
        value, rest = divmod(value, 62)
        digits = BASE62[rest] + digits
    return f"{prefix}_{body}{digits.rjust(6, '0')}"


def a_jwt() -> str:
    def part(said: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")

    return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part({'sub': '1', 'name': drawn(8)})}.{drawn(43)}"


TOKENS = {
    "a GitHub token": lambda: with_check_digits("ghp"),
    "an npm token": lambda: with_check_digits("npm"),
    "an AWS access key": lambda: "AKIA" + drawn(16, "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"),
    "a GitLab token": lambda: f"glpat-{drawn(20)}",
    "a Slack token": lambda: f"xoxb-{drawn(12, string.digits)}-{drawn(12, string.digits)}-{drawn(24)}",
    "a Stripe key": lambda: f"sk_live_{drawn(24)}",
    "a Google API key": lambda: f"AIza{drawn(35)}",
    "a SendGrid key": lambda: f"SG.{drawn(22)}.{drawn(43)}",
    "a DigitalOcean token": lambda: f"dop_v1_{drawn(64, HEX)}",
    "a Hugging Face token": lambda: f"hf_{drawn(34, string.ascii_letters)}",
    "an Anthropic key": lambda: f"sk-ant-api03-{drawn(93)}AA",
    "a Databricks token": lambda: f"dapi{drawn(32, HEX)}",
    "a Docker Hub token": lambda: f"dckr_pat_{drawn(27)}",
    "a JSON web token": a_jwt,
    "an Airtable token": lambda: f"pat{drawn(14)}.{drawn(64, HEX)}",
    "a Telegram token": lambda: f"{drawn(10, '123456789')}:AA{drawn(33)}",
    "a Shopify token": lambda: f"shpat_{drawn(32, HEX)}",
    "a PyPI token": lambda: f"pypi-AgEIcHlwaS5vcmc{drawn(60)}",
    "a HashiCorp Vault token": lambda: f"hvs.{drawn(90)}",
    "a Mailchimp key": lambda: f"{drawn(32, HEX)}-us12",
    "a Grafana token": lambda: f"glsa_{drawn(32)}_{drawn(8, HEX)}",
    "a Linear key": lambda: f"lin_api_{drawn(40)}",
}


@pytest.mark.parametrize("kind", TOKENS)
def test_a_token_is_known_by_its_form(kind: str) -> None:
    """In a sentence, in code, in a file of any name: its kind is said, and exactly its characters are marked."""
    for _ in range(5):
        token = TOKENS[kind]()
        for text in (f"use {token} for now\n", f'call("{token}")\n', f"x: {token}\n"):
            found = scan(text, "notes.xyz")
            assert [(one.kind, text[one.start : one.end]) for one in found] == [(kind, token)], text


ASSIGNED = [
    ("a.py", 'password = "{}"', 12),
    ("a.js", 'const apiKey = "{}";', 32),
    ("a.ts", "  private readonly encryptionKey: string = '{}';", 32),
    ("a.yml", "password: {}", 14),
    ("a.env", "SECRET_KEY={}", 50),
    ("a.properties", "spring.datasource.password={}", 16),
    ("a.xml", "<password>{}</password>", 10),
    ("a.xml", '<add key="ApiKey" value="{}" />', 24),
    ("a.java", 'private static final String API_SECRET = "{}";', 40),
    ("a.java", 'props.put("password", "{}");', 9),
    ("a.php", "define('DB_PASSWORD', '{}');", 12),
    ("a.php", "'secret' => '{}',", 24),
    ("a.go", 'apiToken := "{}"', 36),
    ("a.cs", 'var c = "Server=db;User Id=sa;Password={};";', 12),
    ("a.json", '"client_secret": "{}"', 32),
    ("a.sh", "export AWS_SECRET_ACCESS_KEY={}", 40),
    ("a.sh", "curl -u admin:{} https://intranet/", 12),
    ("a.txt", "Authorization: Bearer {}", 40),
    ("a.py", 'url = "postgres://bob:{}@db.internal:5432/x"', 12),
    ("a.py", 'auth=("user", "{}")', 12),
    ("a.sql", "CREATE USER bob IDENTIFIED BY '{}';", 12),
    ("a.conf", "requirepass {}", 20),
    ("a.tf", '  password = "{}"', 16),
    ("a.c", '#define WIFI_PASSWORD "{}"', 10),
    (".npmrc", "//registry.npmjs.org/:_authToken={}", 40),
]


@pytest.mark.parametrize(("name", "line", "size"), ASSIGNED)
def test_what_stands_under_a_telling_name_is_found(name: str, line: str, size: int) -> None:
    """Drawn values are found in nearly every draw, and marked from their first to their last character."""
    hits = 0
    for _ in range(20):
        value = drawn(size - 2) + drawn(1, string.digits) + drawn(1)
        text = line.format(value)
        hits += any(text[one.start : one.end] == value for one in scan(text, name))
    assert hits >= 17, (line, hits)


HONEST = [
    ("a.py", "password = get_password()"),
    ("a.py", 'password = os.environ["DB_PASSWORD"]'),
    ("a.py", "password: str = None"),
    ("a.py", 'token = request.headers.get("X-Token")'),
    ("a.js", 'const token = localStorage.getItem("access_token");'),
    ("a.js", "password: 'Enter your password',"),
    ("a.json", '"password": "Password"'),
    ("a.json", '"forgot_password": "Forgot your password?"'),
    ("a.yml", "password: ${DB_PASSWORD}"),
    ("a.yml", "password: ${DB_PASSWORD:?set it in .env}"),
    ("a.yml", 'password: "{{ .Values.password }}"'),
    ("a.env", "API_KEY=your-api-key-here"),
    ("a.env", "SECRET=changeme"),
    ("a.java", "String password = null;"),
    ("a.java", '@Value("${db.password}") private String password;'),
    ("a.html", '<input type="password" name="password" id="password" placeholder="Password">'),
    ("a.sql", "password VARCHAR(255) NOT NULL,"),
    ("a.py", 'parser.add_argument("--password", help="The password to use")'),
    ("a.py", 'raise ValueError("password is required")'),
    ("a.js", 'import { tokenService } from "./token.service";'),
    ("a.css", ".password-input { color: red; }"),
    ("a.py", 'SECRET_KEY = env("SECRET_KEY")'),
    ("a.py", 'token_url = "https://example.com/oauth/token"'),
    ("a.js", 'keyCode: "ArrowDown"'),
    ("a.js", 'primaryKey: "user_id_column_name"'),
    ("a.go", 'password := flag.String("password", "", "database password")'),
    ("a.tf", "password = var.db_password"),
    ("a.tf", "kms_key_id = aws_kms_key.k.arn"),
    ("a.py", 'password = "password"'),
    ("a.rb", 'password: "secret"'),
    ("a.yml", "secretName: my-app-tls-secret"),
    ("a.yml", "secretKeyRef: {name: db-credentials, key: password}"),
    ("a.ts", "password: string;"),
    ("a.php", '$password = $_POST["password"];'),
    ("a.sh", "PASSWORD=$(cat /run/secrets/pw)"),
    ("a.json", '"tokenType": "Bearer"'),
    ("a.java", 'private static final String TOKEN_HEADER = "X-Auth-Token";'),
    ("a.py", "PASSWORD_RESET_TIMEOUT = 259200"),
    ("a.js", '"x-api-key": process.env.API_KEY'),
    ("a.py", "password_hash = bcrypt.hashpw(password, salt)"),
    ("a.txt", "url: http://user:password@example.com"),
    ("a.txt", "https://${USER}:${PASS}@host/"),
    ("a.py", 'token = "<your token>"'),
    ("a.py", 'aws_access_key_id = "AKIAIOSFODNN7EXAMPLE"'),
    ("a.js", 'errors.password = "must be at least 8 characters"'),
    ("passwd", "cell:x:65532:65532:cell:/tmp:/nonexistent"),
    ("a.py", "the tokens of the grammar, the keys of the map and the secrets of the trade"),
]


@pytest.mark.parametrize(("name", "line"), HONEST)
def test_what_only_looks_like_a_secret_is_none(name: str, line: str) -> None:
    """Placeholders, references, calls, types, labels, addresses, documentation's own examples."""
    assert scan(line, name) == []


def test_hashes_and_identifiers_are_none() -> None:
    """Checksums, commits, digests of images and public keys are drawn too, but no secrets."""
    for line in (
        f'"integrity": "sha512-{drawn(86)}=="',
        f"commit {drawn(40, HEX)}",
        f"image: shop@sha256:{drawn(64, HEX)}",
        f'"public_key": "{drawn(64)}"',
        f'etag = "{drawn(32, HEX)}"',
    ):
        assert scan(line, "a.txt") == []


def test_a_private_key_and_its_base64() -> None:
    """With its line ends written out, and encoded as in a Kubernetes secret; a mere heading is none."""
    body = "\n".join(drawn(64) for _ in range(6))
    for kind in ("RSA ", "EC ", "OPENSSH ", ""):
        marker = kind + "PRIVATE KEY"
        text = f"-----BEGIN {marker}-----\n{body}\n-----END {marker}-----\n"
        assert [one.kind for one in scan(text)] == ["a private key"]
        assert [one.kind for one in scan(json.dumps({"pem": text}))] == ["a private key"]
        encoded = base64.b64encode(text.encode()).decode()
        assert [one.kind for one in scan(f"data: {encoded}\n", "s.yaml")] == ["a private key, in base64"]
    assert scan("-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----\n") == []
    assert scan(f"BEGIN PRIVATE KEY-----\n{body}\n") == []  # of something else, without what opens it


@pytest.mark.parametrize(
    "text",
    [
        '"' * 1_000_000,
        "password=" * 200_000,
        "a" * 8_000_000,
        "eyJ" * 500_000,
        "key: " + "A" * 1_000_000 + "\n",
        "://x:" * 200_000,
        ("token = " + "x" * 30 + "\n") * 30_000,
        "-----BEGIN PRIVATE KEY-----" * 20_000,
        "=" * 2_000_000,
        "\x00\ud800password = 'x\u2028y'" * 1000,
    ],
    ids=["quotes", "names", "one line", "heads", "a run", "schemes", "lines", "markers", "signs", "odd"],
)
def test_hostile_texts_end(text: str) -> None:
    """Nothing takes more than linear time, and what is found lies in the text."""
    assert all(0 <= one.start < one.end <= len(text) for one in scan(text, "a.env"))


def test_a_secret_across_the_pieces_of_a_long_text() -> None:
    """A text is read in pieces that overlap: what lies over an edge is found once, at its place."""
    token = with_check_digits("ghp")
    for before in (1 << 20, (1 << 20) - 20, (1 << 20) + 5):
        text = ("word " * (before // 5 + 1))[:before] + " " + token + " " + "word " * 300_000
        found = [one for one in scan(text, "a.txt") if one.kind == "a GitHub token"]
        assert [(one.start, one.end) for one in found] == [(before + 1, before + 1 + len(token))]


@pytest.mark.parametrize("line", ["mysql -p ", "sshpass login ", "curl -u a: ", 'x.login("a",', "psexec -p "])
def test_commands_without_end_are_searched_in_time(line: str) -> None:
    """A line of nothing but programs, in every kind of file: each stretch is looked at once."""
    text = line * (400_000 // len(line))
    for name in ("a.sh", "a.py"):
        assert len(scan(text, name)) <= 2000
