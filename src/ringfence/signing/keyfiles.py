"""Private keys as files: PKCS#8 in PEM (RFC 5958), 0600, under a passphrase unless one says otherwise by name.

Beside `NAME.pem` lies `NAME.pub`, the public half as JSON in the form of TUF's metadata (keyid, keytype, scheme,
keyval), which may go anywhere.
"""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.errors import KeyUnavailable, UsageError
from ringfence.strictjson import JsonLimits, StrictJsonError, loads

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.serialization import KeySerializationEncryption
    from securesystemslib.signer import CryptoSigner, Key

KINDS = ("ed25519", "ecdsa", "rsa")
_MAX_BYTES = 64 * 1024
_PUBLIC = JsonLimits(max_bytes=_MAX_BYTES, max_depth=5, max_items=100, max_digits=20)
#: Gives the passphrase; called only for a key that has one. The word says which key it is for.
AskPassphrase = Callable[[str], bytes]


def create(path: Path, passphrase: bytes | None, *, kind: str = "ed25519") -> "Key":
    """Make a key pair; `path` must not exist. `None` for a passphrase leaves the private key in the clear.

    Raises UsageError, KeyUnavailable.
    """
    from securesystemslib.signer import CryptoSigner

    makers = {"ed25519": CryptoSigner.generate_ed25519, "ecdsa": CryptoSigner.generate_ecdsa}
    makers["rsa"] = CryptoSigner.generate_rsa
    if kind not in makers:
        raise UsageError(f"there is no kind of key {kind!r}", hint=f"choose from: {', '.join(KINDS)}")
    signer = makers[kind]()
    _write_new(path.with_suffix(".pub"), public_text(signer.public_key).encode(), 0o644)
    _write_new(path, _private_bytes(signer, passphrase), 0o600)
    return signer.public_key


def write_public(path: Path, key: "Key") -> None:
    """Write a public key into a new file. Raises UsageError, KeyUnavailable."""
    _write_new(path, public_text(key).encode(), 0o644)


def load(path: Path, ask: AskPassphrase) -> "CryptoSigner":
    """The signer in a file. Raises KeyUnavailable, which never quotes the file."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from securesystemslib.signer import CryptoSigner

    data = _read_private(path)
    passphrase = ask(str(path)) if b"BEGIN ENCRYPTED PRIVATE KEY" in data else None
    try:
        private = load_pem_private_key(data, passphrase)
        public = path.with_suffix(".pub")
        return CryptoSigner(private, read_public(public) if public.exists() else None)  # type: ignore[arg-type]
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        wrong = "the passphrase is wrong" if passphrase is not None else "it is no private key in PEM"
        raise KeyUnavailable(f"the key {path} cannot be opened: {wrong}") from error


def read_public(path: Path) -> "Key":
    """The public key in a file that `create` wrote. Raises KeyUnavailable."""
    try:
        with open(path, "rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise KeyUnavailable(f"the public key {path} cannot be read: {(error.strerror or 'error').lower()}") from None
    return parse_public(data, str(path))


def parse_public(data: bytes | str, place: str) -> "Key":
    """A public key as JSON. Raises KeyUnavailable."""
    try:
        found = loads(data, limits=_PUBLIC)
    except StrictJsonError as error:
        raise KeyUnavailable(f"{place} holds no public key: {error.message}") from None
    return public_key(found, place)


def public_key(found: object, place: str) -> "Key":
    """A public key from what `public_dict` gave. Raises KeyUnavailable; the id has to be the key's own."""
    from securesystemslib.signer import SSlibKey

    try:
        fields = dict(found)  # type: ignore[call-overload]
        keyid = fields.pop("keyid")
        key = SSlibKey.from_dict(keyid, fields)
        own = SSlibKey.from_crypto(key._crypto_key(), scheme=key.scheme)
    except Exception as error:  # the library raises whatever it meets
        raise KeyUnavailable(f"{place} holds no public key") from error
    if own.keyid != keyid:
        raise KeyUnavailable(f"the public key in {place} has an id that is not its own")
    return key


def public_dict(key: "Key") -> dict[str, object]:
    """A public key as JSON-able data, with its id."""
    return {"keyid": key.keyid, **key.to_dict()}


def public_text(key: "Key") -> str:
    """A public key as a line of JSON."""
    return json.dumps(public_dict(key), sort_keys=True) + "\n"


def passphrase_asker(file: str | None) -> AskPassphrase:
    """Asks `file`, $RINGFENCE_PASSPHRASE_FILE, or the terminal; never an argument or the environment itself."""
    named = file or os.environ.get("RINGFENCE_PASSPHRASE_FILE")

    def ask(key: str) -> bytes:
        if named:
            return _read_private(Path(named)).strip(b"\r\n")
        if not os.isatty(0):
            raise KeyUnavailable(
                f"the key {key} needs a passphrase, and nobody is there to be asked",
                hint="--passphrase-file FILE, or $RINGFENCE_PASSPHRASE_FILE, names a file that holds it",
            )
        from getpass import getpass

        return getpass(f"passphrase of {key}: ").encode()

    return ask


def new_passphrase(file: str | None) -> bytes:
    """A passphrase for new keys: from `file`, $RINGFENCE_PASSPHRASE_FILE, or the terminal, twice."""
    ask = passphrase_asker(file)
    first = ask("the new keys")
    if not (file or os.environ.get("RINGFENCE_PASSPHRASE_FILE")) and ask("the new keys, again") != first:
        raise UsageError("the passphrases differ")
    return first


def _private_bytes(signer: "CryptoSigner", passphrase: bytes | None) -> bytes:
    from cryptography.hazmat.primitives import serialization

    hidden: KeySerializationEncryption = serialization.NoEncryption()
    if passphrase is not None:
        if len(passphrase) < 8:
            raise UsageError("a passphrase has at least 8 bytes")
        hidden = serialization.BestAvailableEncryption(passphrase)
    private = serialization.load_pem_private_key(signer.private_bytes, None)
    return private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, hidden)


def _read_private(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise KeyUnavailable(f"{path} cannot be read: {(error.strerror or 'error').lower()}") from None
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise KeyUnavailable(f"{path} is no file")
        if mode & 0o077:
            raise KeyUnavailable(f"other users may read {path}", hint=f"chmod 600 {path}")
        return os.read(descriptor, _MAX_BYTES)
    finally:
        os.close(descriptor)


def _write_new(path: Path, data: bytes, mode: int) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, mode)
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
    except FileExistsError:
        raise UsageError(f"{path} is there already: a key is never written over") from None
    except OSError as error:
        raise KeyUnavailable(f"{path} cannot be written: {(error.strerror or 'error').lower()}") from None
