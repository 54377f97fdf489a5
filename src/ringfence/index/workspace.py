"""The folder of an index's maintainer.

index.toml     the index's name, and where each role's keys lie
keys/          private keys (0700); those of root and targets belong on something that is kept offline
public/        what is hosted: metadata/, targets/, journal/, site/
journal/       the index's own journal with its signing key; public/journal is its copy without the key
incoming/      what was submitted and not yet taken
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.configfile import read_trusted
from ringfence.errors import ConfigError, IndexRefused, RingfenceError, UsageError
from ringfence.index import acts, files, places, policy
from ringfence.index.keyring import Keyring
from ringfence.index.repository import Change, Repository, change

if TYPE_CHECKING:
    from securesystemslib.signer import Signer
    from tuf.api.metadata import DelegatedRole, Targets

    from ringfence.index.policy import Policy
    from ringfence.signing.keyfiles import AskPassphrase

CONFIG = "index.toml"
#: Kept offline, and signed with by hand.
OFFLINE = ("root", "targets")
#: Used by every publication, so they lie where the index is worked on.
ONLINE = ("records", "vetting", "snapshot", "timestamp")


def check_reviews(number: int) -> None:
    """Raises UsageError for a number of approvals that no policy can ask for."""
    if not 0 <= number <= policy.MAX_REVIEWS:
        raise UsageError(f"a stable release can need 0 to {policy.MAX_REVIEWS} approvals, not {number}")


def fingerprint(public: Path, version: int = 1) -> str:
    """`VERSION:SHA256` of a version of root: what a client pins. Raises IndexRefused."""
    import hashlib

    try:
        data = files.read(public / "metadata" / f"{version}.root.json", 1 << 20)
    except OSError:
        raise IndexRefused(f"there is no index with a version {version} of root in {public}") from None
    return f"{version}:{hashlib.sha256(data).hexdigest()}"


class Workspace:
    """An index and the keys at hand: every change goes through here, and into its journal."""

    def __init__(self, folder: Path, ask: "AskPassphrase") -> None:
        self.folder = folder
        self.name, self.roles = _read_config(folder / CONFIG)
        self.keyring = Keyring(folder, self.roles, ask)
        self.public = folder / "public"
        self.repository = Repository(self.public)

    @contextmanager
    def changing_keys(self, role: str, where: Sequence[str]) -> Iterator[None]:
        """Let index.toml name a role's new keys: beside the old ones while they change, alone once they have.

        Whoever is cut off in between finds the keys that root knows by now. A refused change leaves it as it was.
        """
        before = read_trusted(self.folder / CONFIG)
        if role in self.roles:
            _name_keys(self.folder / CONFIG, before, role, [*self.roles[role], *where])
        try:
            yield
        except RingfenceError:
            files.write(self.folder / CONFIG, before)
            raise
        _name_keys(self.folder / CONFIG, before, role, where)
        self.roles[role] = list(where)

    def change(self) -> AbstractContextManager[Change]:
        """A change of the index; the caller commits it with `commit`."""
        return change(self.repository, self.keyring)

    def commit(self, step: Change, event: str, **facts: object) -> None:
        """Record what is about to be done, do it, and record that it was done.

        The first record is durable before the change is; one without its second says that a commit was cut off, or
        that it was refused by a key.
        """
        with acts.recording(self.folder) as journal:
            about = {"event": event, "index": self.name, "time": acts.stamp(), **facts}
            begun = journal.append({**about, "phase": "begin"})
            step.commit()
            done = {"snapshot": self.repository.snapshot.signed.version, "begin": begun.index}
            journal.append({"event": event, "index": self.name, "time": acts.stamp(), "phase": "done", **done})

    def note(self, event: str, **facts: object) -> None:
        """Record something that changes nothing: a submission refused, a review rejected."""
        with acts.recording(self.folder) as journal:
            journal.append({"event": event, "index": self.name, "time": acts.stamp(), **facts})

    def policy(self) -> "Policy":
        """Who may do what."""
        data = self.repository.read_target(places.POLICY)
        if data is None:
            raise IndexRefused("the index has no policy")
        return policy.parse(data)

    def set_policy(self, step: Change, new: "Policy") -> None:
        """Put a policy in place; needs the keys of targets."""
        step.put(places.POLICY, new.to_bytes())

    def unlock(self) -> None:
        """Open the keys that every publication needs, so that nobody is asked in the middle of one."""
        for role in ("snapshot", "timestamp"):
            self.keyring.signers(role, self.repository.root.signed.roles[role], role)
        self.keyring.signers(places.RECORDS, delegated(self.repository.targets.signed)[places.RECORDS], "records")
        self.signer("vetting")

    def signer(self, role: str) -> "Signer":
        """The first key of a role that is none of TUF's, such as vetting."""
        where = self.keyring.names(role)
        if not where:
            raise ConfigError(f"names no key for {role}", file=str(self.folder / CONFIG))
        return self.keyring.at(where[0])


def delegated(targets: "Targets") -> "dict[str, DelegatedRole]":
    """The roles that the top-level targets delegate to, in the order of their say."""
    if targets.delegations is None or targets.delegations.roles is None:
        raise IndexRefused("the top-level targets of the index delegate to nobody")
    return targets.delegations.roles


def _read_config(file: Path) -> tuple[str, dict[str, list[str]]]:
    from ringfence.tomltext import load

    if not file.exists():
        raise UsageError(f"there is no index in {file.parent}", hint="`ringfence index init` makes one")
    data = load(read_trusted(file), file=str(file)).data
    name, keys = data.get("name"), data.get("keys")
    if not isinstance(name, str) or not isinstance(keys, dict):
        raise ConfigError("needs a name and a table [keys]", file=str(file))
    roles: dict[str, list[str]] = {}
    for role, where in keys.items():
        if role not in (*OFFLINE, *ONLINE):
            raise ConfigError(f"[keys] names {role!r}, which is no role", file=str(file))
        if not isinstance(where, list) or not all(isinstance(each, str) for each in where):
            raise ConfigError(f"[keys] {role} has to be a list of places", file=str(file))
        roles[role] = list(where)
    return name, roles


def _name_keys(file: Path, text: bytes, role: str, where: Sequence[str]) -> None:
    """Write the configuration with other keys for a role; all else of it stays."""
    import tomlkit

    document = tomlkit.parse(text.decode())
    document["keys"][role] = list(dict.fromkeys(where))
    files.write(file, tomlkit.dumps(document).encode())
