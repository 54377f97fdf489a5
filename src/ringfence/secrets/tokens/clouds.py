"""Clouds: keys of accounts, machines and stores."""

from ringfence.secrets import checks
from ringfence.secrets.tokens.form import END, UUID, Form

FORMS: tuple[Form, ...] = (
    Form(
        "an AWS access key",
        ("AKIA", "ASIA", "ABIA", "ACCA", "A3T"),
        rf"(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{{16}}{END}",
        checks.aws_id,
    ),
    Form(
        "an AWS secret key",
        (
            "ws_secret",
            "WS_SECRET",
            "wsSecret",
            "SecretAccessKey",
            "secret_access_key",
            "secretAccessKey",
            "SECRET_ACCESS_KEY",
            "aws_sec",
            "AWS_SEC",
            "secret_key",
            "SECRET_KEY",
            "secretKey",
        ),
        r"(?i:secret_?(?:access_?)?key)[\"']?[ \t]{0,4}(?:=>|:="
        r"|[:=,])[ \t]{0,4}[\"']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])",
        checks.mixed,
    ),
    Form(
        "an Amazon Bedrock key",
        ("ABSK", "bedrock-api-key-"),
        r"(?:ABSK[A-Za-z0-9+/]{109,269}={0,2}|bedrock-api-key-[A-Za-z0-9+/=]{40,})",
    ),
    Form("an Amazon MWS token", ("amzn.mws.",), rf"amzn\.mws\.{UUID[2:]}"),
    Form("a Google API key", ("AIza",), r"(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])", checks.varied),
    Form("a Google OAuth secret", ("GOCSPX-",), r"\bGOCSPX-[A-Za-z0-9_-]{28}(?![A-Za-z0-9_-])"),
    Form("a Google OAuth token", ("ya29.",), r"\bya29\.[A-Za-z0-9_-]{20,}"),
    Form("a Google refresh token", ("1//0",), r"(?<![A-Za-z0-9/])1//0[A-Za-z0-9_-]{40,}"),
    Form(
        "an Azure storage key",
        ("AccountKey=", "accountkey=", "ACCOUNT_KEY", "account_key", "accountKey", "storage_key", "StorageKey"),
        r"(?i:(?:account|storage)_?key)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([A-Za-z0-9+/]{86}==)",
        checks.mixed,
    ),
    Form(
        "an Azure shared access key",
        ("SharedAccessKey=", "sharedaccesskey="),
        r"(?i:sharedaccesskey)=([A-Za-z0-9+/]{43}=)",
        checks.mixed,
    ),
    Form(
        "an Azure client secret",
        ("Q~",),
        r"(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])",
        checks.mixed,
    ),
    Form(
        "an Azure shared access signature",
        ("sig=",),
        r"(?<![A-Za-z0-9])s[a-z]{1,3}=[^\s\"'<>]{0,300}sig=([A-Za-z0-9%+/]{40,}(?:%3D|=))",
        checks.mixed,
    ),
    Form("an Azure function key", ("AzFu",), r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{5}[AQgw]=="),
    Form("an Azure DevOps token", ("AZDO",), r"(?<![A-Za-z0-9])[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4,5}(?![A-Za-z0-9])"),
    Form(
        "an Azure container registry key",
        ("+ACR",),
        r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{42}\+ACR[A-Za-z0-9]{6}(?![A-Za-z0-9])",
    ),
    Form("an Azure Cosmos DB key", ("ACDb",), r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{76}ACDb[A-Za-z0-9+/]{5,6}="),
    Form("an Alibaba access key", ("LTAI",), rf"(?<![A-Za-z0-9])LTAI[A-Za-z0-9]{{12,20}}{END}", checks.mixed),
    Form("a Tencent secret id", ("AKID",), rf"(?<![A-Za-z0-9])AKID[A-Za-z0-9]{{32}}{END}", checks.mixed),
    Form("a DigitalOcean token", ("dop_v1_", "doo_v1_", "dor_v1_", "dos_v1_"), r"\bdo[oprs]_v1_[a-f0-9]{64}\b"),
    Form(
        "a DigitalOcean key",
        ("DO00", "DO801"),
        r"(?<![A-Za-z0-9])DO(?:00|801)[A-Z0-9]{16,17}(?![A-Za-z0-9])",
        checks.mixed,
        ("digitalocean", "spaces"),
    ),
    Form("a Heroku key", ("HRKU-",), r"\bHRKU-[A-Za-z0-9_-]{36,65}"),
    Form(
        "a Heroku key",
        ("heroku", "HEROKU"),
        rf"(?i:heroku[a-z0-9_. -]{{0,30}})[\"']?[ \t]{{0,4}}(?:=>|:=|[:=])[ \t]{{0,4}}[\"']?({UUID[2:]})",
    ),
    Form(
        "a Cloudflare key",
        ("cloudflare", "CLOUDFLARE", "Cloudflare"),
        r"(?i:cloudflare[a-z0-9_. -]{0,30}(?:key|token))[\"']?[ \t]{0,4}(?:=>|:="
        r"|[:=])[ \t]{0,4}[\"']?([A-Za-z0-9_-]{37,40})(?![A-Za-z0-9_-])",
        checks.mixed,
    ),
    Form("a Cloudflare origin key", ("v1.0-",), r"\bv1\.0-[a-f0-9]{24}-[a-f0-9]{146}\b"),
    Form(
        "an IBM Cloud key",
        ("ibm", "IBM"),
        r"(?i:ibm[a-z0-9_. -]{0,30}key)[\"']?[ \t]{0,4}(?:=>|:="
        r"|[:=])[ \t]{0,4}[\"']?([A-Za-z0-9_-]{44})(?![A-Za-z0-9_-])",
        checks.mixed,
    ),
    Form(
        "a Yandex key",
        ("AQVN", "t1.9eu", "YCA"),
        r"\b(?:AQVN[A-Za-z0-9_-]{35,38}|t1\.9eu[A-Za-z0-9_=.-]{80,}|YCA[A-Za-z0-9_-]{37,38})(?![A-Za-z0-9_-])",
        checks.mixed,
    ),
    Form("a Scaleway key", ("SCW",), r"\bSCW[A-Z0-9]{17}\b", checks.mixed),
    Form(
        "a Fly.io token",
        ("FlyV1 ", "fm1a_", "fm1r_", "fm2_", "fo1_"),
        r"\b(?:FlyV1 |fm1[ar]_|fm2_|fo1_)[A-Za-z0-9+/=,_-]{40,}",
    ),
    Form(
        "a Vercel token",
        ("vercel", "VERCEL", "Vercel"),
        r"(?i:vercel[a-z0-9_. -]{0,20}token)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([A-Za-z0-9]{24})(?![A-Za-z0-9])",
        checks.mixed,
    ),
    Form(
        "a Supabase key",
        ("sbp_", "sb_secret_"),
        r"\b(?:sbp_[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{31,36})(?![A-Za-z0-9])",
    ),
    Form("a PlanetScale token", ("pscale_",), r"\bpscale_(?:tkn|pw|oauth)_[A-Za-z0-9=._-]{32,64}"),
    Form("a Pulumi token", ("pul-",), r"\bpul-[a-f0-9]{40}\b"),
    Form(
        "a Terraform Cloud token",
        (".atlasv1.",),
        r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{1,32}\.atlasv1\.[A-Za-z0-9_=-]{60,90}",
    ),
    Form("a HashiCorp Vault token", ("hvs.", "hvb.", "hvr."), r"\bhv[bsr]\.[A-Za-z0-9_-]{24,}"),
    Form(
        "a HashiCorp Vault token",
        ("VAULT_TOKEN", "vault_token", "X-Vault-Token"),
        r"(?i:vault[_-]token)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?(s\.[A-Za-z0-9]{24})(?![A-Za-z0-9])",
    ),
    Form(
        "a Doppler token",
        ("dp.pt.", "dp.st.", "dp.ct.", "dp.scim.", "dp.sa.", "dp.audit."),
        r"\bdp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}\b",
    ),
    Form("a 1Password token", ("ops_eyJ",), r"\bops_eyJ[A-Za-z0-9+/_-]{80,}={0,3}"),
    Form(
        "a 1Password secret key",
        ("A3-",),
        r"\bA3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}\b",
    ),
    Form("an age secret key", ("AGE-SECRET-KEY-1",), r"\bAGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}"),
    Form(
        "an Akeyless key",
        ("akeyless", "AKEYLESS"),
        r"(?i:akeyless[a-z0-9_. -]{0,20}key)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([A-Za-z0-9+/]{40,48}={0,2})",
        checks.mixed,
    ),
)
