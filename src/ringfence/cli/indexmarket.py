"""`ringfence index export-marketplace`: an index for Claude Code."""

import argparse
from pathlib import Path

from ringfence.cli import output


def arguments(_: str, command: argparse.ArgumentParser) -> None:
    """Where from, where to."""
    from ringfence.cli.indexkeep import at_argument

    at_argument(command)
    command.add_argument("--url", required=True, metavar="URL", help="where the index is hosted")
    command.add_argument(
        "--output", metavar="FILE", default=".claude-plugin/marketplace.json", help="(default: %(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    """Write it."""
    from ringfence.cli.indexkeep import workspace
    from ringfence.index.fetch import check_url
    from ringfence.index.marketplace import export

    text, count, left_out = export(workspace(args), check_url(args.url))
    place = Path(args.output)
    place.parent.mkdir(parents=True, exist_ok=True)
    output.write_file(str(place), text)
    if args.json:
        output.print_json({"file": str(place), "plugins": count, "left_out": left_out})
    else:
        print(f"wrote {place}: {count} plugins; {left_out} are no plugins for Claude Code")
    return 0
