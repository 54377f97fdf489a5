"""Secrets in data (tables, elements, settings, commands, sentences, comparisons), and what else stands there.

Values are made when the tests run, so that no file here holds one.
"""

import base64
import random
import string

import pytest

from ringfence.secrets.scan import scan

DRAW = random.Random(20261123)
FIRST = "marsh copper slate kestrel willow amber quarry linden thistle heron plum fjord gravel saffron".split()
LAST = "Lantern Harbor Meadow Anvil Otter Shutter Lane Crow Stone Drift Berth Quay Ladder Planet Gate Rope".split()


def spoken() -> str:
    return DRAW.choice(FIRST) + DRAW.choice("3456789") + DRAW.choice(LAST)


def key() -> str:
    return "".join(DRAW.choice(string.ascii_letters + string.digits) for _ in range(19)) + "7"


def github() -> str:
    return "ghp_" + "".join(DRAW.choice(string.ascii_letters + string.digits) for _ in range(35)) + "7"


def sealed() -> str:
    return base64.b64encode(f"user=app\npassword={spoken()}\n".encode()).decode()


TOLD = [
    ("a.csv", "user,password,role\nalice,{},admin\n", spoken),
    ("a.csv", '"Title","User Name","Password"\n"Router","admin","{}"\n', spoken),
    ("a.tsv", "id\tlogin\tpasswd\n1\tdora\t{}\n", spoken),
    ("a.csv", "device;api_token;place\nd-1;{};roof\n", key),
    ("a.sql", "INSERT INTO users (id, password, email) VALUES (1, '{}', 'a@lan.test');", spoken),
    ("a.sql", "INSERT INTO `u` (`login`, `passwd`) VALUES\n('a','x'),\n('it''s','{}');", spoken),
    ("a.py", "run(\"INSERT INTO users (name, password) VALUES ('root', '{}')\")", spoken),
    ("a.sql", "COPY public.users (id, login, password) FROM stdin;\n1\tbob\t{}\n\\.\n", spoken),
    ("a.sql", "CREATE LOGIN svc WITH PASSWORD = N'{}';", spoken),
    ("a.md", "| Host | User | Password |\n|------|------|----------|\n| db1 | root | {} |\n", spoken),
    ("a.md", "User | Password\n--- | ---\nadmin | `{}`\n", spoken),
    ("a.rst", "====  =============\nUser  Password\n====  =============\nops   {}\n====  =============\n", spoken),
    (
        "a.rst",
        "+------+------------------+\n| User | Password         |\n+======+==================+\n| eve  | {} |\n",
        spoken,
    ),
    ("a.html", "<table><tr><th>User</th><th>Password</th></tr>\n<tr><td>ops</td><td>{}</td></tr></table>", spoken),
    ("a.plist", "<key>WifiPassword</key>\n<string>{}</string>", spoken),
    ("a.plist", "<key>APIToken</key><string>{}</string>", key),
    ("a.xml", '<property name="password">\n  <value>{}</value>\n</property>', spoken),
    ("a.xml", "<AutoLogon><Password><Value>{}</Value></Password></AutoLogon>", spoken),
    ("wpa.conf", 'network={\n  ssid="lab"\n  psk="{}"\n}', spoken),
    ("ks.cfg", "rootpw --plaintext {}\n", spoken),
    ("preseed.cfg", "d-i passwd/root-password password {}\n", spoken),
    ("client.ovpn", "<auth-user-pass>\nops\n{}\n</auth-user-pass>\n", spoken),
    ("users.acl", "user ops on >{} ~* +@all\n", spoken),
    ("ipsec.secrets", '10.0.0.1 10.0.0.2 : PSK "{}"\n', spoken),
    ("chap-secrets", "# client server secret IP\nops * {} *\n", spoken),
    ("sasl_passwd", "[smtp.lan]:587 ops@lan.test:{}\n", spoken),
    ("a.conf", "remote_username ops\nremote_password {}\n", spoken),
    ("user-data", "#cloud-config\nchpasswd:\n  list: |\n    root:{}\n", spoken),
    ("a.yaml", "apiVersion: v1\nkind: Secret\ndata:\n  config: {}\n", sealed),
    ("wp-config.php", "define( 'DB_PASSWORD', '{}' );\n", spoken),
    ("a.ipynb", '{"outputs": [{"text": ["password: {}\\n"]}]}', spoken),
    ("a.json", '{"key": "client_secret", "type": "secret", "value": "{}"}', key),
    *(
        ("a.md", f"Run this:\n\n    $ {command}\n", spoken)
        for command in (
            "http -a ops:{} GET api.lan/items",
            "openssl enc -aes-256-cbc -k {} -in a -out b",
            "echo {} | docker login -u ops --password-stdin",
            "net use z: \\\\nas\\share {} /user:ops",
            "sqlcmd -S db -U sa -P {}",
            "7z x a.7z -p{}",
            "sqlplus scott/{}@orcl",
            "rabbitmqctl add_user ops {}",
            "lftp -u ops,{} ftp.lan",
            "kubectl create secret generic db --from-literal=password={}",
            "xfreerdp /u:ops /p:{} /v:host",
            "nmcli dev wifi connect lab password {}",
        )
    ),
    ("a.md", "| Name | Value |\n|---|---|\n| DB_PASSWORD | {} |\n", spoken),
    ("a.org", "| User | Password |\n|------+----------|\n| ops | {} |\n", spoken),
    ("a.adoc", "|===\n|User |Password\n\n|ops |{}\n|===\n", spoken),
    ("a.txt", "user;password\nops;{}\n", spoken),
    ("a.html", "<tr><td>Password</td><td>{}</td></tr>", spoken),
    ("a.html", "<dt>Password</dt><dd>{}</dd>", spoken),
    ("a.xml", "<param><name>password</name><value>{}</value></param>", spoken),
    ("a.xml", "<entry><string>password</string><string>{}</string></entry>", spoken),
    ("a.xml", '<wsse:Password Type="PasswordText">{}</wsse:Password>', spoken),
    ("a.sql", "CREATE DATABASE LINK l CONNECT TO ops IDENTIFIED BY {} USING 'x';", spoken),
    ("haproxy.cfg", "  user ops insecure-password {}\n", spoken),
    ("userlist.txt", '"ops" "{}"\n', spoken),
    ("clients.conf", "client x {\n  secret = {}\n}\n", spoken),
    ("snmpd.conf", "rocommunity {} 10.0.0.0/8\n", spoken),
    ("a.groovy", "new UsernamePasswordCredentialsImpl(GLOBAL, 'id', 'd', 'ops', '{}')", spoken),
    ("a.jsonl", '{"role":"user","content":"my password is {}, please"}', spoken),
    ("a.sh", "git clone https://{}:x-oauth-basic@git.lan/a.git", key),
    ("a.sh", "git clone https://{}@git.lan/a.git", key),
    ("a.json", '{"url":"https:\\/\\/ops:{}@api.lan\\/x"}', spoken),
    ("a.fish", "set -x DB_PASSWORD {}\n", spoken),
    ("Dockerfile", "FROM x\nENV DB_PASSWORD {}\n", spoken),
    ("a.toml", 'password = """{}"""\n', spoken),
    ("a.yml", "password: !!str {}\n", spoken),
    ("a.lua", "password = [[{}]]\n", spoken),
    ("a.pl", "my %h = (password => q{" + "{}" + "});", spoken),
    ("a.rs", 'let password = r#"{}"#;', spoken),
    ("a.erl", '{password, "{}"}.', spoken),
    ("a.tf", 'variable "db_password" {\n  default = "{}"\n}\n', spoken),
    ("a.robot", "${PASSWORD}    {}\n", spoken),
    *(
        ("a.md", f"Run this:\n\n    $ {command}\n", spoken)
        for command in ("mysqladmin -u root password {}", "wpa_passphrase lab {}", "smbpasswd -U ops%{}")
    ),
    ("a.sql", "EXEC sp_addlogin 'ops', '{}', 'shop';", spoken),
    ("sentinel.conf", "sentinel auth-pass mymaster {}\n", spoken),
    ("proxychains.conf", "socks5 10.0.0.1 1080 ops {}\n", spoken),
    ("davfs2/secrets", "https://dav.lan ops {}\n", spoken),
    ("a.txt", "p/w: {}\n", spoken),
    ("a.ps1", 'if ("{}" -eq $password) { }', spoken),
    ("a.py", 'if "{}" == password:', spoken),
    ("a.java", 'if ("{}".equals(password)) {', spoken),
    ("a.c", 'if (strcmp(password, "{}") == 0)', spoken),
    ("a.php", "if ('{}' == $_POST['password'])", spoken),
    ("a.ps1", 'if ($password -eq "{}") {', spoken),
    ("a.md", "The password is {}.", spoken),
    ("a.txt", "root password was set to {} yesterday", spoken),
    ("a.txt", "Default credentials: admin / {}", spoken),
    ("a.txt", "log in with ops:{}", spoken),
    ("a.md", "**Password:** {}", spoken),
    ("a.py", "# password is {}", spoken),
    ("a.md", "The API key is {}.", key),
]


