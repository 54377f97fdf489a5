"""Secrets: fetched from where the grant says, just before the call, into memory only.

`env:NAME`, `file:PATH` (one trailing newline is not part of it), `command:PROGRAM ARGS` (its
standard output, likewise). Nothing here puts a value into an error, a log or an environment.
"""

import os
from collections.abc import Mapping

from ringfence.errors import SecretUnavailable

_MAX_BYTES = 64 * 1024
_COMMAND_SECONDS = 30
#: A shorter value would stand in any text by chance, and could not be taken out of it again.
MIN_BYTES = 6


def fetch(sources: Mapping[str, str]) -> dict[str, bytes]:
    """The value of each named secret. Raises SecretUnavailable."""
    return {name: _checked(name, _fetch_one(name, source)) for name, source in sources.items()}


def _fetch_one(name: str, source: str) -> bytes:
    kind, _, rest = source.partition(":")
    if kind == "env":
        value = os.environb.get(os.fsencode(rest))
        if value is None:
            raise SecretUnavailable(f"secret {name!r}: the variable {rest} is not set", hint=f"export {rest}")
        return value
    if kind == "file":
        return _from_file(name, rest)
    return _from_command(name, rest)


def _from_file(name: str, path: str) -> bytes:
    try:
        with open(os.path.expanduser(path), "rb") as handle:
            return handle.read(_MAX_BYTES + 1).removesuffix(b"\n")
    except OSError as error:
        raise SecretUnavailable(f"secret {name!r}: {path} cannot be read: {error.strerror}") from error


def _from_command(name: str, command: str) -> bytes:
    import shlex
    import subprocess

    program = shlex.split(command)[0] if command.strip() else ""
    try:
        done = subprocess.run(
            shlex.split(command),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_COMMAND_SECONDS,
            check=False,
        )
    except (OSError, ValueError, IndexError, subprocess.SubprocessError) as error:
        # Not the exception's own text: it repeats the command line.
        raise SecretUnavailable(f"secret {name!r}: {program!r} could not be run ({type(error).__name__})") from None
    if done.returncode != 0:
        raise SecretUnavailable(f"secret {name!r}: {program!r} ended with exit code {done.returncode}")
    return done.stdout[: _MAX_BYTES + 1].removesuffix(b"\n")


def _checked(name: str, value: bytes) -> bytes:
    if len(value) > _MAX_BYTES:
        raise SecretUnavailable(f"secret {name!r} is larger than {_MAX_BYTES} bytes")
    if len(value) < MIN_BYTES:
        raise SecretUnavailable(f"secret {name!r} is shorter than {MIN_BYTES} bytes: too short to be redacted")
    return value
