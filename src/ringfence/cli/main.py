"""The command line: finds the command, and turns every error into one sentence and an exit code.

Only the module of the command that was asked for is imported, so `ringfence --help` costs
argparse and little else.
"""

from __future__ import annotations

import argparse
import errno
import gc
import os
import sys

from ringfence import __version__
from ringfence.errors import INTERNAL_EXIT, RingfenceError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, without its cost
    from types import ModuleType
    from typing import NoReturn

#: Every command and its one line of help, in the order of a newcomer's way.
COMMANDS: dict[str, str] = {
    "run": "call one granted method of a plugin in a fresh cell",
    "grant": "allow methods of a plugin, with the paths, secrets and network they may have",
    "revoke": "take a grant back",
    "grants": "list what is granted",
    "trust": "let the configuration of a folder hold that you did not write",
    "explain": "show the isolation of a call, without making it",
    "upm": "call a plugin of the older form, from upm_config.json",
    "plugin": "make, check and describe a plugin",
    "vet": "examine a plugin before installing it: form, code, secrets, dependencies and behaviour",
    "journal": "read, verify and export the record of every call",
    "audit": "find what is unsafe in configuration of every kind, and secrets in any text, and fix it",
    "emit": "write a hardened service from a short description",
    "advisories": "look for known vulnerabilities and malicious packages among a plugin's dependencies",
    "controls": "show the catalogue of security controls",
    "search": "find plugins in the indexes that are used here",
    "show": "show what an index says about a plugin: versions, permissions, reviews, vetting",
    "install": "install a reviewed, signed plugin from an index",
    "upgrade": "install newer versions of what is installed",
    "uninstall": "remove an installed plugin",
    "list": "list what is installed",
    "outdated": "list what is installed and has a newer or a withdrawn version",
    "verify": "check installed plugins against what was signed, also offline",
    "lock": "write down exactly what is installed, to be installed again with `install --locked`",
    "mirror": "copy an index, whole or in part, also to where there is no network",
    "publish": "sign a release of your plugin and send it to an index",
    "key": "make a key pair, or show a public key",
    "index": "keep an index of plugins, or use one",
    "image": "build, examine, sign and verify hardened base images",
    "serve": "answer calls on a unix socket or standard input, from a pool of ready cells",
    "doctor": "show what this machine can isolate, what is missing, and how to get it",
    "completion": "print a completion script for your shell",
}

_EPILOG = """\
the way of a call:
  ringfence grant ./plugins/pip-inspect --method requirements --read requirements=./examples
  ringfence run pip-inspect requirements '{"file": "requirements.txt"}'
  ringfence journal show --last 2

exit codes: 0 success; 1 findings; 2 usage; 3 configuration; 4 not granted; 5 plugin changed; 6 invalid arguments;
7 invalid plugin; 8 no sandbox; 9 no secret; 10-18 the call failed; 20 no journal; 21 journal tampered with;
30 and 31 not examined; 40-46 indexes and keys; 47 the disk.
All are listed in docs/exit-codes.md.
"""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """As wide as the terminal; argparse would ask `shutil`, which loads two compressors."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    """$COLUMNS, else the terminal's width, else 80: as `shutil.get_terminal_size` has it."""
    named = os.environ.get("COLUMNS", "")
    if named.isdecimal() and int(named) > 0:
        return int(named)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or 80
    except (OSError, ValueError):
        return 80


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        # argparse names the function that reads a value: `invalid _count value: 'x'`.
        message = message.replace(": invalid _", ": invalid ").replace(": invalid int value", ": invalid number")
        raise UsageError(message, hint=f"see '{self.prog} --help'")


def build_parser(*names: str) -> argparse.ArgumentParser:
    """The parser, with the named commands. Making one costs time, so the others are only listed."""
    parser = _Parser(
        prog="ringfence",
        usage=None if names else "ringfence [-h] [--version] COMMAND ...",
        description="Runs plugins you did not write: granted, validated, sandboxed and journalled.",
        epilog=_listing() + _EPILOG,
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"ringfence {__version__}")
    if not names:
        return parser
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog="ringfence")
    for name in names:
        text = COMMANDS[name]
        command = commands.add_parser(
            name,
            help=text,
            description=text[0].upper() + text[1:] + ".",
            allow_abbrev=False,
            formatter_class=_Formatter,
        )
        _common(command, default=False)
        _module(name).add_arguments(command)
        for action in command._actions:
            for below in action.choices.values() if isinstance(action.choices, dict) else ():
                # SUPPRESS: an option before the subcommand is not undone by its absence behind it.
                _common(below, default=argparse.SUPPRESS)
    return parser


def _listing() -> str:
    lines = [f"    {name:<10}  {text}" for name, text in COMMANDS.items()]
    return "\n".join(["commands:", *lines, "", ""])


def _common(parser: argparse.ArgumentParser, *, default: object) -> None:
    """What every command takes, before or behind a subcommand."""
    parser.add_argument("--json", action="store_true", default=default, help="print JSON")
    parser.add_argument(
        "--config",
        metavar="FILE",
        default=default or None,
        help="ringfence.toml to use (else $RINGFENCE_CONFIG, the nearest upwards, or the user's own)",
    )


