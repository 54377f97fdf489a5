"""Payments and shops."""

from ringfence.secrets import checks
from ringfence.secrets.tokens.form import UUID, Form

FORMS: tuple[Form, ...] = (
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
        r"(?<![A-Za-z0-9])(?:sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,43}|EAAA[A-Za-z0-9_+=-]{60})(?![A-Za-z0-9_-])",
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
        rf"\baccess-(?:sandbox|development|production)-{UUID[2:]}",
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
        r"(?i:coinbase[a-z0-9_. -]{0,20}(?:key|secret"
        r"|token))[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([A-Za-z0-9_=/+-]{32,90})(?![A-Za-z0-9])",
        checks.mixed,
    ),
    Form("a Zettle secret", ("IZSEC",), rf"\bIZSEC{UUID[2:]}", checks.hexadecimal),
)
