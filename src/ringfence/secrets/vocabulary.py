"""Words that stand for a value where code, settings and labels speak of passwords, and are none."""

import re

WORDS = frozenset(
    """true false yes no on off none null nil undefined void enabled disabled required optional auto default random string str text
    int integer number bool boolean object array list map any char varchar bytes byte float double date datetime uuid password passwd
    pass passes passed passing pwd passphrase secret secrets token tokens key keys apikey auth bearer basic digest oauth oauth2 jwt cookie session login user
    username admin root guest anonymous test tests testing tester demo foo bar baz foobar qux hello world abc abcd abcdef
    example sample dummy fake mock stub placeholder changeme changeit change_me value values name email id none unknown empty blank
    public private local remote hidden visible input field label submit cancel ok error invalid missing forbidden unauthorized
    undefined self this file path env environment config plain plaintext raw hash md5 sha1 sha256 sha512 hmac aes rsa des base64 hex
    utf8 utf-8 ascii latin1 json xml yaml html css header headers query body param params form data type kind code description title
    message redacted xxx xxxx test123 test1234 12345 1234 123 111111 000000 a b c x y z
    0 1 mypassword mysecret mytoken testpassword testtoken testkey testsecret somepassword sometoken somesecret notasecret notreal
    insecure supersecret topsecret verysecret doesnotexist somepass""".split()
)
#: Passwords that everybody knows; elsewhere these are words that say nothing.
WEAK = frozenset("root admin toor guest docker qwerty 0000 1111 1234 12345 123456 12345678 000000 111111".split())
#: What such passwords are where it is said whose they are.
USED = WEAK | frozenset(
    """password passwd pass pwd secret test testing tester test123 test1234 demo user public private hello world welcome letmein foobar
    foo bar testpassword testpass supersecret topsecret postgres mysql mongo redis rabbitmq minio abc123
    pass123 password1 111111 000000 abcd abcdef 123 changeit
    abc abcde 000 321 11111 123123 123321 654321 87654321 1234567 123456789 1234567890 baz oracle admin123 root123 secret123
    mypass mypassword somepassword somepass testpwd test12 test1234 qwe asdf asdfgh""".split()
)
#: What stands for whoever it will be, where an account is named.
ANYBODY = frozenset(
    """user users username user_name userid user_id usr login name email.address email mail e-mail account uid id string str text none null nil true
    false varchar char required optional type self this req request data body form input field value values key keys label placeholder
    password passwd pass token secret undefined config settings env process props state params options args dbuser db_user usuario
    database_user xxx example sample foo bar somebody someone myuser my anybody anonymous nobody new old the of is and or for in not with must
    has can should int integer bool boolean object array any function const var let blank empty invalid valid error errors
    message title description hidden submit button checkbox number file image""".split()
)
#: What code and pages name, ask for and do where they speak of passwords, and the word itself in other languages.
OF_CODE = frozenset(
    """account accounts action address again allow allowed always arg args argument array ask assert attribute authenticate
    authenticated authentication author away base between blocked both bool button bytes cache call cached cell change changed check
    choose class clear client column command common confirm confirmed connect connection const content context cookie copy count
    create created credential credentials crypt current custom database days deny denied desc details device dialog directory
    disable display document domain done download edit element else encode encoded encrypt encrypted encryption ended enter event every exit
    expect expire expired external extra fail failed failure fetch fields filter final first force forgot format forms from front
    full function generate generated global global group groups handle hash hashed help hide hint hook host hostname icon ignore
    image import index info inherit initial insert instance interactive internal invalid item items keep keyfile keyring keystore
    last ldap length level limit line link load loading locked logger login logout loop mail main manual mask masked master match
    memory method methods middle mode model module more move must names native need never next nobody nothing notify null number
    object only open operation option options order other output owner page pair pam parent parser part pattern peer pem permission
    person phone pick pkcs plain plugin policy port prefix print private profile prompt properties property protected protocol
    provider proxy query question read readonly reference refresh regex register regexp reject remember remove repeat replace
    request require reset resource response responses rest restrict result results retry return role roles rule rules salt same save
    saved schema scope score scram screen script search section security select send server service services setting settings
    setup shadow shared show sign signature signin signup simple single size skip slot source spec standard start state static
    status stdin step storage store strategy strength string strings strong style subject success suffix switch symbol system table
    target template temp temporary term textarea then time timeout title tmp toggle toggled tomcat true type types undef unique unit unset unused unchanged
    update updated upper usage used user users valid validate validated validation validator value values variable vault vector
    verified verify version view virtual wait warn warning weak when with without word wrong write wrote zero url uri urls uris
    binary varbinary blob varchar shift anonymous
    passwort kennwort wachtwoord senha contrasena contrasenya contrasinal heslo haslo parola parole parool salasana losenord
    adgangskode passord jelszo lozinka sifra geslo slaptazodis motdepasse katasandi sandi pasahitza clave mima""".split()
)
#: What stands before and behind `password` in the names of fields and messages.
OF_FIELDS = frozenset(
    """your my new old user confirm confirmed reset forgot forgotten change current repeat login enter invalid wrong set get check verify
    valid hash hashed encrypt encrypted show hide no is has the a client admin db database auth account email bad missing default some
    test fake example input update generate random retype previous temporary weak strong incorrect require required""".split()
)
#: Ways to hash, to encrypt and to prove; they are named where passwords are.
ALGORITHM = re.compile(
    r"(?:argon2\w{0,2}|pbkdf2\w*|[sp]?sha[-_]?\d{1,3}\w*|md[245]\w*|\w{0,12}crypt\d?|krb\d|kerberos\w*"
    r"|(?:scram|cram|digest|sym)[-_][\w-]+|(?:aes|des|rc|gcm|cbc)[-_]?\d{1,3}[\w-]*|ed25519|x25519|curve25519"
    r"|utf-?\d{1,2}\w*|base\d\d|ssh-\w+|oauth\w*|ntlmv?\d?|mschapv2|blowfish|whirlpool|ripemd\d*|tls\w*|x509|ssha\d*|[hrep]s\d{3}"
    r"|(?:prime|secp|sect|brainpoolp)\d{3}\w{0,3})",
    re.IGNORECASE,
)
