"""Hosts of code, registries of packages, and what builds and deploys."""

from ringfence.secrets import checks
from ringfence.secrets.tokens.form import UUID, Form

FORMS: tuple[Form, ...] = (
    *(
        Form(
            "a GitHub token",
            (f"gh{whose}_",),
            rf"(?<![A-Za-z0-9])gh{whose}_[A-Za-z0-9]{{36,255}}(?![A-Za-z0-9])",
            checks.github,
        )
        for whose in "pousr"
    ),
    Form(
        "a GitHub token",
        ("ghs_",),
        r"(?<![A-Za-z0-9])ghs_[0-9]{1,20}_eyJ[A-Za-z0-9_-]{15,800}(?:\.[A-Za-z0-9_-]{1,800}){1,4}",
        checks.varied,
    ),
    Form("a GitHub token", ("github_pat_",), r"\bgithub_pat_[A-Za-z0-9_]{80,255}\b", checks.varied),
    Form("a GitHub app token", ("v1.",), r"\bv1\.[a-f0-9]{40}\b", checks.hexadecimal, ("github",)),
    Form(
        "a GitLab token",
        (
            "glpat-",
            "gldt-",
            "glrt-",
            "glptt-",
            "glft-",
            "glsoat-",
            "glcbt-",
            "glimt-",
            "glagent-",
            "gloas-",
            "glffct-",
            "glrtr-",
            "glwt-",
        ),
        r"\bgl(?:pat|dt|rt|ptt|ft|soat|cbt|imt|agent|oas|ffct|rtr|wt)-[A-Za-z0-9_.=-]{20,}",
        checks.varied,
    ),
    Form("a GitLab runner token", ("GR1348941",), r"\bGR1348941[A-Za-z0-9_-]{20,50}(?![A-Za-z0-9_-])"),
    Form(
        "a Bitbucket token",
        ("ATBB", "ATCTT3xFf"),
        r"\b(?:ATBB[A-Za-z0-9_=.-]{28,32}|ATCTT3xFf[A-Za-z0-9+/=_-]{100,})(?![A-Za-z0-9])",
        checks.mixed,
    ),
    Form("a Bitbucket token", ("BBDC-",), r"\bBBDC-[A-Za-z0-9+/]{40,50}", checks.mixed),
    Form("an Atlassian token", ("ATATT3",), r"\bATATT3[A-Za-z0-9_=-]{40,}"),
    Form("an npm token", ("npm_",), r"\bnpm_[A-Za-z0-9]{36}\b", checks.npm),
    Form("an npm token", ("_authToken",), rf"_authToken[ \t]{{0,2}}=[ \t]{{0,2}}[\"']?({UUID[2:]})"),
    Form(
        "an npm password",
        ("_password", "_auth"),
        r":?_(?:auth|password)[ \t]{0,2}=[ \t]{0,2}[\"']?([A-Za-z0-9+/]{12,}={0,2})[\"']?[ \t]*$",
        checks.base64_text,
    ),
    Form("a PyPI token", ("pypi-AgE",), r"\bpypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZ)[A-Za-z0-9_-]{50,}"),
    Form("a RubyGems key", ("rubygems_",), r"\brubygems_[a-f0-9]{48}\b"),
    Form("a crates.io token", ("cio",), r"(?<![A-Za-z0-9_])cio[A-Za-z0-9]{32}(?![A-Za-z0-9])", checks.mixed),
    Form("a NuGet key", ("oy2",), r"(?<![A-Za-z0-9])oy2[A-Za-z0-9]{43}(?![A-Za-z0-9])"),
    Form("a Hex.pm key", ("hex_",), r"\bhex_[a-z0-9]{64}\b"),
    Form("a Docker Hub token", ("dckr_pat_", "dckr_oat_"), r"\bdckr_[po]at_[A-Za-z0-9_-]{27,32}(?![A-Za-z0-9_-])"),
    Form(
        "a JFrog key",
        ("AKC", "cmVmd"),
        r"(?<![A-Za-z0-9+/])(?:AKC[A-Za-z0-9]{60,80}|cmVmd[A-Za-z0-9_-]{57,60})(?![A-Za-z0-9])",
    ),
    Form("a Sourcegraph token", ("sgp_",), r"\bsgp_(?:(?:[a-fA-F0-9]{16}|local)_)?[a-fA-F0-9]{40}\b"),
    Form(
        "a Snyk token",
        ("snyk", "SNYK"),
        rf"(?i:snyk[a-z0-9_. -]{{0,20}}(?:token|key))[\"']?[ \t]{{0,4}}[:=][ \t]{{0,4}}[\"']?({UUID[2:]})",
    ),
    Form("a CircleCI token", ("CCIPAT_", "CCIPRJ_"), r"\bCCIP(?:AT|RJ)_[A-Za-z0-9]{22}_[a-z0-9]{40}\b"),
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
)