@pytest.mark.parametrize(("name", "line", "make"), TOLD, ids=[line[:40] for _, line, _ in TOLD])
def test_what_data_tell_is_found(name: str, line: str, make: object) -> None:
    assert callable(make)
    hits = 0
    for _ in range(10):
        text = line.replace("{}", value := make())
        hits += any(value in text[one.start : one.end + 1] for one in scan(text, name))
    assert hits >= 8, (line, hits)


def in_base64(said: str) -> str:
    return base64.b64encode(said.encode()).decode()


@pytest.mark.parametrize(
    "said",
    [
        "token=%s",
        "%s",
        '{"user":"ops","password":"%s"}',
        "export X=1\nexport DB_PASSWORD=%s\n",
    ],
)
def test_what_base64_holds_is_found(said: str) -> None:
    """In any alignment, in lines, and in base64 once more."""
    for before in ("", "x", "xy"):
        run = in_base64(before + " " + said % github())
        lines = "\n    ".join(run[at : at + 60] for at in range(0, len(run), 60))
        for text in (f"blob: {run}\n", f"data: |\n    {lines}\n"):
            assert any(one.kind.endswith("in base64") for one in scan(text, "a.yml")), text
    assert scan(f"blob: {in_base64(in_base64(github()))}\n", "a.yml") != []
    sealed_reference = in_base64('{"user":"ops","password":"${PASSWORD}"}')
    assert scan(f"blob: {sealed_reference}\n", "a.yml") == []
    assert scan(f"blob: {in_base64('a sentence about passwords, secrets and tokens, without one')}\n", "a.yml") == []


