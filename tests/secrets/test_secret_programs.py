"""Passwords that the short options of programs tell."""

import pytest

from ringfence.secrets import is_secret_name
from ringfence.secrets.programs import told
from ringfence.secrets.values import class_of


@pytest.mark.parametrize(
    ("words", "index"),
    [
        (("mysql", "-u", "root", "-ps3cr3tpw", "shop"), 3),
        (("/usr/bin/mysqldump", "-ps3cr3tpw"), 1),
        (("sh", "-c", "sleep 1; mysql -uroot -ps3cr3tpw < /x.sql"), 2),
        (("curl", "-u", "admin:s3cr3tpw", "https://example.com"), 2),
        (("sh", "-c", "curl -sS --user 'admin:s3cr3tpw' https://example.com"), 2),
        (("sshpass", "-p", "s3cr3tpw", "ssh", "host"), 2),
        (("sshpass", "-ps3cr3tpw", "ssh", "host"), 1),
        (("sh", "-c", 'docker login -u me -p "s3cr3tpw" registry.example.com'), 2),
        (("redis-cli", "-h", "cache", "-a", "s3cr3tpw", "ping"), 4),
        (("mongosh", "-u", "root", "-p", "s3cr3tpw"), 4),
        (("sh", "-c", "app serve --db-password s3cr3tpw"), 2),
        (("sh", "-c", "export DB_PASSWORD=s3cr3tpw && app"), 2),
        (("ldapsearch", "-D", "cn=admin", "-w", "s3cr3tpw"), 4),
    ],
)
def test_a_password_is_found_at_its_word(words: tuple[str, ...], index: int) -> None:
    """As words of their own, and in a script that is one word."""
    assert [at for at, _ in told(words)] == [index]


@pytest.mark.parametrize(
    "words",
    [
        ("mysql", "-u", "root", "-p"),
        ("sh", "-c", 'mysql -uroot -p"$MYSQL_ROOT_PASSWORD"'),
        ("sh", "-c", "mysql -uroot -p${PASSWORD} -e 'select 1'"),
        ("mysql", "--protocol=tcp", "-P", "3306"),
        ("mysqladmin", "ping", "-h", "localhost"),
        ("curl", "-u", "$USER:$PASS", "https://example.com"),
        ("curl", "--unix-socket", "/run/x.sock", "http://localhost:8080"),
        ("curl", "-o", "user:group", "https://example.com"),
        ("mkdir", "-p", "curl/s3cr3tpw"),
        ("sh", "-c", "mysql --version && mkdir -p s3cr3tdir"),
        ("sshpass", "-e", "ssh", "host"),
        ("docker", "run", "-p", "8080:80", "x"),
        ("redis-cli", "-a", "${REDIS_PASSWORD}"),
        ("not-mysql", "-ps3cr3tpw"),
        ("sh", "-c", "app --password-file /run/secrets/x --token-ttl 5m --password $PW"),
        ("sh", "-c", "app --auth-type=password # --password=s3cr3tpw"),
        ("sh", "-c", "APP_PASSWORD=`vault read -field=pw kv/app`\napp --password=`cat /run/pw`"),
        ("app", "--password=s3cr3tpw"),
        ("sh", "-c", "login() { password=$1; }; echo token=ok"),
        ("sh", "-c", "SECRET_KEY_BASE=precompile_placeholder rails assets:precompile"),
    ],
)
def test_what_tells_no_password_is_left_alone(words: tuple[str, ...]) -> None:
    """A variable, another option, another program."""
    assert list(told(words)) == []


def test_a_hostile_command_is_bounded() -> None:
    """Megabytes of names of programs without their options; only the beginning is looked at."""
    assert list(told(("mysql curl sshpass mongo -x " * 100_000,))) == []
    assert list(told(("a" * 100_000, "mysql -ps3cr3tpw"))) == []


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("MINIO_ROOT_PASSWORD", True),
        ("minio_secret_key", True),
        ("MAXMIND_PASSWORD", True),
        ("max_tokens", False),
        ("maxTokens", False),
        ("MAX_TOKEN", False),
        ("numTokens", False),
        ("MIN_PASSWORD_LENGTH", False),
    ],
)
def test_a_bound_is_no_secret_and_a_product_is_no_bound(name: str, wanted: bool) -> None:
    """What begins with min, max or num as a word of its own counts something."""
    assert is_secret_name(name) is wanted


@pytest.mark.parametrize(
    "name",
    "MINIO_ROOT_PASSWORD USER_PASSWORD NOTION_TOKEN HASURA_GRAPHQL_ADMIN_SECRET READONLY_PASSWORD NODE_AUTH_TOKEN"
    " userToken nomad_token SETTINGS_SECRET_KEY".split(),
)
def test_a_name_that_only_begins_like_a_verb_promises_a_secret(name: str) -> None:
    """`use` is no word of its own in USER, nor `no` in NOTION."""
    assert class_of(name) is not None


@pytest.mark.parametrize(
    "name", "has_token isPassword getToken setpassword NO_PASSWORD useToken loadToken max_tokens MIN-PASSWORD".split()
)
def test_a_name_that_begins_with_a_verb_promises_none(name: str) -> None:
    """It asks, counts or does something."""
    assert class_of(name) is None
