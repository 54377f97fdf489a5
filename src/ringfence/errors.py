"""The tree of errors: what a user can be told, how to put it right, and the exit code.

    RingfenceError
    ├── UsageError            2   the command line is wrong
    ├── ConfigError           3   ringfence.toml (or upm_config.json) is wrong or unsafe
    ├── NotGranted            4   no grant allows this call
    ├── PluginChanged         5   the plugin's files are not those that were granted
    ├── InvalidArguments      6   the arguments do not fit the method's schema
    ├── InvalidPlugin         7   the manifest, a schema or the plugin's tree is wrong
    ├── SandboxUnavailable    8   a wall that was asked for cannot be put up
    ├── SecretUnavailable     9   a granted secret could not be read from its source
    ├── JournalUnavailable   20   the journal cannot be written, so nothing may run
    ├── JournalTampered      21   the journal does not verify
    ├── Busy                 22   the queue is full
    ├── Cancelled            23   the caller took the call back
    ├── IndexRefused         40   an index does not take this, by its rules
    ├── IndexUntrusted       41   what an index gave does not verify
    ├── IndexUnreachable     42   an index could not be fetched from
    ├── BadStatement         43   an attestation does not hold
    ├── NotInIndex           44   the index has no such plugin or version
    ├── NotInstalled         45   there is no such plugin here
    ├── KeyUnavailable       46   a key that has to sign is not at hand, or cannot be opened
    ├── DiskUnavailable      47   a file could not be written: the disk is full or read-only
    ├── ImageRefused         50   an image cannot be built, or does not hold
    └── Defect               70   a defect of Ringfence itself

Codes 10 to 18 belong to outcomes of calls that did run (`OUTCOME_EXIT`), 1, 30 and 31 to what an audit found
(`AUDIT_EXIT`). Every error is one sentence and, where there is one, a hint that says what to do.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, without its cost: every command loads this module
    from typing import ClassVar


class RingfenceError(Exception):
    """Anything that a user is told in one sentence.

    `message` is the sentence (what, where); `hint` says what to do; `details` is small
    JSON-able data for the envelope.
    """

    exit_code: ClassVar[int] = 1
    code: ClassVar[str] = "error"

    def __init__(self, message: str, *, hint: str = "", details: object = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details


class UsageError(RingfenceError):
    """The command line does not make sense."""

    exit_code = 2
    code = "usage"


class ConfigError(RingfenceError):
    """The configuration is wrong, unsafe or missing; `file` and `line` (1-based) say where."""

    exit_code = 3
    code = "invalid-config"

    def __init__(self, message: str, *, file: str = "", line: int = 0, hint: str = "") -> None:
        place = f"{file}:{line}: " if file and line else f"{file}: " if file else ""
        super().__init__(place + message, hint=hint)
        self.file = file
        self.line = line


class NotGranted(RingfenceError):
    """Nobody granted this plugin, version or method."""

    exit_code = 4
    code = "not-granted"


class PluginChanged(RingfenceError):
    """The plugin's files differ from those that the grant pins."""

    exit_code = 5
    code = "plugin-changed"


class InvalidArguments(RingfenceError):
    """The arguments are not JSON, or do not fit the method's schema."""

    exit_code = 6
    code = "invalid-arguments"


class InvalidPlugin(RingfenceError):
    """The manifest, a schema or the plugin's tree of files is wrong."""

    exit_code = 7
    code = "invalid-plugin"


class SandboxUnavailable(RingfenceError):
    """A wall that the profile asks for cannot be put up on this machine."""

    exit_code = 8
    code = "sandbox-unavailable"


class SecretUnavailable(RingfenceError):
    """A granted secret could not be had from its source."""

    exit_code = 9
    code = "secret-unavailable"


class KeyUnavailable(RingfenceError):
    """A private key could not be had."""

    exit_code = 46
    code = "key-unavailable"


class JournalUnavailable(RingfenceError):
    """The journal cannot take a record; nothing runs unjournalled."""

    exit_code = 20
    code = "journal-unavailable"


class JournalTampered(RingfenceError):
    """The journal does not verify."""

    exit_code = 21
    code = "journal-tampered"


class Busy(RingfenceError):
    """The queue of calls is full; try again later."""

    exit_code = 22
    code = "busy"


class Cancelled(RingfenceError):
    """The caller took the call back before it ended."""

    exit_code = 23
    code = "cancelled"


class IndexRefused(RingfenceError):
    """An index does not take a release, a review or a name, by its rules."""

    exit_code = 40
    code = "index-refused"


class IndexUntrusted(RingfenceError):
    """Metadata or a file of an index does not verify: an attack, or a broken mirror."""

    exit_code = 41
    code = "index-untrusted"


class IndexUnreachable(RingfenceError):
    """An index could not be fetched from."""

    exit_code = 42
    code = "index-unreachable"


class BadStatement(RingfenceError):
    """An attestation is not what it has to be, or is not signed by whom it has to be."""

    exit_code = 43
    code = "bad-attestation"


class NotInIndex(RingfenceError):
    """The index has no such plugin, or no version of it that may be installed."""

    exit_code = 44
    code = "not-in-index"


class NotInstalled(RingfenceError):
    """No such plugin is installed here."""

    exit_code = 45
    code = "not-installed"


class DiskUnavailable(RingfenceError):
    """A file could not be written: the disk is full or read-only."""

    exit_code = 47
    code = "disk-unavailable"


class ImageRefused(RingfenceError):
    """An image cannot be built as it is described, or does not hold what it should."""

    exit_code = 50
    code = "image-refused"


#: A defect of Ringfence itself (sysexits.h EX_SOFTWARE).
INTERNAL_EXIT = 70


class Defect(RingfenceError):
    """Something that must not happen did; the call was ended and the defect put on record."""

    exit_code = INTERNAL_EXIT
    code = "internal-error"

    def __init__(self, message: str) -> None:
        super().__init__(message, hint="set RINGFENCE_DEBUG=1 for the traceback, and please report it")


#: Exit codes of an audit that ran: something was found, something could not be examined (which weighs more), nothing
#: was there to examine.
AUDIT_EXIT: dict[str, int] = {"findings": 1, "unread": 30, "nothing-examined": 31}

#: Exit codes of calls that ran and did not end well, by the envelope's `data.code`.
OUTCOME_EXIT: dict[str, int] = {
    "plugin-error": 10,
    "timeout": 11,
    "memory-limit": 12,
    "cpu-limit": 13,
    "output-limit": 14,
    "invalid-result": 15,
    "plugin-crashed": 16,
    "protocol-error": 17,
    "disk-limit": 18,
}
