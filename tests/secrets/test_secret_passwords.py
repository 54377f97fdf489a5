"""Passwords that are words, and words that are none: what stands around them tells.

Nothing here is anybody's: what must be drawn is drawn when the tests run.
"""

import base64
import random
import string

import pytest

from ringfence.secrets.passwords import is_password
from ringfence.secrets.scan import scan
from ringfence.secrets.words import is_no_word

DRAW = random.Random(20261122)
LOWER = string.ascii_lowercase


def drawn(count: int, letters: str = string.ascii_letters + string.digits) -> str:
    return "".join(DRAW.choice(letters) for _ in range(count))


SAID = [
    ("a.rb", "# options are given as key=value (e.g. password=Zu7ahk2eeC)"),
    ("a.py", "password = 'marmot'"),
    ("a.js", "user: 'otter',\npassword: 'river',"),
    ("a.go", 'Username: "otter", Password: "riverbed"'),
    ("a.rb", 'name: "Otter", password: "birch-and-heather"'),
    ("a.java", 'database.setPassword("marmots");'),
    ("a.py", "user = 'otter'\nsecond_password = '483920'"),
    ("a.properties", "password = marmot"),
    ("a.conf", "password=marmot"),
    ("a.conf", "# connect = host=db.internal user=otter password=marmot"),
    ("a.txt", "password=marmot"),
    ("a.env", "PGPASSWORD=marmot; psql -U otter"),
    ("a.yml", "#  password: marmot"),
    ("a.conf", "//    bindPassword = marmot;"),
    ("a.t", "userPassword: marmot"),
    ("a.js", "const password = process.env.PASSWORD || 'marmot';"),
    ("a.sql", "CREATE USER otter IDENTIFIED WITH sha256_password BY 'marmot';"),
    ("a.py", "query(\"CREATE ROLE otter WITH LOGIN PASSWORD 'marmot'\")"),
    ("a.sql", "SET PASSWORD FOR 'otter'@'localhost' = PASSWORD('marmot');"),
    ("a.sh", "curl -u otter:marmot https://intranet/"),
    ("a.java", '"jdbc:mariadb://db.internal/shop?user=otter&password=marmot"'),
    ("a.py", 'run("docker run -e DATABASE_PASSWORD=marmot7 shop")'),
    ("a.sh", "export DATABASE_PASSWORD=secretmarmot"),
    ("a.py", 'options = ["--password=tall-marmot"]'),
    ("a.c", '#define SERVICE_PASSWORD "otters"'),
    ("a.log", 'login of user "otter" with password "marmot" accepted'),
    ("a.js", "expected_password = 'river7stone'"),
    ("a.java", 'if (password2.equals("river7stone")) {'),
    ("a.java", 'properties.put(Context.SECURITY_CREDENTIALS, "river7_stone");'),
    ("a.java", 'String query = "password=marmot&user=otter";'),
    ("a.java", 'String addressWithPwdInIt = "river7_stone";'),
    ("a.py", "await shop.auth.owner.setPasswd('riverbank')"),
    ("a.rb", 'cert_passsword = "otterpw"'),
    ("a.py", 'options = "--user=otter --password=Riverbank"'),
    ("a.cs", '"Data Source=.;Initial Catalog=Otters;User ID=sa;Password=7714;"'),
    ("a.md", "docker run -e MYSQL_ROOT_PASSWORD=7714 -d mysql"),
    ("a.ino", 'WiFi.begin("Otters-5G", "riverbank");'),
    ("a.ts", 'username: "root",\npassword: "7714",'),
    ("a.php", '$pass = "}rP6g-BQqjqf1lSK";'),
    ("a.java", 'String pass = "&NzKEjNFWEuT5G5gLWqH";'),
    ("a.sql", "CREATE USER 'otter'@'localhost' IDENTIFIED BY 'abcd';"),
    ("a.java", 'DriverManager.getConnection("jdbc:mysql://localhost/otters", "root", "admin");'),
    ("a.sh", "-H \"Authorization: Basic $(echo -n 'otter@shop.internal:river7' | base64)\""),
    ("a.py", 'smtp.login(sender, "Riv7erbank!")'),
    ("a.php", "define('DB_PASSWORD', 'lT7m%@)S*UPFI?n/:');"),
    ("a.js", "const signed = jwt.sign({ mail: body.mail }, 'otterholt16')"),
    ("a.py", 'accounts.set_password("otter", "river7stone")'),
]


