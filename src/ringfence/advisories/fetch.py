"""Fetches what is known of vulnerabilities, bounded in bytes and in time."""

from contextlib import closing
from pathlib import Path
from typing import IO

from ringfence.errors import UsageError


def fetch(address: str, target: Path, *, at_most: int, seconds: float = 600.0) -> None:
    """Write what stands at `address` to the new file `target`. Raises UsageError."""
    try:
        with open(target, "xb") as file:
            _copy(address, file, at_most, seconds)
    except OSError as error:
        raise UsageError(f"cannot write {target}: {(error.strerror or 'error').lower()}") from None


def get(address: str, *, at_most: int, seconds: float = 30.0) -> bytes:
    """What stands at `address`. Raises UsageError."""
    import io

    held = io.BytesIO()
    _copy(address, held, at_most, seconds)
    return held.getvalue()


def _copy(address: str, file: IO[bytes], at_most: int, seconds: float) -> None:
    from ringfence.network.transfer import Transfers
    from ringfence.network.watch import Bounds, TransferError

    length = 0
    try:
        with closing(Transfers(Bounds(deadline=seconds))) as transfers:
            for chunk in transfers.get(address):
                length += len(chunk)
                if length > at_most:
                    raise UsageError(f"{address[:200]} gives more than {at_most} bytes")
                file.write(chunk)
    except TransferError as error:
        raise UsageError(str(error)) from None
