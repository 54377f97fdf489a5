"""`ringfence list`: what is installed."""

import argparse

from ringfence.cli import output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing of its own."""
    parser.epilog = "examples:\n  ringfence list\n  ringfence list --json\n\nNeeds no network.\n"


def run(args: argparse.Namespace) -> int:
    """List."""
    from ringfence.gate.state import state_dir
    from ringfence.plugins import installed

    found = installed.everything(state_dir())
    if args.json:
        output.print_json([each.as_dict() for each in found])
        return 0
    rows = [(e.name, e.version, e.channel, e.index, ", ".join(e.reviewers) or "nobody", e.time) for e in found]
    headers = ("NAME", "VERSION", "CHANNEL", "INDEX", "REVIEWED BY", "INSTALLED")
    print(output.table(rows, headers) if rows else "Nothing is installed.")
    return 0
