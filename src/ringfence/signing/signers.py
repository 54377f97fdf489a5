"""Who signs: a key file, or a key that never leaves its device or service.

A place is a path, or an address in the form of securesystemslib: `hsm:` (PKCS#11, as a YubiKey speaks it),
`awskms:`, `gcpkms:`, `azurekms:`, `hv:` (HashiCorp Vault), `gnupg:`. For those the public key lies in a file
and is named in front: `root.pub=hsm:2?label=YubiKey`. Their own packages have to be installed.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.errors import KeyUnavailable, UsageError
from ringfence.signing.keyfiles import AskPassphrase, load, read_public

if TYPE_CHECKING:
    from securesystemslib.signer import Signer

SCHEMES = ("hsm", "awskms", "gcpkms", "azurekms", "hv", "gnupg")


def signer(place: str, ask: AskPassphrase) -> "Signer":
    """The signer at a place. Raises KeyUnavailable, UsageError."""
    public, equals, address = place.partition("=")
    scheme = (address if equals else place).partition(":")[0]
    if scheme in SCHEMES:
        if not equals:
            raise UsageError(
                f"{place} does not say which public key it has", hint=f"name its file in front: KEY.pub={place}"
            )
        return _device(Path(public), address, ask)
    return load(Path(place), ask)


def _device(public: Path, address: str, ask: AskPassphrase) -> "Signer":
    from securesystemslib.signer import Signer

    try:
        return Signer.from_priv_key_uri(address, read_public(public), lambda what: ask(what).decode())
    except KeyUnavailable:
        raise
    except Exception as error:  # each device raises its own
        raise KeyUnavailable(f"the key at {address} cannot be used: {str(error)[:200]}") from error
