"""Signed checkpoints: C2SP tlog-checkpoint notes with Ed25519 (C2SP signed-note).

    <origin>\\n<size>\\n<base64 root>\\n\\n— <key name> <base64 (key id, signature)>\\n

Keys are spelled as Go's sumdb/note spells them, so that its tools read them. Takes values,
gives values; no I/O. `cryptography` is imported on first use: it costs more than an append.
"""

import binascii
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from ringfence.dataclasses import dataclass
from ringfence.errors import JournalTampered, UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_ED25519 = b"\x01"
_KEY_BYTES = 32
_PRIVATE = "PRIVATE+KEY+"
#: No larger note is read (a witness may have added signatures).
MAX_NOTE_BYTES = 16 * 1024

_DASH = b"\xe2\x80\x94"  # U+2014 in UTF-8
_NOTE = re.compile(
    rb"(?P<text>(?P<origin>[^\n]+)\n(?P<size>0|[1-9][0-9]{0,18})\n(?P<root>[A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*)"
    rb"\n(?P<signatures>(?:" + _DASH + rb" [^\s+]+ [A-Za-z0-9+/=]+\n)+)"
)
#: The end of a note: the run of signature lines.
_END = re.compile(rb"\n\n(?:" + _DASH + rb" [^\n]+\n)+")
#: What a killed writer can leave of a note of ours: a true beginning of one.
_BEGINNING = re.compile(
    rb"[^\n]*(?:\n[0-9]*(?:\n[A-Za-z0-9+/=]{0,44}(?:\n(?:\n(?:\xe2(?:\x80(?:\x94"
    rb"(?: (?:[^\s+]+(?: [A-Za-z0-9+/=]*)?)?)?)?)?)?)?)?)?)?"
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A parsed note, not yet verified.

    `note` is all of it, `text` the part that is signed, `signatures` are (key name, key id and signature).
    """

    origin: str
    size: int
    root: bytes
    text: bytes
    note: bytes
    signatures: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Who may sign: a key name and 32 bytes of Ed25519 public key."""

    name: str
    key: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.key).digest()[:4]

    def __str__(self) -> str:
        """The verifier key as Go's sumdb/note spells it: name+id+base64."""
        return f"{self.name}+{self.id.hex()}+{b64encode(_ED25519 + self.key).decode()}"

    @classmethod
    def parse(cls, text: str) -> "PublicKey":
        """Read name+id+base64. Raises UsageError if it is anything else."""
        try:
            name, key_id, encoded = text.strip().split("+", 2)
            data = b64decode(encoded, validate=True)
        except (ValueError, binascii.Error):
            name, key_id, data = "", "", b""
        public = cls(name, data[1:])
        whole = name and data[:1] == _ED25519 and len(public.key) == _KEY_BYTES
        if not whole or public.id.hex() != key_id:
            raise UsageError(
                "the public key is not of the form NAME+ID+BASE64 with an Ed25519 key",
                hint="`ringfence journal key` prints it",
            )
        return public

    def verify(self, checkpoint: Checkpoint) -> None:
        """Check this key's signature on a checkpoint. Raises JournalTampered if there is no good one."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        what = f"the checkpoint of {checkpoint.size} records"
        mine = [data[4:] for name, data in checkpoint.signatures if name == self.name and data[:4] == self.id]
        if not mine or checkpoint.origin != self.name:
            raise JournalTampered(f"{what} is not signed by {self.name} (key {self.id.hex()})")
        try:
            for signature in mine:
                Ed25519PublicKey.from_public_bytes(self.key).verify(signature, checkpoint.text)
        except (InvalidSignature, ValueError):
            raise JournalTampered(f"{what} does not carry a good signature of {self.name}") from None


class Signer:
    """The private half: makes checkpoints."""

    def __init__(self, name: str, private: "Ed25519PrivateKey") -> None:
        self._private = private
        self.public = PublicKey(name, private.public_key().public_bytes_raw())

    @classmethod
    def generate(cls, name: str) -> "Signer":
        """A new key from the operating system's randomness."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(name, Ed25519PrivateKey.generate())

    @classmethod
    def parse(cls, text: str) -> "Signer":
        """Read what `dump` wrote. Raises ValueError, which never quotes the text."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        name, key_id, encoded = text.strip().removeprefix(_PRIVATE).split("+", 2)
        data = b64decode(encoded, validate=True)
        if not text.startswith(_PRIVATE) or data[:1] != _ED25519 or len(data) != 1 + _KEY_BYTES:
            raise ValueError("not a private key")
        signer = cls(name, Ed25519PrivateKey.from_private_bytes(data[1:]))
        if signer.public.id.hex() != key_id:
            raise ValueError("the key does not match its id")
        return signer

    def dump(self) -> str:
        """The private key as Go's sumdb/note spells it; secret."""
        data = b64encode(_ED25519 + self._private.private_bytes_raw()).decode()
        return f"{_PRIVATE}{self.public.name}+{self.public.id.hex()}+{data}\n"

    def sign(self, size: int, root: bytes) -> bytes:
        """The checkpoint of a tree of `size` leaves with this root, as a signed note."""
        text = f"{self.public.name}\n{size}\n{b64encode(root).decode()}\n"
        signature = b64encode(self.public.id + self._private.sign(text.encode())).decode()
        return f"{text}\n\u2014 {self.public.name} {signature}\n".encode()


def parse_all(data: bytes) -> tuple[list[Checkpoint], int]:
    """The notes that stand one after the other in `data`, and how many bytes they take up.

    Fewer bytes than there are means that something else follows: an unfinished note, or no note.
    """
    found: list[Checkpoint] = []
    at = 0
    while match := _NOTE.match(data, at):
        found.append(_checkpoint(match))
        at = match.end()
    return found, at


def first_end(data: bytes) -> int:
    """Where the first note that ends in `data` ends; its beginning may be missing."""
    match = _END.search(data)
    return match.end() if match else len(data)


def unfinished(data: bytes) -> bool:
    """Whether `data` can be what a killed writer left of a note."""
    return len(data) < MAX_NOTE_BYTES and _BEGINNING.fullmatch(data) is not None


def _checkpoint(match: re.Match[bytes]) -> Checkpoint:
    return Checkpoint(
        origin=match["origin"].decode(errors="replace"),
        size=int(match["size"]),
        root=b64decode(match["root"]),
        text=match["text"],
        note=match[0],
        signatures=tuple(_signature(line) for line in match["signatures"].splitlines()),
    )


def _signature(line: bytes) -> tuple[str, bytes]:
    """Name and bytes; no bytes where the base64 is not the one spelling of what it says."""
    _, name, encoded = line.split(b" ")
    try:
        data = b64decode(encoded, validate=True)
    except binascii.Error:
        data = b""
    return name.decode(errors="replace"), data if b64encode(data) == encoded else b""
