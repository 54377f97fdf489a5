"""What is said once for an account of Alibaba Cloud: passwords, trails, keys."""

from collections.abc import Iterator

from ringfence.formats.terraform.numbers import whole
from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.keys import Key
from ringfence.models.cloud.policy import PasswordPolicy
from ringfence.models.cloud.record import Trail

_DAY = 86_400
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": _DAY}


def passwords(r: Reader) -> Iterator[PasswordPolicy]:
    """What passwords of people must be."""
    yield PasswordPolicy(
        name=r.address,
        min_length=r.number("min_length", "minimum_password_length", 12),
        lowercase=r.flag("lowercase", "require_lowercase_characters", default=True),
        uppercase=r.flag("uppercase", "require_uppercase_characters", default=True),
        numbers=r.flag("numbers", "require_numbers", default=True),
        symbols=r.flag("symbols", "require_symbols", default=True),
        changeable=True,
        max_age_days=r.number("max_age_days", "max_password_age", 0),
        reuse_prevention=r.number("reuse_prevention", "password_reuse_prevention", 0),
    )


def trail(r: Reader) -> Iterator[Trail]:
    """A record of who did what: of all regions where none is said."""
    region = r.text("all_regions", "trail_region", "All", lower=True)
    r.writes("all_regions", "trail_region", {True: '"All"'})
    yield Trail(
        name=r.address,
        enabled=r.mapped("enabled", "status", {"Enable": True, "Disable": False}, True, True),
        all_regions=region == "all",
        validated=None,
        customer_key=None,
        watched=None,
        global_events=True,
    )


def key(r: Reader) -> Iterator[Key]:
    """A key. Only those that encrypt with one secret are changed by themselves."""
    spec = r.text("", "key_spec", "Aliyun_AES_256").upper()
    for attribute in ("key_spec", "key_usage", "status"):
        r.rests_on(attribute, "rotates", "rotation_days")
    r.rests_on("automatic_rotation", "rotation_days")
    signs = r.text("", "key_usage", "ENCRYPT/DECRYPT").upper() != "ENCRYPT/DECRYPT" or spec.startswith(("RSA", "EC"))
    rotates = r.mapped("rotates", "automatic_rotation", {"Enabled": True, "Disabled": False}, False, False)
    r.decide("rotates", "how often should it be rotated? set automatic_rotation and rotation_interval")
    period = r.text("rotation_days", "rotation_interval").lower()
    r.writes("rotation_days", "rotation_interval", {365: '"365d"'})
    count, unit = period[:-1], _UNITS.get(period[-1:], 0)
    yield Key(
        name=r.address,
        rotates=None if signs else rotates,
        rotation_days=(whole(count) or 0) * unit // _DAY,
        expires=None,
        enabled=r.mapped("enabled", "status", {"Enabled": True, "Disabled": False}, True, True),
        protected=None,
        kept=None,
    )
