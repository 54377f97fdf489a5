"""Tools to work with, networks of people, and what has no other place."""

from ringfence.secrets import checks
from ringfence.secrets.tokens.form import UUID, Form

FORMS: tuple[Form, ...] = (
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
        r"(?i:asana[a-z0-9_. -]{0,20})[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?(\d{1,2}/\d{10,}(?:/\d{10,})?:[a-f0-9]{32}"
        r"|[a-z0-9]{32})\b",
        checks.mixed,
    ),
    Form(
        "a Notion token",
        ("ntn_", "secret_"),
        r"(?<![A-Za-z0-9_])(?:ntn_[A-Za-z0-9_-]{40,50}|secret_[A-Za-z0-9]{43})(?![A-Za-z0-9])",
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
        r"(?:\bCFPAT-[A-Za-z0-9_-]{43}"
        r"|(?i:contentful[a-z0-9_. -]{0,25}token)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([A-Za-z0-9_-]{43}))"
        r"(?![A-Za-z0-9_-])",
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
    Form("a Typeform token", ("tfp_",), r"\btfp_[A-Za-z0-9_=.-]{59}"),
    Form("a Frame.io token", ("fio-u-",), r"\bfio-u-[A-Za-z0-9_=-]{64}"),
    Form("an EasyPost key", ("EZAK", "EZTK"), r"\bEZ[AT]K[A-Za-z0-9]{54}\b"),
    Form("a Duffel token", ("duffel_",), r"\bduffel_(?:test|live)_[A-Za-z0-9_=-]{43}"),
    Form("a Shippo token", ("shippo_",), r"\bshippo_(?:live|test)_[a-f0-9]{40}\b"),
    Form("a HubSpot token", ("pat-na", "pat-eu", "pat-ap", "pat-"), rf"\bpat-[a-z]{{2,3}}\d?-{UUID[2:]}"),
    Form(
        "a HubSpot key",
        ("ubspot", "UBSPOT", "ubSpot"),
        rf"(?i:hubspot[a-z0-9_. -]{{0,20}}key)[\"']?[ \t]{{0,4}}[:=][ \t]{{0,4}}[\"']?({UUID[2:]})",
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
    Form("a Salesforce token", ("00D",), r"\b00[A-Za-z0-9]{9,16}![A-Za-z0-9_.-]{30,260}"),
    Form("a Dropbox token", ("sl.",), r"(?<![A-Za-z0-9.])sl\.[A-Za-z0-9_-]{100,200}(?![A-Za-z0-9_-])", checks.mixed),
    Form(
        "a Facebook token",
        ("EAA",),
        r"(?<![A-Za-z0-9+/])EAA[A-Z][A-Za-z0-9]{60,400}(?![A-Za-z0-9+/_-])",
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
        r"(?i:(?:twitter|consumer)[a-z0-9_. -]{0,20}secret)[\"']?[ \t]{0,4}(?:=>"
        r"|[:=])[ \t]{0,4}[\"']?([A-Za-z0-9]{35,50})\b",
        checks.mixed,
    ),
    Form(
        "a Twitter token",
        ("witter", "WITTER"),
        r"(?<![A-Za-z0-9])[1-9][0-9]{5,20}-[A-Za-z0-9]{40}(?![A-Za-z0-9])",
        checks.mixed,
        beside=True,
    ),
    Form(
        "a LinkedIn secret",
        ("inkedin", "INKEDIN", "inkedIn"),
        r"(?i:linkedin[a-z0-9_. -]{0,20}secret)[\"']?[ \t]{0,4}(?:=>|[:=])[ \t]{0,4}[\"']?([A-Za-z0-9]{16})\b",
        checks.mixed,
    ),
    Form("an Instagram token", ("IGQV",), r"\bIGQV[A-Za-z0-9_-]{60,}"),
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
        ("beamer", "BEAMER", "Beamer"),
        r"(?i:beamer[a-z0-9_. -]{0,20})[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?(b_[a-z0-9=_-]{44})",
    ),
    Form(
        "a Lob key",
        ("live_", "test_"),
        r"(?i:lob[a-z0-9_. -]{0,20}key)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?((?:live|test)_(?:pub_)?[a-f0-9]{31,35})\b",
    ),
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
        "a JSON web token",
        ("eyJ",),
        r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,8000}\.[A-Za-z0-9_-]{16,1500}",
        checks.jwt,
    ),
    Form(
        "a private key",
        ("IBAAKB", "IBAAKC", "ADANBgkqhkiG9w0BAQEFAASC", "MHcCAQEEI", "MHQCAQEEI", "MIGHAgEAMBMGByqGSM49"),
        r"(?<![A-Za-z0-9+/])(?:MII[A-Za-z0-9+/]{3}IB(?:AAK[BC]|ADANBgkqhkiG9w0BAQEFAASC)|MH[cQ]CAQEEI"
        r"|MIGHAgEAMBMGByqGSM49)[A-Za-z0-9+/]{100,}={0,2}",
    ),
    Form(
        "a Docker Swarm token",
        ("SWMTKN-1-",),
        r"\bSWMTKN-1-[a-z0-9]{50,60}-[a-z0-9]{24,30}(?![A-Za-z0-9])",
        checks.mixed,
    ),
    *(
        Form("a NATS seed", (f"S{whose}A",), rf"(?<![A-Za-z0-9])S{whose}A[A-Z2-7]{{55}}(?![A-Za-z0-9])", checks.mixed)
        for whose in "UAONC"
    ),
    Form(
        "a private JSON web key",
        ('"d"', '"k"', '"d\\"', '"k\\"'),
        r"\"[dk]\\?\"[ ]{0,3}(?:=>|:)[ ]{0,3}\\?\"([A-Za-z0-9_-]{22,1400})\\?\"",
        checks.mixed,
        ("kty",),
        beside=True,
    ),
    Form(
        "an OpenWeather key",
        ("appid", "APPID", "appId"),
        r"(?i:\bappid)[\"']?[ \t]{0,4}[=:][ \t]{0,4}[\"']?([0-9a-f]{32})(?![0-9A-Za-z])",
        checks.hexadecimal,
    ),
)
