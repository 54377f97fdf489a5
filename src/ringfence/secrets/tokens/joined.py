"""Tokens of several parts, joined by signs."""

from ringfence.secrets import checks
from ringfence.secrets.tokens.form import END, UUID, Form

FORMS: tuple[Form, ...] = (
    Form(
        "an Authress key",
        (".acc-", ".acc_"),
        r"\b(?:sc|ext|scauth"
        r"|authress)_[A-Za-z0-9]{5,30}\.[A-Za-z0-9]{4,6}\.acc[_-][A-Za-z0-9-]{10,32}\.[A-Za-z0-9+/_=-]{30,120}",
    ),
    Form(
        "a Harness token",
        ("pat.", "sat."),
        rf"\b[ps]at\.[A-Za-z0-9_-]{{22}}\.[0-9a-fA-F]{{24}}\.[A-Za-z0-9]{{20}}{END}",
        checks.mixed,
    ),
    Form(
        "an Infisical token",
        ("st.",),
        rf"(?<![A-Za-z0-9_.-])st\.[A-Za-z0-9_-]{{3,48}}\.[A-Za-z0-9_-]{{3,48}}\.[a-f0-9]{{16,64}}{END}",
        checks.hexadecimal,
    ),
    Form("a StackHawk key", ("hawk.",), r"\bhawk\.[A-Za-z0-9_-]{20}\.[A-Za-z0-9_-]{20}(?![A-Za-z0-9_-])", checks.mixed),
    Form(
        "a PASETO",
        ("v1.local.", "v2.local.", "v3.local.", "v4.local.", "v1.public.", "v2.public.", "v3.public.", "v4.public."),
        r"(?<![A-Za-z0-9._-])v[1-4]\.(?:local|public)\.[A-Za-z0-9_-]{40,8000}(?:\.[A-Za-z0-9_-]{0,2000})?",
        checks.mixed,
    ),
    Form(
        "a PASERK key",
        (".secret.", ".local.", ".secret-pw.", ".local-pw.", ".secret-wrap.", ".local-wrap."),
        r"(?<![A-Za-z0-9._-])k[1-4]\.(?:local|secret)(?:-pw|-wrap\.pie)?\.[A-Za-z0-9_-]{40,8000}",
        checks.mixed,
    ),
    Form(
        "a Tableau token",
        ("==:",),
        r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{22}==:[A-Za-z0-9]{32}(?![A-Za-z0-9])",
        checks.mixed,
    ),
    Form(
        "a Firebase key",
        (":APA91b",),
        r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{11,22}:APA91b[A-Za-z0-9_-]{120,180}(?![A-Za-z0-9_-])",
        checks.mixed,
    ),
    Form("a Tinybird token", ("p.eyJ",), r"\bp\.eyJ[A-Za-z0-9_-]{80,260}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])"),
    Form("a Voiceflow key", ("VF.DM.", "VF.WS."), rf"\bVF\.(?:DM|WS)\.[0-9a-fA-F]{{24}}\.[A-Za-z0-9]{{16}}{END}"),
    Form(
        "a TeamCity token", ("eyJ0eXAiOiAiVENWMiJ9.",), r"eyJ0eXAiOiAiVENWMiJ9\.([A-Za-z0-9_.-]{85})(?![A-Za-z0-9_-])"
    ),
    Form("a credential of Jenkins", ("{AQAAABAAAA",), r"\{AQAAABAAAA[A-Za-z0-9+/]{30,4000}={0,2}\}"),
    Form("a private key", ("<D>",), r"<D>([A-Za-z0-9+/]{80,1400}={0,2})</D>"),
    Form(
        "a private key",
        ("PRIVATE%20KEY", "PRIVATE+KEY"),
        r"BEGIN(?:%20|\+)(?:[A-Z]{2,8}(?:%20|\+))?PRIVATE(?:%20|\+)KEY(?:-|%2[dD]){5}(?:%0[aAdD]"
        r"|\\n){1,4}[A-Za-z0-9%+/]{40,200}",
    ),
    Form("a Workato token", ("wrka",), r"\bwrka(?:[a-z]{2})?-eyJ[A-Za-z0-9_.-]{90,2000}"),
    Form("a DeepL key", (":fx",), rf"{UUID[:-2]}:fx{END}", checks.hexadecimal),
    Form(
        "a fal.ai key",
        ("FAL_", "fal_", "falai", "fal-", "fal.ai"),
        rf"{UUID[:-2]}:[0-9a-f]{{32}}{END}",
        checks.hexadecimal,
        beside=True,
    ),
    Form(
        "a Zhipu key",
        ("zhipu", "ZHIPU", "Zhipu", "bigmodel", "BIGMODEL", "GLM_", "ZAI_"),
        rf"(?<![A-Za-z0-9])[0-9a-f]{{32}}\.[A-Za-z0-9]{{16}}{END}",
        checks.mixed,
        beside=True,
    ),
    Form(
        "a Figma token",
        ("figma", "FIGMA", "Figma"),
        rf"(?<![A-Za-z0-9-])[0-9A-Fa-f]{{4,7}}-{UUID[2:]}",
        checks.hexadecimal,
        beside=True,
    ),
    Form(
        "an Azure App Configuration key",
        (".azconfig.io",),
        r"\.azconfig\.io;Id=[^;\s]{1,80};Secret=([A-Za-z0-9+/]{36,100}={0,2})",
        checks.mixed,
    ),
    Form(
        "a Dropbox token",
        ("AAAAAAAAAA",),
        r"(?<![A-Za-z0-9_-])[a-z0-9]{11}AAAAAAAAAA[A-Za-z0-9_=-]{43}(?![A-Za-z0-9_=-])",
        checks.mixed,
    ),
    Form(
        "a Kerberos hash",
        ("$krb5asrep$", "$krb5tgs$", "$krb5pa$"),
        r"\$krb5(?:asrep|tgs|pa)\$\d{1,2}\$[A-Za-z0-9$.@_/*:-]{0,200}[a-f0-9]{64,8000}",
    ),
    Form(
        "a session of GitLab",
        ("_gitlab_session=",),
        rf"_gitlab_session=([0-9a-z]{{32}}){END}",
        checks.mixed,
    ),
)
