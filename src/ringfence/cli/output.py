"""What commands print: tables, colour on a terminal only, JSON."""

import errno
import os
import sys
from collections.abc import Sequence

_COLOURS = {"good": "32", "bad": "31", "warn": "33", "dim": "2", "bold": "1"}


def is_coloured() -> bool:
    """Whether standard output is a terminal whose user wants colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def style(text: str, kind: str) -> str:
    """The text in a colour: "good", "bad", "warn", "dim" or "bold"; plain where nobody sees it."""
    if not is_coloured():
        return text
    return f"\x1b[{_COLOURS[kind]}m{text}\x1b[0m"


def plain(text: str, *, tabs: bool = False) -> str:
    """A text of somebody else's, that cannot draw on the terminal; `tabs` may stand in lines of code."""
    return "".join(c if c.isprintable() or (tabs and c == "\t") else f"\\x{ord(c):02x}" for c in text)


def table(rows: Sequence[tuple[str, ...]], headers: tuple[str, ...]) -> str:
    """Columns as wide as their widest cell; the last one runs free."""
    widths = [max(len(row[i]) for row in [headers, *rows]) for i in range(len(headers))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    head = "  ".join(cell.ljust(width) for cell, width in zip(headers, widths, strict=True)).rstrip()
    return "\n".join([style(head, "bold"), *lines])


def print_json(value: object) -> None:
    """One JSON document on standard output."""
    import json

    print(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False))


def warn(text: str) -> None:
    """A warning on standard error."""
    print(f"ringfence: warning: {text}", file=sys.stderr)


def write_file(path: str, text: str) -> None:
    """Put a text into a file, over what stood there. Raises UsageError where that is not possible, and for a link.

    Reports are written into trees that others wrote, and a link leads where they want. Those of the system do not.
    """
    from ringfence.errors import UsageError

    ours = os.path.abspath(path).startswith(("/dev/", "/proc/"))
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | (0 if ours else os.O_NOFOLLOW)
    try:
        descriptor = os.open(path, flags, 0o666)
        with open(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.write(text)
    except OSError as error:
        why = "it is a link" if error.errno == errno.ELOOP else error.strerror
        raise UsageError(f"cannot write {path}: {why}") from None
