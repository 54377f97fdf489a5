"""Which key signs for which role, and where it lies: `[keys]` in the `index.toml` of a workspace."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ringfence.errors import KeyUnavailable
from ringfence.signing.signers import signer, signing

if TYPE_CHECKING:
    from securesystemslib.signer import Signer
    from tuf.api.metadata import Metadata, Role

    from ringfence.signing.keyfiles import AskPassphrase


class Keyring:
    """The keys that are at hand. A key is opened when it first has to sign."""

    def __init__(self, folder: Path, roles: Mapping[str, Sequence[str]], ask: "AskPassphrase") -> None:
        self._folder = folder
        self._roles = {role: list(where) for role, where in roles.items()}
        self._ask = ask
        self._open: dict[str, Signer] = {}

    def names(self, role: str) -> "Sequence[str]":
        """Where the keys of a role are said to lie."""
        return tuple(self._roles.get(role, ()))

    def sign(self, metadata: "Metadata[Any]", holder: str, role: "Role", what: str) -> None:
        """Sign with as many keys of `holder` as `role` asks for. Raises KeyUnavailable, and has then not signed."""
        self.sign_with(metadata, self.signers(holder, role, what))

    @staticmethod
    def sign_with(metadata: "Metadata[Any]", signers: "Sequence[Signer]") -> None:
        """Sign anew with these keys alone."""
        metadata.signatures.clear()
        for each in signers:
            with signing(each):
                metadata.sign(each, append=True)

    def signers(self, holder: str, role: "Role", what: str) -> "list[Signer]":
        """Keys of `holder` that `role` knows, as many as it asks for. Raises KeyUnavailable."""
        found: list[Signer] = []
        missing: list[str] = []
        for place in self._roles.get(holder, ()):
            if len(found) == role.threshold:
                break
            try:
                each = self.at(place)
            except KeyUnavailable as error:
                missing.append(error.message)
                continue
            if each.public_key.keyid in role.keyids:
                found.append(each)
        if len(found) < role.threshold:
            reasons = "; ".join(missing) or "index.toml names no others"
            raise KeyUnavailable(
                f"{what} needs {role.threshold} signatures of {holder}, and {len(found)} keys are at hand: {reasons}",
                hint="bring the offline keys to where index.toml says they lie",
            )
        return found

    def adopt(self, role: str, signers: "Sequence[Signer]") -> None:
        """Sign for a role with these keys from now on, in this process; index.toml says it for the next."""
        self._roles[role] = [f"#{each.public_key.keyid}" for each in signers]
        self._open.update({f"#{each.public_key.keyid}": each for each in signers})

    def at(self, place: str) -> "Signer":
        """The signer at a place: a path below the workspace, or a device's address."""
        if place not in self._open:
            public, equals, address = place.partition("=")
            self._open[place] = signer(
                f"{self._folder / public}={address}" if equals else str(self._folder / place), self._ask
            )
        return self._open[place]
