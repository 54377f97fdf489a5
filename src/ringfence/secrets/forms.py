"""Secrets that are known by their form alone: one row a provider.

A row has words of which one must occur before its expression is tried, so that ordinary text costs a few substring
searches. Forms are those that the providers document; lengths are exact where theirs are.
"""

import re
from collections.abc import Sequence

_Row = tuple[str, tuple[str, ...], str]

_ROWS: Sequence[_Row] = (
    ("a private key", ("PRIVATE KEY",), r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"),
    ("an AWS access key", ("AKIA", "ASIA", "ABIA", "ACCA"), r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b"),
    ("a GitHub token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"\bgh[pousr]_[A-Za-z0-9]{36}"),
    ("a GitHub token", ("github_pat_",), r"\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
    ("a GitLab token", ("glpat-", "gldt-", "glrt-", "glptt-"), r"\bgl(?:pat|dt|rt|ptt)-[A-Za-z0-9_-]{20,}"),
    ("a Slack token", ("xox",), r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    ("a Slack webhook", ("hooks.slack.com",), r"hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/]{30,}"),
    ("a Google API key", ("AIza",), r"\bAIza[A-Za-z0-9_-]{35}"),
    ("a Stripe key", ("k_live_",), r"\b[rs]k_live_[A-Za-z0-9]{16,}"),
    ("an OpenAI key", ("sk-",), r"\bsk-(?:[A-Za-z0-9_-]+T3BlbkFJ[A-Za-z0-9_-]+|[A-Za-z0-9]{48}\b)"),
    ("an Anthropic key", ("sk-ant-",), r"\bsk-ant-[a-z0-9]+-[A-Za-z0-9_-]{80,}"),
    ("a SendGrid key", ("SG.",), r"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
    ("an npm token", ("npm_",), r"\bnpm_[A-Za-z0-9]{36}"),
    ("a PyPI token", ("pypi-",), r"\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}"),
    ("a DigitalOcean token", ("do", "_v1_"), r"\bdo[opr]_v1_[a-f0-9]{64}"),
    ("a Hugging Face token", ("hf_",), r"\bhf_[A-Za-z]{34}\b"),
    ("a Shopify token", ("shp",), r"\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
    ("a HashiCorp Vault token", ("hvs.", "hvb."), r"\bhv[bs]\.[A-Za-z0-9_-]{24,}"),
    ("a Docker Hub token", ("dckr_pat_",), r"\bdckr_pat_[A-Za-z0-9_-]{27}"),
    ("an age secret key", ("AGE-SECRET-KEY-1",), r"AGE-SECRET-KEY-1[0-9A-Z]{58}"),
    ("an Azure storage key", ("AccountKey=",), r"AccountKey=[A-Za-z0-9+/]{86}=="),
    ("a JSON web token", ("eyJ",), r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
    (
        "a password in an address",
        ("://",),
        r"\b[a-z][a-z0-9+.-]{1,20}://[^\s:/@?#]*:(?![$<{%*])[^\s:/@$<{]{3,}@[^\s/]+",
    ),
)
_COMPILED = dict[str, re.Pattern[str]]()


def form_of(value: str) -> str | None:
    """Which provider's secret stands somewhere in a value; None where none does, or a provider's own example."""
    for kind, words, expression in _ROWS:
        if any(word in value for word in words):
            pattern = _COMPILED.get(expression) or _COMPILED.setdefault(expression, re.compile(expression))
            found = pattern.search(value)
            if found and not (kind == "an AWS access key" and "EXAMPLE" in found.group()):
                return kind
    return None