@pytest.mark.parametrize(
    "line",
    [
        'const char *t = "{}" "{}";',
        'token = "{}" + "{}"',
        'x = "{}" +\n  "{}";',
        '$x = "{}" . "{}";',
        "TOKEN={}\\\n{}",
        'x = "".join(["{}", "{}"])',
    ],
)
def test_a_token_that_is_put_together_is_found(line: str) -> None:
    for _ in range(5):
        value = github()
        first, second = value[:17], value[17:]
        text = line.replace("{}", first, 1).replace("{}", second, 1)
        assert any(first in text[one.start : one.end] for one in scan(text, "a.c")), text
    assert scan('x = "ghp_" + user + "_of_the_organisation"', "a.c") == []


HONEST = [
    ("services", "kpasswd\t\t464/tcp\nkpasswd\t\t464/udp\n"),
    ("a.csv", "column,type,password\nusers,varchar,no\nteams,int,yes\n"),
    ("a.csv", "user,password,role\nalice,,admin\nbob,********,viewer\n"),
    ("a.csv", "user,password_hash\nalice,9b74c9897bac770ffc029102a200c5de\n"),
    ("a.csv", "key,en,de\nlogin.password,Password2,Kennwort2\n"),
    ("a.csv", "word,token,count\nwalked2,VBD,3\n"),
    ("a.csv", "name,password\nalice,9b74c9897bac770ffc029102a200c5de\n"),
    ("a.csv", "Field,Pass,Fail\nspeed2,12a,3b\nsize,yes9,no\n"),
    ("a.md", "| Test | Pass |\n|---|---|\n| login2 | yes2 |\n"),
    ("a.sql", "INSERT INTO users (name, password) VALUES (?, ?);"),
    ("a.sql", "INSERT INTO users (name, password) VALUES ('bob', crypt($1, gen_salt('bf2')));"),
    ("a.sql", "INSERT INTO labels (lang, password, login) VALUES ('de', 'Passwort', 'Anmelden');"),
    ("a.sql", "INSERT INTO users (password, name) VALUES ('', 'marsh7Lantern');"),
    ("a.py", '"INSERT INTO users (name, password) VALUES (%s, %s)"'),
    ("a.md", "| Option | Type | Default |\n|---|---|---|\n| password | string2 | none |\n"),
    ("a.md", "| User | Password |\n|---|---|\n| admin | `<your password 2>` |\n| eve | $DB_PASSWORD2 |\n"),
    ("a.md", "| Feature | Password | Token |\n|---|---|---|\n| Login | v1.2 | v2.0 |\n| API | 8-64 | yes |\n"),
    ("a.plist", "<key>Password</key>\n<string></string>\n<key>PasswordHint</key><string>pet2name</string>"),
    ("a.xml", '<string name="password_hint">your2nd</string><input name="password" value=""/>'),
    ("a.config", '<add key="PasswordFormat" value="Hashed1"/>'),
    ("wpa.conf", "network={\n  key_mgmt=WPA-PSK\n  psk=ext:lab2\n}"),
    ("ks.cfg", "rootpw --lock\nrootpw --iscrypted $6$abc$def2\n"),
    ("user-data", "chpasswd:\n  expire: false\nssh_pwauth: true2\n"),
    ("a.yaml", "kind: Secret\nmetadata:\n  name: db\n  labels:\n    app: shop-version-2\ntype: Opaque\n"),
    *(
        ("a.md", f"Run this:\n\n    $ {command}\n")
        for command in (
            "mysql -u root -p shop2",
            "docker run -p 8080:80 -u 1000:1000 nginx2",
            "ssh -p 2222 ops@web1",
            "psql -h db -U app -p 5432",
            "openssl rsa -in k.pem -passin env:PW2",
            "sqlcmd -S db -U sa -P $(cat pw2)",
            "zip -r a1.zip b2",
            "echo $PW2 | sudo -S apt update",
            "scp -P 2222 a1 b2:",
            "http GET api.lan/items2 name=bob77",
            "sqlplus /nolog @setup2.sql",
            "sqlplus / as sysdba @a/b2.sql",
        )
    ),
    ("a.html", "<tr><td>Password</td><td>required2</td></tr><dt>Password</dt><dd>The user2 password.</dd>"),
    ("a.md", "| Name | Value |\n|---|---|\n| DB_PASSWORD | the password2 |\n| TOKEN_TTL | 30m2 |\n"),
    (
        "a.py",
        '"AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"',
    ),
    ("af.json", '{"username": "Gebruikersnaam",\n"password": "Wagwoord"}'),
    ("a.ts", "enum Field { USER = 'USER', PASSWORD = 'PASSWORD', PASS = 'REQUIRED' }"),
    ("a.md", "redis://:redis-password@cache:6379/0"),
    ("a.py", 'dsn = "https://9b74c9897bac770ffc029102a200c5de@o1.ingest.sentry.io/2"'),
    ("a.py", 'dsn = "http://9b74c9897bac770ffc029102a200c5de@localhost:8000/2"'),
    ("a.py", 'n["{urn:names:ProtocolPassword" "}Extension2"] = 1'),
    ("a.sh", "git clone https://the-name-of-a-user-2@git.lan/a.git"),
    ("haproxy.cfg", "  user ops password $5$abc$def2\n"),
    ("a.txt", "A text about users, passwords; and more2\nops;password2\n"),
    ("Dockerfile", "FROM x\nENV DB_PASSWORD_FILE /run/secrets/db2\n"),
    ("a.fish", "set -x DB_PASSWORD $argv[1]\n"),
    ("a.robot", "${PASSWORD}    Get Password2\n"),
    ("a.tf", 'variable "db_password" {\n  type = string2\n  description = "The password of version2"\n}\n'),
    ("a.js", "if ('password1' == field.name)"),
    ("a.java", 'if ("password2".equals(key)) {'),
    ("a.c", 'if (strcmp("password2", key) == 0)'),
    ("a.py", 'if "utf8" == password.encoding:'),
    ("a.md", "The password is hashed with SHA256 and stored."),
    ("a.md", "Password reset in RFC2898 and PBKDF2."),
    ("a.md", "The password is the same as in step3."),
    ("a.md", "Your password is at least 12 characters long."),
    ("a.md", "Change the password for user1 and user2."),
    ("a.md", "log in with OAuth2/OIDC"),
    ("a.md", "The API key is stored in S3 buckets."),
    ("a.md", "Use token `access_token_v2_of_user` to call it."),
]


