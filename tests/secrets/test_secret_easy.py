"""Words as passwords and keys: certain where it stands beside them whose they are, and nothing but words elsewhere."""

import random
import string

import pytest

from ringfence.secrets.scan import scan

#: Nobody's: it is drawn when the tests run.
DRAWN = "".join(random.Random(7).choices(string.ascii_letters + string.digits, k=40))

USED = [
    ("a.js", "user: 'otter',\npassword: 'admin',"),
    ("a.js", "username: 'admin', password: 'test'"),
    ("a.rb", 'Keeper.create(email: "otter@holt.test", password: "password")'),
    ("a.java", 'keeper.setUsername("otter");\nkeeper.setPassword("abc");'),
    ("a.py", 'connect(host="localhost", passwd="pw1")'),
    ("a.php", "$host = '10.0.0.3';\n$password = 'secret';"),
    ("a.go", 'User: "otter_2",\nPassword: "holt-pass",'),
    ("a.cs", 'var login = "otter";\nvar password = "db_password";'),
    ("a.java", 'String adminPassword = "password";'),
    ("a.js", "password: process.env.DB_PASSWORD || 'root',"),
    ("a.py", 'PASSWORD = os.getenv("OTTER_PASSWORD", "pass")'),
    ("a.java", 'con = DriverManager.getConnection("jdbc:oracle:thin:@localhost", "hr", "hr");'),
    ("a.php", "new mysqli('localhost', 'otter', 'password')"),
    ("a.java", 'String url = "jdbc:derby://localhost/holt;user=ot;password=ot";'),
    ("a.java", 'page.getPassword().sendKeys("river12");'),
    ("a.java", 'driver.findElement(By.id("password")).sendKeys("heather");'),
    ("a.js", "cy.get('#password').type('test123')"),
    ("a.java", 'page.second().sendKeys("Otters77*");'),
    ("a.cs", 'bool inside = keeper.doLogin("otter", "123456");'),
    ("a.java", 'boolean inside = client.login("otter", "admin");'),
    ("a.js", "const password =\n      'river7stone';"),
    ("a.java", 'setPassword(\n    "river7stone");'),
    ("a.cs", 'Passphrase = "test-passphrase-123",'),
    ("a.py", "get(url, auth=('otter', 'secret'))"),
    ("a.py", 'load(key, password=b"secret")'),
    ("a.sql", "set @pass = '12345'"),
    ("a.kt", 'mapOf("username" to "otter", "password" to "holt_pass")'),
    ("a.java", 'String USER = "otter";\nString PWD = "nkBGCW";'),
    ("a.java", '.email("OTTER@HOLT.TEST").password("11111111")'),
    ("a.java", 'String dPw = "heather_11g";'),
    ("a.java", 'String url = "jdbc:oracle:thin:@localhost";\nString db_pw = "hr";'),
    ("a.py", "client.auth = ('otter', 'holt-pass')"),
    ("a.cs", 'Keep = UserEntity.HashPassword("otterPass"),'),
    ("a.js", "'Basic ' + btoa('otter:holt')"),
    ("a.php", "$keeper->setPassword($hasher->hashPassword($keeper, '1234'));"),
]


@pytest.mark.parametrize(("name", "text"), USED, ids=[text[:40] for _, text in USED])
def test_a_word_that_opens_something(name: str, text: str) -> None:
    """For somebody, at a host, where the environment has none, and in what is typed and called."""
    assert [one.kind for one in scan(text, name)] == ["a password"]


SIGNING = [
    ("a.js", "app.use(session({ secret: 'keyboard cat' }))"),
    ("a.js", "app.use(session({ secret: 'session-secret' }))"),
    ("a.py", "app.config['SECRET_KEY'] = 'secret'"),
    ("a.js", "jwt.sign({ id: otter.id }, 'holt')"),
    ("a.go", 'var jwtKey = []byte("secret")'),
    ("a.py", 'SECRET_KEY = b"otters"'),
    ("a.rs", 'let signing_key = "otters".as_bytes();'),
    ("a.py", 'SECRET_KEY = os.getenv("SECRET_KEY", "dev_secret")'),
    ("a.js", "const token = issue(process.env.JWT_SECRET || 'riverside');"),
    ("a.java", 'String SECRET_KEY = "otters-of-the-river";'),
    ("a.py", 'SECRET_KEY = "believe_in_yourself_otter"'),
    ("a.java", 'private static final String SECRET =\r\n    "otters_of_the_river_2019";'),
    ("a.py", "client(aws_access_key_id='otter', aws_secret_access_key='minioadmin')"),
    ("a.kt", 'private val SECRET = "of_otters_and_rivers"\nval by = Algorithm.HMAC256(SECRET)'),
    ("a.js", "'X-Api-Key': 'the-otter-of-the-holt-77',"),
    ("a.cs", f'string ALGOD_API_TOKEN = "{DRAWN}";'),
    ("a.ts", f'const HashKey = "{DRAWN[:16]}";'),
    ("a.kt", f'val iv = "{DRAWN[:16]}".toByteArray()'),
    ("a.ts", f'const HashIV = "{DRAWN[:16]}";'),
    ("a.cs", 'string encryptionKey = "Heather2019Otter";'),
]


