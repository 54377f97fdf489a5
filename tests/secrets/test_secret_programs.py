"""Passwords that the short options of programs tell."""

import pytest

from ringfence.secrets.programs import told


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
        ("app", "--password=s3cr3tpw"),
    ],
)
def test_what_tells_no_password_is_left_alone(words: tuple[str, ...]) -> None:
    """A variable, another option, another program."""
    assert list(told(words)) == []


def test_a_hostile_command_is_bounded() -> None:
    """Megabytes of names of programs without their options; only the beginning is looked at."""
    assert list(told(("mysql curl sshpass mongo -x " * 100_000,))) == []
    assert list(told(("a" * 100_000, "mysql -ps3cr3tpw"))) == []
