"""Texts that tell something wherever they stand: where credentials lie, where data is collected, what starts again.

Each expression looks at one bounded text and repeats nothing within a repetition.
"""

import re

LONGEST = 20_000


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


#: Where credentials lie, by whose they are. One family alone can have a reason; several have none.
CREDENTIALS: dict[str, re.Pattern[str]] = {
    "ssh": _any(r"\.ssh[/\\](?:id_|identity|\*|$|\x00)", r"\.ssh(?:$|\s)", (
        r"\bid_(?:rsa|ed25519|ecdsa|dsa)\b(?!\.pub)"
    )),
    "cloud": _any(
        r"\.aws[/\\](?:credentials|config)",
        r"\.aws(?:$|\s)",
        r"\.azure[/\\](?:access|msal|azureprofile)",
        r"gcloud[/\\](?:credentials|access_tokens|application_default|legacy)",
        r"application_default_credentials",
        r"\.kube[/\\]config",
        r"\.docker[/\\]config\.json",
        r"\.oci[/\\]config",
        r"serviceaccount[/\\]token",
    ),
    "metadata": _any(
        r"169\.254\.169\.254", r"metadata\.google\.internal", r"100\.100\.100\.200", r"fd00:ec2::254", r"169\.254\.170\.2"
    ),
    "token": _any(
        r"(?:^|[/\\~\x00])[._]netrc\b",
        r"(?:^|[/\\~\x00])\.(?:npmrc|pypirc|git-credentials|pgpass|my\.cnf|vault-token|boto|s3cfg)\b",
        r"gh[/\\]hosts\.yml",
        r"credentials\.tfrc",
        r"\.claude[/\\]\.credentials",
    ),
    "browser": _any(
        r"login data\b",
        r"cookies\.sqlite",
        r"logins\.json",
        r"key[34]\.db",
        r"\blocal state\b",
        r"\bweb data\b",
        r"user data[/\\]default",
        r"local storage[/\\]leveldb",
        r"google[/\\]chrome[/\\]user data",
        r"bravesoftware",
        r"\.config[/\\](?:google-chrome|chromium|brave)",
        r"\.mozilla[/\\]firefox",
        r"firefox[/\\]profiles",
        r"application support[/\\]google[/\\]chrome",
    ),
    "wallet": _any(
        r"\bwallet\.dat\b",
        r"\bexodus[/\\.]",
        r"\.?electrum[/\\]wallets",
        r"\bmetamask\b",
        r"nkbihfbeogaeaoehlefnkodbefgpgknn",
        r"\.ethereum[/\\]keystore",
        r"solana[/\\]id\.json",
        r"\.bitcoin[/\\]",
        r"atomic[/\\]local storage",
    ),
    "chat": _any(
        r"library[/\\]messages[/\\]chat\.db", (
            r"discord(?:canary|ptb)?[/\\]local storage"
        ), r"telegram desktop[/\\]tdata", r"\btdata\b", r"slack[/\\]cookies"
    ),
    "system": _any(
        r"/etc/shadow\b", r"/etc/sudoers\b", r"login\.keychain", r"system32[/\\]config[/\\]sam", r"\.gnupg[/\\]", r"\.gnupg$",
        r"private-keys-v1",
    ),
    "history": _any(r"\.(?:bash|zsh|python|psql|mysql|node_repl)_history\b"),
    "environment": _any(r"/proc/(?:self|\d+|\*|\x00)/environ"),
}  # fmt: skip

#: Whose reading alone, in what is no tool for it, is a theft with the next step not seen.
GRAVE = frozenset({"browser", "wallet", "chat"})


def credentials(text: str) -> frozenset[str]:
    """The families of credentials whose places a text names."""
    if not text:
        return frozenset()
    text = text[:LONGEST]
    return frozenset(name for name, pattern in CREDENTIALS.items() if pattern.search(text))


#: Hosts that exist to collect what is sent to them.
COLLECTORS = _any(
    r"webhook\.site",
    r"requestbin",
    r"\bpipedream\.net",
    r"\.ngrok(?:-free)?\.(?:io|app|dev)",
    r"burpcollaborator",
    r"oastify\.com",
    r"\binteract(?:sh\.com|\.sh)",
    r"\boast\.(?:pro|live|site|online|fun|me)",
    r"canarytokens",
    r"requestcatcher",
    r"beeceptor\.com",
    r"hookbin",
    r"postb\.in",
    r"\btransfer\.sh",
    r"\bfile\.io\b",
    r"\bgofile\.io",
    r"\banonfiles?\.",
    r"discord(?:app)?\.com/api/webhooks",
    r"api\.telegram\.org/(?:bot|file)",
    r"pastebin\.com/(?:api|raw)",
    r"\bhastebin\.",
    r"\btermbin\.com",
    r"\b0x0\.st\b",
    r"\bdpaste\.",
    r"rentry\.co",
    r"\bdnslog\.",
    r"\bceye\.io",
    r"\.trycloudflare\.com",
    r"\.serveo\.net",
    r"\.loca\.lt",
    r"hooks\.slack\.com/services/",
    r"://[^/\s]{1,80}\.onion\b",
)
#: A bare public address, or one on this machine that the tests of others stand in for it.
BARE_ADDRESS = re.compile(
    r"(?:^|//|@|\x00|\s)(?!0\.0\.0\.0|169\.254\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|127\."
    r"|255\.)(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?(?:/|\s|$|\x00)"
)
LOOPBACK = re.compile(r"(?:^|//|@)(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?|0\.0\.0\.0)(?:[:/]|$)", re.IGNORECASE)
ADDRESS = re.compile(r"\b(?:https?|ftp|wss?)://(?:[^/\s@'\"\x00]*@)?(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+)(?::(\d+))?")

