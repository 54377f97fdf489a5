"""`ringfence advisories`: the advisories on this machine, and what they say of a plugin's dependencies."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.cli import draft

if TYPE_CHECKING:
    from ringfence.advisories.dependencies import Feed
    from ringfence.advisories.finding import DependencyFinding, Examination
    from ringfence.advisories.match import Match
    from ringfence.advisories.snapshot import Header

_WEIGHTS = ("low", "medium", "high", "critical")
_EPILOG = """\
examples:
  ringfence advisories update                      every advisory about PyPI, from OSV
  ringfence advisories update /media/usb/all.zip   the same without a network
  ringfence advisories check ./plugins/mine        a plugin, a lock or a requirements file; needs no network
  ringfence advisories check --online pylock.toml  also ask the package index itself
  ringfence advisories check --installed           what is installed, and stands on packages found unsafe since
  ringfence advisories sbom ./plugins/mine         its bill of materials
  ringfence advisories installed                   the installed plugins, against their indexes' own advisories
  ringfence advisories show                        what is at hand, and how old it is

exit codes of check: 0 nothing found, 1 findings, 30 something could not be examined, 31 there was nothing to examine.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    parser.epilog = _EPILOG
    commands = parser.add_subparsers(dest="advisories_command", metavar="COMMAND", required=True)

    update = commands.add_parser("update", help="fetch or read advisories (OSV) and keep them")
    update.add_argument("source", nargs="?", metavar="FROM", help="a file, a folder, an https: or file: address")
    update.add_argument("--accept-less", action="store_true", help="take data that are older or fewer than those here")
    _add_data(update)

    check = commands.add_parser("check", help="examine the dependencies of plugins, locks and requirements files")
    check.add_argument("paths", nargs="*", metavar="PATH", help="a plugin's folder, or a lock")
    check.add_argument("--installed", action="store_true", help="every plugin that is installed")
    check.add_argument("--online", action="store_true", help="also ask the package index that pip is configured for")
    check.add_argument("--fail-on", choices=_WEIGHTS, default="low", help="from when on to exit with 1")
    _add_data(check)

    sbom = commands.add_parser("sbom", help="print the bill of materials of a plugin (CycloneDX 1.6)")
    sbom.add_argument("path", metavar="PLUGIN", help="a plugin's folder")

    new = commands.add_parser("new", help="write an advisory of our own (OSV), with its scores computed")
    draft.add_arguments(new)
    new.add_argument("--in", dest="folder", metavar="DIR", default=".", help="where it goes, beside those before it")

    feed = commands.add_parser("feed", help="print a folder's advisories as a feed")
    feed.add_argument("folder", metavar="DIR", help="where `advisories new` wrote them")
    feed.add_argument("--format", choices=("osv", "json", "atom"), default="osv", help="default: osv, all in one array")
    feed.add_argument("--title", default="Advisories", metavar="TEXT", help="what the feed is called")
    feed.add_argument("--url", default="", metavar="URL", help="below which advisories/ID.json stand")

    commands.add_parser("installed", help="hold the installed plugins against the advisories of their indexes")

    vex = commands.add_parser("vex", help="print what vulnerabilities mean for a plugin (CycloneDX VEX)")
    vex.add_argument("file", metavar="FILE", help="TOML with [[statement]]: plugin, version, vulnerability, state, …")

    _add_data(commands.add_parser("show", help="what is at hand, and how old it is"))


def run(args: argparse.Namespace) -> int:
    """Do what was asked for. Raises RingfenceError."""
    return _COMMANDS[args.advisories_command](args)


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", metavar="FILE", help="the file with the advisories (default: in the state folder)")


def _data(args: argparse.Namespace) -> Path:
    from ringfence.gate.state import state_dir

    return Path(args.data) if args.data else state_dir() / "advisories" / "pypi"


def _update(args: argparse.Namespace) -> int:
    from ringfence.advisories import snapshot
    from ringfence.advisories.update import OSV_PYPI, update

    header = update(
        args.source or OSV_PYPI,
        _data(args),
        now=snapshot.now(),
        accept_less=args.accept_less,
        progress=_progress if sys.stderr.isatty() else None,
    )
    _print_header(args, header)
    return 0


def _progress(count: int) -> None:
    print(f"\r{count} records", end="", file=sys.stderr, flush=True)