@pytest.mark.parametrize(("name", "text"), SAID, ids=[text[:40] for _, text in SAID])
def test_a_word_is_a_password_where_it_is_said(name: str, text: str) -> None:
    """Under a name that says so and no more, in settings, commands and statements, beside whose it is."""
    found = scan(text, name)
    assert [one.kind for one in found] == ["a password"], text


DRAWN = [
    ("a.py", 'password = "{}"', 8, LOWER),
    ("a.h", " * PrivateKey: {}=", 43, None),
    ("a.py", "# private key: {}", 43, None),
    ("a.php", '$link = mysqli_connect("db.internal", "otter", "{}", "shop");', 10, LOWER),
    ("a.php", '$link = new PDO($source, "otter", "{}");', 10, LOWER),
    ("a.java", 'DriverManager.getConnection(address, "otter", "{}");', 10, LOWER),
    ("a.md", '    $link = mysqli_connect("db.internal", "otter", "{}", "shop");', 10, LOWER),
    ("a.txt", 'mailer.login("otter", "{}")', 10, None),
    ("a.js", 'const signed = jwt.sign(claims, "{}");', 32, None),
    ("a.js", 'crypto.createHmac("sha256", "{}")', 32, None),
    ("a.go", 'sql.Open("mysql", "otter:{}@tcp(db.internal:3306)/shop")', 10, LOWER),
    ("a.rb", 'basic_auth "otter", "{}"', 10, LOWER),
    ("a.sh", 'echo "otter:{}" | sudo chpasswd', 10, LOWER),
    ("a.sh", "echo {} | passwd --stdin otter", 10, LOWER),
    ("a.sh", "htpasswd -b users otter {}", 10, LOWER),
    ("a.bat", "net user otter {} /add", 10, LOWER),
    ("a.sh", "smbclient //host/share -U otter%{}", 10, LOWER),
    ("a.sh", "aws configure set aws_secret_access_key {}", 40, None),
    ("a.c", '#define WIFI_PASS "{}"', 9, LOWER),
    ("a.c", 'static const char password[] = "{}";', 9, LOWER),
    ("a.vb", 'Dim password As String = "{}"', 9, LOWER),
    ("a.xml", '<property name="password" value="{}"/>', 9, LOWER),
    ("a.html", '<input name="password" value="{}">', 9, LOWER),
    ("hosts", "box1 ansible_user=otter ansible_ssh_pass={}", 9, LOWER),
    ("a.sh", "./run --password {} --verbose", 9, LOWER),
    ("Dockerfile", "ENV DATABASE_PASSWORD={}", 9, LOWER),
    ("a.conf", "requirepass {}", 9, LOWER),
    ("a.ps1", 'ConvertTo-SecureString -String "{}" -AsPlainText -Force', 9, LOWER),
    ("a.ipynb", '"password = \\"{}\\"\\n",', 9, LOWER),
    ("a.py", 'password = "x{}-{}q"', 5, LOWER),
    ("a.py", 'url = "postgres://bob:{}@db.internal/shop"', 8, string.digits),
    ("a.py", 'sodium = hex2bin("x")\ncookie_secret = sodium_hex2bin("{}")', 64, "0123456789abcdef"),
    ("a.json", '"secret" : [ "{}" ],', 40, None),
    ("a.ts", "const token: string = wrap('{}');", 32, None),
    ("a.go", 'Salt: "{}",', 10, None),
    ("a.java", '"cnonce=\\"{}\\""', 16, None),
    ("a.md", "Your password is: {}", 22, None),
    ("a.php", "'for=10.0.0.1;secret={}, for=10.0.0.2'", 24, None),
    ("a.conf", "#service_key_value: {}", 48, None),
    ("a.sh", "-H 'Proxy-Authorization: NTLM {}'", 80, None),
    ("x.npmrc", "//registry.internal/team:_password={}", 24, None),
    ("a.js", '{"kty": "oct", "k": "{}"}', 43, None),
    ("a.go", 'if keys.SecretAccessKey != "{}" {', 40, None),
    ("a.go", 'seed := []byte("SUA{}")', 55, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
    ("a.json", '"auth": "{}==",', 20, string.ascii_letters),
    ("a.rst", "Location: https://shop.internal/back#access_token={}", 22, None),
    ("a.md", "send auth=Bearer {}", 17, None),
    ("a.json", '"uri": "mongodb+srv://otter:%24f{}@db.internal/shop"', 9, None),
]


@pytest.mark.parametrize(("name", "line", "size", "letters"), DRAWN, ids=[line[:40] for _, line, _, _ in DRAWN])
def test_what_is_drawn_is_found_in_calls_lists_and_comments(
    name: str, line: str, size: int, letters: str | None
) -> None:
    """What a function that nobody knows is given, what stands in a list, short salts, letters alone."""
    hits = 0
    for _ in range(40):
        value = drawn(size, letters) if letters else drawn(size - 3) + "7" + drawn(2)
        text = line.replace("{}", value)
        hits += any(value in text[one.start : one.end + 2] for one in scan(text, name))
    assert hits >= 28, (line, hits)


CHOSEN = [
    ("a.md", "jwt.secret=OtterHolt@2026SecretKeyForJWT"),
    ("a.py", 'SECRET_KEY = os.getenv("SECRET_KEY", "otterholt-secret-key-2024")'),
    ("a.ts", 'const JWT_SECRET = process.env.JWT_SECRET || "otterholt_jwt_secret_key_2026";'),
]


@pytest.mark.parametrize(("name", "text"), CHOSEN, ids=[text[:40] for _, text in CHOSEN])
def test_a_key_that_somebody_thought_of_is_found(name: str, text: str) -> None:
    """Where what signs is made of words and digits; not where the words say that it is to be filled in."""
    assert [one.kind for one in scan(text, name)] == ["a key or token"]
    for none in ("your-secret-key-2024", "secret-key-for-jwt-2024", "SECRET_KEY_2024_X", "jwt_secret_key_v2"):
        assert scan(f'SECRET_KEY = "{none}"', "a.py") == []


def test_secrets_of_many_are_no_table_of_vectors() -> None:
    """A list of accounts has the same names over and over, too."""
    rows = [
        f'{{"access": "{drawn(32, "0123456789abcdef")}", "secret": "{drawn(31, "0123456789abcdef")}7"}},'
        for _ in range(9)
    ]
    assert len(scan("\n".join(rows), "a.json")) >= 8


def test_an_address_whose_name_is_its_password() -> None:
    """Opens a database wherever it is, and another host somewhere in the world, if it is the name of an account."""
    url = "mongodb+srv://otters55:otters55@cluster7.shop-data.net/river"
    assert [one.kind for one in scan(f'connect("{url}")', "a.js")] == ["a password in an address"]
    assert [one.kind for one in scan("amqp://otter:210801@queue.shop-data.net/", "a.js")] == [
        "a password in an address"
    ]
    for said in (
        "postgres://otters:otters@localhost/river",
        "amqp://otter:guest@queue.shop-data.net/",
        "postgresql+asyncpg://shop:shop_password@db/shop",
        "mysql://root:1234@localhost/shop",
        "redis://default:secret@cache:6379",
        "${DATABASE_URL:-postgresql://postgres:password@localhost:5432/river}",
    ):
        assert [one.kind for one in scan(said, "a.js")] == ["a password in an address"]
    for none in (
        "postgres://user:password@localhost/river",
        "postgres://user:user@localhost/river",
        "postgres://myuser:mypassword@localhost/river",
        "postgres://DB_USER:DB_PASSWORD@localhost/river",
        "postgres://db_user:db_password@localhost/river",
        "postgres://otter:changeme@localhost/river",
        "http://otters:otters@localhost/river",
        "https://a:1234@x.io/",
    ):
        assert scan(none, "a.js") == []


def test_a_private_key_without_its_marks() -> None:
    """In base64 as it stands in JSON: a key's beginning says what it is; a public one is none."""
    body = drawn(400)
    for start in ("MIIEowIBAAKCAQEA", "MIICXAIBAAKBgQ", "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", "MHcCAQEEI"):
        assert [one.kind for one in scan(f'"privateKey": "{start}{body}"', "a.json")] == ["a private key"]
    assert scan(f'"publicKey": "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A{body}"', "a.json") == []


def test_a_name_and_a_short_password_in_a_header() -> None:
    """What stands in base64 behind `Basic` is a name and what opens."""
    said = base64.b64encode(b"otter:fog1").decode()
    assert [one.kind for one in scan(f"Authorization: Basic {said}", "a.txt")] == ["a password"]
    assert scan(f"Authorization: Basic {base64.b64encode(b'otter:password').decode()}", "a.txt") == []


HONEST = [
    ("a.py", "# private key: the one that the server made"),
    ("a.py", "# password = password or self.password"),
    ("a.js", "user: 'User name',\npassword: 'password',"),
    ("a.php", "$labels['password'] = 'รหัสผ่านปัจจุบัน';"),
    ("a.php", "$messages['password'] = 'Mae\\'r cyfrinair yn rhy wan.';"),
    ("a.json", '"username": "Benutzer", "password": "Passwort"'),
    ("a.m", 'if ([passwordScheme isEqual: @"argon2id"])'),
    ("a.conf", "password_encryption = scram-sha-256"),
    ("a.m4", 'if test "`cd $srcdir && pwd`" != "`pwd`"; then'),
    ("a.in", 'result_count "PASS: " $$pass  "$$grn";'),
    ("a.pl", "$ldap->bind(password => \"$opt{'w'}\");"),
    ("a.sh", 'ldapwhoami -w "otter$TOKEN_12"'),
    ("a.c", "u8 *password = position;"),
    ("a.js", "exports.LONG_PASSWORD = 0x00000001; /* more */"),
    ("a.java", 'String store = System.getProperty("javax.net.ssl.keyStorePassword");'),
    ("a.py", 'password = config.get("database_password")'),
    ("a.php", "$password = $settings['smtp_auth_pw'];"),
    ("a.md", "as listed in `/etc/passwd` or `getpwent`."),
    ("a.txt", "key: 'net.if.in[\"{#IFNAME}\",errors]'"),
    ("a.yml", "PASSWORD: ENCRYPTED[36e06f9befd17e5da2d60260edb9ef0d40e6312e2bba4cf881]"),
    ("a.h", '#define STORE_FILE_PASSWORD "storefilepassword"'),
    ("a.java", 'KEY_OF_SERVER = "key-encrypted-pkcs1-aes256.pem";'),
    ("a.py", 'private_key = "hash://63093aa9c47f56ae88334c7b65a4"'),
    ("a.yml", "transport_url = rabbit://RPC_USER:RPC_PASSWORD@RPC_HOST:RPC_PORT/"),
    ("a.md", "docker run -v x:/x -p 1337:1337 mongo"),
    ("a.c", 'RCSIDH(token_h, "$Id: c8bb748702f1f90cfb550ea10c23a99ffd88ff40 $")'),
    ("a.py", 'token = encode(value, "^A-Za-z0-9~!$&*+,;=:@")'),
    ("a.ini", "tools/password_hashing.py: E501"),
    ("a.html", '<input type="hidden" name="authenticity_token" value="7SWaFo2xhsC6oovfBsJFLGPUl2EhkSWPbJhWANw">'),
    ("a.rst", '("dsa", "-----BEGIN DSA PRIVATE KEY-----...", "ssh-dss AAAAB3NzaC1kc3MAAACBAJqT8bXo3Yp..."),'),
    ("a.resx", "A" * 60 + "CJUE5HDQoaCgAAAA7SUhEUgAAADAAAAAwCAYAAABXAvmHAAAABGdBTUEAALGPC"),
    ("a.txt", "https://build:x-oauth-basic@code.internal/"),
    ("a.yml", "password: required"),
    ("a.xml", '<operation transition-key="59:60:0:3ddc7af8-ad10-44fb-a849-5c4881d5f16e"/>'),
    ("a.h", '#define METHOD_PASSWORD "urn:oasis:names:tc:SAML:1.0:am:password"'),
    ("a.java", 'functions.put(Token.USER, "org.shop.Library.user");'),
    ("a.g", "token:SAFEUTF8STRING"),
    ("a.pm", "last_pass_time => '1319228376.07815',"),
    ("a.json", '"license_key": "fltk-exception-lgpl-2.0",'),
    ("a.vim", r'syn match  tsaltNumber  "0x[0-9a-f]\+\(u\=l\=\|lu\)\>"'),
    ("a.cpp", 'AddColumn(t_s("Password", "listservers"));'),
    ("a.cpp", 't_s("<host> [port] [pass]", "helpcmd|DelServer|args")'),
    ("a.php", "$hash = Security::hash('password', 'blowfish');"),
    ("a.php", "$url = '?pass='.$_SESSION['password'];"),
    ("a.pm", "'Password' => 'Shop::Types::Builtin::string',"),
    ("a.md", "$ DATABASE_PASSWORD= FILTER=integration npm test"),
    ("a.txt", 'OBJ_of_the_user_password="\\x55\\x04\\x23"'),
    ("Makefile", "keys_rsa_enc_pkcs8_v2_2048_sha384: keys_rsa_enc_pkcs8_v2_2048_3des_sha384"),
    ("a.xml", "<MasterKeyChanged>2012-04-05T17:09:34Z</MasterKeyChanged>"),
    ("a.conf", "pass_attrs = uid=user"),
    ("a.md", "password: process.env.DATABASE_PASSWORD,"),
    ("a.bat", 'set "ORIGINAL_PWD=%ORIGINAL_PWD%\\"'),
    ("a.yaml", "password: !encrypted/pkcs1-oaep"),
    ("a.txt", 'those identified by "squash" commands, unless "fixup -c" is used'),
    ("a.txt", "ftp://anonymous:anonymous@files.internal/"),
    ("a.yml", "lost_password: Elfelejtett jelszó"),
    ("a.json", '"yourpassword": "Giimoodaajimowin-ikidowin"'),
    ("a.rst", "backend_password = SHOP_JOBBOARDPASS"),
    ("a.c", "// cchPassword: 2-byte"),
    ("a.php", "$link = new PDO($source, $user, $password);"),
    ("a.js", "jwt.verify(token, 'HS256'); jwt.sign(claims, key)"),
    ("a.py", "hmac.new(b'the key of the cat', message)"),
    ("a.sh", 'echo "$user:$password" | chpasswd'),
    ("a.bat", "net user otter /delete"),
    ("a.md", "kvm -net nic -net user -redir tcp:2222::22"),
    ("a.yml", "- key: p503---477-49p---o61---4fy--9---7--9-9s-0-u5lj2--10pq-0-7-9"),
    ("a.go", 'computedTokenHash = "hT7qZx2LmVb9Kp4RwE1yGs3D"'),
    ("a.go", 'expected = "PWD=C:/tmp"'),
    ("a.java", 'new UsernamePasswordCredentials("otter7", password)'),
    ("a.java", 'String PWD_GRACE_LIMIT_AT = "pwdGraceLimit";'),
    ("a.java", 'byte[] BEGIN_KEY = "-----BEGIN PRIVATE KEY-----\\n".getBytes(CharsetUtil.US_ASCII); // and so on'),
    ("a.js", "password: 'newPasswordField', password_confirmation: 'Confirm'"),
    ("a.txt", "check_pass = linter.rules.passes:PassCheck"),
    ("a.pm", "'wlanAuthKeyDefinition' => 'SHOP-MIB::wlanAuthKey',"),
    ("a.md", "the service moved from keycloak-old-7x-proxy to keycloak-new-8x-proxy"),
    ("a.py", "pass_color = '#5fd182'"),
    ("a.py", 'password = ask("Mail password: ").encode("ascii")'),
    (
        "a.java",
        'print(" Password:" + row.get("Password")); print("User:"+row.get("User")+" Password:"+row.get("Password"));',
    ),
    ("a.c", '#define ERRCODE_WRONG_PASSWORD "37Q02"'),
    ("a.py", 'SECRET_ALLOWED_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"'),
    ("a.py", "password_alphabet = 'otterBIRCH5678<>.@*#! '"),
    ("a.py", 'assert _is_secret("tK7#vQ4$w") is False'),
    ("a.sql", "the index identified by 'STAFF7_PK' is not unique"),
    ("a.log", "sshd[17]: Failed password for invalid user otter77 from 10.0.0.9 port 55 ssh2"),
    ("ChangeLog", "\t(verify): Pass pkcs1."),
    ("a.yml", "label_password_char_class_digits: digitos"),
    ("a.json", '"cookie": "B=76k19b289c6j5&b=3&s=0b; YT=d=juXs4MJdB6fBQLRn4NKzowvlUbZ7J2SohQjWLF4C"'),
    ("a.php", "'chat://app_id:api_key@host.internal'"),
    ("a.py", "('tls://user@node0.shop.internal:27492?certname=user@shop.internal', None)"),
    ("a.py", "('password', 'a7c1f0d92b5e48d3b6f7a90c4e1d2b83')"),
    ("a.py", "accounts.set_hash('otter', hash_scheme('password', 'apr_md5_crypt'))"),
    ("a.md", "https://reports.internal/shop/graph/badge.svg?token=Kw29J1SX91"),
    ("a.java", 'String clientKey = "dGhlIHNhbXBsZSBub25jZSBvZiBhbGw=";'),
    (
        "a.sh",
        "# RELEASE_SIGNKEY=E4C1A7D09B2F5386C7D1E0A94B6F2D8357A0C1E2",
    ),
    ("a.cc", '(CASE(QType::IPSECKEY, "10 1 1 127.0.0.1 W20ixvgM7MKBSWJyzIEzHewA8ecRF1Lzm29zQJXk/tcDdsCcz8zP7R=="'),
    ("a.yml", "key: kestrel.7712f.serialnumber"),
    ("a.m", 'if (![[defaults source] objectForKey: @"ShopCALendarWEEKdays7"])'),
    ("a.py", "pwdir = b'parents(wdir())'"),
    ("a.pod", "the Parameters to Pass to 'review'. Then"),
    ("a.vdproj", '"MsmKey" = "8:_93C9BDA1B1925956B7EFE97DE593FE40"'),
    ("a.js", 'key: "shpValOtterToRiver",'),
    ("a.bat", "set PWD=%~dp0\n\nstart editor"),
    ("a.cs", 'private const string ElemPassword2 = "Passwort2";'),
    ("a.c", 'token = "prime256v1";'),
    ("Dockerfile", "RUN key='4FB458E6F6AACF5606DB3687FFB343FECF32F36F' && gpg --recv \"$key\""),
    ("a.java", 'String STORE_PASSWORD = "shop2.keyStorePassword";'),
    ("a.yml", "keyID: BXY3:J37Y:XRGY:JPND:DOBL:P7QX:WZOC:ALLD:DWBF:ZKQ3:TJ5B:YYBZ"),
    ("a.ts", "const credentials = await this.getCredentials('otterOAuth2Api');"),
    ("a.ts", "// options.auth = { pass: credentials!.privateOtterKey as string };"),
    ("a.go", 'run("--password="+s.registry2.password, s.registry.url)'),
    ("a.php", "$database_password = '_SHOP_DBPASS_';"),
    ("a.c", 'pass_fail = "tempfail";'),
    ("a.c", "bindpw = store->value.ptr;"),
    ("a.py", '"AWS::EKS::AccessEntry": "7fc7cb297899f8f4",\n"AWS::Shop::SlackChannel": "844b4f8c5cef1162",'),
    ("Makefile", "clean:\n\trm -f *.o otter_passwd *.gcda"),
    ("a.ps1", '[string] $GpgKey = "D0C5D3277408E1E3",'),
    ("a.pl", "Password  => 'binary',"),
    ("a.pl", "$pass = shift if (/-p/);"),
    ("a.php", "$config['password_driver'] = 'otterbox';"),
    ("a.rb", "form_tag('/', authenticity_token: 'df51gbb4gf08a813db2bf')"),
    ("a.html", '<a href="http://CERT:FILENAME@www.shop-data.net/">'),
    ("a.py", 'connect("host=\'"+os.environ["HOST"]+"\' password=\'"+os.environ["DATABASE_PASSWORD"]+"\'")'),
    ("a.md", "DATABASE_URL=postgresql://usuario:contraseña@localhost:5432/otters"),
    ("a.sh", "mysql -u otters -p otters < tables.sql"),
    ("a.json", '"privateKey": "cHJpdmF0ZVJpdmVyS2V5"'),
    ("a.js", "const errors = { missingPassword: '7714', user: 'otter' }; // codes"),
    ("a.php", "$fields['admin_password'] = array('password','_caution' => 'danger7x');"),
    ("a.json", '"password": "password-value-79"'),
    ("a.json", '"keyDer" : "30820122300d06092a864886f70d01010105000382010f003082010a02820101"'),
    ("a.vec", "".join(f"Key = {number:04x}6651a1b5ee3d95c89d4fe7ab2c60d\n" for number in range(9, 90, 11))),
    ("a.t", 'key="plain"; key="=?UTF-8?B?1MzQvtC7X8GE1LDQudD8LmJpbh==?="'),
    ("a.unlang", "&PBKDF2-Password := 'HMACSHA2+256:AAAnEA:b/9IbZX3IXXtNuiO38KI+Fx==:4oQmYZPmPvDGPgf'"),
    ("a.c", '#define PASS_COLUMN_2 "ha7b"'),
    ("a.go", '{"ssha256", "salt", "a8b92588663605a8ad3bcd1aad0bbf907b7f4b4a601bff503c703111f523fd1c"},'),
    ("a.txt", "creationToken = 1644770820"),
    ("a.tcl", "# is on, identified by 'mynr'."),
    ("a.c", "may_save_password = *cached_answer;"),
    ("a.txt", "take the argument and pass 'argv[1]' to the function"),
    ("pom.xml", "<shop.releaseManagerKey>96fec7e3a21363dc</shop.releaseManagerKey>"),
    ("a.rst", '"credentials": "auth=06f4b50f9f8<deleted>074"'),
    ("a.json", '"ClientRequestToken": "b8db17e5-61fd-4399-99f4-19854901cde6"'),
    ("a.py", "book = client.open_by_key('1CnhH7oP_7eqsdT2NO4e4NleQb261XGSreoSVXm2VFG')"),
    ("a.sql", "ALTER ROLE otter PASSWORD 'SCRAM-SHA-256$4096:iqGzIVUtTXdS8P0Q$MhGaJu7Pr'"),
    ("a.conf", "nkey: UCRZNETSUD7BWKMVA7VLLT4GJPF577HNFV78QAEPXZTZIYB8HTP43XEA".replace("8", "7")),
]


@pytest.mark.parametrize(("name", "text"), HONEST, ids=[text[:40] for _, text in HONEST])
def test_words_that_stand_under_a_password_and_are_none(name: str, text: str) -> None:
    """Labels in any language, algorithms, names of files and fields, expressions, macros, formats."""
    assert scan(text, name) == []


def test_few_letters_are_told_from_words() -> None:
    """Of eight drawn letters most follow each other as in no word; hardly any word does so."""
    known = "password remember customer building mountain original question standard yourself everyone".split()
    assert not any(is_no_word(word) for word in known)
    assert sum(is_no_word(drawn(8, LOWER)) for _ in range(200)) > 150


def test_the_same_word_needs_its_surroundings() -> None:
    """Neither a word that the code's vocabulary has nor camel case is a password, wherever it stands."""
    for word in ("optional", "keyring", "newPassword", "bcrypt"):
        assert not is_password(word, quoted=True, told=True, beside=True)
    assert is_password("heather", quoted=True, told=True, beside=True)
    assert not is_password("heather", quoted=False)
