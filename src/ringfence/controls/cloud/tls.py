"""What controls of the cloud know of TLS versions and of settings that turn something on."""

#: How a setting of a server says that something is off; lower case.
OFF = frozenset({"0", "off", "false", "disabled", "no", "none"})

_OLD = frozenset({"ssl", "1.0", "1.1"})


def is_old_tls(version: str) -> bool:
    """Whether a least version ("1.0" to "1.3", "ssl" below that) is one that nobody should take any more."""
    return version in _OLD


def taken(version: str) -> str:
    """What to say of a least version that is too old."""
    return "versions older than TLS 1.0 are taken" if version == "ssl" else f"TLS {version} is taken"
