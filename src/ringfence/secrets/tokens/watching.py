"""Watching: logs, errors, metrics and flags."""

from ringfence.secrets import checks
from ringfence.secrets.tokens.form import UUID, Form

FORMS: tuple[Form, ...] = (
    Form(
        "a Datadog key",
        ("atadog", "ATADOG", "dd_api", "DD_API", "dd_app", "DD_APP"),
        r"(?i:(?:datadog|dd)[a-z0-9_. -]{0,20}key)[\"']?[ \t]{0,4}(?:=>|:=|[:=])[ \t]{0,4}[\"']?([a-f0-9]{32}"
        r"|[a-f0-9]{40})\b",
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
        r"\b(?:glsa_[A-Za-z0-9_-]{32}_[a-fA-F0-9]{8}|glc_[A-Za-z0-9+/_-]{32,400}={0,3}"
        r"|eyJrIjoi[A-Za-z0-9+/]{40,400}={0,3})",
    ),
    Form("a Sentry token", ("sntrys_", "sntryu_"), r"\b(?:sntrys_[A-Za-z0-9+/=_-]{60,}|sntryu_[a-f0-9]{64})"),
    Form(
        "a Sentry token",
        ("sentry", "SENTRY"),
        r"(?i:sentry[a-z0-9_. -]{0,20}token)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([a-f0-9]{64})\b",
    ),
    Form("a Honeycomb key", ("hcaik_", "hcxik_", "hcamk_"), r"\bhc[a-z]{3}_[a-z0-9]{58,64}\b"),
    Form("a Dynatrace token", ("dt0",), r"\bdt0[a-z]\d{2}\.[A-Za-z0-9-]{8,128}\.[A-Za-z0-9]{64}\b"),
    Form(
        "a PagerDuty key",
        ("agerduty", "AGERDUTY", "agerDuty"),
        r"(?i:pagerduty[a-z0-9_. -]{0,25})[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([a-z]\+[A-Za-z0-9_-]{18}"
        r"|[A-Za-z0-9_+-]{20}|[a-f0-9]{32})(?![A-Za-z0-9_-])",
        checks.mixed,
    ),
    Form(
        "a Sumo Logic key",
        ("sumo", "SUMO"),
        r"(?i:sumo[a-z0-9_. -]{0,20}(?:key|id|secret))[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?(su[A-Za-z0-9]{12}"
        r"|[A-Za-z0-9]{64})\b",
        checks.mixed,
    ),
    Form(
        "a Splunk token",
        ("splunk", "SPLUNK", "Splunk "),
        rf"(?i:splunk[a-z0-9_. -]{{0,20}})[\"']?[ \t]{{0,4}}[:=]?[ \t]{{0,4}}[\"']?({UUID[2:]})",
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
    Form("a LaunchDarkly key", ("sdk-", "mob-", "api-"), rf"\b(?:sdk|mob|api)-{UUID[2:]}"),
    Form("a New Relic key", ("px-api-", "px-dep-"), rf"\bpx-(?:api|dep)-{UUID[2:]}"),
    Form("a MaxMind key", ("_mmk",), r"(?<![A-Za-z0-9])[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk(?![A-Za-z0-9])"),
    Form("a ClickHouse key", ("4b1d",), r"(?<![A-Za-z0-9])4b1d[A-Za-z0-9]{38}(?![A-Za-z0-9])", checks.mixed),
    Form("an Elastic key", ("essu_",), r"\bessu_[A-Za-z0-9+/=_-]{60,}"),
)