def _module(name: str) -> ModuleType:
    """The module of a command: add_arguments(parser), run(args) -> exit code.

    Where it has `begin()`, that is called before the words are parsed, and gives `args.begun`; where they cannot be
    parsed, or nothing can begin, its `refused(error)` answers whoever reads standard output.
    """
    from importlib import import_module

    return import_module(f"ringfence.cli.{name}")


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    gc.disable()  # most commands live for a blink, and make no cycles worth looking for
    words = sys.argv[1:] if argv is None else argv
    try:
        _open_streams()
        return _run(words)
    except RingfenceError as error:
        return _said(error)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 141
    except OSError as error:
        if error.errno == errno.ENOENT and error.filename is None:
            return _said(UsageError("the working directory does not exist any more"))
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            return _defect(error)
        from ringfence.errors import DiskUnavailable

        place = error.filename2 or error.filename
        what = f"{place} cannot be written" if place else "a file cannot be written"
        return _said(DiskUnavailable(f"{what}: {(error.strerror or 'error').lower()}"))
    except Exception as error:  # the one place where a defect becomes a sentence
        return _defect(error)


def _open_streams() -> None:
    """No file that is opened later may take the number of a standard stream that somebody closed."""
    answers = sys.stdout is not None
    while (descriptor := os.open(os.devnull, os.O_RDWR)) < 3:
        name = ("stdin", "stdout", "stderr")[descriptor]
        setattr(sys, name, os.fdopen(descriptor, "w" if descriptor else "r", encoding="utf-8"))
    os.close(descriptor)
    if not answers:
        raise UsageError("standard output is closed: there is nowhere to answer")


def _buffer_output() -> None:
    """With $PYTHONUNBUFFERED Python writes once, and loses silently what a full pipe did not take before a signal."""
    import io

    stream = sys.stdout
    if isinstance(stream, io.TextIOWrapper) and isinstance(stream.buffer, io.RawIOBase):
        buffered = io.BufferedWriter(stream.detach())
        sys.stdout = io.TextIOWrapper(buffered, encoding=stream.encoding, errors=stream.errors, line_buffering=True)


def _said(error: RingfenceError) -> int:
    """One sentence, and a hint where there is one; the exit code."""
    print(f"ringfence: {_one_line(error.message)}", file=sys.stderr)
    if error.hint:
        print(f"hint: {_one_line(error.hint)}", file=sys.stderr)
    return error.exit_code


def command() -> NoReturn:
    """What the shell starts: `main`, and the end of the process."""
    _buffer_output()
    leave(main())


def leave(code: int) -> NoReturn:
    """End now. To take the interpreter apart costs 8 ms and gives back nothing that the kernel does not.

    Whoever watches the interpreter (a profiler, a debugger), or has threads that must end first, waits for it.
    """
    threading = sys.modules.get("threading")
    if sys.getprofile() or sys.gettrace() or (threading and threading.active_count() > 1):
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105  # contextlib would have to be imported
            stream.flush()
        except (OSError, ValueError, AttributeError):  # closed, or its reader is gone: the code has said so
            pass
    os._exit(code)


def _run(words: list[str]) -> int:
    name = next((word for word in words if not word.startswith("-")), "")
    if name and name not in COMMANDS:
        raise UsageError(f"there is no command {name!r}", hint=_near(name))
    begin = getattr(_module(name), "begin", None) if name else None
    try:
        begun = begin() if begin else None
        parser = build_parser(*([name] if name else []))
        args, left = parser.parse_known_args(words)
        if left:
            what = "option" if left[0].startswith("-") else "place for"
            raise UsageError(
                f"{name} has no {what} {left[0]!r}" if name else f"there is no option {left[0]!r}",
                hint=f"see '{f'ringfence {name}'.rstrip()} --help'",
            )
    except RingfenceError as error:
        if told := getattr(_module(name), "refused", None) if name else None:
            told(error)
        raise
    args.begun = begun
    if not name:
        parser.print_help()
        return UsageError.exit_code
    code: int = _module(args.command).run(args)
    if sys.stdout is not None and not sys.stdout.closed:  # None where its reader is gone, which is no failure
        sys.stdout.flush()
    return code


def _near(name: str) -> str:
    """What may have been meant by the name of a command that there is not."""
    import difflib

    near = difflib.get_close_matches(name, COMMANDS, n=1)
    return f"did you mean '{near[0]}'?" if near else f"choose from: {', '.join(COMMANDS)}"


def _one_line(text: str) -> str:
    """Untrusted parts of a sentence cannot draw on the terminal."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _defect(error: Exception) -> int:
    import traceback

    if os.environ.get("RINGFENCE_DEBUG"):
        traceback.print_exception(error)
    print(f"ringfence: defect: {type(error).__name__}: {_one_line(str(error))}", file=sys.stderr)
    print("hint: set RINGFENCE_DEBUG=1 for the traceback, and please report it", file=sys.stderr)
    return INTERNAL_EXIT
