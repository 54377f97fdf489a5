"""How programs are told not to check what they download, for the controls that judge it."""

import re

from ringfence.controls.commands.shell import started

_APT = frozenset({"--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories"})
_RPM = frozenset({"--nogpgcheck", "--no-gpgchecks", "--no-gpg-checks", "--nosignature", "--nodigest"})
_SSH = frozenset({"-oStrictHostKeyChecking=no", "StrictHostKeyChecking=no"})
_NPM = frozenset({"--strict-ssl=false", "--no-strict-ssl", "strict-ssl=false"})
#: Words of a program that switch a check off. A word that goes on with its value is told by what stands before `=`.
_OPTIONS: dict[str, frozenset[str]] = {
    "curl": frozenset({"--insecure", "--proxy-insecure", "--doh-insecure"}),
    "wget": frozenset({"--no-check-certificate"}),
    "apk": frozenset({"--allow-untrusted"}),
    "git": frozenset({"http.sslVerify=false", "-chttp.sslVerify=false", "http.sslverify=false"}),
    "aws": frozenset({"--no-verify-ssl"}),
    "helm": frozenset({"--insecure-skip-tls-verify"}),
    "composer": frozenset({"--disable-tls", "--no-secure-http"}),
    "ansible-galaxy": frozenset({"--ignore-certs"}),
    **dict.fromkeys(("apt-get", "apt", "aptitude"), _APT),
    **dict.fromkeys(("yum", "dnf", "microdnf", "tdnf", "rpm", "zypper"), _RPM),
    **dict.fromkeys(("pip", "pip2", "pip3", "python", "python3", "uv", "pipenv"), frozenset({"--trusted-host"})),
    **dict.fromkeys(("npm", "yarn", "pnpm"), _NPM),
    **dict.fromkeys(("ssh", "scp", "sftp", "rsync"), _SSH),
}
#: Settings that a program writes for itself: a word and the one behind it.
_SETTINGS = re.compile(
    r"(strict-ssl|http\.sslverify|global\.sslverify|ssl_verify|disable-tls|http\.\S+\.sslverify) (false|0|no|true)"
    r"|global\.trusted-host \S+",
    re.IGNORECASE,
)
_CONFIGURED = frozenset("npm yarn pnpm git pip pip3 conda mamba micromamba composer".split())
_PAIRS = re.compile(
    r"Acquire::\S*(Verify-Peer|Verify-Host)=\"?false|\S*Allow(InsecureRepositories|Unauthenticated)=\"?(true|1)"
    r"|--setopt=\S*(gpgcheck|sslverify)=(0|false|no)",
    re.IGNORECASE,
)
_TRUSTED = re.compile(r"^deb(-src)? \[[^]\n]*trusted=yes", re.MULTILINE)
_VARIABLES = {
    "NODE_TLS_REJECT_UNAUTHORIZED": ("0",),
    "PYTHONHTTPSVERIFY": ("0",),
    "GIT_SSL_NO_VERIFY": ("1", "true", "yes", "on"),
    "NPM_CONFIG_STRICT_SSL": ("false",),
    "PIP_TRUSTED_HOST": (),
}
_CURL_WITH_VALUE = frozenset("AbcCdDeEFhHKmoPQrtTuUwxXyYz")
_LOCAL = re.compile(r"(https?://)?(localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)([:/]|$)")


def unchecked(words: tuple[str, ...]) -> str:
    """What switches a check off in a command; "" where nothing does."""
    if words[0] == "export" or "=" in words[0]:
        return next((word for word in words if is_off(word)), "")
    run = started(words)
    name = run[0].rpartition("/")[2]
    options = _OPTIONS.get(name, ())
    for word in run[1:]:
        if word in options or (word.startswith("--") and word.partition("=")[0] in options):
            return f"{name} {word}" if not _is_local(run) else ""
        if name == "curl" and _has_k(word):
            return f"{name} {word}" if not _is_local(run) else ""
        if _PAIRS.fullmatch(word):
            return f"{name} {word}"
        if _TRUSTED.search(word):
            return "trusted=yes"
    setting = _SETTINGS.search(" ".join(run[1:8])[:500]) if name in _CONFIGURED else None
    return f"{name} {setting[0]}" if setting and _means_off(setting[0]) else ""


def _means_off(setting: str) -> bool:
    name, _, value = setting.lower().partition(" ")
    return value == "true" if name == "disable-tls" else name == "global.trusted-host" or value != "true"


def _has_k(word: str) -> bool:
    """Whether a cluster of curl's short options has `k`, before an option to which the rest is a value."""
    if not word.startswith("-") or word.startswith("--"):
        return False
    for letter in word[1:]:
        if letter == "k" or letter in _CURL_WITH_VALUE:
            return letter == "k"
    return False


def _is_local(words: tuple[str, ...]) -> bool:
    """Whether all addresses of a command are on the machine itself, as in a health check."""
    some = [word for word in words[1:] if "://" in word or _LOCAL.match(word)]
    return bool(some) and all(_LOCAL.match(word) for word in some)


def is_off(word: str) -> bool:
    """Whether `NAME=value` switches a check off."""
    name, _, value = word.partition("=")
    off = _VARIABLES.get(name.upper())
    return off is not None and bool(value) and "$" not in value and (not off or value.lower() in off)
