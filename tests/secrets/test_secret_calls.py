"""Passwords and keys that functions of libraries are given."""

import random
import string

import pytest

from ringfence.secrets.scan import scan

DRAW = random.Random(20261122)


def drawn(count: int, letters: str = string.ascii_letters + string.digits) -> str:
    return "".join(DRAW.choice(letters) for _ in range(count))


PASSWORDS = [
    ("a.java", 'new PasswordAuthentication("otter@shop.internal", "{}".toCharArray())'),
    ("a.java", 'keys.load(in, "{}".toCharArray());'),
    ("a.py", "psycopg2.connect('shop', 'otter', '{}')"),
    ("a.py", 'pymysql.connect("localhost", "otter", "{}", "shop")'),
    ("a.py", "cx_Oracle.connect('otter', '{}', 'shop')"),
    ("a.pl", "DBI->connect('dbi:shop', 'otter', '{}')"),
    ("a.py", "shell.connect('10.0.0.9', 22, 'otter', '{}')"),
    ("a.py", "User.objects.create_user('otter', 'otter@shop.internal', '{}')"),
    ("a.rb", "fill_in 'Password', with: '{}'"),
    ("a.js", "cy.get('#password').type('{}')"),
    ("a.py", 'password_input.send_keys("{}")'),
    ("a.php", "$admin->password = bcrypt('{}');"),
    ("a.js", "await page.fill('input[name=\"password\"]', '{}')"),
    ("a.java", 'driver.findElement(By.id("password")).sendKeys("{}");'),
    ("a.html", '<input class="wide" type="password" name="p" value="{}">'),
    ("a.php", "curl_setopt($handle, CURLOPT_USERPWD, 'otter:{}');"),
    ("a.bat", "net use z: \\\\box\\share /user:otter {}"),
    ("a.sbt", 'Credentials("Realm", "shop.internal", "otter", "{}")'),
    ("a.bas", 'ActiveSheet.Unprotect "{}"'),
    ("a.bas", 'ActiveSheet.Protect Password:="{}"'),
    ("a.robot", "Input Password    id=word    {}"),
    ("a.js", "const hash = await bcrypt.hash('{}', 10)"),
    ("a.php", "'password' => Hash::make('{}'),"),
    ("a.py", "User(name='otter', hash=generate_password_hash('{}'))"),
    ("a.exp", 'expect "*assword:" {{ send "{}\\r" }}'),
    ("a.sh", "openssl enc -aes-256-cbc -k {} -in river"),
    ("a.yml", 'basicAuth: "otter:{}"'),
    ("a.yml", "command: redis-server --requirepass {}"),
    ("a.cpp", 'std::string password{{"{}"}};'),
    ("a.erl", '{{password, <<"{}">>}}'),
    ("a.vb", '& "uid=root;" _\n & "pwd={};" _'),
]


@pytest.mark.parametrize("password", ["Ot7er!river", "otter77river", "otter!river"])
@pytest.mark.parametrize(("name", "line"), PASSWORDS, ids=[line[:40] for _, line in PASSWORDS])
def test_a_password_that_a_call_is_given(name: str, line: str, password: str) -> None:
    """Once, and marked from its first to its last character, with digits or signs in it."""
    text = line.replace("{{", "\0").replace("}}", "\1").replace("{}", password)
    text = text.replace("\0", "{").replace("\1", "}")
    assert [(one.kind, text[one.start : one.end]) for one in scan(text, name)] == [("a password", password)]


KEYS = [
    ("a.java", 'Algorithm.HMAC256("{}")', 24),
    ("a.java", 'Jwts.builder().signWith(SignatureAlgorithm.HS256, "{}")', 44),
    ("a.java", 'new SecretKeySpec("{}".getBytes(), "AES")', 44),
    ("a.java", 'new BasicAWSCredentials("otter", "{}")', 40),
    ("a.swift", 'request.setValue("{}", forHTTPHeaderField: "X-Api-Key")', 32),
    ("a.m", '[request setValue:@"{}" forHTTPHeaderField:@"X-Api-Key"];', 32),
    ("a.go", 'var jwtKey = []byte("{}")', 32),
    ("a.xml", '<meta-data android:name="shop.river.ApiKey" android:value="{}"/>', 32),
]


