"""`ringfence journal`: show, verify and export the record of what ran; checkpoints and the key."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ringfence.journal.line import Entry
    from ringfence.journal.note import Checkpoint, PublicKey
    from ringfence.journal.read import Filter
    from ringfence.journal.verify import Report

_EPILOG = """\
examples:
  ringfence journal show --last 20                     the newest records
  ringfence journal show --status error --since 2h     what went wrong lately
  ringfence journal verify                             is every record as it was written?
  ringfence journal checkpoint > elsewhere/checkpoint  a signed state to keep away from this machine
  ringfence journal verify --checkpoint elsewhere/checkpoint --public-key elsewhere/key.pub
  ringfence journal export --format ocsf --follow      a stream for a SIEM
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    parser.epilog = _EPILOG
    commands = parser.add_subparsers(dest="journal_command", metavar="COMMAND", required=True)

    show = commands.add_parser("show", help="print records")
    _add_filters(show)

    export = commands.add_parser("export", help="print records in the format of another system")
    export.add_argument("--format", choices=("ocsf", "syslog", "json"), default="ocsf", help="default: ocsf")
    _add_filters(export)

    verify = commands.add_parser("verify", help="check that no record was changed, removed or added")
    verify.add_argument("--checkpoint", metavar="FILE", help="a signed checkpoint kept elsewhere")
    verify.add_argument("--public-key", metavar="KEY", help="the public key, or a file with it, kept elsewhere")
    verify.add_argument("--deep", action="store_true", help="parse every record too (about nine times slower)")
    _add_directory(verify)

    _add_directory(commands.add_parser("checkpoint", help="sign the journal as it is and print the checkpoint"))
    _add_directory(commands.add_parser("key", help="print the public key that signs the checkpoints"))


def run(args: argparse.Namespace) -> int:
    """Do what was asked for. Raises RingfenceError; JournalTampered (21) is verify's bad answer."""
    return _COMMANDS[args.journal_command](args)


