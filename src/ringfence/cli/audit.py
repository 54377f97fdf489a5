"""`ringfence audit`: what is unsafe in the files of a project, on which line, why, and put right."""

import argparse
import os
import sys
from typing import TYPE_CHECKING

from ringfence.cli import output

if TYPE_CHECKING:
    from ringfence.audit.config import AuditConfig
    from ringfence.audit.finding import Report
    from ringfence.audit.settings import Settings

FORMS = ("terminal", "concise", "json", "sarif", "junit", "github", "markdown", "html")
_AT_ONCE = 2000
SEVERITIES = ("low", "medium", "high", "critical")

_EPILOG = """\
examples:
  ringfence audit                          the working directory and all below it
  ringfence audit compose.yaml --diff      what --fix would change
  ringfence audit --fix .                  put right what is safe to; --unsafe-fixes for the rest
  ringfence audit --profile restricted k8s/
  ringfence audit --format sarif=audit.sarif --format terminal .
  ringfence audit --history                secrets in every commit of the repository
  ringfence audit --running                what runs in this machine's container engine; or by names
  helm template chart | ringfence audit - --stdin-name chart.yaml

accepting a finding, in the file, on the line or above it:
  # ringfence: allow published-ports until=2027-01-31 reason="the reverse proxy is public"

exit codes: 0 nothing found at or above --fail-on; 1 something found; 30 something could not be examined;
31 there was nothing to examine; 2 usage; 3 configuration.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PATH… and what to do with them."""
    parser.epilog = _EPILOG
    add = parser.add_argument
    add("paths", metavar="PATH", nargs="*", default=["."], help="files or folders; - reads standard input (default: .)")
    add("--stdin-name", metavar="NAME", default="compose.yaml", help="what a file from standard input is called")
    add("--profile", metavar="NAME", help="default, baseline, restricted, cis, nsa, cis-aws, cis-azure, cis-gcp or all")
    add("--only", metavar="ID", action="append", default=[], help="judge by these controls alone; can be repeated")
    add("--skip", metavar="ID", action="append", default=[], help="leave these controls out; can be repeated")
    add("--exclude", metavar="GLOB", action="append", default=[], help="leave these paths out; can be repeated")
    add("--fail-on", metavar="LEVEL", help="exit 1 from this severity on: low, medium (default), high, critical, never")
    add(
        "--format",
        metavar="FORM[=FILE]",
        action="append",
        default=[],
        help=f"{', '.join(FORMS)}; can be repeated, and =FILE writes into a file",
    )
    add("--no-waivers", action="store_true", help="accept nothing: for files that somebody else wrote")
    add("--show-waived", action="store_true", help="show what was accepted, too")
    add("--baseline", metavar="FILE", help="do not count the findings that are recorded in FILE")
    add("--write-baseline", metavar="FILE", help="record all findings in FILE, to count only new ones from now on")
    add("--fix", action="store_true", help="put right what can be without breaking what runs")
    add("--unsafe-fixes", action="store_true", help="with --fix or --diff: also what can break what runs")
    add("--diff", action="store_true", help="show what --fix would change, and change nothing")
    add(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="settle what fixes assume: memory=512m, user=1000, tmpfs=/tmp,/run",
    )
    add("--history", action="store_true", help="look for secrets in all commits of the git repository")
    add("--running", action="store_true", help="judge running containers instead of files; PATH is their names, or all")
    add("--watch", action="store_true", help="audit again whenever a file changes")


def run(args: argparse.Namespace) -> int:
    """Audit; returns the exit code. Raises UsageError and ConfigError."""
    import gc

    from ringfence.audit import config

    # Nearly all that an audit makes lives until its end: looking for garbage all the time would cost a third of it.
    gc.set_threshold(100_000, 50, 100)
    found = config.load(args.config)
    settings = _settings(args, found)
    fail_on = _fail_on(args.fail_on or found.fail_on or "medium")
    if args.history and (args.fix or args.diff or args.watch or "-" in args.paths):
        from ringfence.errors import UsageError

        raise UsageError("--history only looks", hint="leave out --fix, --diff, --watch and -")
    if args.running and (args.fix or args.diff or args.watch or args.history or "-" in args.paths):
        from ringfence.errors import UsageError

        raise UsageError("--running only looks", hint="put the files right that the containers come from")
    if args.watch:
        return _watch(args, settings, fail_on)
    if args.fix or args.diff:
        return _fix(args, settings, fail_on)
    return _report(args, settings, fail_on)


def _settings(args: argparse.Namespace, found: "AuditConfig") -> "Settings":
    from datetime import UTC, datetime

    from ringfence.audit.select import checked
    from ringfence.audit.settings import Settings, assumed

    forms = {one.partition("=")[0] for one in args.format} or {"json" if args.json else "terminal"}
    return Settings(
        selection=checked(args.profile or found.profile or "default", args.only or found.only, args.skip or found.skip),
        today=datetime.now(UTC).date(),
        waivers=() if args.no_waivers else found.waivers,
        heeds_comments=not args.no_waivers,
        assume=assumed({**found.assume, **_pairs(args.set)}),
        exclude=(*found.exclude, *args.exclude),
        previews=bool(forms & {"terminal", "json", "sarif", "html", "markdown"}),
    )


def _pairs(words: list[str]) -> dict[str, str]:
    from ringfence.errors import UsageError

    for word in words:
        if "=" not in word:
            raise UsageError(f"--set {word!r} has no value", hint="for example --set memory=512m")
    return {name: value for name, _, value in (word.partition("=") for word in words)}


def _fail_on(word: str) -> int:
    from ringfence.errors import UsageError

    if word not in (*SEVERITIES, "never"):
        raise UsageError(f"there is no severity {word!r}", hint=f"choose from: {', '.join(SEVERITIES)}, never")
    return SEVERITIES.index(word) if word != "never" else len(SEVERITIES)