def _show(args: argparse.Namespace) -> int:
    from ringfence.advisories.snapshot import Snapshot

    with Snapshot.open(_data(args)) as held:
        _print_header(args, held.header)
    return 0


def _print_header(args: argparse.Namespace, header: "Header") -> None:
    from ringfence.advisories import snapshot
    from ringfence.advisories.known import said, warnings
    from ringfence.cli.output import print_json, warn

    now = snapshot.now()
    names = ("source", "fetched", "newest", "records", "names", "malicious", "withdrawn", "unread", "sha256")
    if args.json:
        print_json({name: getattr(header, name) for name in names} | {"warnings": list(warnings(header, now))})
        return
    print(f"{header.records} advisories about {header.names} packages, {header.malicious} of them of malware")
    print(
        f"from {header.source}, fetched {header.fetched}, the newest of {header.newest} ({said(header.age(now))} old)"
    )
    print(f"withdrawn and left out: {header.withdrawn}; not understood: {header.unread}; sha256 {header.sha256}")
    for text in warnings(header, now):
        warn(text)


def _check(args: argparse.Namespace) -> int:
    from ringfence.cli.output import print_json

    data = _data(args)
    feed = _feed() if args.online else None
    found = [(path, _examined(Path(path), data, feed)) for path in _chosen(args)]
    if args.json:
        print_json({"examined": [_as_json(path, one) for path, one in found]})
    else:
        for path, one in found:
            _print(path, one)
    return _exit_code(args.fail_on, found)


def _chosen(args: argparse.Namespace) -> list[str]:
    """The paths that are named, and the folders of what is installed."""
    from ringfence.errors import UsageError
    from ringfence.gate.state import state_dir
    from ringfence.plugins import installed

    if not args.paths and not args.installed:
        raise UsageError("name what to check", hint="a plugin's folder, a lock, or --installed")
    folders = [str(one.folder) for one in installed.everything(state_dir())] if args.installed else []
    return [*args.paths, *folders]


def _feed() -> "Feed":
    from functools import partial

    from ringfence.advisories.feed import ask, configured_index

    return partial(ask, index=configured_index())


def _examined(path: Path, data: Path, feed: "Feed | None") -> "Examination":
    from ringfence.advisories.dependencies import examine, examine_lock
    from ringfence.errors import UsageError

    if path.is_dir():
        return examine(path, data=data, feed=feed)
    if not path.exists():
        raise UsageError(f"there is no {path}")
    return examine_lock(path, data=data, feed=feed)


def _sbom(args: argparse.Namespace) -> int:
    from ringfence.advisories.sbom import bill

    print(bill(Path(args.path)).decode(), end="")
    return 0


def _new(args: argparse.Namespace) -> int:
    import os

    from ringfence.advisories import own, snapshot
    from ringfence.errors import UsageError

    folder = Path(args.folder)
    taken = [path.stem for path in folder.glob(f"{own.PREFIX}-*.json")]
    record = own.new(draft.read(args), taken=taken, now=snapshot.now())
    path = folder / f"{record['id']}.json"
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb") as file:
            file.write(own.to_bytes(record))
    except OSError as error:
        raise UsageError(f"cannot write {path}: {(error.strerror or 'error').lower()}") from None
    print(path)
    return 0


def _feed_of(args: argparse.Namespace) -> int:
    from ringfence.advisories import feeds, own
    from ringfence.errors import UsageError
    from ringfence.plugins.files import read_member

    folder = Path(args.folder)
    names = sorted(path.name for path in folder.glob(f"{own.PREFIX}-*.json"))
    if not names:
        raise UsageError(f"there is no {own.PREFIX}-….json in {folder}", hint="`ringfence advisories new` writes one")
    if args.format != "osv" and not args.url.startswith(("https://", "http://")):
        raise UsageError("a feed for readers names addresses", hint="--url https://…")
    records = [own.read(read_member(folder, name, 4 << 20)) for name in names]
    if args.format == "osv":
        made = feeds.everything(records)
    else:
        made = (feeds.atom if args.format == "atom" else feeds.json_feed)(records, title=args.title, base=args.url)
    print(made.decode(), end="")
    return 0


def _vex(args: argparse.Namespace) -> int:
    from ringfence.advisories.vex import document
    from ringfence.cli import vexfile

    print(document(vexfile.read(Path(args.file))).decode(), end="")
    return 0