#: Services that tell a caller its own address.
PUBLIC_ADDRESS = _any(
    r"\bipify\.org",
    r"\bifconfig\.(?:me|co|io)\b",
    r"\bip-api\.com",
    r"\bicanhazip\.",
    r"\bcheckip\.",
    r"\bipinfo\.io",
    r"\bident\.me\b",
    r"\bmyip\.",
)
#: What is started again by itself, with the name of the place.
PERSISTENCE = _any(
    r"/etc/cron",
    r"/var/spool/cron",
    r"/etc/systemd/",
    r"\.config/systemd/user",
    r"/lib/systemd/system",
    r"\.config/autostart",
    r"/etc/xdg/autostart",
    r"library/launch(?:agents|daemons)",
    r"(?:^|[/\\~\x00])\.(?:bashrc|zshrc|profile|bash_profile|bash_login|zprofile|zshenv|zlogin|xprofile"
    r"|xinitrc)\b(?![-.\w])",
    r"fish/config\.fish",
    r"/etc/(?:profile|bash\.bashrc|rc\.local|init\.d|environment)\b",
    r"start menu[/\\]+programs[/\\]+startup",
    r"currentversion[/\\]+run",
    r"authorized_keys",
    r"(?:^|site-packages[/\\]|dist-packages[/\\]|lib/python[\d.]*/|\x00/)(?:site|user)customize\.py",
    r"/etc/ld\.so\.preload",
    r"(?:^|[/\\~\x00])\.claude/settings",
    r"\.vscode/tasks\.json",
    r"site-packages[/\\][^/\\]*\.pth\b",
)
#: What people honestly add to the start of their shell.
COMPLETION = _any(r"complet", r"\bexport path=", r"\bfpath\b", r"\balias\b")

MINERS = _any(
    r"stratum\+(?:tcp|ssl|tls)://",
    r"\bxmrig\b",
    r"\bcpuminer\b",
    r"\bminerd\b",
    r"--donate-level",
    r"\bcoinhive\b",
    r"\bnicehash\b",
    r"\b(?:minexmr|nanopool|supportxmr|moneroocean|2miners|hashvault|f2pool|ethermine)\.",
    r"\brandomx\b.{0,40}\bpool\b",
    r"--coin[= ](?:monero|xmr)",
)
PROBES = _any(
    r"/\.dockerenv",
    r"/proc/(?:self|1)/(?:cgroup|status|mountinfo|sched)",
    r"/sys/class/dmi",
    r"/proc/scsi",
    r"/sys/hypervisor",
    r"\bvmware\b",
    r"\bvirtualbox\b",
    r"\bvbox",
    r"\bqemu\b",
    r"\bhyper-?v\b",
    r"\bsandboxie\b",
    r"\bcuckoo\b",
    r"\bwireshark\b",
    r"\bprocmon\b",
    r"\bollydbg\b",
    r"\bx64dbg\b",
    r"\bfiddler\b",
    r"\bvmtoolsd\b",
    r"\bsbiedll\b",
    r"\bida(?:64|q)\b",
    r"\bparallels\b",
    r"\bgvisor\b",
    r"00:05:69|00:0c:29|00:1c:14|00:50:56|08:00:27",
)
SECRET_NAMES = _any(
    r"token", r"secret", r"passw", r"api_?key", r"credential", r"private", r"access_?key", r"aws_", r"auth", r"_key\b"
)
CI_NAMES = frozenset("CI GITHUB_ACTIONS GITLAB_CI TRAVIS CIRCLECI JENKINS_URL BUILD_ID TF_BUILD BUILDKITE".split())
IDENTITY_NAMES = frozenset("USER USERNAME LOGNAME HOSTNAME COMPUTERNAME USERDOMAIN".split())
SHELL_NAMES = re.compile(
    r"(?:^|[/\\\s\x00\"'])(?:ba|da|z|k|fi|a)?sh(?:\.exe)?$|(?:^|[/\\\s])(?:cmd|powershell|pwsh)(?:\.exe)?$", re.I
)
#: Programs whose output says who and where this is.
IDENTITY_PROGRAMS = re.compile(
    r"(?:^|[\s/\x00|;&])(?:whoami|hostname|id|uname|ifconfig|ipconfig|systeminfo|w|who)(?:\s|$|\x00)"
)
CRYPTO_ADDRESS = re.compile(
    r"\[13\]\[a-km-z|bc1\[|\^bc1|0x\[a-f|\^0x\[|\[a-fA-F0-9\]\{40\}|\^4\[0-9AB\]|\[LM3\]\[a-km", re.I
)
HOME_ROOTS = re.compile(
    r"^(?:~|/|/home|/root|/users|[a-z]:[/\\]*|/etc|/usr|/var|/bin|/boot|/lib"
    r"|(?:~|/home/[^/]*)/(?:documents|desktop|downloads|pictures|\.ssh|\.config|\.aws|\.gnupg)?"
    r"|\x00/(?:documents|desktop|downloads|pictures))/?\*?$",
    re.IGNORECASE,
)
