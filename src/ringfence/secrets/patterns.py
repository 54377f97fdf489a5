"""How something is assigned to a telling name: an expression for each way of writing it."""

import re

#: A telling name.
NAME = (
    r"[A-Za-z0-9_.$-]{0,50}(?i:pass|pwd|psw|pw|secret|token|key|auth|cred|bearer|salt|nonce|seed|cookie|\botp|\bpin"
    r"|\bpat\b|senha|contrase|kennwort|wachtwoord)"
    r"[A-Za-z0-9_.-]{0,40}"
)
#: Functions that give back the text they are given, in another type.
WRAPPER = (
    r"(?:(?:new |await )?(?:[A-Za-z_0-9]{1,20}\.){0,3}(?:String|str|bytes|bytearray|from|b64decode|fromhex|unhexlify"
    r"|SecretStr|SecureString|ConvertTo-SecureString|GuardedString|[gG]etBytes|to_bytes|strdup|byte|\[\]byte|default|Some|Ok|b|u"
    r"|_)\(|(?P<call>(?:\[\])?(?:[A-Za-z_$][\w$.:]{0,60}+)?[(\[{]{1,2}[ ]?))?"
)
QUOTED = re.compile(
    rf"(?P<name>{NAME})(?:[\"'`\])]|\\\""
    rf"|\[\d{{0,4}}\]){{0,3}}[ "
    rf"\t]{{0,40}}+(?::(?=[^=\n]{{0,66}}+=)[ \t]{{0,4}}[A-Za-z_&][\w.<>\[\], |?&']{{0,40}}?(?=[ \t]{{0,20}}=)[ "
    rf"\t]{{0,20}}+|As String[ ]{{0,4}}(?==)|string[ ](?==))?"
    r"(?:=>|:=|->|<{1,2}-|\?=|\?:|\|\|=?|\?\?|={1,3}|!==?|:{2,3}(?=[ ]?[\"'])|\{(?=[\"'])|[:,(]|\.equals\(|\bis\b|\bto\b"
    r"|(?<!` )\bor\b|(?<=[ \t]))[ \t]{0,20}+(?:\r?\n[ \t]{0,80}+)?"
    rf"{WRAPPER}(?:raw|r#|<<|[bBrRuUfFL@$]{{0,2}})(?:\"\"(?=\")|''(?=')|'(?=\\?\")|\"(?='|\\\"))?"
    r"(?P<quote>\\?[\"'`])(?P<value>(?:(?!(?P=quote))(?:\\[^\n]|[^\n\\])){2,2500}?)(?P=quote)"
)
BARE = re.compile(
    rf"(?:^|[\s;,&:\"'?(/|\[#]|(?<=\$)\{{)(?P<name>(?:export |set |ENV |ARG |-D|--?)?{NAME})[\"')]?[ \t]{{0,10}}(?::[=-]|\?="
    rf"|[:=])[ \t]{{0,10}}(?:!!str[ ]|&\w{{1,30}}[ ])?"
    r"(?P<value>[^\s\"'`<>,;(){}\[\]]{4,400})(?=[\s,;\"'`}\])<&]|\\n|$)"
)
#: A line that is nothing but a name and a value of any characters.
WHOLE = re.compile(
    rf"\A[ \t]{{0,40}}(?:- )?(?:export "
    rf")?(?P<name>{NAME})[ \t]{{0,10}}[:=][ \t]{{0,10}}(?P<value>[^\s\"'#<$\[{{(][^\s\"']{{5,200}}|[a-z]{{4}}(?: [a-z]{{4}}){{3}})[ \t\r]*$"
)
WORD = re.compile(
    rf"^[ \t]{{0,40}}(?:- |[#;*] {{0,4}}|(?://|--) {{0,8}})?(?:export |set |ENV "
    rf"|ARG )?[\"']?(?P<name>{NAME})[\"']?[ \t]{{0,10}}[:=](?P<blank>[ \t]{{0,10}})"
    r"(?P<value>[A-Za-z]{4,30})(?:[ \t\r;,]*(?:#|$)|; |(?P<run>[ ][a-z./][\w./-]{0,60}[ ]))"
)
OF_WEAK = re.compile(r"(?:[wW]ord|WORD|[pP]ass|PASS|[pP][sS]?[wW][dD]?|phrase|code)s?[0-9]?[\"']?[ \t]{0,10}[:=]")
#: Texts between signs of their own: of Lua, Perl and Ruby.
LONG = re.compile(
    rf"(?P<name>{NAME})[\"']?[ \t]{{0,10}}(?:=>|:=|[:=])[ \t]{{0,4}}(?:\[\[|q[qw]?[{{(\[]"
    rf"|%[qQ]?[({{\[])(?P<value>[^\[\](){{}}\n]{{4,200}})[\])}}]"
)
MEMBER = re.compile(
    r"(?P<name>[A-Za-z0-9_.$-]{1,100})(?P<quote>\\?\")[ ]?:[ ]?(?P=quote)(?P<value>[^\"\\\n]{4,400})(?P=quote)"
)
QUERY = re.compile(rf"[?&;#\"'](?P<name>{NAME})=(?P<value>[A-Za-z0-9%+/=._~!-]{{4,400}})(?![\w{{<$(\[])")
#: What a command is given in its environment, and what defines something for a build.
ENVIRONMENT = re.compile(
    rf"(?<![\w-])(?:-e|--env|-D)[ =]?[\"']?(?P<name>{NAME})=(?P<value>[^\s\"'`$<>{{}}()\\]{{4,200}})(?=[\s\"'`;\\]|$)"
)
#: A header that is one text: "X-Api-Key: X".
HEADED = re.compile(rf"[\"'](?P<name>{NAME})[ ]?:[ ]?(?P<value>[A-Za-z0-9+/=._~-]{{16,400}})[\"'\\]")
ELEMENT = re.compile(
    rf"<(?:\w{{1,20}}:)?(?P<name>{NAME})(?: [^<>\n]{{0,100}})?>(?P<value>[^<>\n]{{4,400}})</"
    rf"|(?:key|name)=\"(?P<name2>{NAME})\"[^<>\n]{{0,60}}value=\"(?P<value2>[^\"\n]{{4,400}})\""
    rf"|(?:key|name)=\"(?P<name3>{NAME})\"[^<>\n]{{0,60}}>(?P<value3>[^<>\n]{{4,400}})</"
)
OPTION = re.compile(
    r"(?<![\w-])--?(?P<name>[A-Za-z][A-Za-z0-9_-]{1,40})(?:[ \t]{1,4}|=)[\"']?(?P<value>(?!-)[^\s\"'`<>;|&$(){}]{4,200})"
)
CONNECTION = re.compile(
    r"(?i:(?<![A-Za-z])(?:password|pwd))[ ]?=[ ]?(?P<value>[^;&\"'\s$<{%\[(),]{2,100})(?=[;\"'\s]|$)"
)
PAIR = re.compile(
    r"auth[ ]?=[ ]?\([ ]?[bu]?(?P<user>[\"'][^\"'\n]{1,80}[\"']),[ ]?[bu]?[\"'](?P<value>[^\"'\n]{2,100})[\"']"
)
#: Tokens of Laravel have a number and a stroke before them.
HEADER = re.compile(
    r"(?i:authorization)[\"'\]]{0,3}[ \t]{0,4}[:=,][ \t]{0,4}[\"'`]?(?P<scheme>[A-Za-z][A-Za-z-]{2,12}) "
    r"(?:\d{1,7}\|)?(?P<value>[A-Za-z0-9+/=_.~-]{8,2000})"
)
BEARER = re.compile(r"(?<![A-Za-z])(?P<scheme>Bearer|Basic) (?:\d{1,7}\|)?(?P<value>[A-Za-z0-9+/=_.~-]{12,2000})")
#: What people write down: `password for the lab is X`, `id/pw: me/X`.
SAID = re.compile(
    r"(?:(?<![A-Za-z0-9+/])(?i:pass(?:word|wd|phrase|code)?|pwd?)|비밀번호|비번|암호|패스워드|密码|密碼|パスワード"
    r"|[Пп]ароль)(?:[ ](?:for|of|in|to|on)[ ][^\n:]{1,40}?|[ ]?\([^()\n:]{1,40}\)(?=[:=]))?"
    r"(?:\)?[ ]?[:=]|[ ]is:?|[ ]{0,16}-{1,6}>?|\)|\("
    r"|[ ])[ ]{0,16}[\"'`]?(?P<value>[^\s\"'`,;()<>{}\[\]=/]{6,60})(?![\w({\[=/.])"
)
#: The same beside whoever has it, by any word.
NOTED = re.compile(
    r"(?:(?<![A-Za-z0-9+/_.$-])(?i:pass(?:word|wd|phrase|code)?|pwd?|senha|contrase[ñn]a|wachtwoord|passwort|mot de passe)|비밀번호|비번"
    r"|암호|패스워드|密码|密碼|パスワード|[Пп]ароль)[\"'`*_)]{0,4}[ ]?(?:[:=\uff1a]|[ ]is:?[ ])[ ]{0,2}[\"'`*_]{0,4}[ ]{0,2}`?"
    r"(?P<value>[A-Za-z0-9@][\w!@#$%^&+.-]{3,40}?)(?=[\"'`*_]{0,4}[.,;)]?(?:[\s|<]|$|\\n))"
)
BOTH = re.compile(
    r"(?i:id|user(?:name)?|login|account)\)?[ ]?[/,&:(+ ][ ]?(?i:pw|pwd"
    r"|pass(?:word|wd)?)\)?[ ]?(?:[:=(-]>?|[ ]is|[ ]are|[ ])"
    r"[ ]?[\"']?[^\s/,:()\"']{2,40}[ ]?(?:/{1,2}|[,(:|]|[ ]and[ ])[ ]?[\"']?(?P<value>[^\s,()\"'<>]{4,60})"
)
