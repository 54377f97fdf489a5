"""An auditor of images: configuration, history and files, judged by section 4 of the CIS Docker Benchmark and more.

Takes an image as it was read, gives findings; it starts nothing and needs no engine.
"""

import re
from collections.abc import Iterator
from typing import Any

from ringfence.controls.known import releases
from ringfence.dataclasses import dataclass
from ringfence.errors import ImageRefused
from ringfence.images import harden
from ringfence.images.layout import Image
from ringfence.images.tree import Entry, flattened
from ringfence.secrets import is_secret_name, secret_in
from ringfence.secrets.scan import scan

#: Rule to (severity, what it is by).
RULES: dict[str, tuple[str, str]] = {
    "non-root-image": ("high", "CIS Docker 4.1"),
    "supported-release": ("high", "CIS Docker 4.2"),
    "no-package-manager": ("medium", "CIS Docker 4.3"),
    "health-check": ("low", "CIS Docker 4.6"),
    "no-stale-packages": ("medium", "CIS Docker 4.7"),
    "no-set-id-files": ("high", "CIS Docker 4.8"),
    "copy-not-add": ("low", "CIS Docker 4.9"),
    "no-secret-in-image": ("critical", "CIS Docker 4.10"),
    "no-device-files": ("high", "NIST SP 800-190, 4.1.2"),
    "no-source-repository": ("medium", "CIS Docker 4.3"),
    "no-world-writable-files": ("medium", "NIST SP 800-190, 4.1.2"),
    "no-shell": ("low", "NIST SP 800-190, 4.1.2"),
    "position-independent-programs": ("low", "OpenSSF compiler hardening"),
    "read-only-relocations": ("low", "OpenSSF compiler hardening"),
    "guarded-stacks": ("low", "OpenSSF compiler hardening"),
    "no-privileged-ports": ("low", "CIS Docker 5.7"),
    "labelled-source": ("low", "OCI image-spec, annotations"),
}
_ORDER = ("critical", "high", "medium", "low")
_KEY_FILES = re.compile(
    r"(^|/)(id_(rsa|dsa|ecdsa|ed25519)|\.netrc|\.npmrc|\.pypirc|\.git-credentials|\.aws/credentials"
    r"|\.docker/config\.json)$"
)
_PRIVATE = re.compile(rb"-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----")
_TEXT_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that does not hold, where, and what was found."""

    rule: str
    place: str
    found: str

    @property
    def severity(self) -> str:
        """How much it weighs."""
        return RULES[self.rule][0]


def examine(image: Image) -> list[Finding]:
    """Every finding, the gravest first."""
    files = flattened(image.layers)
    config, history = _described(image.config)
    found = [
        *_configuration(config),
        *_history(history),
        *_release(files),
        *_secrets(config, files),
        *(Finding(rule, f"/{path}", text) for rule, path, text in harden.faults(files, shell=False)),
        *(Finding(rule, f"/{path}", text) for rule, path, text in harden.unguarded(files)),
    ]
    return sorted(found, key=lambda one: (_ORDER.index(one.severity), one.rule, one.place))


#: What stands in a configuration (OCI image-spec, config.md), where it is said at all.
_SHAPE: dict[str, type] = {"User": str, "Env": list, "ExposedPorts": dict, "Healthcheck": dict, "Labels": dict}


def _described(whole: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The configuration and the history, as OCI has them. Raises ImageRefused."""
    config, history = whole.get("config") or {}, whole.get("history") or []
    good = isinstance(config, dict) and isinstance(history, list) and all(isinstance(step, dict) for step in history)
    if not good:
        raise ImageRefused("the configuration of the image is not described as OCI has it")
    for key, kind in _SHAPE.items():
        if config.get(key) is not None and not isinstance(config[key], kind):
            raise ImageRefused(f"the configuration of the image is not described as OCI has it: {key}")
    test = (config.get("Healthcheck") or {}).get("Test")
    if test is not None and not isinstance(test, list):
        raise ImageRefused("the configuration of the image is not described as OCI has it: Healthcheck")
    return config, history


def _configuration(config: dict[str, Any]) -> Iterator[Finding]:
    user = str(config.get("User") or "").partition(":")[0]
    if user in ("", "0", "root"):
        yield Finding("non-root-image", "config.User", "runs as root" if user else "names no user, so it runs as root")
    check = (config.get("Healthcheck") or {}).get("Test") or ["NONE"]
    if check[:1] == ["NONE"]:
        yield Finding("health-check", "config.Healthcheck", "says nothing of how its health is looked at")
    for port in config.get("ExposedPorts") or {}:
        number = str(port).partition("/")[0]
        if number.isdecimal() and int(number) < 1024:
            yield Finding("no-privileged-ports", "config.ExposedPorts", f"listens on {port}")
    if not (config.get("Labels") or {}).get("org.opencontainers.image.source"):
        yield Finding("labelled-source", "config.Labels", "does not say from which source it was made")


def _history(history: list[dict[str, Any]]) -> Iterator[Finding]:
    for number, step in enumerate(history):
        text = str(step.get("created_by", ""))
        if any(True for _ in scan(text, "Dockerfile")):
            yield Finding("no-secret-in-image", f"history[{number}]", "holds what looks like a secret")
        command = re.sub(r"^/bin/sh -c (#\(nop\)\s*)?", "", text).strip()
        if re.match(r"ADD (?!file:|multi:)", command):
            yield Finding("copy-not-add", f"history[{number}]", "adds with ADD, which fetches and unpacks")
        updates = re.search(r"\b(apt-get|apt|yum|dnf|apk) +(-\S+ +)*update\b", command)
        if updates and not re.search(r"\b(install|add|upgrade)\b", command):
            yield Finding(
                "no-stale-packages", f"history[{number}]", "updates the lists of packages in a layer of its own"
            )


def _release(files: dict[str, Entry]) -> Iterator[Finding]:
    for path in ("etc/os-release", "usr/lib/os-release"):
        entry = files.get(path)
        if entry is None or entry.data is None:
            continue
        text = entry.data[:4096].decode("utf-8", "replace")
        facts = dict(line.replace('"', "").split("=", 1) for line in text.splitlines() if "=" in line)
        release = releases.find(facts.get("ID", ""), facts.get("VERSION_ID", ""))
        if release is not None and release.level(releases.today()) == "unsupported":
            whole = f"{release.distribution} {release.version}"
            yield Finding("supported-release", f"/{path}", f"{whole} is repaired no more since {release.limited}")
        return


def _secrets(config: dict[str, Any], files: dict[str, Entry]) -> Iterator[Finding]:
    for text in config.get("Env") or []:
        name, _, value = str(text).partition("=")
        if value and (secret_in(name, value) or is_secret_name(name)):
            yield Finding("no-secret-in-image", f"config.Env.{name}", "holds what looks like a secret")
    for path, entry in files.items():
        if path.endswith((".git/HEAD", ".hg/requires", ".svn/wc.db")):
            yield Finding(
                "no-source-repository", f"/{path}", "brings the source's history, with all that was ever in it"
            )
        if _KEY_FILES.search(path):
            yield Finding("no-secret-in-image", f"/{path}", "is a file of credentials")
        elif entry.data is not None and len(entry.data) < _TEXT_BYTES and _PRIVATE.search(entry.data):
            yield Finding("no-secret-in-image", f"/{path}", "holds a private key")
