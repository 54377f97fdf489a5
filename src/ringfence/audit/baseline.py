"""A baseline: the findings that old code has, so that only new ones count. A JSON file of fingerprints."""

import json
import os

from ringfence import dataclasses, strictjson
from ringfence.audit.finding import Report
from ringfence.errors import ConfigError

MAX_BYTES = 64 * 1024 * 1024


def write(file: str, report: Report) -> int:
    """Record every finding that is not waived; returns how many."""
    prints = sorted({one.fingerprint for one in report.findings if one.waived is None})
    text = json.dumps({"version": 1, "findings": prints}, indent=1) + "\n"
    try:
        with open(f"{file}.new", "w", encoding="utf-8") as handle:
            handle.write(text)
        os.replace(f"{file}.new", file)
    except OSError as error:
        raise ConfigError(f"the baseline cannot be written: {error.strerror}", file=file) from None
    return len(prints)


def read(file: str) -> frozenset[str]:
    """The fingerprints of a baseline. Raises ConfigError for a file that is none."""
    try:
        with open(file, "rb") as handle:
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
