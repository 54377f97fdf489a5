"""`ringfence vet`: examines a plugin before anybody installs it."""

import argparse
import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.cli import output

if TYPE_CHECKING:
    from ringfence.advisories.dependencies import Feed
    from ringfence.vetting.policy import Policy
    from ringfence.vetting.report import Report

_EPILOG = """\
examples:
  ringfence vet ./plugins/text-report
  ringfence vet release.tar.gz --against ./reviewed --format html > vetting.html
  ringfence vet word-count==1.2.0
  ringfence vet ./plugin --step static --step configuration --json

exit codes: 0 it passes, or there are only warnings; 1 something blocks it; 30 something could not be examined.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PATH, the policy, the steps, and what to compare with."""
    parser.epilog = _EPILOG
    add = parser.add_argument
    add("path", metavar="PATH", nargs="?", help="a plugin's folder, an archive, or a release: NAME[==VERSION]")
    add("--policy", metavar="FILE", help="vet.toml: which rules block, which warn, which are off and why")
    add("--step", metavar="STEP", action="append", default=[], help="only this step; can be repeated")
    add("--against", metavar="OLD", help="the folder or archive of the version that was reviewed last")
    add("--data", metavar="DIR", help="the folder of the advisories (default: in the state folder)")
    add("--online", action="store_true", help="also ask the package index that pip is configured for")
    add("--format", metavar="FORM", default="", help="text, json, sarif or html")
    add("--no-cache", action="store_true", help="vet again what was vetted before")
    add("--rules", action="store_true", help="list all rules and what they do")


def run(args: argparse.Namespace) -> int:
    """Vet; returns the exit code. Raises UsageError, ConfigError, InvalidPlugin."""
    from ringfence.errors import UsageError
    from ringfence.vetting.render import FORMS

    if args.rules:
        return _rules(args.json)
    if not args.path:
        raise UsageError("name a plugin's folder, or the archive of a release")
    form = args.format or ("json" if args.json else "text")
    if form not in FORMS:
        raise UsageError(f"there is no report {form!r}", hint=f"choose from: {', '.join(FORMS)}")
    with contextlib.ExitStack() as stack:
        folder = _folder(args.path, stack)
        reviewed = _folder(args.against, stack) if args.against else None
        report = _vetted(args, folder, reviewed)
        _print(report, form, folder)
    return _exit_code(report)


def _folder(path: str, stack: contextlib.ExitStack) -> Path:
    """The folder itself, or one with what is in an archive, for as long as the stack lasts."""
    import tempfile

    found = Path(path)
    if found.is_dir():
        return found
    if not found.is_file():
        found = _released(path, stack)
    from ringfence.plugins.archive import unpack

    base = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ringfence-vet-")))
    base.chmod(0o755)  # cells, which have a user of their own, read it
    unpack(found, base / "plugin")
    return base / "plugin"


def _released(text: str, stack: contextlib.ExitStack) -> Path:
    """The archive of a release of an index that is used here, by NAME or NAME==VERSION, reviewed or not."""
    from ringfence.errors import UsageError
    from ringfence.plugins.names import is_plugin

    name, equals, version = text.partition("==")
    if not is_plugin(name) or "/" in version or (equals and not version):
        hint = "name a plugin's folder, the archive of a release, or a release of an index: NAME or NAME==VERSION"
        raise UsageError(f"there is no {text}", hint=hint)
    from ringfence.cli.install import client_that_has, progress
    from ringfence.index.install import fetch

    client = stack.enter_context(client_that_has(name, None))
    return fetch(client, name, version or None, "candidate", progress).archive


def _vetted(args: argparse.Namespace, folder: Path, reviewed: Path | None) -> "Report":
    from ringfence.errors import UsageError
    from ringfence.gate.state import state_dir
    from ringfence.vetting.vet import STEPS, vet

    if args.data and not Path(args.data).exists():
        raise UsageError(f"there are no advisories in {args.data}", hint="`ringfence advisories update` gets them")
    return vet(
        folder,
        policy=_policy(args.policy, folder),
        reviewed=reviewed,
        data=Path(args.data) if args.data else state_dir() / "advisories",
        steps=args.step or STEPS,
        progress=_progress if sys.stderr.isatty() else None,
        cache=None if args.no_cache else state_dir() / "vetting",
        feed=_feed() if args.online else None,
    )


def _feed() -> "Feed":
    from functools import partial

    from ringfence.advisories.feed import ask, configured_index

    return partial(ask, index=configured_index())


def _policy(named: str | None, plugin: Path) -> "Policy":
    """What was named, else what lies in the working directory: no plugin judges itself, nor does a stranger."""
    from ringfence.configfile import read_trusted
    from ringfence.vetting.policy import NAME, Policy, load, parse

    if named:
        return load(Path(named))
    own = Path(NAME)
    if not own.is_file():
        return Policy()
    if Path.cwd().resolve().is_relative_to(plugin.resolve()):
        output.warn(f"{NAME} is the plugin's own and is not taken; --policy {NAME} takes it")
        return Policy()
    return parse(read_trusted(own.absolute()), NAME)


def _progress(step: str, state: str) -> None:
    """One line that is drawn over and over."""
    print(f"\r\x1b[K{step}: {state}" if state == "begins" else "\r\x1b[K", end="", file=sys.stderr, flush=True)


def _print(report: "Report", form: str, folder: Path) -> None:
    from ringfence.vetting import render

    if form == "json":
        output.print_json(report.as_dict())
    elif form == "text":
        print(render.text(report, output.style), end="")
    else:
        from ringfence.audit.source import Tree

        print(render.audited(report, form, str(folder), Tree(str(folder))), end="")


def _exit_code(report: "Report") -> int:
    from ringfence.errors import AUDIT_EXIT
    from ringfence.vetting.report import Verdict

    if any(one.verdict is Verdict.BLOCK for one in report.findings):
        return AUDIT_EXIT["findings"]
    if report.unexamined and report.verdict is Verdict.BLOCK:
        return AUDIT_EXIT["unread"]
    return 0


def _rules(as_json: bool) -> int:
    from ringfence.vetting.rules import RULES

    if as_json:
        output.print_json({name: rule._asdict() for name, rule in RULES.items()})
        return 0
    rows = [(rule.step, name, rule.verdict.value, rule.severity.value, rule.title) for name, rule in RULES.items()]
    print(output.table(rows, ("step", "rule", "verdict", "severity", "what it says")))
    return 0
