"""A baseline: the findings that old code has, so that only new ones count. A JSON file of fingerprints."""

import json
import os
import secrets
import stat

from ringfence import dataclasses, strictjson
from ringfence.audit.finding import Report
from ringfence.errors import ConfigError

MAX_BYTES = 64 * 1024 * 1024


def write(file: str, report: Report) -> int:
    """Record every finding that is not waived; returns how many."""
    prints = sorted({one.fingerprint for one in report.findings if one.waived is None})
    text = json.dumps({"version": 1, "findings": prints}, indent=1) + "\n"
    draft = f"{file}.{secrets.token_hex(8)}"  # a name that nobody can have laid a link under
    try:
        with open(draft, "x", encoding="utf-8") as handle:
            handle.write(text)
        os.replace(draft, file)
    except OSError as error:
        raise ConfigError(f"the baseline cannot be written: {error.strerror}", file=file) from None
    return len(prints)


def read(file: str) -> frozenset[str]:
    """The fingerprints of a baseline. Raises ConfigError for a file that is none."""
    try:
        with open(os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as handle:
            if not stat.S_ISREG(os.fstat(handle.fileno()).st_mode):
                raise ConfigError("the baseline cannot be read: it is no regular file", file=file)
            data = handle.read(MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"the baseline cannot be read: {error.strerror}", file=file) from None
    try:
        match strictjson.loads(data.decode()):
            case {"version": 1, "findings": list(prints)} if all(isinstance(one, str) for one in prints):
                return frozenset(str(one) for one in prints)
    except (ValueError, ConfigError):
        pass
    hint = "make one with --write-baseline"
    raise ConfigError("this is no baseline: version 1 and a list of findings are wanted", file=file, hint=hint)


def without(report: Report, known: frozenset[str]) -> Report:
    """The report without the findings that a baseline knows."""
    kept = tuple(one for one in report.findings if one.fingerprint not in known)
    return dataclasses.replace(report, findings=kept)