@pytest.mark.parametrize(("name", "line", "size"), KEYS, ids=[line[:40] for _, line, _ in KEYS])
def test_a_key_that_a_call_is_given(name: str, line: str, size: int) -> None:
    """In nearly every draw."""
    assert sum(len(scan(line.format(drawn(size - 1) + "7"), name)) == 1 for _ in range(20)) >= 16


WORDS = [
    ("a.py", 'driver.find_element(By.ID, "password").send_keys("RiverSecretPassword!")'),
    ("a.php", "'password' => bcrypt('riverotter'),"),
    ("a.php", "'password' => Hash::make('12345678'),"),
    ("a.bas", 'ActiveSheet.Unprotect "river"'),
]


@pytest.mark.parametrize(("name", "text"), WORDS, ids=[text[:40] for _, text in WORDS])
def test_a_word_that_a_call_is_given(name: str, text: str) -> None:
    """Where nothing else is given there."""
    assert [one.kind for one in scan(text, name)] == ["a password"]


def test_a_key_of_a_service_by_the_name_of_its_parameter() -> None:
    """Thirty-two hexadecimal digits as OpenWeather takes them; the id of an application is none."""
    key = "8f1c0d2be94a4756a1d37c60b2e9f485"
    assert [one.kind for one in scan(f"fetch(`https://w.internal/q?appid={key}`)", "a.js")] == ["an OpenWeather key"]
    assert scan('"appid": "wx19433a59b15fe84d"', "a.json") == []


HONEST = [
    ("a.swift", 'request.setValue("Ab3dEf6hIj9kLmN0pQrS7uVw", forHTTPHeaderField: "Accept-Version")'),
    ("a.m", '[request setValue:@"Ab3dEf6hIj9kLmN0pQrS7uVw" forHTTPHeaderField:@"X-Request-Name"];'),
    ("a.java", '"abcdefghijklm7".toCharArray()'),
    ("a.java", "keys.load(in, password.toCharArray());"),
    ("a.java", 'new SecretKeySpec(key.getBytes(), "AES256")'),
    ("a.py", "psycopg2.connect('shop', 'otter', password)"),
    ("a.py", "client.connect('10.0.0.9', 1883, 60)"),
    ("a.js", "cy.get('#password').type('wrong')"),
    ("a.js", "await page.fill('#user', 'otter77')"),
    ("a.js", "await page.fill('#password', user.password)"),
    ("a.html", '<input type="password" name="p" value="{{ password1 }}">'),
    ("a.html", '<input type="password" placeholder="8 characters">'),
    ("a.js", "const hash = await bcrypt.hash(password, 10)"),
    ("a.php", "'password' => Hash::make('password'),"),
    ("a.php", "curl_setopt($handle, CURLOPT_USERPWD, 'user:password');"),
    ("a.bas", 'ActiveSheet.Unprotect "password"'),
    ("a.exp", 'expect "*name:" { send "otter7\\r" }'),
    ("a.pl", "$password{'otter'}{'river1'}{'hpux'}"),
    ("a.pl", '$Keysyms{"Hangul_SsangKiyeog"} = 0xea2;'),
    ("a.swift", 'request.setValue("application/json; charset=utf-8", forHTTPHeaderField: "Content-Type")'),
    ("a.sh", "openssl enc -aes-256-cbc -k $PASS -in river"),
    ("a.m", "getpass();"),
    ("a.js", "const bytes = encoder.encode('otters7');"),
    ("a.py", 'assert encoder.encode("\\xe4x") == b""'),
]


@pytest.mark.parametrize(("name", "text"), HONEST, ids=[text[:40] for _, text in HONEST])
def test_what_a_call_is_given_that_is_none(name: str, text: str) -> None:
    """Variables, words that stand for a value, other fields, other headers, an index."""
    assert scan(text, name) == []
