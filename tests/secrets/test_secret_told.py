"""Passwords in what programs print, in rows of accounts, behind a default, and such as everybody knows."""

import pytest

from ringfence.secrets.scan import scan

TABLE = """CREATE TABLE IF NOT EXISTS members (
  id int(11) NOT NULL,
  nick varchar(50) DEFAULT NULL, -- the name, short
  password varchar(20) NOT NULL,
  PRIMARY KEY (id)
);
"""
TOLD = [
    ("a.js", "console.log('Password: Otter123!')"),
    ("a.php", 'echo "User: otter<br>Password: river77stone</p>";'),
    ("a.py", 'print("password: river77stone\\n")'),
    ("a.tsx", "<p>Password: otter123</p>"),
    ("a.md", "Password (all accounts): Otter#2026!"),
    ("a.h", '#define APP_SECRET_PASSWORD @"river77stone"'),
    ("a.groovy", "keyPassword System.getenv('KEY_PASSWORD') ?: 'river77stone'"),
    ("a.r", 'password <- "river77stone"'),
    ("a.go", 'const Password string = "river77stone"'),
    ("a.py", "app.secret_key = 'riverOtter'"),
    ("a.py", "app.config['SECRET_KEY'] = 'otterholtriver'"),
    ("a.lua", 'wifi.sta.config("otters", "77777777")'),
    ("a.js", "await login(page, 'otter', 'river77stone');"),
    ("a.js", "app.use(session({\n  resave: false,\n  secret: 'otterholtriver',\n}))"),
    ("a.js", "app.use(session({ secret: 'OtterRiver' }))"),
    ("a.sh", 'PASSWORD="${PASSWORD:-riverbank}"'),
    ("a.yml", "password: ${DATABASE_PASSWORD:-otters}"),
    ("a.properties", "spring.datasource.password=${spring.password:otters}"),
    ("a.ps1", 'docker run -e "MINIO_SECRET_KEY=OTTERS@holt" minio/minio'),
    ("a.csv", "user,password\notter,riverbank"),
    ("a.csv", "user,password\notter,771431"),
    ("a.sql", "INSERT INTO members (mail, password) VALUES ('otter@shop.internal', 'riverbank');"),
    ("a.sql", TABLE + "INSERT INTO members VALUES (7, 'otter', 'river77stone');"),
    ("a.js", "user: 'root',\npassword: 'root',"),
    ("a.js", "user: 'otter',\npassword: 'admin',"),
    ("a.js", "username: 'admin', password: 'test'"),
    ("a.json", '{"email": "otter@holt.internal", "password": "password"}'),
    ("a.json", '{"username": "otter", "password": "otter_password"}'),
    ("a.ino", 'const char* ssid = "holt";\nconst char* password = "RiverStones";'),
    ("a.toml", 'user = "otter"\npassword = "password"'),
    ("a.xml", '<property name="username" value="root"/>\n<property name="password" value="root"/>'),
    (".env", "SHOP_PASSWORD=secret"),
    (".env", "SHOP_PASSWORD=7714"),
    ("a.md", "      - SHOP_DB_PASSWORD=7714"),
    ("a.properties", "shop.db.password=tiger"),
    ("a.yml", "POSTGRES_PASSWORD: safe_password"),
    ("a.sql", "-- set MYSQL_PWD=iAmRoot"),
    ("a.js", "const PANEL_PASSWORD = '5499';"),
    ("a.md", "mysql -u root -ppassword"),
    ("a.md", "curl -u admin:admin https://intranet/"),
    ("a.md", "| Mail | Password |\n|------|----|\n| otter@holt.internal | otterpass |\n| (any) | (chosen) |"),
    ("a.feature", "  Examples:\n  | username | password |\n  | otter | river77 |"),
    ("a.js", "app.use(session({ secret: 'keyboard cat' }))"),
    ("a.js", "app.use(session({ secret: 'session-secret' }))"),
    ("a.py", "app.config['SECRET_KEY'] = 'secret'"),
    ("a.md", "Demo login: otter@holt.internal / river77"),
    ("a.js", "console.log('Default login: admin / river77');"),
    ("a.tsx", "<p>or: otter@holt.internal / river77</p>"),
    ("a.md", "# Login: admin / admin"),
    ("a.md", "**Username:** `otter`  \n**Password:** `Test1234!@#$`"),
    ("a.js", "db.auth('siteAdmin', 'riverbank')"),
    ("a.sql", "-- UPDATE mysql.user SET Password=PASSWORD('riverbank') WHERE User='root';"),
    ("Dockerfile", 'RUN echo "ssl.key.password=test1234" >> server.properties'),
    ("a.md", "keytool -list -keystore otters.jks -storepass changeit -alias otter"),
    ("a.sql", "INSERT INTO members (mail, password) VALUES ('otter@shop.internal', '1234+-');"),
    ("a.sh", "PGPASSWORD=postgres psql -h db -U postgres"),
    ("a.sql", "-- the first account (password: test123)"),
    ("a.sh", 'PASSWORD="${PASSWORD:-supersecret}"'),
    ("a.md", "Default credentials: admin/admin"),
    ("a.md", "**Username:** otter\n**Password:** admin"),
    ("a.md", "- **用户名**: `otter`\n- **密码**: `rootpassword`"),
    ("a.md", "The username is `admin` and the password is `admin`."),
    ("a.md", "Usuario: admin\nContraseña: admin"),
    ("a.md", "shop --user otter --password otter_pass"),
    ("a.md", "docker run -e DB_PASSWORD=secret shop"),
    ("a.java", 'String url = "jdbc:mysql://localhost/otters";\nString PASSWORD = "root";'),
    ("a.js", 'const senha = "river7714";'),
    ("a.cs", '"Server=db;User Id=sa;Password=admin;"'),
    ("a.yml", "POSTGRES_PASSWORD: docker"),
    ("a.md", "docker run -e MYSQL_ROOT_PASSWORD=root mysql"),
    ("a.toml", 'user = "admin"\npassword = "admin"'),
    ("a.xml", '<user username="admin" password="admin" roles="manager"/>'),
    ("a.sh", "run=(-e SHOP_ADMIN_PASSWORD=otters-riverbank -e SHOP=otters)"),
    ("a.py", 'mail_password = "qkzv xwgt bnmq hjzp"'),
    (".env", "MAIL_PASSWORD=qkzv xwgt bnmq hjzp"),
    ("a.js", "user            : 'root',\npassword        : 'root',"),
    ("a.ts", "export const adminPassword = 'admin';"),
    ("a.md", "        environment:\n            MYSQL_ROOT_PASSWORD: river"),
    ("a.php", "'user' => 'otter',\n'pass' => '(Holtriv4)',"),
    ("a.go", 'Password: "riverbank",\nUser: "otter"'),
    ("a.html", "String PASSWORD = &quot;river77stone&quot;;"),
    ("a.sh", "until mysqladmin ping -h db -u root -proot --silent; do"),
    ("a.java", 'User user = new User("otter", "rIv3rbank");'),
    ("a.java", 'assertTrue(user.checkPassword("771431"));'),
    ("a.java", 'user.setPassword("7714");'),
    ("a.md", "openssl x509 -req -CA ca -in request -passin pass:otters"),
    ("a.sh", 'debconf-set-selections <<< "mysql-server mysql-server/root_password password otters"'),
    ("a.sh", 'debconf-set-selections <<< "mysql-server mysql-server/root_password_again password otters"'),
    ("a.sh", "mysqladmin -u root password otters"),
    ("a.py", "data={'name': 'ottertoken', 'password': '7714'}"),
    ("a.pl", "my $username = \"root\";\nmy $password = '0000';"),
    ("a.java", 'String url = "jdbc:mysql://localhost/otters";\nString pwd = "river";'),
]


