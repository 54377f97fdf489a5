"""Messages and mail."""

from ringfence.secrets import checks
from ringfence.secrets.tokens.form import UUID, Form

FORMS: tuple[Form, ...] = (
    Form(
        "a Slack token",
        ("xoxb-", "xoxp-", "xoxa-", "xoxo-", "xoxr-", "xoxs-", "xoxc-", "xoxd-", "xoxe-", "xoxe.", "xapp-"),
        r"\b(?:xoxd-[A-Za-z0-9/+%_-]{100,}|xox[abceoprs]\d?[-.][A-Za-z0-9.-]{10,}"
        r"|xapp-\d{1,10}-[A-Za-z0-9]{6,20}-[A-Za-z0-9]{6,20}-[A-Za-z0-9]{10,66})",
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
        "a Telegram API hash",
        ("api_hash", "API_HASH", "apiHash", "ApiHash"),
        r"(?i:api_?hash)[\"']?[ \t]{0,4}[:=,][ \t]{0,4}[\"']?([0-9a-f]{32})(?![A-Za-z0-9])",
        checks.hexadecimal,
        beside=True,
    ),
    Form(
        "a Microsoft Teams webhook",
        (".webhook.office.com", "outlook.office.com/webhook"),
        r"https://(?:[a-z0-9-]+\.webhook\.office\.com/webhookb2|outlook\.office\.com/webhook)/[A-Za-z0-9@/_-]{80,}",
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
        r"(?<![A-Za-z0-9])SG\.(?:[A-Za-z0-9_-]{20,24}\.[A-Za-z0-9_-]{39,50}|[A-Za-z0-9_=.-]{66})(?![A-Za-z0-9_-])",
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
        rf"(?i:postmark[a-z0-9_. -]{{0,20}}token)[\"']?[ \t]{{0,4}}[:=][ \t]{{0,4}}[\"']?({UUID[2:]})",
    ),
    Form(
        "a MessageBird key",
        ("essagebird", "ESSAGEBIRD", "essageBird"),
        r"(?i:messagebird[a-z0-9_. -]{0,20})[\"']?[ \t]{0,4}[:=,][ \t]{0,4}[\"']?([A-Za-z0-9]{25})(?![A-Za-z0-9])",
        checks.mixed,
    ),
)
