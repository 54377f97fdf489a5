"""Runs inside a watched cell, before the plugin: puts up the filter that asks, and sets the clock.

The standard library alone, as it is copied beside the plugin's files. It gives the listener to nobody: the parent takes
it, and it is closed here before a byte of the plugin is read.
"""

from __future__ import annotations

import contextlib
import ctypes
import datetime
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, without its cost
    from typing import Any

#: The path whose opening says that the filter stands, and waits until the parent answers.
READY = "/ringfence-ready"
_SECCOMP_SET_MODE_FILTER = 1
_SECCOMP_FILTER_FLAG_NEW_LISTENER = 8
_NUMBERS = {"x86_64": 317, "aarch64": 277}


class Witness:
    """The class that the guest calls in the plugin's place."""

    def call(self, request: dict[str, Any], program: str, forward: float) -> object:
        """Watch this process from here on, then call the plugin's method as the guest would."""
        import guest

        listener = _watched(bytes.fromhex(program))
        with contextlib.suppress(OSError):
            os.open(READY, os.O_RDONLY)
        os.close(listener)
        if forward:
            _set_clock(forward)
        sys.modules.pop(__name__, None)
        return guest._call(request)


class _Program(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def _watched(program: bytes) -> int:
    """Put the filter up; the descriptor on which it asks."""
    made = _Program(len(program) // 8, program)
    libc = ctypes.CDLL(None, use_errno=True)
    number = _NUMBERS[os.uname().machine]
    found = libc.syscall(
        ctypes.c_long(number), _SECCOMP_SET_MODE_FILTER, _SECCOMP_FILTER_FLAG_NEW_LISTENER, ctypes.byref(made)
    )
    if found < 0:
        raise OSError(ctypes.get_errno(), "seccomp: " + os.strerror(ctypes.get_errno()))
    return int(found)


def _set_clock(seconds: float) -> None:
    """Python's clocks, so much later. Native code still sees the kernel's."""
    import time

    real_time, real_ns, real_local, real_utc = time.time, time.time_ns, time.localtime, time.gmtime
    real_format, real_text = time.strftime, time.ctime
    time.time = lambda: real_time() + seconds
    time.time_ns = lambda: real_ns() + int(seconds * 1e9)
    time.localtime = lambda at=None: real_local(real_time() + seconds if at is None else at)
    time.gmtime = lambda at=None: real_utc(real_time() + seconds if at is None else at)
    time.strftime = lambda form, at=None: real_format(form, time.localtime() if at is None else at)
    time.ctime = lambda at=None: real_text(real_time() + seconds if at is None else at)
    shift = datetime.timedelta(seconds=seconds)
    real_datetime, real_date = datetime.datetime, datetime.date

    def now(cls: type, tz: datetime.tzinfo | None = None) -> datetime.datetime:
        return real_datetime.now(tz) + shift

    def today(cls: type) -> datetime.date:
        return (real_datetime.now() + shift).date()

    moments = {"now": classmethod(now), "today": classmethod(now), "utcnow": classmethod(lambda cls: _utc(now(cls)))}
    setattr(datetime, "datetime", _Shifted("datetime", (real_datetime,), moments))  # noqa: B010
    setattr(datetime, "date", _Shifted("date", (real_date,), {"today": classmethod(today)}))  # noqa: B010


def _utc(local: datetime.datetime) -> datetime.datetime:
    """The same moment in UTC, without saying so, as `utcnow` gives it."""
    return local.astimezone(datetime.timezone.utc).replace(tzinfo=None)  # noqa: UP017


class _Shifted(type):
    """A class that stands in for another: what is of that one is of this."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, cls.__mro__[1])