@pytest.mark.parametrize(("name", "text"), HONEST, ids=[text[:40] for _, text in HONEST])
def test_what_else_stands_there_is_not(name: str, text: str) -> None:
    assert [text[one.start : one.end] for one in scan(text, name)] == []


ENDLESS = (
    "| Password |\n|" + "-|" * 100_000,
    "INSERT INTO users (password) VALUES " + "(" * 100_000,
    "INSERT INTO users (password) VALUES ('" * 3_000,
    "| Password | b |\n|---|---|\n" * 8_000,
    "=  =\n" * 30_000,
    "<tr><th>Password</th>" * 8_000,
    "password is " * 15_000,
    "<key>password</key>" * 8_000,
    "<value>" * 20_000,
    "chpasswd:\n" * 10_000,
    "kind: Secret\ndata:\n  a: b\n" * 4_000,
    '"a" == password ' * 8_000,
    "COPY a (password) FROM stdin;\n" * 5_000,
)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("text", ENDLESS, ids=[text[:20] for text in ENDLESS])
def test_what_has_no_end_is_cut(text: str) -> None:
    """Heads, rules and rows are not searched over and over."""
    assert len(scan(text, "a.md")) < 2001


@pytest.mark.parametrize(
    "code", ['const password = "{}";', 'login: { "password": "{}" }', 'mailer.login("otter", "{}")']
)
def test_what_a_cell_of_csv_quotes_is_read_as_it_was(code: str) -> None:
    """A quote in a cell is written twice there."""
    for _ in range(10):
        value = key()[:14] + "7x"
        cell = code.replace("{}", value).replace('"', '""')
        text = f'number,line\n1,"{cell}"\n2,""\n'
        assert [text[one.start : one.end] for one in scan(text, "lines.csv")] == [value]
