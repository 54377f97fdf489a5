"""Who signs: a key file, or a key that never leaves its device or service.

A place is a path, or an address in the form of securesystemslib: `hsm:` (PKCS#11, as a YubiKey speaks it),
`awskms:`, `gcpkms:`, `azurekms:`, `hv:` (HashiCorp Vault), `gnupg:`. For those the public key lies in a file
and is named in front: `root.pub=hsm:2?label=YubiKey`. Their own packages have to be installed.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from ringfence.errors import KeyUnavailable, RingfenceError, UsageError
from ringfence.signing.keyfiles import AskPassphrase, load, read_public

if TYPE_CHECKING:
    from securesystemslib.signer import Key, Signer

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


@contextlib.contextmanager
def signing(key: "Signer") -> Iterator[None]:
    """Whatever a device raises when it has to sign becomes KeyUnavailable."""
    try:
        yield
    except RingfenceError:
        raise
    except Exception as error:
        reason = str(error.__cause__ or error) or type(error.__cause__ or error).__name__
        hint = "is the device there, and its PIN right?"
        raise KeyUnavailable(
            f"the key {key.public_key.keyid[:16]}… does not sign: {reason[:200]}", hint=hint
        ) from error


def import_key(address: str, ask: AskPassphrase) -> "Key":
    """The public key of a device or service, to be kept in a file. Raises KeyUnavailable, UsageError."""
    scheme, _, rest = address.partition(":")
    if scheme not in SCHEMES:
        raise UsageError(f"{address} is no address of a key", hint=f"an address begins with {', '.join(SCHEMES)}")
    from securesystemslib.signer import HSMSigner
    from securesystemslib.signer._signer import SIGNER_FOR_URI_SCHEME

    try:
        if scheme == "hsm":
            number, _, query = rest.partition("?")
            label = dict(parse_qsl(query)).get("label")
            key = HSMSigner.import_(int(number) if number else None, label, lambda what: ask(what).decode())[1]
        else:
            key = SIGNER_FOR_URI_SCHEME[scheme].import_(rest)[1]  # type: ignore[attr-defined]
    except KeyUnavailable:
        raise
    except Exception as error:  # each device raises its own
        raise KeyUnavailable(f"the key at {address} cannot be read: {str(error)[:200]}") from error
    found: Key = key
    return found


def _device(public: Path, address: str, ask: AskPassphrase) -> "Signer":
    from securesystemslib.signer import Signer

    try:
        return Signer.from_priv_key_uri(address, read_public(public), lambda what: ask(what).decode())
    except KeyUnavailable:
        raise
    except Exception as error:  # each device raises its own
        raise KeyUnavailable(f"the key at {address} cannot be used: {str(error)[:200]}") from error
