"""Secrets that are known by their form: one row a kind, after what the providers document.

A row has the words of which one must occur, in the text as it is, before its expression is tried around them; then a
check of the value where the form has one. Expressions are linear: no nested repetition.
"""

from collections.abc import Callable
from typing import NamedTuple

from ringfence.secrets import checks


class Form(NamedTuple):
    """A kind of secret. The value is the expression's last group that matched, or all of it.

    `beside`: its words stand beside the value, not in it. `nearby`: words of which one must stand in the same line or the two above it (lower case), for forms that are not telling alone.
    """

    kind: str
    words: tuple[str, ...]
    expression: str
    check: Callable[[str], bool] | None = None
    nearby: tuple[str, ...] = ()
    beside: bool = False


_HEX32 = r"\b[0-9a-f]{32}\b"
_UUID = r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
_B = r"(?<![A-Za-z0-9_/+.-])"
_E = r"(?![A-Za-z0-9_])"
#: Whose keys have no form of their own, but stand under their name.
_PROVIDERS = (
    "assemblyai agora clearbit bitbucket cloudflare confluence jira atlassian sonar mixpanel amplitude segment newsapi openweather rapidapi mailjet nexmo vonage"
    " plivo bitly giphy unsplash shodan virustotal ipstack fixer clickup trello zapier zoho freshdesk pipedrive dropbox codacy"
    " buttercms storyblok sanity prismic ghost deepgram elevenlabs stability mistral together cerebras"
).split()