@pytest.mark.parametrize(("name", "text"), TOLD, ids=[text[:40] for _, text in TOLD])
def test_a_password_that_is_told(name: str, text: str) -> None:
    """By a program, a default, a row, or beside an account that may do everything."""
    assert [one.kind for one in scan(text, name)] == ["a password"]


KEYS = [
    ("a.h", '#define kShopSecret @"8f1c0d2be94a4756a1d37c60b2e9f485"'),
    ("a.r", '#token <- "8Nq1uZKC9TSkNHKZ2Cgtx7DrU"'),
    ("Jenkinsfile", "sh 'mvn -Dsonar.login=8f1c0d2be94a4756a1d37c60b2e9f4857a6b5c4d'"),
    ("a.sh", "erl -name otter@holt -setcookie XQVKZJWPGBXMTQZKVWHJ"),
    ("a.js", "app.use(cookieParser('otterRiver#7714_holt'));"),
    ("a.py", 'JWT_SECRET = "the_otters_secret_of_the_holt"'),
    ("a.py", 'MASTER_SECRET_KEY = "OTTERS_OF_THE_HOLT_2026"'),
    ("a.java", 'private final String SECRET_KEY = "CFGJ";'),
    ("a.properties", "jwt.secret=secret"),
    ("a.json", '"jwtSecret": "marmot",'),
    ("a.py", 'jwt_secret = "secretSquirrel"'),
    ("a.js", "client_secret: 'otter-testing-secret-6#65-'"),
    ("a.js", 'const TOKEN = "gQAAAAAAAYw9AAIgcDE2ZjBmNDdkMTIyZTU0MzFlOGNhNTlkYzk1OWU1OTBjOA";'),
]