def _installed(args: argparse.Namespace) -> int:
    from ringfence.cli.output import print_json, style, table, warn
    from ringfence.errors import AUDIT_EXIT, RingfenceError
    from ringfence.gate.state import state_dir
    from ringfence.plugins import installed

    found, unasked = [], []
    everything = installed.everything(state_dir())
    for one in everything:
        try:
            for match, covers in _against(one.index, one.name, one.version):
                rating = match.rating or "unrated"
                row = {"name": one.name, "version": one.version, "id": match.ids[0], "rating": rating}
                found.append(row | {"affected": covers, "fixed": match.fixed, "summary": match.summary})
        except RingfenceError as error:
            unasked.append(f"{one.name} was not held against the advisories of {one.index}: {error.message}")
    if args.json:
        print_json({"installed": len(everything), "affected": found, "unexamined": unasked})
    elif found:
        headers = ("NAME", "VERSION", "ADVISORY", "RATING", "AFFECTED", "FIXED IN", "WHAT")
        print(table([(*list(row.values())[:5], row["fixed"] or "-", row["summary"]) for row in found], headers))
    elif not unasked:
        print(style(f"No advisory covers the {len(everything)} plugins that are installed.", "good"))
    if not args.json:
        for text in unasked:
            warn(text)
    if unasked:
        return AUDIT_EXIT["unread"]
    return AUDIT_EXIT["findings"] if found else 0


def _against(index: str, name: str, version: str) -> "list[tuple[Match, str]]":
    from ringfence.cli.install import open_client
    from ringfence.index.advised import against, ranges

    with open_client(index) as client:
        found = against(client, name, version)
        return [(match, "; ".join(ranges(client, name, match.ids))) for match in found]


def _exit_code(fail_on: str, found: "list[tuple[str, Examination]]") -> int:
    from ringfence.errors import AUDIT_EXIT

    least = _WEIGHTS.index(fail_on)
    if any(one.unexamined for _, one in found):
        return AUDIT_EXIT["unread"]
    if any(_WEIGHTS.index(finding.severity) >= least for _, one in found for finding in one.findings):
        return AUDIT_EXIT["findings"]
    examined = any(one.locks or one.findings or (Path(path) / "plugin.toml").is_file() for path, one in found)
    return 0 if examined else AUDIT_EXIT["nothing-examined"]


def _as_json(path: str, one: "Examination") -> dict[str, object]:
    names = ("rule", "severity", "path", "line", "message", "hint", "package", "ids")
    return {
        "path": path,
        "packages": sum(len(lock.pins) for lock in one.locks),
        "locks": [{"path": lock.path, "kind": lock.kind, "sha256": lock.sha256} for lock in one.locks],
        "findings": [{name: getattr(finding, name) for name in names} for finding in one.findings],
        "unexamined": list(one.unexamined),
        "warnings": list(one.warnings),
    }


def _print(path: str, one: "Examination") -> None:
    from ringfence.cli.output import style, warn

    for finding in one.findings:
        print(_line(path, finding))
        if finding.hint:
            print(style(f"    {finding.hint}", "dim"))
    count = len({pin.called for lock in one.locks for pin in lock.pins})
    packages = "1 package" if count == 1 else f"{count} packages"
    locks = f"{packages} in {', '.join(lock.path for lock in one.locks)}" if one.locks else "no lock"
    findings = "1 finding" if len(one.findings) == 1 else f"{len(one.findings)} findings"
    print(f"{path}: {locks}, {findings}")
    for text in one.warnings:
        warn(text)
    for text in one.unexamined:
        print(style(f"not examined: {text}", "warn"))


def _line(path: str, finding: "DependencyFinding") -> str:
    from ringfence.cli.output import style

    name = Path(path).name if finding.path == Path(path).name else f"{path.rstrip('/')}/{finding.path}"
    place = f"{name}:{finding.line}" if finding.line else name
    kind = "bad" if finding.severity in ("high", "critical") else "warn"
    return f"{place}: {style(finding.severity, kind)} {finding.message} [{finding.rule}]"


_COMMANDS = {
    "update": _update,
    "check": _check,
    "show": _show,
    "sbom": _sbom,
    "new": _new,
    "feed": _feed_of,
    "vex": _vex,
    "installed": _installed,
}
