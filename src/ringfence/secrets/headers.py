"""What a request says in its header of who asks."""

from ringfence.secrets import checks, values
from ringfence.secrets.words import worded

#: How the message begins that answers with what a password makes of a challenge.
_NTLM = "TlRMTVNTUAAD"


def carries(scheme: str, value: str) -> bool:
    """Whether what follows the name of a scheme lets somebody in."""
    if scheme == "ntlm":
        return value.startswith(_NTLM) or values.is_long_and_random(value)
    if scheme != "basic":
        return values.is_secret(values.TOKEN, value, quoted=True)
    said = checks.decoded(value)
    if said is None:
        mixed = value.lower() != value and any(c.isdigit() or c == "=" for c in value)
        return len(value) > 9 and mixed and worded(value) < 0.4 and not values.is_nothing(value)
    _, colon, password = said.partition(":")
    return bool(colon) and len(password) > 2 and not values.is_nothing(password, weak=True)