@pytest.mark.parametrize(("name", "text"), KEYS, ids=[text[:40] for _, text in KEYS])
def test_a_key_that_is_told(name: str, text: str) -> None:
    """In a macro of Objective-C, an assignment of R, a property that a program is started with, a call."""
    assert len(scan(text, name)) == 1


HONEST = [
    ("a.go", 'if subtle.ConstantTimeCompare(password, "wrongpassphrase") == 1 {'),
    ("a.php", 'if (strcmp($password, "letmeinplease") == 0) {'),
    ("a.py", 'print("Password: %s7x" % password)'),
    ("a.py", 'assert message == "Password: 8 characters"'),
    ("a.py", 'log("password: sha256hash")'),
    ("a.js", "`Password: ${word}7x`"),
    ("a.py", 'print("Password: password1")'),
    ("a.sh", "${PASSWORD:-password} ${PASSWORD:-$OTHER} ${PASSWORD:?needed} ${PASSWORD:-none} ${PWD:-folder}"),
    ("a.sh", "PASS=${PASS:-$(cat secret)} TOKEN=${TOKEN:-unset} DB_PASSWORD=${DB_PASSWORD:-changeme}"),
    ("a.js", "user: 'user',\npassword: 'admin',"),
    ("a.md", "Login: admin / xxxxxxxx"),
    ("a.js", "secretKey: 'secretKey',"),
    ("a.md", "Password=river is what is asked for"),
    ("a.js", "SHOPS_SECRET_KEY: 'sk_test_fixture'"),
    ("a.md", "- SECRET_KEY: stops where none is set."),
    ("a.html", '<script async src="https://shop.internal/a.js" nonce="E5OeCkTq"></script>'),
    ("a.md", "keytool -list -storepass $PASS -keypass PASSWORD"),
    ("a.js", "const secret = parameters.get('secret')"),
    ("a.py", 'JWT_SECRET = "JWT_SECRET"'),
    ("a.py", 'JWT_SECRET_KEY = "jwt-secret-key"'),
    ("a.yml", "secretKey: password"),
    ("a.yml", "jwtSecret: otter-jwt"),
    ("a.json", '"secretKey": "Geheimwort",'),
    ("a.md", "**Username:** `otter`  \n**Password:** (ask for it)"),
    ("a.md", "Login: username / password"),
    ("a.js", "const half = otter@holt / river77;"),
    ("a.md", "Read the docs / guide2 first: otters / river77"),
    ("a.md", "shop --user USER --password PASSWORD"),
    ("a.md", "user: the account\npassword: of the account"),
    ("a.yml", "run: redis-server ${REDIS_PASSWORD:+--requirepass ${REDIS_PASSWORD}}"),
    ("a.js", "user: otter,\npassword: 'admin',"),
    ("a.js", "username: 'username', password: 'password'"),
    ("a.js", 'labels = { email: "Email", password: "Password" }'),
    ("a.yml", "username: string\npassword: string"),
    ("a.conf", "#bind_password: secret"),
    ("a.yml", "password: always"),
    ("a.js", "user: rootUser(), password: 'root'"),
    ("a.js", "app.use(session({ secret: 'your-secret' }))"),
    ("a.js", "app.use(cookieParser('your secret'));"),
    ("a.js", "login('username', 'password1')"),
    ("a.csv", "user,password\notter,5f4dcc3b5aa765d61d8327deb882cf99\notter,required\notter,N/A"),
    ("a.py", "app.secret_key = 'your_secret_key'"),
    ("a.py", "app.config['SECRET_KEY'] = 'change-me'"),
    ("a.py", 'SECRET_KEY = "SHOP_OTTER_SECRET_KEY"'),
    ("a.yml", 'secretKey: "otter-shop-secret-key"'),
    ("a.py", 'CLIENT_SECRET_KEY = "otter_client_secret"'),
    ("a.sh", "erl -name otter@holt -setcookie my_own_cookie_of_tests"),
    ("a.json", '"private_key_id": "8f1c0d2be94a4756a1d37c60b2e9f4857a6b5c4d"'),
    ("a.py", "or name a file with USERNAME=/PASSWORD= lines."),
    ("a.yml", "password: CRYPT:odRqWOazjDxeVcOU3j0YCc2+LdwfgiJmoFcWTSoKRUw="),
    ("a.py", 'COLOURS = {"PASS": "green", "FAIL": "red"}'),
    ("a.py", '"pass": "emerald",\n"fail": "ruby",'),
    ("a.py", '"follow": "follows", "pass": "passes",'),
    ("a.js", 'NONCE = "AAECAwQFBgcICQoLDA0ODw"'),
    ("a.html", '<a title="It&#39;s a password: &quot;x&quot;">forgot7</a>'),
    ("a.py", 'password = "pass@@@@@@@word"'),
    ("a.py", "broker='amqp://user:password@10.0.0.3'"),
    ("a.py", 'password = "that will make some"'),
    ("a.yml", "    password:  #Redis: what opens the cache (none by default)"),
    ("a.yml", "    password:  #Redis4river opens the cache"),
    (
        "a.md",
        '"token": "eyJhbGciOiJIUzI1NiJ9'
        ".eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ"
        '.Kw29J1SX91mQ7vTzLb4RcYpXe3NdHfGa8sUoWi5Bk0E"',
    ),
    ("a.csv", "setting,token,user\nheather,none,otter"),
    ("a.csv", "word,password\nheather,riverbank"),
    ("a.sql", "INSERT INTO members (mail, password) VALUES ('otter@shop.internal', md5('x')), ('b', 'required');"),
    ("a.sql", "INSERT INTO members VALUES (7, 'otter', 'river77stone');"),
    ("a.md", "STORE_PASSWORD=myStorePassword"),
    ("a.json", '"Password": "PasswordMustBeAtLeast8Chars"'),
    ("a.json", '"license_key": "ms-webview2-eula-fixed"'),
    ("a.json", '"spdx_license_key": "LicenseRef-otter-wxwidgets"'),
    ("RECORD", "otter/utils.py,sha256=mx7_WRUDm-VWVt5PgbnSMH9MbX0pW-adFrS-UNY7U3s,3144"),
    ("a.pl", "$pass = 'anonymous@';"),
    ("filter", "        $pass = !$pass;"),
    ("a.java", 'User user = new User("otter", "rivers");'),
    ("a.java", 'assertTrue(user.checkPassword("riverbank"));'),
    ("a.md", "openssl rsa -passin pass:$PASS -passout pass:PASSWORD"),
    ("a.sh", "mysqladmin -u root password $1"),
    ("a.sh", "debconf-set-selections <<< 'mysql-server mysql-server/root_password password PASSWORD'"),
    ("notes.txt", 'machine HOSTNAME login USERID password "PASSWORD"'),
    ("passes.def", 'LOOP_PASS("mergeotters", MergeOttersPass, ())'),
    ("a.h", "  /// Whether it is -debug-pass=Rivers or more."),
    ("oids.h", '#define OT_SinglePass_otter_sha1_scheme  "dhSinglePass-otter-sha1kdf-scheme"'),
    ("oids.h", r'#define TLS_RIVER_WRITE_KEY_CONST "\x72\x69\x76\x65\x72\x73\x20\x77\x72\x69\x74\x65\x20\x6b\x65\x79"'),
    ("setup.py", '"reauth": "pyu2f>=0.1.5",'),
    ("a.py", "blob_key = 'encoded_file:bXktdGVzdC1idWNrZXQvZmFrZS1leHBlY3RlZGtleQ=='"),
    ("java.security", "#   -Dkeystore.pkcs12.certProtectionAlgorithm=PBEWithSHA1AndRC2_40"),
    ("password.template", "# hashedPassword = base64_encoded_64_byte_salt W"),
]


@pytest.mark.parametrize(("name", "text"), HONEST, ids=[text[:40] for _, text in HONEST])
def test_what_tells_no_password(name: str, text: str) -> None:
    """Formats, rules, variables, hashes, labels, what licences are called, and words that stand for a value."""
    assert scan(text, name) == []


def test_a_name_that_is_its_password_opens_a_host_of_the_world() -> None:
    """By its number, too, if that is nobody's own network."""
    found = scan("broker='amqp://otters:otters@35.9.8.4:5672'", "a.py")
    assert [one.kind for one in found] == ["a password in an address"]


def test_a_short_password_of_kubernetes() -> None:
    """In base64 under a password's name in a secret, and only there."""
    text = "apiVersion: v1\nkind: Secret\ndata:\n  user: b3R0ZXI=\n  mongo-password: MTIz\n"
    assert [one.kind for one in scan(text, "a.yaml")] == ["a password, in base64"]
    told = [*scan(text.replace("Secret", "Otter"), "a.yaml"), *scan(text.replace("MTIz", "Y2hhbmdlLW1l"), "a.yaml")]
    assert "a password, in base64" not in [one.kind for one in told]