def _add_directory(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--journal", metavar="DIR", help="the journal's directory (default: the configured one)")


def _add_filters(parser: argparse.ArgumentParser) -> None:
    for name, what in (
        ("type", "call, outcome, refusal, grant, revoke, trust, start, stop or recovery"),
        ("plugin", "only this plugin"),
        ("method", "only this method"),
        ("status", "ok or error"),
        ("code", "only this code, such as not-granted"),
        ("request-id", "only this request"),
    ):
        parser.add_argument(f"--{name}", metavar=name.upper().replace("-", "_"), help=what)
    parser.add_argument("--since", metavar="WHEN", help="not before: 2026-01-31T12:00:00Z, or an age such as 2h")
    parser.add_argument("--until", metavar="WHEN", help="not after")
    parser.add_argument("--after", metavar="SEQ", type=int, help="only records after this number")
    parser.add_argument("--last", metavar="N", type=_count, help="only the newest N")
    parser.add_argument("--follow", action="store_true", help="go on with records as they come")
    _add_directory(parser)


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("a count is not negative")
    return number


def _directory(args: argparse.Namespace) -> Path:
    if args.journal:
        return Path(args.journal)
    from ringfence.gate.config import load

    return load(args.config).journal


def _show(args: argparse.Namespace) -> int:
    return _print_records(args, _as_json if args.json else _coloured)


def _coloured(entry: "Entry") -> str:
    from ringfence.cli.output import style
    from ringfence.journal.show import one_line

    if entry.record.get("type") in ("refusal", "recovery"):
        return style(one_line(entry), "warn")
    return style(one_line(entry), "bad") if entry.record.get("status") == "error" else one_line(entry)


def _export(args: argparse.Namespace) -> int:
    from ringfence.journal import ocsf, syslog

    formats: dict[str, Callable[[Entry], str]] = {
        "ocsf": lambda entry: _dump(ocsf.event(entry)),
        "syslog": syslog.message,
        "json": _as_json,
    }
    return _print_records(args, formats[args.format])


def _as_json(entry: "Entry") -> str:
    return _dump(entry.record | {"seq": entry.seq})


def _dump(value: object) -> str:
    """One line of ASCII JSON, so that nothing in it can reach a terminal as anything but text."""
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def _print_records(args: argparse.Namespace, line: "Callable[[Entry], str]") -> int:
    """Print each entry as it comes; a reader that went away or Ctrl-C is a quiet end."""
    try:
        for entry in _entries(args):
            print(line(entry), flush=args.follow)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = None  # nobody reads it, and flushing it at exit would fail again
    except KeyboardInterrupt:
        if not args.follow:
            raise
    return 0


def _entries(args: argparse.Namespace) -> "Iterator[Entry]":
    from ringfence.journal import read

    directory, wanted = _directory(args), _filter(args)
    if args.follow:
        return read.follow(directory, wanted, last=args.last)
    return read.records(directory, wanted, last=args.last)


def _filter(args: argparse.Namespace) -> "Filter":
    from ringfence.journal import read

    return read.Filter(
        plugin=args.plugin,
        method=args.method,
        status=args.status,
        code=args.code,
        type=args.type,
        request_id=args.request_id,
        since=read.parse_when(args.since) if args.since else None,
        until=read.parse_when(args.until) if args.until else None,
        after=args.after,
    )


def _verify(args: argparse.Namespace) -> int:
    from time import perf_counter

    from ringfence.journal.verify import verify

    held, key = _held(args.checkpoint), _key(args.public_key)
    begin = perf_counter()
    report = verify(_directory(args), held=held, key=key, deep=args.deep)
    seconds = perf_counter() - begin
    if args.json:
        print(_dump(_report(report, seconds)))
    else:
        print("\n".join(_sentences(report, seconds, held_elsewhere=key is not None)))
    return 0


def _held(file: str | None) -> "list[Checkpoint]":
    """The checkpoints in a file. Raises UsageError if there is none: nothing would be proved."""
    if file is None:
        return []
    from ringfence.errors import UsageError
    from ringfence.journal.note import MAX_NOTE_BYTES, parse_all

    data = _read(file, 64 * MAX_NOTE_BYTES)
    found, used = parse_all(data)
    if not found or used < len(data):
        raise UsageError(f"{file} is not a signed checkpoint", hint="`ringfence journal checkpoint` prints one")
    return found


def _key(text: str | None) -> "PublicKey | None":
    if text is None:
        return None
    from ringfence.journal.note import PublicKey

    return PublicKey.parse(text if "+" in text else _read(text, 4096).decode(errors="replace"))


def _read(file: str, limit: int) -> bytes:
    from ringfence.errors import UsageError

    try:
        with open(file, "rb") as stream:
            return stream.read(limit)
    except OSError as error:
        raise UsageError(f"cannot read {file}: {(error.strerror or str(error)).lower()}") from None


def _report(report: "Report", seconds: float) -> dict[str, object]:
    names = ("records", "segments", "bytes", "checkpoints", "signed", "root", "key", "torn_bytes")
    found: dict[str, object] = {name: getattr(report, name) for name in names}
    return found | {
        "verified": True,
        "set_aside": list(report.set_aside),
        "seconds": round(seconds, 6),
        "records_per_second": round(report.records / seconds),
    }


def _sentences(report: "Report", seconds: float, *, held_elsewhere: bool) -> "Iterator[str]":
    rate = f"{report.records / seconds:,.0f} records/s, {report.bytes / seconds / 1e6:,.0f} MB/s"
    yield f"verified: {report.records} records in {report.segments} segments, {seconds:.3f} s ({rate})"
    yield f"root: {report.root}"
    if report.signed:
        yield f"signed: {report.signed} records, {report.checkpoints} checkpoints, by {report.key}"
        if not held_elsewhere:
            yield "the key is the one beside the journal: who can write there can replace both (see --public-key)"
    if unsigned := report.records - report.signed:
        yield f"unsigned: the newest {unsigned} records hold together, but no checkpoint covers them yet"
    if report.torn_bytes:
        yield f"torn: {report.torn_bytes} bytes of an unfinished write; the next record sets them aside"
    if report.set_aside:
        yield f"set aside after crashes: {', '.join(report.set_aside)}"


def _checkpoint(args: argparse.Namespace) -> int:
    from ringfence.journal import Journal

    with Journal.open(_directory(args)) as journal:
        note = journal.checkpoint().decode()
    print(_dump({"checkpoint": note}) if args.json else note, end="\n" if args.json else "")
    return 0


def _key_command(args: argparse.Namespace) -> int:
    from ringfence.errors import JournalUnavailable
    from ringfence.journal import Journal, keys

    directory = _directory(args)
    public = keys.public_key(directory)
    if public is None:
        with Journal.open(directory) as journal:
            journal.checkpoint()
        public = keys.public_key(directory)
    if public is None:
        raise JournalUnavailable(f"the journal in {directory} has lost its public key")
    print(_dump({"public_key": str(public)}) if args.json else public)
    return 0


_COMMANDS = {
    "show": _show,
    "export": _export,
    "verify": _verify,
    "checkpoint": _checkpoint,
    "key": _key_command,
}