FORMS: tuple[Form, ...] = (
    # Clouds.
    Form(
        "an AWS access key",
        ("AKIA", "ASIA", "ABIA", "ACCA"),
        rf"(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{{16}}{_E}",
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
        r"(?i:secret_?(?:access_?)?key)[\"']?[ \t]{0,4}(?:=>|:=|[:=,])[ \t]{0,4}[\"']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])",
        checks.mixed,
    ),
    Form(
        "an Amazon Bedrock key",
        ("ABSK", "bedrock-api-key-"),
        r"(?:ABSK[A-Za-z0-9+/]{109,269}={0,2}|bedrock-api-key-[A-Za-z0-9+/=]{40,})",
    ),
    Form("an Amazon MWS token", ("amzn.mws.",), rf"amzn\.mws\.{_UUID[2:]}"),
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
        r"(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])",
        checks.mixed,
    ),
    Form(
        "an Azure shared access signature",
        ("sig=",),
        r"[?&]s[a-z]{1,3}=[^\s\"'<>]{0,300}sig=([A-Za-z0-9%+/]{40,}(?:%3D|=))",
        checks.mixed,
    ),
    Form("an Azure function key", ("AzFu",), r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{5}[AQgw]=="),
    Form("an Azure DevOps token", ("AZDO",), r"(?<![A-Za-z0-9])[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])"),
    Form(
        "an Azure container registry key",
        ("+ACR",),
        r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{42}\+ACR[A-Za-z0-9]{6}(?![A-Za-z0-9])",
    ),
    Form("an Azure Cosmos DB key", ("ACDb",), r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{76}ACDb[A-Za-z0-9+/]{5,6}="),
    Form("an Alibaba access key", ("LTAI",), rf"(?<![A-Za-z0-9])LTAI[A-Za-z0-9]{{12,20}}{_E}", checks.mixed),
    Form("a Tencent secret id", ("AKID",), rf"(?<![A-Za-z0-9])AKID[A-Za-z0-9]{{32}}{_E}", checks.mixed),
    Form("a DigitalOcean token", ("dop_v1_", "doo_v1_", "dor_v1_"), r"\bdo[opr]_v1_[a-f0-9]{64}\b"),
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
        rf"(?i:heroku[a-z0-9_. -]{{0,30}})[\"']?[ \t]{{0,4}}(?:=>|:=|[:=])[ \t]{{0,4}}[\"']?({_UUID[2:]})",
    ),
    Form(
        "a Cloudflare key",
        ("cloudflare", "CLOUDFLARE", "Cloudflare"),
        r"(?i:cloudflare[a-z0-9_. -]{0,30}(?:key|token))[\"']?[ \t]{0,4}(?:=>|:=|[:=])[ \t]{0,4}[\"']?([A-Za-z0-9_-]{37,40})(?![A-Za-z0-9_-])",
        checks.mixed,
    ),
    Form("a Cloudflare origin key", ("v1.0-",), r"\bv1\.0-[a-f0-9]{24}-[a-f0-9]{146}\b"),
    Form(
        "an IBM Cloud key",
        ("ibm", "IBM"),
        r"(?i:ibm[a-z0-9_. -]{0,30}key)[\"']?[ \t]{0,4}(?:=>|:=|[:=])[ \t]{0,4}[\"']?([A-Za-z0-9_-]{44})(?![A-Za-z0-9_-])",
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
        r"\b(?:FlyV1 fm\d[a-z]?_|fm1[ar]_|fm2_|fo1_)[A-Za-z0-9+/=,_-]{40,}",
    ),
    Form(
        "a Vercel token",
        ("vercel", "VERCEL", "Vercel"),
        r"(?i:vercel[a-z0-9_. -]{0,20}token)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([A-Za-z0-9]{24})(?![A-Za-z0-9])",
        checks.mixed,
    ),
    Form("a Netlify token", ("nfp_",), r"\bnfp_[A-Za-z0-9_]{36}\b"),
    Form("a Render key", ("rnd_",), r"\brnd_[A-Za-z0-9]{32}\b"),
    Form(
        "a Supabase key", ("sbp_", "sb_secret_"), r"\b(?:sbp_[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{31})(?![A-Za-z0-9])"
    ),
    Form("a PlanetScale token", ("pscale_",), r"\bpscale_(?:tkn|pw|oauth)_[A-Za-z0-9=._-]{32,64}"),
    Form("a Neon key", ("napi_",), r"\bnapi_[a-z0-9]{60,70}\b"),
    Form("a Pulumi token", ("pul-",), r"\bpul-[a-f0-9]{40}\b"),
    Form("a Terraform Cloud token", (".atlasv1.",), r"\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}"),
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
    Form("a 1Password token", ("ops_eyJ",), r"\bops_eyJ[A-Za-z0-9+/]{200,}={0,3}"),
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
    # Code hosts and packages.
    Form(
        "a GitHub token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
        r"(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{36}(?![A-Za-z0-9])",
        checks.github,
    ),
    Form("a GitHub token", ("github_pat_",), r"\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b", checks.varied),
    Form("a GitHub app token", ("v1.",), r"\bv1\.[a-f0-9]{40}\b", checks.hexadecimal, ("github",)),
    Form(
        "a GitLab token",
        ("glpat-", "gldt-", "glrt-", "glptt-", "glft-", "glsoat-", "glcbt-", "glimt-", "glagent-", "gloas-", "glffct-"),
        r"\bgl(?:pat|dt|rt|ptt|ft|soat|cbt|imt|agent|oas|ffct)-[A-Za-z0-9_.=-]{20,}",
        checks.varied,
    ),
    Form("a GitLab runner token", ("GR1348941",), r"\bGR1348941[A-Za-z0-9_-]{20}(?![A-Za-z0-9_-])"),
    Form(
        "a Bitbucket token",
        ("ATBB", "ATCTT3xFf"),
        r"\b(?:ATBB[A-Za-z0-9_=.-]{28,32}|ATCTT3xFf[A-Za-z0-9+/=_-]{100,})(?![A-Za-z0-9])",
        checks.mixed,
    ),
    Form("a Bitbucket token", ("BBDC-",), r"\bBBDC-[A-Za-z0-9+/]{40,50}", checks.mixed),
    Form("an Atlassian token", ("ATATT3",), r"\bATATT3[A-Za-z0-9_=-]{100,}"),
    Form("an npm token", ("npm_",), r"\bnpm_[A-Za-z0-9]{36}\b", checks.npm),
    Form("an npm token", ("_authToken",), rf"_authToken[ \t]{{0,2}}=[ \t]{{0,2}}[\"']?({_UUID[2:]})"),
    Form(
        "an npm password",
        ("_password", "_auth"),
        r":?_(?:auth|password)[ \t]{0,2}=[ \t]{0,2}[\"']?([A-Za-z0-9+/]{12,}={0,2})[\"']?[ \t]*$",
        checks.base64_text,
    ),
    Form("a PyPI token", ("pypi-AgE",), r"\bpypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZ)[A-Za-z0-9_-]{50,}"),
    Form("a RubyGems key", ("rubygems_",), r"\brubygems_[a-f0-9]{48}\b"),
    Form("a crates.io token", ("cio",), r"(?<![A-Za-z0-9_])cio[A-Za-z0-9]{32}(?![A-Za-z0-9])", checks.mixed),
    Form("a NuGet key", ("oy2",), r"(?<![A-Za-z0-9])oy2[a-z0-9]{43}(?![A-Za-z0-9])"),
    Form("a Clojars token", ("CLOJARS_",), r"\bCLOJARS_[a-z0-9]{60}\b"),
    Form("a Hex.pm key", ("hex_",), r"\bhex_[a-z0-9]{64}\b"),
    Form("a Docker Hub token", ("dckr_pat_", "dckr_oat_"), r"\bdckr_[po]at_[A-Za-z0-9_-]{27,32}(?![A-Za-z0-9_-])"),
    Form(
        "a JFrog key",
        ("AKC", "cmVmdGtu"),
        r"(?<![A-Za-z0-9+/])(?:AKC[A-Za-z0-9]{60,80}|cmVmdGtu[A-Za-z0-9]{56})(?![A-Za-z0-9])",
    ),
    Form("a Sourcegraph token", ("sgp_",), r"\bsgp_(?:(?:[a-fA-F0-9]{16}|local)_)?[a-fA-F0-9]{40}\b"),
    Form("a SonarQube token", ("sqp_", "squ_", "sqa_"), r"\bsq[pua]_[a-f0-9]{40}\b"),
    Form(
        "a Snyk token",
        ("snyk", "SNYK"),
        rf"(?i:snyk[a-z0-9_. -]{{0,20}}(?:token|key))[\"']?[ \t]{{0,4}}[:=][ \t]{{0,4}}[\"']?({_UUID[2:]})",
    ),
    Form("a CircleCI token", ("CCIPAT_", "CCIPRJ_"), r"\bCCIP(?:AT|RJ)_[A-Za-z0-9]{22}_[a-f0-9]{40}\b"),
    Form("a Buildkite token", ("bkua_", "bkaj_"), r"\bbk(?:ua|aj)_[a-z0-9]{40}\b"),
    Form(
        "a Travis CI token",
        ("travis", "TRAVIS"),
        r"(?i:travis[a-z0-9_. -]{0,20}token)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])",
        checks.mixed,
    ),
    Form(
        "a Codecov token",
        ("codecov", "CODECOV"),
        r"(?i:codecov[a-z0-9_. -]{0,20}token)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([a-z0-9-]{32,36})(?![A-Za-z0-9-])",
        checks.mixed,
    ),
    Form(
        "an Artifactory token",
        ("X-JFrog-Art-Api",),
        r"X-JFrog-Art-Api[\"']?[ \t]{0,2}[:=][ \t]{0,2}[\"']?([A-Za-z0-9]{40,80})",
        checks.mixed,
    ),
    # Messages and mail.
    Form(
        "a Slack token",
        ("xoxb-", "xoxp-", "xoxa-", "xoxo-", "xoxr-", "xoxs-", "xoxe-", "xoxe.", "xapp-"),
        r"\b(?:xox[abeoprs][-.][A-Za-z0-9.-]{10,}|xapp-\d-[A-Z0-9]+-\d+-[a-f0-9]{32,})",
        checks.slack,
    ),
    Form(
        "a Slack webhook",
        ("hooks.slack.com/",),
        r"hooks\.slack\.com/(?:services|workflows|triggers)/(T[A-Za-z0-9_]{5,20}/[A-Za-z0-9/+_]{24,})",
        checks.varied,
    ),
    Form("a Discord webhook", ("/api/webhooks/",), r"discord(?:app)?\.com/api/webhooks/(\d{17,20}/[A-Za-z0-9_-]{60,})"),
    Form(
        "a Discord token",
        ("iscord", "ISCORD", "bot_token", "BOT_TOKEN", "client.run", "client.login", "bot.run"),
        r"(?<![A-Za-z0-9_.-])([MNO][A-Za-z\d_-]{23,25}\.[A-Za-z\d_-]{6}\.[A-Za-z\d_-]{27,38})(?![A-Za-z0-9_-])",
        checks.varied,
        beside=True,
    ),
    Form(
        "a Telegram token", (":AA",), r"(?<![0-9A-Za-z])(\d{8,10}:AA[A-Za-z0-9_-]{33})(?![A-Za-z0-9_-])", checks.varied
    ),
    Form(
        "a Microsoft Teams webhook",
        (".webhook.office.com", "outlook.office.com/webhook"),
        r"https://(?:[a-z0-9-]+\.webhook\.office\.com/webhookb2|outlook\.office\.com/webhook)/[a-z0-9@/-]{80,}",
    ),
    Form("a Twilio key", ("SK",), r"(?<![A-Za-z0-9_])SK[0-9a-fA-F]{32}(?![A-Za-z0-9])", checks.hexadecimal),
    Form(
        "a Twilio account's token",
        ("twilio", "TWILIO", "Twilio"),
        r"(?i:twilio[a-z0-9_. -]{0,20}token)[\"']?[ \t]{0,4}[:=,][ \t]{0,4}[\"']?([0-9a-f]{32})(?![A-Za-z0-9])",
        checks.hexadecimal,
    ),
    Form(
        "a SendGrid key",
        ("SG.",),
        r"(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{20,24}\.[A-Za-z0-9_-]{39,50}(?![A-Za-z0-9_-])",
        checks.mixed,
    ),
    Form("a Sendinblue key", ("xkeysib-", "xsmtpsib-"), r"\bx(?:key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16}\b"),
    Form(
        "a Mailgun key",
        ("key-", "pubkey-"),
        r"(?<![A-Za-z0-9-])(?:pub)?key-[0-9a-zA-Z]{32}(?![A-Za-z0-9-])",
        checks.drawn,
    ),
    Form(
        "a Mailgun key",
        ("ailgun", "AILGUN"),
        r"(?<![A-Za-z0-9])[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}(?![A-Za-z0-9])",
        beside=True,
    ),
    Form("a Mailchimp key", ("-us",), r"(?<![A-Za-z0-9])[0-9a-f]{32}-us[0-9]{1,2}(?![A-Za-z0-9])", checks.hexadecimal),
    Form(
        "a Postmark token",
        ("postmark", "POSTMARK", "Postmark"),
        rf"(?i:postmark[a-z0-9_. -]{{0,20}}token)[\"']?[ \t]{{0,4}}[:=][ \t]{{0,4}}[\"']?({_UUID[2:]})",
    ),
    Form(
        "a MessageBird key",
        ("essagebird", "ESSAGEBIRD", "essageBird"),
        r"(?i:messagebird[a-z0-9_. -]{0,20})[\"']?[ \t]{0,4}[:=,][ \t]{0,4}[\"']?([A-Za-z0-9]{25})(?![A-Za-z0-9])",
        checks.mixed,
    ),
    # Money.
    Form(
        "a Stripe key",
        ("sk_live_", "rk_live_", "sk_test_", "rk_test_", "sk_prod_", "rk_prod_"),
        r"(?<![A-Za-z0-9])[rs]k_(?:live|test|prod)_[A-Za-z0-9]{10,250}(?![A-Za-z0-9])",
        checks.mixed,
    ),
    Form("a Stripe webhook secret", ("whsec_",), r"\bwhsec_[A-Za-z0-9+/=]{24,}", checks.mixed),
    Form(
        "a Square token",
        ("sq0atp-", "sq0csp-", "EAAA"),
        r"(?<![A-Za-z0-9])(?:sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,43}|EAAA[A-Za-z0-9_-]{60})(?![A-Za-z0-9_-])",
        checks.mixed,
    ),
    Form("a Braintree token", ("access_token$production$",), r"access_token\$production\$[0-9a-z]{16}\$[0-9a-f]{32}"),
    Form(
        "a Shopify token",
        ("shpat_", "shpca_", "shppa_", "shpss_", "shptka_", "shpua_"),
        r"\bshp(?:at|ca|pa|ss|ua|tka)_[a-fA-F0-9]{32}\b",
        checks.hexadecimal,
    ),
    Form(
        "a Plaid token",
        ("access-sandbox-", "access-development-", "access-production-"),
        rf"\baccess-(?:sandbox|development|production)-{_UUID[2:]}",
    ),
    Form("a Flutterwave key", ("FLWSECK",), r"\bFLWSECK(?:_TEST)?-[a-hA-H0-9]{12,32}(?:-X)?\b"),
    Form("a Paystack key", ("sk_live_", "sk_test_"), r"\bsk_(?:live|test)_[a-f0-9]{40}\b"),
    Form("a Razorpay key", ("rzp_live_", "rzp_test_"), r"\brzp_(?:live|test)_[A-Za-z0-9]{14}\b", checks.mixed),
    Form("an Adyen key", ("AQE",), r"\bAQE[a-z]hmf[A-Za-z0-9+/*]{40,}={0,2}-[A-Za-z0-9+/=]{20,}-[^\s\"']{8,40}"),
    Form(
        "a GoCardless token",
        ("live_",),
        r"(?i:gocardless[a-z0-9_. -]{0,20})[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?(live_[A-Za-z0-9_=-]{40})",
    ),
    Form(
        "a Coinbase key",
        ("coinbase", "COINBASE"),
        r"(?i:coinbase[a-z0-9_. -]{0,20}(?:key|secret|token))[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([A-Za-z0-9_=/+-]{32,90})(?![A-Za-z0-9])",
        checks.mixed,
    ),
    # Models.
    Form(
        "an OpenAI key",
        ("sk-", "T3BlbkFJ"),
        r"(?<![A-Za-z0-9_-])sk-(?:(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{40,200}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}|[A-Za-z0-9]{48})(?![A-Za-z0-9_-])",
        checks.mixed,
    ),
    Form("an Anthropic key", ("sk-ant-",), r"\bsk-ant-(?:api|admin|oat|ort|sid)\d{2}-[A-Za-z0-9_-]{60,120}"),
    Form("an OpenRouter key", ("sk-or-v1-",), r"\bsk-or-v1-[a-f0-9]{64}\b"),
    Form("a DeepSeek key", ("deepseek", "DEEPSEEK", "DeepSeek"), r"\bsk-[a-f0-9]{32}\b", beside=True),
    Form(
        "a Hugging Face token",
        ("hf_", "api_org_"),
        r"(?<![A-Za-z0-9_])(?:hf_|api_org_)[A-Za-z0-9]{34}(?![A-Za-z0-9_])",
        checks.mixed_case,
    ),
    Form("a Replicate token", ("r8_",), r"(?<![A-Za-z0-9_])r8_[A-Za-z0-9]{37}(?![A-Za-z0-9])"),
    Form("a Groq key", ("gsk_",), r"\bgsk_[A-Za-z0-9]{52}\b"),
    Form("an xAI key", ("xai-",), r"\bxai-[A-Za-z0-9]{70,90}\b"),
    Form("a Perplexity key", ("pplx-",), r"\bpplx-[A-Za-z0-9]{48}\b"),
    Form("a LangSmith key", ("lsv2_",), r"\blsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}\b"),
    Form("a Langfuse key", ("sk-lf-",), rf"\bsk-lf-{_UUID[2:]}"),
    Form("an NVIDIA key", ("nvapi-",), r"\bnvapi-[A-Za-z0-9_-]{60,70}"),
    Form("a Fireworks key", ("fw_",), r"(?<![A-Za-z0-9_])fw_[A-Za-z0-9]{22,24}(?![A-Za-z0-9])", checks.mixed),
    Form(
        "a Weights & Biases key",
        ("wandb", "WANDB"),
        r"(?i:wandb[a-z0-9_. -]{0,20}(?:key|login\())[\"']?[ \t]{0,4}[:=(]?[ \t]{0,4}[\"']?([a-f0-9]{40})\b",
        checks.hexadecimal,
    ),
    Form(
        "a Cohere key",
        ("cohere", "COHERE", "Cohere"),
        r"(?i:co(?:here)?[a-z0-9_. -]{0,20}key)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([A-Za-z0-9]{40})\b",
        checks.mixed,
    ),
    Form("a Tavily key", ("tvly-",), r"\btvly-(?:dev-|prod-)?[A-Za-z0-9]{30,36}\b"),
    Form("a Pinecone key", ("pcsk_",), r"\bpcsk_[A-Za-z0-9_]{60,75}\b"),
    # Watching.
    Form(
        "a Datadog key",
        ("atadog", "ATADOG", "dd_api", "DD_API", "dd_app", "DD_APP"),
        r"(?i:(?:datadog|dd)[a-z0-9_. -]{0,20}key)[\"']?[ \t]{0,4}(?:=>|:=|[:=])[ \t]{0,4}[\"']?([a-f0-9]{32}|[a-f0-9]{40})\b",
        checks.hexadecimal,
    ),
    Form(
        "a New Relic key",
        ("NRAK-", "NRII-", "NRAA-", "NRIQ-", "NRJS-", "NRBR-", "NRRA-", "FFFFNRAL", "NRAL"),
        r"\b(?:NR(?:AK|AA|II|IQ|JS|BR|RA)-[A-Za-z0-9_-]{19,44}|[a-z0-9]{6}[a-f0-9]{30}(?:FFFF)?NRAL)\b",
    ),
    Form(
        "a Grafana token",
        ("glsa_", "glc_eyJ", "eyJrIjoi"),
        r"\b(?:glsa_[A-Za-z0-9]{32}_[a-fA-F0-9]{8}|glc_[A-Za-z0-9+/]{32,400}={0,3}|eyJrIjoi[A-Za-z0-9]{70,400}={0,3})",
    ),
    Form("a Sentry token", ("sntrys_", "sntryu_"), r"\b(?:sntrys_eyJ[A-Za-z0-9+/=_-]{80,}|sntryu_[a-f0-9]{64})"),
    Form(
        "a Sentry token",
        ("sentry", "SENTRY"),
        r"(?i:sentry[a-z0-9_. -]{0,20}token)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([a-f0-9]{64})\b",
    ),
    Form("a Honeycomb key", ("hcaik_", "hcxik_", "hcamk_"), r"\bhc[a-z]{3}_[a-z0-9]{58,64}\b"),
    Form("a Dynatrace token", ("dt0",), r"\bdt0[a-z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}\b"),
    Form(
        "a PagerDuty key",
        ("agerduty", "AGERDUTY", "agerDuty"),
        r"(?i:pagerduty[a-z0-9_. -]{0,25})[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([a-z]\+[A-Za-z0-9_-]{18}|[A-Za-z0-9_+-]{20}|[a-f0-9]{32})(?![A-Za-z0-9_-])",
        checks.mixed,
    ),
    Form(
        "a Sumo Logic key",
        ("sumo", "SUMO"),
        r"(?i:sumo[a-z0-9_. -]{0,20}(?:key|id|secret))[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?(su[A-Za-z0-9]{12}|[A-Za-z0-9]{64})\b",
        checks.mixed,
    ),
    Form(
        "a Splunk token",
        ("splunk", "SPLUNK", "Splunk "),
        rf"(?i:splunk[a-z0-9_. -]{{0,20}})[\"']?[ \t]{{0,4}}[:=]?[ \t]{{0,4}}[\"']?({_UUID[2:]})",
        None,
    ),
    Form(
        "a Rollbar token",
        ("rollbar", "ROLLBAR"),
        r"(?i:rollbar[a-z0-9_. -]{0,20}token)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([a-f0-9]{32})\b",
        checks.hexadecimal,
    ),
    Form(
        "a Bugsnag key",
        ("bugsnag", "BUGSNAG"),
        r"(?i:bugsnag[a-z0-9_. -]{0,20}key)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([a-f0-9]{32})\b",
        checks.hexadecimal,
    ),
    Form("a LaunchDarkly key", ("sdk-", "mob-", "api-"), rf"\b(?:sdk|mob|api)-{_UUID[2:]}"),
    Form("a New Relic key", ("px-api-", "px-dep-"), rf"\bpx-(?:api|dep)-{_UUID[2:]}"),
    Form("a MaxMind key", ("_mmk",), r"(?<![A-Za-z0-9])[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk(?![A-Za-z0-9])"),
    Form("a ClickHouse key", ("4b1d",), r"(?<![A-Za-z0-9])4b1d[A-Za-z0-9]{38}(?![A-Za-z0-9])", checks.mixed),
    Form("an Elastic key", ("essu_",), r"\bessu_[A-Za-z0-9+/=]{60,}"),
    # Work.
    Form("an Airtable token", ("pat",), r"\bpat[A-Za-z0-9]{14}\.[a-f0-9]{64}\b"),
    Form(
        "an Airtable key",
        ("airtable", "AIRTABLE", "Airtable"),
        r"(?<![A-Za-z0-9])key[A-Za-z0-9]{14}(?![A-Za-z0-9])",
        checks.mixed,
        beside=True,
    ),
    Form(
        "an Asana token",
        ("asana", "ASANA", "Asana"),
        r"(?i:asana[a-z0-9_. -]{0,20})[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?(\d{1,2}/\d{10,}(?:/\d{10,})?:[a-f0-9]{32}|[a-z0-9]{32})\b",
        checks.mixed,
    ),
    Form(
        "a Notion token",
        ("ntn_", "secret_"),
        r"(?<![A-Za-z0-9_])(?:ntn_[0-9]{11}[A-Za-z0-9]{35}|secret_[A-Za-z0-9]{43})(?![A-Za-z0-9])",
        checks.mixed,
    ),
    Form("a Linear key", ("lin_api_", "lin_oauth_"), r"\blin_(?:api|oauth)_[A-Za-z0-9]{40,64}\b"),
    Form("a Figma token", ("figd_", "figo_", "figu_"), r"\bfig[dou]_[A-Za-z0-9_-]{40,}"),
    Form("a Postman key", ("PMAK-", "PMAT-"), r"\bPMA[KT]-[A-Za-z0-9]{20,26}(?:-[a-f0-9]{34})?\b"),
    Form(
        "an Algolia key",
        ("lgolia", "LGOLIA"),
        r"(?i:algolia[a-z0-9_. -]{0,25}key)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([a-f0-9]{32})\b",
        checks.hexadecimal,
    ),
    Form("a Mapbox token", ("sk.eyJ",), r"\bsk\.eyJ[A-Za-z0-9_-]{60,}\.[A-Za-z0-9_-]{22}"),
    Form(
        "a Contentful token",
        ("CFPAT-", "contentful", "CONTENTFUL"),
        r"(?:\bCFPAT-[A-Za-z0-9_-]{43}|(?i:contentful[a-z0-9_. -]{0,25}token)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([A-Za-z0-9_-]{43}))(?![A-Za-z0-9_-])",
        checks.mixed,
    ),
    Form(
        "an Okta token",
        ("okta", "OKTA", "Okta", "SSWS "),
        r"(?<![A-Za-z0-9_-])(00[A-Za-z0-9_-]{40})(?![A-Za-z0-9_-])",
        checks.mixed,
        beside=True,
    ),
    Form(
        "an Auth0 secret",
        ("auth0", "AUTH0"),
        r"(?i:auth0[a-z0-9_. -]{0,20}secret)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([A-Za-z0-9_-]{64})(?![A-Za-z0-9_-])",
        checks.mixed,
    ),
    Form(
        "a Databricks token", ("dapi",), r"(?<![A-Za-z0-9])dapi[a-f0-9]{32}(?:-\d)?(?![A-Za-z0-9])", checks.hexadecimal
    ),
    Form(
        "a Snowflake password",
        ("nowflake", "NOWFLAKE"),
        r"(?i:snowflake[a-z0-9_. -]{0,20}password)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']([^\"'\s$<{]{6,64})[\"']",
        checks.mixed,
    ),
    Form("a dbt token", ("dbtu_", "dbtc_"), r"\bdbt[uc]_[A-Za-z0-9_-]{40}"),
    Form("a Prefect key", ("pnu_", "pnb_"), r"\bpn[ub]_[A-Za-z0-9]{36}\b"),
    Form("a ReadMe key", ("rdme_",), r"\brdme_[a-z0-9]{70}\b"),
    Form("a Typeform token", ("tfp_",), r"\btfp_[A-Za-z0-9_=.-]{59}"),
    Form("a Frame.io token", ("fio-u-",), r"\bfio-u-[A-Za-z0-9_=-]{64}"),
    Form("an EasyPost key", ("EZAK", "EZTK"), r"\bEZ[AT]K[A-Za-z0-9]{54}\b"),
    Form("a Duffel token", ("duffel_",), r"\bduffel_(?:test|live)_[A-Za-z0-9_=-]{43}"),
    Form("a Shippo token", ("shippo_",), r"\bshippo_(?:live|test)_[a-f0-9]{40}\b"),
    Form("a HubSpot token", ("pat-na", "pat-eu"), rf"\bpat-(?:na|eu)\d-{_UUID[2:]}"),
    Form(
        "a HubSpot key",
        ("ubspot", "UBSPOT", "ubSpot"),
        rf"(?i:hubspot[a-z0-9_. -]{{0,20}}key)[\"']?[ \t]{{0,4}}[:=][ \t]{{0,4}}[\"']?({_UUID[2:]})",
    ),
    Form(
        "an Intercom token",
        ("ntercom", "NTERCOM"),
        r"(?i:intercom[a-z0-9_. -]{0,20}token)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([A-Za-z0-9=_]{60})(?![A-Za-z0-9])",
        checks.mixed,
    ),
    Form(
        "a Zendesk token",
        ("endesk", "ENDESK"),
        r"(?i:zendesk[a-z0-9_. -]{0,20}token)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([A-Za-z0-9]{40})(?![A-Za-z0-9])",
        checks.mixed,
    ),
    Form("a Salesforce token", ("00D",), r"\b00D[A-Za-z0-9]{12,15}![A-Za-z0-9_.]{90,120}"),
    Form("a Dropbox token", ("sl.",), r"(?<![A-Za-z0-9.])sl\.[A-Za-z0-9_-]{100,200}(?![A-Za-z0-9_-])", checks.mixed),
    Form(
        "a Facebook token",
        ("EAAC", "EAAB", "EAAG", "EAAM", "EAAI", "EAAD"),
        r"\bEAA[BCDGIM][A-Za-z0-9]{60,250}\b",
        checks.mixed,
    ),
    Form(
        "a Facebook secret",
        ("acebook", "ACEBOOK", "fb_app", "FB_APP"),
        r"(?i:(?:facebook|fb)[a-z0-9_. -]{0,20}secret)[\"']?[ \t]{0,4}(?:=>|[:=])[ \t]{0,4}[\"']?([a-f0-9]{32})\b",
        checks.hexadecimal,
    ),
    Form(
        "a Twitter token",
        ("AAAAAAAAAAAAAAAAAAAAA",),
        r"(?<![A-Za-z0-9+/])A{21,22}(?!A)[A-Za-z0-9%]{50,120}",
        checks.mixed,
    ),
    Form(
        "a Twitter secret",
        ("witter", "WITTER", "consumer_secret", "CONSUMER_SECRET"),
        r"(?i:(?:twitter|consumer)[a-z0-9_. -]{0,20}secret)[\"']?[ \t]{0,4}(?:=>|[:=])[ \t]{0,4}[\"']?([A-Za-z0-9]{35,50})\b",
        checks.mixed,
    ),
    Form(
        "a LinkedIn secret",
        ("inkedin", "INKEDIN", "inkedIn"),
        r"(?i:linkedin[a-z0-9_. -]{0,20}secret)[\"']?[ \t]{0,4}(?:=>|[:=])[ \t]{0,4}[\"']?([A-Za-z0-9]{16})\b",
        checks.mixed,
    ),
    Form("an Instagram token", ("IGQV",), r"\bIGQV[A-Za-z0-9_-]{100,}"),
    Form("a Twitch token", ("oauth:",), r"\boauth:[a-z0-9]{30}\b", checks.mixed),
    Form(
        "a Spotify secret",
        ("potify", "POTIFY"),
        r"(?i:spotify[a-z0-9_. -]{0,25}secret)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([a-f0-9]{32})\b",
        checks.hexadecimal,
    ),
    Form("an Adafruit key", ("aio_",), r"\baio_[A-Za-z0-9]{28}\b"),
    Form("an Adobe secret", ("p8e-", "p8-"), r"\b(?:p8e-[A-Za-z0-9]{32}|p8-[A-Za-z0-9]{40})\b", checks.mixed),
    Form(
        "a Beamer token",
        ("b_",),
        r"(?i:beamer[a-z0-9_. -]{0,20})[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?(b_[a-z0-9=_-]{44})",
    ),
    Form(
        "a Lob key",
        ("live_", "test_"),
        r"(?i:lob[a-z0-9_. -]{0,20}key)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?((?:live|test)_(?:pub_)?[a-f0-9]{31,35})\b",
    ),
    Form("a Tailscale key", ("tskey-",), r"\btskey-[a-z]+-[A-Za-z0-9]+(?:CNTRL)?-[A-Za-z0-9]{20,}"),
    Form(
        "an ngrok token",
        ("ngrok", "NGROK"),
        r"(?<![A-Za-z0-9])[12][A-Za-z0-9]{26}_[A-Za-z0-9]{20,22}(?![A-Za-z0-9])",
        checks.mixed,
        beside=True,
    ),
    Form(
        "a Kubernetes token",
        ("eyJhbGciOiJSUzI1NiIsImtpZCI6",),
        r"\beyJhbGciOiJSUzI1NiIsImtpZCI6[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]{100,}\.[A-Za-z0-9_-]{100,}",
    ),
    Form("an OpenShift token", ("sha256~",), r"\bsha256~[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])", checks.mixed),
    Form(
        "a Kraken key",
        ("kraken", "KRAKEN"),
        r"(?i:kraken[a-z0-9_. -]{0,20}(?:key|secret))[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([A-Za-z0-9/+]{56,86}={0,2})",
        checks.mixed,
    ),
    Form("an infura key", ("infura", "INFURA"), r"infura\.io/(?:v3|ws/v3)/([a-f0-9]{32})\b", checks.hexadecimal),
    Form(
        "an Alchemy key", ("alchemy", "ALCHEMY"), r"alchemy\.com/v2/([A-Za-z0-9_-]{32})(?![A-Za-z0-9_-])", checks.mixed
    ),
    Form(
        "an Etherscan key",
        ("etherscan", "ETHERSCAN"),
        r"(?i:etherscan[a-z0-9_. -]{0,20}key)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([A-Z0-9]{34})\b",
        checks.mixed,
    ),
    Form(
        "a Facebook token",
        ("acebook", "ACEBOOK", "fb_", "FB_"),
        r"(?<![0-9])(\d{15,16}\|[A-Za-z0-9_-]{27,40})(?![A-Za-z0-9_-])",
        checks.mixed,
        beside=True,
    ),
    Form(
        "a Sumo Logic id",
        ("sumo", "SUMO", "Sumo"),
        r"(?i:sumo[a-z_.-]{0,20}id)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?(su[A-Za-z0-9]{12})(?![A-Za-z0-9])",
        checks.varied,
    ),
    Form(
        "a Braintree key",
        ("sandbox_", "production_"),
        r"(?<![A-Za-z0-9_])(?:sandbox|production)_[a-z0-9]{6,10}_[a-z0-9]{14,20}(?![A-Za-z0-9_])",
        checks.drawn,
    ),
    Form(
        "a provider's key",
        tuple(said for name in _PROVIDERS for said in (name, name.capitalize(), name.upper())),
        rf"(?i:(?:{'|'.join(_PROVIDERS)})(?![\w. -]{{0,30}}(?:id|zone|hash|sha\d{{0,3}}|sum|rev|commit|version|url|host)\b)[\w. -]{{0,30}})"
        r"[\"']?[ \t]{0,4}(?:=>|:=|[:=])[ \t]{0,4}[\"']?([A-Za-z0-9_-]{32,80})(?![A-Za-z0-9_/+.-])",
        checks.drawn,
    ),
    Form(
        "a JSON web token",
        ("eyJ",),
        r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,8000}\.[A-Za-z0-9_-]{16,1500}",
        checks.jwt,
    ),
    Form(
        "a private key",
        ("IBAAKB", "IBAAKC", "ADANBgkqhkiG9w0BAQEFAASC", "MHcCAQEEI", "MHQCAQEEI", "MIGHAgEAMBMGByqGSM49"),
        r"(?<![A-Za-z0-9+/])(?:MII[A-Za-z0-9+/]{3}IB(?:AAK[BC]|ADANBgkqhkiG9w0BAQEFAASC)|MH[cQ]CAQEEI|MIGHAgEAMBMGByqGSM49)[A-Za-z0-9+/]{100,}={0,2}",
    ),
    Form(
        "a private JSON web key",
        ('"d"', '"k"'),
        r"\"[dk]\"[ ]{0,3}(?:=>|:)[ ]{0,3}\"([A-Za-z0-9_-]{32,1400})\"",
        checks.mixed,
        ("kty",),
        beside=True,
    ),
    Form(
        "a service account's key",
        ("private_key_id",),
        r"\"private_key_id\"[ \t]{0,4}:[ \t]{0,4}\"([a-f0-9]{40})\"",
        checks.hexadecimal,
    ),
)