def _report(args: argparse.Namespace, settings: "Settings", fail_on: int) -> int:
    report = _audited(args, settings)
    if args.write_baseline:
        from ringfence.audit import baseline

        count = baseline.write(args.write_baseline, report)
        print(f"{count} findings recorded in {args.write_baseline}", file=sys.stderr)
        return 0
    _write(args, report)
    return _exit_code(report, fail_on)


def _audited(args: argparse.Namespace, settings: "Settings") -> "Report":
    from ringfence.audit.engine import audit, audit_text

    if args.history:
        from ringfence.audit.history import audit_history

        report = audit_history(args.paths, settings)
    elif args.running:
        from ringfence.audit.running import audit_running

        report = audit_running([] if args.paths == ["."] else args.paths, settings)
    elif "-" in args.paths:
        report = audit_text(sys.stdin.buffer.read(16 * 1024 * 1024), args.stdin_name, settings)
    else:
        report = audit(args.paths, settings, _progress if sys.stderr.isatty() else None)
    if args.baseline:
        from ringfence.audit import baseline

        return baseline.without(report, baseline.read(args.baseline))
    return report


def _progress(done: int, whole: int) -> None:
    """One line that is drawn over and over, only when there is something to wait for."""
    if whole >= 500 and (done % 100 == 0 or done == whole):
        print(f"\r{done} of {whole} files" if done < whole else "\r\x1b[K", end="", file=sys.stderr, flush=True)


def _exit_code(report: "Report", fail_on: int) -> int:
    from ringfence.errors import AUDIT_EXIT

    if report.unread:
        return AUDIT_EXIT["unread"]
    if not any(report.files.values()):
        return AUDIT_EXIT["nothing-examined"]
    worst = max((SEVERITIES.index(one.severity) for one in report.findings if one.waived is None), default=-1)
    return AUDIT_EXIT["findings"] if worst >= fail_on else 0


def _write(args: argparse.Namespace, report: "Report") -> None:
    from ringfence.audit import reports
    from ringfence.audit.source import Tree
    from ringfence.errors import UsageError

    wanted = args.format or (["json"] if args.json else ["terminal"])
    read = Tree(report.root)
    for form, _, file in (one.partition("=") for one in wanted):
        if form not in FORMS:
            raise UsageError(f"there is no report {form!r}", hint=f"choose from: {', '.join(FORMS)}")
        colour = not file and form in ("terminal", "concise") and output.is_coloured()
        if form == "concise" and not file:
            _print_lines(report, colour)
            continue
        text = reports.render(form, report, read, colour=colour, columns=_columns(), waived=args.show_waived)
        if file:
            output.write_file(file, text)
        else:
            _print(form, text)


def _print_lines(report: "Report", colour: bool) -> None:
    """One line a finding, a few thousand at a time: a large audit's text need not be in memory whole."""
    from ringfence.audit import reports
    from ringfence.dataclasses import replace

    unread = report.unread
    for start in range(0, max(len(report.findings), 1), _AT_ONCE):
        part = replace(report, findings=report.findings[start : start + _AT_ONCE], unread=unread)
        _print("concise", reports.render("concise", part, lambda path: None, colour=colour))
        unread = ()


def _print(form: str, text: str) -> None:
    """What people read in the encoding of their terminal, with escapes for what it lacks; files' forms in UTF-8."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        print(text, end="")
        return
    sys.stdout.flush()
    buffer.write(text.encode(sys.stdout.encoding if form in ("terminal", "concise") else "utf-8", "backslashreplace"))
    buffer.flush()


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 100


def _fix(args: argparse.Namespace, settings: "Settings", fail_on: int) -> int:
    from ringfence.audit.repair import repair
    from ringfence.audit.reports.view import plural

    if "-" in args.paths:
        from ringfence.errors import UsageError

        raise UsageError("standard input cannot be fixed", hint="name a file")
    repaired = repair(args.paths, settings, unsafe=args.unsafe_fixes, write=not args.diff)
    for one in repaired:
        if args.diff:
            _print_diff(one.diff)
        for subject, why in one.left:
            _note(f"{one.file}: {subject}: not fixed: {why}")
        for assumption in one.assumptions:
            _note(f"{one.file}: assumed {assumption}; --set decides otherwise")
    changed = [one for one in repaired if one.made]
    made = sum(one.made for one in changed)
    verb = "would be put right" if args.diff else "put right"
    print(f"{plural(made, 'finding')} {verb} in {plural(len(changed), 'file')}", file=sys.stderr)
    if args.diff:
        return 0 if not changed else 1
    return _report(args, settings, fail_on)


def _note(said: str) -> None:
    """A line on standard error, with names and values of audited files in it."""
    from ringfence.audit.reports.text import beginning, sentence

    print(beginning(sentence(said)), file=sys.stderr)


def _print_diff(diff: str) -> None:
    """For people on a terminal without what draws on it; for programs as it is. A runner finds no command in either."""
    from ringfence.audit.reports.text import beginning, safe, unordered

    shown = sys.stdout.isatty()
    lines = diff.split("\n")[:-1]
    lines = [beginning(safe(line.rstrip("\r"))) if shown else unordered(line) for line in lines]
    _print("diff", "".join(f"{line}\n" for line in lines))


def _watch(args: argparse.Namespace, settings: "Settings", fail_on: int) -> int:
    from ringfence.audit.watch import changes

    for _ in changes(args.paths, settings):
        print("\x1b[2J\x1b[H" if sys.stdout.isatty() else "", end="")
        _report(args, settings, fail_on)
        sys.stdout.flush()
    return 0