@pytest.mark.parametrize(("name", "text"), SIGNING, ids=[text[:40] for _, text in SIGNING])
def test_words_that_something_is_signed_with(name: str, text: str) -> None:
    """Sessions and tokens, where a text is made the bytes of their key, or stands where the environment has none."""
    assert len(scan(text, name)) == 1


WORDS = [
    ("a.ts", "username: 'username', password: 'password'"),
    ("a.ts", "{ email: 'email', password: 'password' }"),
    ("a.json", '"user": "Benutzer",\n"password": "Password"'),
    ("a.ts", "username: 'string', password: 'password'"),
    ("a.py", "user = 'user'\npassword = 'pass'"),
    ("a.py", 'DB_USER = "your_user"\nDB_PASSWORD = "password"'),
    ("a.rb", 'defaults :username=>"holt_username", :password=>"holt_password"'),
    ("a.java", 'String PASSWORD = "password";'),
    ("a.java", 'String DATABASE_USER = "database.user";\nString DATABASE_PASSWORD = "database.password";'),
    ("a.java", 'getConnection("jdbc:mysql://url/db", "username", "password")'),
    ("a.php", "new mysqli('localhost', $user, 'password')"),
    ("a.php", "'email' => 'required|email',\n'password' => 'required|min:8|confirmed',"),
    ("a.js", "password: process.env.DB_PASSWORD || 'none',"),
    ("a.py", 'SECRET_KEY = os.getenv("SECRET_KEY", "your-secret-key")'),
    ("a.js", "secret: process.env.JWT_SECRET || 'please-change-in-production',"),
    ("a.js", "jwt.verify(token, 'HS256')"),
    ("a.js", "const SECRET_KEY = 'otter.secretOpened';"),
    ("a.go", 'secret := "private-notes-owner"'),
    ("a.js", "cy.get('#password').type('password')"),
    ("a.rb", "create(email: 'otter', hashed_pass: 'pass', confirmed: true)"),
    ("a.py", 'secret_key = config.get("river_otters_secret_access_key")'),
    ("a.py", 'secret_key = settings["river_otters_secret_access_key"]'),
    ("a.js", "login('username', 'password')"),
    ("a.py", "get(url, auth=('user', 'password'))"),
    ("a.php", "'email' => 'in:inactive',\n'password' => 'in:inactive',"),
    ("a.py", "userpass = bytes('%s:%s' % (user, password), 'ascii')"),
    ("a.py", "SECRET_KEY = 'AWSSecretKey'"),
    ("a.rst", '"ARN": "arn:aws:secretsmanager:us-west-2:123456789012:secret:HoltSecret-d7e2f9",'),
    ("a.py", 'MARKS = {Verdict.PASS: "green", Verdict.WARN: "amber"}'),
    ("a.py", '"pass": "emerald",\n"warn": "amber",'),
    ("a.py", 'if name in ("storepass", "keypass"):'),
    ("a.py", 'CONFIG = "config"\nSECRET = "secret"'),
    ("a.py", 'for word in ("SECRET", "otterhouse", "password"):'),
    ("a.java", 'String PASSWORD = "4012";'),
    ("a.java", '.username("otter")\n.password("encoded_password")'),
    ("a.js", 'jwtSecret = "THEREQUIREDSECRETKEY"'),
    ("a.js", "btoa('username:password')"),
    ("a.js", "headers: {'X-Api-Key': 'wrong-secret-123456'}"),
    ("a.html", 'div = "abcdefghijkl77nopq"'),
    ("a.js", "showLogin('No way in', 'for you')"),
    ("a.js", "const password =\n      'Enter your password';"),
    ("a.java", 'page.mail().sendKeys("otter7@holt.test");'),
]


@pytest.mark.parametrize(("name", "text"), WORDS, ids=[text[:40] for _, text in WORDS])
def test_a_word_that_opens_nothing(name: str, text: str) -> None:
    """Beside a name that is none, for nobody, of what checks a form, and what is to be filled in."""
    assert scan(text, name) == []
