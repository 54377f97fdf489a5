"""`ringfence index review`: see what there is to review, approve or reject it."""

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.cli import output
from ringfence.errors import UsageError

if TYPE_CHECKING:
    from ringfence.index.review import View
    from ringfence.index.workspace import Workspace


def arguments(_: str, command: argparse.ArgumentParser) -> None:
    """What to review, and the decision."""
    from ringfence.cli.indexkeep import at_argument

    at_argument(command)
    command.add_argument("name", metavar="NAME")
    command.add_argument("version", metavar="VERSION")
    decision = command.add_mutually_exclusive_group()
    decision.add_argument("--approve", action="store_true", help="sign that it may become stable")
    decision.add_argument("--reject", action="store_true", help="sign that it may not")
    command.add_argument("--as", dest="reviewer", metavar="NAME", help="which reviewer you are")
    command.add_argument("--key", metavar="KEY", help="your private key, or KEY.pub=ADDRESS of a device")
    command.add_argument("--reason", default="", metavar="TEXT", help="why")
    command.add_argument(
        "--checked", action="append", default=[], metavar="WHAT", help="a line of the checklist, or all"
    )


def run(args: argparse.Namespace) -> int:
    """Show, or decide."""
    from ringfence.cli.indexkeep import workspace

    space = workspace(args)
    if args.approve or args.reject:
        return _decide(space, args)
    from ringfence.index.review import view

    with tempfile.TemporaryDirectory(prefix="ringfence-review-") as scratch:
        found = view(space, args.name, args.version, Path(scratch))
    if args.json:
        output.print_json(
            {"name": args.name, "version": args.version, "against": found.against, "diff": list(found.diff),
             "permissions": list(found.permissions), "vetting": dict(found.vetting), "archive": found.entry.archive}
        )  # fmt: skip
    else:
        _show(found)
    return 0


def _show(found: "View") -> None:
    from ringfence.index.review import CHECKLIST

    record, entry = found.record, found.entry
    print(output.style(f"{record.name} {found.version} by {record.publisher}", "bold") + f"  {entry.archive}")
    against = (
        f"compared with {found.against}, the last reviewed version" if found.against else "the first to be reviewed"
    )
    print(f"{against}; channel {entry.channel}, approved by {', '.join(entry.approvals) or 'nobody'}")
    print("\nasks for:" if found.permissions else "\nasks for nothing")
    for line in found.permissions:
        print("    " + output.style(output.plain(line, tabs=True), "bad" if line.startswith("+") else "dim"))
    print(f"\nvetting: {entry.vetting or 'none'}")
    steps = found.vetting.get("steps", [])
    for step in steps if isinstance(steps, list) else []:
        for each in step.get("findings", []):
            print("    " + output.plain(f"{each.get('path')}:{each.get('line')}: {each.get('message')}"))
        for what in step.get("unexamined", []):
            print(f"    not examined: {output.plain(str(what))}")
    print()
    for line in found.diff:
        kind = "good" if line.startswith("+") else "bad" if line.startswith("-") else "dim"
        print(output.style(output.plain(line, tabs=True), kind))
    print("\nto approve, each of these has to be true:")
    for what, text in CHECKLIST:
        print(f"    --checked {what:<12}  {text}")


def _decide(space: "Workspace", args: argparse.Namespace) -> int:
    from ringfence.index import places, review
    from ringfence.signing.keyfiles import passphrase_asker
    from ringfence.signing.signers import signer

    if not args.reviewer or not args.key:
        raise UsageError("a decision is signed: --as NAME --key KEY")
    known = [what for what, _ in review.CHECKLIST]
    if unknown := [each for each in args.checked if each not in (*known, "all")]:
        raise UsageError(f"the checklist has no {unknown[0]!r}", hint=f"it has: {', '.join(known)}")
    checked = {what: "all" in args.checked or what in args.checked for what in known}
    entry = review.decide(
        space,
        args.name,
        args.version,
        reviewer=args.reviewer,
        signer=signer(args.key, passphrase_asker(args.passphrase_file)),
        approve=args.approve,
        reason=args.reason,
        checked=checked,
    )
    if args.json:
        output.print_json(
            {"name": args.name, "version": args.version, "channel": entry.channel, "approvals": list(entry.approvals),
             "rejections": list(entry.rejections)}
        )  # fmt: skip
        return 0
    word = "approved" if args.approve else "rejected"
    left = max(0, space.policy().reviews - len(entry.approvals))
    if entry.channel == places.STABLE:
        state = "it is stable"
    elif entry.rejections:
        state = f"it stays in the channel candidate: rejected by {', '.join(entry.rejections)}"
    else:
        state = f"it stays in the channel candidate: {left} more approvals are needed"
    print(f"{args.reviewer} {word} {args.name} {args.version}; {state}.")
    return 0
